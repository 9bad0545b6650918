import { problem, type Place, type Problem } from '../../core/problem.ts'
import { periodFact, quoteList } from '../facts.ts'
import type { IndicatorEntry } from '../project-file/schema.ts'
import { findKindred } from './kindred.ts'

/** Names a series of counts for the ledger, whatever level it is on: a level may be called otherwise next year. */
export function seriesKey ({ indicator, period }: { readonly indicator: string, readonly period: string }): string {
  return `${indicator}|${period}`
}

export interface CarriedBeforeInput {
  /** Cells as `protect` decided them, named as of `cellId`. */
  readonly decisions: ReadonlyArray<{ readonly id: string, readonly status: string }>
  /** Keys of series, as of `seriesKey`. */
  readonly carried: ReadonlySet<string>
  readonly indicators: ReadonlyArray<Pick<IndicatorEntry, 'id' | 'parts'>>
  readonly place: Place
}

/**
 * Series that hold a secret now, and of which, or of a sum with which, an earlier edition showed estimates from old areas without
 * boundaries. The estimates add up to what was delivered for the old areas, and nobody knows where these lay: so nobody can say
 * whether old sum and new parts together tell what is suppressed.
 */
export function findCarriedBefore ({ decisions, carried, indicators, place }: CarriedBeforeInput): Problem[] {
  if (carried.size === 0) return []
  const kindOf = findKindred(indicators)
  const found = new Map<string, Problem>()
  for (const { id, status } of decisions) {
    const [, , indicator = '', period = ''] = id.split('/')
    const key = seriesKey({ indicator, period })
    if (status !== 'S' || found.has(key)) continue
    const estimated = [...kindOf(indicator)].filter(one => carried.has(seriesKey({ indicator: one, period })))
    if (estimated.length > 0) found.set(key, problem('crosswalk-carried-before', place, { indicator, period: periodFact(period), estimated: quoteList(estimated, 5) }))
  }
  return [...found.values()]
}
