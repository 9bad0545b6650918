import type { Cell } from './cell.ts'

/** What can be said about the cells of one period: from printed cells only, never about what is hidden. */
export interface CellSummary {
  readonly areaCount: number
  readonly printedCount: number
  readonly suppressedCount: number
  readonly missingCount: number
  /** Null where nothing is printed. */
  readonly lowest: Extreme | null
  readonly highest: Extreme | null
}

/** A value and every place (index of the cell) that has it, in area order. */
export interface Extreme {
  readonly value: number
  readonly indices: readonly number[]
}

export function summariseCells (cells: readonly Cell[]): CellSummary {
  const count = (status: Cell['status']) => cells.filter(cell => cell.status === status).length
  const printed = printedValues(cells)
  return {
    areaCount: cells.length,
    printedCount: printed.length,
    suppressedCount: count('suppressed'),
    missingCount: count('missing'),
    lowest: extreme(cells, printed.reduce((least, value) => Math.min(least, value), Infinity)),
    highest: extreme(cells, printed.reduce((greatest, value) => Math.max(greatest, value), -Infinity)),
  }
}

/** Observed values in area order. */
export function printedValues (cells: readonly Cell[]): number[] {
  return cells.flatMap(cell => cell.status === 'observed' ? [cell.value] : [])
}

function extreme (cells: readonly Cell[], value: number): Extreme | null {
  if (!Number.isFinite(value)) return null
  return { value, indices: cells.flatMap((cell, i) => cell.status === 'observed' && cell.value === value ? [i] : []) }
}
