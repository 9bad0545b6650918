import type { Level } from '../../core/area.ts'
import { parsePeriod } from '../../core/period.ts'
import { applyKeyRule } from '../join/key.ts'
import { readPeriod } from '../join/period.ts'
import type { Project } from '../project-file/project.ts'
import { isTable, type DeliveryEntry } from '../project-file/schema.ts'
import { findColumn } from '../read/column.ts'
import type { DeliveredTable } from '../read/table.ts'
import { layoutOf, readTables } from '../read/tables.ts'
import type { Known } from './score.ts'

/** A delivery of the project, with what its files hold already. */
export interface KnownDelivery extends Known {
  /** Position in the project file. */
  readonly index: number
  readonly files: readonly KnownFile[]
}

export interface KnownFile {
  /** Position in `files`. */
  readonly entry: number
  readonly name: string
  /** Where the project file fixes it for the whole file. */
  readonly period: string | null
  /** `2024-12-31|01`: what its rows speak of. */
  readonly rows: ReadonlySet<string>
}

/** Reads what a delivery holds so far. Files that cannot be read count as empty: the check says why they cannot. */
export async function knowDelivery (project: Project, delivery: DeliveryEntry, index: number, levels: readonly Level[]): Promise<KnownDelivery> {
  const files: KnownFile[] = []
  let lastHeads: readonly string[] = []
  for (const [entry, file] of delivery.files.entries()) {
    const name = typeof file === 'string' ? file : file.file
    const period = typeof file === 'string' ? null : String(file.period)
    const tables = await readAs(delivery, project.resolve(name), name)
    files.push({ entry, name, period, rows: new Set(tables.flatMap(table => [...rowsOf(delivery, table, period)])) })
    lastHeads = tables[0]?.columns ?? lastHeads
  }
  const own = levels.filter(level => delivery.level === undefined ? level.system === delivery.system : level.id === delivery.level)
  return { index, delivery, files, lastHeads, lastFile: files.at(-1)!.name, areas: new Set(own.flatMap(({ areas }) => areas.map(({ id }) => id))) }
}

/** The tables of a file as this delivery reads it; none where it cannot. Rows of persons and grid cells are not looked at. */
export async function readAs (delivery: DeliveryEntry, filePath: string, displayName: string): Promise<readonly DeliveredTable[]> {
  if (delivery.einzeldaten !== undefined || !isTable(delivery)) return []
  const { tables } = await readTables(filePath, layoutOf(delivery, displayName))
  return tables
}

/** Period and area of every row that has both. */
export function rowsOf (delivery: DeliveryEntry, table: DeliveredTable, filePeriod: string | null): Set<string> {
  if (!isTable(delivery)) return new Set()
  const { column, value, ...keyRule } = delivery.area
  const area = indexOf(table, column)
  const time = indexOf(table, delivery.period?.column)
  return new Set(table.rows.flatMap(({ fields, period: stated }) => {
    const text = filePeriod ?? stated ?? (time === undefined ? String(delivery.period?.value ?? '') : fields[time] ?? '')
    const period = filePeriod === null ? readPeriod(delivery.period ?? {}, text)?.id : parsePeriod(text)?.id
    const key = area === undefined ? String(value ?? '') : applyKeyRule(keyRule, fields[area] ?? '')
    return period === undefined || key === '' ? [] : [`${period}|${key}`]
  }))
}

function indexOf (table: DeliveredTable, column: string | undefined): number | undefined {
  if (column === undefined) return undefined
  const found = findColumn(table.columns, column, {})
  return 'index' in found ? found.index : undefined
}
