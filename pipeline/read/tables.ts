import path from 'node:path'
import { problem, type Problem } from '../../core/problem.ts'
import type { DeliveryEntry } from '../project-file/schema.ts'
import { detectUtf16 } from './dialect/code-page.ts'
import { describeReading } from './dialect/describe.ts'
import type { Grid } from './grid.ts'
import type { DeliveredTable } from './head.ts'
import { visibleRows } from './invisible.ts'
import { layOut, type Findings, type LaidOut } from './layout/lay-out.ts'
import type { TableLayout } from './layout/layout.ts'
import { findPeriodText } from './layout/period-text.ts'
import { readTableFile } from './limits.ts'
import { chooseSheets } from './sheet-choice.ts'
import { hasPersonInHead } from '../records/person-columns.ts'
import type { Sheet } from './sheet.ts'
import { readTextGrid } from './text-grid.ts'
import { isCompoundFile, readSheets } from './workbook.ts'

/** The tables of one delivered file, each in the form the join wants: one row per area and period, or per area, period and indicator. */
export interface TablesResult {
  readonly tables: readonly DeliveredTable[]
  readonly problems: readonly Problem[]
}

/**
 * Reads all tables of a file that a delivery speaks of: one, or one per sheet. What the layout leaves out is looked up in the file,
 * and a note says what was found.
 */
export async function readTables (filePath: string, layout: TableLayout): Promise<TablesResult> {
  const { tables, problems, found, hasLetters } = await readFileTables(filePath, layout)
  const [table] = tables
  if (table === undefined) return { tables, problems }
  const note = describeReading({ encoding: table.encoding, delimiter: table.delimiter, columns: table.columns.length, notation: table.notation, hasLetters, found }, layout)
  return { tables, problems: [...problems, ...note] }
}

/** What a delivery says about its tables, as far as reading them needs it. */
export function layoutOf (delivery: Pick<DeliveryEntry, 'dialect' | 'area' | 'period' | 'columns' | 'indicator' | 'value'>, displayName: string): TableLayout {
  const { dialect, area, period, columns, indicator, value } = delivery
  const long = [indicator?.column].filter(column => column !== undefined)
  const values = columns === undefined ? [value?.column].filter(column => column !== undefined).map(column => [column]) : Object.values(columns).map(column => typeof column === 'string' ? [column] : column)
  return { ...dialect, displayName, area, period, values, others: long }
}

/** The tables of a file, and what was found out about the first of them. */
export interface FileTables extends TablesResult {
  readonly found: Findings
  readonly hasLetters: boolean
}

export async function readFileTables (filePath: string, layout: TableLayout): Promise<FileTables> {
  const read = await readAnyTables(filePath, layout)
  // What else was found may quote the row that was taken for heads.
  const { file } = read.tables.find(hasPersonInHead) ?? {}
  return file === undefined ? read : failed([problem('read-person-in-head', { file })])
}

async function readAnyTables (filePath: string, layout: TableLayout): Promise<FileTables> {
  const file = layout.displayName
  const bytes = await readTableFile(filePath, file)
  if ('code' in bytes) return failed([bytes])
  switch (sniff(bytes)) {
    case 'empty': return failed([problem('read-empty-file', { file })])
    case 'workbook': return await readWorkbookTables(bytes, layout)
    case 'html': return failed([problem('read-html-table', { file })])
    case 'packed': return failed([problem('read-packed-table', { file })])
    case 'binary': return failed([problem('read-no-text', { file })])
    default: return readTextTable(bytes, layout)
  }
}

function failed (problems: Problem[]): FileTables {
  return { tables: [], problems, found: {}, hasLetters: false }
}

type FileKind = 'empty' | 'workbook' | 'html' | 'packed' | 'binary' | 'text'

function sniff (bytes: Uint8Array): FileKind {
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  if (bytes.length === 0) return 'empty'
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06') || isCompoundFile(bytes)) return 'workbook'
  if (start.startsWith('\x1f\x8b')) return 'packed'
  if (start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff') || detectUtf16(bytes) !== undefined) return 'text'
  if (start.startsWith('%PDF') || bytes.includes(0)) return 'binary'
  return /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|head|meta)/i.test(start) ? 'html' : 'text'
}

function readTextTable (bytes: Uint8Array, layout: TableLayout): FileTables {
  const { grid, isCutOff, hasLetters, problems } = readTextGrid(bytes, layout)
  if (grid === undefined) return failed(problems)
  const visible = visibleRows(grid.rows, grid)
  problems.push(...visible.problems)
  const laidOut = layOut({ ...grid, rows: visible.rows }, layout)
  const said = laidOut.problems.filter(({ code }) => !isCutOff || code !== 'read-no-rows')
  return combine([withPeriod({ ...laidOut, problems: said }, layout)], problems, hasLetters)
}

async function readWorkbookTables (bytes: Uint8Array, layout: TableLayout): Promise<FileTables> {
  const { displayName: file, decimal, headLine } = layout
  const { format, sheets, problems } = await readSheets(bytes, { displayName: file, decimal })
  if (sheets.length === 0) return failed(problems)
  const chosen = chooseSheets(sheets, layout)
  const laidOut = chosen.sheets.map((sheet): LaidOut => {
    if (sheet.rows.length === 0) return { problems: [problem('read-empty-sheet', { file }, { sheet: sheet.name })], found: {} }
    if ((headLine ?? 1) > sheet.rows.length) return { problems: [problem('read-head-beyond-end', { file }, { headLine: headLine!, lines: sheet.rows.length })], found: {} }
    const visible = visibleRows(sheet.rows, { file, sheet: sheet.name })
    problems.push(...visible.problems)
    return withPeriod(layOut(gridOf({ ...sheet, rows: visible.rows }, file, format), layout), layout, sheet.name)
  })
  return combine(laidOut, [...problems, ...chosen.problems], false)
}

function gridOf (sheet: Sheet, file: string, format: string): Grid {
  return { file, sheet: sheet.name, encoding: format, delimiter: null, rows: sheet.rows, merges: sheet.merges, indents: sheet.indents, faults: sheet.faults }
}

function combine (laidOut: readonly LaidOut[], problems: readonly Problem[], hasLetters: boolean): FileTables {
  return {
    tables: laidOut.flatMap(({ table }) => table ? [table] : []),
    problems: [...problems, ...laidOut.flatMap(one => one.problems)],
    found: laidOut.find(({ table }) => table)?.found ?? {},
    hasLetters,
  }
}

/** Puts the period to all rows where the name of the sheet or the file says it. */
function withPeriod (laidOut: LaidOut, { displayName: file, period }: TableLayout, sheet?: string): LaidOut {
  const { table } = laidOut
  if (table === undefined || (period?.in !== 'file' && period?.in !== 'sheet')) return laidOut
  const name = period.in === 'sheet' ? sheet ?? '' : path.basename(file).replace(/\.\w+$/, '')
  const text = findPeriodText(name, period.extract)
  if (typeof text !== 'object') {
    return { ...laidOut, problems: [...laidOut.problems, problem(text === 'several' ? 'layout-two-periods-in-name' : 'layout-no-period-in-name', { file }, { name })] }
  }
  return { ...laidOut, table: { ...table, rows: table.rows.map(row => ({ ...row, period: text.period })) } }
}
