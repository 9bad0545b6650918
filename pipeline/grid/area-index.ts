import Flatbush from 'flatbush'
import type { Box } from '../ring.ts'
import type { PlaneAreas } from './plane.ts'

export interface AreaIndex {
  /** Number of the area a point lies in, -1 for none. A point on a shared border belongs to exactly one side; where areas overlap the first has it. */
  readonly find: (x: number, y: number) => number
  /** Numbers of the areas whose boxes meet a box, ascending. */
  readonly near: (box: Box) => readonly number[]
  readonly boxOf: (area: number) => Box
}

/**
 * Finds areas by place: a packed R-tree (flatbush) over their boxes, then a ray through the rings of the few that are left. Holes and
 * parts need no care, because crossings are only counted odd or even.
 */
export function indexAreas (areas: PlaneAreas): AreaIndex {
  const count = areas.areaRings.length - 1
  const boxes = Array.from({ length: count }, (_, area) => boxOfArea(areas, area))
  const tree = new Flatbush(Math.max(1, count))
  for (const { minX, minY, maxX, maxY } of boxes) tree.add(minX, minY, maxX, maxY)
  if (count === 0) tree.add(Infinity, Infinity, -Infinity, -Infinity)
  tree.finish()

  let found = -1
  const probe = { x: 0, y: 0 }
  // flatbush makes a list of what its filter lets pass; letting nothing pass saves a list per point
  const keepFirst = (area: number): boolean => {
    if ((found === -1 || area < found) && isInside(areas, area, probe.x, probe.y)) found = area
    return false
  }
  return {
    find (x, y) {
      found = -1
      probe.x = x
      probe.y = y
      tree.search(x, y, x, y, keepFirst)
      return found
    },
    near: ({ minX, minY, maxX, maxY }) => tree.search(minX, minY, maxX, maxY).toSorted((a, b) => a - b),
    boxOf: area => boxes[area]!,
  }
}

/**
 * Even-odd. An edge holds its lower end and not its upper one, and is always computed from the lower end, so that both
 * neighbours of a shared edge get the same number and disagree about the side.
 */
function isInside ({ coordinates, ringStarts, areaRings }: PlaneAreas, area: number, x: number, y: number): boolean {
  let inside = false
  for (let ring = areaRings[area]!; ring < areaRings[area + 1]!; ring++) {
    const end = ringStarts[ring + 1]! - 2
    for (let i = ringStarts[ring]!; i < end; i += 2) {
      const ay = coordinates[i + 1]!
      const by = coordinates[i + 3]!
      if ((ay > y) === (by > y)) continue
      const ax = coordinates[i]!
      const bx = coordinates[i + 2]!
      const crossing = ay < by ? ax + (y - ay) / (by - ay) * (bx - ax) : bx + (y - by) / (ay - by) * (ax - bx)
      if (crossing > x) inside = !inside
    }
  }
  return inside
}

function boxOfArea ({ coordinates, ringStarts, areaRings }: PlaneAreas, area: number): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let i = ringStarts[areaRings[area]!]!; i < ringStarts[areaRings[area + 1]!]!; i += 2) {
    const [x, y] = [coordinates[i]!, coordinates[i + 1]!]
    if (x < minX) minX = x
    if (x > maxX) maxX = x
    if (y < minY) minY = y
    if (y > maxY) maxY = y
  }
  return { minX, minY, maxX, maxY }
}
