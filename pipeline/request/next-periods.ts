import { comparePeriods, getPeriod, isDate } from '../../core/period.ts'

/**
 * The periods that a delivery lacks by a day: those after its last one, of the same kind, that are over by then; at least the next one.
 *
 * @param known canonical periods, any order, at least one
 * @param today `2026-11-22`
 */
export function nextPeriods (known: readonly string[], today: string): string[] {
  const last = known.toSorted(comparePeriods).at(-1)!
  const wanted = [nextPeriod(last, known)]
  for (let next = nextPeriod(wanted[0]!, known); getPeriod(next).to <= today && wanted.length < mostPeriods; next = nextPeriod(next, known)) wanted.push(next)
  return wanted
}

/** Of more years it is better to talk. */
const mostPeriods = 12

/** Reference dates within a year are kept: quarters of days, half years of days. */
function nextPeriod (period: string, known: readonly string[]): string {
  const { kind } = getPeriod(period)
  switch (kind) {
    case 'date': return nextDay(period, known)
    case 'year': return String(Number(period) + 1)
    case 'quarter': return period.endsWith('4') ? `${year(period) + 1}-q1` : `${period.slice(0, -1)}${Number(period.at(-1)) + 1}`
    case 'school-year': return `${year(period) + 1}-${String((year(period) + 2) % 100).padStart(2, '0')}`
    case 'years': return `${year(period) + 1}-${Number(period.slice(5)) + 1}`
  }
}

function nextDay (day: string, known: readonly string[]): string {
  const days = [...new Set([day, ...known.filter(isDate)].map(one => one.slice(5)))].toSorted()
  const later = days.find(one => one > day.slice(5))
  const next = later === undefined ? `${year(day) + 1}-${days[0]!}` : `${year(day)}-${later}`
  // 29 February comes every four years.
  return isDate(next) ? next : `${next.slice(0, 8)}28`
}

function year (period: string): number {
  return Number(period.slice(0, 4))
}
