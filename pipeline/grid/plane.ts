import proj4 from 'proj4'
import type { MultiPolygon } from '../../core/area.ts'
import { coordinateUnitsPerDegree } from '../../core/area.ts'
import { knownCrs, parseEpsgCode, toProj4 } from '../project/crs.ts'

/** Longitude and latitude in degrees to metres of the grid. */
export type ToPlane = (lon: number, lat: number) => readonly [x: number, y: number]

/**
 * The plane of a grid; undefined for a system that has no metres, or that would need a datum shift: a grid lies
 * in EPSG:3035 (INSPIRE) or in UTM, never in Gauß-Krüger.
 */
export function findPlane (text: string): ToPlane | undefined {
  const crs = knownCrs.get(parseEpsgCode(text) ?? '')
  if (crs === undefined || crs.method === 'geographic' || crs.method === 'web-mercator' || crs.datum === 'DHDN') return undefined
  const { forward } = proj4('+proj=longlat +datum=WGS84 +no_defs', `${toProj4(crs)} +towgs84=0,0,0,0,0,0,0`)
  return (lon, lat) => forward([lon, lat]) as [number, number]
}

/** Areas on the plane of a grid, all coordinates in one array; rings are not told apart, since even-odd counting does not ask. */
export interface PlaneAreas {
  /** `[x0, y0, x1, y1, …]` of all rings, one after another. */
  readonly coordinates: Float64Array
  /** Where ring r begins in `coordinates`; one more entry than there are rings. */
  readonly ringStarts: Int32Array
  /** First ring of area a; one more entry than there are areas. */
  readonly areaRings: Int32Array
}

/** @param shapes in integers of 1e-7 degree, as an edition holds them */
export function toPlaneAreas (shapes: readonly MultiPolygon[], toPlane: ToPlane): PlaneAreas {
  const rings = shapes.map(shape => shape.flat())
  const length = rings.reduce((all, list) => all + list.reduce((sum, ring) => sum + ring.length, 0), 0)
  const coordinates = new Float64Array(length)
  const ringStarts = new Int32Array(rings.reduce((all, list) => all + list.length, 0) + 1)
  const areaRings = new Int32Array(shapes.length + 1)
  let [position, ringNumber] = [0, 0]
  for (const [area, list] of rings.entries()) {
    for (const ring of list) {
      for (let i = 0; i < ring.length; i += 2) {
        const [x, y] = toPlane(ring[i]! / coordinateUnitsPerDegree, ring[i + 1]! / coordinateUnitsPerDegree)
        coordinates[position++] = x
        coordinates[position++] = y
      }
      ringStarts[++ringNumber] = position
    }
    areaRings[area + 1] = ringNumber
  }
  return { coordinates, ringStarts, areaRings }
}
