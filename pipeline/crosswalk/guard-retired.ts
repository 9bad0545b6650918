import type { Level } from '../../core/area.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { cellId } from '../../core/release.ts'
import { periodFact } from '../facts.ts'
import { addColumn, type FigureColumn, type Figures } from '../figures.ts'
import { isTouchy } from '../protect/relations.ts'
import type { LedgerFacts } from '../protect/blocks.ts'

export interface RetiredInput {
  /** Counts of old levels without boundaries; no station has protected them. */
  readonly retired: Figures
  /** All others as they were delivered and summed up, before `protect`. */
  readonly figures: Figures
  readonly levels: readonly Level[]
  readonly findLedgerCells?: LedgerFacts['findLedgerCells'] | undefined
  readonly place: Place
}

/**
 * Old counts that may be carried over. Nobody knows where old areas without boundaries lie, so nothing protects them together with
 * other figures: a series is left out where it, or another one of the same indicator and period, holds a secret (the difference of
 * the two could tell it), and where an earlier edition suppressed some of it, whatever its delivery says today.
 */
export function guardRetired ({ retired, figures, levels, findLedgerCells = () => [], place }: RetiredInput): { carriable: Figures, problems: Problem[] } {
  const carriable: Figures = { columns: new Map() }
  const problems: Problem[] = []
  for (const column of retired.columns.values()) {
    const { indicator, period, level } = column
    const others = [...figures.columns.values()].filter(other => other.indicator === indicator && other.period === period)
    const isBesideSecret = others.length > 0 && [column, ...others].some(isTouchy)
    if (isBesideSecret || wasSuppressed(column, levels, findLedgerCells)) problems.push(problem('crosswalk-keys-secret', place, { indicator, period: periodFact(period), level }))
    else addColumn(carriable, column)
  }
  return { carriable, problems }
}

function wasSuppressed ({ level, indicator, period }: FigureColumn, levels: readonly Level[], findLedgerCells: LedgerFacts['findLedgerCells']): boolean {
  const { areas } = levels.find(({ id }) => id === level)!
  return areas.some(({ id }) => findLedgerCells(cellId(level, id, indicator, period)).at(-1)?.status === 'suppressed')
}
