import type { MultiPolygon } from '../../core/area.ts'
import type { Point } from '../ring.ts'
import type { Segments } from './crossing.ts'
import { indexBoxes } from './box-index.ts'
import { crossingPoint, findCrossings } from './crossing.ts'
import { indexPoints } from './outline.ts'
import { toSegments } from './repair.ts'
import { locate, ringBox, shapeBox } from '../ring.ts'

/** Land that two shapes both claim. */
export interface Overlap {
  /** Places of the two shapes in the list, the smaller first. */
  readonly first: number
  readonly second: number
  readonly place: Point
  readonly squareUnits: number
}

/**
 * Pairs of shapes that lie on each other, with the size of the overlap, in order of the shapes.
 * Shapes that only touch are not among them.
 */
export function findOverlaps (shapes: readonly MultiPolygon[]): Overlap[] {
  const overlaps: Overlap[] = []
  for (const { first, second, place } of findSuspects(shapes)) {
    const squareUnits = overlapArea(shapes[first]!, shapes[second]!)
    if (squareUnits > 0) overlaps.push({ first, second, place, squareUnits })
  }
  return overlaps
}

type Suspects = Iterable<Omit<Overlap, 'squareUnits'>>

/**
 * Only an edge without a counterpart can lead to an overlap: it crosses an edge of another shape,
 * runs inside another shape, or runs along one in the same direction.
 */
function findSuspects (shapes: readonly MultiPolygon[]): Suspects {
  const suspects = new Map<number, Omit<Overlap, 'squareUnits'>>()
  const suspect = (a: number, b: number, place: Point): void => {
    const [first, second] = a < b ? [a, b] : [b, a]
    const key = first * shapes.length + second
    if (a !== b && !suspects.has(key)) suspects.set(key, { first, second, place })
  }
  const { segments, owners, twins } = singleEdges(shapes)
  for (const [a, b, place] of twins) suspect(a, b, place)
  for (const [a, b] of findCrossings(segments, (a, b) => owners[a] !== owners[b])) {
    suspect(owners[a]!, owners[b]!, crossingPoint(segments, a, b) ?? middle(segments, a))
  }
  const find = indexBoxes(shapes.map(shapeBox))
  owners.forEach((owner, edge) => {
    const place = middle(segments, edge)
    for (const other of find(ringBox(place))) {
      if (other !== owner && isInside(place, shapes[other]!)) suspect(owner, other, place)
    }
  })
  return [...suspects.values()].toSorted((a, b) => a.first - b.first || a.second - b.second)
}

interface SingleEdges {
  readonly segments: Segments
  /** Shape of each segment. */
  readonly owners: number[]
  /** Shapes that run along one edge in the same direction. */
  readonly twins: Array<[number, number, Point]>
}

/** Edges that no neighbour runs along in the opposite direction. */
function singleEdges (shapes: readonly MultiPolygon[]): SingleEdges {
  const points = indexPoints()
  const open = new Map<string, number[]>()
  const twins: SingleEdges['twins'] = []
  shapes.forEach((shape, owner) => {
    for (const ring of shape.flat()) {
      let from = points.add(ring[0]!, ring[1]!)
      for (let i = 2; i < ring.length; i += 2) {
        const to = points.add(ring[i]!, ring[i + 1]!)
        const [key, opposite] = [`${from} ${to}`, `${to} ${from}`]
        const counterparts = open.get(opposite)
        if (counterparts) {
          counterparts.pop()
          if (counterparts.length === 0) open.delete(opposite)
        } else {
          const siblings = open.get(key)
          if (siblings) {
            twins.push([siblings[0]!, owner, [(ring[i - 2]! + ring[i]!) / 2, (ring[i - 1]! + ring[i + 1]!) / 2]])
            siblings.push(owner)
          } else open.set(key, [owner])
        }
        from = to
      }
    }
  })
  const owners: number[] = []
  const segments: number[] = []
  for (const [key, holders] of open) {
    const [from, to] = key.split(' ').map(Number) as [number, number]
    owners.push(holders[0]!)
    segments.push(points.x[from]!, points.y[from]!, points.x[to]!, points.y[to]!)
  }
  return { segments: Float64Array.from(segments), owners, twins }
}

