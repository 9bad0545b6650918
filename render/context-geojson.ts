import type { ContextShape, Ring } from '../core/area.ts'
import { coordinateUnitsPerDegree } from '../core/area.ts'

/** The background of the map for the viewer, RFC 7946. */
export interface ContextGeojson {
  readonly type: 'FeatureCollection'
  readonly features: ReadonlyArray<{
    readonly type: 'Feature'
    readonly properties: { readonly kind: ContextShape['kind'], readonly name: string }
    readonly geometry: { readonly type: 'MultiLineString' | 'MultiPolygon', readonly coordinates: unknown }
  }>
}

/** Water, neighbours and outline for the map: a feature for the lines of a shape and one for its surfaces. */
export function contextGeojson (context: readonly ContextShape[]): ContextGeojson {
  return {
    type: 'FeatureCollection',
    features: context.flatMap(({ kind, name, lines, polygons }) => {
      const feature = (type: 'MultiLineString' | 'MultiPolygon', coordinates: unknown) =>
        ({ type: 'Feature' as const, properties: { kind, name }, geometry: { type, coordinates } })
      return [
        ...(lines.length === 0 ? [] : [feature('MultiLineString', lines.map(toPositions))]),
        ...(polygons.length === 0 ? [] : [feature('MultiPolygon', polygons.map(polygon => polygon.map(toPositions)))]),
      ]
    }),
  }
}

function toPositions (ring: Ring): Array<[lon: number, lat: number]> {
  const positions: Array<[number, number]> = []
  for (let i = 0; i < ring.length; i += 2) positions.push([ring[i]! / coordinateUnitsPerDegree, ring[i + 1]! / coordinateUnitsPerDegree])
  return positions
}
