import { isUtf8 } from 'node:buffer'
import { decodeAs, findEncoding } from './encoding.ts'

/** The attribute table of a shapefile. All values are text: a key in a number field keeps the digits it was written with. */
export interface DbfTable {
  readonly columns: readonly string[]
  /** One per record, in file order; null for a record that is marked as deleted but still there. */
  readonly records: ReadonlyArray<Readonly<Record<string, string>> | null>
  readonly encoding: string
  /** What decided on the encoding. */
  readonly encodingSource: 'stated' | 'cpg' | 'language-byte' | 'utf-8' | 'default'
  /** The table is valid UTF-8 with umlauts, but was read in the single-byte encoding it names itself. */
  readonly looksLikeUtf8: boolean
  /** Columns whose type holds no text (memo, binary): always empty here. */
  readonly unreadable: readonly string[]
  readonly undecodable: ReadonlyArray<{ record: number, column: string, bytes: string }>
}

/** What makes a file no attribute table. */
export class DbfError extends Error {
  override name = 'DbfError'
  readonly kind: 'no-dbf' | 'truncated'
  /** Records the header promises and records that are there. */
  readonly stated: number
  readonly present: number

  constructor (kind: DbfError['kind'], stated = 0, present = 0) {
    super(kind)
    this.kind = kind
    this.stated = stated
    this.present = present
  }
}

/**
 * Reads dBase III to 5 and FoxPro tables.
 *
 * Encoding: stated, else the `.cpg` file, else the language byte of the header, else UTF-8 where the bytes are valid
 * UTF-8, else windows-1252. Dates come as `2024-03-31`, empty dates, numbers and truth values as ''. Padding is removed:
 * behind text, around numbers.
 *
 * @param stated name as `findEncoding` returns it
 * @param cpg text of the `.cpg` file; a name nobody knows counts as none
 * @throws DbfError
 */
export function readDbf (bytes: Uint8Array, { stated, cpg }: { stated?: string | undefined, cpg?: string | undefined } = {}): DbfTable {
  const header = readHeader(bytes)
  const { encoding, source } = chooseEncoding(bytes, header, stated, cpg)
  const columns = uniqueNames(header.fields.map(field => decodeAs(field.name, encoding).trim()))
  const undecodable: Array<{ record: number, column: string, bytes: string }> = []

  const records = Array.from({ length: header.recordCount }, (_, i) => {
    const start = header.headerLength + i * header.recordLength
    if (bytes[start] === deletedMark) return null
    return Object.fromEntries(header.fields.map((field, j): [string, string] => {
      const raw = bytes.subarray(start + field.offset, start + field.offset + field.length)
      const text = readField(raw, field.type, encoding)
      if (text.includes('\ufffd')) undecodable.push({ record: i + 1, column: columns[j]!, bytes: toHex(raw) })
      return [columns[j]!, text]
    }))
  })
  return {
    columns,
    records,
    encoding,
    encodingSource: source,
    looksLikeUtf8: source === 'language-byte' && encoding !== 'utf-8' && holdsUtf8(bytes, header),
    unreadable: columns.filter((_, j) => 'BGMPQVWTY@0'.includes(header.fields[j]!.type)),
    undecodable,
  }
}

interface Field {
  readonly name: Uint8Array
  readonly type: string
  readonly length: number
  /** Within the record; its first byte is the deletion mark. */
  readonly offset: number
}

interface Header {
  readonly recordCount: number
  readonly headerLength: number
  readonly recordLength: number
  readonly languageByte: number
  readonly fields: readonly Field[]
}

const deletedMark = 0x2a

/** First bytes of tables by dBase II to 7 and FoxPro, with and without memo. */
const versions = [0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8b, 0x8c, 0xcb, 0xf5, 0xfb]

function readHeader (bytes: Uint8Array): Header {
  if (bytes.length < 33 || !versions.includes(bytes[0]!)) throw new DbfError('no-dbf')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const recordCount = view.getUint32(4, true)
  const headerLength = view.getUint16(8, true)
  const recordLength = view.getUint16(10, true)
  const fields = listFields(bytes.subarray(0, headerLength))
  const width = fields.reduce((sum, { length }) => sum + length, 1)
  if (headerLength < 33 || headerLength > bytes.length || recordLength === 0 || width > recordLength) throw new DbfError('no-dbf')

  // Some writers leave the record's last padding out at the end of the file; nothing of the last field may be missing.
  const present = Math.floor((bytes.length - headerLength + recordLength - width) / recordLength)
  if (present < recordCount) throw new DbfError('truncated', recordCount, Math.max(0, present))
  return { recordCount, headerLength, recordLength, languageByte: bytes[29]!, fields }
}

