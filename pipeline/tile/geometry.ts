import { createHash } from 'node:crypto'
import type { Area, Bounds, Geometry, LabelPoint, MultiPolygon, Polygon } from '../../core/area.ts'
import polylabel from 'polylabel'
import { coordinateUnitsPerDegree } from '../../core/area.ts'
import { canonicalText } from '../../core/edition.ts'
import { longitudeScale, metresPerUnit } from '../check/metres.ts'
import { joinBoxes, polygonArea, ringBox, shapeBox } from '../ring.ts'

/** An area as a geometry needs it: its hash is made of names and shapes. */
export interface NamedShape extends Pick<Area, 'id' | 'name'> {
  readonly shape: MultiPolygon
}

/**
 * The boundaries of one level with what follows from them: id, label points, bounds.
 *
 * @param areas in the order of the level; every shape has at least one polygon
 */
export function makeGeometry (areas: readonly NamedShape[]): Geometry {
  const content = canonicalText(areas.map(({ id, name, shape }) => [id, name, shape]))
  return {
    id: `g${createHash('sha256').update(content).digest('hex').slice(0, 12)}`,
    shapes: areas.map(({ shape }) => shape),
    labels: areas.map(({ shape }) => labelPoint(shape)),
    bounds: boundsOf(areas.map(({ shape }) => shape)),
  }
}

/**
 * The place in the largest part that is farthest from its outline and its holes.
 *
 * Searched in metres: on degrees polylabel's precision of 1.0 would return a corner.
 */
export function labelPoint (shape: MultiPolygon): LabelPoint {
  const polygon = shape.reduce((largest, part) => polygonArea(part) > polygonArea(largest) ? part : largest)
  const { minX, minY, maxX, maxY } = ringBox(polygon[0]!)
  const lonMetres = metresPerUnit * longitudeScale((minY + maxY) / 2)
  const narrowMetres = Math.min((maxX - minX) * lonMetres, (maxY - minY) * metresPerUnit)
  // 1 % of the narrow side is invisible; more exact than a centimetre the coordinates are not.
  const precisionMetres = Math.min(10, Math.max(0.01, narrowMetres / 100))
  const [x, y, distance] = search(polygon, minX, minY, lonMetres, precisionMetres)
  return { position: [Math.round(minX + x / lonMetres), Math.round(minY + y / metresPerUnit)], radiusMetres: Math.round(distance) }
}

function search (polygon: Polygon, originX: number, originY: number, lonMetres: number, precision: number): [number, number, number] {
  const metres = polygon.map(ring => {
    const points: Array<[number, number]> = []
    for (let i = 0; i < ring.length; i += 2) points.push([(ring[i]! - originX) * lonMetres, (ring[i + 1]! - originY) * metresPerUnit])
    return points
  })
  const found = polylabel(metres, precision)
  return [found[0], found[1], found.distance]
}

function boundsOf (shapes: readonly MultiPolygon[]): Bounds {
  const { minX, minY, maxX, maxY } = joinBoxes(shapes.map(shapeBox))
  const degrees = (unit: number): number => unit / coordinateUnitsPerDegree
  return { west: degrees(minX), south: degrees(minY), east: degrees(maxX), north: degrees(maxY) }
}
