import type { Area, Geometry } from '../core/area.ts'
import type { DrawnArea } from './draw-areas.ts'
import { makeGeometry } from '../pipeline/tile/geometry.ts'
import { simplifyToZoom, type ZoomShapes } from '../pipeline/tile/simplify.ts'
import { buildTopology } from '../pipeline/tile/topology.ts'
import { bendBorders, drawAreas } from './draw-areas.ts'

/** Seven areas with borders like rivers; G is an exclave that meets nobody. About 3,000 vertices. */
export const crookedTown = bendBorders(drawAreas(`
  A A B B C
  A D D B C
  E D F F .
  E E F . G
`), 6)

/** Drawn areas as a level has them. */
export function toGeometry (drawn: readonly DrawnArea[]): { geometry: Geometry, areas: Area[] } {
  return { geometry: makeGeometry(drawn), areas: drawn.map(({ id, name }) => ({ id, name, parentId: null })) }
}

/** Drawn areas as one zoom shows them; the tolerance is that of all zooms but the last. */
export function atZoom (drawn: readonly DrawnArea[], zoom: number, tolerance = 2): ZoomShapes {
  const { geometry } = toGeometry(drawn)
  return simplifyToZoom(buildTopology(geometry.shapes), geometry.labels, { zoom, tolerance })
}
