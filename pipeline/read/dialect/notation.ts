import type { NumberNotation } from '../number-text.ts'
import { trimBlanks } from '../number-text.ts'

/** A cell that shows how numbers are written. */
export interface NumberWitness {
  readonly text: string
  readonly line: number
  /** From 0. */
  readonly column: number
}

export type NotationGuess =
  | { readonly notation: NumberNotation, readonly seen: NumberSigns }
  /** One cell is only a number with a decimal comma, the other only with a decimal point. */
  | { readonly comma: NumberWitness, readonly point: NumberWitness }

/** Which signs the numbers hold, so that a note speaks only of what is there. */
export interface NumberSigns {
  readonly decimal: boolean
  readonly thousands: boolean
  /** Some `1.234` that may be 1234 or 1.234. */
  readonly undecided: boolean
}

export interface StatedNotation {
  readonly decimal?: ',' | '.' | undefined
  readonly thousands?: NumberNotation['thousands'] | undefined
  /** The decimal sign was written by the reader of a workbook: it says nothing about numbers that the sheet holds as text. */
  readonly isOfWorkbook?: boolean
}

/**
 * How a table writes its numbers, by what its cells allow: `12,5` and `1.234,5` only with a decimal comma, `12.5` and `1,234.5`
 * only with a decimal point. A single `1.234` allows both; where no other cell decides, it stays undecided.
 * What is stated wins.
 */
export function detectNotation (rows: ReadonlyArray<{ readonly line: number, readonly fields: readonly string[] }>, columns: readonly number[], stated: StatedNotation): NotationGuess {
  if (stated.decimal !== undefined && stated.thousands !== undefined) {
    return { notation: { decimal: stated.decimal, thousands: stated.thousands }, seen: { decimal: true, thousands: true, undecided: false } }
  }
  const found = collectEvidence(rows, columns)
  const { comma, point } = found
  if (stated.decimal === undefined && comma && point) return { comma, point }
  const undecided = stated.decimal === undefined && stated.thousands === undefined && !comma && !point && (found.undecidedPoint || found.undecidedComma)
  const decimal = stated.decimal ?? decimalBeside(stated.thousands) ?? (point ? '.' : ',')
  const thousands = stated.thousands ?? detectThousands(found, decimal, stated.isOfWorkbook ?? false)
  return {
    notation: { decimal, ...(thousands === undefined ? {} : { thousands }), ...(undecided ? { undecided: true } : {}) },
    seen: { decimal: (decimal === ',' ? comma : point) !== undefined, thousands: thousands !== undefined, undecided },
  }
}

/** Whoever says that points separate thousands has said that the comma is the decimal sign. */
function decimalBeside (thousands: NumberNotation['thousands']): ',' | '.' | undefined {
  return thousands === '.' ? ',' : thousands === ',' ? '.' : undefined
}

function detectThousands (found: Evidence, decimal: ',' | '.', isOfWorkbook: boolean): NumberNotation['thousands'] | undefined {
  const isComma = decimal === ','
  const isDecided = !isOfWorkbook && (isComma ? found.comma : found.point) !== undefined
  const grouped = isComma
    ? found.groupedByPoint || (isDecided && found.undecidedPoint)
    : found.groupedByComma || (isDecided && found.undecidedComma)
  const signs = [grouped && (isComma ? '.' : ','), found.groupedByBlank && ' ', found.groupedByApostrophe && "'"] as const
  const [first, second] = signs.filter(sign => sign !== false)
  // Two signs in one table: what is unambiguous is read, the rest is asked for.
  return second === undefined ? first : undefined
}

interface Evidence {
  comma?: NumberWitness
  point?: NumberWitness
  groupedByPoint: boolean
  groupedByComma: boolean
  groupedByBlank: boolean
  groupedByApostrophe: boolean
  undecidedPoint: boolean
  undecidedComma: boolean
}

const hasSeparator = /\d[., '\u2019\u00a0\u2007\u2009\u202f]\d|^[-(]?[.,]\d/

const plainDecimal = /^\d+([.,])(?:\d{1,2}|\d{4,})$/

function collectEvidence (rows: ReadonlyArray<{ readonly line: number, readonly fields: readonly string[] }>, columns: readonly number[]): Evidence {
  const found: Evidence = { groupedByPoint: false, groupedByComma: false, groupedByBlank: false, groupedByApostrophe: false, undecidedPoint: false, undecidedComma: false }
  for (const { line, fields } of rows) {
    for (const column of columns) {
      const text = fields[column] ?? ''
      if (!hasSeparator.test(text)) continue
      const plain = plainDecimal.exec(text)?.[1]
      // Nearly all cells: one sign, and not three digits behind it.
      if (plain === undefined) weigh(found, { text, line, column })
      else if (plain === ',') found.comma ??= { text, line, column }
      else found.point ??= { text, line, column }
    }
  }
  return found
}

function weigh (found: Evidence, cell: NumberWitness): void {
  const digits = trimBlanks(cell.text).replace(/^\(?[-+\u2212]?/, '').replace(/[\s\u00a0\u2007\u2009\u202f]*[)%prs]*$/, '').replace(/E[+-]\d+$/, '')
  const parts = /^(\d*(?:[., '\u2019\u00a0\u2007\u2009\u202f]\d+)*)$/.test(digits) ? digits.split(/(\D)/) : []
  const signs = parts.filter((_, i) => i % 2 === 1)
  if (signs.length === 0) return
  const numbers = parts.filter((_, i) => i % 2 === 0)
  const last = signs.at(-1)!
  const isGrouped = (count: number) => /^[1-9]\d{0,2}$/.test(numbers[0]!) && numbers.slice(1, count).every(number => number.length === 3) && signs.slice(0, count - 1).every(sign => sign === signs[0])

  if (signs.length === 1 && isPoint(last) && isGrouped(2)) found[last === ',' ? 'undecidedComma' : 'undecidedPoint'] = true
  else if (isGrouped(numbers.length)) note(found, signs[0]!, undefined, cell)
  else if (isPoint(last) && signs.length === 1) note(found, undefined, last, cell)
  else if (isPoint(last) && signs[0] !== last && isGrouped(numbers.length - 1)) note(found, signs[0]!, last, cell)
}

function isPoint (sign: string): sign is ',' | '.' {
  return sign === ',' || sign === '.'
}

/** A sign that groups is no decimal sign, so the other one is. */
function note (found: Evidence, group: string | undefined, decimal: ',' | '.' | undefined, cell: NumberWitness): void {
  if (group === '.') found.groupedByPoint = true
  else if (group === ',') found.groupedByComma = true
  else if (group === "'" || group === '\u2019') found.groupedByApostrophe = true
  else if (group !== undefined) found.groupedByBlank = true
  const sign = decimal ?? (group === '.' ? ',' : group === ',' ? '.' : undefined)
  if (sign === ',') found.comma ??= cell
  else if (sign === '.') found.point ??= cell
}
