import type { Level, MultiPolygon, Ring } from '../area.ts'
import { getGeometry, type Edition } from '../edition.ts'

/**
 * Ids of the areas of both levels whose land changed by more than a hundredth; less is another drawing of the same boundary.
 * Shapes are compared by size and by the middle of their box, which no re-cut leaves both alone.
 */
export function listMoved (before: Edition, earlier: Level, after: Edition, later: Level): string[] {
  const [old, now] = [measureAreas(before, earlier), measureAreas(after, later)]
  return [...now].filter(([id, measure]) => {
    const was = old.get(id)
    return was !== undefined && isMoved(was, measure)
  }).map(([id]) => id)
}

/** Size in square units of 1e-7 degree, the middle of the box and half its width. */
interface Measure { readonly size: number, readonly x: number, readonly y: number, readonly reach: number }

const tolerance = 0.01

function isMoved (was: Measure, is: Measure): boolean {
  return Math.abs(is.size - was.size) > tolerance * was.size ||
    Math.max(Math.abs(is.x - was.x), Math.abs(is.y - was.y)) > tolerance * was.reach
}

function measureAreas (edition: Edition, level: Level): Map<string, Measure> {
  const { shapes } = getGeometry(edition, level)
  return new Map(level.areas.map(({ id }, index) => [id, measure(shapes[index]!)]))
}

function measure (shape: MultiPolygon): Measure {
  let [west, south, east, north, size] = [Infinity, Infinity, -Infinity, -Infinity, 0]
  for (const ring of shape.flat()) {
    size += ringSize(ring)
    for (let i = 0; i < ring.length; i += 2) {
      [west, east] = [Math.min(west, ring[i]!), Math.max(east, ring[i]!)];
      [south, north] = [Math.min(south, ring[i + 1]!), Math.max(north, ring[i + 1]!)]
    }
  }
  return { size: Math.abs(size), x: (west + east) / 2, y: (south + north) / 2, reach: Math.max(east - west, north - south) / 2 }
}

/** Twice as large as it is, and negative for holes; from the first point, so that no digits are lost. */
function ringSize (ring: Ring): number {
  let sum = 0
  const [x0, y0] = [ring[0] ?? 0, ring[1] ?? 0]
  for (let i = 0; i + 3 < ring.length; i += 2) {
    sum += (ring[i]! - x0) * (ring[i + 3]! - y0) - (ring[i + 2]! - x0) * (ring[i + 1]! - y0)
  }
  return sum
}
