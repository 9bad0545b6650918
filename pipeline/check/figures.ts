import type { Level } from '../../core/area.ts'
import type { Place, Problem } from '../../core/problem.ts'
import type { Figures } from '../figures.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { listDeliveredSeries } from './delivered-series.ts'
import { jumpProblems } from './jumps.ts'
import { rangeProblems } from './ranges.ts'
import { sameTwiceProblems } from './same-twice.ts'
import { swapProblems } from './swaps.ts'

/**
 * What is possible and yet hard to believe: jumps against the period before, a column in another
 * unit, exchanged years, the same column twice, shares above a hundred.
 *
 * @param place of findings whose file is not known
 */
export function checkFigures (figures: Figures, levels: readonly Level[], file: ProjectFile, place: Place): Problem[] {
  const delivered = listDeliveredSeries(figures, levels, file)
  return [
    ...delivered.flatMap(series => [...rangeProblems(series, file, place), ...jumpProblems(series, file, place), ...sameTwiceProblems(series, file, place)]),
    ...swapProblems(delivered, file, place),
  ]
}
