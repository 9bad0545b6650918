import { EncryptedFileError, HucreError } from 'hucre'
import type { CellFault, Sheet, SheetsResult, WorkbookFormat } from './sheet.ts'
import { nearest } from '../../core/nearest.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { listSome, quoteList } from '../facts.ts'
import { DamagedEntryError, openArchive, type ArchiveEntry } from './archive.ts'
import { decodeAs } from './encoding.ts'
import { columnLetters } from './head.ts'
import { readOds } from './ods.ts'
import { cellBudget, maxCells, TooManyCellsError, type CellBudget } from './sheet-builder.ts'
import { readXls, XlsError } from './xls.ts'
import { readXlsb } from './xlsb.ts'
import type { ReadPart } from './xlsx-parts.ts'
import { readXlsx } from './xlsx.ts'
import { XmlError } from './xml.ts'

/** How a workbook is read. */
export interface SheetSettings {
  readonly displayName: string
  /** Decimal sign with which numbers are written as text; default `,`. */
  readonly decimal?: ',' | '.' | undefined
}

/**
 * All sheets of a workbook (`.xlsx`, `.xlsb`, `.xls`, `.ods`), told apart by what is in the bytes and not by the name.
 * What is wrong with cells stands in the sheets, because only the table decides which cells it needs (`cellProblems`).
 * Every problem of the file at once; never throws for what a file holds.
 */
export async function readSheets (bytes: Uint8Array, settings: SheetSettings): Promise<SheetsResult> {
  const { displayName: file, decimal = ',' } = settings
  const opened = openWorkbook(bytes, file)
  if ('problems' in opened) return { format: 'xlsx', sheets: [], problems: opened.problems }
  const { format } = opened
  try {
    const sheets = await opened.read(decimal, cellBudget())
    if (sheets.length === 0) return { format, sheets, problems: [problem('read-damaged-workbook', { file }, { reason: { de: 'sie enthält kein Tabellenblatt', en: 'it holds no sheet' } })] }
    return { format, sheets, problems: format === 'xlsb' ? [problem('read-binary-workbook', { file })] : [] }
  } catch (error) {
    return { format, sheets: [], problems: [workbookProblem(error, file)] }
  }
}

/** The stated sheet, else the first visible one with content, with a word on the others. */
export function chooseSheet (sheets: readonly Sheet[], stated: string | undefined, file: string): { sheet?: Sheet, problems: Problem[] } {
  const names = sheets.map(({ name }) => name)
  const list = quoteList(names)
  if (stated !== undefined) {
    const sheet = sheets.find(({ name }) => name === stated)
    const guess = nearest(stated, names) ?? names[0] ?? ''
    return sheet ? { sheet, problems: [] } : { problems: [problem('read-unknown-sheet', { file }, { sheet: stated, sheets: list, guess })] }
  }
  const visible = sheets.filter(({ hidden }) => !hidden)
  const sheet = visible.find(({ rows }) => rows.length > 0) ?? visible[0] ?? sheets[0]
  if (sheet === undefined) return { problems: [problem('read-empty-file', { file })] }
  return { sheet, problems: visible.length > 1 ? [problem('read-first-sheet', { file }, { sheet: sheet.name, sheets: list })] : [] }
}

/**
 * Cells of a part of a sheet whose content is no data: errors of formulas, formulas nobody calculated, numbers that lost digits.
 *
 * @param within rows and columns from 0, the last ones included
 */
export function cellProblems (sheet: Sheet, file: string, within: { readonly top: number, readonly left: number, readonly bottom: number, readonly right: number }): Problem[] {
  const inside = sheet.faults.filter(({ row, column }) => row >= within.top && row <= within.bottom && column >= within.left && column <= within.right)
  const report = (code: 'read-error-cells' | 'read-uncalculated-cells' | 'read-long-numbers', kind: CellFault['kind']) => {
    const cells = inside.filter(fault => fault.kind === kind).map(({ row, column }) => `${columnLetters(column)}${row + 1}`)
    return cells.length === 0 ? [] : [problem(code, { file, cell: `${sheet.name}!${cells[0]}` }, { cells: listSome(cells), count: cells.length })]
  }
  return [...report('read-error-cells', 'error'), ...report('read-uncalculated-cells', 'uncalculated'), ...report('read-long-numbers', 'long-number')]
}

interface OpenedWorkbook {
  readonly format: WorkbookFormat
  readonly read: (decimal: ',' | '.', budget: CellBudget) => Sheet[] | Promise<Sheet[]>
}

function openWorkbook (bytes: Uint8Array, file: string): OpenedWorkbook | { problems: Problem[] } {
  if (!isCompoundFile(bytes)) return openZipped(bytes, file)
  if (isEncrypted(bytes)) return { problems: [problem('read-encrypted-workbook', { file })] }
  return { format: 'xls', read: (decimal, budget) => readXls(bytes, decimal, budget) }
}

