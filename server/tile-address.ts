import type { Bounds } from '../core/area.ts'

/** A tile of the web mercator matrix: zoom, column from west, row from north. */
export interface TileAddress {
  readonly z: number
  readonly x: number
  readonly y: number
}

/**
 * Reads the three numbers of a tile path; `undefined` for anything that is no plain whole number:
 * `01`, `1.5`, `-1`, `1e3`. One tile has one address, or caches fill with copies of it.
 */
export function parseTileAddress ({ z, x, y }: { z: string, x: string, y: string }): TileAddress | undefined {
  return [z, x, y].every(text => /^(0|[1-9]\d{0,14})$/.test(text)) ? { z: Number(z), x: Number(x), y: Number(y) } : undefined
}

/** Whether the matrix has such a tile: columns and rows run from 0 to 2^z - 1. */
export function isInMatrix ({ z, x, y }: TileAddress): boolean {
  return z <= 30 && x < 2 ** z && y < 2 ** z
}

/** Whether the tile shares at least an edge with the bounds; its buffer is not counted. */
export function touchesBounds (address: TileAddress, bounds: Bounds): boolean {
  const tile = tileBounds(address)
  return tile.west <= bounds.east && tile.east >= bounds.west && tile.south <= bounds.north && tile.north >= bounds.south
}

/** West, south, east, north of a tile in degrees. */
export function tileBounds ({ z, x, y }: TileAddress): Bounds {
  const longitude = (column: number) => column / 2 ** z * 360 - 180
  const latitude = (row: number) => Math.atan(Math.sinh(Math.PI * (1 - 2 * row / 2 ** z))) * 180 / Math.PI
  return { west: longitude(x), south: latitude(y + 1), east: longitude(x + 1), north: latitude(y) }
}
