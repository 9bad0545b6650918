import type { Geometry, Level } from '../../core/area.ts'
import { formatNumber } from '../../core/number.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import { isSliver } from '../protect/overlap.ts'
import { findShared } from '../protect/shared-land.ts'
import type { Part, Weights } from './carry.ts'

/** A weight as it was found: old area, new area, part of the old one. */
export interface FoundWeight {
  readonly from: string
  readonly to: string
  readonly weight: number
}

export interface WeightsResult {
  readonly weights?: Weights
  readonly problems: readonly Problem[]
}

type WeightLevel = Pick<Level, 'id' | 'areas'>

/** Sums of weights that are off by more are no rounding. */
const tolerance = 0.01

/** Sums that are off by less are not worth a word. */
const silent = 1e-9

/**
 * Weights by index, brought to the sum of 1 for each old area. Unknown areas, old areas without weights, and sums far from 1 are
 * errors: somebody would be lost or counted twice.
 *
 * @param evenOut sums far from 1 are meant, as where a part of an old area left the town
 */
export function normaliseWeights (found: readonly FoundWeight[], from: WeightLevel, to: WeightLevel, place: Place, evenOut = false): WeightsResult {
  const [oldIndex, newIndex] = [indexOf(from), indexOf(to)]
  const problems = [
    ...unknownAreas(found.map(({ from }) => from), from, place),
    ...unknownAreas(found.map(({ to }) => to), to, place),
  ]
  const parts: Part[][] = from.areas.map(() => [])
  for (const { from: old, to: area, weight } of found) {
    const [a, b] = [oldIndex.get(old), newIndex.get(area)]
    if (a !== undefined && b !== undefined && weight > 0) parts[a]!.push({ to: b, weight })
  }
  const bare = from.areas.filter((_, index) => parts[index]!.length === 0)
  if (bare.length > 0 && problems.length === 0) {
    problems.push(problem('crosswalk-no-weights', place, { level: from.id, count: bare.length, keys: quoteList(bare.map(({ id }) => id), 8) }))
  }
  if (problems.length > 0) return { problems }

  const sums = parts.map(list => list.reduce((sum, { weight }) => sum + weight, 0))
  const deviations = sums.map(sum => Math.abs(sum - 1))
  const off = deviations.filter(deviation => deviation > tolerance).length
  const uneven = deviations.filter(deviation => deviation > silent).length
  const furthest = deviations.indexOf(Math.max(...deviations))
  const format = (language: 'de' | 'en') => formatNumber(sums[furthest]!, { decimals: 4, language })
  const facts = { key: from.areas[furthest]!.id, sum: { de: format('de'), en: format('en') } }
  if (off > 0 && !evenOut) return { problems: [problem('crosswalk-weight-sums', place, { ...facts, count: off })] }
  return {
    weights: parts.map((list, index) => list.map(({ to, weight }) => ({ to, weight: weight / sums[index]! })).toSorted((a, b) => a.to - b.to)),
    problems: uneven === 0 ? [] : [problem('crosswalk-evened-out', place, { ...facts, from: from.id, to: to.id, count: uneven })],
  }
}

/** Weights by common surface, without the slivers in which two drawings of one border differ. */
export function arealWeights (from: WeightLevel & { readonly shape: Geometry }, to: WeightLevel & { readonly shape: Geometry }): FoundWeight[] {
  const shared = findShared(from.shape, to.shape).filter(pair => !isSliver(pair))
  const sums = new Map<number, number>()
  for (const { first, ofFirst } of shared) sums.set(first, (sums.get(first) ?? 0) + ofFirst)
  return shared.map(({ first, second, ofFirst }) => ({ from: from.areas[first]!.id, to: to.areas[second]!.id, weight: ofFirst / sums.get(first)! }))
}

function indexOf ({ areas }: WeightLevel): ReadonlyMap<string, number> {
  return new Map(areas.map(({ id }, index) => [id, index]))
}

function unknownAreas (keys: readonly string[], level: WeightLevel, place: Place): Problem[] {
  const known = new Set(level.areas.map(({ id }) => id))
  const unknown = [...new Set(keys)].filter(key => !known.has(key))
  if (unknown.length === 0) return []
  return [problem('crosswalk-unknown-areas', place, {
    level: level.id, count: unknown.length, keys: quoteList(unknown, 8), examples: quoteList([...known], 3),
  })]
}
