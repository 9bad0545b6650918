import type { Area, ContextShape, Coordinate, Geometry, Level, Localised } from './area.ts'
import type { Between, Cell, CellFlag, MissingReason, StatusLetter } from './cell.ts'
import type { Indicator, Theme } from './indicator.ts'
import { missing, observed, suppressed } from './cell.ts'

export type Language = 'de' | 'en'

/** Raised whenever the bytes served under an edition id may change without its content changing. */
export const formatVersion = 1

export type Audience = 'public' | 'internal'

/**
 * Everything the atlas says at one moment. Immutable: a correction is a new edition.
 *
 * It holds cleared cells only. What is not in here cannot leak: the server, tiles, exports and
 * logs never see anything else.
 */
export interface Edition {
  /** `e` + 12 hex of the SHA-256 of `canonicalText` of the rest. */
  readonly id: string
  readonly formatVersion: number
  readonly atlas: AtlasFacts
  readonly audience: Audience
  readonly themes: readonly Theme[]
  /** Order of the project file; the first is the level shown when nothing is asked for. */
  readonly levels: readonly Level[]
  readonly geometries: readonly Geometry[]
  readonly context: readonly ContextShape[]
  /** Order of the project file. */
  readonly indicators: readonly Indicator[]
  readonly deliveries: readonly DeliveryFacts[]
  /** By level in `levels` order, then indicator in `indicators` order; only where some period has values. */
  readonly series: readonly Series[]
  /** What a reader must know about the whole, e.g. rows that count for the town only. */
  readonly notes: readonly Localised[]
  /** What a reader must know about single figures. Left out where there is none, as all that follow. */
  readonly remarks?: readonly Remark[]
  /** Areas beyond the map (Kreis, Land, Bund) that figures are held against. */
  readonly references?: readonly ReferenceArea[]
  readonly facilities?: readonly FacilityLayer[]
  readonly assessments?: readonly Assessment[]
}

/** Why a figure must be read with care. It names printed cells only: a remark at a suppressed one would tell about it. */
export interface Remark {
  /**
   * - `accepted`: a finding of the check that somebody looked at and accepted.
   * - `estimated`: apportioned from other boundaries.
   * - `census`: summed from grid cells, some of which are secret or carry noise.
   */
  readonly kind: 'accepted' | 'estimated' | 'census'
  /** Null: all of them. */
  readonly indicator: string | null
  readonly level: string | null
  readonly area: string | null
  readonly period: string | null
  readonly text: Localised
}

/** An area without geometry, with figures that somebody else published. */
export interface ReferenceArea {
  readonly id: string
  readonly name: Localised
  readonly kind: 'district' | 'state' | 'nation' | 'other'
  /** By indicator in project order, then period. */
  readonly values: readonly ReferenceValue[]
}

export interface ReferenceValue {
  readonly indicator: string
  readonly period: string
  readonly value: number
  readonly source: string
  /** Day the figure describes. */
  readonly referenceDate: string
  readonly licence: Licence
  /** How the definition differs from the indicator's, or null. */
  readonly differs: Localised | null
}

/** What the town says about an area beside its figures, and what it does about it. Plain texts; an empty line begins a paragraph. */
export interface Assessment {
  readonly level: string
  readonly area: string
  readonly assessment: string
  readonly measure: string
  /** Empty where none is stated. */
  readonly goal: string
  readonly author: string
  /** `2025-03-01` */
  readonly date: string
  /** Id of the figure by which one will see whether it helps; null for none. */
  readonly indicator: string | null
  /** For the house alone. */
  readonly isDraft: boolean
}

/** Places such as Kitas; addresses that must not be known are refused before an edition is made. */
export interface FacilityLayer {
  readonly id: string
  readonly label: Localised
  readonly attribution: string
  readonly licence: Licence
  readonly referenceDate: string
  readonly facilities: readonly Facility[]
}

export interface Facility {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly lon: Coordinate
  readonly lat: Coordinate
  /** Published attributes only, in the order of the project file: address, capacity, provider. */
  readonly attributes: Readonly<Record<string, string>>
}

export interface AtlasFacts {
  /** First segment of every path. */
  readonly id: string
  readonly title: string
  /** As in "Stadt Musterstadt (Weser)". */
  readonly municipality: string
  readonly language: Language
  /** Synthetic figures are marked as such on every page. */
  readonly dataStatus: 'synthetic' | 'open-data' | 'official'
  readonly licence: Licence
  readonly contact: { readonly name: string, readonly email: string }
  /** Mail address of the data protection officer, and the address of the town's own privacy notice; each only where the project names it. */
  readonly privacy?: { readonly officer?: string, readonly notice?: string }
  /** Level whose one area is the whole town, for comparison; or null. */
  readonly referenceLevel: string | null
  /** Indicator shown first. */
  readonly startIndicator: string
  /** Zoom range of geometry tiles. */
  readonly tiles: { readonly minZoom: number, readonly maxZoom: number }
}

