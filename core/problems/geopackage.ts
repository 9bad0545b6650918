import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with a GeoPackage. */
export const geopackageProblems = {
} as const satisfies ProblemCatalogue
