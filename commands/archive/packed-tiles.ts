import type { GeometryTiles, Tile } from '../../core/tile.ts'
import { TarError } from '../../pipeline/vault/tar.ts'

/** One line that says what follows, and all bytes. */
export function packTiles ({ geometry, minZoom, maxZoom, tiles, topology }: GeometryTiles): Buffer[] {
  const index: TileIndex = {
    geometry,
    minZoom,
    maxZoom,
    tiles: tiles.map(({ z, x, y, gzip, brotli }) => [z, x, y, gzip.length, brotli.length]),
    topology: topology && [topology.gzip.length, topology.brotli.length],
  }
  const bytes = [...tiles, ...(topology ? [topology] : [])].flatMap(({ gzip, brotli }) => [gzip, brotli])
  return [Buffer.from(`${JSON.stringify(index)}\n`), ...bytes.map(part => Buffer.from(part.buffer, part.byteOffset, part.byteLength))]
}

export function unpackTiles (bytes: Buffer): GeometryTiles {
  const start = bytes.indexOf(0x0a) + 1
  const { geometry, minZoom, maxZoom, tiles, topology } = JSON.parse(bytes.toString('utf8', 0, start)) as TileIndex
  let position = start
  const next = (length: number) => {
    if (position + length > bytes.length) throw new TarError(`the tiles of ${geometry} end too early`)
    position += length
    return bytes.subarray(position - length, position)
  }
  const both = (gzip: number, brotli: number) => ({ gzip: next(gzip), brotli: next(brotli) })
  return {
    geometry,
    minZoom,
    maxZoom,
    tiles: tiles.map(([z, x, y, gzip, brotli]): Tile => ({ z, x, y, ...both(gzip, brotli) })),
    topology: topology && both(...topology),
  }
}

interface TileIndex extends Pick<GeometryTiles, 'geometry' | 'minZoom' | 'maxZoom'> {
  /** Per tile `z, x, y` and the bytes of its two forms, which follow in this order. */
  readonly tiles: ReadonlyArray<readonly [z: number, x: number, y: number, gzip: number, brotli: number]>
  /** Bytes of the two forms of the TopoJSON, after the tiles. */
  readonly topology: readonly [gzip: number, brotli: number] | null
}
