import type { Indicator } from './indicator.ts'
import type { Language } from './edition.ts'
import { localise } from './edition.ts'

export interface NumberFormat {
  /** Digits after the decimal comma, 0 to 15. */
  readonly decimals: number
  readonly language: Language
  /** Writes a plus sign before values above zero, as in a migration balance. */
  readonly signed?: boolean
}

/** U+00A0: a number and its unit stay on one line. */
export const noBreakSpace = '\u00A0'

const marks = {
  de: { decimal: ',', group: '.' },
  en: { decimal: '.', group: ',' },
} as const

/**
 * A number as people read it: `1.234,5` in German, `1,234.5` in English, U+2212 as minus.
 *
 * Rounds half away from zero on the shortest decimal form, as a spreadsheet does: 1.005 with two
 * digits is 1,01. What rounds to zero has no sign. Written by hand because Intl's output differs
 * between the versions of Node and of browsers, and server and viewer must print the same.
 */
export function formatNumber (value: number, { decimals, language, signed = false }: NumberFormat): string {
  const digits = roundToText(Math.abs(value), decimals)
  const [whole, fraction] = digits.split('.') as [string, string | undefined]
  const grouped = whole.length < 4 ? whole : whole.replaceAll(/\B(?=(\d{3})+$)/g, marks[language].group)
  const isZero = !/[1-9]/.test(digits)
  const sign = isZero ? '' : value < 0 ? '\u2212' : signed ? '+' : ''
  return `${sign}${grouped}${fraction === undefined ? '' : marks[language].decimal + fraction}`
}

/** A value with the decimals, the sign and the unit of its indicator: `12,5 %`. */
export function formatValue (value: number, indicator: Pick<Indicator, 'decimals' | 'signed' | 'unit'>, language: Language): string {
  const { decimals, signed } = indicator
  const unit = localise(indicator.unit, language)
  const number = formatNumber(value, { decimals, language, signed })
  return unit === '' ? number : `${number}${noBreakSpace}${unit}`
}

/** A number for a spreadsheet: every digit, decimal comma in German, no grouping, ASCII minus. */
export function formatPlainNumber (value: number, language: Language): string {
  return String(value).replace('.', marks[language].decimal)
}

/** @param magnitude zero or above */
function roundToText (magnitude: number, decimals: number): string {
  const text = String(magnitude)
  if (magnitude >= 1e21) return BigInt(magnitude).toString()
  if (magnitude < 1e-6) return magnitude.toFixed(decimals) // written with an exponent; binary rounding is good enough
  return Number(`${Math.round(Number(`${text}e${decimals}`))}e-${decimals}`).toFixed(decimals)
}
