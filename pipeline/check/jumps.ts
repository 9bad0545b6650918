import type { Area, Localised } from '../../core/area.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { numberFact, periodFact } from '../facts.ts'
import type { FigureColumn } from '../figures.ts'
import type { ProjectFile } from '../project-file/schema.ts'
import { columnFacts, median, placeOfColumn, valueOf, type DeliveredSeries } from './delivered-series.ts'
import { fewestAreas, jumpDistance, jumpFactor, jumpOfMeasure, shiftFactor, shiftShare, shiftSpread } from './thresholds.ts'

/** A figure of an area in a period and in the one before. */
interface Step {
  readonly area: Area
  readonly before: number
  readonly after: number
}

/** Figures many times those of the period before, or a small part of them: single areas, or all of a column at once. */
export function jumpProblems (series: DeliveredSeries, file: Pick<ProjectFile, 'deliveries'>, otherwise: Place): Problem[] {
  if (series.indicator.signed === true) return []
  /** Areas that jumped in the period before: back again is no second finding. */
  let jumped = new Set<string>()
  return series.columns.slice(1).flatMap((column, position) => {
    const earlier = series.columns[position]!
    const steps = listSteps(series, earlier, column)
    const place = placeOfColumn(column, file, otherwise)
    const factor = shiftOf(steps)
    if (factor !== undefined) {
      jumped = new Set(steps.map(({ area }) => area.id))
      return [problem('plausible-column-shift', place, shiftFacts(series, earlier, column, steps.length, factor))]
    }
    const jumps = steps.filter(step => isJump(step, steps, series))
    const fresh = jumps.filter(({ area }) => !jumped.has(area.id))
    jumped = new Set(fresh.map(({ area }) => area.id))
    // That it is a fresh one tells about the period before the two as well.
    const compared = [...(position > 0 ? [series.columns[position - 1]!.period] : []), earlier.period, column.period]
    return fresh.map(step => problem('plausible-jump', place, { ...jumpFacts(series, earlier, column, step), periods: compared.join(', ') }))
  })
}

function listSteps ({ level }: DeliveredSeries, earlier: FigureColumn, column: FigureColumn): Step[] {
  return level.areas.flatMap((area, index): Step[] => {
    const [before, after] = [valueOf(earlier.cells[index]), valueOf(column.cells[index])]
    return before === undefined || after === undefined ? [] : [{ area, before, after }]
  })
}

/** The factor that nearly all areas share; `undefined` where there is none, or a usual one. */
function shiftOf (steps: readonly Step[]): number | undefined {
  const factors = steps.filter(({ before, after }) => before > 0 && after > 0).map(({ before, after }) => after / before)
  if (factors.length < fewestAreas) return undefined
  const middle = median(factors)
  const alike = factors.filter(factor => factor > middle / shiftSpread && factor < middle * shiftSpread)
  const isShift = middle >= shiftFactor || middle <= 1 / shiftFactor
  return isShift && alike.length >= shiftShare * factors.length ? middle : undefined
}

function isJump ({ before, after }: Step, steps: readonly Step[], { indicator }: DeliveredSeries): boolean {
  const [less, more] = before < after ? [before, after] : [after, before]
  if (less < 0) return false
  if (indicator.kind === 'count') return more >= jumpFactor * Math.max(less, 1) && 2 * (Math.sqrt(more) - Math.sqrt(less)) >= jumpDistance
  if (steps.length < fewestAreas || less === 0) return false
  const usual = median(steps.map(step => Math.abs(step.after - step.before)))
  return more >= jumpFactor * less && more - less >= jumpOfMeasure * usual
}

function jumpFacts (series: DeliveredSeries, earlier: FigureColumn, { period }: FigureColumn, { area, before, after }: Step): Problem['facts'] {
  return {
    ...columnFacts(series, period, [earlier.period, period]),
    area: area.id,
    ...(series.indicator.kind === 'count' && { areaIndex: series.level.areas.indexOf(area) }),
    name: { de: `„${area.name}“ (${area.id})`, en: `"${area.name}" (${area.id})` },
    value: numberFact(after),
    previous: numberFact(before),
    before: periodFact(earlier.period),
    times: describeFactor(before, after),
  }
}

/** `das 50-Fache`, `ein 50stel`. From nothing there is no factor. */
function describeFactor (before: number, after: number): Localised {
  if (before === 0) return { de: 'aus dem Nichts', en: 'out of nothing' }
  if (after === 0) return { de: 'auf einmal nichts', en: 'suddenly nothing' }
  const factor = Math.round(Math.max(after / before, before / after))
  return after > before ? { de: `das ${factor}-Fache`, en: `${factor} times as much` } : { de: `nur noch der ${factor}. Teil`, en: `only one part in ${factor}` }
}

function shiftFacts (series: DeliveredSeries, earlier: FigureColumn, { period }: FigureColumn, areas: number, factor: number): Problem['facts'] {
  const size = factor > 1 ? factor : 1 / factor
  return {
    ...columnFacts(series, period, [earlier.period, period]),
    before: periodFact(earlier.period),
    areas,
    factor: numberFact(Number(size.toPrecision(3))),
    direction: factor > 1 ? { de: 'größer', en: 'larger' } : { de: 'kleiner', en: 'smaller' },
    guess: guessUnit(size),
  }
}

/** What people mix up by such a factor. */
function guessUnit (size: number): Localised {
  const isNear = (power: number) => size > power / 1.5 && size < power * 1.5
  if (isNear(1000)) return { de: 'Vermutlich stehen die Zahlen einmal in Tausendern.', en: 'Probably the figures are in thousands once.' }
  if (isNear(100)) return { de: 'Vermutlich stehen einmal Prozente und einmal Anteile von 1 da.', en: 'Probably there are percent once and shares of 1 the other time.' }
  if (isNear(10)) return { de: 'Vermutlich ist das Komma um eine Stelle verrutscht.', en: 'Probably the decimal point slipped by one digit.' }
  return { de: 'Vielleicht ist es eine andere Größe oder eine andere Einheit.', en: 'Perhaps it is another quantity or another unit.' }
}
