import type { MultiPolygon, Ring } from '../../core/area.ts'

/**
 * Rings around the union of shapes: counter-clockwise around land, clockwise around what is left
 * open inside it. Every ring is simple: it passes no point twice.
 *
 * An edge that two shapes share runs once in each direction and cancels out; what remains is the
 * outline. This is exact on integers. Where neighbours do not share their vertices, both edges
 * remain and enclose a sliver: clockwise for a gap, counter-clockwise for an overlap.
 */
export function outline (shapes: readonly MultiPolygon[]): Ring[] {
  const points = indexPoints()
  const open = openEdges(shapes, points)
  const rings: Ring[] = []
  for (const start of open.keys()) {
    for (let edges = open.get(start)!; edges.length > 0;) {
      rings.push(...splitAtRepeats(walk(start, edges[0]!, open, points)).map(loop => toRing(loop, points)))
    }
  }
  return rings
}

/**
 * Cuts a closed walk (first point not repeated) wherever it comes back to a point, so that no loop
 * passes a point twice. Loops of fewer than three points vanish.
 */
function splitAtRepeats (walk: readonly number[]): number[][] {
  const loops: number[][] = []
  const path: number[] = []
  const depth = new Map<number, number>()
  for (const point of walk) {
    const seen = depth.get(point)
    if (seen !== undefined) {
      const loop = path.splice(seen)
      for (const left of loop) depth.delete(left)
      loops.push(loop)
    }
    depth.set(point, path.length)
    path.push(point)
  }
  loops.push(path)
  return loops.filter(loop => loop.length >= 3)
}

/** Numbers for positions: equal integers get the same number, counted from 0. */
export interface PointIndex {
  readonly x: number[]
  readonly y: number[]
  add (x: number, y: number): number
}

export function indexPoints (): PointIndex {
  const [x, y]: [number[], number[]] = [[], []]
  const columns = new Map<number, Map<number, number>>()
  const add = (px: number, py: number): number => {
    let column = columns.get(px)
    if (!column) columns.set(px, column = new Map())
    let number = column.get(py)
    if (number === undefined) {
      column.set(py, number = x.length)
      x.push(px)
      y.push(py)
    }
    return number
  }
  return { x, y, add }
}

/** Directed edges without a counterpart, as the ends reached from each start. */
function openEdges (shapes: readonly MultiPolygon[], points: PointIndex): Map<number, number[]> {
  const open = new Map<number, number[]>()
  for (const ring of shapes.flat(2)) {
    let from = points.add(ring[0]!, ring[1]!)
    for (let i = 2; i < ring.length; i += 2) {
      const to = points.add(ring[i]!, ring[i + 1]!)
      if (from !== to && !take(open, to, from)) give(open, from, to)
      from = to
    }
  }
  return open
}

function give (open: Map<number, number[]>, from: number, to: number): void {
  const edges = open.get(from)
  if (edges) edges.push(to)
  else open.set(from, [to])
}

function take (open: Map<number, number[]>, from: number, to: number): boolean {
  const edges = open.get(from)
  const place = edges?.indexOf(to) ?? -1
  if (place === -1) return false
  edges!.splice(place, 1)
  return true
}

/** Follows open edges from `start` until it is back, keeping the land to its left, and uses them up. */
function walk (start: number, first: number, open: Map<number, number[]>, points: PointIndex): number[] {
  const path = [start]
  let [from, to] = [start, first]
  for (;;) {
    take(open, from, to)
    if (to === start) return path
    path.push(to)
    const next = leftmost(from, to, open.get(to)!, points)
    from = to
    to = next
  }
}

/** The sharpest turn to the left keeps two areas that touch at a corner apart. */
function leftmost (from: number, at: number, choices: readonly number[], { x, y }: PointIndex): number {
  if (choices.length === 1) return choices[0]!
  const arrival = Math.atan2(y[at]! - y[from]!, x[at]! - x[from]!)
  const turn = (to: number): number => {
    const angle = Math.atan2(y[to]! - y[at]!, x[to]! - x[at]!) - arrival
    return angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI)) // -π (back) … π
  }
  return choices.reduce((best, to) => turn(to) > turn(best) ? to : best)
}

function toRing (loop: readonly number[], { x, y }: PointIndex): Ring {
  return [...loop, loop[0]!].flatMap(point => [x[point]!, y[point]!])
}
