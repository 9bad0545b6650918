import type { Localised } from '../../core/area.ts'
import { sumDecimals } from '../../core/aggregate.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { numberFact, periodFact } from '../facts.ts'
import type { FigureColumn } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import type { IndicatorEntry } from '../project-file/schema.ts'
import { toLocalised } from '../project-file/project.ts'

/** What a totals row says about a column. */
export interface TotalRow {
  readonly column: FigureColumn
  readonly total: number
  /** How the table calls the row. */
  readonly name: string
  /** Nobody named it: its label says so. */
  readonly isRecognised?: boolean
  readonly place: Place
}

/** Totals that are not the sum of their areas; where a part is secret or missing nothing can be said. */
export function totalProblems (rows: readonly TotalRow[], indicators: ReadonlyMap<string, IndicatorEntry>): Problem[] {
  return withoutSubtotals(rows).flatMap(({ column, total, name, place }) => {
    const indicator = indicators.get(column.indicator)!
    const parts = [...column.cells, ...column.unassigned]
    if (indicator.kind !== 'count' || !parts.every(cell => cell.status === 'observed')) return []
    const sum = sumDecimals(parts.map(({ value }) => value))
    if (sum === total) return []
    return [problem('join-total-differs', place, {
      indicator: column.indicator,
      level: column.level,
      period: column.period,
      label: toLocalised(indicator.label),
      when: periodFact(column.period),
      name,
      parts: column.unassigned.length === 0 ? areasOnly : withUnassigned,
      sum: numberFact(sum),
      total: numberFact(total),
      difference: describeDifference(sumDecimals([total, -sum]), column.unassigned.length === 0),
    })]
  })
}

const areasOnly: Localised = { de: 'der Gebiete', en: 'the areas' }
const withUnassigned: Localised = { de: 'der Gebiete und der Fälle ohne Zuordnung', en: 'the areas and the cases without one' }

/** Of several totals that only their labels tell, the others are subtotals: the largest is compared, if it is called otherwise. */
function withoutSubtotals (rows: readonly TotalRow[]): readonly TotalRow[] {
  const groups = groupBy(rows.filter(({ isRecognised }) => isRecognised), ({ column }) => column)
  const subtotals = new Set([...groups.values()].flatMap(group => {
    const largest = group.reduce((most, row) => row.total > most.total ? row : most)
    const others = group.filter(({ total }) => total !== largest.total)
    return others.some(({ name }) => name === largest.name) ? group : others
  }))
  return rows.filter(row => !subtotals.has(row))
}

function describeDifference (difference: number, isOpen: boolean): Localised {
  const { de, en } = numberFact(Math.abs(difference))
  if (difference < 0) return { de: `${de} zu viel in den Gebieten`, en: `${en!} too many in the areas` }
  return isOpen ? { de: `${de} ohne Zuordnung`, en: `${en!} without an area` } : { de: `${de} fehlen`, en: `${en!} missing` }
}
