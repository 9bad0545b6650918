import type { Localised } from '../area.ts'
import type { Edition } from '../edition.ts'
import { groupBy } from '../group-by.ts'
import { comparePeriods } from '../period.ts'
import { findIndicator } from '../edition.ts'
import { compareEditions } from './differences.ts'

/** What readers are told about a new edition, counted by the program; held against the edition they saw before. */
export interface EditionNews {
  /** Labels, in the order of the edition. */
  readonly newIndicators: readonly Localised[]
  /** Of indicators that were there before; newest first. */
  readonly newPeriods: readonly PeriodNews[]
  /** Periods of which figures were printed before that say something else now; newest first. */
  readonly restated: readonly PeriodNews[]
}

export interface PeriodNews {
  readonly period: string
  /** How many indicators. */
  readonly indicators: number
}

export function findNews (before: Edition, after: Edition): EditionNews {
  const differences = compareEditions(before, after)
  const known = new Set(before.indicators.map(({ id }) => id))
  return {
    newIndicators: differences.flatMap(difference => difference.kind === 'indicator' && difference.change === 'new' ? [findIndicator(after, difference.indicator)!.label] : []),
    newPeriods: countByPeriod(differences.flatMap(difference => difference.kind === 'period' && difference.change === 'new' && known.has(difference.indicator) ? [difference] : [])),
    restated: countByPeriod(differences.flatMap(difference => difference.kind === 'cells' && difference.appeared + difference.changed + difference.vanished > 0 ? [difference] : [])),
  }
}

function countByPeriod (differences: ReadonlyArray<{ readonly period: string, readonly indicator: string }>): PeriodNews[] {
  return [...groupBy(differences, ({ period }) => period)]
    .map(([period, group]) => ({ period, indicators: new Set(group.map(({ indicator }) => indicator)).size }))
    .toSorted((a, b) => comparePeriods(b.period, a.period))
}
