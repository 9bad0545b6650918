/*
 * The tar format (POSIX ustar), as far as a backup needs it: files, one after the other. In place of
 * a format of our own, so that a person can open a backup with the tools of any machine.
 */

const blockBytes = 512
const nameBytes = 100
const prefixBytes = 155

/** A file in an archive; its content must be read to the end before the next one is asked for. */
export interface TarEntry {
  readonly name: string
  readonly bytes: number
  readonly content: AsyncIterable<Buffer>
}

/** Damaged or cut archive, or no archive at all. */
export class TarError extends Error {
  constructor (message: string) {
    super(message)
    this.name = 'TarError'
  }
}

/** What stands before the content of a file. @throws RangeError for a name that does not fit */
export function tarHeader (name: string, bytes: number): Buffer {
  const [prefix, rest] = splitName(name)
  const header = Buffer.alloc(blockBytes)
  header.write(rest, 0, nameBytes, 'utf8')
  header.write(octal(0o600, 8), 100)
  header.write(octal(0, 8), 108)
  header.write(octal(0, 8), 116)
  header.write(octal(bytes, 12), 124)
  // No time: the same content gives the same archive.
  header.write(octal(0, 12), 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  header.write(prefix, 345, prefixBytes, 'utf8')
  header.write(`${octal(checksum(header), 7)}\0 `.slice(0, 8), 148)
  return header
}

/** What stands after it: zeros up to the next block. */
export function tarPadding (bytes: number): Buffer {
  return Buffer.alloc((blockBytes - bytes % blockBytes) % blockBytes)
}

/** What stands at the end of an archive. */
export function tarEnd (): Buffer {
  return Buffer.alloc(2 * blockBytes)
}

/**
 * The files of an archive, in order.
 *
 * @throws TarError where it is damaged, or ends before its end
 */
export async function * readTar (stream: AsyncIterable<Buffer>): AsyncGenerator<TarEntry> {
  const reader = createReader(stream)
  for (;;) {
    const header = await reader.read(blockBytes)
    if (header.every(byte => byte === 0)) return
    const stated = Number.parseInt(header.toString('latin1', 148, 156), 8)
    if (stated !== checksum(header)) throw new TarError('a header has another checksum')
    const [name, prefix] = [text(header, 0, nameBytes), text(header, 345, prefixBytes)]
    const bytes = Number.parseInt(text(header, 124, 12), 8)
    if (!Number.isInteger(bytes) || bytes < 0) throw new TarError(`the length of ${name} cannot be read`)
    yield { name: prefix === '' ? name : `${prefix}/${name}`, bytes, content: reader.stream(bytes) }
    await reader.read((blockBytes - bytes % blockBytes) % blockBytes)
  }
}

/** Whether a name is not too long. */
export function fitsArchive (name: string): boolean {
  return findSplit(name) !== undefined
}

function splitName (name: string): [prefix: string, rest: string] {
  const split = findSplit(name)
  if (!split) throw new RangeError(`too long for a name in an archive: ${name}`)
  return split
}

/** Long names are cut at a slash. */
function findSplit (name: string): [prefix: string, rest: string] | undefined {
  if (Buffer.byteLength(name) <= nameBytes) return ['', name]
  for (let slash = name.indexOf('/'); slash !== -1; slash = name.indexOf('/', slash + 1)) {
    const [prefix, rest] = [name.slice(0, slash), name.slice(slash + 1)]
    if (Buffer.byteLength(rest) <= nameBytes && Buffer.byteLength(prefix) <= prefixBytes) return [prefix, rest]
  }
  return undefined
}

function octal (value: number, length: number): string {
  return `${value.toString(8).padStart(length - 1, '0')}\0`
}

/** Sum of the bytes, those of the sum itself as blanks. */
function checksum (header: Buffer): number {
  return header.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 0x20 : byte), 0)
}

function text (header: Buffer, start: number, length: number): string {
  const field = header.subarray(start, start + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end === -1 ? length : end)
}

interface Reader {
  /** Exactly so many bytes. */
  readonly read: (bytes: number) => Promise<Buffer>
  /** So many bytes in the parts in which they come. */
  readonly stream: (bytes: number) => AsyncIterable<Buffer>
}

function createReader (source: AsyncIterable<Buffer>): Reader {
  const chunks = source[Symbol.asyncIterator]()
  let waiting: Buffer = Buffer.alloc(0)
  const next = async (most: number): Promise<Buffer> => {
    while (waiting.length === 0) {
      const { value, done } = await chunks.next()
      if (done) throw new TarError('it ends too early')
      waiting = value
    }
    const part = waiting.subarray(0, most)
    waiting = waiting.subarray(part.length)
    return part
  }
  const stream = async function * (bytes: number): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0;) {
      const part = await next(left)
      left -= part.length
      yield part
    }
  }
  return {
    stream,
    async read (bytes) {
      const parts: Buffer[] = []
      for await (const part of stream(bytes)) parts.push(part)
      return Buffer.concat(parts)
    },
  }
}
