import type { Block } from '../core/release.ts'
import { solveText } from './integer-optimum.ts'
import { addTerm, boundOf, type Sum, type Term } from './sum.ts'

/**
 * The simplest combination of equations that gives the cell (side 0), or bounds it by `bound` from
 * above (1) or below (−1). Multipliers per equation are the dual of the intruder's linear program,
 * with as few and as small ones as possible.
 *
 * @returns `undefined` where no combination gives the bound, or none near the cell
 */
export async function findCombination (block: Block, isKnown: Uint8Array, cell: number, bound: number, side: 0 | 1 | -1): Promise<Sum | undefined> {
  const { rows, cells } = findSurroundings(block, isKnown, cell)
  const task = { isKnown, cell, side, rows, cells }
  // Only where nothing gives the bound itself: something that gives it once rounded to whole numbers.
  const columns = await solveText(formatProgram(block, { ...task, bound })) ??
    (side === 0 ? undefined : await solveText(formatProgram(block, { ...task, bound: bound + side * (1 - margin) })))
  if (!columns) return undefined
  const { equations: { starts, columns: members, coefficients } } = block
  const sum = new Map<number, Term>()
  for (const row of rows) {
    const multiplier = (columns[`p${row}`]?.Primal ?? 0) - (columns[`n${row}`]?.Primal ?? 0)
    if (Math.abs(multiplier) < 1e-7) continue
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      if (members[entry] !== cell) addTerm(sum, members[entry]!, -snap(multiplier) * coefficients[entry]!, 0)
    }
  }
  // Arithmetic that nobody would do on paper explains nothing.
  if ([...sum.values()].some(({ factor }) => Math.abs(snap(factor) * 12 - Math.round(snap(factor) * 12)) > 1e-9)) return undefined
  // Numbers last: the sign of the whole factor decides which bound counts.
  for (const [other, { factor }] of sum) sum.set(other, { factor: snap(factor), number: boundOf(block, isKnown, other, (side === 0 ? 1 : side) * factor) })
  return sum
}

/** Multipliers are small fractions; twelfths cover what equations with coefficients up to 4 can give. */
function snap (value: number): number {
  const twelfths = Math.round(value * 12)
  return Math.abs(value * 12 - twelfths) < 1e-4 ? twelfths / 12 : value
}

/** Equations around the cell, as far as unprinted cells connect them, and these cells. */
function findSurroundings ({ equations, incidence }: Block, isKnown: Uint8Array, cell: number): { rows: number[], cells: number[] } {
  const rows = new Set<number>()
  const cells = new Set([cell])
  for (const next of cells) {
    if (rows.size > maximumRows) break
    for (let use = incidence.starts[next]!; use < incidence.starts[next + 1]!; use++) {
      const row = incidence.columns[use]!
      rows.add(row)
      for (let entry = equations.starts[row]!; entry < equations.starts[row + 1]!; entry++) {
        if (isKnown[equations.columns[entry]!] === 0) cells.add(equations.columns[entry]!)
      }
    }
  }
  return { rows: [...rows], cells: [...cells] }
}

/** An explanation with more equations would not be one. */
const maximumRows = 300

interface Task { isKnown: Uint8Array, cell: number, bound: number, side: 0 | 1 | -1, rows: readonly number[], cells: readonly number[] }

/**
 * Multiplier of equation e: p − n. For every unprinted cell Σ multiplier · coefficient = m − l:
 * `m` parts are bounded by its one end, `l` parts by its other; there are none of them on side 0.
 */
function formatProgram (block: Block, { isKnown, cell, bound, side, rows, cells }: Task): string {
  const { equations: { starts, columns, coefficients }, values } = block
  const balances = new Map<number, string[]>(cells.map(other => [other, []]))
  const result: string[] = []
  const costs: string[] = []
  for (const row of rows) {
    let [printed, constant] = [0, 0]
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const other = columns[entry]!
      const coefficient = coefficients[entry]!
      if (isKnown[other] === 1) {
        constant -= coefficient * values[other]!
        printed += values[other] === 0 ? 0 : 1
      } else {
        balances.get(other)?.push(`${format(coefficient)} p${row} ${format(-coefficient)} n${row}`)
      }
    }
    costs.push(`+ ${printed + 1} p${row} + ${printed + 1} n${row}`)
    if (constant !== 0) result.push(`${format(constant)} p${row} ${format(-constant)} n${row}`)
  }
  const constraints: string[] = []
  for (const [other, terms] of balances) {
    if (other === cell) {
      constraints.push(`${terms.join('\n')} = 1`)
      continue
    }
    const parts: string[] = []
    // x = constant − Σ (m − l) · other: from above, m counts with the least of the other cell, l with its most.
    const [ofM, ofL] = side > 0 ? [block.lower[other]!, block.upper[other]!] : [block.upper[other]!, block.lower[other]!]
    if (side !== 0 && Number.isFinite(ofM)) {
      parts.push(`- 1 m${other}`)
      costs.push(`+ 2 m${other}`)
      if (ofM !== 0) result.push(`${format(-ofM)} m${other}`)
    }
    if (side !== 0 && Number.isFinite(ofL)) {
      parts.push(`+ 1 l${other}`)
      costs.push(`+ 2 l${other}`)
      if (ofL !== 0) result.push(`${format(ofL)} l${other}`)
    }
    if (terms.length > 0) constraints.push(`${[...terms, ...parts].join('\n')} = 0`)
  }
  if (side !== 0 && result.length > 0) constraints.push(`${result.join('\n')} ${side > 0 ? '<=' : '>='} ${bound}`)
  return ['Minimize', costs.join('\n'), 'Subject To', ...constraints, 'End'].join('\n')
}

/** What keeps a fraction from being rounded to the next whole number. */
const margin = 0.001

function format (value: number): string {
  return value < 0 ? `- ${-value}` : `+ ${value}`
}
