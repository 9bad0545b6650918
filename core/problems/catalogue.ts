import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with names of the catalogue, with a workbook of indicators, and with reference areas. */
export const catalogueProblems = {
} as const satisfies ProblemCatalogue
