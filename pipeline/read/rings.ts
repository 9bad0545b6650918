/** A ring as it stands in a file: flat `[x, y, …]` in the file's own coordinate system. */
export type SourceRing = readonly number[]

/** Polygons made of loose rings, and the rings that had to be interpreted. */
export interface NestedRings {
  /** Outer ring first, then its holes. */
  readonly polygons: SourceRing[][]
  /** Rings that run in the same direction as the ring around them, and were taken as a hole all the same. */
  readonly sameDirection: number
}

/**
 * Sorts loose rings into polygons by what contains what: a ring within no other is an outer ring, within one a hole,
 * within two an island in the hole, and so on. A hole goes to the smallest ring around it.
 *
 * The direction in which rings run decides nothing, because files in the wild have every combination of it.
 */
export function nestRings (rings: readonly SourceRing[]): NestedRings {
  const measured = rings.map(ring => ({ ring, area: signedArea(ring), box: boxOf(ring) }))
  // Largest first, so that every ring comes after all that could contain it.
  const ordered = measured.map((_, i) => i).toSorted((a, b) => Math.abs(measured[b]!.area) - Math.abs(measured[a]!.area) || a - b)
  const depth = new Map<number, number>()
  const parts = new Map<number, SourceRing[]>()
  let sameDirection = 0

  for (const [rank, index] of ordered.entries()) {
    const inner = measured[index]!
    const parent = ordered.slice(0, rank).findLast(other => contains(measured[other]!, inner))
    const level = parent === undefined ? 0 : depth.get(parent)! + 1
    depth.set(index, level)
    if (level % 2 === 0) {
      parts.set(index, [inner.ring])
      continue
    }
    parts.get(parent!)!.push(inner.ring)
    if (inner.area * measured[parent!]!.area > 0) sameDirection++
  }
  const inFileOrder = [...parts].toSorted(([a], [b]) => a - b)
  return { polygons: inFileOrder.map(([, polygon]) => polygon), sameDirection }
}

interface MeasuredRing {
  readonly ring: SourceRing
  readonly area: number
  readonly box: readonly [west: number, south: number, east: number, north: number]
}

function contains (outer: MeasuredRing, inner: MeasuredRing): boolean {
  if (Math.abs(outer.area) <= Math.abs(inner.area)) return false
  const [west, south, east, north] = outer.box
  if (inner.box[0] < west || inner.box[1] < south || inner.box[2] > east || inner.box[3] > north) return false
  for (let i = 0; i < inner.ring.length; i += 2) {
    const side = sideOf(outer.ring, inner.ring[i]!, inner.ring[i + 1]!)
    if (side !== 0) return side > 0
  }
  // Every corner lies on the outer ring: the middle of an edge decides.
  const [x0, y0, x1, y1] = inner.ring as readonly [number, number, number, number]
  return inner.ring.length >= 4 && sideOf(outer.ring, (x0 + x1) / 2, (y0 + y1) / 2) > 0
}

/** 1 inside, -1 outside, 0 on the ring. */
function sideOf (ring: SourceRing, x: number, y: number): -1 | 0 | 1 {
  let inside = false
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    const [xi, yi, xj, yj] = [ring[i]!, ring[i + 1]!, ring[j]!, ring[j + 1]!]
    const cross = (xj - xi) * (y - yi) - (yj - yi) * (x - xi)
    if (cross === 0 && x >= Math.min(xi, xj) && x <= Math.max(xi, xj) && y >= Math.min(yi, yj) && y <= Math.max(yi, yj)) return 0
    if ((yi > y) !== (yj > y) && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside
  }
  return inside ? 1 : -1
}

/** Positive where the ring runs counter-clockwise; in square units of the coordinates. */
export function signedArea (ring: SourceRing): number {
  let sum = 0
  // Relative to the first corner, so that large eastings do not eat the digits.
  const [x0 = 0, y0 = 0] = ring
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += (ring[j]! - x0) * (ring[i + 1]! - y0) - (ring[i]! - x0) * (ring[j + 1]! - y0)
  }
  return sum / 2
}

function boxOf (ring: SourceRing): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    box[0] = Math.min(box[0], ring[i]!)
    box[1] = Math.min(box[1], ring[i + 1]!)
    box[2] = Math.max(box[2], ring[i]!)
    box[3] = Math.max(box[3], ring[i + 1]!)
  }
  return box
}
