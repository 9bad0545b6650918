/** What a cell of a workbook stores, before its number format speaks; a date is the moment in UTC that the sheet shows. */
export type StoredValue = string | number | boolean | Date | null

/**
 * The field that stands for a cell: numbers with all their digits in the decimal sign given, dates as `2024-12-31`. What a number format
 * shows is kept where it changes the meaning: a percentage is `12,3 %`, a key formatted `0000` keeps its leading zeros.
 *
 * @param format as spreadsheets write it, `#,##0.0`, `0000`, `0.0%`; `''` for none
 */
export function toFieldText (value: StoredValue, format: string, decimal: ',' | '.'): string {
  if (value === null) return ''
  if (value instanceof Date) return toDateText(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'string') return value
  const shown = withoutDecoration(format)
  if (shown.includes('%')) return `${toDigits(value, 2, decimal)} %`
  return /^0{2,}$/.test(shown) && Number.isInteger(value) && value >= 0 ? String(value).padStart(shown.length, '0') : toDigits(value, 0, decimal)
}

/** Whether numbers in this format are days or times. */
export function isDateFormat (format: string): boolean {
  const shown = withoutDecoration(format.replaceAll(/\[(?:h+|m+|s+)\]/gi, 'h'))
  return !/^(?:general|standard)/i.test(shown) && /[ymdhs]|TT|JJ/i.test(shown)
}

/**
 * The moment a spreadsheet counts as days since its epoch, rounded to seconds; undefined outside of the years 1 to 9999.
 * In the usual system 1900 was a leap year, so days before March 1900 are one off.
 */
export function dateOfSerial (serial: number, is1904: boolean): Date | undefined {
  const days = is1904 ? serial + 1462 : serial < 60 ? serial + 1 : serial
  const date = new Date(Date.UTC(1899, 11, 30) + Math.round(days * 86400) * 1000)
  const year = date.getUTCFullYear()
  return year >= 1 && year <= 9999 ? date : undefined
}

/** Formats that have a number but no text in the file ([MS-XLS] 2.4.126, ECMA-376 18.8.30); the others below 164 are plain numbers. */
export const builtInFormats: ReadonlyArray<[number, string]> = [
  [9, '0%'], [10, '0.00%'],
  ...[14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58].map((index): [number, string] => [index, 'yyyy-mm-dd']),
  ...[18, 19, 20, 21, 32, 33, 45, 46, 47].map((index): [number, string] => [index, 'hh:mm:ss']),
]

/** `#DIV/0!` and its like, in English and German, as spreadsheets write what a formula could not calculate. */
export function isErrorText (text: string): boolean {
  return /^(?:#(?:DIV\/0!|N\/A|NV|NAME\?|NULL!|NUM!|REF!|VALUE!|WERT!|BEZUG!|ZAHL!|SPILL!|CALC!)|Err:5\d\d)$/.test(text)
}

/** Sections behind `;` are for negative numbers and text; quoted, escaped and bracketed parts are decoration. */
function withoutDecoration (format: string): string {
  return format.split(';')[0]!.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|[_*]./g, '')
}

/** The day alone where the time is midnight; a cell has no time zone, so it is read as written. */
function toDateText (date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.slice(0, 19)
}

/** Shortest digits that are this number and no other, without exponent, times ten to the power of `shift`. */
function toDigits (value: number, shift: number, decimal: string): string {
  if (!Number.isFinite(value)) return ''
  const [mantissa, exponent] = Math.abs(value).toExponential().split('e') as [string, string]
  const digits = mantissa.replace('.', '')
  const whole = 1 + Number(exponent) + (value === 0 ? 0 : shift)
  const padded = whole > 0 ? digits.padEnd(whole, '0') : '0'.repeat(1 - whole) + digits
  const point = Math.max(whole, 1)
  const fraction = padded.slice(point)
  return `${value < 0 ? '-' : ''}${padded.slice(0, point)}${fraction === '' ? '' : decimal + fraction}`
}