function middle (segments: Segments, i: number): Point {
  return [(segments[4 * i]! + segments[4 * i + 2]!) / 2, (segments[4 * i + 1]! + segments[4 * i + 3]!) / 2]
}

function isInside (point: Point, shape: MultiPolygon): boolean {
  return shape.some(([outer, ...holes]) => locate(point, outer!) === 1 && holes.every(hole => locate(point, hole) === -1))
}

/**
 * Surface that two shapes have in common, in square units.
 *
 * The plane is cut into slabs at every vertex and crossing; within a slab no edges cross, so the
 * common surface is a row of trapezoids. No new vertex has to be rounded.
 */
export function overlapArea (a: MultiPolygon, b: MultiPolygon): number {
  const [boxA, boxB] = [shapeBox(a), shapeBox(b)]
  const [low, high] = [Math.max(boxA.minY, boxB.minY), Math.min(boxA.maxY, boxB.maxY)]
  const originX = Math.min(boxA.minX, boxB.minX)
  const edges = [...slabEdges(a, 0, originX, low, high), ...slabEdges(b, 1, originX, low, high)]
    .toSorted((p, q) => p.low - q.low)
  let area = 0
  let active: SlabEdge[] = []
  let next = 0
  const heights = listHeights(a, b, low, high)
  for (let i = 1; i < heights.length; i++) {
    const [bottom, top] = [heights[i - 1]!, heights[i]!]
    const centre = (bottom + top) / 2
    active = active.filter(edge => edge.high > centre)
    for (; next < edges.length && edges[next]!.low < centre; next++) if (edges[next]!.high > centre) active.push(edges[next]!)
    area += commonWidth(active, centre) * (top - bottom) // a trapezoid is as wide as its middle
  }
  return area
}

interface SlabEdge {
  readonly shape: 0 | 1
  readonly low: number
  readonly high: number
  xAt (y: number): number
}

function slabEdges (shape: MultiPolygon, number: 0 | 1, originX: number, low: number, high: number): SlabEdge[] {
  const edges: SlabEdge[] = []
  for (const ring of shape.flat()) {
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [ax, ay, bx, by] = [ring[i]! - originX, ring[i + 1]!, ring[i + 2]! - originX, ring[i + 3]!]
      if (ay === by || Math.max(ay, by) <= low || Math.min(ay, by) >= high) continue
      const slope = (bx - ax) / (by - ay)
      edges.push({ shape: number, low: Math.min(ay, by), high: Math.max(ay, by), xAt: y => ax + (y - ay) * slope })
    }
  }
  return edges
}

/** Heights of all vertices and crossings within the range, ascending, each once. */
function listHeights (a: MultiPolygon, b: MultiPolygon, low: number, high: number): number[] {
  const segments = toSegments([...a.flat(), ...b.flat()])
  const heights = new Set([low, high])
  for (let i = 1; i < segments.length; i += 2) heights.add(segments[i]!)
  for (const [p, q] of findCrossings(segments)) {
    const crossing = crossingPoint(segments, p, q)
    if (crossing) heights.add(crossing[1])
  }
  return [...heights].filter(y => y >= low && y <= high).toSorted((p, q) => p - q)
}

/** Length of the part of a horizontal line that is inside both shapes. */
function commonWidth (edges: readonly SlabEdge[], y: number): number {
  const crossings = edges.map(({ shape, xAt }) => ({ shape, x: xAt(y) })).toSorted((p, q) => p.x - q.x)
  const inside = [false, false]
  let width = 0
  crossings.forEach(({ shape, x }, i) => {
    if (inside[0] && inside[1]) width += x - crossings[i - 1]!.x
    inside[shape] = !inside[shape]
  })
  return width
}
