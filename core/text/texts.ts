import type { CellFlag, MissingReason } from '../cell.ts'
import type { AtlasFacts, ClassMethod, Language, ReferenceArea } from '../edition.ts'
import type { IndicatorKind } from '../indicator.ts'

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
    readonly draft: (editionId: string) => string
    readonly toWorkshop: string
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
    /** Heads what changed against the edition before. */
    readonly new: string
    readonly newIndicators: string
    readonly newPeriods: string
    readonly restated: string
    readonly ofIndicators: (count: string, isOne: boolean) => string
  }

  readonly profile: {
    readonly title: (area: string) => string
    readonly sentence: (facts: { level: string, parent: string | null }) => string
    readonly indicator: string
    readonly asOf: string
    readonly difference: string
    readonly differenceHint: string
    readonly nothing: string
    readonly assessment: string
    readonly measure: string
    readonly goal: string
    readonly watched: string
    readonly writtenBy: (author: string, date: string) => string
    readonly draft: string
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
