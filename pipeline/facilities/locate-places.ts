import type { Bounds, Localised } from '../../core/area.ts'
import { coordinateUnitsPerDegree } from '../../core/area.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { listSome, quoteList } from '../facts.ts'
import { knownCrs } from '../project/crs.ts'
import { findOperation } from '../project/operation.ts'
import { formatBounds, isWithin, suggestReading, type SourceBox } from '../project/whereabouts.ts'
import type { SourcePlace } from './read-places.ts'

/** A facility with its place in 1e-7 degree. */
export interface LocatedPlace {
  readonly source: SourcePlace
  readonly lon: number
  readonly lat: number
}

/**
 * Projects the places of one file. Blank and zero coordinates are reported and left out; where all lie outside the bounds the
 * file is refused with the reading that would fit, which finds swapped axes; where some do, those are left out.
 */
export function locatePlaces (places: readonly SourcePlace[], crs: string | null, bounds: Bounds): { located: LocatedPlace[], problems: Problem[] } {
  const [first] = places
  if (first === undefined) return { located: [], problems: [] }
  const { file } = first
  const operation = findOperation(crs ?? '')
  if ('fault' in operation) return { located: [], problems: crs === null ? [] : [problem('project-unknown-crs', { file }, { crs: operation.found, known: [...knownCrs.keys()].join(', ') })] }

  const placed = places.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y) && !(x === 0 && y === 0))
  const placeless = places.filter(source => !placed.includes(source))
  const all = placed.map(source => ({ source, position: operation.toLonLat(source.x, source.y) }))
  const inside = all.flatMap(({ source, position }) => position !== 'outside-grid' && isWithin(position, bounds)
    ? [{ source, lon: Math.round(position[0] * coordinateUnitsPerDegree), lat: Math.round(position[1] * coordinateUnitsPerDegree) }]
    : [])
  const isInside = new Set(inside.map(({ source }) => source))
  const outside = placed.filter(source => !isInside.has(source))
  const problems: Problem[] = []
  if (placeless.length > 0) problems.push(problem('facilities-no-place', placeless[0]!.place, { count: placeless.length, lines: linesOf(placeless) }))
  if (outside.length > 0) {
    const code = inside.length === 0 ? 'facilities-all-outside' : 'facilities-outside'
    const hint = suggestReading(boxOf(outside), operation, bounds)
    problems.push(problem(code, outside[0]!.place, { count: outside.length, of: places.length, lines: linesOf(outside), bounds: formatBounds(bounds), hint, crs: operation.source, found: quoteList([`${outside[0]!.x} / ${outside[0]!.y}`]) }))
  }
  return { located: inside, problems }
}

/** Lines or records, whichever the file has. */
export function linesOf (places: readonly SourcePlace[]): Localised {
  return listSome(places.map(({ place }) => place.line ?? place.record ?? 0))
}

function boxOf (places: readonly SourcePlace[]): SourceBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { x, y } of places) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west, south, east, north]
}
