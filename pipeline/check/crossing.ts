import type { Point } from '../ring.ts'

/** Segments as flat `[ax, ay, bx, by, …]`; number i starts at 4 · i. */
export type Segments = Float64Array

/**
 * Pairs of segments that cross or overlap, each pair once with the smaller number first.
 *
 * "Cross" means that a point inside one of them lies on the other. Segments that only share an
 * end point do not cross. Exact for integers; unordered.
 *
 * @param wanted leaves out a pair before it is computed, e.g. of different rings
 */
export function findCrossings (segments: Segments, wanted: (a: number, b: number) => boolean = () => true): Array<[number, number]> {
  const grid = makeGrid(segments)
  const found: Array<[number, number]> = []
  const seen = new Set<number>()
  const count = segments.length / 4
  for (const members of grid.cells.values()) {
    for (let i = 1; i < members.length; i++) {
      for (let j = 0; j < i; j++) {
        const [a, b] = [members[j]!, members[i]!]
        if (!boxesOverlap(segments, a, b) || !wanted(a, b) || !cross(segments, a, b)) continue
        // Two long segments meet in several cells.
        const key = a * count + b
        if (!seen.has(key)) found.push([a, b])
        seen.add(key)
      }
    }
  }
  return found
}

/** Where two segments cross, not rounded; undefined for parallel ones. */
export function crossingPoint (segments: Segments, a: number, b: number): Point | undefined {
  const [ax, ay, bx, by] = ends(segments, a)
  const [cx, cy, dx, dy] = ends(segments, b)
  const [rx, ry, sx, sy] = [bx - ax, by - ay, dx - cx, dy - cy]
  const denominator = rx * sy - ry * sx
  if (denominator === 0) return undefined
  const t = ((cx - ax) * sy - (cy - ay) * sx) / denominator
  return [ax + rx * t, ay + ry * t]
}

interface Grid { readonly cells: Map<number, number[]> }

function makeGrid (segments: Segments): Grid {
  const count = segments.length / 4
  let [minX, minY, maxX, maxY, length] = [Infinity, Infinity, -Infinity, -Infinity, 0]
  for (let i = 0; i < segments.length; i += 4) {
    minX = Math.min(minX, segments[i]!, segments[i + 2]!)
    minY = Math.min(minY, segments[i + 1]!, segments[i + 3]!)
    maxX = Math.max(maxX, segments[i]!, segments[i + 2]!)
    maxY = Math.max(maxY, segments[i + 1]!, segments[i + 3]!)
    length += Math.abs(segments[i]! - segments[i + 2]!) + Math.abs(segments[i + 1]! - segments[i + 3]!)
  }
  // Cells of about two mean segment lengths hold a handful of segments each; a million rows are
  // enough where segments have shrunk to points.
  const size = Math.max(2 * length / count, (maxX - minX) / 1e6, (maxY - minY) / 1e6) || 1
  const cells = new Map<number, number[]>()
  const put = (cellX: number, cellY: number, segment: number): void => {
    const key = cellX * 0x4000000 + cellY // exact in a double for 2^26 rows and columns
    const members = cells.get(key)
    if (members) members.push(segment)
    else cells.set(key, [segment])
  }
  const column = (x: number): number => Math.floor((x - minX) / size)
  const row = (y: number): number => Math.floor((y - minY) / size)
  for (let segment = 0; segment < count; segment++) {
    const [ax, ay, bx, by] = ends(segments, segment)
    const [top, bottom] = [row(Math.max(ay, by)), row(Math.min(ay, by))]
    for (let cellY = bottom; cellY <= top; cellY++) {
      // Only the stretch of the segment within this row, so that a long diagonal does not fill its box.
      const [from, to] = stretch(ax, ay, bx, by, minY + cellY * size, minY + (cellY + 1) * size)
      for (let cellX = column(from); cellX <= column(to); cellX++) put(cellX, cellY, segment)
    }
  }
  return { cells }
}

/** Smallest and largest x of a segment between two heights, widened by a hair against rounding. */
function stretch (ax: number, ay: number, bx: number, by: number, low: number, high: number): [number, number] {
  const [left, right] = [Math.min(ax, bx), Math.max(ax, bx)]
  if (ay === by) return [left, right]
  const at = (y: number): number => ax + (bx - ax) * (y - ay) / (by - ay)
  const [p, q] = [at(low), at(high)]
  const hair = (right - left) * 1e-9
  return [Math.max(left, Math.min(p, q) - hair), Math.min(right, Math.max(p, q) + hair)]
}

function boxesOverlap (segments: Segments, a: number, b: number): boolean {
  const [ax, ay, bx, by] = ends(segments, a)
  const [cx, cy, dx, dy] = ends(segments, b)
  return Math.min(ax, bx) <= Math.max(cx, dx) && Math.min(cx, dx) <= Math.max(ax, bx) &&
    Math.min(ay, by) <= Math.max(cy, dy) && Math.min(cy, dy) <= Math.max(ay, by)
}

function cross (segments: Segments, a: number, b: number): boolean {
  const [ax, ay, bx, by] = ends(segments, a)
  const [cx, cy, dx, dy] = ends(segments, b)
  const c = side(ax, ay, bx, by, cx, cy)
  const d = side(ax, ay, bx, by, dx, dy)
  const p = side(cx, cy, dx, dy, ax, ay)
  const q = side(cx, cy, dx, dy, bx, by)
  if (c === 0 && d === 0) return overlapOnOneLine(ax, ay, bx, by, cx, cy, dx, dy)
  if (c * d > 0 || p * q > 0) return false
  // An end of one lies on the other: only a shared end point is innocent.
  const ends0 = (ax === cx && ay === cy) || (ax === dx && ay === dy) || (bx === cx && by === cy) || (bx === dx && by === dy)
  return !ends0
}

function overlapOnOneLine (ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): boolean {
  const alongX = Math.abs(bx - ax) >= Math.abs(by - ay)
  const [a, b, c, d] = alongX ? [ax, bx, cx, dx] : [ay, by, cy, dy]
  return Math.max(Math.min(a, b), Math.min(c, d)) < Math.min(Math.max(a, b), Math.max(c, d))
}

function side (ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  return (bx - ax) * (y - ay) - (by - ay) * (x - ax)
}

function ends (segments: Segments, i: number): [number, number, number, number] {
  return [segments[4 * i]!, segments[4 * i + 1]!, segments[4 * i + 2]!, segments[4 * i + 3]!]
}