function listFields (header: Uint8Array): Field[] {
  const fields: Field[] = []
  let offset = 1
  for (let position = 32; position + 32 <= header.length && header[position] !== 0x0d; position += 32) {
    const name = header.subarray(position, position + 11)
    const nameEnd = name.indexOf(0)
    const type = String.fromCharCode(header[position + 11]!)
    const length = header[position + 16]!
    fields.push({ name: nameEnd === -1 ? name : name.subarray(0, nameEnd), type, length, offset })
    offset += length
  }
  return fields
}

function chooseEncoding (bytes: Uint8Array, header: Header, stated: string | undefined, cpg: string | undefined): { encoding: string, source: DbfTable['encodingSource'] } {
  if (stated !== undefined) return { encoding: stated, source: 'stated' }
  const fromCpg = cpg === undefined ? undefined : findEncoding(cpg)
  if (fromCpg !== undefined) return { encoding: fromCpg, source: 'cpg' }
  const fromHeader = languageBytes.get(header.languageByte)
  if (fromHeader !== undefined) return { encoding: fromHeader, source: 'language-byte' }
  return isUtf8(textOf(bytes, header)) ? { encoding: 'utf-8', source: 'utf-8' } : { encoding: 'windows-1252', source: 'default' }
}

function textOf (bytes: Uint8Array, { headerLength, recordLength, recordCount }: Header): Uint8Array {
  return bytes.subarray(headerLength, headerLength + recordLength * recordCount)
}

function holdsUtf8 (bytes: Uint8Array, header: Header): boolean {
  const text = textOf(bytes, header)
  return text.some(byte => byte >= 0x80) && isUtf8(text)
}

/** Language driver ids of central and western European programs (dBase, FoxPro, ESRI). */
const languageBytes: ReadonlyMap<number, string> = new Map([
  [0x01, 'cp437'], [0x09, 'cp437'], [0x0b, 'cp437'], [0x0d, 'cp437'], [0x0f, 'cp437'], [0x11, 'cp437'], [0x15, 'cp437'], [0x18, 'cp437'], [0x1b, 'cp437'],
  [0x02, 'cp850'], [0x0a, 'cp850'], [0x0e, 'cp850'], [0x10, 'cp850'], [0x12, 'cp850'], [0x14, 'cp850'], [0x16, 'cp850'], [0x1a, 'cp850'], [0x1d, 'cp850'], [0x25, 'cp850'], [0x37, 'cp850'],
  [0x03, 'windows-1252'], [0x57, 'windows-1252'], [0x58, 'windows-1252'], [0x59, 'windows-1252'],
  [0x08, 'cp865'], [0x17, 'cp865'], [0x66, 'cp865'], [0x1f, 'cp852'], [0x22, 'cp852'], [0x23, 'cp852'], [0x40, 'cp852'], [0x64, 'cp852'],
  [0x65, 'cp866'], [0x26, 'cp866'], [0xc8, 'cp1250'], [0xc9, 'cp1251'], [0xca, 'cp1254'], [0xcb, 'cp1253'], [0xcc, 'cp1257'],
])

function readField (raw: Uint8Array, type: string, encoding: string): string {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength)
  switch (type) {
    case 'N': case 'F': return decodeAs(raw, 'windows-1252').replaceAll('\0', ' ').trim()
    case 'D': return readDate(decodeAs(raw, 'windows-1252').trim())
    case 'L': return decodeAs(raw, 'windows-1252').replaceAll(/[?\0 ]/g, '')
    case 'I': return raw.length === 4 ? String(view.getInt32(0, true)) : ''
    // dBase 7 keeps this type big-endian with the sign bit turned, so that its bytes sort like numbers.
    case '+': return raw.length === 4 ? String(view.getInt32(0, false) ^ -0x80000000) : ''
    case 'O': return raw.length === 8 ? String(view.getFloat64(0, true)) : ''
    case 'B': case 'G': case 'M': case 'P': case 'Q': case 'V': case 'W': case 'T': case 'Y': case '@': case '0': return ''
    default: return decodeAs(raw, encoding).replace(/[\0 ]+$/, '')
  }
}

function readDate (digits: string): string {
  const parts = /^(\d{4})(\d{2})(\d{2})$/.exec(digits)
  if (digits === '00000000' || /^\0*$/.test(digits)) return ''
  return parts ? `${parts[1]}-${parts[2]}-${parts[3]}` : digits
}

/** Writers cut names to ten bytes, so two can become one: the second is called `NAME_1`. */
function uniqueNames (names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map(name => {
    const count = seen.get(name) ?? 0
    seen.set(name, count + 1)
    return count === 0 ? name : `${name}_${count}`
  })
}

function toHex (raw: Uint8Array): string {
  const bytes = [...raw].filter(byte => byte >= 0x80).slice(0, 3)
  return bytes.map(byte => byte.toString(16).toUpperCase()).join(' ')
}
