import { comparePeriods } from '../../core/period.ts'
import type { FigureColumn } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import type { FigureBlock } from './blocks.ts'
import type { ProtectedBlock, ProtectInput } from './protect.ts'
import { columnsOf, type Relation } from './relations.ts'
import { countCells, countPrinted, isCounted, termsOf, type Shown, type Trial } from './trial.ts'

/** What was protected, and how. */
export interface Outcome {
  /** With figures that are cleared already. */
  readonly input: ProtectInput
  /** Copies of all columns, made before they were cleared. */
  readonly raw: readonly FigureColumn[]
  readonly relations: readonly Relation[]
  readonly drafted: readonly FigureBlock[]
  readonly blocks: readonly ProtectedBlock[]
}

/** Counts that sums connect, over all levels and periods: what is left out of one is gained or lost in the others. */
export interface Family {
  /** In project order. */
  readonly indicators: readonly string[]
  /** Ids of its blocks that are withheld. */
  readonly withheld: readonly string[]
  readonly raw: Trial
  /** Between its own columns, which are cleared by now. */
  readonly relations: readonly Relation[]
  /** Printed share of its counts on the level with the lowest, 0–1. */
  readonly lowestShare: number
  readonly now: Shown
  /** How many of its periods are looked at, the newest; all of them unless there are too many cells. */
  readonly periods: { readonly measured: number, readonly all: number }
}

/**
 * The families that lose too much, the worst first: such with a withheld block, then by the level
 * on which least is left.
 *
 * @param cellsPerFamily newest periods beyond so many counts are not looked at
 */
export function findLosers (outcome: Outcome, littleShown: number, cellsPerFamily: number): Family[] {
  return connect(outcome.drafted.map(({ columns }) => columns.map(({ indicator }) => indicator)))
    .map(indicators => describeFamily(outcome, indicators, cellsPerFamily))
    .filter(({ withheld, lowestShare }) => withheld.length > 0 || lowestShare < littleShown)
    .toSorted((a, b) => Number(b.withheld.length > 0) - Number(a.withheld.length > 0) || a.lowestShare - b.lowestShare)
}

function describeFamily (outcome: Outcome, members: ReadonlySet<string>, cellsPerFamily: number): Family {
  const { input, raw, relations, drafted, blocks } = outcome
  const { file: { indicators }, levels, geometries, figures } = input
  const all = raw.filter(({ indicator }) => members.has(indicator))
  const own = drafted.flatMap((block, index) => block.columns.some(({ indicator }) => members.has(indicator)) ? [{ ...block, id: blocks[index]!.id, withheld: blocks[index]!.withheld }] : [])
  const periods = choosePeriods(all, own, cellsPerFamily)
  const columns = all.filter(({ period }) => periods.has(period))
  const counted = columns.filter(isCounted(input))
  const shares = [...groupBy(all.filter(isCounted(input)), ({ level }) => level).values()].map(ofLevel => countPrinted(ofLevel, figures) / countCells(ofLevel))
  const entries = indicators.filter(({ id, kind, ...entry }) => kind === 'count' ? members.has(id) : termsOf({ id, kind, ...entry }).some(term => members.has(term)))
  const beside = new Set([...entries.flatMap(termsOf), ...columns.flatMap(({ rules: { units = [], dominance = [] } }) =>
    [...units.map(({ of }) => of), ...dominance.flatMap(({ largest, second }) => [largest, second])])])
  return {
    indicators: indicators.map(({ id }) => id).filter(id => members.has(id)),
    withheld: own.filter(({ withheld }) => withheld).map(({ id }) => id),
    raw: { columns, beside: raw.filter(({ indicator }) => beside.has(indicator) && !members.has(indicator)), indicators: entries, levels, geometries },
    relations: relations.filter(relation => columnsOf(relation).some(({ indicator }) => members.has(indicator))),
    // A level without any number has lost nothing.
    lowestShare: Math.min(1, ...shares.filter(share => !Number.isNaN(share))),
    now: { printed: countPrinted(counted, figures), cells: countCells(counted) },
    periods: { measured: periods.size, all: new Set(all.map(({ period }) => period)).size },
  }
}

/** Whole groups of periods that sums connect; such with a withheld block first, then the newest. */
function choosePeriods (columns: readonly FigureColumn[], blocks: ReadonlyArray<FigureBlock & { readonly withheld: boolean }>, cellsPerFamily: number): ReadonlySet<string> {
  const urgent = new Set(blocks.flatMap(({ columns, withheld }) => withheld ? columns.map(({ period }) => period) : []))
  const newest = (periods: ReadonlySet<string>) => [...periods].toSorted(comparePeriods).at(-1)!
  const isUrgent = (periods: ReadonlySet<string>) => [...periods].some(period => urgent.has(period))
  const groups = connect([...columns.map(({ period }) => [period]), ...blocks.map(({ columns }) => columns.map(({ period }) => period))])
    .toSorted((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)) || comparePeriods(newest(b), newest(a)))
  const chosen = new Set<string>()
  let cells = 0
  for (const group of groups) {
    cells += countCells(columns.filter(({ period }) => group.has(period)))
    if (chosen.size > 0 && cells > cellsPerFamily) break
    for (const period of group) chosen.add(period)
  }
  return chosen
}

/** Sets of names that some list connects, in the order of their first name. */
function connect (lists: ReadonlyArray<readonly string[]>): Array<ReadonlySet<string>> {
  const setOf = new Map<string, Set<string>>()
  for (const names of lists) {
    const joined = new Set(names.flatMap(name => [...setOf.get(name) ?? [name]]))
    for (const name of joined) setOf.set(name, joined)
  }
  return [...new Set(setOf.values())]
}
