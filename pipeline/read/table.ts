import type { TableResult } from './head.ts'
import type { TableLayout } from './layout/layout.ts'
import { readFileTables } from './tables.ts'

export type { DeliveredTable, TableResult, TableRow } from './head.ts'
export { placeOf } from './head.ts'
export type { TableDialect } from './layout/layout.ts'

/**
 * Reads the first table of a CSV file or a workbook (.xlsx, .xlsb, .xls, .ods), told apart by what is in it and not by its name. Fields
 * are text as delivered; blank rows are left out, footnotes below the table are rows. Every problem of the file at once, without a word
 * on what was detected (`readTables` says it); never throws for what a file holds.
 */
export async function readTable (filePath: string, layout: TableLayout): Promise<TableResult> {
  const { tables: [table], problems } = await readFileTables(filePath, layout)
  return { ...(table && { table }), problems: [...problems] }
}
