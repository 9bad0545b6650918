import type { MultiPolygon, Ring } from '../../core/area.ts'
import { distanceMetres, toSquareMetres } from '../check/metres.ts'
import { outline } from '../check/outline.ts'
import { listTwice } from '../check/repair.ts'
import { nestHoles, signedArea } from '../ring.ts'

/** A hole narrower than this on average is a crack between neighbours, no lake: boundaries are drawn to 1 to 10 m. */
const crackMetres = 2

/**
 * The union of areas, e.g. the town of its Sozialräume: their shared borders vanish, largest part first.
 *
 * It is exact where neighbours share their vertices. Where they do not, overlaps and cracks vanish
 * (`checkShapes` has reported both); a wider gap stays as a hole.
 */
export function dissolve (shapes: readonly MultiPolygon[]): MultiPolygon {
  const { polygons } = nestHoles(outline(shapes))
  // A counter-clockwise ring on the land of a larger part is an overlap, not a part of its own.
  const overlaps = listTwice(polygons)
  return polygons
    .filter(polygon => !overlaps.includes(polygon))
    .map(([outer, ...holes]) => [outer!, ...holes.filter(hole => meanWidthMetres(hole) >= crackMetres)])
}

/** Twice the surface by the way around it: the width of a long strip, half that of a square. */
function meanWidthMetres (ring: Ring): number {
  let wayMetres = 0
  for (let i = 0; i + 3 < ring.length; i += 2) wayMetres += distanceMetres([ring[i]!, ring[i + 1]!], [ring[i + 2]!, ring[i + 3]!])
  return 2 * toSquareMetres(Math.abs(signedArea(ring)), ring[1]!) / wayMetres
}
