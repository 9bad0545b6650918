import type { Block } from '../core/release.ts'

/** A sum of numbers that the intruder has, each behind a cell: `Σ factor · number`. */
export type Sum = ReadonlyMap<number, Term>
export interface Term { readonly factor: number, readonly number: number }

export function addTerm (sum: Map<number, Term>, cell: number, factor: number, number: number): void {
  const total = (sum.get(cell)?.factor ?? 0) + factor
  if (Math.abs(total) < 1e-9) sum.delete(cell)
  else sum.set(cell, { factor: total, number })
}

/** The value of a known cell; of another one what everybody knows: the most it can be (sign above 0) or the least. */
export function boundOf ({ values, lower, upper }: Block, isKnown: Uint8Array, cell: number, sign: number): number {
  return isKnown[cell] === 1 ? values[cell]! : (sign > 0 ? upper : lower)[cell]!
}

/** `64 - 20 - 41`, `(9 - 2 * 2) / 2`; what is added comes first, zeros are left out. */
export function formatSum ({ cells }: Block, sum: Sum): { text: string, uses: string[] } {
  const divisor = divisors.find(divisor => [...sum.values()].every(({ factor }) => isWhole(factor * divisor))) ?? 1
  const terms = [...sum].map(([cell, { factor, number }]) => ({ cell, number, factor: Math.round(factor * divisor) }))
  const telling = terms.filter(({ number }) => number !== 0)
  const shown = (telling.length > 0 ? telling : terms.slice(0, 1)).sort((a, b) => Number(b.factor > 0) - Number(a.factor > 0))
  const text = shown.map(({ factor, number }, index) => {
    const sign = index > 0 ? (factor < 0 ? ' - ' : ' + ') : factor < 0 ? '-' : ''
    return `${sign}${Math.abs(factor) === 1 ? '' : `${Math.abs(factor)} * `}${number}`
  }).join('')
  const quotient = shown.length > 1 ? `(${text}) / ${divisor}` : `${text} / ${divisor}`
  return { text: divisor === 1 ? text || '0' : quotient, uses: shown.map(({ cell }) => cells[cell]!) }
}

/** What equations with small coefficients may have to be divided by. */
const divisors = [1, 2, 3, 4, 5, 6, 8, 10, 12]

function isWhole (value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-9
}
