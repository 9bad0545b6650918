import type { Bounds, Localised } from '../../core/area.ts'
import type { Problem } from '../../core/problem.ts'
import type { SignMeaning } from '../read/cell-text.ts'
import type { NumberNotation } from '../read/number-text.ts'
import type { HeadGuess } from './heads.ts'

/** What a delivered file looks like. Everything in it is a guess with its evidence; a person decides. */
export type Inspection =
  | LayerInspection
  | { readonly kind: 'tables', readonly file: string, readonly tables: readonly TableInspection[], readonly problems: readonly Problem[] }
  | { readonly kind: 'other', readonly file: string, readonly problems: readonly Problem[] }

export interface LayerInspection {
  readonly kind: 'layer'
  readonly file: string
  readonly geometry: 'polygon' | 'line' | 'point'
  readonly count: number
  readonly crs: string | null
  /** Degrees; null where the coordinate system is not known. */
  readonly bounds: Bounds | null
  readonly attributes: readonly string[]
  /** Columns that could be the key, the likeliest first. */
  readonly keys: readonly KeyColumn[]
  /** Columns that could be the name, the likeliest first. */
  readonly names: readonly NameColumn[]
  readonly problems: readonly Problem[]
}

/** A column of a layer without repetition and gaps, whose texts look like codes. */
export interface KeyColumn {
  readonly column: string
  /** Letters before every key that tables may leave out, `STGT`; '' for none. */
  readonly prefix: string
  /** Keys without the prefix, in record order. */
  readonly keys: readonly string[]
}

export interface NameColumn {
  readonly column: string
  /** As delivered, in record order. */
  readonly names: readonly string[]
  /** `^\d\d (.+)$` where a number stands before every name. */
  readonly extract: string | null
}

export interface TableInspection {
  readonly file: string
  readonly sheet: string | null
  readonly encoding: string
  readonly delimiter: string | null
  readonly notation: NumberNotation
  readonly columns: readonly string[]
  readonly rows: number
  /** Null where no column fits the areas of a layer. */
  readonly area: AreaGuess | null
  readonly period: PeriodGuess | null
  readonly values: readonly ValueGuess[]
  /** A column that says which figure a row holds; then there is one value column. */
  readonly long: LongGuess | null
  /** Signs in value cells that are no numbers, with what they usually mean; null where nobody can know (a blank). */
  readonly signs: ReadonlyMap<string, SignMeaning | null>
  /** Heads that speak of single persons: names, birth dates, addresses. */
  readonly persons: readonly string[]
}

export interface AreaGuess {
  readonly column: string
  /** File of the layer whose keys fit, and which of its key columns. */
  readonly layer: string
  readonly key: KeyColumn
  readonly rule: { readonly prefix?: string, readonly extract?: string, readonly pad?: number, readonly lookUp?: Readonly<Record<string, string>> }
  /** Layers that fit equally well: other vintages of the same keys. */
  readonly others: readonly string[]
  /** Distinct texts, and how many of them are areas; areas that have a row. */
  readonly texts: number
  readonly matched: number
  readonly areas: number
  readonly totals: readonly string[]
  readonly unassigned: readonly string[]
  /** Texts that fit nothing. */
  readonly orphans: readonly string[]
}

export interface PeriodGuess {
  /** Null where the file name, the sheet or the heads say it. */
  readonly column: string | null
  /** Where the reader of tables finds it; null for a column, or where the name of the file says it once. */
  readonly in: 'head' | 'sheet' | null
  /** Where every text is turned into a period the same way. */
  readonly template: string | null
  readonly lookUp: Readonly<Record<string, string>> | null
  /** Sorted. */
  readonly periods: readonly string[]
  readonly evidence: Localised
}

export interface ValueGuess {
  readonly column: string
  readonly known: HeadGuess | null
  readonly kind: 'count' | 'measure'
  readonly decimals: number
  readonly isSigned: boolean
  readonly isPercent: boolean
}

export interface LongGuess {
  readonly column: string
  /** Its distinct texts, in file order. */
  readonly categories: readonly string[]
  readonly value: string
}
