import type { Level } from '../../core/area.ts'
import type { Between } from '../../core/cell.ts'
import type { Classes, Edition, Language, Series } from '../../core/edition.ts'
import type { Indicator } from '../../core/indicator.ts'
import type { ClassChoice } from '../../core/view.ts'
import { classBreaks, classCounts } from '../../core/classify.ts'
import { cellAt, findIndicator, findReference, localise } from '../../core/edition.ts'
import { formatNumber } from '../../core/number.ts'
import { formatDate, formatPeriod, getTexts } from '../../core/text.ts'
import { betweenAt, betweenWords } from './between.ts'
import { wordsWithDigits } from './number-text.ts'

/** A series with its places by name, and which of its cells were seen in the bytes. */
export interface KnownSeries {
  readonly series: Series
  readonly indicator: Indicator
  readonly level: Level
  /** Positions by id. */
  readonly rows: ReadonlyMap<string, number>
  readonly columns: ReadonlyMap<string, number>
  /** 1 per cell whose value was read somewhere; `row * areas + column`. */
  readonly seen: Uint8Array
  /** 1 per area that was in a tile with figures of this series. */
  readonly tiled: Uint8Array
}

/** An edition as the audit looks things up in it. */
export interface Facts {
  readonly edition: Edition
  readonly levels: ReadonlyMap<string, Level>
  /** By `level/indicator`. */
  readonly series: ReadonlyMap<string, KnownSeries>
  /** Words with digits that the edition says in its texts, names, ids and dates. */
  readonly words: ReadonlySet<string>
  /** The views read last; the formats of one view follow each other. */
  readonly views: Map<string, ViewFacts>
}

const keptViews = 32

export const languages: readonly Language[] = ['de', 'en']

export function makeFacts (edition: Edition): Facts {
  const levels = new Map(edition.levels.map(level => [level.id, level]))
  const columns = new Map(edition.levels.map(({ id, areas }) => [id, new Map(areas.map((area, column) => [area.id, column]))]))
  const series = new Map<string, KnownSeries>()
  for (const one of edition.series) {
    const [level, indicator] = [levels.get(one.level), findIndicator(edition, one.indicator)]
    if (!level || !indicator) continue
    series.set(seriesKey(one.level, one.indicator), {
      series: one,
      indicator,
      level,
      rows: new Map(one.periods.map((period, row) => [period, row])),
      columns: columns.get(one.level)!,
      seen: new Uint8Array(one.periods.length * level.areas.length),
      tiled: new Uint8Array(level.areas.length),
    })
  }
  return { edition, levels, series, words: new Set(listWords(edition)), views: new Map() }
}

export function seriesKey (level: string, indicator: string): string {
  return `${level}/${indicator}`
}

/** Words with digits in what the town says about the area whose profile lies under a path, in any format; of other paths none. */
export function assessmentWords ({ edition: { atlas, assessments = [] } }: Facts, path: string): string[] {
  const [address = ''] = path.split(/[?.]/)
  const found = assessments.filter(({ level, area }) => address === `/${atlas.id}/gebiet/${level}/${area}`)
  return [...stringsOf(found)].flatMap(wordsWithDigits)
}

/** The level a page shows where its address names none: the first that has the indicator in the period. */
export function defaultLevel ({ edition, series }: Facts, indicator: string, period: string): string | undefined {
  return edition.levels.find(({ id }) => series.get(seriesKey(id, indicator))?.rows.has(period))?.id
}

/** Versions of interfaces, which stand in addresses and files. */
const versions = ['v1', '3.0.0']

function * listWords (edition: Edition): Generator<string> {
  yield * versions
  // Facilities are not shown yet: what stands in their addresses explains nothing. What a town says about one area explains nothing in another.
  const { series, geometries, context, facilities: _, assessments: __, ...texts } = edition
  for (const text of stringsOf([texts, context.map(({ name }) => name)])) yield * wordsWithDigits(text)
  for (const language of languages) {
    for (const text of stringsOf(getTexts(language))) yield * wordsWithDigits(text)
    for (const date of datesOf(edition)) yield * wordsWithDigits(formatDate(date, language))
    for (const { periods } of series) for (const period of periods) yield * wordsWithDigits(`${period} ${formatPeriod(period, language)}`)
    const whole = (count: number) => formatNumber(count, { decimals: 0, language })
    for (const { areas } of edition.levels) yield whole(areas.length)
    for (const { id } of edition.themes) yield whole(edition.indicators.filter(({ theme }) => theme === id).length)
    for (const { minimumCount } of edition.deliveries) if (minimumCount !== null) yield whole(minimumCount)
    // Their values are judged where they stand, and explain no other number.
    for (const { period } of (edition.references ?? []).flatMap(({ values }) => values)) yield * wordsWithDigits(formatPeriod(period, language))
    for (const { changes = [] } of edition.indicators) for (const { from } of changes) yield * wordsWithDigits(formatPeriod(from, language))
    for (const { formula } of edition.indicators) if (formula) yield formatNumber(formula.factor, { decimals: Number.isInteger(formula.factor) ? 0 : 3, language })
  }
  for (const { id } of geometries) yield id
  for (const { periods } of series) for (const period of periods) yield * [`v_${period.replaceAll('-', '_')}`, `s_${period.replaceAll('-', '_')}`]
}

function datesOf ({ deliveries, levels, indicators, references = [], assessments = [] }: Edition): Set<string> {
  return new Set([
    ...deliveries.map(({ extractedOn }) => extractedOn), ...levels.flatMap(({ validFrom, validTo }) => [validFrom, validTo]),
    ...references.flatMap(({ values }) => values.map(({ referenceDate }) => referenceDate)), ...assessments.map(({ date }) => date),
    ...indicators.flatMap(({ periods }) => periods.flatMap(({ referenceDate, denominatorDate }) => [referenceDate, denominatorDate])),
  ].filter(date => date !== null))
}

