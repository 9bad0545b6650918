import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with rows about persons, with street lists, with requests, and what was deleted. */
export const recordsProblems = {
} as const satisfies ProblemCatalogue
