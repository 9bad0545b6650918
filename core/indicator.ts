import type { Localised } from './area.ts'

/**
 * What kind of figure this is; it decides how it is computed and drawn.
 *
 * - `count`: a number of people or cases. Drawn, but said to be absolute.
 * - `share`: factor · Σ numerator / Σ denominator, the numerator being a part of the denominator.
 * - `ratio`: the same formula where it is not a part, as in births per 1,000 or a migration balance.
 *   Both are computed from counts on every level, never averaged.
 * - `measure`: delivered as it is (a mean, an index, a rate without its counts); never summed to an upper level.
 */
export type IndicatorKind = 'count' | 'share' | 'ratio' | 'measure'

/** One indicator (Kennzahl) with everything a citation needs. */
export interface Indicator {
  /** English kebab-case, `sgb2-share`; `^[A-Za-z0-9_-]{1,60}$`. */
  readonly id: string
  /** Key of `Edition.themes`. */
  readonly theme: string
  readonly kind: IndicatorKind
  readonly label: Localised
  /** One or two sentences: who is counted, in relation to whom. */
  readonly definition: Localised
  /** As printed behind the number: `%`, `je 100`, `Personen`; may be empty. */
  readonly unit: Localised
  /** Digits shown after the decimal comma. */
  readonly decimals: number
  /** Whether a value below zero is possible, as in a migration balance; the classes then part at zero. */
  readonly signed: boolean
  readonly palette: PaletteId
  /** Only for `share` and `ratio`. */
  readonly formula: Formula | null
  readonly notes: readonly Localised[]
  /** Oldest first; the periods for which some level has a value. */
  readonly periods: readonly IndicatorPeriod[]
  /** Breaks in the line: from these periods on the figure means something else. Left out where there are none. */
  readonly changes?: readonly Change[]
}

/** A change of definition, method or source. */
export interface Change {
  /** The first period of the new meaning. */
  readonly from: string
  readonly note: Localised
}

/** value = factor · (Σ numerator − Σ minus) / Σ denominator; all three lists name `count` indicators. */
export interface Formula {
  readonly numerator: readonly string[]
  readonly minus: readonly string[]
  readonly denominator: readonly string[]
  readonly factor: number
}

/** No value without vintage and reference date. */
export interface IndicatorPeriod {
  /** Canonical period text. */
  readonly period: string
  /** Day or last day that the numerator (or the value) describes. */
  readonly referenceDate: string
  /** The denominator's, where it differs from the numerator's; else null. */
  readonly denominatorDate: string | null
  /** Keys of `Edition.deliveries` behind the value, denominators included. */
  readonly deliveries: readonly string[]
}

export interface Theme {
  readonly id: string
  readonly label: Localised
}

export type PaletteId = 'petrol' | 'moos' | 'beere' | 'div'