export interface Licence { readonly name: string, readonly url: string }

/** What the public learns about a delivery. */
export interface DeliveryFacts {
  readonly id: string
  readonly title: string
  readonly publisher: string
  readonly licence: Licence
  /** Text to print with every figure made of it. */
  readonly attribution: string
  /** Day the source was drawn, or null where the publisher does not say. */
  readonly extractedOn: string | null
  /** Smallest count the publisher lets pass; null means none is needed, and `minimumCountReason` says why. */
  readonly minimumCount: number | null
  readonly minimumCountReason: string | null
  readonly legalBasis: string
}

/** The cells of one indicator on one level, as columns: `values[periodIndex][areaIndex]`. */
export interface Series {
  readonly level: string
  readonly indicator: string
  /** Oldest first. */
  readonly periods: readonly string[]
  /** A number exactly where the status is `o`. */
  readonly values: ReadonlyArray<ReadonlyArray<number | null>>
  readonly statuses: ReadonlyArray<readonly StatusLetter[]>
  /** A reason exactly where the status is `m`. */
  readonly reasons: ReadonlyArray<ReadonlyArray<MissingReason | null>>
  readonly flags: ReadonlyArray<ReadonlyArray<CellFlag | null>>
  /** Only where the project asks for it: what a suppressed cell lies between, and null everywhere else. */
  readonly between?: ReadonlyArray<ReadonlyArray<Between | null>>
  /** Default classes, from the printed values of all periods. */
  readonly classes: Classes
}

/**
 * Classes are [lower, upper), the last one closed. `breaks` has one bound more than there are
 * classes, ascending; empty where no value is printed.
 */
export interface Classes {
  readonly method: ClassMethod
  readonly breaks: readonly number[]
}

export type ClassMethod = 'pretty' | 'quantile' | 'equal' | 'natural' | 'unique' | 'manual'

/** @throws RangeError for an unknown level; use `findLevel` for input from outside */
export function getLevel (edition: Edition, levelId: string): Level {
  const level = findLevel(edition, levelId)
  if (!level) throw new RangeError(`unknown level: ${levelId}`)
  return level
}

export function findLevel (edition: Edition, levelId: string): Level | undefined {
  return edition.levels.find(level => level.id === levelId)
}

export function findIndicator (edition: Edition, indicatorId: string): Indicator | undefined {
  return edition.indicators.find(indicator => indicator.id === indicatorId)
}

export function findArea (level: Level, areaId: string): Area | undefined {
  return level.areas.find(area => area.id === areaId)
}

export function getGeometry (edition: Edition, level: Level): Geometry {
  const geometry = edition.geometries.find(candidate => candidate.id === level.geometry)
  if (!geometry) throw new RangeError(`level ${level.id} names geometry ${level.geometry}, which the edition lacks`)
  return geometry
}

export function findSeries (edition: Edition, levelId: string, indicatorId: string): Series | undefined {
  return edition.series.find(series => series.level === levelId && series.indicator === indicatorId)
}

/** The cells of one period in area order, or `undefined` where the series has no such period. */
export function findCells (series: Series, period: string): readonly Cell[] | undefined {
  const row = series.periods.indexOf(period)
  if (row === -1) return undefined
  return series.statuses[row]!.map((_, column) => cellAt(series, row, column))
}

export function cellAt (series: Series, row: number, column: number): Cell {
  switch (series.statuses[row]![column]!) {
    case 'o': return observed(series.values[row]![column]!, series.flags[row]![column] ?? undefined)
    case 's': {
      const between = series.between?.[row]![column]
      return between ? { status: 'suppressed', between } : suppressed
    }
    case 'm': return missing(series.reasons[row]![column]!)
  }
}

/** The one area of the reference level (the town), or `undefined`. */
export function findReference (edition: Edition): { level: Level, area: Area } | undefined {
  const level = edition.atlas.referenceLevel === null ? undefined : findLevel(edition, edition.atlas.referenceLevel)
  const area = level?.areas[0]
  return level && area && { level, area }
}

/** Project text in the language asked for, or in German where it was not translated. */
export function localise (text: Localised, language: Language): string {
  return text[language] ?? text.de
}

/**
 * The bytes an edition's id is made of: JSON with keys in code-unit order, no space, text in NFC,
 * numbers as shortest decimals. No clock and no random number goes in.
 */
export function canonicalText (value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'))
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError(`cannot write ${value} into an edition`)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`
  const entries = Object.entries(value).filter(([, field]) => field !== undefined)
  return `{${entries.toSorted(([a], [b]) => a < b ? -1 : 1).map(([key, field]) => `${JSON.stringify(key)}:${canonicalText(field)}`).join(',')}}`
}
