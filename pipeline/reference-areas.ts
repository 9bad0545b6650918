import type { ReferenceArea } from '../core/edition.ts'
import type { Problem } from '../core/problem.ts'
import type { Project } from './project-file/project.ts'

/** Reads the figures of areas beyond the map: Kreis, Land, Bund. */
export async function readReferenceAreas (_project: Project): Promise<{ references: ReferenceArea[], problems: Problem[] }> {
  return { references: [], problems: [] }
}
