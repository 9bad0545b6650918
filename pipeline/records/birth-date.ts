import { isDate } from '../../core/period.ts'

/**
 * The day of birth as `1980-12-31`, from `31.12.1980`, `1980-12-31`, `19801231`, `31/12/1980`; a year alone is `1980`.
 * Two-digit years can mean two persons and are not read.
 */
export function parseBirthDate (text: string): string | undefined {
  const trimmed = text.trim()
  const german = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T].*)?$/.exec(trimmed)
  if (german) return day(german[3]!, german[2]!, german[1]!)
  const iso = /^(\d{4})-?(\d{2})-?(\d{2})(?:[ T].*)?$/.exec(trimmed)
  if (iso) return day(iso[1]!, iso[2]!, iso[3]!)
  return /^(?:18|19|20)\d{2}$/.test(trimmed) ? trimmed : undefined
}

function day (year: string, month: string, date: string): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDate(text) ? text : undefined
}

/** Completed years on a day; of a year of birth alone the years between both. Negative before birth. */
export function ageOn (onDay: string, birth: string): number {
  const years = Number(onDay.slice(0, 4)) - Number(birth.slice(0, 4))
  return birth.length > 4 && onDay.slice(5) < birth.slice(5) ? years - 1 : years
}
