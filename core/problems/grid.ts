import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with census grids. */
export const gridProblems = {
} as const satisfies ProblemCatalogue
