import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with lists of facilities. */
export const facilitiesProblems = {
} as const satisfies ProblemCatalogue
