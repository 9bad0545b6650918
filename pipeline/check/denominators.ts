import type { Localised } from '../../core/area.ts'
import { byCodeUnit, getPeriod } from '../../core/period.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { formatDate } from '../../core/text.ts'
import { periodFact } from '../facts.ts'
import type { IndicatorEntry } from '../project-file/schema.ts'
import { toLocalised } from '../project-file/project.ts'

export interface MissingDenominator {
  readonly indicator: IndicatorEntry
  readonly level: string
  /** Periods of the numerator for which there is none, and the last day it must have for the newest of them. */
  readonly periods: readonly string[]
  readonly day: string
  /** Periods for which the level has the denominators. */
  readonly known: readonly string[]
}

/** A share without a denominator of the right day; where there is one of another day it is named, with the line that makes it count. */
export function denominatorProblem ({ indicator, level, periods, day, known }: MissingDenominator, place: Place): Problem {
  const sorted = periods.toSorted(byCodeUnit)
  const days = [...new Set(known.map(period => getPeriod(period).to))].toSorted(byCodeUnit)
  const yearBefore = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  const isOffered = indicator.denominatorPeriod !== 'previous' && days.includes(yearBefore)
  return problem('derive-no-denominator', place, {
    indicator: indicator.id,
    level,
    periods: sorted.join(', '),
    ...(sorted.length === 1 && { period: sorted[0]! }),
    label: toLocalised(indicator.label),
    when: periodFact(...sorted),
    day: dayFact(day),
    advice: isOffered ? offer(yearBefore, indicator.id) : days.length === 0 ? nothing : other(days),
  }, isOffered ? { path: ['indicators', indicator.id, 'denominatorPeriod'], value: 'previous' } : undefined)
}

function offer (day: string, indicator: string): Localised {
  return {
    de: `Einen Nenner gibt es nur vom ${formatDate(day, 'de')}. Soll er gelten, dann beim Indikator ${indicator} eintragen: denominatorPeriod: previous (gilt für alle Zeiträume; beide Tage stehen dann an der Zahl). Sonst die Lieferung des Nenners ergänzen.`,
    en: `There is only a denominator of ${formatDate(day, 'en')}. If it is to count, write at the indicator ${indicator}: denominatorPeriod: previous (for all periods; both days then stand with the figure). Else add the delivery of the denominator.`,
  }
}

function other (days: readonly string[]): Localised {
  const last = days.at(-1)!
  return {
    de: `Den Nenner gibt es für andere Tage, zuletzt ${formatDate(last, 'de')}. Die fehlende Lieferung ergänzen oder die Zeiträume beider Lieferungen angleichen; bis dahin fehlt der Indikator in diesen Zeiträumen.`,
    en: `The denominator exists for other days, last ${formatDate(last, 'en')}. Add the missing delivery, or make the periods of both deliveries agree; until then the indicator is left out for these periods.`,
  }
}

const nothing: Localised = {
  de: 'Die Lieferung des Nenners ergänzen; bis dahin fehlt der Indikator in diesen Zeiträumen.',
  en: 'Add the delivery of the denominator; until then the indicator is left out for these periods.',
}

function dayFact (day: string): Localised {
  return { de: formatDate(day, 'de'), en: formatDate(day, 'en') }
}
