import type { Remark } from '../../core/edition.ts'
import type { Problem } from '../../core/problem.ts'
import type { Figures } from '../figures.ts'
import type { Boundaries } from '../levels.ts'
import type { DeliveryEntry } from '../project-file/schema.ts'
import type { Audience } from '../../core/edition.ts'

export interface GridInput {
  readonly delivery: DeliveryEntry
  readonly filePath: string
  readonly displayName: string
  /** Period of the file where the project fixes it. */
  readonly filePeriod?: string
  readonly boundaries: Boundaries
  readonly audience: Audience
}

/** Sums the cells of a census grid into areas, and says how many of them were secret. */
export async function joinGrid (_figures: Figures, _input: GridInput): Promise<{ remarks: Remark[], problems: Problem[] }> {
  return { remarks: [], problems: [] }
}
