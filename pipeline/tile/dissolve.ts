import type { MultiPolygon } from '../../core/area.ts'
import { outline } from '../check/outline.ts'
import { isOnLand, nestRings } from '../check/ring.ts'

/**
 * The union of areas, e.g. the town of its Sozialräume: their shared borders vanish, largest part first.
 *
 * It is exact where neighbours share their vertices. Where they do not, an overlap vanishes and a
 * gap stays as a hole; `checkShapes` has reported both.
 */
export function dissolve (shapes: readonly MultiPolygon[]): MultiPolygon {
  const { polygons } = nestRings(outline(shapes))
  // A counter-clockwise ring on the land of a larger part is an overlap, not a part of its own;
  // one in its lake is an island.
  return polygons.filter(([ring], i) => !polygons.slice(0, i).some(part => isOnLand(part, ring!)))
}
