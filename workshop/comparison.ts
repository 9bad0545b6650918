import { listIndicatorChanges, type PlacedChange } from '../core/compare/cells.ts'
import { compareEditions, type Difference } from '../core/compare/differences.ts'
import { listTextChanges, type TextChange } from '../core/compare/texts.ts'
import type { Edition, Language } from '../core/edition.ts'
import { findIndicator, findLevel, localise } from '../core/edition.ts'

/** How a draft differs from what readers see now; for people of the atlas, who may see both. */
export interface Comparison {
  readonly before: Edition
  readonly after: Edition
  readonly differences: readonly Difference[]
  readonly texts: readonly TextChange[]
  /** One for each indicator whose figures differ, in the order of the draft. */
  readonly indicators: readonly IndicatorCounts[]
}

export interface IndicatorCounts {
  readonly indicator: string
  /** Periods that only one edition has. */
  readonly newPeriods: readonly string[]
  readonly vanishedPeriods: readonly string[]
  /** Periods that both have and that say something else. */
  readonly restated: readonly string[]
  readonly changed: number
  readonly appeared: number
  readonly vanished: number
  readonly signs: number
}

export function compareWith (before: Edition, after: Edition): Comparison {
  const differences = compareEditions(before, after)
  const all = [...after.indicators, ...before.indicators.filter(({ id }) => !findIndicator(after, id))]
  return {
    before,
    after,
    differences,
    texts: listTextChanges(before, after),
    indicators: all.map(({ id }) => countDifferences(id, differences)).filter(counts => counts !== undefined),
  }
}

function countDifferences (indicator: string, differences: readonly Difference[]): IndicatorCounts | undefined {
  const periods = differences.filter(difference => difference.kind === 'period' && difference.indicator === indicator)
  const cells = differences.filter(difference => difference.kind === 'cells').filter(difference => difference.indicator === indicator)
  if (periods.length + cells.length === 0) return undefined
  const periodsOf = (change: 'new' | 'vanished') => unique(periods.flatMap(difference => difference.kind === 'period' && difference.change === change ? [difference.period] : []))
  const sum = (count: 'changed' | 'appeared' | 'vanished' | 'signs') => cells.reduce((total, difference) => total + difference[count], 0)
  return {
    indicator,
    newPeriods: periodsOf('new'),
    vanishedPeriods: periodsOf('vanished'),
    restated: unique(cells.map(({ period }) => period)),
    changed: sum('changed'),
    appeared: sum('appeared'),
    vanished: sum('vanished'),
    signs: sum('signs'),
  }
}

function unique (texts: readonly string[]): string[] {
  return [...new Set(texts)]
}

/** Changed cells of one indicator, or of all. */
export function listChanges ({ before, after, indicators }: Comparison, only?: string): Array<PlacedChange & { readonly indicator: string }> {
  return indicators.filter(({ indicator }) => only === undefined || indicator === only)
    .flatMap(({ indicator }) => listIndicatorChanges(before, after, indicator).map(change => ({ ...change, indicator })))
}

/** As the draft calls it, or the current edition where the draft has it no more. */
export function nameIndicator ({ before, after }: Comparison, id: string, language: Language): string {
  const found = findIndicator(after, id) ?? findIndicator(before, id)
  return found ? localise(found.label, language) : id
}

export function nameLevel ({ before, after }: Comparison, id: string, language: Language): string {
  const found = findLevel(after, id) ?? findLevel(before, id)
  return found ? localise(found.label, language) : id
}
