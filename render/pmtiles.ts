import type { GeometryTiles } from '../core/tile.ts'
import type { Bounds } from '../core/area.ts'

/** What an archive of tiles holds. */
export interface TileArchive {
  readonly tiles: ReadonlyArray<{ readonly z: number, readonly x: number, readonly y: number, readonly gzip: Uint8Array }>
  readonly minZoom: number
  readonly maxZoom: number
  readonly bounds: Bounds
  /** Name, attribution and layers, as in a TileJSON. */
  readonly metadata: object
}

/**
 * One file with all geometry tiles of a level, PMTiles version 3 (github.com/protomaps/PMTiles, spec/v3). Directories are not
 * compressed, so that the same tiles are the same bytes on every machine; tiles keep the bytes that they were made with.
 */
export function pmtiles ({ tiles, minZoom, maxZoom, bounds, metadata }: Omit<TileArchive, 'tiles'> & Pick<GeometryTiles, 'tiles'>): Uint8Array {
  const ordered = tiles.map(tile => ({ id: tileId(tile), bytes: tile.gzip })).toSorted((a, b) => a.id - b.id)
  let offset = 0
  const entries = ordered.map(({ id, bytes }): Entry => {
    const entry = { id, run: 1, length: bytes.length, offset }
    offset += bytes.length
    return entry
  })
  const { root, leaves } = makeDirectories(entries)
  const json = new TextEncoder().encode(JSON.stringify(metadata))
  const lengths = [root.length, json.length, leaves.length, offset]
  const header = makeHeader({ lengths, tileCount: tiles.length, minZoom, maxZoom, bounds })
  return concat([header, root, json, leaves, ...ordered.map(({ bytes }) => bytes)])
}

/** Bytes of the header, by the specification; it and the root directory lie in the first 16 KiB. */
const headerBytes = 127
const rootBytes = 16_384 - headerBytes
const uncompressed = 1
const gzipped = 2
const vectorTile = 1

function makeHeader ({ lengths, tileCount, minZoom, maxZoom, bounds }: {
  lengths: readonly number[], tileCount: number, minZoom: number, maxZoom: number, bounds: Bounds,
}): Uint8Array {
  const bytes = new Uint8Array(headerBytes)
  const view = new DataView(bytes.buffer)
  bytes.set(new TextEncoder().encode('PMTiles'))
  view.setUint8(7, 3)
  let start = headerBytes
  lengths.forEach((length, i) => {
    view.setBigUint64(8 + 16 * i, BigInt(start), true)
    view.setBigUint64(16 + 16 * i, BigInt(length), true)
    start += length
  })
  // Addressed tiles, entries and contents are as many: no tile stands for another.
  for (const at of [72, 80, 88]) view.setBigUint64(at, BigInt(tileCount), true)
  bytes.set([1, uncompressed, gzipped, vectorTile, minZoom, maxZoom], 96)
  const { west, south, east, north } = bounds
  ;[west, south, east, north].forEach((degrees, i) => view.setInt32(102 + 4 * i, Math.round(degrees * 1e7), true))
  view.setUint8(118, minZoom)
  ;[(west + east) / 2, (south + north) / 2].forEach((degrees, i) => view.setInt32(119 + 4 * i, Math.round(degrees * 1e7), true))
  return bytes
}

interface Entry {
  readonly id: number
  /** How many tiles from `id` on; 0 says that `offset` is that of a leaf directory. */
  readonly run: number
  readonly length: number
  readonly offset: number
}

const leafSize = 4096

function makeDirectories (entries: readonly Entry[]): { root: Uint8Array, leaves: Uint8Array } {
  const whole = directory(entries)
  if (whole.length <= rootBytes) return { root: whole, leaves: new Uint8Array() }
  const leaves: Uint8Array[] = []
  const roots: Entry[] = []
  let offset = 0
  for (let i = 0; i < entries.length; i += leafSize) {
    const leaf = directory(entries.slice(i, i + leafSize))
    roots.push({ id: entries[i]!.id, run: 0, length: leaf.length, offset })
    leaves.push(leaf)
    offset += leaf.length
  }
  return { root: directory(roots), leaves: concat(leaves) }
}

/** Columns of whole numbers: count, ids as differences, runs, lengths, offsets (0 where it follows the one before). */
function directory (entries: readonly Entry[]): Uint8Array {
  const numbers = [
    entries.length,
    ...entries.map(({ id }, i) => i === 0 ? id : id - entries[i - 1]!.id),
    ...entries.map(({ run }) => run),
    ...entries.map(({ length }) => length),
    ...entries.map(({ offset }, i) => i > 0 && offset === entries[i - 1]!.offset + entries[i - 1]!.length ? 0 : offset + 1),
  ]
  return Uint8Array.from(numbers.flatMap(varint))
}

/** Seven bits a byte, lowest first. */
function varint (number: number): number[] {
  const bytes: number[] = []
  let rest = number
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(rest % 128 + 128)
  return [...bytes, rest]
}

/** Number of all tiles of lower zooms, and the place on the Hilbert curve of its own. */
export function tileId ({ z, x, y }: { readonly z: number, readonly x: number, readonly y: number }): number {
  let id = (4 ** z - 1) / 3
  let [column, row] = [x, y]
  for (let half = 2 ** (z - 1); half >= 1; half /= 2) {
    const [right, lower] = [Math.floor(column / half) % 2, Math.floor(row / half) % 2]
    id += half * half * (right === 1 ? 3 - lower : lower)
    if (lower === 0) {
      if (right === 1) [column, row] = [2 ** z - 1 - column, 2 ** z - 1 - row]
      ;[column, row] = [row, column]
    }
  }
  return id
}

function concat (parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}
