import type { Problem } from '../../core/problem.ts'
import type { TableRow } from './head.ts'

/** One sheet of a workbook as it was delivered, whatever the file format: all fields text, nothing interpreted. */
export interface Sheet {
  readonly name: string
  readonly hidden: boolean
  /**
   * Every row from the first on, `line` counting from 1 as the spreadsheet does; blank rows are there too, with fields that are `''`.
   * Rows end at their last filled cell, so they differ in width. Numbers have all their digits and the decimal sign of
   * the settings, dates are `2024-12-31`, `12,3 %` keeps its sign, a number formatted `0000` its leading zeros.
   */
  readonly rows: readonly TableRow[]
  /** Blocks of merged cells, in file order; only the first cell of a block holds text, the others are `''`. */
  readonly merges: readonly Merge[]
  /** How far the text of a cell is indented, in steps of the spreadsheet (1, 2, …); cells at the edge are left out. */
  readonly indents: readonly Indent[]
  /** Cells that hold no data: errors of formulas, formulas nobody calculated, numbers that lost digits. In file order. */
  readonly faults: readonly CellFault[]
}

/** Rows and columns of a merged block, from 0; `bottom` and `right` belong to it. */
export interface Merge {
  readonly top: number
  readonly left: number
  readonly bottom: number
  readonly right: number
}

/** `row` and `column` from 0. */
export interface Indent {
  readonly row: number
  readonly column: number
  readonly steps: number
}

/** `row` and `column` from 0. */
export interface CellFault {
  readonly kind: 'error' | 'uncalculated' | 'long-number'
  readonly row: number
  readonly column: number
}

/** All sheets of a workbook in file order; none where the file could not be read. */
export interface SheetsResult {
  /** `xlsx`, `xlsb`, `xls` or `ods`. */
  readonly format: WorkbookFormat
  readonly sheets: readonly Sheet[]
  readonly problems: Problem[]
}

export type WorkbookFormat = 'xlsx' | 'xlsb' | 'xls' | 'ods'
