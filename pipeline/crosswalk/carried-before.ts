import { problem, type Place, type Problem } from '../../core/problem.ts'
import { periodFact } from '../facts.ts'

/** Names a series of counts for the ledger, whatever level it is on: a level may be called otherwise next year. */
export function seriesKey ({ indicator, period }: { readonly indicator: string, readonly period: string }): string {
  return `${indicator}|${period}`
}

/**
 * Series that hold a secret now, and of which an earlier edition showed estimates from old areas without boundaries. The estimates add
 * up to what was delivered for the old areas, and nobody knows where these lay: so nobody can say whether old sum and new parts
 * together tell what is suppressed.
 *
 * @param decisions cells as `protect` decided them, named as of `cellId`
 * @param carried keys of series, as of `seriesKey`
 */
export function findCarriedBefore (decisions: ReadonlyArray<{ readonly id: string, readonly status: string }>, carried: ReadonlySet<string>, place: Place): Problem[] {
  if (carried.size === 0) return []
  const found = new Set<string>()
  for (const { id, status } of decisions) {
    const [, , indicator = '', period = ''] = id.split('/')
    if (status === 'S' && carried.has(seriesKey({ indicator, period }))) found.add(seriesKey({ indicator, period }))
  }
  return [...found].map(key => {
    const [indicator = '', period = ''] = key.split('|')
    return problem('crosswalk-carried-before', place, { indicator, period: periodFact(period) })
  })
}
