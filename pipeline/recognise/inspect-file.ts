import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { hasErrors } from '../../core/problem.ts'
import { decodeText } from '../read/encoding.ts'
import type { TableLayout } from '../read/layout/layout.ts'
import { readTables } from '../read/tables.ts'
import { inspectLayer } from './inspect-layer.ts'
import { inspectTable } from './inspect-table.ts'
import type { Inspection, LayerInspection } from './inspection.ts'

/**
 * Looks at any delivered file and says what it could be. Never throws for what a file holds.
 *
 * @param layers boundaries of the same folder, in which the keys of tables are looked up
 */
export async function inspectFile (filePath: string, displayName = path.basename(filePath), layers: readonly LayerInspection[] = []): Promise<Inspection> {
  if (isLayerFile(filePath)) return await inspectLayer(filePath, displayName) ?? { kind: 'other', file: displayName, problems: [] }
  const plain = await inspectTables(filePath, displayName, layers, {})
  if (plain.tables.length === 0) return { kind: 'other', file: displayName, problems: plain.problems }
  const isUndated = plain.tables.some(({ period }) => period === null || period.column === null)
  const dated = isUndated ? await inspectDated(filePath, displayName, layers) : undefined
  return { kind: 'tables', file: displayName, ...(dated ?? plain) }
}

type Tables = Pick<Extract<Inspection, { kind: 'tables' }>, 'tables' | 'problems'>

/** Years may stand in the heads, or be the names of the sheets. */
async function inspectDated (filePath: string, displayName: string, layers: readonly LayerInspection[]): Promise<Tables | undefined> {
  for (const where of ['head', 'sheet'] as const) {
    const layout = where === 'sheet' ? { sheets: 'all' as const, period: { in: where } } : { period: { in: where } }
    const { tables, problems } = await inspectTables(filePath, displayName, layers, layout)
    const isDated = tables.length > 0 && !hasErrors(problems) && new Set(tables.flatMap(({ period }) => period?.periods ?? [])).size > 1 &&
      tables.every(({ period, values }) => period !== null && period.column === null && values.length > 0)
    if (isDated) return { tables: tables.map(table => ({ ...table, period: { ...table.period!, in: where } })), problems }
  }
  return undefined
}

async function inspectTables (filePath: string, displayName: string, layers: readonly LayerInspection[], layout: Omit<TableLayout, 'displayName'>): Promise<Tables> {
  const { tables, problems } = await readTables(filePath, { ...layout, displayName })
  const title = await readTitle(filePath)
  return { tables: tables.map(table => inspectTable(table, displayName, title, layers)), problems }
}

/** Whether a file is read as boundaries, by its name: a `.json` may be anything, so it counts as such only as `.geojson`. */
export function isLayerFile (file: string): boolean {
  return /\.(?:zip|shp|geojson|gpkg)$/i.test(file)
}

/** Whether a file may hold tables. */
export function isTableFile (file: string): boolean {
  return /\.(?:csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods)$/i.test(file)
}

/** What stands above the table of a text file: it often names the subject and the day. */
async function readTitle (filePath: string): Promise<string> {
  if (!/\.(?:csv|tsv|txt)$/i.test(filePath)) return ''
  const { text } = decodeText((await readFile(filePath)).subarray(0, 4096))
  const lines = text.split(/\r?\n/)
  const isPreamble = (line: string) => line.split(/[;,\t]/).filter(field => field.trim() !== '').length <= 2
  return lines.slice(0, lines.findIndex(line => !isPreamble(line))).join(' ').replaceAll(/[;\t"]+/g, ' ').trim().slice(0, 300)
}
