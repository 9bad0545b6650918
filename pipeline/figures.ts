import type { Cell } from '../core/cell.ts'
import type { Rules } from '../core/rules.ts'

/**
 * Delivered and derived figures while a build runs, raw counts among them. They live in this
 * memory only: nothing writes them anywhere before `protect` has cleared them.
 */
export interface Figures {
  readonly columns: Map<string, FigureColumn>
}

/** The cells of one indicator on one level for one period. */
export interface FigureColumn {
  readonly level: string
  readonly indicator: string
  readonly period: string
  /** In area order of the level. */
  readonly cells: Cell[]
  /** Cases that belong to no area of the level; they count for the levels above, and a secret among them makes their sum secret. */
  readonly unassigned: Cell[]
  readonly deliveries: Set<string>
  /** What the deliveries behind it demand together, for the audience of the build. */
  rules: Rules
  /** The level whose areas were summed; absent where the column was delivered, or computed otherwise. */
  readonly summedFrom?: string
}

/** Key of a column in `Figures.columns`. */
export function columnKey (level: string, indicator: string, period: string): string {
  return `${level}|${indicator}|${period}`
}

export function findFigures (figures: Figures, level: string, indicator: string, period: string): FigureColumn | undefined {
  return figures.columns.get(columnKey(level, indicator, period))
}

export function addColumn (figures: Figures, column: FigureColumn): void {
  figures.columns.set(columnKey(column.level, column.indicator, column.period), column)
}

/** Columns of one level, in no particular order. */
export function listColumns (figures: Figures, level: string): FigureColumn[] {
  return [...figures.columns.values()].filter(column => column.level === level)
}
