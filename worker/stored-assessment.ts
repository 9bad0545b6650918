import type { Problem } from '../core/problem.ts'
import type { AssessmentText } from '../pipeline/texts/assessment-file.ts'

export type { AssessmentText } from '../pipeline/texts/assessment-file.ts'

/** The text of an area as it lies in the project. */
export interface StoredAssessment {
  /** Name of the file without `.md`: `03` or `stadtteil.03`. */
  readonly name: string
  /** Null where the file cannot be read; the problems say why. */
  readonly entry: AssessmentText | null
  readonly problems: readonly Problem[]
  /** Of the file, in hex: who saves says on which one theirs is based. */
  readonly sha256: string
}

/** Of several texts the one of an area: under its level, else under its key alone. */
export function findStored (stored: readonly StoredAssessment[], level: string, area: string): StoredAssessment | undefined {
  return stored.find(({ name }) => name === `${level}.${area}`) ?? stored.find(({ name }) => name === area)
}
