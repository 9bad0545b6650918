import type { ProblemCatalogue } from '../problem.ts'

/** What is possible and yet hard to believe, and what was accepted all the same. */
export const plausibleProblems = {
} as const satisfies ProblemCatalogue
