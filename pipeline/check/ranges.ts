import { problem, type Place, type Problem, type ProblemCode } from '../../core/problem.ts'
import { numberFact, quoteList } from '../facts.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { toLocalised } from '../project-file/project.ts'
import { columnFacts, placeOfColumn, valueOf, type DeliveredSeries } from './delivered-series.ts'

/** Measures that cannot be: percent above a hundred, and less than nothing where the indicator has no sign. Counts are looked at when they are read. */
export function rangeProblems (series: DeliveredSeries, file: Pick<ProjectFile, 'deliveries'>, otherwise: Place): Problem[] {
  const { indicator } = series
  if (indicator.kind !== 'measure') return []
  const isPercent = toLocalised(indicator.unit ?? '').de.trim() === '%'
  return [
    ...(isPercent ? outside(series, 'plausible-above-hundred', value => value > 100, file, otherwise) : []),
    ...(indicator.signed === true ? [] : outside(series, 'plausible-negative', value => value < 0, file, otherwise)),
  ]
}

function outside (series: DeliveredSeries, code: ProblemCode, isOutside: (value: number) => boolean, file: Pick<ProjectFile, 'deliveries'>, otherwise: Place): Problem[] {
  return series.columns.flatMap(column => {
    const found = series.level.areas.flatMap((area, index) => {
      const value = valueOf(column.cells[index])
      return value !== undefined && isOutside(value) ? [{ area, value }] : []
    })
    const [first] = found
    if (!first) return []
    return [problem(code, placeOfColumn(column, file, otherwise), {
      ...columnFacts(series, column.period, [column.period]),
      value: numberFact(first.value),
      count: found.length,
      areas: quoteList(found.map(({ area: { name } }) => name), 5),
      ...(found.length === 1 && { area: first.area.id }),
    })]
  })
}
