import type { ProblemCatalogue } from '../problem.ts'

/** What a folder of deliveries looks like, and how new ones differ from the last. */
export const updateProblems = {
} as const satisfies ProblemCatalogue
