import type { Facts, KnownSeries } from './facts.ts'
import type { Judge } from './judge.ts'
import { classBreaks, defaultClasses } from '../../core/classify.ts'
import { comparePeriods, getPeriod } from '../../core/period.ts'
import { cellId } from '../../core/release.ts'
import { seriesKey } from './facts.ts'
import { report } from './judge.ts'

/**
 * What is derived follows from what is printed: a quotient has printed operands and is what they give; class breaks
 * are those of the printed values.
 *
 * @returns how many printed quotients have operands that the edition does not have at all
 */
export function judgeClosure (judge: Judge): number {
  let withoutOperands = 0
  for (const known of judge.facts.series.values()) {
    judge.path = `edition ${judge.facts.edition.id}`
    judgeBreaks(judge, known)
    if (known.indicator.formula) withoutOperands += judgeQuotients(judge, known)
  }
  return withoutOperands
}

function judgeBreaks (judge: Judge, { series: { values, classes, level, indicator: id }, indicator }: KnownSeries): void {
  const { method, breaks } = classes
  // Set by hand in the project file: they follow from no value at all.
  if (method === 'manual') return
  const printed = values.flat().filter(value => value !== null)
  const expected = method === 'pretty' || method === 'unique' ? defaultClasses(printed, indicator.signed).breaks : classBreaks(printed, method, breaks.length - 1)
  if (JSON.stringify(breaks) !== JSON.stringify(expected)) {
    report(judge, 'A2', 'other-breaks', `${level}/${id}: ${breaks.join(' ')} ≠ ${expected.join(' ')}`)
  }
}

interface Term { readonly known: KnownSeries, readonly row: number, readonly sign: 1 | -1 }

function judgeQuotients (judge: Judge, known: KnownSeries): number {
  const { series: { values, periods, level, indicator: id }, indicator, level: { areas } } = known
  let withoutOperands = 0
  for (const [row, period] of periods.entries()) {
    const { numerator, denominators } = operandsOf(judge.facts, known, period)
    for (const [column, value] of values[row]!.entries()) {
      if (value === null) continue
      const cell = cellId(level, areas[column]!.id, id, period)
      const tops = numerator.map(term => term && readTerm(term, column))
      const bottoms = denominators.map(terms => terms.map(term => term && readTerm(term, column)))
      if (tops.includes('suppressed') || (bottoms.length > 0 && bottoms.every(terms => terms.includes('suppressed')))) {
        report(judge, 'A2', 'operand-suppressed', String(value), cell)
        continue
      }
      const top = sumOf(tops)
      const whole = bottoms.map(sumOf).filter(sum => sum !== null)
      if (top === null || whole.length === 0) withoutOperands++
      else if (!whole.some(bottom => isQuotient(value, indicator.formula!.factor * top / bottom, indicator.decimals))) {
        report(judge, 'A2', 'other-quotient', `${value} ≠ ${whole.map(bottom => indicator.formula!.factor * top / bottom).join(' or ')}`, cell)
      }
    }
  }
  return withoutOperands
}

/** Counts of the same period over those whose last day is that of the denominator; of several, any may have been taken. */
function operandsOf ({ series }: Facts, { series: { level }, indicator }: KnownSeries, period: string): { numerator: Array<Term | null>, denominators: Array<Array<Term | null>> } {
  const { numerator, minus, denominator } = indicator.formula!
  const termOf = (id: string, at: string, sign: 1 | -1): Term | null => {
    const known = series.get(seriesKey(level, id))
    const row = known?.rows.get(at)
    return known && row !== undefined ? { known, row, sign } : null
  }
  const day = indicator.periods.find(one => one.period === period)?.denominatorDate ?? getPeriod(period).to
  const days = new Set(denominator.flatMap(id => series.get(seriesKey(level, id))?.series.periods ?? []).filter(other => getPeriod(other).to === day))
  return {
    numerator: [...numerator.map(id => termOf(id, period, 1)), ...minus.map(id => termOf(id, period, -1))],
    denominators: [...days].toSorted((a, b) => comparePeriods(b, a)).map(at => denominator.map(id => termOf(id, at, 1))),
  }
}

type Operand = number | 'suppressed' | null

function readTerm ({ known: { series }, row, sign }: Term, column: number): Operand {
  if (series.statuses[row]![column] === 's') return 'suppressed'
  const value = series.values[row]![column] ?? null
  return value === null ? null : sign * value
}

function sumOf (operands: readonly Operand[]): number | null {
  let sum = 0
  for (const operand of operands) {
    if (typeof operand !== 'number') return null
    sum += operand
  }
  return sum
}

/** Quotients are kept two digits finer than they are shown (docs/decisions/0002). */
function isQuotient (value: number, exact: number, decimals: number): boolean {
  return Math.abs(value - exact) <= 0.5000001 * 10 ** -(decimals + 2) + Math.abs(exact) * 1e-12
}
