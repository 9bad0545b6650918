import type { TableRow } from './head.ts'
import type { CellFault, Indent, Merge } from './sheet.ts'

/** A text file or a sheet as lines of fields, before anybody has said which line holds the heads. */
export interface Grid {
  readonly file: string
  /** Null for a text file. */
  readonly sheet: string | null
  readonly encoding: string
  /** Null for a sheet. */
  readonly delimiter: string | null
  /** In file order; blank lines may be left out. */
  readonly rows: readonly TableRow[]
  readonly merges: readonly Merge[]
  readonly indents: readonly Indent[]
  readonly faults: readonly CellFault[]
}
