import type { Level } from '../../core/area.ts'
import type { FigureColumn, Figures } from '../figures.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { findExternal } from './external.ts'
import { isProtected } from './rules.ts'

/** A count that the edition does not print as it is. As secret as the vault. */
export interface Secret {
  readonly indicator: string
  readonly period: string
  readonly level: string
  /** Index in the level; null for the sum of the whole level, which readers can subtract its printed areas from. */
  readonly area: number | null
  readonly value: number
}

/** What protected counts were before `protect` took them out of the figures. */
export type CountNotes = ReadonlyArray<{
  readonly column: FigureColumn
  /** By area; `undefined` where nobody here knows it. */
  readonly values: ReadonlyArray<number | undefined>
  /** With cases that belong to no area; `undefined` where some of it is not known. */
  readonly total: number | undefined
  /** Areas whose figure others print anyway. */
  readonly external: ReadonlySet<number>
}>

/** To be called before `protect`. */
export function noteCounts (figures: Figures, file: ProjectFile, levels: readonly Level[]): CountNotes {
  const counts = new Set(file.indicators.filter(({ kind }) => kind === 'count').map(({ id }) => id))
  const external = findExternal(figures, file, levels)
  return [...figures.columns.values()].filter(({ indicator, rules }) => counts.has(indicator) && isProtected(rules)).map(column => {
    const values = column.cells.map(cell => cell.status === 'observed' ? cell.value : undefined)
    const all = [...column.cells.filter(({ status }) => status !== 'missing'), ...column.unassigned]
    const total = all.every(cell => cell.status === 'observed') ? all.reduce((sum, { value }) => sum + value, 0) : undefined
    return { column, values, total, external: new Set(external.get(column)?.keys()) }
  })
}

/** To be called after `protect`: whatever of the noted counts is rounded, suppressed or withheld. Zeros tell of nobody. */
export function listSecrets (notes: CountNotes, figures: Figures, levels: readonly Level[]): Secret[] {
  const offered = new Set(figures.columns.values())
  const isPrinted = (column: FigureColumn, area: number) => offered.has(column) && column.rules.method === 'suppress' && column.cells[area]!.status === 'observed'
  const isKnown = ({ column, external }: CountNotes[number], area: number) => external.has(area) || isPrinted(column, area)
  const isTownKnown = ({ column: { indicator, period }, total }: CountNotes[number]) => notes.some(other =>
    other.column.indicator === indicator && other.column.period === period && isTown(other.column, levels) && other.values[0] === total && isKnown(other, 0))
  return notes.flatMap(note => {
    const { column: { indicator, period, level }, values, total } = note
    const hidden = values.flatMap((value, area): Secret[] => value === undefined || value === 0 || isKnown(note, area) ? [] : [{ indicator, period, level, area, value }])
    const isSecretTotal = hidden.length > 0 && total !== undefined && !isUnion(level, levels) && !isTownKnown(note)
    return isSecretTotal ? [...hidden, { indicator, period, level, area: null, value: total }] : hidden
  })
}

function isTown ({ level, cells }: FigureColumn, levels: readonly Level[]): boolean {
  return cells.length === 1 && !isUnion(level, levels)
}

function isUnion (level: string, levels: readonly Level[]): boolean {
  return levels.find(({ id }) => id === level)?.madeOf !== undefined
}
