import { missing, suppressed, type Cell } from '../../core/cell.ts'
import { comparePeriods, getPeriod } from '../../core/period.ts'
import { problem, type Problem } from '../../core/problem.ts'
import type { Quotient } from '../derive.ts'
import { listColumns, type FigureColumn, type Figures } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import type { Locate } from '../project-file/parse.ts'
import type { ProjectFile } from '../project-file/schema.ts'

/**
 * Takes out, in place, what is too unsteady to print: quotients over few people (`rateFloor`), and
 * shares, ratios and measures of areas with few inhabitants (`areaFloor`).
 *
 * To be called last, on cleared figures: it decides by printed numbers alone, so that the sign it
 * leaves says nothing that the numbers beside it do not. Where the inhabitants are suppressed, so is
 * what depends on them.
 */
export function applyQuality (figures: Figures, quotients: readonly Quotient[], file: ProjectFile, locate: Locate = () => ({})): Problem[] {
  const kinds = new Map(file.indicators.map(indicator => [indicator.id, indicator]))
  const measures = [...figures.columns.values()].filter(({ indicator }) => kinds.get(indicator)?.kind === 'measure')
  const columns = [...quotients.map(({ column }) => column), ...measures]
  const problems = applyAreaFloors(figures, columns, file, locate)

  // A denominator with decimals is an extent, such as hectares: it is not few for being below a hundred.
  const overPeople = quotients.filter(({ indicator, denominator }) =>
    indicator.kind !== 'measure' && denominator.every(column => kinds.get(column.indicator)?.decimals === 0))
  for (const quotient of overPeople) applyRateFloor(quotient)
  return [...problems, ...summary(columns)]
}

function applyRateFloor ({ column: { cells, rules }, denominator }: Quotient): void {
  cells.forEach((cell, area) => {
    if (cell.status !== 'observed') return
    const people = denominator.reduce((sum, { cells }) => sum + (valueOf(cells[area]!) ?? 0), 0)
    if (people < rules.rateFloor) cells[area] = missing('unreliable')
  })
}

function applyAreaFloors (figures: Figures, columns: readonly FigureColumn[], { population }: ProjectFile, locate: Locate): Problem[] {
  const floored = groupBy(columns.filter(({ rules }) => rules.areaFloor > 0), ({ level }) => level)
  return [...floored].flatMap(([level, concerned]) => {
    const inhabitants = listColumns(figures, level).filter(({ indicator }) => indicator === population)
    if (inhabitants.length === 0) {
      const indicators = [...new Set(concerned.map(({ indicator }) => indicator))].join(', ')
      return [problem('protect-no-population', locate(['population']), { level, population: population ?? '–', indicators })]
    }
    for (const column of concerned) applyAreaFloor(column, inhabitants)
    return []
  })
}

function applyAreaFloor ({ cells, period, rules }: FigureColumn, inhabitants: readonly FigureColumn[]): void {
  const day = getPeriod(period).to
  const nearest = inhabitants.toSorted((a, b) => byNearness(a.period, b.period, day))
  cells.forEach((cell, area) => {
    if (cell.status !== 'observed') return
    const known = nearest.map(column => column.cells[area]!).find(({ status }) => status !== 'missing')
    if (known === undefined) cells[area] = missing('unreliable')
    else if (known.status === 'suppressed') cells[area] = suppressed
    else if (known.status === 'observed' && known.value < rules.areaFloor) cells[area] = missing('unit-too-small')
  })
}

/** The latest day up to `day` first, back to the oldest; then the days after it. */
function byNearness (a: string, b: string, day: string): number {
  const [aIsLater, bIsLater] = [getPeriod(a).to > day, getPeriod(b).to > day]
  if (aIsLater !== bIsLater) return Number(aIsLater) - Number(bIsLater)
  return aIsLater ? comparePeriods(a, b) : comparePeriods(b, a)
}

function valueOf (cell: Cell): number | undefined {
  return cell.status === 'observed' ? cell.value : undefined
}

function summary (columns: readonly FigureColumn[]): Problem[] {
  const withFloor = columns.filter(({ rules }) => rules.rateFloor > 0 || rules.areaFloor > 0)
  const countOf = (reason: string) => withFloor.reduce((sum, { cells }) => sum + cells.filter(cell => cell.status === 'missing' && cell.reason === reason).length, 0)
  const [unreliable, small] = [countOf('unreliable'), countOf('unit-too-small')]
  return unreliable + small === 0 ? [] : [problem('protect-quality', {}, { unreliable, small })]
}
