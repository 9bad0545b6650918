import type { Problem } from '../../core/problem.ts'
import { readTable, type DeliveredTable, type TableDialect } from './table.ts'

/** The tables of one delivered file, each in the form the join wants: one row per area and period, or per area, period and indicator. */
export interface TablesResult {
  readonly tables: readonly DeliveredTable[]
  readonly problems: readonly Problem[]
}

/** Reads all tables of a file that a delivery speaks of: one, or one per sheet. */
export async function readTables (filePath: string, dialect: TableDialect & { readonly displayName: string }): Promise<TablesResult> {
  const { table, problems } = await readTable(filePath, dialect)
  return { tables: table ? [table] : [], problems }
}
