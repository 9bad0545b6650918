import { problem, type Place, type Problem } from '../../core/problem.ts'
import { periodFact } from '../facts.ts'
import { groupBy } from '../../core/group-by.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { columnFacts, placeOfColumn, valueOf, type DeliveredSeries } from './delivered-series.ts'
import { clearSwap, fewestAreas, fewestPeriods, independentIndicators, swapDeviations, swapRatio, swapReturn, swapShare } from './thresholds.ts'

/**
 * Two periods next to each other whose figures are exchanged: exchanged back, most areas would go a shorter way through the years.
 * What all areas share, such as a bad year for everybody, is taken out before: an area rises where its share of the town rises.
 * Indicators that came together are looked at together, because a sheet is put into the wrong year as a whole; and each alone.
 */
export function swapProblems (all: readonly DeliveredSeries[], file: Pick<ProjectFile, 'deliveries'>, otherwise: Place): Problem[] {
  const long = all.filter(({ columns }) => columns.length >= fewestPeriods)
    .map((series): Tracked => ({ series, ways: listWays(series) })).filter(({ ways }) => ways.length >= fewestAreas)
  const together = [...groupBy(long, ({ series }) => togetherKey(series)).values()]
  return together.flatMap(group => {
    const common = bestSwap(group)
    const swapped = common === undefined ? [] : group.filter(one => leansTo(one, common))
    const alone = group.filter(one => !swapped.includes(one)).flatMap(one => {
      const first = bestSwap([one])
      return first === undefined ? [] : [{ one, first }]
    })
    return [...swapped.map(one => ({ one, first: common! })), ...alone].map(({ one, first }) => describeSwap(one, first, file, otherwise))
  })
}

interface Tracked {
  readonly series: DeliveredSeries
  /** Per area with a figure in every period its way through them. */
  readonly ways: ReadonlyArray<readonly number[]>
}

function togetherKey ({ level, columns }: DeliveredSeries): string {
  return JSON.stringify([level.id, [...columns[0]!.deliveries], columns.map(({ period }) => period)])
}

function describeSwap ({ series, ways }: Tracked, first: number, file: Pick<ProjectFile, 'deliveries'>, otherwise: Place): Problem {
  const [earlier, later] = [series.columns[first]!, series.columns[first + 1]!]
  return problem('plausible-swapped-periods', placeOfColumn(later, file, otherwise), {
    ...columnFacts(series, later.period, series.columns.map(({ period }) => period)), before: periodFact(earlier.period), areas: ways.length,
  })
}

/** A scale in which chance has about the same size in small and large areas, without what all areas share. */
function listWays ({ columns, level, indicator }: DeliveredSeries): number[][] {
  const rows = level.areas.map((_, area) => columns.map(({ cells }) => valueOf(cells[area])))
  const whole = rows.filter((row): row is number[] => row.every(value => value !== undefined))
  const means = columns.map((_, period) => whole.reduce((sum, row) => sum + row[period]!, 0) / whole.length)
  const overall = means.reduce((sum, mean) => sum + mean, 0) / means.length
  if (indicator.kind === 'measure') return whole.map(row => row.map((value, period) => value - means[period]!))
  if (means.some(mean => mean <= 0)) return []
  return whole.map(row => row.map((value, period) => 2 * Math.sqrt(Math.max(0, value) * overall / means[period]!)))
}

/** Position of the first of the two periods whose exchange explains most; `undefined` where it may all be chance. */
function bestSwap (group: readonly Tracked[]): number | undefined {
  const pairs = group[0]!.series.columns.slice(1).map((_, first) => ({ first, ...weigh(group, first) }))
  const certain = pairs.filter(({ first, share, ratio, deviations }) => {
    const isUsual = share >= swapShare && ratio <= swapRatio && deviations >= swapDeviations
    const isClear = share >= clearSwap.share && deviations >= clearSwap.deviations && steadyShare(group, first) >= clearSwap.steady
    return (isUsual || isClear) && !returns(group, first)
  })
  return certain.toSorted((a, b) => b.deviations - a.deviations)[0]?.first
}

/** How many ways become shorter by exchanging a period with the next one, by how much, and how far that is from chance. */
function weigh (group: readonly Tracked[], first: number): { share: number, ratio: number, deviations: number } {
  const compared = group.flatMap(({ ways }) => ways.map(way => ({ now: lengthAround(way, first), swapped: lengthAround(exchange(way, first), first) })))
  const moved = compared.filter(({ now, swapped }) => now !== swapped)
  const share = moved.filter(({ now, swapped }) => swapped < now).length / Math.max(1, moved.length)
  const ratio = sumOf(compared.map(({ swapped }) => swapped)) / sumOf(compared.map(({ now }) => now))
  const tosses = moved.length * Math.min(1, independentIndicators / group.length)
  return { share, ratio, deviations: (2 * share - 1) * Math.sqrt(tosses) }
}

function leansTo (one: Tracked, first: number): boolean {
  const { share, ratio } = weigh([one], first)
  return share > 0.5 && ratio < 1
}

function exchange (way: readonly number[], first: number): number[] {
  return way.with(first, way[first + 1]!).with(first + 1, way[first]!)
}

/** Length of the way from the period before to the one after the two. */
function lengthAround (way: readonly number[], first: number): number {
  const part = way.slice(Math.max(0, first - 1), first + 3)
  return sumOf(part.slice(1).map((value, index) => Math.abs(value - part[index]!)))
}

/** Share of the ways that, exchanged, only rise or only fall through the four periods around. */
function steadyShare (group: readonly Tracked[], first: number): number {
  const ways = group.flatMap(({ ways }) => ways)
  const steady = ways.filter(way => {
    const start = Math.min(Math.max(0, first - 1), way.length - fewestPeriods)
    const part = exchange(way, first).slice(start, start + fewestPeriods)
    const steps = part.slice(1).map((value, index) => value - part[index]!)
    return steps.every(step => step > 0) || steps.every(step => step < 0)
  })
  return steady.length / ways.length
}

/** Whether, at an end, one odd year says it all: from the period beyond it to the one before it is hardly a step. */
function returns (group: readonly Tracked[], first: number): boolean {
  const ways = group.flatMap(({ ways }) => ways)
  const last = ways[0]!.length - 1
  if (first !== 0 && first !== last - 1) return false
  const [outer, odd, inner] = first === 0 ? [0, 1, 2] : [last, last - 1, last - 2]
  const step = (to: number) => sumOf(ways.map(way => Math.abs(way[to]! - way[inner]!)))
  return step(outer) < swapReturn * step(odd)
}

function sumOf (values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
