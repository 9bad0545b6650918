import type { Polygon, Ring } from '../../core/area.ts'
import { locate, orient, signedArea, withoutSpikes } from '../ring.ts'

/**
 * One polygon as cut by geojson-vt, made valid for MVT 2.1: no repeated point, no spike, no ring
 * of fewer than three points or without area, the outer ring positive on the tile's grid (y down)
 * and holes negative. A hole that lost its outer ring goes with it, and so does one that sticks out of it.
 *
 * geojson-vt clips with Sutherland-Hodgman, which leaves such rings along the edge of a tile.
 *
 * @param rings closed, in whole units, outer ring first
 */
export function cleanPolygon ([first, ...others]: readonly Ring[]): Polygon | undefined {
  const outer = first && cleanRing(first, 1)
  if (!outer) return undefined
  const holes = others.map(hole => cleanRing(hole, -1)).filter(hole => hole !== undefined)
  return [outer, ...holes.filter(hole => liesWithin(outer, hole))]
}

function cleanRing (ring: Ring, sign: 1 | -1): Ring | undefined {
  const clean = withoutSpikes(ring)
  return clean.length === 0 || signedArea(clean) === 0 ? undefined : orient(clean, sign)
}

function liesWithin (outer: Ring, hole: Ring): boolean {
  for (let i = 0; i < hole.length; i += 2) {
    if (locate([hole[i]!, hole[i + 1]!], outer) === -1) return false
  }
  return true
}

/** A line without points that repeat the one before; one position where all are the same. */
export function withoutRepeats (line: readonly number[]): number[] {
  const kept: number[] = []
  for (let i = 0; i < line.length; i += 2) {
    if (kept.at(-2) !== line[i] || kept.at(-1) !== line[i + 1]) kept.push(line[i]!, line[i + 1]!)
  }
  return kept
}
