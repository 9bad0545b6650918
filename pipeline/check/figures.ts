import type { Level } from '../../core/area.ts'
import type { Place, Problem } from '../../core/problem.ts'
import type { Figures } from '../figures.ts'
import type { ProjectFile } from '../project-file/schema.ts'

/** What is possible and yet hard to believe: jumps against the period before, swapped years, the same column twice. */
export function checkFigures (_figures: Figures, _levels: readonly Level[], _file: ProjectFile, _place: Place): Problem[] {
  return []
}
