import type { Sheet } from './sheet.ts'
import { BiffCursor, listRecords, readRk, type BiffRecord } from './biff.ts'
import { CompoundFileError, readStream } from './compound-file.ts'
import { buildSheet, type CellBudget, type SheetBuilder } from './sheet-builder.ts'
import { builtInFormats, dateOfSerial, isDateFormat, type StoredValue } from './workbook-value.ts'

/** Why an `.xls` file is not read; `old` is Excel 95 and before. */
export class XlsError extends Error {
  override name = 'XlsError'
  readonly kind: 'encrypted' | 'old' | 'damaged'

  constructor (kind: XlsError['kind'], reason = '') {
    super(reason)
    this.kind = kind
  }
}

/**
 * The sheets of an Excel 97 to 2003 workbook (BIFF8, [MS-XLS]) with what Excel stored as the results of formulas.
 * Charts and macro sheets are no sheets.
 *
 * @throws XlsError, TooManyCellsError
 */
export function readXls (bytes: Uint8Array, decimal: ',' | '.', budget: CellBudget): Sheet[] {
  try {
    const stream = readStream(bytes, 'Workbook')
    if (stream === undefined) throw new XlsError(readStream(bytes, 'Book') === undefined ? 'damaged' : 'old', 'no workbook')
    const content = Buffer.from(stream.buffer, stream.byteOffset, stream.byteLength)
    const globals = readGlobals(content)
    return globals.sheets.map(sheet => readSheet(content, sheet, globals, decimal, budget))
  } catch (error) {
    // A record shorter than its type asks for ends in a RangeError of Buffer.
    if (error instanceof CompoundFileError || error instanceof RangeError) throw new XlsError('damaged', error.message)
    throw error
  }
}

interface SheetEntry {
  readonly name: string
  readonly hidden: boolean
  readonly position: number
}

/** What all sheets share. */
interface Globals {
  readonly sheets: readonly SheetEntry[]
  readonly strings: readonly string[]
  readonly looks: readonly CellLook[]
  readonly is1904: boolean
}

/** How cells of one kind are shown. */
interface CellLook {
  readonly format: string
  readonly isDate: boolean
  readonly indent: number
}

const bof = 0x809
const eof = 0x0a

function readGlobals (stream: Buffer): Globals {
  const sheets: SheetEntry[] = []
  const formats = new Map(builtInFormats)
  const looks: Array<{ readonly format: number, readonly indent: number }> = []
  let strings: string[] = []
  let is1904 = false
  let isFirst = true
  for (const { type, parts } of listRecords(stream)) {
    const body = parts[0]!
    if (isFirst && (type !== bof || body.readUInt16LE(0) !== 0x600)) throw new XlsError(type === bof ? 'old' : 'damaged', 'no BIFF8')
    isFirst = false
    if (type === eof) break
    if (type === 0x2f) throw new XlsError('encrypted')
    if (type === 0x85 && body[5] === 0) sheets.push(readSheetEntry(body))
    if (type === 0xfc) strings = readStrings(parts)
    if (type === 0x41e) formats.set(body.readUInt16LE(0), new BiffCursor(parts, 2).readString())
    if (type === 0xe0) looks.push({ format: body.readUInt16LE(2), indent: body.readUInt8(8) & 0x0f })
    if (type === 0x22) is1904 = body.readUInt16LE(0) === 1
  }
  return { sheets, strings, is1904, looks: looks.map(({ format, indent }) => ({ ...lookOf(formats.get(format) ?? ''), indent })) }
}

function lookOf (format: string): { format: string, isDate: boolean } {
  return { format, isDate: isDateFormat(format) }
}

function readSheetEntry (body: Buffer): SheetEntry {
  const length = body.readUInt8(6)
  const isWide = (body.readUInt8(7) & 1) !== 0
  const name = body.toString(isWide ? 'utf16le' : 'latin1', 8, 8 + length * (isWide ? 2 : 1))
  return { name, hidden: (body.readUInt8(4) & 3) !== 0, position: body.readUInt32LE(0) }
}

function readStrings (parts: readonly Buffer[]): string[] {
  const count = parts[0]!.readUInt32LE(4)
  const cursor = new BiffCursor(parts, 8)
  const strings: string[] = []
  while (strings.length < count && !cursor.isAtEnd) strings.push(cursor.readString())
  return strings
}

