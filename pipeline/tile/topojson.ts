import type { Feature, FeatureCollection } from 'geojson'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { Area, Geometry, LabelPoint } from '../../core/area.ts'
import { coordinateUnitsPerDegree } from '../../core/area.ts'
import type { ZoomShapes } from './simplify.ts'
import { meshArcs } from 'topojson-client'
import { topology } from 'topojson-server'
import { gridSize, toDegrees } from './mercator.ts'

/** Steps of the TopoJSON's grid per step of the tiles' grid: at half a step nothing falls together. */
const stepsPerUnit = 2

/**
 * One zoom as TopoJSON in longitude and latitude, for a viewer that draws a whole level at once:
 * objects `areas` (id = 1 + place in the level, properties `area` and `name`), `labels` (where to write
 * the name, `r` metres free around it) and `borders`, every border once.
 */
export function toTopoJson ({ zoom, areas: shapes }: ZoomShapes, areas: readonly Area[], { bounds, labels }: Pick<Geometry, 'bounds' | 'labels'>): Uint8Array {
  const scale = gridSize(zoom)
  const features = shapes.map((shape, i): Feature => ({
    type: 'Feature',
    id: i + 1,
    properties: { area: areas[i]!.id, name: areas[i]!.name },
    geometry: { type: 'MultiPolygon', coordinates: shape.map(polygon => polygon.map(ring => toPositions(ring, scale))) },
  }))
  const spanDegrees = Math.max(bounds.east - bounds.west, bounds.north - bounds.south)
  const quantization = Math.min(1e7, Math.max(1e3, Math.ceil(spanDegrees / 360 * scale * stepsPerUnit)))
  const collection: FeatureCollection = { type: 'FeatureCollection', features }
  const names: FeatureCollection = { type: 'FeatureCollection', features: labels.map((label, i) => toLabel(label, areas[i]!, i)) }
  const quantised = topology({ areas: collection, labels: names }, quantization) as Topology<{ areas: GeometryCollection, labels: GeometryCollection }>
  const borders = { type: 'MultiLineString' as const, arcs: meshArcs(quantised, quantised.objects.areas).arcs }
  return Buffer.from(JSON.stringify({ ...quantised, objects: { ...quantised.objects, borders } }))
}

function toLabel ({ position, radiusMetres }: LabelPoint, { id, name }: Area, index: number): Feature {
  const coordinates = position.map(units => units / coordinateUnitsPerDegree)
  return { type: 'Feature', id: index + 1, properties: { area: id, name, r: Math.round(radiusMetres) }, geometry: { type: 'Point', coordinates } }
}

/** Grid y runs south, latitude north: read backwards, an outer ring runs counter-clockwise again (RFC 7946). */
function toPositions (ring: readonly number[], scale: number): Array<[number, number]> {
  const positions: Array<[number, number]> = []
  for (let i = ring.length - 2; i >= 0; i -= 2) positions.push(toDegrees([ring[i]! / scale, ring[i + 1]! / scale]))
  return positions
}
