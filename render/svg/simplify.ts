import type { MultiPolygon, Ring } from '../../core/area.ts'
import type { Projection } from './projection.ts'

/** Polygons of rings of whole picture units `[x0, y0, x1, y1, …]`, not closed; the first ring is the outer one. */
export type DrawnShape = ReadonlyArray<ReadonlyArray<readonly number[]>>

/**
 * Shapes as a picture needs them: projected, simplified, in whole units.
 *
 * Borders are cut where more than two of them meet, and every piece is simplified in one fixed
 * direction. So two neighbours keep exactly the same line between them, and no gap opens.
 * An area is never lost: what becomes too small is drawn as a small square.
 *
 * @param tolerance how far a line may move, in units
 */
export function simplifyShapes (shapes: readonly MultiPolygon[], projection: Projection, tolerance: number): DrawnShape[] {
  const vertices = new Vertices(projection)
  const rings = shapes.map(shape => shape.map(polygon => polygon.map(ring => vertices.add(ring))))
  const kept = new Uint8Array(vertices.count)
  for (const ring of rings.flat(2)) keepNeeded(ring, vertices, tolerance, kept)
  return rings.map(shape => {
    const drawn = shape.flatMap(polygon => {
      const [outer, ...holes] = polygon.map(ring => drawRing(ring.filter(vertex => kept[vertex] === 1), vertices))
      return outer === undefined || outer.length < 6 ? [] : [[outer, ...holes.filter(hole => hole.length >= 6)]]
    })
    return drawn.length > 0 || shape.length === 0 ? drawn : [[smallSquare(shape[0]![0]!, vertices)]]
  })
}

/** Distinct positions, numbered; and where borders meet. A class because it is filled step by step. */
class Vertices {
  readonly x: number[] = []
  readonly y: number[] = []
  readonly #numbers = new Map<string, number>()
  /** Two distinct neighbours of every vertex; a third one makes it a junction. */
  readonly #neighbours: Array<[number, number]> = []
  readonly #junctions = new Set<number>()
  readonly #projection: Projection

  constructor (projection: Projection) {
    this.#projection = projection
  }

  get count (): number {
    return this.x.length
  }

  isJunction (vertex: number): boolean {
    return this.#junctions.has(vertex)
  }

  /** The vertices of a ring without the closing one. */
  add (ring: Ring): number[] {
    const numbers: number[] = []
    for (let i = 0; i < ring.length - 2; i += 2) numbers.push(this.#number(ring[i]!, ring[i + 1]!))
    numbers.forEach((vertex, i) => {
      this.#meet(vertex, numbers[(i + 1) % numbers.length]!)
      this.#meet(vertex, numbers[(i + numbers.length - 1) % numbers.length]!)
    })
    return numbers
  }

  #number (lon: number, lat: number): number {
    const key = `${lon},${lat}`
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.x.length
    this.#numbers.set(key, number)
    this.x.push(this.#projection.toX(lon))
    this.y.push(this.#projection.toY(lat))
    this.#neighbours.push([-1, -1])
    return number
  }

  #meet (vertex: number, other: number): void {
    const pair = this.#neighbours[vertex]!
    if (pair[0] === other || pair[1] === other) return
    if (pair[0] === -1) pair[0] = other
    else if (pair[1] === -1) pair[1] = other
    else this.#junctions.add(vertex)
  }
}

/** Marks the vertices of a ring that its simplified line needs. */
function keepNeeded (ring: readonly number[], vertices: Vertices, tolerance: number, kept: Uint8Array): void {
  const junctions = ring.flatMap((vertex, i) => vertices.isJunction(vertex) ? [i] : [])
  // A ring without junctions starts at its smallest vertex, whichever side it is seen from.
  const cuts = junctions.length > 0 ? junctions : [ring.indexOf(ring.reduce((least, vertex) => Math.min(least, vertex), Infinity))]
  cuts.forEach((from, i) => {
    const to = i + 1 < cuts.length ? cuts[i + 1]! : cuts[0]! + ring.length
    const arc = Array.from({ length: to - from + 1 }, (_, step) => ring[(from + step) % ring.length]!)
    keepLine(isForward(arc) ? arc : arc.reverse(), vertices, tolerance, kept)
  })
}

function isForward (arc: readonly number[]): boolean {
  const [first, last] = [arc[0]!, arc.at(-1)!]
  return first === last ? arc[1]! <= arc.at(-2)! : first < last
}

/** Douglas-Peucker; a closed line is first parted at the vertex farthest from its start. */
function keepLine (line: readonly number[], vertices: Vertices, tolerance: number, kept: Uint8Array): void {
  kept[line[0]!] = kept[line.at(-1)!] = 1
  const open: Array<[number, number]> = [[0, line.length - 1]]
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span
    let [farthest, distance] = [-1, from === 0 && line[0] === line.at(-1) && to === line.length - 1 ? 0 : tolerance]
    for (let i = from + 1; i < to; i++) {
      const away = distanceToSegment(line[i]!, line[from]!, line[to]!, vertices)
      if (away > distance) [farthest, distance] = [i, away]
    }
    if (farthest === -1) continue
    kept[line[farthest]!] = 1
    open.push([from, farthest], [farthest, to])
  }
}

function distanceToSegment (vertex: number, start: number, end: number, { x, y }: Vertices): number {
  const [dx, dy] = [x[end]! - x[start]!, y[end]! - y[start]!]
  const [px, py] = [x[vertex]! - x[start]!, y[vertex]! - y[start]!]
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length))
  return Math.hypot(px - along * dx, py - along * dy)
}

/** Whole units; a vertex that falls on the one before it is left out. */
function drawRing (ring: readonly number[], { x, y }: Vertices): number[] {
  const drawn: number[] = []
  for (const vertex of ring) {
    const [left, top] = [Math.round(x[vertex]!), Math.round(y[vertex]!)]
    if (drawn.at(-2) !== left || drawn.at(-1) !== top) drawn.push(left, top)
  }
  while (drawn.length > 2 && drawn[0] === drawn.at(-2) && drawn[1] === drawn.at(-1)) drawn.length -= 2
  return drawn
}

function smallSquare (ring: readonly number[], { x, y }: Vertices): number[] {
  const [left, top] = [Math.round(x[ring[0]!]!) - 2, Math.round(y[ring[0]!]!) - 2]
  return [left, top, left + 4, top, left + 4, top + 4, left, top + 4]
}
