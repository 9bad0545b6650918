import type { Bounds, Geometry } from '../core/area.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { Representation } from './representation.ts'
import type { TileAddress } from './tile-address.ts'
import { isInMatrix, touchesBounds } from './tile-address.ts'
import { mediaTypes, stored } from './representation.ts'

/** The geometry tiles of one geometry, ready to be sent. */
export interface TileSet {
  readonly geometry: string
  readonly bounds: Bounds
  readonly minZoom: number
  readonly maxZoom: number
  /** By `z/x/y`. */
  readonly tiles: ReadonlyMap<string, StoredTile>
  /** TopoJSON of the whole geometry; null above the area limit. */
  readonly topology: Representation | null
  /** As it came from the store; shares its bytes with `tiles`. */
  readonly source: GeometryTiles
  readonly sizeBytes: number
}

export interface StoredTile {
  readonly representation: Representation
  /** The compressed tile, from which joined tiles are composed. */
  readonly gzip: Uint8Array
}

export function makeTileSet (source: GeometryTiles, geometry: Geometry): TileSet {
  const tiles = new Map<string, StoredTile>()
  let sizeBytes = (source.topology?.gzip.length ?? 0) + (source.topology?.brotli.length ?? 0)
  for (const { z, x, y, gzip, brotli } of source.tiles) {
    tiles.set(`${z}/${x}/${y}`, { representation: stored({ type: mediaTypes.tile, gzip, br: brotli }), gzip })
    sizeBytes += gzip.length + brotli.length + tileOverheadBytes
  }
  const topology = source.topology && stored({ type: mediaTypes.json, gzip: source.topology.gzip, br: source.topology.brotli })
  const { minZoom, maxZoom } = source
  return { geometry: source.geometry, bounds: geometry.bounds, minZoom, maxZoom, tiles, topology, source, sizeBytes }
}

/**
 * The tile at an address: `empty` within the bounds where nothing is drawn (204), `outside` where
 * the set has no tile and never will (404).
 */
export function tileAt (set: TileSet, address: TileAddress): StoredTile | 'empty' | 'outside' {
  const { z, x, y } = address
  if (z < set.minZoom || z > set.maxZoom || !isInMatrix(address)) return 'outside'
  const tile = set.tiles.get(`${z}/${x}/${y}`)
  if (tile) return tile
  return touchesBounds(address, set.bounds) ? 'empty' : 'outside'
}

/** Map entry, closures and two Buffers: estimated from heap snapshots of 1,000 tiles. */
const tileOverheadBytes = 1200
