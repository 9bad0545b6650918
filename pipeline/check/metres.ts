import type { Coordinate } from '../../core/area.ts'
import type { Point } from '../ring.ts'
import { coordinateUnitsPerDegree } from '../../core/area.ts'

/** Length of 1e-7 degree of latitude in metres, on the sphere with the surface of the Earth (radius 6,371,007.2 m). */
export const metresPerUnit = 6_371_007.2 * Math.PI / 180 / coordinateUnitsPerDegree

/** How much shorter a unit of longitude is than one of latitude. */
export function longitudeScale (lat: Coordinate): number {
  return Math.cos(lat / coordinateUnitsPerDegree * Math.PI / 180)
}

/** Surface of an area in square units of 1e-7 degree at a latitude; good to 0.5 % for anything as small as a town. */
export function toSquareMetres (squareUnits: number, lat: Coordinate): number {
  return squareUnits * metresPerUnit ** 2 * longitudeScale(lat)
}

/** Length of the line between two positions a few kilometres apart at most. */
export function distanceMetres ([ax, ay]: Point, [bx, by]: Point): number {
  return Math.hypot((bx - ax) * longitudeScale((ay + by) / 2), by - ay) * metresPerUnit
}

/** Longitude and latitude with five digits (about a metre), as one types them into a map: `13.40512, 52.51234`. */
export function formatPosition ([lon, lat]: Point): string {
  return [lon, lat].map(unit => (unit / coordinateUnitsPerDegree).toFixed(5)).join(', ')
}
