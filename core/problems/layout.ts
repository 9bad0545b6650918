import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the shape of a table: its heads, its signs, its numbers, its rows. */
export const layoutProblems = {
} as const satisfies ProblemCatalogue
