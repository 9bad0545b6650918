import type { Place, Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import { listSome, quoteList } from '../facts.ts'
import { trimBlanks, type NumberNotation } from './number-text.ts'

/** A table as it was delivered: all fields text, nothing interpreted. */
export interface DeliveredTable {
  /** How messages name the file. */
  readonly file: string
  /** Name of the sheet, or null for text files. */
  readonly sheet: string | null
  /** Heads as written; blank ones at the end are left out. */
  readonly columns: readonly string[]
  /** As wide as `columns`. */
  readonly rows: readonly TableRow[]
  readonly encoding: string
  /** Null for a workbook. */
  readonly delimiter: string | null
  /** How its numbers are written: stated, or found in the table itself. */
  readonly notation: NumberNotation
  /** Heads as they stand in the file, where rows were made of columns (`TableRow.sources` counts in these). */
  readonly deliveredColumns?: readonly string[]
}

export interface TableRow {
  /** Line of the file on which the row starts, or row of the sheet, from 1. */
  readonly line: number
  readonly fields: readonly string[]
  /** The period as the sheet, the file name or the head of a column says it; the text of a column comes second. */
  readonly period?: string
  /** Column of the file, from 0, that each field comes from, where that is another one; -1 where there is none. */
  readonly sources?: readonly number[]
  /** Positions of fields that the file does not have for this period. */
  readonly without?: ReadonlySet<number>
}

export interface TableResult {
  readonly table?: DeliveredTable
  readonly problems: Problem[]
}

/** Where a field stands: line and column head of a text file, `Tabelle1!C14` of a sheet. `index` from 0. */
export function placeOf (table: Pick<DeliveredTable, 'file' | 'sheet' | 'columns'>, line: number, index?: number): Place {
  const { file, sheet } = table
  if (sheet !== null) return { file, cell: `${sheet}!${index === undefined || index < 0 ? '' : columnLetters(index)}${line}` }
  const column = index === undefined ? undefined : table.columns[index]
  return column === undefined || column === '' ? { file, line } : { file, line, column }
}

/**
 * Splits records into heads and rows. Blank rows are left out. A row that is too short is filled with blanks and reported,
 * except a lone text below the last whole row, which is a footnote; what stands beyond the last head is an error.
 *
 * @param records in file order; those above `headLine` are not looked at
 */
export function headRows (records: readonly TableRow[], headLine: number, source: Omit<DeliveredTable, 'columns' | 'rows'>): TableResult {
  const [head, ...below] = records.filter(({ line }) => line >= headLine)
  const place = { file: source.file, line: headLine }
  if (head === undefined || head.line !== headLine || head.fields.every(isBlank)) {
    return { problems: [problem('read-blank-head', place, { headLine })] }
  }
  const filled = below.filter(({ fields }) => !fields.every(isBlank))
  const columns = head.fields.slice(0, usedWidth(head, filled))
  const table = { ...source, columns, rows: filled.map(({ line, fields }) => ({ line, fields: fitTo(fields, columns.length) })) }
  return { table, problems: [...headProblems(columns, place), ...rowProblems(filled, table)] }
}

function isBlank (field: string): boolean {
  return trimBlanks(field) === ''
}

/** Up to the last column that has a head; a blank head counts where fields stand below it. */
function usedWidth (head: TableRow, rows: readonly TableRow[]): number {
  const last = head.fields.findLastIndex(field => !isBlank(field))
  const used = head.fields.findLastIndex((_, i) => i > last && rows.some(({ fields }) => !isBlank(fields[i] ?? '')))
  return Math.max(last, used) + 1
}

function fitTo (fields: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, i) => fields[i] ?? '')
}

function headProblems (columns: readonly string[], place: Place): Problem[] {
  const names = columns.map(trimBlanks).filter(name => name !== '')
  const twice = [...new Set(names.filter((name, i) => names.indexOf(name) !== i))]
  return twice.length === 0 ? [] : [problem('read-duplicate-heads', place, { columns: quoteList(twice) })]
}

function rowProblems (rows: readonly TableRow[], table: DeliveredTable): Problem[] {
  const width = table.columns.length
  const lastWhole = rows.findLastIndex(({ fields }) => fields.length >= width)
  const long = rows.filter(({ fields }) => fields.slice(width).some(field => !isBlank(field)))
  const short = rows.filter(({ fields }, i) => fields.length < width && !(i > lastWhole && fields.slice(1).every(isBlank)))
  const [firstLong, firstShort] = [long[0], short[0]]
  return [
    ...(rows.length === 0 ? [problem('read-no-rows', { file: table.file })] : []),
    ...(firstLong === undefined ? [] : [problem('read-long-rows', placeOf(table, firstLong.line), rowFacts(long, width))]),
    ...(firstShort === undefined ? [] : [problem('read-short-rows', placeOf(table, firstShort.line), rowFacts(short, width))]),
  ]
}

function rowFacts (rows: readonly TableRow[], width: number): { lines: ReturnType<typeof listSome>, fields: number, width: number } {
  return { lines: listSome(rows.map(({ line }) => line)), fields: rows[0]!.fields.length, width }
}

/** `A`, `Z`, `AA`, as spreadsheets name columns; `index` from 0. */
export function columnLetters (index: number): string {
  const rest = Math.floor(index / 26)
  return (rest === 0 ? '' : columnLetters(rest - 1)) + String.fromCharCode(65 + index % 26)
}
