import type { Bounds, Coordinate } from '../../core/area.ts'
import type { Point } from '../ring.ts'
import { pointToTile } from '@mapbox/tilebelt'
import { coordinateUnitsPerDegree } from '../../core/area.ts'

/** Steps of a tile's own grid along one side (MVT extent). */
export const tileExtent = 4096

/** How far a tile reaches beyond its edge, in its own units, so that lines along the edge are whole. */
export const tileBuffer = 64

/** Web Mercator ends here; nearer to a pole its y is infinite. */
const mercatorLimitDegrees = 85.0511287798066

/**
 * A place on the Web Mercator plane: x from 0 (180° west) to 1, y from 0 (north) to 1.
 * Times `gridSize(zoom)` this is the grid of all tiles of that zoom.
 */
export type WorldPoint = Point

/** Steps of the grid of all tiles of a zoom along one side. */
export function gridSize (zoom: number): number {
  return tileExtent * 2 ** zoom
}

export function toWorld (lon: Coordinate, lat: Coordinate): WorldPoint {
  const sine = Math.sin(clampLatitude(lat / coordinateUnitsPerDegree) * Math.PI / 180)
  return [lon / coordinateUnitsPerDegree / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)]
}

/** Longitude and latitude in degrees. */
export function toDegrees ([x, y]: WorldPoint): [lon: number, lat: number] {
  return [(x - 0.5) * 360, Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180 / Math.PI]
}

/** Metres on the ground that one step of the grid of a zoom covers. */
export function metresPerStep (zoom: number, lat: Coordinate): number {
  const equatorMetres = 2 * Math.PI * 6_378_137
  return equatorMetres * Math.cos(lat / coordinateUnitsPerDegree * Math.PI / 180) / gridSize(zoom)
}

/** First and last tile in each direction, both included. */
export interface TileRange { readonly minX: number, readonly minY: number, readonly maxX: number, readonly maxY: number }

/**
 * Tiles of a zoom that cover bounds.
 *
 * tilebelt answers y = -1 beyond the Mercator limit, NaN at the poles, x = 0 at 180° east and a
 * fraction for a fractional zoom, so both are settled before it is asked.
 *
 * @throws RangeError unless the zoom is an integer from 0 to 24
 */
export function coverBounds ({ west, south, east, north }: Bounds, zoom: number): TileRange {
  if (!Number.isInteger(zoom) || zoom < 0 || zoom > 24) throw new RangeError(`invalid zoom: ${zoom}; expected an integer from 0 to 24`)
  const last = 2 ** zoom - 1
  const within = (tile: number): number => Math.min(last, Math.max(0, tile))
  const [, minY] = pointToTile(0, clampLatitude(north), zoom)
  const [, maxY] = pointToTile(0, clampLatitude(south), zoom)
  const minX = west >= 180 ? last : pointToTile(Math.max(west, -180), 0, zoom)[0]
  const maxX = east >= 180 ? last : pointToTile(Math.max(east, -180), 0, zoom)[0]
  return { minX: within(minX), minY: within(minY), maxX: within(maxX), maxY: within(maxY) }
}

export function countTiles ({ minX, minY, maxX, maxY }: TileRange): number {
  return (maxX - minX + 1) * (maxY - minY + 1)
}

function clampLatitude (degrees: number): number {
  return Math.min(mercatorLimitDegrees, Math.max(-mercatorLimitDegrees, degrees))
}
