import { problem, type Place, type Problem } from '../../core/problem.ts'
import { periodFact } from '../facts.ts'
import type { FigureColumn } from '../figures.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { columnFacts, placeOfColumn, valueOf, type DeliveredSeries } from './delivered-series.ts'
import { chanceOfStandstill, fewestAreas, fewestFigures } from './thresholds.ts'

/** Periods with the same figures in all areas as the one before: probably the same column, delivered twice. */
export function sameTwiceProblems (series: DeliveredSeries, file: Pick<ProjectFile, 'deliveries'>, otherwise: Place): Problem[] {
  const { columns, indicator } = series
  const pairs = columns.slice(1).map((column, position) => ({ earlier: columns[position]!, column }))
  const equal = pairs.filter(({ earlier, column }) => isSame(earlier, column))
  const others = pairs.filter(pair => !equal.includes(pair))
  // What hardly ever changes, such as the size of an area, may stand still everywhere once more; people never do.
  if (others.length === 0 ? indicator.decimals > 0 || pairs.length > 1 : standsStill(others)) return []
  return equal.map(({ earlier, column }) => problem('plausible-same-twice', placeOfColumn(column, file, otherwise), {
    ...columnFacts(series, column.period, [earlier.period, column.period]),
    before: periodFact(earlier.period),
    areas: series.level.areas.length,
  }))
}

/** Whether all areas of a column may well be the same by chance, as often as they are in other periods. */
function standsStill (pairs: ReadonlyArray<{ readonly earlier: FigureColumn, readonly column: FigureColumn }>): boolean {
  const steps = pairs.flatMap(({ earlier, column }) => column.cells.flatMap((cell, area) => {
    const [before, after] = [valueOf(earlier.cells[area]), valueOf(cell)]
    return before === undefined || after === undefined ? [] : [before === after]
  }))
  const share = steps.filter(isEqual => isEqual).length / Math.max(1, steps.length)
  return share ** pairs[0]!.column.cells.length > chanceOfStandstill
}

function isSame (earlier: FigureColumn, column: FigureColumn): boolean {
  const [before, after] = [earlier, column].map(({ cells }) => cells.map(valueOf)) as [Array<number | undefined>, Array<number | undefined>]
  const known = before.filter(value => value !== undefined)
  return known.length >= fewestAreas && new Set(known).size >= fewestFigures && before.every((value, index) => value === after[index])
}
