import { createReadStream, type ReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'

/** Longer lines are no grid: nobody has so many columns, and one line must not fill the memory. */
export const longestLineBytes = 1_000_000

export class LongLineError extends Error {
  readonly line: number

  constructor (line: number) {
    super(`line ${line} is longer than ${longestLineBytes} bytes`)
    this.line = line
  }
}

/** A gzipped file that unpacks to more bytes than any grid has. */
export class EndlessGridError extends Error {
  constructor (limit: number) {
    super(`more than ${limit} bytes`)
  }
}

/** Ten times the largest grid that is published: Germany at 100 m with all its columns. */
export const mostBytes = 32 * 1024 ** 3

/** A gzipped file that unpacks to more than any grid does. */
export class InflationError extends Error {
  constructor () {
    super(`more than ${maxRatio} times its packed size`)
  }
}

/** Grids of the census of 2011 pack 4 to 12 to 1 (measured on six files); gzip itself can reach 1,032 to 1. */
export const maxRatio = 100
/** Below this no harm is done, whatever the ratio. */
const harmlessBytes = 64 * 1024 * 1024

/**
 * Hands every line of a file, plain or gzipped (told apart by what is in it), to `onLine`: a buffer with start and end, without
 * the line ending, and the number of the line from 1. No line is copied unless a chunk ends in it, and none becomes text.
 *
 * @param onLine false ends the reading
 * @param limit bytes that a gzipped file may unpack to
 * @throws LongLineError, InflationError, EndlessGridError, and what the file system or gunzip say of a file that is missing or damaged
 */
export async function readLines (filePath: string, onLine: (bytes: Buffer, start: number, end: number, line: number) => boolean | void, limit = mostBytes): Promise<void> {
  const isZipped = await isGzipped(filePath)
  const chunks = createReadStream(filePath, { highWaterMark: chunkBytes })
  const source = isZipped ? pipeline(chunks, createGunzip({ chunkSize: chunkBytes }), () => {}) : chunks
  let rest: Buffer = Buffer.alloc(0)
  let line = 0
  try {
    for await (const chunk of (isZipped ? refuseBombs(source as AsyncIterable<Buffer>, chunks, limit) : source) as AsyncIterable<Buffer>) {
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
      let start = 0
      for (let end = bytes.indexOf(newline, start); end !== -1; end = bytes.indexOf(newline, start)) {
        if (onLine(bytes, start, bytes[end - 1] === carriageReturn && end > start ? end - 1 : end, ++line) === false) return
        start = end + 1
      }
      rest = bytes.subarray(start)
      if (rest.length > longestLineBytes) throw new LongLineError(line + 1)
    }
    if (rest.length > 0) onLine(rest, 0, rest.at(-1) === carriageReturn ? rest.length - 1 : rest.length, line + 1)
  } finally {
    chunks.destroy()
  }
}

/** @throws InflationError while little more than the harmless part is unpacked, EndlessGridError at the limit */
async function * refuseBombs (unpacked: AsyncIterable<Buffer>, packed: ReadStream, limit: number): AsyncGenerator<Buffer> {
  let bytes = 0
  for await (const chunk of unpacked) {
    bytes += chunk.length
    if (bytes > harmlessBytes && bytes > maxRatio * packed.bytesRead) throw new InflationError()
    if (bytes > limit) throw new EndlessGridError(limit)
    yield chunk
  }
}

const chunkBytes = 1 << 20
const [newline, carriageReturn] = [0x0a, 0x0d]

async function isGzipped (filePath: string): Promise<boolean> {
  const file = await open(filePath)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}
