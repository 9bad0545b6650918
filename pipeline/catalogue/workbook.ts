import type { Place, Problem } from '../../core/problem.ts'
import type { IndicatorEntry } from '../project-file/schema.ts'

export { readIndicatorWorkbook } from './read-workbook.ts'
export { writeIndicatorWorkbook } from './write-workbook.ts'

/** An indicator as a town writes it: all of it, or the name of an entry of the catalogue and what is different here. */
export type IndicatorSettings = Partial<IndicatorEntry> & { readonly use?: string }

/** Under which head an indicator stands in the tables of a delivery; several heads are alternatives. */
export interface ColumnMapping {
  readonly delivery: string
  readonly indicator: string
  readonly heads: readonly string[]
  readonly place: Place
}

/** What `kennzahlen.xlsx` holds. */
export interface IndicatorWorkbook {
  readonly entries: readonly IndicatorSettings[]
  readonly columns: readonly ColumnMapping[]
  /** The cell in which a key of an entry stands; `part` is `de` or `en`. */
  readonly placeOf: (entry: number, key: string, part?: string) => Place
  readonly problems: readonly Problem[]
}