/** Every string in a plain value; functions and numbers are passed over. */
function * stringsOf (value: unknown): Generator<string> {
  if (typeof value === 'string') yield value
  else if (value !== null && typeof value === 'object') for (const part of Object.values(value)) yield * stringsOf(part)
}

/** What may stand on a view of one series in one period. */
export interface ViewFacts {
  readonly known: KnownSeries
  readonly row: number
  readonly language: Language
  readonly classes: Classes
  /** How many areas are printed, suppressed, missing. */
  readonly printedCount: number
  readonly suppressedCount: number
  readonly missingCount: number
  /** How many printed values fall into each class. */
  readonly classCounts: readonly number[]
  readonly town: { readonly value: number | null, readonly status: string, readonly between: Between | null } | null
  /** What the sentence says a suppressed value lies between: the town's, or that of a level of one area. */
  readonly spokenBetween: Between | null
  /** Words with digits that the sentence about the view may have. */
  readonly sentenceWords: ReadonlySet<string>
  /** And those that may stand anywhere on the page besides. */
  readonly pageWords: ReadonlySet<string>
}

/** Computed here from the printed cells, never read from the page. */
export function viewFacts (facts: Facts, known: KnownSeries, row: number, language: Language, choice: ClassChoice | null): ViewFacts {
  const key = [known.series.level, known.series.indicator, row, language, JSON.stringify(choice)].join(' ')
  const kept = facts.views.get(key)
  if (kept) return kept
  if (facts.views.size >= keptViews) facts.views.clear()
  const made = makeViewFacts(facts, known, row, language, choice)
  facts.views.set(key, made)
  return made
}

function makeViewFacts (facts: Facts, known: KnownSeries, row: number, language: Language, choice: ClassChoice | null): ViewFacts {
  const { series, level, indicator } = known
  const classes = classesOf(series, choice)
  const printed = series.values[row]!.filter(value => value !== null)
  const count = (letter: string) => series.statuses[row]!.filter(status => status === letter).length
  const town = townOf(facts, known, row)
  const spokenBetween = level.areas.length === 1 ? betweenAt(known, row, 0) : town?.between ?? null
  const print = (value: number) => printedText(value, indicator, language)
  const whole = (number: number) => formatNumber(number, { decimals: 0, language })
  const counts = [level.areas.length, printed.length, count('s'), count('m'), 1]
  const extremes = [Math.min(...printed), Math.max(...printed)].filter(Number.isFinite)
  const perClass = classCounts(printed, classes.breaks)
  const sentenceWords = new Set([
    ...counts.map(whole), ...counts.map(String),
    ...extremes.flatMap(value => [print(value), whole(printed.filter(other => other === value).length)]),
    ...(town?.value == null ? [] : [print(town.value)]),
  ].flatMap(wordsWithDigits).concat(betweenWords(spokenBetween, language)))
  return {
    known,
    row,
    language,
    classes,
    printedCount: printed.length,
    suppressedCount: count('s'),
    missingCount: count('m'),
    classCounts: perClass,
    town,
    spokenBetween,
    sentenceWords,
    pageWords: new Set([
      ...sentenceWords,
      ...[...printed, ...classes.breaks.flatMap(bound => boundTexts(bound, indicator, language))].map(value => typeof value === 'number' ? print(value) : value),
      ...perClass.flatMap(number => [whole(number), String(number)]),
      ...classes.breaks.map((_, i) => String(i + 1)),
    ].flatMap(wordsWithDigits)),
  }
}

/** A value with the digits of its indicator, as pages write it; no unit. */
export function printedText (value: number, { decimals, signed }: Indicator, language: Language): string {
  return formatNumber(value, { decimals, signed, language })
}

/** Bounds may be written with up to one digit more than values. */
function boundTexts (bound: number, { decimals, signed }: Indicator, language: Language): string[] {
  return Array.from({ length: decimals + 2 }, (_, digits) => formatNumber(bound, { decimals: digits, signed, language }))
}

/** The whole town in the same period; null where it is the level itself, or has no such cell. */
export function townOf ({ edition, series }: Facts, { series: { indicator, periods }, level }: KnownSeries, row: number): ViewFacts['town'] {
  const reference = findReference(edition)
  const known = reference && reference.level.id !== level.id ? series.get(seriesKey(reference.level.id, indicator)) : undefined
  const townRow = known?.rows.get(periods[row]!)
  if (!known || townRow === undefined) return null
  const cell = cellAt(known.series, townRow, 0)
  return { value: cell.status === 'observed' ? cell.value : null, status: cell.status, between: betweenAt(known, townRow, 0) }
}

/** The classes of a view: those of the edition, or what a reader's choice makes of the printed values. */
function classesOf ({ classes, values }: Series, choice: ClassChoice | null): Classes {
  const printed = () => values.flat().filter(value => value !== null)
  if (choice !== null && choice.method !== 'manual') return { method: choice.method, breaks: classBreaks(printed(), choice.method, choice.count) }
  if (choice === null && classes.method !== 'manual') return classes
  const bounds = choice?.breaks ?? classes.breaks
  const all = printed()
  if (all.length === 0 || bounds.length === 0) return { method: 'manual', breaks: [] }
  const [least, greatest] = [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))]
  const breaks = [...(least < bounds[0]! ? [least] : []), ...bounds, ...(greatest > bounds.at(-1)! ? [greatest] : [])]
  return { method: 'manual', breaks: breaks.length === 1 ? [bounds[0]!, bounds[0]!] : breaks }
}

/** The unit as it may stand behind a value. */
export function unitOf ({ unit }: Indicator, language: Language): string {
  return localise(unit, language)
}
