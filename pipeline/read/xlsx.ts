import { EncryptedFileError, HucreError, type Cell, type Sheet, type SheetFilterInfo } from 'hucre'
import { readXlsx } from 'hucre/xlsx'
import type { TableResult } from './head.ts'
import { nearest } from '../../core/nearest.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { listSome, quoteList } from '../facts.ts'
import { columnLetters, headRows } from './head.ts'

/** Where in a workbook the table is, and how its numbers become text. */
export interface WorkbookSettings {
  readonly displayName: string
  readonly sheet?: string | undefined
  readonly headLine?: number | undefined
  /** Decimal sign with which numbers are written as text. */
  readonly decimal: ',' | '.'
}

/**
 * Reads one sheet of an XLSX workbook as text: numbers with all their digits in the decimal sign of the delivery, dates as `2024-12-31`,
 * formulas by the result the spreadsheet stored. What a number format shows is kept where it changes the meaning:
 * a percentage is `12,3 %`, a key formatted `0000` keeps its leading zeros.
 *
 * The other cells of a merged block are blank, as in the file.
 */
export async function readWorkbook (bytes: Uint8Array, settings: WorkbookSettings): Promise<TableResult> {
  const file = settings.displayName
  try {
    const sheets = await listSheets(bytes)
    const chosen = chooseSheet(sheets, settings.sheet, file)
    if (chosen.sheet === undefined) return { problems: chosen.problems }
    const workbook = await readXlsx(bytes, { sheets: [chosen.sheet], readStyles: true })
    const read = toTable(workbook.sheets[0]!, settings)
    return { ...read, problems: [...chosen.problems, ...read.problems] }
  } catch (error) {
    if (error instanceof EncryptedFileError) return { problems: [problem('read-encrypted-workbook', { file })] }
    if (error instanceof HucreError || error instanceof RangeError || error instanceof TypeError) {
      return { problems: [problem('read-damaged-workbook', { file }, { reason: error.message })] }
    }
    throw error
  }
}

async function listSheets (bytes: Uint8Array): Promise<SheetFilterInfo[]> {
  const sheets: SheetFilterInfo[] = []
  await readXlsx(bytes, { sheets: info => { sheets.push(info); return false } })
  return sheets
}

function chooseSheet (sheets: readonly SheetFilterInfo[], stated: string | undefined, file: string): { sheet?: number, problems: Problem[] } {
  const names = sheets.map(({ name }) => name)
  const visible = sheets.filter(({ hidden, veryHidden }) => !hidden && !veryHidden)
  const list = quoteList(names)
  if (stated !== undefined) {
    const found = sheets.find(({ name }) => name === stated)
    const guess = nearest(stated, names) ?? names[0] ?? ''
    return found ? { sheet: found.index, problems: [] } : { problems: [problem('read-unknown-sheet', { file }, { sheet: stated, sheets: list, guess })] }
  }
  const first = visible[0] ?? sheets[0]
  if (first === undefined) return { problems: [problem('read-empty-file', { file })] }
  return { sheet: first.index, problems: visible.length > 1 ? [problem('read-first-sheet', { file }, { sheet: first.name, sheets: list })] : [] }
}

function toTable (sheet: Sheet, { displayName: file, headLine = 1, decimal }: WorkbookSettings): TableResult {
  const rows = sheet.rows.map((values, i) => ({
    line: i + 1,
    fields: values.map((value, j) => toText(value, formatOf(sheet.cells?.get(`${i},${j}`)), decimal)),
  }))
  if (rows.every(({ fields }) => fields.every(field => field === ''))) return { problems: [problem('read-empty-sheet', { file }, { sheet: sheet.name })] }
  if (headLine > rows.length) return { problems: [problem('read-head-beyond-end', { file }, { headLine, lines: rows.length })] }

  const width = rows[headLine - 1]!.fields.findLastIndex(field => field !== '') + 1
  const result = headRows(rows, headLine, { file, sheet: sheet.name, encoding: 'xlsx', delimiter: null, notation: { decimal } })
  return { ...result, problems: [...result.problems, ...cellProblems(sheet, file, headLine, width)] }
}

function formatOf (cell: Cell | undefined): string {
  // Sections behind ';' are for negative numbers and text; quoted, escaped and bracketed parts are decoration.
  return (cell?.style?.numFmt ?? '').split(';')[0]!.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|[_*]./g, '')
}

function toText (value: Sheet['rows'][number][number], format: string, decimal: ',' | '.'): string {
  if (value === null) return ''
  if (value instanceof Date) return toDateText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'string') return value
  if (format.includes('%')) return `${toDigits(value, 2, decimal)} %`
  return /^0{2,}$/.test(format) && Number.isInteger(value) && value >= 0 ? String(value).padStart(format.length, '0') : toDigits(value, 0, decimal)
}

/** The day alone where the time is midnight; a cell has no time zone, so it is read as written. */
function toDateText (date: Date): string {
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
}

/** Shortest digits that are this number and no other, without exponent, times ten to the power of `shift`. */
function toDigits (value: number, shift: number, decimal: string): string {
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e') as [string, string]
  const digits = mantissa.replace('.', '')
  const whole = 1 + Number(exponent) + (value === 0 ? 0 : shift)
  const padded = whole > 0 ? digits.padEnd(whole, '0') : '0'.repeat(1 - whole) + digits
  const point = Math.max(whole, 1)
  const fraction = padded.slice(point)
  return `${value < 0 ? '-' : ''}${padded.slice(0, point)}${fraction === '' ? '' : decimal + fraction}`
}

/** Cells of the table whose content is no data: errors of formulas, formulas nobody calculated, numbers that lost digits. */
function cellProblems (sheet: Sheet, file: string, headLine: number, width: number): Problem[] {
  const [errors, uncalculated, long]: [string[], string[], string[]] = [[], [], []]
  for (const [i, values] of sheet.rows.entries()) {
    for (const [j, value] of values.slice(0, width).entries()) {
      const cell = sheet.cells?.get(`${i},${j}`)
      const place = `${columnLetters(j)}${i + 1}`
      if (i + 1 < headLine) continue
      if (cell?.type === 'error' || (typeof value === 'string' && errorText.test(value))) errors.push(place)
      else if (cell?.formula !== undefined && value === null) uncalculated.push(place)
      else if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) long.push(place)
    }
  }
  const report = (code: 'read-error-cells' | 'read-uncalculated-cells' | 'read-long-numbers', cells: string[]) =>
    cells.length === 0 ? [] : [problem(code, { file, cell: `${sheet.name}!${cells[0]}` }, { cells: listSome(cells), count: cells.length })]
  return [...report('read-error-cells', errors), ...report('read-uncalculated-cells', uncalculated), ...report('read-long-numbers', long)]
}

const errorText = /^#(?:DIV\/0!|N\/A|NV|NAME\?|NULL!|NUM!|REF!|VALUE!|WERT!|BEZUG!|ZAHL!|SPILL!|CALC!)$/
