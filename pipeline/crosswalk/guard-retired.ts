import type { LedgerView } from '../../core/ledger.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { periodFact } from '../facts.ts'
import { addColumn, type FigureColumn, type Figures } from '../figures.ts'
import type { IndicatorEntry } from '../project-file/schema.ts'
import { isTouchy } from '../protect/relations.ts'
import { seriesKey } from './carried-before.ts'
import { findKindred } from './kindred.ts'

export interface RetiredInput {
  /** Counts of old levels without boundaries; no station has protected them. */
  readonly retired: Figures
  /** All others as they were delivered and summed up, before `protect`. */
  readonly figures: Figures
  readonly indicators: ReadonlyArray<Pick<IndicatorEntry, 'id' | 'parts'>>
  /** What earlier editions decided; without it this is the first one. */
  readonly ledger?: Pick<LedgerView, 'findLedgerCells' | 'listCellIds'> | undefined
  readonly place: Place
}

/**
 * Old counts that may be carried over. Nobody knows where old areas without boundaries lie, so nothing protects them together with
 * other figures: a series is left out where it, or another one of its kind and period, holds a secret (the difference of the two could
 * tell it), and where an earlier edition suppressed something of its kind and period on any level, whatever is delivered today.
 */
export function guardRetired ({ retired, figures, indicators, ledger, place }: RetiredInput): { carriable: Figures, problems: Problem[] } {
  const carriable: Figures = { columns: new Map() }
  const problems: Problem[] = []
  const kindOf = findKindred(indicators)
  const keysOf = ({ indicator, period }: FigureColumn) => [...kindOf(indicator)].map(one => seriesKey({ indicator: one, period }))
  const olds = [...retired.columns.values()]
  const all = [...figures.columns.values(), ...olds]
  const told = findSuppressed(new Set(olds.flatMap(keysOf)), ledger)
  for (const column of olds) {
    const { indicator, period, level } = column
    const others = all.filter(other => other !== column && other.period === period && kindOf(indicator).has(other.indicator))
    const isBesideSecret = others.length > 0 && [column, ...others].some(isTouchy)
    if (isBesideSecret || keysOf(column).some(key => told.has(key))) problems.push(problem('crosswalk-keys-secret', place, { indicator, period: periodFact(period), level }))
    else addColumn(carriable, column)
  }
  return { carriable, problems }
}

/** Of some series those of which readers know a dot: what they were shown beside it they still have. */
function findSuppressed (wanted: ReadonlySet<string>, ledger: RetiredInput['ledger']): ReadonlySet<string> {
  const found = new Set<string>()
  if (wanted.size === 0 || !ledger) return found
  for (const id of ledger.listCellIds()) {
    const [, , indicator = '', period = ''] = id.split('/')
    const key = seriesKey({ indicator, period })
    if (wanted.has(key) && !found.has(key) && ledger.findLedgerCells(id).at(-1)?.status === 'suppressed') found.add(key)
  }
  return found
}
