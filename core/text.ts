import type { Between, Cell, CellFlag, MissingReason } from './cell.ts'
import type { AtlasFacts, ClassMethod, Language, ReferenceArea } from './edition.ts'
import type { IndicatorKind } from './indicator.ts'
import { formatNumber, formatPlainNumber, noBreakSpace } from './number.ts'
import { getPeriod } from './period.ts'
import { german } from './text/de.ts'
import { english } from './text/en.ts'

/** Every word that pages, pictures and exports say by themselves. What the project says is `Localised`. */
export interface Texts {
  readonly language: Language
  /** Name of the language in itself, for the switch. */
  readonly languageName: string

  readonly frame: {
    readonly skip: string
    readonly start: string
    readonly navigation: string
    readonly breadcrumb: string
    readonly languages: string
    readonly themes: string
    readonly edition: string
    readonly asOf: string
    readonly extractedOn: string
    readonly source: string
    readonly sources: string
    /** Before whom to name for the boundaries. */
    readonly boundaries: string
    readonly licence: string
    readonly dataLicence: string
    readonly permalink: string
    readonly permalinkHint: string
    readonly contact: string
    readonly synthetic: string
    readonly syntheticHint: string
    readonly olderEdition: (editionId: string) => string
    readonly toCurrent: string
    readonly atlases: string
    readonly noAtlases: string
    readonly internal: string
  }

  readonly controls: {
    readonly heading: string
    readonly indicator: string
    readonly period: string
    readonly level: string
    readonly show: string
  }

  readonly map: {
    /** Name of the picture for those who do not see it. */
    readonly label: (title: string) => string
    readonly description: string
    readonly key: string
    readonly suppressed: string
    readonly missing: string
    readonly noClasses: string
    readonly absolute: string
    readonly areas: (count: string, isOne: boolean) => string
    readonly tooLarge: string
    /** Labels of a class; the last class is closed. */
    readonly classLabel: (bounds: { lower: string, upper: string, isLast: boolean, isSingle: boolean }) => string
  }

  /** By the keys of the map library. */
  readonly mapControls: Readonly<Record<`NavigationControl.Zoom${'In' | 'Out'}` | 'Map.Title' | `ScaleControl.${'Meters' | 'Kilometers'}` | `CooperativeGesturesHandler.${'Windows' | 'Mac' | 'Mobile'}HelpText`, string>>

  /** Areas that a reader marked. */
  readonly pins: { readonly heading: string, readonly remove: string }

  readonly table: {
    readonly caption: (title: string, levelPlural: string) => string
    readonly area: string
    readonly key: string
    readonly value: string
    readonly class: string
    readonly remark: string
    /** Columns of what a suppressed value lies between. */
    readonly atLeast: string
    readonly atMost: string
    readonly sortBy: (column: string) => string
    readonly page: (page: string, pages: string) => string
    readonly previousPage: string
    readonly nextPage: string
    readonly pages: string
    readonly comparison: string
    readonly exactlyZero: string
    readonly period: string
  }

  /** What must be read with a figure, and what it can be held against. */
  readonly reading: {
    readonly heading: string
    readonly changed: (period: string, note: string) => string
    readonly recut: (date: string, note: string) => string
    /** Of one area. */
    readonly ofArea: (area: string, note: string) => string
    readonly references: string
    readonly referencesCaption: (indicator: string) => string
    readonly referenceArea: string
    readonly differs: (note: string) => string
    /** Where the figure of another day is the nearest there is. */
    readonly otherDate: string
    /** Why figures stand here that the atlas did not compute. */
    readonly referencesHint: string
    readonly kinds: Readonly<Record<ReferenceArea['kind'], string>>
    /** Before the letter of a note, at the row of the area that it is about. */
    readonly mark: string
    /** Beside the day that census figures describe. */
    readonly censusDate: string
    readonly censusHint: string
    readonly recutTerm: string
  }

  readonly downloads: {
    readonly heading: string
    readonly csv: string
    readonly json: string
    readonly geojson: string
    readonly svg: string
  }

