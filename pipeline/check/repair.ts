import type { MultiPolygon, Ring } from '../../core/area.ts'
import type { Point } from '../ring.ts'
import type { Segments } from './crossing.ts'
import { crossingPoint, findCrossings } from './crossing.ts'
import { indexPoints, outline } from './outline.ts'
import { isOnLand, landArea, nestHoles, orient } from '../ring.ts'

/** What had to be done to the rings of a shape, or why it cannot be. */
export type Repair =
  | { readonly outcome: 'sound', readonly shape: MultiPolygon }
  | { readonly outcome: 'repaired', readonly shape: MultiPolygon, readonly fault: Fault, readonly changedSquareUnits: number }
  | { readonly outcome: 'refused', readonly fault: Fault }

/** The first thing that is wrong with a shape, and where. */
export interface Fault {
  readonly kind: 'touch' | 'crossing' | 'stray-hole' | 'part-on-part'
  readonly place: Point
}

/** A larger change of area than this is a decision, and not ours: 0.1 %. */
const repairableShare = 0.001

/** Rounding a crossing to whole units can make the next one; boundaries of offices need one or two rounds. */
const repairRounds = 6

/**
 * A shape whose rings cross or touch themselves, as simple rings: cut at every crossing, traced
 * and nested anew. An eye of a bow-tie, which runs the wrong way round, is dropped, and so is a
 * loop that runs round the same land twice.
 *
 * A sound shape comes back with the same rings, outer ones counter-clockwise, holes clockwise.
 * Everything stays in whole units.
 *
 * @param shape rings of at least three distinct points
 */
export function repairShape (shape: MultiPolygon): Repair {
  const rings = shape.flatMap(polygon => polygon.map((ring, i) => orient(ring, i === 0 ? 1 : -1)))
  const nested = nestHoles(rings)
  const fault = firstFault(rings) ?? at('stray-hole', nested.orphans[0]) ?? at('part-on-part', listTwice(nested.polygons)[0]?.[0])
  if (!fault) return { outcome: 'sound', shape: nested.polygons }

  const noded = nodeAll(rings)
  if (!noded) return { outcome: 'refused', fault }
  const { polygons, orphans } = nestHoles(outline([[noded]]))
  const twice = listTwice(polygons)
  const repaired = polygons.filter(polygon => !twice.includes(polygon))
  const before = landArea(shape)
  const doubted = landArea(twice) + landArea(orphans.map(ring => [ring]))
  const changedSquareUnits = Math.max(doubted, Math.abs(landArea(repaired) - before))
  if (changedSquareUnits > repairableShare * before) return { outcome: 'refused', fault }
  return { outcome: 'repaired', shape: repaired, fault, changedSquareUnits }
}

/** First place where a ring passes a point twice or where rings cross. */
function firstFault (rings: readonly Ring[]): Fault | undefined {
  for (const ring of rings) {
    const repeat = firstRepeat(ring)
    if (repeat) return { kind: 'touch', place: repeat }
  }
  const segments = toSegments(rings)
  const [pair] = findCrossings(segments).toSorted(([a, b], [c, d]) => a - c || b - d)
  return pair && { kind: 'crossing', place: crossingPoint(segments, ...pair) ?? [segments[4 * pair[1]]!, segments[4 * pair[1] + 1]!] }
}

function at (kind: Fault['kind'], ring: Ring | undefined): Fault | undefined {
  return ring && { kind, place: [ring[0]!, ring[1]!] }
}

/** Parts that lie on the land of a larger one; the parts largest first, as `nestHoles` gives them. */
export function listTwice (polygons: MultiPolygon): MultiPolygon {
  return polygons.filter(([ring], i) => polygons.slice(0, i).some(part => isOnLand(part, ring!)))
}

function firstRepeat (ring: Ring): Point | undefined {
  const points = indexPoints()
  for (let i = 0; i < ring.length - 2; i += 2) {
    const known = points.x.length
    if (points.add(ring[i]!, ring[i + 1]!) < known) return [ring[i]!, ring[i + 1]!]
  }
  return undefined
}

/**
 * Lines with a vertex, in whole units, wherever they cross or overlap, or undefined where rounding
 * keeps making new crossings. Lines that shared vertices before do so after.
 */
export function nodeAll (lines: readonly Ring[]): readonly Ring[] | undefined {
  let noded = lines
  for (let round = 0; round < repairRounds; round++) {
    const next = nodeOnce(noded)
    if (!next) return noded
    noded = next
  }
  return undefined
}

/** Undefined where there is nothing to add. */
function nodeOnce (lines: readonly Ring[]): Ring[] | undefined {
  const segments = toSegments(lines)
  const nodes = listNodes(segments)
  if (nodes.size === 0) return undefined
  let segment = 0
  return lines.map(line => {
    const noded: number[] = [line[0]!, line[1]!]
    for (let i = 0; i + 3 < line.length; i += 2, segment++) {
      const distance = ([x, y]: Point): number => Math.hypot(x - line[i]!, y - line[i + 1]!)
      const inOrder = (nodes.get(segment) ?? []).toSorted((p, q) => distance(p) - distance(q))
      for (const [x, y] of [...inOrder, [line[i + 2]!, line[i + 3]!] as const]) {
        if (noded.at(-2) !== x || noded.at(-1) !== y) noded.push(x, y)
      }
    }
    return noded
  })
}

/** New vertices by segment, in whole units: crossings, and the ends of segments that lie on another. */
function listNodes (segments: Segments): Map<number, Point[]> {
  const nodes = new Map<number, Point[]>()
  const add = (segment: number, [x, y]: Point): void => {
    const at = 4 * segment
    const isEnd = (x === segments[at] && y === segments[at + 1]) || (x === segments[at + 2] && y === segments[at + 3])
    if (!isEnd) nodes.set(segment, [...nodes.get(segment) ?? [], [x, y]])
  }
  for (const [a, b] of findCrossings(segments)) {
    const crossing = crossingPoint(segments, a, b)
    if (crossing) {
      const node: Point = [Math.round(crossing[0]), Math.round(crossing[1])]
      add(a, node)
      add(b, node)
    } else {
      for (const end of endsWithin(segments, a, b)) add(a, end)
      for (const end of endsWithin(segments, b, a)) add(b, end)
    }
  }
  return nodes
}

/** Ends of one segment that lie within another on the same line. */
function endsWithin (segments: Segments, outer: number, inner: number): Point[] {
  const [ax, ay, bx, by] = segments.subarray(4 * outer)
  return [0, 2]
    .map((end): Point => [segments[4 * inner + end]!, segments[4 * inner + end + 1]!])
    .filter(([x, y]) => (x - ax!) * (x - bx!) + (y - ay!) * (y - by!) < 0)
}

/** Edges of all lines, one line after the other, in the order they run. A line has at least one position. */
export function toSegments (lines: readonly Ring[]): Segments {
  const segments = new Float64Array(lines.reduce((sum, line) => sum + 2 * line.length - 4, 0))
  let at = 0
  for (const line of lines) {
    for (let i = 0; i + 3 < line.length; i += 2, at += 4) {
      segments[at] = line[i]!
      segments[at + 1] = line[i + 1]!
      segments[at + 2] = line[i + 2]!
      segments[at + 3] = line[i + 3]!
    }
  }
  return segments
}
