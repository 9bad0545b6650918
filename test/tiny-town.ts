import type { Geometry, Level } from '../core/area.ts'
import { observed, suppressed, type Cell } from '../core/cell.ts'
import { defaultRules, type Rules } from '../core/rules.ts'
import { deriveQuotients, deriveUpperLevels } from '../pipeline/derive.ts'
import { addColumn, findFigures, type FigureColumn, type Figures } from '../pipeline/figures.ts'
import type { IndicatorEntry, ProjectFile } from '../pipeline/project-file/schema.ts'
import type { ProtectInput } from '../pipeline/protect/protect.ts'
import { drawAreas } from './draw-areas.ts'

/** A level drawn as text (`drawAreas`); areas of a level with a parent of several areas name theirs. */
export interface DrawnLevel {
  readonly id: string
  readonly drawn: string
  readonly parent?: string
  readonly parents?: Readonly<Record<string, string>>
  /** Its areas are unions of these areas of another level. */
  readonly madeOf?: Level['madeOf']
}

/** Cells in the order of the letters; `'*'` was delivered as suppressed. */
export type DrawnColumn = readonly [level: string, indicator: string, period: string, cells: ReadonlyArray<number | '*' | Cell>, options?: {
  readonly rules?: Partial<Rules>
  readonly unassigned?: ReadonlyArray<number | '*'>
  readonly delivery?: string
}]

export interface TownPlan {
  readonly levels: readonly DrawnLevel[]
  /** Ids of counts, or whole entries. */
  readonly indicators: ReadonlyArray<string | (Partial<IndicatorEntry> & { readonly id: string })>
  readonly columns: readonly DrawnColumn[]
  readonly file?: Partial<ProjectFile>
}

/** What stands before the protection: figures with their upper levels and quotients, minimum count 3 unless said otherwise. */
export function buildTown ({ levels: drawn, indicators: entries, columns, file: more = {} }: TownPlan): ProtectInput {
  const shapes = new Map(drawn.map(({ id, drawn }) => [id, drawAreas(drawn)]))
  const levels = drawn.map(({ id, parent, parents, madeOf }): Level => ({
    id,
    label: { de: id },
    labelPlural: { de: id },
    system: id,
    validFrom: '2000-01-01',
    validTo: null,
    parent: parent ?? null,
    areas: shapes.get(id)!.map(area => ({ id: area.id, name: area.name, parentId: parent === undefined ? null : parents?.[area.id] ?? shapes.get(parent)![0]!.id })),
    geometry: `g-${id}`,
    attribution: null,
    ...(madeOf && { madeOf }),
  }))
  const geometries = drawn.map(({ id }): Geometry => ({
    id: `g-${id}`, shapes: shapes.get(id)!.map(({ shape }) => shape), labels: [], bounds: { west: 9, south: 52, east: 10, north: 53 },
  }))
  const indicators = entries.map((entry): IndicatorEntry => {
    const given = typeof entry === 'string' ? { id: entry } : entry
    return { theme: 'x', kind: 'count', label: given.id, definition: given.id, decimals: 0, ...given } as IndicatorEntry
  })
  const file = { atlas: 'tiny', levels: [], deliveries: [], indicators, ...more } as unknown as ProjectFile
  const figures: Figures = { columns: new Map() }
  const toCell = (value: number | '*' | Cell): Cell => value === '*' ? suppressed : typeof value === 'number' ? observed(value) : value
  for (const [level, indicator, period, cells, { rules = {}, unassigned = [], delivery = level } = {}] of columns) {
    addColumn(figures, {
      level, indicator, period, cells: cells.map(toCell), unassigned: unassigned.map(toCell), deliveries: new Set([delivery]), rules: { ...defaultRules, minimumCount: 3, ...rules },
    })
  }
  const place = { file: 'atlas.yaml' }
  deriveUpperLevels(figures, levels, indicators, place)
  const { quotients } = deriveQuotients(figures, levels, indicators, place)
  return { figures, quotients, levels, geometries, file, audience: 'public', secret: 'a secret' }
}

/** One letter per cell, as in values files: `oso`. */
export function lettersOf (figures: Figures, level: string, indicator: string, period = '2024'): string {
  return columnOf(figures, level, indicator, period).cells.map(({ status }) => status[0]).join('')
}

/**
 * An intruder who can add and subtract: `term` is printed where the figures say so.
 *
 * @param terms `level/area index/indicator/period`, which add up to 0 with their signs
 * @returns the one value that is not printed, or `undefined` where more than one are not
 */
export function subtract (figures: Figures, terms: Readonly<Record<string, 1 | -1>>): number | undefined {
  const unknown: Array<1 | -1> = []
  let sum = 0
  for (const [term, sign] of Object.entries(terms)) {
    const [level, area, indicator, period] = term.split('/') as [string, string, string, string]
    const cell = columnOf(figures, level, indicator, period).cells[Number(area)]!
    if (cell.status === 'observed') sum += sign * cell.value
    else unknown.push(sign)
  }
  return unknown.length === 1 ? -sum / unknown[0]! : undefined
}

function columnOf (figures: Figures, level: string, indicator: string, period: string): FigureColumn {
  const column = findFigures(figures, level, indicator, period)
  if (!column) throw new RangeError(`no ${indicator} of ${period} on ${level}`)
  return column
}
