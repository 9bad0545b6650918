import type { ContextShape, Geometry, Ring } from '../../core/area.ts'
import type { Projection } from './projection.ts'
import type { DrawnShape } from './simplify.ts'
import { defaultSize, makeProjection } from './projection.ts'
import { simplifyShapes } from './simplify.ts'

/** One geometry as a picture: the projection and the path data of every area, in area order. */
export interface DrawnGeometry {
  readonly projection: Projection
  readonly paths: readonly string[]
}

/** How far a border may move, in units of about half a pixel. */
const toleranceUnits = 0.8

/**
 * The same geometry is drawn for every indicator and period, so its paths are kept as long as
 * the geometry itself is. That changes no result, only its cost (542 areas: 60 ms, then nothing).
 */
const drawnGeometries = new WeakMap<Geometry, DrawnGeometry>()

export function drawGeometry (geometry: Geometry): DrawnGeometry {
  const known = drawnGeometries.get(geometry)
  if (known) return known
  const projection = makeProjection(geometry.bounds, defaultSize)
  const drawn = { projection, paths: simplifyShapes(geometry.shapes, projection, toleranceUnits).map(formatShape) }
  drawnGeometries.set(geometry, drawn)
  return drawn
}

/** One shape of the context as path data; polygons and lines apart, because only polygons are filled. */
export interface DrawnContext { readonly shape: ContextShape, readonly area: string, readonly line: string }

/** Rivers do not move either: their paths are kept as long as the projection of their picture is. */
const drawnContexts = new WeakMap<Projection, WeakMap<ContextShape, DrawnContext>>()

/** Context in the same picture. */
export function drawContext (shapes: readonly ContextShape[], projection: Projection): DrawnContext[] {
  const known = drawnContexts.get(projection) ?? new WeakMap<ContextShape, DrawnContext>()
  drawnContexts.set(projection, known)
  return shapes.map(shape => {
    const drawn = known.get(shape) ?? drawShape(shape, projection)
    known.set(shape, drawn)
    return drawn
  })
}

function drawShape (shape: ContextShape, projection: Projection): DrawnContext {
  return {
    shape,
    area: simplifyShapes([shape.polygons], projection, toleranceUnits).map(formatShape).join(''),
    line: shape.lines.map(line => formatLine(line, projection)).join(''),
  }
}

/** SVG path data: absolute start, then relative steps, as short as whole numbers allow. */
export function formatShape (shape: DrawnShape): string {
  return shape.flatMap(polygon => polygon.map(ring => `${formatSteps(ring)}z`)).join('')
}

function formatLine (line: Ring, { toX, toY }: Projection): string {
  const points: number[] = []
  for (let i = 0; i < line.length; i += 2) {
    const [x, y] = [Math.round(toX(line[i]!)), Math.round(toY(line[i + 1]!))]
    if (points.at(-2) !== x || points.at(-1) !== y) points.push(x, y)
  }
  return points.length < 4 ? '' : formatSteps(points)
}

function formatSteps (points: readonly number[]): string {
  let text = `M${points[0]},${points[1]}l`
  for (let i = 2; i < points.length; i += 2) {
    const [dx, dy] = [points[i]! - points[i - 2]!, points[i + 1]! - points[i - 1]!]
    text += `${i === 2 || dx < 0 ? '' : ' '}${dx}${dy < 0 ? '' : ' '}${dy}`
  }
  return text
}
