import type { Cell } from '../core/cell.ts'
import type { Series } from '../core/edition.ts'
import type { Areas, CellBody, Editions, Indicators, Levels, Values } from './api.ts'
import type { PublishedEdition } from './edition-source.ts'
import type { Notice } from '../render/notice.ts'
import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'
import { suppressed } from '../core/cell.ts'
import { cellAt } from '../core/edition.ts'
import { listShownRemarks } from '../core/remark.ts'
import { noticeOf } from '../render/notice.ts'

/** Fills the shapes of `api.ts` from an edition; nothing here decides anything. */
export function editionsAnswer ({ edition }: LoadedEdition, published: readonly PublishedEdition[]): Editions {
  const { id: atlas, title, municipality, language, dataStatus, licence } = edition.atlas
  return {
    atlas,
    title,
    municipality,
    language,
    dataStatus,
    licence,
    ...noticeOf(edition),
    current: edition.id,
    editions: published.map(({ id, publishedAt }) => ({ id, publishedAt, isCurrent: id === edition.id })),
  }
}

export function levelsAnswer ({ edition, levels }: LoadedEdition): Levels {
  return {
    ...headOf(edition),
    levels: [...levels.values()].map(({ level, geometry: { bounds: { west, south, east, north } } }) => ({
      id: level.id,
      label: level.label,
      labelPlural: level.labelPlural,
      system: level.system,
      validFrom: level.validFrom,
      validTo: level.validTo,
      parent: level.parent,
      areas: level.areas.length,
      geometry: level.geometry,
      bounds: { west, south, east, north },
      ...(level.recut && { recut: level.recut }),
      ...(level.madeOf && { madeOf: { level: level.madeOf.level, parts: level.madeOf.parts.map(parts => [...parts]) } }),
    })),
  }
}

/** All levels, or one. */
export function areasAnswer ({ edition, levels }: LoadedEdition, levelId?: string): Areas {
  const chosen = [...levels.values()].filter(({ level }) => levelId === undefined || level.id === levelId)
  return {
    ...headOf(edition),
    areas: chosen.flatMap(({ level }) => level.areas.map(({ id, name, parentId }) => ({ level: level.id, id, name, parent: parentId }))),
  }
}

export function indicatorsAnswer ({ edition, levels }: LoadedEdition): Indicators {
  const remarks = listShownRemarks(edition)
  const periodsByLevel = (indicatorId: string) => Object.fromEntries([...levels].flatMap(([levelId, { series }]) => {
    const found = series.get(indicatorId)
    return found ? [[levelId, [...found.periods]]] : []
  }))
  return {
    ...headOf(edition),
    themes: edition.themes.map(({ id, label }) => ({ id, label })),
    indicators: edition.indicators.map(({ id, theme, kind, label, definition, unit, decimals, signed, palette, formula, notes, periods, changes }) => ({
      id,
      theme,
      kind,
      label,
      definition,
      unit,
      decimals,
      signed,
      palette,
      formula: formula && {
        numerator: [...formula.numerator], minus: [...formula.minus], denominator: [...formula.denominator], factor: formula.factor,
      },
      notes: [...notes],
      periods: periods.map(({ period, referenceDate, denominatorDate, deliveries }) =>
        ({ period, referenceDate, denominatorDate, deliveries: [...deliveries] })),
      levels: periodsByLevel(id),
      ...(changes && { changes: [...changes] }),
    })),
    ...(remarks.length > 0 && { remarks: [...remarks] }),
    ...(edition.references && { references: edition.references.map(area => ({ ...area, values: [...area.values] })) }),
    deliveries: edition.deliveries.map(({ id, title, publisher, licence, attribution, extractedOn }) =>
      ({ id, title, publisher, licence, attribution, extractedOn })),
  }
}

/** Rows of one series, by period and area; of one period where it is given. */
export function valuesAnswer ({ edition }: LoadedEdition, { level }: LoadedLevel, series: Series, period?: string): Values {
  const rows = series.periods.flatMap((id, row) => period === undefined || id === period ? [{ id, row }] : [])
  return {
    ...headOf(edition),
    level: series.level,
    indicator: series.indicator,
    values: rows.flatMap(({ id, row }) => level.areas.map((area, column): CellBody => ({ area: area.id, period: id, ...withoutBetween(cellAt(series, row, column)) }))),
  }
}

/** The contract of the rows has no place for it; views and profiles do. */
function withoutBetween (cell: Cell): Cell {
  return cell.status === 'suppressed' ? suppressed : cell
}

function headOf (edition: LoadedEdition['edition']): { atlas: string, edition: string } & Notice {
  return { atlas: edition.atlas.id, edition: edition.id, ...noticeOf(edition) }
}
