import type { Level } from '../../core/area.ts'
import type { Audience } from '../../core/edition.ts'
import type { Place } from '../../core/problem.ts'
import type { IndicatorEntry, TableDelivery } from '../project-file/schema.ts'
import { placeOf, type DeliveredTable, type TableRow } from '../read/table.ts'

/** One table of a delivery, and what its rows are joined to. */
export interface JoinInput {
  readonly delivery: TableDelivery
  readonly table: DeliveredTable
  /** Period of all rows where the project file fixes it for this file. */
  readonly filePeriod?: string
  readonly levels: readonly JoinLevel[]
  readonly indicators: readonly IndicatorEntry[]
  /** Whose rules go with the figures; defaults to the public's. */
  readonly audience?: Audience
}

/** A level as the join needs it. */
export type JoinLevel = Pick<Level, 'id' | 'system' | 'validFrom' | 'validTo' | 'areas'>

/** Where a field stands in the file, or its row if no column is given. */
export function placeIn (table: DeliveredTable, { line, sources }: Pick<TableRow, 'line' | 'sources'>, column: string | undefined): Place {
  if (column === undefined) return placeOf(table, line)
  const index = table.columns.indexOf(column)
  return sources === undefined ? placeOf(table, line, index) : placeOf({ ...table, columns: table.deliveredColumns ?? table.columns }, line, sources[index] ?? -1)
}

/** So many keys show what is wrong with all of them. */
export const quotedKeys = 8
