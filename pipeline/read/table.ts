import { readFile } from 'node:fs/promises'
import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import { listSome } from '../facts.ts'
import { DamagedEntryError, openArchive, type ArchiveEntry } from './archive.ts'
import { delimiters, findDelimiter, findLine, parseCsv, type Delimiter } from './csv.ts'
import { decodeText, findEncoding, type DecodedText } from './encoding.ts'
import { fileProblem } from './file.ts'
import type { NumberNotation } from './number-text.ts'
import { headRows, type DeliveredTable, type TableResult } from './head.ts'
import { readWorkbook } from './xlsx.ts'

export type { DeliveredTable, TableResult, TableRow } from './head.ts'
export { placeOf } from './head.ts'

/** How a delivered table is written; what is left out is looked up in the file. */
export interface TableDialect {
  /** Left out: byte order mark, else valid UTF-8, else windows-1252. */
  readonly encoding?: string | undefined
  /** Left out: the one that occurs most often in the head line. */
  readonly delimiter?: Delimiter | undefined
  /** Line of the column heads, from 1 as an editor counts, or row of the sheet; default 1. */
  readonly headLine?: number | undefined
  /** Sheet of a workbook; default the first visible one. */
  readonly sheet?: string | undefined
  /** Default `,`. Numbers of a workbook are written with it, so that all fields of a delivery read alike. */
  readonly decimal?: ',' | '.' | undefined
  readonly thousands?: '.' | ',' | ' ' | "'" | '' | undefined
}

/**
 * Reads a CSV or XLSX file, told apart by what is in it and not by its name. Fields are text as delivered; blank rows are left out,
 * footnotes below the table are rows. Every problem of the file at once; never throws for what a file holds.
 */
export async function readTable (filePath: string, dialect: TableDialect & { readonly displayName: string }): Promise<TableResult> {
  const file = dialect.displayName
  let bytes: Uint8Array
  try {
    bytes = await readFile(filePath)
  } catch (error) {
    return { problems: [fileProblem(error, file)] }
  }
  switch (sniff(bytes)) {
    case 'empty': return { problems: [problem('read-empty-file', { file })] }
    case 'zip': return await readZipped(bytes, dialect)
    case 'ole': return { problems: [problem(isEncryptedWorkbook(bytes) ? 'read-encrypted-workbook' : 'read-old-workbook', { file })] }
    case 'html': return { problems: [problem('read-html-table', { file })] }
    case 'binary': return { problems: [problem('read-no-text', { file })] }
    default: return readCsv(bytes, dialect)
  }
}

type FileKind = 'empty' | 'zip' | 'ole' | 'html' | 'binary' | 'text'

function sniff (bytes: Uint8Array): FileKind {
  const start = Buffer.from(bytes.subarray(0, 512)).toString('latin1')
  if (bytes.length === 0) return 'empty'
  if (start.startsWith('PK\x03\x04') || start.startsWith('PK\x05\x06')) return 'zip'
  if (start.startsWith('\xd0\xcf\x11\xe0')) return 'ole'
  if (start.startsWith('\xff\xfe') || start.startsWith('\xfe\xff')) return 'text'
  if (start.startsWith('%PDF') || bytes.includes(0)) return 'binary'
  return /^(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml|head|meta)/i.test(start) ? 'html' : 'text'
}

/** Excel hides a protected workbook in an old container; the name of its part stands there in UTF-16. */
function isEncryptedWorkbook (bytes: Uint8Array): boolean {
  return Buffer.from(bytes).includes(Buffer.from('EncryptedPackage', 'utf16le'))
}

