import type { Localised } from '../core/area.ts'
import type { Problem } from '../core/problem.ts'

/** A file of a list of facilities. */
export interface FacilityFileName {
  /** Id of the list. */
  readonly list: string
  readonly label: Localised
  /** As the project file names it; a list may have several. */
  readonly file: string
}

/** The file as people may see it: without columns about persons, and without places that belong on no screen. */
export interface FacilityTable extends FacilityFileName {
  readonly columns: readonly string[]
  /** Heads that say what something is. */
  readonly roles: { readonly name: readonly string[], readonly x: string | null, readonly y: string | null }
  readonly rows: readonly FacilityRow[]
  /** Level whose areas it is counted into; null where it is not counted. */
  readonly level: string | null
  readonly isEditable: boolean
  readonly problems: readonly Problem[]
  /**
   * Says whether the file is still the same. Keyed, because it covers what is not shown: with a plain checksum an address could be
   * tried out. Good as long as this worker runs.
   */
  readonly version: string
}

export interface FacilityRow {
  readonly line: number
  /** Finds the row again when the table comes back; good as long as this worker runs. */
  readonly token: string
  /** As wide as the columns; null for a place that must not be shown. */
  readonly cells: readonly string[] | null
  /** In 1e-7 degree; null where it is nowhere, or must not be known. */
  readonly point: { readonly lon: number, readonly lat: number } | null
}

/** A row as it came back; without a token a new one. Null for cells that were never shown. */
export interface TypedRow {
  readonly token: string | null
  readonly cells: readonly string[] | null
}

export type FacilitiesSaved =
  | { readonly kind: 'written', readonly problems: readonly Problem[], readonly added: number, readonly changed: number, readonly removed: number }
  /** Somebody else was faster; what is there now stands in the table. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'refused', readonly problems: readonly Problem[] }
