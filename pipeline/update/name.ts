import path from 'node:path'
import { getPeriod } from '../../core/period.ts'

/** What stays the same in the name of a delivery from year to year: lower case, without ending, years, dates and words such as „final“. */
export function stemOf (file: string): string {
  return path.basename(file, path.extname(file)).normalize('NFC').toLowerCase()
    .replaceAll(/(?<!\d)(?:19|20)\d{2}(?:[-_.]?(?:0[1-9]|1[0-2]|q[1-4])(?:[-_.]?[0-3]\d)?)?(?!\d)/g, ' ')
    .replaceAll(/(?<!\d)[0-3]?\d\.[01]?\d\.(?:19|20)\d{2}(?!\d)/g, ' ')
    .replaceAll(/(?<![a-zäöüß])(?:neu|final|korrigiert|berichtigt|kopie|copy|v\d+|\(\d+\))(?![a-zäöüß])/g, ' ')
    .replaceAll(/[^a-z0-9äöüß]+/g, ' ').trim()
}

/** How much two names have in common without their years: 1 where they are the same, 0 where they share no word. */
export function nameSimilarity (a: string, b: string): number {
  const [left, right] = [stemOf(a), stemOf(b)]
  if (left === right) return 1
  const [words, others] = [new Set(left.split(' ')), new Set(right.split(' '))]
  const shared = [...words].filter(word => others.has(word)).length
  // Below one, so that the very same name always wins.
  return 0.9 * shared / (words.size + others.size - shared)
}

/** The years that a file name says, each once. */
export function yearsOf (file: string): number[] {
  return [...new Set([...path.basename(file).matchAll(/(?<!\d)((?:19|20)\d{2})(?=\D|[01]\d(?:\D|$)|$)/g)].map(([, year]) => Number(year)))]
}

/**
 * The period of a file that is named like an earlier one: `bestand-2024.csv` speaks of 2024-12-31, so `bestand-2025.csv` of 2025-12-31.
 * Undefined where the name does not say one year.
 */
export function periodOfName (file: string, earlier: { readonly file: string, readonly period: string }): string | undefined {
  const [years, before] = [yearsOf(file), yearsOf(earlier.file)]
  if (years.length !== 1 || before.length > 1) return undefined
  const was = before[0] ?? Number(getPeriod(earlier.period).to.slice(0, 4))
  return shiftPeriod(earlier.period, years[0]! - was)
}

/** The same period so many years later, `2022-2024` and one year: `2023-2025`. */
export function shiftPeriod (period: string, years: number): string {
  const { kind } = getPeriod(period)
  const shifted = period.replaceAll(/\d{4}/g, year => String(Number(year) + years))
  if (kind === 'school-year') return `${shifted.slice(0, 4)}-${String((Number(shifted.slice(0, 4)) + 1) % 100).padStart(2, '0')}`
  return kind === 'date' && shifted.endsWith('-02-29') && !isLeap(Number(shifted.slice(0, 4))) ? shifted.replace(/29$/, '28') : shifted
}

function isLeap (year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
