import { gunzipSync } from 'node:zlib'

/** A tile of an archive, unpacked. */
export interface ArchivedTile {
  readonly z: number
  readonly x: number
  readonly y: number
  readonly bytes: Uint8Array
}

/**
 * Every tile of a PMTiles archive of version 3 with directories as they are or packed by gzip
 * (github.com/protomaps/PMTiles, spec/v3); `undefined` for bytes that are none.
 */
export function readTileArchive (bytes: Uint8Array): ArchivedTile[] | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (buffer.length < 127 || buffer.toString('latin1', 0, 7) !== 'PMTiles' || buffer[7] !== 3) return undefined
  try {
    const at = (place: number) => Number(buffer.readBigUInt64LE(place))
    const [rootStart, rootLength, leavesStart, dataStart] = [at(8), at(16), at(40), at(56)]
    const unpack = (part: Buffer, packing: number) => packing === 2 ? gunzipSync(part) : part
    const directory = (start: number, length: number): ArchivedTile[] =>
      readDirectory(unpack(buffer.subarray(start, start + length), buffer[97]!)).flatMap(({ id, run, offset, length }) => run === 0
        ? directory(leavesStart + offset, length)
        : Array.from({ length: run }, (_, i) => ({
          ...tileOfId(id + i), bytes: unpack(buffer.subarray(dataStart + offset, dataStart + offset + length), buffer[98]!),
        })))
    return directory(rootStart, rootLength)
  } catch {
    return undefined
  }
}

interface DirectoryEntry { readonly id: number, readonly run: number, readonly length: number, readonly offset: number }

/** Columns: ids as differences, runs, lengths, offsets (0 where it follows the one before). */
function readDirectory (bytes: Uint8Array): DirectoryEntry[] {
  let place = 0
  const next = (): number => {
    let [number, factor] = [0, 1]
    for (;;) {
      const byte = bytes[place++]
      if (byte === undefined) throw new RangeError('directory ends early')
      number += byte % 128 * factor
      if (byte < 128) return number
      factor *= 128
    }
  }
  const count = next()
  if (count > bytes.length) throw new RangeError('directory is too long')
  const column = () => Array.from({ length: count }, next)
  const [differences, runs, lengths, offsets] = [column(), column(), column(), column()]
  let [id, end] = [0, 0]
  return differences.map((difference, i) => {
    id += difference
    const offset = offsets[i] === 0 ? end : offsets[i]! - 1
    end = offset + lengths[i]!
    return { id, run: runs[i]!, length: lengths[i]!, offset }
  })
}

/** Zoom and place of a number on the Hilbert curves of all zooms in turn. */
function tileOfId (id: number): { z: number, x: number, y: number } {
  let [z, rest] = [0, id]
  for (; rest >= 4 ** z; z++) rest -= 4 ** z
  let [x, y] = [0, 0]
  for (let half = 1; half < 2 ** z; half *= 2) {
    const right = Math.floor(rest / 2) % 2
    const lower = (rest + right) % 2
    if (lower === 0) {
      if (right === 1) [x, y] = [half - 1 - x, half - 1 - y]
      ;[x, y] = [y, x]
    }
    x += half * right
    y += half * lower
    rest = Math.floor(rest / 4)
  }
  return { z, x, y }
}
