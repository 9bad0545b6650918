import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import { problem, type Problem } from '../../core/problem.ts'
import { findDelimiter } from '../read/csv.ts'
import { findEncoding } from '../read/encoding.ts'
import { fileProblem } from '../read/file.ts'
import { readTable, type TableDialect } from '../read/table.ts'
import { trimBlanks } from '../read/number-text.ts'
import { streamCsv, type StreamedRow } from './csv-stream.ts'

/** Rows of a file about persons, one at a time, below a head that has all the columns wanted. */
export interface RecordRows {
  readonly columns: readonly string[]
  readonly rows: AsyncIterable<StreamedRow>
  readonly encoding: string
  readonly delimiter: string | null
  readonly sheet: string | null
}

export interface RecordSource {
  readonly path: string
  readonly displayName: string
  readonly dialect: Omit<TableDialect, 'displayName'>
  /** Heads that must be there. */
  readonly wanted: readonly string[]
}

/**
 * Opens a file of rows about persons. A text file is read in parts and never as a whole; a workbook lies in memory while it is
 * counted, because its readers need that. Problems say nothing of the content but heads.
 */
export async function openRecordRows (source: RecordSource): Promise<{ source?: RecordRows, problems: readonly Problem[] }> {
  const { path, displayName } = source
  let start: Uint8Array
  try {
    start = await readStart(path)
  } catch (error) {
    return { problems: [fileProblem(error, displayName)] }
  }
  if (start.length === 0) return { problems: [problem('read-empty-file', { file: displayName })] }
  return isWorkbook(start) ? await openWorkbook(source) : await openText(source, start)
}

/** The head is looked for in so many lines. */
const headLines = 30
const startBytes = 65_536

async function readStart (path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(startBytes), 0, startBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

function isWorkbook (start: Uint8Array): boolean {
  const signature = Buffer.from(start.subarray(0, 4)).toString('latin1')
  return signature === 'PK\x03\x04' || signature === '\xd0\xcf\x11\xe0'
}

async function openWorkbook ({ path, displayName, dialect, wanted }: RecordSource): Promise<{ source?: RecordRows, problems: readonly Problem[] }> {
  const { table, problems } = await readTable(path, { ...dialect, displayName })
  const errors = problems.filter(({ severity }) => severity === 'error')
  // What a reader quotes of the content stays here.
  const told = errors.map(({ code, place, facts }) => 'text' in facts ? problem('records-unreadable', place, { reason: code }) : { ...problem(code, place, facts) })
  if (!table || told.length > 0) return { problems: told.length > 0 ? told : [problem('records-unreadable', { file: displayName }, { reason: 'table' })] }
  const missing = wanted.filter(head => !table.columns.some(column => trimBlanks(column) === trimBlanks(head)))
  if (missing.length > 0) return { problems: [noHead(displayName, missing, table.rows[0]?.line ?? 1)] }
  const rows = (async function * () { yield * table.rows })()
  return { source: { columns: table.columns, rows, encoding: table.encoding, delimiter: table.delimiter, sheet: table.sheet }, problems: [] }
}

async function openText ({ path, displayName, dialect, wanted }: RecordSource, start: Uint8Array): Promise<{ source?: RecordRows, problems: readonly Problem[] }> {
  const stated = dialect.encoding === undefined ? undefined : findEncoding(dialect.encoding)
  if (dialect.encoding !== undefined && stated === undefined) return { problems: [problem('read-unknown-encoding', { file: displayName }, { encoding: dialect.encoding })] }
  const encoding = markOf(start) ?? stated ?? (await isUtf8File(path) ? 'utf-8' : 'windows-1252')
  const lines = decode(start, encoding).split(/\r\n|\r|\n/).slice(0, headLines)
  const found = lines.findIndex((line, index) => dialect.headLine === undefined ? hasHeads(line, dialect.delimiter ?? findDelimiter(line) ?? ';', wanted) : index + 1 === dialect.headLine)
  if (found === -1) return { problems: [noHead(displayName, wanted, Math.min(lines.length, headLines))] }
  const delimiter = dialect.delimiter ?? findDelimiter(lines[found]!) ?? ';'
  const all = streamCsv(decodeParts(createReadStream(path), encoding), delimiter)
  let columns: readonly string[] = []
  // The iterator goes on below the head; a `for await` would close it.
  for (let next = await all.next(); !next.done; next = await all.next()) {
    if (next.value.line < found + 1) continue
    columns = next.value.fields
    break
  }
  const missing = wanted.filter(head => !columns.some(column => trimBlanks(column) === trimBlanks(head)))
  if (missing.length > 0) {
    await all.return(undefined)
    return { problems: [noHead(displayName, missing, found + 1)] }
  }
  return { source: { columns, rows: { [Symbol.asyncIterator]: () => all }, encoding, delimiter, sheet: null }, problems: [] }
}

function noHead (file: string, columns: readonly string[], lines: number): Problem {
  return problem('records-no-head', { file }, { lines, columns: columns.map(column => `„${column}“`).join(', ') })
}

function hasHeads (line: string, delimiter: string, wanted: readonly string[]): boolean {
  const heads = new Set(line.split(delimiter).map(head => trimBlanks(head).replaceAll(/^"|"$/g, '')))
  return wanted.every(head => heads.has(trimBlanks(head)))
}

function markOf (start: Uint8Array): string | undefined {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : undefined
}

/** The file must be read to its end to know, because the first umlaut may stand there. */
async function isUtf8File (path: string): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const part of createReadStream(path) as AsyncIterable<Buffer>) decoder.decode(part, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

function decode (bytes: Uint8Array, encoding: string): string {
  return iconv.decode(Buffer.from(bytes), encoding as 'utf-8')
}

async function * decodeParts (parts: AsyncIterable<Buffer>, encoding: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(encoding as 'utf-8', { stripBOM: true })
  let isFirst = true
  for await (const part of parts) {
    const text = decoder.write(part)
    yield isFirst ? text.replace(/^\ufeff/, '') : text
    if (text !== '') isFirst = false
  }
  const rest = decoder.end()
  if (rest) yield rest
}