function readSheet (stream: Buffer, entry: SheetEntry, globals: Globals, decimal: ',' | '.', budget: CellBudget): Sheet {
  const builder = buildSheet(entry.name, entry.hidden, decimal, budget)
  let depth = 0
  let formula: CellPlace | undefined
  for (const record of listRecords(stream, entry.position)) {
    if (depth === 0 && record.type !== bof) throw new XlsError('damaged', `sheet ${entry.name}`)
    // A chart inside the sheet is a stream of its own between two marks.
    if (record.type === bof) depth++
    if (record.type === eof && --depth === 0) return builder.finish()
    if (depth > 1) continue
    if (record.type === 0x207 && formula !== undefined) put(builder, globals, formula, new BiffCursor(record.parts).readString())
    formula = readCells(record, builder, globals) ?? (formulaCompanions.includes(record.type) ? formula : undefined)
  }
  throw new XlsError('damaged', `sheet ${entry.name}`)
}

/** Records that may stand between a formula and its text. */
const formulaCompanions = [0x4bc, 0x221, 0x236]

interface CellPlace {
  readonly row: number
  readonly column: number
  readonly look: number
}

/** Puts the cells of a record; the place of a formula whose result is the text in the next record. */
function readCells ({ type, parts }: BiffRecord, builder: SheetBuilder, globals: Globals): CellPlace | undefined {
  const body = parts[0]!
  switch (type) {
    case 0x203: put(builder, globals, placeOf(body), body.readDoubleLE(6)); break
    case 0x27e: put(builder, globals, placeOf(body), readRk(body, 6)); break
    case 0xbd: putPackedRow(body, builder, globals); break
    case 0xfd: put(builder, globals, placeOf(body), globals.strings[body.readUInt32LE(6)] ?? ''); break
    case 0x204: case 0xd6: put(builder, globals, placeOf(body), new BiffCursor(parts, 6).readString()); break
    case 0x205: put(builder, globals, placeOf(body), body[7] === 0 ? body[6] !== 0 : errorText(body[6]!)); break
    case 0x06: return putFormula(body, builder, globals)
    case 0xe5: putMerges(body, builder); break
  }
  return undefined
}

function putPackedRow (body: Buffer, builder: SheetBuilder, globals: Globals): void {
  const [row, first] = [body.readUInt16LE(0), body.readUInt16LE(2)]
  for (let i = 0; 4 + 6 * (i + 1) + 2 <= body.length; i++) {
    put(builder, globals, { row, column: first + i, look: body.readUInt16LE(4 + 6 * i) }, readRk(body, 6 + 6 * i))
  }
}

function putFormula (body: Buffer, builder: SheetBuilder, globals: Globals): CellPlace | undefined {
  const place = placeOf(body)
  if (body.readUInt16LE(12) !== 0xffff) {
    put(builder, globals, place, body.readDoubleLE(6))
    return undefined
  }
  switch (body[6]) {
    case 0: return place
    case 1: put(builder, globals, place, body[8] !== 0); break
    case 2: put(builder, globals, place, errorText(body[8]!)); break
    default: break
  }
  return undefined
}

function putMerges (body: Buffer, builder: SheetBuilder): void {
  for (let i = 0; i < body.readUInt16LE(0); i++) {
    const at = 2 + 8 * i
    builder.merge({ top: body.readUInt16LE(at), bottom: body.readUInt16LE(at + 2), left: body.readUInt16LE(at + 4), right: body.readUInt16LE(at + 6) })
  }
}

function placeOf (body: Buffer): CellPlace {
  return { row: body.readUInt16LE(0), column: body.readUInt16LE(2), look: body.readUInt16LE(4) }
}

function put (builder: SheetBuilder, { looks, is1904 }: Globals, { row, column, look: index }: CellPlace, value: StoredValue): void {
  if (column > 255) throw new XlsError('damaged', `column ${column}`)
  const look = looks[index]
  const date = typeof value === 'number' && look?.isDate === true ? dateOfSerial(value, is1904) : undefined
  builder.put(row, column, { value: date ?? value, format: look?.format, indent: look?.indent })
}

function errorText (code: number): string {
  return errorTexts.get(code) ?? '#N/A'
}

const errorTexts: ReadonlyMap<number, string> = new Map([
  [0x00, '#NULL!'], [0x07, '#DIV/0!'], [0x0f, '#VALUE!'], [0x17, '#REF!'], [0x1d, '#NAME?'], [0x24, '#NUM!'], [0x2a, '#N/A'],
])
