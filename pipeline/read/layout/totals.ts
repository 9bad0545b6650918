import { trimBlanks } from '../number-text.ts'

/**
 * Whether a label names a total and no area: `Insgesamt`, `Stadt gesamt`, `Summe Stadt`, `zusammen:`, the Employment Agency's
 * `123456SUM`. Whoever has an area of such a name (a `Gesamtstadt`) must look among the areas first.
 */
export function isTotalLabel (text: string): boolean {
  const label = trimBlanks(text).toLowerCase().replaceAll(/[\s:\u00a0]+/g, ' ').replace(/ $/, '')
  return /^(?:\d*sum|(?:sum){2,})$/.test(label) || totals.test(label)
}

const totals = /^(?:(?:alle|stadt|kreis|landkreis|gemeinde|land|kommune|bezirk|stadtgebiet|gebiete?)(?: [\p{L}.()/-]+){0,3} )?(?:ins-?gesamt|gesamt|zusammen|gesamtsumme|gesamtergebnis|summe|total|σ|∑)$|^(?:summe|insgesamt|gesamt|gesamtsumme)(?: (?:stadt|kreis|landkreis|gemeinde|aller?|der|über|gebiete|stadtteile|bezirke|[\p{L}]+)){0,3}$/u

/** What calls a row a total: its label, or where that is blank the text of another column; undefined for all other rows. */
export function findTotalLabel (fields: readonly string[], area: number): string | undefined {
  const label = fields[area] ?? ''
  return trimBlanks(label) === '' ? fields.find(isTotalLabel) : isTotalLabel(label) ? label : undefined
}
