/** One record of a BIFF stream; what did not fit into it stands in the parts behind the first. */
export interface BiffRecord {
  readonly type: number
  /** Position in the stream. */
  readonly position: number
  readonly parts: readonly Buffer[]
}

const continueType = 0x3c

/** Records of a BIFF8 stream ([MS-XLS] 2.1.4) from a position on, each with its continuations; a record that is cut off ends the list. */
export function * listRecords (stream: Buffer, start = 0): Generator<BiffRecord> {
  let position = start
  while (position + 4 <= stream.length) {
    const first = position
    const type = stream.readUInt16LE(position)
    const parts: Buffer[] = []
    do {
      const end = position + 4 + stream.readUInt16LE(position + 2)
      if (end > stream.length) return
      parts.push(stream.subarray(position + 4, end))
      position = end
    } while (position + 4 <= stream.length && stream.readUInt16LE(position) === continueType)
    yield { type, position: first, parts }
  }
}

/** Reads strings and numbers across the parts of a record. */
export class BiffCursor {
  #part = 0
  #offset: number
  readonly #parts: readonly Buffer[]

  constructor (parts: readonly Buffer[], offset = 0) {
    this.#parts = parts
    this.#offset = offset
  }

  get isAtEnd (): boolean {
    this.#enterPart()
    return this.#part >= this.#parts.length
  }

  /** A string with a length of two bytes (XLUnicodeRichExtendedString), without its fonts and pronunciation. @throws RangeError at the end of the record */
  readString (): string {
    const length = this.#readUint(2)
    const flags = this.#readUint(1)
    const runs = (flags & 8) === 0 ? 0 : this.#readUint(2)
    const extra = (flags & 4) === 0 ? 0 : this.#readUint(4)
    const text = this.#readCharacters(length, (flags & 1) !== 0)
    this.#skip(4 * runs + extra)
    return text
  }

  /** Characters go on in the next part, which says anew whether they have one byte or two. */
  #readCharacters (length: number, isWide: boolean): string {
    let text = ''
    let wide = isWide
    let left = length
    while (left > 0) {
      if (this.#offset >= this.#current().length) {
        this.#part++
        this.#offset = 0
        wide = (this.#readUint(1) & 1) !== 0
      }
      const part = this.#current()
      const width = wide ? 2 : 1
      const count = Math.min(left, Math.floor((part.length - this.#offset) / width))
      if (count === 0) throw new RangeError('half a character')
      text += part.toString(wide ? 'utf16le' : 'latin1', this.#offset, this.#offset + count * width)
      this.#offset += count * width
      left -= count
    }
    return text
  }

  #readUint (size: number): number {
    this.#enterPart()
    const value = this.#current().readUIntLE(this.#offset, size)
    this.#offset += size
    return value
  }

  #skip (size: number): void {
    let left = size
    while (left > 0) {
      this.#enterPart()
      const step = Math.min(left, this.#current().length - this.#offset)
      this.#offset += step
      left -= step
    }
  }

  #enterPart (): void {
    while (this.#part < this.#parts.length && this.#offset >= this.#parts[this.#part]!.length) {
      this.#part++
      this.#offset = 0
    }
  }

  #current (): Buffer {
    const part = this.#parts[this.#part]
    if (part === undefined) throw new RangeError('record too short')
    return part
  }
}

/** A number packed into four bytes: an integer of 30 bits or the upper half of a double, perhaps times 100. */
export function readRk (bytes: Buffer, offset: number): number {
  const packed = bytes.readInt32LE(offset)
  const half = Buffer.alloc(8)
  half.writeInt32LE(packed & ~3, 4)
  const value = (packed & 2) === 0 ? half.readDoubleLE(0) : packed >> 2
  return (packed & 1) === 0 ? value : value / 100
}
