import type { FacilityLayer } from '../../core/edition.ts'
import type { Problem } from '../../core/problem.ts'
import type { Figures } from '../figures.ts'
import type { Boundaries } from '../levels.ts'
import type { Project } from '../project-file/project.ts'
import type { Audience } from '../../core/edition.ts'

/** Reads lists of facilities, refuses places that must not be known, and counts the rest into areas. */
export async function readFacilities (_project: Project, _boundaries: Boundaries, _figures: Figures, _audience: Audience): Promise<{ layers: FacilityLayer[], problems: Problem[] }> {
  return { layers: [], problems: [] }
}
