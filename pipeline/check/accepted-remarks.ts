import type { Remark } from '../../core/edition.ts'
import type { Problem } from '../../core/problem.ts'
import { findFigures, type FigureColumn, type Figures } from '../figures.ts'
import { listOf } from '../project-file/list-of.ts'
import { toLocalised } from '../project-file/project.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { listUnpublished } from '../protect/rules.ts'

/**
 * What readers learn of accepted findings: the reason, never a figure. `figures` are those after protection.
 *
 * A remark tells that a finding was there, and the finding tells about every cell it was made of: "a jump" at a printed 150 says
 * that a suppressed figure of the year before is at most 15; "the same column twice" gives a suppressed cell away that is
 * printed a year earlier. So a remark about figures stands only where all of those cells are printed as they were counted: of a
 * finding about one count those of its area (`areaIndex`) in the periods compared, of any other one all of the columns.
 * Findings about files and boundaries are made of no figure and stand always.
 */
export function acceptedRemarks (problems: readonly Problem[], file: ProjectFile, figures: Figures): Remark[] {
  const remarks = problems.flatMap(found => found.accepted ? remarksOn(found, found.accepted.because, file, figures) : [])
  return [...new Map(remarks.map(remark => [JSON.stringify(remark), remark])).values()]
}

function remarksOn ({ facts, place }: Problem, because: string, file: ProjectFile, figures: Figures): Remark[] {
  const text = toLocalised(because)
  const named = (name: 'indicator' | 'level' | 'area' | 'period') => typeof facts[name] === 'string' ? facts[name] : null
  const [indicator, level, area, period] = [named('indicator'), named('level'), named('area'), named('period')]
  const kind = 'accepted'
  if (indicator === null) return indicatorsOf(place.file, file).map(id => ({ kind, indicator: id, level, area: null, period, text }))
  if (level === null || period === null) return []
  const compared = typeof facts.periods === 'string' ? facts.periods.split(', ') : []
  // Where two levels disagree, both are what the finding is made of.
  const levels = typeof facts.parent === 'string' ? [level, facts.parent] : [level]
  const columns = levels.flatMap(on => [...new Set([period, ...compared])].map(of => findFigures(figures, on, indicator, of)))
  const only = typeof facts.areaIndex === 'number' ? facts.areaIndex : undefined
  if (listUnpublished(file).has(indicator) || !columns.every(column => column && isAsCounted(column, only))) return []
  return [indicator, ...quotientsOf(indicator, file)]
    .filter(id => isPrinted(findFigures(figures, level, id, period), only))
    .map(id => ({ kind, indicator: id, level, area, period, text }))
}

/** Indicators of the delivery that a file belongs to; all of them (null) where it belongs to none, as boundaries do. */
function indicatorsOf (name: string | undefined, { deliveries }: ProjectFile): Array<string | null> {
  const owner = deliveries.find(({ files }) => files.some(entry => (typeof entry === 'string' ? entry : entry.file) === name))
  if (!owner) return [null]
  return [...Object.keys(owner.columns ?? {}), ...Object.values(owner.indicator?.lookUp ?? {}).map(String)]
}

/** Shares and ratios that are computed from a count: what is odd there is odd here too. */
function quotientsOf (count: string, { indicators }: ProjectFile): string[] {
  const published = indicators.filter(indicator => indicator.published !== false)
  return published.filter(({ numerator, minus, denominator }) => [numerator, minus, denominator].some(term => listOf(term).includes(count))).map(({ id }) => id)
}

/** Whether printed cells are the counts themselves: rounded ones are not. */
function isAsCounted (column: FigureColumn, only: number | undefined): boolean {
  const unassigned = only === undefined ? column.unassigned : []
  return column.rules.method !== 'round5' && isPrinted(column, only) && unassigned.every(({ status }) => status === 'observed')
}

/** Whether nothing was taken out of a column, or of one of its cells. What was never delivered is no secret. */
function isPrinted (column: FigureColumn | undefined, only: number | undefined): boolean {
  if (column === undefined) return false
  const cells = only === undefined ? column.cells : [column.cells[only]]
  return cells.every(cell => cell?.status === 'observed' || (cell?.status === 'missing' && cell.reason !== 'unit-too-small' && cell.reason !== 'unreliable'))
}
