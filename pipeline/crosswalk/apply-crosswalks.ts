import type { Remark } from '../../core/edition.ts'
import type { Problem } from '../../core/problem.ts'
import type { Figures } from '../figures.ts'
import type { Boundaries } from '../levels.ts'
import type { Project } from '../project-file/project.ts'

/**
 * Carries series over a re-cut: printed counts of the old boundaries are apportioned to the new ones and flagged estimated,
 * quotients are recomputed from them. It runs after `protect`, so that an estimate says nothing that is not printed already:
 * an old area that is suppressed suppresses every new one it contributes to.
 *
 * @param figures after `protect`; changed in place
 */
export async function applyCrosswalks (_project: Project, _boundaries: Boundaries, _figures: Figures): Promise<{ remarks: Remark[], problems: Problem[] }> {
  return { remarks: [], problems: [] }
}