async function readZipped (bytes: Uint8Array, dialect: TableDialect & { readonly displayName: string }): Promise<TableResult> {
  const file = dialect.displayName
  const { entries, problems } = openArchive(bytes, file)
  if (problems.length > 0) return { problems }
  const names = new Set(entries.map(({ name }) => name))
  if (names.has('xl/workbook.bin')) return { problems: [problem('read-old-workbook', { file })] }
  if (names.has('content.xml') && names.has('mimetype')) return { problems: [problem('read-open-document', { file })] }
  if (!names.has('xl/workbook.xml')) return { problems: [problem('read-unknown-table-format', { file })] }
  const damaged = findDamaged(entries)
  if (damaged !== undefined) return { problems: [problem('read-zip-damaged-entry', { file }, { name: damaged })] }
  return await readWorkbook(bytes, { ...dialect, decimal: dialect.decimal ?? ',' })
}

/** Name of an entry that is not what the archive says; found here because hucre would inflate it to 2 GB. */
function findDamaged (entries: readonly ArchiveEntry[]): string | undefined {
  try {
    for (const entry of entries) entry.read()
    return undefined
  } catch (error) {
    if (error instanceof DamagedEntryError) return error.message
    throw error
  }
}

function readCsv (bytes: Uint8Array, dialect: TableDialect & { readonly displayName: string }): TableResult {
  const file = dialect.displayName
  const stated = dialect.encoding === undefined ? undefined : findEncoding(dialect.encoding)
  if (dialect.encoding !== undefined && stated === undefined) {
    return { problems: [problem('read-unknown-encoding', { file }, { encoding: dialect.encoding })] }
  }
  const decoded = decodeText(bytes, stated)
  const { text, encoding } = decoded
  if (text.trim() === '') return { problems: [problem('read-empty-file', { file })] }

  const separator = separatorLine(text)
  const headLine = dialect.headLine ?? (separator === undefined ? 1 : 2)
  const head = findLine(text, headLine)
  const problems = undecodableProblems(decoded, file)
  if (head === undefined) return { problems: [...problems, problem('read-head-beyond-end', { file }, { headLine, lines: text.trimEnd().split('\n').length })] }

  const guess = findDelimiter(head)
  const delimiter = dialect.delimiter ?? separator ?? guess ?? ';'
  if (guess !== undefined && !head.includes(delimiter)) {
    return { problems: [...problems, problem('read-other-delimiter', { file, line: headLine }, { stated: nameOf(delimiter), guess: nameOf(guess) })] }
  }
  const { records, faults } = parseCsv(text, delimiter, headLine)
  problems.push(...faults.map(({ kind, line, field, text: found }) =>
    problem(kind === 'unclosed-quote' ? 'read-unclosed-quote' : 'read-text-after-quote', { file, line }, { field, text: found })))
  const source: Omit<DeliveredTable, 'columns' | 'rows'> = { file, sheet: null, encoding, delimiter, notation: notationOf(dialect) }
  const result = headRows(records, headLine, source)
  // Behind an unclosed quote nothing was read, so that missing rows say nothing.
  const isCutOff = faults.some(({ kind }) => kind === 'unclosed-quote')
  return { ...result, problems: [...problems, ...result.problems.filter(({ code }) => !isCutOff || code !== 'read-no-rows')] }
}

/** How numbers are written, as far as it is stated. */
export function notationOf ({ decimal, thousands }: TableDialect): NumberNotation {
  return { decimal: decimal ?? ',', ...(thousands === undefined ? {} : { thousands }) }
}

/** Excel's own first line `sep=;`, which says the delimiter and is no part of the table. */
function separatorLine (text: string): Delimiter | undefined {
  const stated = /^sep=(.)\r?\n/i.exec(text)?.[1]
  return delimiters.find(delimiter => delimiter === stated)
}

function undecodableProblems ({ faults, encoding }: DecodedText, file: string): Problem[] {
  const [first] = faults
  if (first === undefined) return []
  return [problem('read-undecodable', { file, line: first.line }, { bytes: first.bytes, encoding, lines: listSome(faults.map(({ line }) => line)) })]
}

function nameOf (delimiter: string): string {
  return delimiter === '\t' ? '\\t' : delimiter
}