  readonly start: {
    readonly heading: string
    readonly toMap: string
    readonly indicators: (count: string, isOne: boolean) => string
    readonly areas: string
    readonly news: string
    readonly current: (editionId: string) => string
  }

  readonly profile: {
    readonly title: (area: string) => string
    readonly sentence: (facts: { level: string, parent: string | null }) => string
    readonly indicator: string
    readonly asOf: string
    readonly difference: string
    readonly differenceHint: string
    readonly nothing: string
    readonly points: string
    readonly since: (date: string) => string
    readonly boundaries: string
    readonly partOf: string
    /** Last day of boundaries that no longer hold. */
    readonly until: (date: string) => string
    readonly newest: string
  }

  readonly indicator: {
    readonly definition: string
    readonly formula: string
    readonly numerator: string
    readonly denominator: string
    readonly minus: string
    readonly periods: string
    readonly referenceDate: string
    readonly denominatorDate: string
    readonly sameDate: string
    readonly levels: string
    readonly notes: string
    readonly unit: string
    readonly theme: string
    readonly kind: string
    readonly legalBasis: string
    readonly minimumCount: (count: string) => string
    /** Of a measure: it comes without the counts that could be held against the minimum. */
    readonly minimumCountOfMeasure: (count: string) => string
    readonly noMinimumCount: (reason: string) => string
    readonly formulaText: (facts: { factor: string, numerator: string, minus: string | null, denominator: string }) => string
    readonly measureText: string
    readonly countText: string
    readonly signs: string
    readonly toMap: string
    readonly kinds: Readonly<Record<IndicatorKind, string>>
  }

  readonly error: {
    readonly nearest: string
    readonly home: string
    readonly status: (status: number) => string
    readonly notFound: string
    readonly badAddress: string
    readonly notOffered: (format: string) => string
    readonly tryLater: string
    readonly editionAway: string
    readonly failed: string
    readonly unknownAtlas: string
    /** Heading of the page in place of a withdrawn edition. */
    readonly withdrawn: string
    readonly withdrawnEdition: (id: string, reason: string) => string
    readonly successor: (id: string) => string
    readonly noSuccessor: string
    readonly toSuccessor: string
    readonly unknownEdition: (id: string) => string
    readonly unknownIndicator: (id: string) => string
    readonly unknownPeriod: (period: string, available: string) => string
    readonly unknownLevel: (id: string, available: string) => string
    readonly unknownArea: (ids: string) => string
    readonly unknownValue: (parameter: string, value: string, expected: string) => string
    readonly repeated: (parameter: string) => string
    readonly unknownName: (parameter: string, expected: string) => string
    readonly unknownPage: (page: string, pages: string) => string
    /** The level asked for has no values in the period; `levels` are those that have. */
    readonly otherLevel: (facts: { asked: string, period: string, levels: string }) => string
  }

  readonly summary: (facts: SummaryFacts) => string
  readonly methods: Readonly<Record<ClassMethod, string>>
  readonly dataStatus: Readonly<Record<AtlasFacts['dataStatus'], string>>
  readonly suppressed: string
  /** Both numbers are included. */
  readonly between: (least: string, greatest: string) => string
  readonly reasons: Readonly<Record<MissingReason, string>>
  readonly flags: Readonly<Record<CellFlag, string>>
  /** What stands in a table where there is no value and no official sign for it. */
  readonly noAnswer: string
  readonly signLegend: ReadonlyArray<readonly [sign: string, meaning: string]>
}

/** What the sentence above a map says; made from printed cells only. */
export interface SummaryFacts {
  readonly areaCount: number
  readonly printedCount: number
  readonly suppressedCount: number
  readonly missingCount: number
  /** All numbers below are already formatted. */
  readonly counted: (count: number) => string
  readonly levelPlural: string
  readonly town: { readonly label: string, readonly value: string } | null
  readonly highest: { readonly areas: readonly string[], readonly value: string } | null
  readonly lowest: { readonly areas: readonly string[], readonly value: string } | null
  /** For a level of one area: its name and what stands in its cell. */
  readonly only: { readonly area: string, readonly value: string } | null
}

