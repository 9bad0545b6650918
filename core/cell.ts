/** Why there is no value although nothing is kept secret. */
export type MissingReason =
  | 'not-delivered'
  | 'pending' // …  the value will come later
  | 'unreliable' // /  the publisher does not trust the value
  | 'not-applicable' // x  the question makes no sense here
  | 'unknown' // .  only where the delivery's legend says so
  | 'unit-too-small' // too few inhabitants for a quality reason, not for secrecy

/** What a reader should know about an observed value. */
export type CellFlag = 'limited' | 'provisional' | 'revised' | 'estimated'

/**
 * What stands in one field of a statistical table: a value, or the reason there is none.
 *
 * A cell is never a bare number: zero, secret and missing are three different statements,
 * from the delivered file to the colour on the map.
 */
export type Cell =
  | { readonly status: 'observed', readonly value: number, readonly flag?: CellFlag }
  | { readonly status: 'suppressed', readonly between?: Between }
  | { readonly status: 'missing', readonly reason: MissingReason }

/**
 * The least and the greatest value that a suppressed cell can have by what is printed, both included: what a reader
 * could compute anyway. It comes from the audit, and looks the same whether the cell was small itself or
 * protects another.
 */
export type Between = readonly [least: number, greatest: number]

/** One letter per status, as in values files and stored columns. */
export type StatusLetter = 'o' | 's' | 'm'

export const missingReasons: readonly MissingReason[] = [
  'not-delivered', 'pending', 'unreliable', 'not-applicable', 'unknown', 'unit-too-small',
]

export const cellFlags: readonly CellFlag[] = ['limited', 'provisional', 'revised', 'estimated']

export const suppressed: Cell = { status: 'suppressed' }

/** @throws RangeError for NaN and infinities: a cell that cannot be printed is not a value */
export function observed (value: number, flag?: CellFlag): Cell {
  if (!Number.isFinite(value)) throw new RangeError(`an observed value must be finite, got ${value}`)
  return flag === undefined ? { status: 'observed', value } : { status: 'observed', value, flag }
}

export function missing (reason: MissingReason): Cell {
  return { status: 'missing', reason }
}
