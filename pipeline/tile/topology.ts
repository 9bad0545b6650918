import type { MultiPolygon as GeoMultiPolygon, Position } from 'geojson'
import type { GeometryCollection, MultiPolygon as TopoMultiPolygon, Topology as TopoJson } from 'topojson-specification'
import type { MultiPolygon, Ring } from '../../core/area.ts'
import { topology } from 'topojson-server'
import { presimplify } from 'topojson-simplify'
import { orient } from '../ring.ts'
import { toWorld } from './mercator.ts'

/**
 * Areas as shared borders: an arc between two areas exists once, so whatever is done to it is done
 * to both and no gap can open between them. Arcs end where three areas meet.
 */
export interface Topology {
  readonly arcs: readonly Arc[]
  /** Parts → rings → arcs of each area, in area order; `~i` is arc i run backwards. */
  readonly areas: ReadonlyArray<ReadonlyArray<ReadonlyArray<readonly number[]>>>
  /** How many rings run along each arc: 2 between areas, 1 on the outside. */
  readonly uses: readonly number[]
}

export interface Arc {
  /** World positions (see mercator.ts), flat `[x, y, …]`. */
  readonly points: Float64Array
  /**
   * Weight of each position: the surface that vanishes with it, in square world units, after
   * Visvalingam; infinite at both ends.
   */
  readonly weights: Float64Array
}

/** Neighbours share an arc where their vertices are equal to the last 1e-7 degree. */
export function buildTopology (shapes: readonly MultiPolygon[]): Topology {
  const collection = { type: 'GeometryCollection' as const, geometries: shapes.map(toWorldShape) }
  // Weights are measured on the Mercator plane: on degrees they would favour north-south detail.
  const { arcs, objects } = presimplify(topology({ areas: collection }) as TopoJson<{ areas: GeometryCollection }>)
  const areas = objects.areas.geometries.map(geometry => (geometry as TopoMultiPolygon).arcs)
  const uses = new Array<number>(arcs.length).fill(0)
  for (const arc of areas.flat(3)) uses[arc < 0 ? ~arc : arc]!++
  return { arcs: arcs.map(toArc), areas, uses }
}

function toWorldShape (shape: MultiPolygon): GeoMultiPolygon {
  return { type: 'MultiPolygon', coordinates: shape.map(polygon => polygon.map((ring, i) => toWorldRing(orient(ring, i === 0 ? 1 : -1)))) }
}

function toWorldRing (ring: Ring): Position[] {
  const positions: Position[] = []
  for (let i = 0; i < ring.length; i += 2) positions.push([...toWorld(ring[i]!, ring[i + 1]!)])
  return positions
}

function toArc (positions: readonly Position[]): Arc {
  return {
    points: Float64Array.from(positions.flatMap(([x, y]) => [x!, y!])),
    weights: Float64Array.from(positions, ([,, weight]) => weight!),
  }
}