export function getTexts (language: Language): Texts {
  return language === 'de' ? german : english
}

/** A day as people write it: `31.12.2024`, `31 December 2024`. */
export function formatDate (date: string, language: Language): string {
  const [year, month, day] = date.split('-') as [string, string, string]
  return language === 'de' ? `${day}.${month}.${year}` : `${Number(day)} ${englishMonths[Number(month) - 1]} ${year}`
}

/** A period as people write it: `31.12.2024`, `2024`, `1. Quartal 2024`, `Schuljahr 2024/25`, `2022–2024`. */
export function formatPeriod (text: string, language: Language): string {
  const period = getPeriod(text)
  const year = period.from.slice(0, 4)
  switch (period.kind) {
    case 'date': return formatDate(period.to, language)
    case 'year': return year
    case 'quarter': return language === 'de' ? `${text.at(-1)}. Quartal ${year}` : `Q${text.at(-1)} ${year}`
    case 'school-year': return language === 'de' ? `Schuljahr ${text.replace('-', '/')}` : `school year ${text.replace('-', '/')}`
    case 'years': return text.replace('-', '–')
  }
}

/** The period behind a label: `SGB-II-Quote am 31.12.2024`, `Geburten 2024`, `… im Schuljahr 2024/25`. */
export function formatTitle (label: string, period: string, language: Language): string {
  const written = formatPeriod(period, language)
  switch (getPeriod(period).kind) {
    case 'date': return language === 'de' ? `${label} am ${written}` : `${label} on ${written}`
    case 'quarter': return language === 'de' ? `${label} im ${written}` : `${label} in ${written}`
    case 'school-year': return language === 'de' ? `${label} im ${written}` : `${label} in the ${written}`
    case 'year':
    case 'years': return `${label} ${written}`
  }
}

/** The official sign of a cell (Zeichenerklärung), or its number; `print` writes an observed value. */
export function cellSign (cell: Cell, texts: Texts, print: (value: number) => string): string {
  switch (cell.status) {
    case 'observed': return cell.value === 0 && cell.flag !== 'estimated' ? '–' : withFlag(print(cell.value), cell.flag)
    case 'suppressed': return '.'
    case 'missing': return missingSigns[cell.reason] ?? texts.noAnswer
  }
}

/** `(12,5)`, `12,5 s`: what official tables put to a value. */
function withFlag (text: string, flag: CellFlag | undefined): string {
  if (flag === undefined) return text
  return flag === 'limited' ? `(${text})` : `${text}${noBreakSpace}${flagSigns[flag]}`
}

const flagSigns = { provisional: 'p', revised: 'r', estimated: 's' } as const

/** What a reader must know about a cell, in words; empty for an ordinary value. */
export function cellRemark (cell: Cell, texts: Texts): string {
  switch (cell.status) {
    case 'observed': return [
      cell.value === 0 && cell.flag !== 'estimated' ? texts.table.exactlyZero : '',
      cell.flag === undefined ? '' : texts.flags[cell.flag],
    ].filter(part => part !== '').join(', ')
    case 'suppressed': return cell.between === undefined ? texts.suppressed : `${texts.suppressed}, ${formatBetween(cell.between, texts)}`
    case 'missing': return texts.reasons[cell.reason]
  }
}

/** `zwischen 1 und 14`. With all digits the numbers have, because rounding could narrow what is true. */
function formatBetween (between: Between, { language, between: say }: Texts): string {
  const [least, greatest] = between.map(value => {
    const [, decimals = ''] = String(value).split('.')
    return /e/.test(String(value)) ? formatPlainNumber(value, language) : formatNumber(value, { decimals: decimals.length, language })
  }) as [string, string]
  return say(least, greatest)
}

const missingSigns: Partial<Record<MissingReason, string>> = {
  pending: '…',
  unreliable: '/',
  'not-applicable': 'x',
  'unit-too-small': '/',
}

const englishMonths = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
]
