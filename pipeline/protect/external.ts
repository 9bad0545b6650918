import type { Level } from '../../core/area.ts'
import { missing, observed } from '../../core/cell.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { noRules } from '../../core/rules.ts'
import { quoteList } from '../facts.ts'
import { addColumn, findFigures, listColumns, type FigureColumn, type Figures } from '../figures.ts'
import type { Locate } from '../project-file/parse.ts'
import type { ExternalEntry, ProjectFile } from '../project-file/schema.ts'
import type { Primaries } from './primary.ts'

/** What others have published, as whoever attacks the release reads it: value by column and area index. */
export type External = ReadonlyMap<FigureColumn, ReadonlyMap<number, number>>

/**
 * The figures of the `external` list. Stated values come first; elsewhere what others print is taken
 * to be what was delivered. A cell that neither knows is no help to anybody and is left out.
 */
export function findExternal (figures: Figures, file: ProjectFile, levels: readonly Level[]): External {
  const known = new Map<FigureColumn, Map<number, number>>()
  for (const entry of file.external ?? []) {
    for (const { column, area, stated } of listCells(figures, file, levels, entry)) {
      const cell = column.cells[area]!
      const value = stated ?? (cell.status === 'observed' ? cell.value : undefined)
      if (value !== undefined) known.set(column, (known.get(column) ?? new Map<number, number>()).set(area, value))
    }
  }
  return known
}

/** Figures that others print of a level for which nothing was delivered: columns that are attacked, but never printed. */
export function listUndelivered (figures: Figures, file: ProjectFile, levels: readonly Level[]): FigureColumn[] {
  const ghosts: Figures = { columns: new Map() }
  const counts = new Set(file.indicators.filter(({ kind }) => kind === 'count').map(({ id }) => id))
  for (const { level: id, indicators, periods, values } of file.external ?? []) {
    const level = levels.find(level => level.id === id)
    if (!level || !values) continue
    const stated = new Map(Object.entries(values))
    const cells = level.areas.map(({ id }) => stated.has(id) ? observed(stated.get(id)!) : missing('not-delivered'))
    for (const { indicator, period } of figures.columns.values()) {
      const isMeant = counts.has(indicator) && (indicators?.includes(indicator) ?? true) && (periods?.map(String).includes(period) ?? true)
      if (!isMeant || findFigures(figures, id, indicator, period)) continue
      addColumn(ghosts, { level: id, indicator, period, cells: [...cells], unassigned: [], deliveries: new Set(), rules: noRules })
    }
  }
  return [...ghosts.columns.values()]
}

interface ExternalCell {
  readonly column: FigureColumn
  readonly area: number
  /** As the project file says it stands there. */
  readonly stated: number | undefined
}

function listCells (figures: Figures, file: ProjectFile, levels: readonly Level[], entry: ExternalEntry): ExternalCell[] {
  const level = levels.find(({ id }) => id === entry.level)
  if (!level) return []
  const values = new Map(Object.entries(entry.values ?? {}))
  const named = entry.areas?.map(String) ?? (entry.values && [...values.keys()])
  const areas = level.areas.flatMap(({ id }, area) => named === undefined || named.includes(id) ? [{ area, stated: values.get(id) }] : [])
  const periods = entry.periods?.map(String)
  return columnsOf(figures, file, entry)
    .filter(({ period }) => periods === undefined || periods.includes(period))
    .flatMap(column => areas.map(cell => ({ column, ...cell })))
}

/** Of all periods. */
function columnsOf (figures: Figures, file: ProjectFile, { level, indicators }: ExternalEntry): FigureColumn[] {
  const counts = indicators ?? file.indicators.filter(({ kind }) => kind === 'count').map(({ id }) => id)
  return listColumns(figures, level).filter(({ indicator }) => counts.includes(indicator))
}

/**
 * What is wrong with the list, and what it makes useless: areas and periods that do not exist, values
 * that contradict the delivered ones, and secrets that others have told already.
 */
export function externalProblems (figures: Figures, file: ProjectFile, levels: readonly Level[], locate: Locate, primaries: Primaries): Problem[] {
  return (file.external ?? []).flatMap((entry, index) => {
    const path = ['external', index]
    const cells = listCells(figures, file, levels, entry)
    const differing = cells.filter(({ column, area, stated }) => {
      const cell = column.cells[area]!
      return stated !== undefined && cell.status === 'observed' && cell.value !== stated
    })
    const exposed = cells.filter(({ column, area, stated }) => {
      const primary = primaries.get(column)?.get(area)
      return primary !== undefined && primary !== 'free' && (stated !== undefined || column.cells[area]!.status === 'observed')
    })
    return [
      ...unknownNames(figures, file, levels, entry).map(({ key, value }) => problem('protect-unknown-cell', locate([...path, key]), {
        list: 'external', key, value, level: entry.level, indicators: entry.indicators?.join(', ') ?? '…',
      })),
      ...differing.length === 0 ? [] : [problem('protect-external-differs', locate([...path, 'values']), { source: entry.source, ...factsOf(differing, levels) })],
      ...exposed.length === 0 ? [] : [problem('protect-external-exposes', locate([...path, 'source']), { source: entry.source, ...factsOf(exposed, levels) })],
    ]
  })
}

function unknownNames (figures: Figures, file: ProjectFile, levels: readonly Level[], entry: ExternalEntry): Array<{ key: string, value: string }> {
  const areas = levels.find(({ id }) => id === entry.level)?.areas.map(({ id }) => id) ?? []
  const named = [...(entry.areas ?? []).map(area => ({ key: 'areas', value: String(area) })), ...Object.keys(entry.values ?? {}).map(value => ({ key: 'values', value }))]
  const periods = columnsOf(figures, file, entry).map(({ period }) => period)
  return [
    ...named.filter(({ value }) => !areas.includes(value)),
    ...(entry.periods ?? []).map(String).filter(period => !periods.includes(period)).map(value => ({ key: 'periods', value })),
  ]
}

/** Which cells, never what is in them. */
function factsOf (cells: readonly ExternalCell[], levels: readonly Level[]): { count: number, cells: string } {
  const names = cells.map(({ column: { level, indicator, period }, area }) => `${indicator} ${levels.find(({ id }) => id === level)!.areas[area]!.id} ${period}`)
  return { count: cells.length, cells: quoteList(names, 5) }
}
