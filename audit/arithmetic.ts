import type { Block } from '../core/release.ts'
import { findCombination } from './combination.ts'
import { addTerm, boundOf, formatSum, type Sum, type Term } from './sum.ts'

export interface Explanation {
  readonly arithmetic: string
  readonly uses: readonly string[]
}

/** How somebody with paper and pencil finds the bounds of a cell. */
export type Explain = (cell: number, lower: number, upper: number) => Promise<Explanation>

/**
 * Explains in the shortest way that can be found: one equation; equations that solve each other one
 * by one; a combination of equations in which everything unprinted cancels; bounds. Where none of
 * these will do, because it takes whole numbers in several places, the line states only the result.
 */
export function createExplainer (block: Block, isKnown: Uint8Array): Explain {
  let solved: ReadonlyMap<number, number> | undefined
  let programs = 0
  return async (cell, lower, upper) => {
    if (isKnown[cell] === 1) return { arithmetic: `x = ${block.values[cell]}`, uses: [block.cells[cell]!] }
    if (lower === upper) {
      solved ??= solveOneByOne(block, isKnown)
      const chain = expand(block, isKnown, solved, cell)
      if (chain) return formatEquality(block, chain)
    }
    const high = boundByOne(block, isKnown, cell, upper, 1)
    const low = boundByOne(block, isKnown, cell, lower, -1)
    if (high && low) return formatBounds(block, low, high)
    if (programs++ >= maximumPrograms) return formatPlain(lower, upper)
    const equality = lower === upper ? await findCombination(block, isKnown, cell, lower, 0) : undefined
    if (equality) return formatEquality(block, equality)
    const combinedHigh = high ?? await findCombination(block, isKnown, cell, upper, 1)
    const combinedLow = low ?? await findCombination(block, isKnown, cell, lower, -1)
    return combinedHigh && combinedLow ? formatBounds(block, combinedLow, combinedHigh) : formatPlain(lower, upper)
  }
}

/** Combinations are searched by a program each, some milliseconds; nobody reads more of them than this per block. */
const maximumPrograms = 25
/** No line is longer. */
const maximumTerms = 60

/** The equation that gives each cell, once those before it are known: round after round, so that chains are short. */
function solveOneByOne ({ equations: { starts, columns }, incidence }: Block, isKnown: Uint8Array): ReadonlyMap<number, number> {
  const solved = new Map<number, number>()
  const isOpen = (cell: number) => isKnown[cell] === 0 && !solved.has(cell)
  const open = new Int32Array(starts.length - 1)
  for (let row = 0; row < open.length; row++) {
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) if (isOpen(columns[entry]!)) open[row]!++
  }
  let ready = Array.from(open.keys()).filter(row => open[row] === 1)
  while (ready.length > 0) {
    // Equations solved in one round do not build on each other; of two for one cell the shorter wins.
    const round = new Map<number, number>()
    for (const row of ready) {
      const cell = columns.subarray(starts[row]!, starts[row + 1]!).find(isOpen)
      if (cell === undefined) continue
      const other = round.get(cell)
      if (other === undefined || starts[row + 1]! - starts[row]! < starts[other + 1]! - starts[other]!) round.set(cell, row)
    }
    ready = []
    for (const [cell, row] of round) {
      solved.set(cell, row)
      for (let entry = incidence.starts[cell]!; entry < incidence.starts[cell + 1]!; entry++) {
        if (--open[incidence.columns[entry]!]! === 1) ready.push(incidence.columns[entry]!)
      }
    }
  }
  return solved
}

/** The cell as a sum of known numbers, or `undefined` where it takes more than solving one by one. */
function expand (block: Block, isKnown: Uint8Array, solved: ReadonlyMap<number, number>, cell: number): Sum | undefined {
  const { values, equations: { starts, columns, coefficients } } = block
  const sum = new Map<number, Term>()
  const waiting: Array<{ cell: number, factor: number }> = [{ cell, factor: 1 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (isKnown[next.cell] === 1) {
      addTerm(sum, next.cell, next.factor, values[next.cell]!)
      continue
    }
    const row = solved.get(next.cell)
    if (row === undefined || waiting.length > 10 * maximumTerms) return undefined
    const own = findCoefficient(block, row, next.cell)
    for (let entry = starts[row + 1]! - 1; entry >= starts[row]!; entry--) {
      if (columns[entry] !== next.cell) waiting.push({ cell: columns[entry]!, factor: -next.factor * coefficients[entry]! / own })
    }
  }
  return sum.size <= maximumTerms ? sum : undefined
}

function findCoefficient ({ equations: { starts, columns, coefficients } }: Block, row: number, cell: number): number {
  for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) if (columns[entry] === cell) return coefficients[entry]!
  return 0
}

/** The sum that bounds the cell by `bound` from above (side 1) or below (−1), from its own bound or from one equation. */
function boundByOne (block: Block, isKnown: Uint8Array, cell: number, bound: number, side: 1 | -1): Sum | undefined {
  if ((side > 0 ? block.upper : block.lower)[cell] === bound) return new Map([[cell, { factor: 1, number: bound }]])
  const { equations: { starts, columns, coefficients }, incidence } = block
  let shortest: Map<number, Term> | undefined
  for (let use = incidence.starts[cell]!; use < incidence.starts[cell + 1]!; use++) {
    const [row, own] = [incidence.columns[use]!, incidence.coefficients[use]!]
    const sum = new Map<number, Term>()
    let total = 0
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) {
      const other = columns[entry]!
      if (other === cell) continue
      const factor = -coefficients[entry]! / own
      const number = boundOf(block, isKnown, other, side * factor)
      total += factor * number
      addTerm(sum, other, factor, number)
    }
    const isHit = Number.isFinite(total) && side * Math.floor(side * total + 1e-6) === bound
    if (isHit && (!shortest || countTerms(sum) < countTerms(shortest))) shortest = sum
  }
  return shortest
}

function countTerms (sum: Sum): number {
  return [...sum.values()].filter(({ number }) => number !== 0).length
}

function formatEquality (block: Block, sum: Sum): Explanation {
  const { text, uses } = formatSum(block, sum)
  return { arithmetic: `x = ${text}`, uses }
}

function formatBounds (block: Block, low: Sum, high: Sum): Explanation {
  const [from, to] = [formatSum(block, low), formatSum(block, high)]
  return { arithmetic: `${from.text} <= x <= ${to.text}`, uses: [...from.uses, ...to.uses] }
}

/** The result alone. */
export function formatPlain (lower: number, upper: number): Explanation {
  return { arithmetic: lower === upper ? `x = ${lower}` : `${lower} <= x <= ${upper}`, uses: [] }
}
