import type { Cell, CellFlag, MissingReason } from '../../core/cell.ts'
import type { NumberNotation } from './number-text.ts'
import { missing, observed, suppressed } from '../../core/cell.ts'
import { parseNumberText, trimBlanks } from './number-text.ts'

/** What the signs of a delivery mean, by the sign as it is written; `''` is the blank field. */
export type Legend = Readonly<Record<string, SignMeaning>>

export type SignMeaning = 'zero' | 'suppressed' | MissingReason

export interface CellNotation extends NumberNotation {
  readonly legend: Legend
}

/** Why a field cannot be read; `ambiguous-number` is a number that can mean two. */
export type CellFault = 'unknown-sign' | 'ambiguous-number' | 'out-of-range'

/**
 * The cell a field of a table stands for; undefined where only a person can say (`explainCellText` tells why).
 *
 * The legend is asked before the text is read as a number, and a blank field has a meaning only there.
 * A dot is suppressed unless the legend calls it unknown, an asterisk always: official tables use both for secrecy.
 * `(12)` is a value of limited reliability; `12 p`, `12r`, `12 s` are provisional, revised and estimated.
 */
export function parseCellText (text: string, notation: CellNotation): Cell | undefined {
  const cell = readCell(text, notation)
  return typeof cell === 'string' ? undefined : cell
}

/** Why `parseCellText` answers undefined; undefined where it answers a cell. */
export function explainCellText (text: string, notation: CellNotation): CellFault | undefined {
  const cell = readCell(text, notation)
  return typeof cell === 'string' ? cell : undefined
}

function readCell (text: string, notation: CellNotation): Cell | CellFault {
  const sign = trimBlanks(text)
  const meaning = findMeaning(sign, notation.legend)
  if (meaning !== undefined) return toCell(meaning)

  const { digits, flag } = splitFlag(sign)
  const value = parseNumberText(digits, notation)
  if (typeof value === 'number') return observed(value, flag)
  return value === 'no-number' ? 'unknown-sign' : value
}

function findMeaning (sign: string, legend: Legend): SignMeaning | undefined {
  const stated = Object.entries(legend).find(([written]) => trimBlanks(written) === sign)?.[1]
  if (sign === '*') return 'suppressed'
  if (sign === '.' || sign === '•') return stated === 'unknown' ? 'unknown' : 'suppressed'
  return stated
}

function toCell (meaning: SignMeaning): Cell {
  if (meaning === 'zero') return observed(0)
  return meaning === 'suppressed' ? suppressed : missing(meaning)
}

function splitFlag (text: string): { digits: string, flag?: CellFlag } {
  const marked = /^(.*[\d)%])[\s\u00a0\u2009\u202f]*([prs])$/.exec(text)
  const digits = marked?.[1] ?? text
  const bracketed = /^\((.+)\)$/.exec(digits)?.[1]
  if (bracketed !== undefined) return { digits: bracketed, flag: 'limited' }
  const flag = marked?.[2] === undefined ? undefined : flags[marked[2]]
  return flag === undefined ? { digits } : { digits, flag }
}

const flags: Readonly<Record<string, CellFlag>> = { p: 'provisional', r: 'revised', s: 'estimated' }
