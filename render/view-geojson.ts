import type { MultiPolygon } from '../core/area.ts'
import type { Edition } from '../core/edition.ts'
import type { View } from '../core/view.ts'
import type { CellJson } from './cell-json.ts'
import type { Site } from './site.ts'
import type { ViewHead } from './view-json.ts'
import { coordinateUnitsPerDegree } from '../core/area.ts'
import { cellJson } from './cell-json.ts'
import { getView } from './view-data.ts'
import { viewHead } from './view-json.ts'

/** RFC 7946, with the citation as foreign members of the collection. */
export interface ViewGeojson extends ViewHead {
  readonly type: 'FeatureCollection'
  readonly bbox: readonly [west: number, south: number, east: number, north: number]
  readonly features: readonly AreaFeature[]
}

export interface AreaFeature {
  readonly type: 'Feature'
  /** The area's key as text. */
  readonly id: string
  readonly properties: { readonly area: string, readonly name: string, readonly level: string, readonly indicator: string, readonly period: string } & CellJson
  readonly geometry: { readonly type: 'MultiPolygon', readonly coordinates: ReadonlyArray<ReadonlyArray<ReadonlyArray<readonly [number, number]>>> }
}

/** A view for QGIS and other map programs: full boundaries, one feature per area. */
export function viewGeojson (edition: Edition, view: View, site: Site): ViewGeojson {
  const data = getView(edition, view)
  const { areas, cells, geometry: { shapes, bounds } } = data
  const head = viewHead(data, site)
  const { level, indicator, period } = head
  return {
    type: 'FeatureCollection',
    ...head,
    bbox: [bounds.west, bounds.south, bounds.east, bounds.north],
    features: areas.map(({ id, name }, i) => ({
      type: 'Feature',
      id,
      properties: { area: id, name, level, indicator, period, ...cellJson(cells[i]!) },
      geometry: { type: 'MultiPolygon', coordinates: toDegrees(shapes[i]!) },
    })),
  }
}

function toDegrees (shape: MultiPolygon): Array<Array<Array<[number, number]>>> {
  return shape.map(polygon => polygon.map(ring => {
    const positions: Array<[number, number]> = []
    for (let i = 0; i < ring.length; i += 2) positions.push([ring[i]! / coordinateUnitsPerDegree, ring[i + 1]! / coordinateUnitsPerDegree])
    return positions
  }))
}
