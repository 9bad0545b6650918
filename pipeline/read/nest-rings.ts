import { boxesMeet, encloses, ringBox, signedArea, type Box } from '../ring.ts'

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
  const measured = rings.map(ring => ({ ring, area: signedArea(ring), box: ringBox(ring) }))
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
  readonly box: Box
}

function contains (outer: MeasuredRing, inner: MeasuredRing): boolean {
  return Math.abs(outer.area) > Math.abs(inner.area) && boxesMeet(outer.box, inner.box) && encloses(outer.ring, inner.ring)
}
