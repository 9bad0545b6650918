import { Buffer } from 'node:buffer'

/** One column of an attribute table: dBase type letter and width in bytes. */
export interface DbfColumn {
  readonly name: string
  readonly type: string
  readonly width: number
}

export interface DbfBytesOptions {
  readonly languageByte?: number
  /** Records to mark as deleted, from 1. */
  readonly deleted?: readonly number[]
  /** How text becomes bytes; default UTF-8. */
  readonly encode?: (text: string) => Uint8Array
}

/** A dBase III table after the format's own description, so that tests can go wrong in one place at a time. */
export function dbfBytes (columns: readonly DbfColumn[], rows: ReadonlyArray<readonly string[]>, options: DbfBytesOptions = {}): Buffer {
  const { languageByte = 0, deleted = [], encode = (text: string) => Buffer.from(text) } = options
  const headerLength = 32 + 32 * columns.length + 1
  const recordLength = columns.reduce((sum, { width }) => sum + width, 1)
  const header = Buffer.alloc(headerLength)
  header[0] = 3
  header.writeUInt32LE(rows.length, 4)
  header.writeUInt16LE(headerLength, 8)
  header.writeUInt16LE(recordLength, 10)
  header[29] = languageByte
  for (const [i, { name, type, width }] of columns.entries()) {
    header.set(encode(name).subarray(0, 10), 32 + 32 * i)
    header.write(type, 32 + 32 * i + 11, 'latin1')
    header[32 + 32 * i + 16] = width
  }
  header[headerLength - 1] = 0x0d
  const records = rows.map((fields, i) => {
    const record = Buffer.alloc(recordLength, ' ')
    if (deleted.includes(i + 1)) record[0] = 0x2a
    let position = 1
    for (const [j, { type, width }] of columns.entries()) {
      const bytes = encode(fields[j] ?? '').subarray(0, width)
      record.set(bytes, 'NF'.includes(type) ? position + width - bytes.length : position)
      position += width
    }
    return record
  })
  return Buffer.concat([header, ...records, Buffer.from([0x1a])])
}

/** Shapes of a layer, each a list of rings (flat coordinates); null for a record without a shape. */
export function shpBytes (shapes: ReadonlyArray<ReadonlyArray<readonly number[]> | null>, type = 5): { shp: Buffer, shx: Buffer } {
  const records = shapes.map((rings, i) => {
    const content = rings === null ? Buffer.alloc(4) : polygonContent(rings, type)
    const head = Buffer.alloc(8)
    head.writeInt32BE(i + 1, 0)
    head.writeInt32BE(content.length / 2, 4)
    return Buffer.concat([head, content])
  })
  let offset = 50
  const index = records.map(record => {
    const entry = Buffer.alloc(8)
    entry.writeInt32BE(offset, 0)
    entry.writeInt32BE((record.length - 8) / 2, 4)
    offset += record.length / 2
    return entry
  })
  return { shp: Buffer.concat([fileHeader(records, type), ...records]), shx: Buffer.concat([fileHeader(index, type), ...index]) }
}

function polygonContent (rings: ReadonlyArray<readonly number[]>, type: number): Buffer {
  const points = rings.flat()
  const content = Buffer.alloc(44 + 4 * rings.length + 8 * points.length)
  content.writeInt32LE(type, 0)
  content.writeInt32LE(rings.length, 36)
  content.writeInt32LE(points.length / 2, 40)
  let first = 0
  for (const [i, ring] of rings.entries()) {
    content.writeInt32LE(first, 44 + 4 * i)
    first += ring.length / 2
  }
  for (const [i, value] of points.entries()) content.writeDoubleLE(value, 44 + 4 * rings.length + 8 * i)
  return content
}

function fileHeader (records: readonly Buffer[], type: number): Buffer {
  const header = Buffer.alloc(100)
  header.writeInt32BE(9994, 0)
  header.writeInt32BE((100 + records.reduce((sum, { length }) => sum + length, 0)) / 2, 24)
  header.writeInt32LE(1000, 28)
  header.writeInt32LE(type, 32)
  return header
}
