import type { Remark } from '../../core/edition.ts'
import type { Problem } from '../../core/problem.ts'
import type { Figures } from '../figures.ts'
import type { ProjectFile } from '../project-file/schema.ts'

/** Findings of a run, with those turned into notes that the project accepted with a reason. */
export function acceptProblems (problems: readonly Problem[], _file: ProjectFile): Problem[] {
  return [...problems]
}

/** What readers learn of accepted findings, at printed figures only. `figures` are those after protection. */
export function acceptedRemarks (_problems: readonly Problem[], _file: ProjectFile, _figures: Figures): Remark[] {
  return []
}
