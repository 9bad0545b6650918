import type { CellFault, Indent, Merge, Sheet } from './sheet.ts'
import { isErrorText, toFieldText, type StoredValue } from './workbook-value.ts'

/** A workbook that would not fit into the memory of an office computer. */
export class TooManyCellsError extends Error {
  override name = 'TooManyCellsError'
}

/** All sheets of a workbook together, blank cells before filled ones included; the atlas of a large city with 500 areas needs 300,000. */
export const maxCells = 4_000_000

/** Counts the cells of all sheets of a workbook. */
export interface CellBudget {
  /** @throws TooManyCellsError */
  readonly spend: (cells: number) => void
}

export function cellBudget (): CellBudget {
  let left = maxCells
  return {
    spend (cells) {
      left -= cells
      if (!(left >= 0)) throw new TooManyCellsError()
    },
  }
}

/** One cell as a file stores it, with what decides how it is read. */
export interface StoredCell {
  readonly value: StoredValue
  /** As spreadsheets write it, `0.0%`; default none. */
  readonly format?: string | undefined
  readonly indent?: number | undefined
  readonly fault?: CellFault['kind'] | undefined
}

/** Collects the cells of a sheet in whatever order the file has them. */
export interface SheetBuilder {
  /** `row` and `column` from 0. @throws TooManyCellsError */
  readonly put: (row: number, column: number, cell: StoredCell) => void
  readonly merge: (merge: Merge) => void
  readonly finish: () => Sheet
}

export function buildSheet (name: string, hidden: boolean, decimal: ',' | '.', budget: CellBudget): SheetBuilder {
  const rows: string[][] = []
  const [merges, indents, faults]: [Merge[], Indent[], CellFault[]] = [[], [], []]
  return {
    put (row, column, { value, format = '', indent = 0, fault }) {
      const kind = fault ?? faultOf(value)
      if (kind !== undefined) faults.push({ kind, row, column })
      const text = toFieldText(value, format, decimal)
      if (text === '') return
      budget.spend(Math.max(0, row + 1 - rows.length))
      while (rows.length <= row) rows.push([])
      const fields = rows[row]!
      budget.spend(Math.max(0, column + 1 - fields.length))
      while (fields.length < column) fields.push('')
      fields[column] = text
      if (indent > 0) indents.push({ row, column, steps: indent })
    },
    merge (merge) {
      budget.spend(1)
      merges.push(merge)
    },
    finish: () => ({ name, hidden, rows: rows.map((fields, i) => ({ line: i + 1, fields })), merges, indents, faults }),
  }
}

function faultOf (value: StoredValue): CellFault['kind'] | undefined {
  if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER ? 'long-number' : undefined
  return typeof value === 'string' && isErrorText(value) ? 'error' : undefined
}
