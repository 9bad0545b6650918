import type { MultiPolygon, Polygon, Ring } from '../core/area.ts'

/**
 * Plane geometry of closed flat rings `[x0, y0, x1, y1, …, x0, y0]`.
 *
 * It works in whatever unit the ring has; with integers every decision is exact, because
 * coordinates are taken relative to a point nearby before they are multiplied.
 */

/** A position on the plane of its ring. */
export type Point = readonly [x: number, y: number]

/** West, south, east, north in the ring's own unit. */
export interface Box {
  readonly minX: number
  readonly minY: number
  readonly maxX: number
  readonly maxY: number
}

/** Positive for a counter-clockwise ring (y up), negative for a clockwise one, in square units. */
export function signedArea (ring: Ring): number {
  const [originX, originY] = [ring[0]!, ring[1]!]
  let doubled = 0
  for (let i = 2; i + 3 < ring.length; i += 2) {
    const [x, y] = [ring[i]! - originX, ring[i + 1]! - originY]
    doubled += x * (ring[i + 3]! - originY) - (ring[i + 2]! - originX) * y
  }
  return doubled / 2
}

/** Area of all outer rings less their holes, in square units. */
export function landArea (shape: MultiPolygon): number {
  return shape.reduce((sum, polygon) => sum + polygonArea(polygon), 0)
}

/** Outer ring less its holes, whichever way they run. */
export function polygonArea ([outer, ...holes]: Polygon): number {
  return holes.reduce((area, hole) => area - Math.abs(signedArea(hole)), outer ? Math.abs(signedArea(outer)) : 0)
}

export function reverseRing (ring: Ring): Ring {
  const reversed: number[] = []
  for (let i = ring.length - 2; i >= 0; i -= 2) reversed.push(ring[i]!, ring[i + 1]!)
  return reversed
}

/** The same ring, counter-clockwise for a positive `sign`, clockwise for a negative one. */
export function orient (ring: Ring, sign: 1 | -1): Ring {
  return signedArea(ring) * sign < 0 ? reverseRing(ring) : ring
}

export function ringBox (ring: Ring): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = 0; i < ring.length; i += 2) {
    const [x, y] = [ring[i]!, ring[i + 1]!]
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return { minX, minY, maxX, maxY }
}

/** Smallest box around all parts. An empty shape gives an inverted box that meets nothing. */
export function shapeBox (shape: MultiPolygon): Box {
  return joinBoxes(shape.map(([outer]) => ringBox(outer ?? [])))
}

export function joinBoxes (boxes: readonly Box[]): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const box of boxes) {
    minX = Math.min(minX, box.minX)
    minY = Math.min(minY, box.minY)
    maxX = Math.max(maxX, box.maxX)
    maxY = Math.max(maxY, box.maxY)
  }
  return { minX, minY, maxX, maxY }
}

/** True also where they only touch. */
export function boxesMeet (a: Box, b: Box): boolean {
  return a.minX <= b.maxX && b.minX <= a.maxX && a.minY <= b.maxY && b.minY <= a.maxY
}

/** Where a point lies: 1 inside, 0 on the ring itself, -1 outside; exact for integers. */
export function locate ([x, y]: Point, ring: Ring): 1 | 0 | -1 {
  let inside = false
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [ax, ay, bx, by] = [ring[i]! - x, ring[i + 1]! - y, ring[i + 2]! - x, ring[i + 3]! - y]
    const side = ax * by - bx * ay
    if (side === 0 && ax * bx <= 0 && ay * by <= 0) return 0
    if ((ay > 0) !== (by > 0) && (by > ay ? side > 0 : side < 0)) inside = !inside
  }
  return inside ? 1 : -1
}

/** True where every point of the inner ring lies in or on the outer one; the two must not cross. */
export function encloses (outer: Ring, inner: Ring): boolean {
  // A hole may touch its outer ring at vertices, so the first point off the ring decides.
  for (let i = 0; i + 3 < inner.length; i += 2) {
    const middle: Point = [(inner[i]! + inner[i + 2]!) / 2, (inner[i + 1]! + inner[i + 3]!) / 2]
    const place = locate([inner[i]!, inner[i + 1]!], outer) || locate(middle, outer)
    if (place !== 0) return place === 1
  }
  return true
}

/** True where a ring lies on the land of a polygon: within its outer ring and in none of its holes. */
export function isOnLand ([outer, ...holes]: Polygon, ring: Ring): boolean {
  return boxesMeet(ringBox(outer!), ringBox(ring)) && encloses(outer!, ring) && !holes.some(hole => encloses(hole, ring))
}

/** The ring without repeated points and without spikes (there and back along one line); empty where nothing is left. */
export function withoutSpikes (ring: Ring): Ring {
  const kept: number[] = []
  const push = (x: number, y: number): void => {
    for (;;) {
      const n = kept.length
      if (n >= 2 && kept[n - 2] === x && kept[n - 1] === y) return
      if (n < 4 || !turnsBack(kept[n - 4]!, kept[n - 3]!, kept[n - 2]!, kept[n - 1]!, x, y)) break
      kept.length = n - 2
    }
    kept.push(x, y)
  }
  for (let i = 0; i < ring.length - 2; i += 2) push(ring[i]!, ring[i + 1]!)

  // The seam, where the end of the ring meets its start, can hide a spike as well.
  let start = 0
  while (kept.length - start >= 6) {
    const n = kept.length
    const [ax, ay, bx, by] = [kept[n - 4]!, kept[n - 3]!, kept[n - 2]!, kept[n - 1]!]
    const [cx, cy, dx, dy] = [kept[start]!, kept[start + 1]!, kept[start + 2]!, kept[start + 3]!]
    if ((bx === cx && by === cy) || turnsBack(ax, ay, bx, by, cx, cy)) kept.length = n - 2
    else if (turnsBack(bx, by, cx, cy, dx, dy)) start += 2
    else break
  }
  if (kept.length - start < 6) return []
  return [...kept.slice(start), kept[start]!, kept[start + 1]!]
}

/** Whether b → c runs back along a → b. */
function turnsBack (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): boolean {
  const [px, py, qx, qy] = [bx - ax, by - ay, cx - bx, cy - by]
  return px * qy === py * qx && px * qx + py * qy < 0
}

/** Rings as polygons: every clockwise ring becomes a hole of the smallest counter-clockwise one around it. */
export function nestHoles (rings: readonly Ring[]): { polygons: MultiPolygon, orphans: Ring[] } {
  const outers = rings.filter(ring => signedArea(ring) > 0)
    .map(ring => ({ ring, box: ringBox(ring), area: signedArea(ring), holes: [] as Ring[] }))
    .toSorted((a, b) => a.area - b.area)
  const orphans: Ring[] = []
  for (const hole of rings) {
    if (signedArea(hole) >= 0) continue
    const box = ringBox(hole)
    const home = outers.find(outer => boxesMeet(outer.box, box) && encloses(outer.ring, hole))
    if (home) home.holes.push(hole)
    else orphans.push(hole)
  }
  return { polygons: outers.toReversed().map(({ ring, holes }) => [ring, ...holes]), orphans }
}
