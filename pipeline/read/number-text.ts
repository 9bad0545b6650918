/** How a delivery writes numbers. */
export interface NumberNotation {
  /** Default `,`. */
  readonly decimal?: ',' | '.'
  /** `''` says that thousands are never separated; left out, only what is unambiguous is read. */
  readonly thousands?: '.' | ',' | ' ' | "'" | ''
  /** Nothing says which of point and comma is the decimal sign: a lone `1.234` or `1,234` is asked for. */
  readonly undecided?: boolean
  /** Cells speak for both decimal signs, which was said of the table: what is ambiguous needs no word of its own. */
  readonly contradicted?: boolean
}

/** Why text is no number: `12.5` where the comma is the decimal sign can mean two numbers. */
export type NumberFault = 'no-number' | 'ambiguous-number' | 'out-of-range'

/**
 * A number as offices write it: `1.234,5`, `1 234` with a no-break or thin space, U+2212 as minus, `12,3 %` (which is 12.3),
 * `1,2E+05` as spreadsheets write it. Only these forms: JavaScript's own conversion reads blanks as 0 and knows hexadecimal.
 *
 * A single group such as `1.234` under a decimal comma is ambiguous unless the notation states the separator.
 * Minus zero becomes zero; beyond 2^53 digits would be lost, so that is out of range.
 */
export function parseNumberText (text: string, notation: NumberNotation): number | NumberFault {
  const decimal = notation.decimal ?? ','
  const parts = /^([-+\u2212]?)(.*?)(?:[ \u00a0\u2009\u202f]?%)?$/.exec(trimBlanks(text))
  const [sign, digits] = [parts?.[1] ?? '', parts?.[2] ?? '']

  const scientific = /^(\d)(?:([.,])(\d+))?E([+-]\d{2,3})$/.exec(digits)
  if (scientific) {
    if (scientific[2] !== undefined && scientific[2] !== decimal) return 'ambiguous-number'
    return toNumber(sign, `${scientific[1]}.${scientific[3] ?? '0'}e${scientific[4]}`)
  }

  if (notation.undecided && /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)) return 'ambiguous-number'
  const plain = withoutGroups(digits, decimal, notation.thousands)
  if (plain !== undefined) return toNumber(sign, plain)
  return /^(?=.*\d)[\d.,' \u00a0\u2007\u2009\u202f]+$/.test(digits) ? 'ambiguous-number' : 'no-number'
}

/** What `1.234` can mean, as numbers with a decimal comma: `['1234', '1,234']`; undefined for text that is no such number. */
export function listReadings (text: string): readonly [whole: string, fraction: string] | undefined {
  const parts = /^([-\u2212]?[1-9]\d{0,2})[.,](\d{3})$/.exec(trimBlanks(text))
  return parts ? [`${parts[1]}${parts[2]}`, `${parts[1]},${parts[2]}`] : undefined
}

/** Without blanks of any kind at both ends: a no-break space is invisible in every program. */
export function trimBlanks (text: string): string {
  if (isPlain(text.charCodeAt(0)) && isPlain(text.charCodeAt(text.length - 1))) return text
  return text.replaceAll(/^[\s\u00a0\u2007\u2009\u202f\ufeff]+|[\s\u00a0\u2007\u2009\u202f\ufeff]+$/g, '')
}

/** Nearly every field begins and ends so, and a table has a hundred thousand of them. */
function isPlain (code: number): boolean {
  return code > 0x20 && code < 0x80
}

/** Digits with a decimal point, `1234.5`; undefined where the separators do not fit the notation. */
function withoutGroups (digits: string, decimal: ',' | '.', thousands: NumberNotation['thousands']): string | undefined {
  const [whole = '', fraction, ...rest] = digits.split(decimal)
  if (rest.length > 0 || (fraction !== undefined && !/^\d+$/.test(fraction))) return undefined
  const end = fraction === undefined ? '' : `.${fraction}`
  if (/^\d+$/.test(whole)) return whole + end
  if (whole === '' && fraction !== undefined) return `0${end}`

  const separator = /^\d{1,3}(\D)\d{3}(?:\1\d{3})*$/.exec(whole)?.[1]
  if (separator === undefined || !mayGroup(separator, thousands)) return undefined
  const groups = whole.split(separator)
  const isStated = thousands !== undefined || /\s/.test(separator)
  return isStated || fraction !== undefined || groups.length > 2 ? groups.join('') + end : undefined
}

function mayGroup (separator: string, thousands: NumberNotation['thousands']): boolean {
  const isBlank = /[\u00a0\u2007\u2009\u202f]/.test(separator)
  if (thousands === undefined) return isBlank || separator === '.' || separator === ','
  return separator === thousands || (thousands === ' ' && isBlank) || (thousands === "'" && separator === '\u2019')
}

function toNumber (sign: string, digits: string): number | NumberFault {
  const value = Number(digits)
  if (!(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return 'out-of-range'
  return sign === '' || sign === '+' || value === 0 ? value : -value
}
