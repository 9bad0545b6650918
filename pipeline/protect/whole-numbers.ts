import type { Highs } from 'highs'

/** A number that nobody told us: delivered as suppressed, or the part of an area that another cuts off. */
export interface Unknown {
  readonly lower: number
  /** Infinity where nothing is known. */
  readonly upper: number
}

/** `Σ coefficient · unknown = constant`. */
export interface WholeEquation {
  readonly unknowns: readonly number[]
  readonly coefficients: readonly number[]
  readonly constant: number
}

/** Finds whole numbers within their bounds that fulfil all equations; `undefined` where there are none. */
export type FindWholeNumbers = (unknowns: readonly Unknown[], equations: readonly WholeEquation[]) => number[] | undefined

let solver: Promise<Highs> | undefined

/**
 * Whole numbers by HiGHS. The value of such a cell is a stand-in for one that we do not have; what
 * is proved about it holds for every other value that fits as well.
 */
export async function loadWholeNumbers (): Promise<FindWholeNumbers> {
  // Its types describe the CommonJS build, where the loader lies one level deeper.
  solver ??= import('highs').then(module => (module.default as unknown as typeof module.default.default)())
  const highs = await solver
  return (unknowns, equations) => {
    if (unknowns.length === 0) return equations.every(({ constant }) => constant === 0) ? [] : undefined
    // A limit in steps, not in seconds: the same on every machine.
    const { Status, Columns } = highs.solve(toProgram(unknowns, equations), { output_flag: false, mip_max_nodes: mostNodes })
    if (Status !== 'Optimal') return undefined
    const found = unknowns.map((_, index) => Math.round((Columns[`x${index}`] as { Primal: number }).Primal))
    return isSolution(found, unknowns, equations) ? found : undefined
  }
}

/** Sums in trees and overlays are solved at the first; more than this means that there is no solution. */
const mostNodes = 20_000

/** In the LP format of CPLEX; terms on lines of their own, since lines have a longest length. */
function toProgram (unknowns: readonly Unknown[], equations: readonly WholeEquation[]): string {
  const rows = equations.map(({ unknowns, coefficients, constant }, row) =>
    ` r${row}:\n${unknowns.map((unknown, index) => `  ${coefficients[index]! < 0 ? '-' : '+'} ${Math.abs(coefficients[index]!)} x${unknown}`).join('\n')}\n  = ${constant}`)
  const bounds = unknowns.map(({ lower, upper }, index) => upper === Infinity ? ` x${index} >= ${lower}` : ` ${lower} <= x${index} <= ${upper}`)
  const names = unknowns.map((_, index) => ` x${index}`)
  return ['Minimize', ' cost: 0 x0', 'Subject To', ...rows, 'Bounds', ...bounds, 'General', ...names, 'End', ''].join('\n')
}

/** The solver works with fractions; only what is exactly right counts. */
function isSolution (found: readonly number[], unknowns: readonly Unknown[], equations: readonly WholeEquation[]): boolean {
  return unknowns.every(({ lower, upper }, index) => found[index]! >= lower && found[index]! <= upper) &&
    equations.every(({ unknowns, coefficients, constant }) => unknowns.reduce((sum, unknown, index) => sum + coefficients[index]! * found[unknown]!, 0) === constant)
}
