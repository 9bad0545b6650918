/** One vector tile, compressed once when it is made. */
export interface Tile {
  readonly z: number
  readonly x: number
  readonly y: number
  readonly gzip: Uint8Array
  readonly brotli: Uint8Array
}

/** What is served under a geometry's hash: derived from it, stored once, not part of an edition's id. */
export interface GeometryTiles {
  /** Key of `Edition.geometries`. */
  readonly geometry: string
  readonly minZoom: number
  readonly maxZoom: number
  /** Ordered by z, x, y; a place within the bounds without a tile is empty. */
  readonly tiles: readonly Tile[]
  /** Quantised TopoJSON with objects `areas` (integer ids) and `borders`; null above `topologyAreaLimit` areas. */
  readonly topology: { readonly gzip: Uint8Array, readonly brotli: Uint8Array } | null
}

/** Up to this many areas the viewer takes one TopoJSON per level; above it takes tiles. */
export const topologyAreaLimit = 1500