/** Whether bytes begin like the container of Office 97 to 2003. */
export function isCompoundFile (bytes: Uint8Array): boolean {
  return [0xd0, 0xcf, 0x11, 0xe0].every((byte, i) => bytes[i] === byte)
}

/** Excel hides a protected `.xlsx` in an old container; the name of its part stands there in UTF-16. */
function isEncrypted (bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(Buffer.from('EncryptedPackage', 'utf16le'))
}

/** A workbook of 50 MB unpacks to four times its size; text beyond Latin letters takes two bytes for each of these while it is read. */
const maxUnpackedBytes = 200 * 1024 * 1024

/** hucre, which reads `.xlsb`, needs ten times the size as memory. */
const maxBinaryBytes = 50 * 1024 * 1024

function openZipped (bytes: Uint8Array, file: string): OpenedWorkbook | { problems: Problem[] } {
  const { entries, problems } = openArchive(bytes, file)
  if (problems.length > 0) return { problems }
  const format = zippedFormat(new Set(entries.map(({ name }) => name)))
  if (format === undefined) return { problems: [problem('read-unknown-table-format', { file })] }
  const unpacked = entries.filter(({ name }) => format === 'xlsb' || /\.(?:xml|rels)$/.test(name)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (unpacked > (format === 'xlsb' ? maxBinaryBytes : maxUnpackedBytes)) return { problems: [tooLarge(file)] }
  const readPart = partReader(entries)
  switch (format) {
    case 'ods': return openOds(entries, readPart, file)
    case 'xlsb': return openBinary(bytes, entries, file)
    default: return { format, read: (decimal, budget) => readXlsx(readPart, decimal, budget) }
  }
}

function zippedFormat (names: ReadonlySet<string>): WorkbookFormat | undefined {
  if (names.has('xl/workbook.bin')) return 'xlsb'
  if (names.has('content.xml') && names.has('mimetype')) return 'ods'
  return names.has('xl/workbook.xml') ? 'xlsx' : undefined
}

/** Entries as text, unpacked when they are asked for. */
function partReader (entries: readonly ArchiveEntry[]): ReadPart {
  return name => {
    const entry = entries.find(other => other.name === name)
    return entry === undefined ? undefined : decodeAs(entry.read(), 'utf-8')
  }
}

/** hucre unpacks for itself, up to 2 GB: an entry that is not what the archive says must not reach it. */
function openBinary (bytes: Uint8Array, entries: readonly ArchiveEntry[], file: string): OpenedWorkbook | { problems: Problem[] } {
  try {
    for (const entry of entries) entry.read()
  } catch (error) {
    return { problems: [workbookProblem(error, file)] }
  }
  return { format: 'xlsb', read: async (decimal, budget) => await readXlsb(bytes, decimal, budget) }
}

function openOds (entries: readonly ArchiveEntry[], readPart: ReadPart, file: string): OpenedWorkbook | { problems: Problem[] } {
  try {
    const isProtected = readPart('META-INF/manifest.xml')?.includes('encryption-data') === true || entries.some(({ name }) => name === 'encrypted-package')
    if (isProtected) return { problems: [problem('read-encrypted-workbook', { file })] }
    if (readPart('mimetype')?.startsWith('application/vnd.oasis.opendocument.spreadsheet') !== true) return { problems: [problem('read-unknown-table-format', { file })] }
  } catch (error) {
    return { problems: [workbookProblem(error, file)] }
  }
  return { format: 'ods', read: (decimal, budget) => readOds({ content: readPart('content.xml')!, styles: readPart('styles.xml') ?? '' }, decimal, budget) }
}

/** @throws what is no fault of the file */
function workbookProblem (error: unknown, file: string): Problem {
  if (error instanceof TooManyCellsError) return tooLarge(file)
  if (error instanceof DamagedEntryError) return problem('read-zip-damaged-entry', { file }, { name: error.message })
  if (error instanceof EncryptedFileError) return problem('read-encrypted-workbook', { file })
  if (error instanceof XlsError && error.kind === 'encrypted') return problem('read-encrypted-workbook', { file })
  if (error instanceof XlsError && error.kind === 'old') return problem('read-old-workbook', { file })
  if (error instanceof XmlError && error.kind === 'doctype') return problem('read-doctype', { file }, { found: error.message })
  const isOfFile = [HucreError, XlsError, XmlError, RangeError, TypeError, SyntaxError].some(kind => error instanceof kind)
  if (!isOfFile) throw error
  return problem('read-damaged-workbook', { file }, { reason: (error as Error).message })
}

function tooLarge (file: string): Problem {
  return problem('read-workbook-too-large', { file }, { cells: maxCells.toLocaleString('de'), size: maxUnpackedBytes / 1024 / 1024 })
}
