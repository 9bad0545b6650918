import type { Highs } from 'highs'
import type { Component } from './component.ts'

/**
 * How far a column of the component can move among whole tables: exact, and slow. The solver is
 * loaded only when it is needed, which is rare.
 *
 * @param held columns that stay at their true value
 * @returns the shift, ±Infinity where nothing stops it, `undefined` where the solver gave up
 */
export async function findIntegerOptimum (component: Component, column: number, direction: 1 | -1, held: readonly number[] = []): Promise<number | undefined> {
  const { solve } = await loadSolver()
  const { Status: status, ObjectiveValue: value } = solve(formatProgram(component, column, direction, held), { output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 0.5 })
  if (status === 'Optimal') return Math.round(value)
  // Every program here has a solution, the true table.
  return status === 'Unbounded' || status === 'Primal infeasible or unbounded' ? direction * Infinity : undefined
}

/** The columns of the optimum of a linear program in the LP format, or `undefined` where there is none. */
export async function solveText (program: string): Promise<Record<string, { Primal?: number }> | undefined> {
  const { solve } = await loadSolver()
  const { Status: status, Columns: columns } = solve(program, { output_flag: false, time_limit: seconds })
  return status === 'Optimal' ? columns : undefined
}

const seconds = 20

let solver: Promise<Highs> | undefined

async function loadSolver (): Promise<Highs> {
  // Its types describe the CommonJS build, where the loader lies one level deeper.
  solver ??= import('highs').then(module => (module.default as unknown as typeof module.default.default)())
  return await solver
}

/** In the LP format of CPLEX. */
function formatProgram ({ rows, lower, upper }: Component, column: number, direction: 1 | -1, held: readonly number[]): string {
  const constraints: string[] = []
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    const terms: string[] = []
    for (let entry = rows.starts[row]!; entry < rows.starts[row + 1]!; entry++) terms.push(`${signed(rows.coefficients[entry]!)} c${rows.columns[entry]}`)
    if (terms.length > 0) constraints.push(`${terms.join(' ')} = 0`)
  }
  const isHeld = new Set(held)
  const bounds = Array.from(lower, (low, other) => isHeld.has(other) ? `c${other} = 0` : `${bound(low)} <= c${other} <= ${bound(upper[other]!)}`)
  const names = Array.from(lower, (_, other) => `c${other}`)
  return [direction > 0 ? 'Maximize' : 'Minimize', `c${column}`, 'Subject To', ...constraints, 'Bounds', ...bounds, 'General', ...names, 'End'].join('\n')
}

function signed (coefficient: number): string {
  return coefficient < 0 ? `- ${-coefficient}` : `+ ${coefficient}`
}

function bound (value: number): string {
  return Number.isFinite(value) ? String(value) : value < 0 ? '-inf' : '+inf'
}
