import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong where boundaries change, or where areas are made of others. */
export const crosswalkProblems = {
} as const satisfies ProblemCatalogue
