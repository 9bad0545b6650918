/**
 * A period: what a figure describes in time. It stands in every URL, so its text form is fixed:
 *
 *     2024-12-31   reference date (Stichtag)
 *     2024         year
 *     2024-q1      quarter
 *     2024-25      school year, August to July
 *     2022-2024    several years
 */
export type PeriodKind = 'date' | 'year' | 'quarter' | 'school-year' | 'years'

export interface Period {
  /** Canonical text, as in URLs. */
  readonly id: string
  readonly kind: PeriodKind
  /** First day, `2024-01-01`. Text, never a Date: a time zone would move it. */
  readonly from: string
  /** Last day; for a reference date the day itself. */
  readonly to: string
}

/** Reads the canonical text of a period; `undefined` for anything else. */
export function parsePeriod (text: string): Period | undefined {
  const date = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (date) return isDate(text) ? { id: text, kind: 'date', from: text, to: text } : undefined

  const quarter = /^(\d{4})-q([1-4])$/.exec(text)
  if (quarter) {
    const [, year, number] = quarter as unknown as [string, string, string]
    const [from, to] = quarterDays[Number(number) - 1]!
    return { id: text, kind: 'quarter', from: `${year}-${from}`, to: `${year}-${to}` }
  }

  const years = /^(\d{4})-(\d{4})$/.exec(text)
  if (years) {
    const [, first, last] = years as unknown as [string, string, string]
    return first < last ? { id: text, kind: 'years', from: `${first}-01-01`, to: `${last}-12-31` } : undefined
  }

  const schoolYear = /^(\d{4})-(\d{2})$/.exec(text)
  if (schoolYear) {
    const [, first, last] = schoolYear as unknown as [string, string, string]
    const next = String(Number(first) + 1)
    return next.endsWith(last) ? { id: text, kind: 'school-year', from: `${first}-08-01`, to: `${next}-07-31` } : undefined
  }

  return /^\d{4}$/.test(text) ? { id: text, kind: 'year', from: `${text}-01-01`, to: `${text}-12-31` } : undefined
}

/** @throws RangeError for text that is no period; use `parsePeriod` for input from outside */
export function getPeriod (text: string): Period {
  const period = parsePeriod(text)
  if (!period) throw new RangeError(`invalid period: "${text}"; expected 2024-12-31, 2024, 2024-q1, 2024-25 or 2022-2024`)
  return period
}

/** Oldest first: by last day, then by first day (the shorter period later), then by id. */
export function comparePeriods (a: string, b: string): number {
  const [left, right] = [getPeriod(a), getPeriod(b)]
  return byCodeUnit(left.to, right.to) || byCodeUnit(left.from, right.from) || byCodeUnit(left.id, right.id)
}

/** Whether the text is a day that exists, `2024-02-29` but not `2023-02-29`. */
export function isDate (text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)
  if (!parts) return false
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number]
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1]!
}

/** Order by code unit: the same on every machine and in every language setting. */
export function byCodeUnit (a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const quarterDays = [['01-01', '03-31'], ['04-01', '06-30'], ['07-01', '09-30'], ['10-01', '12-31']] as const
