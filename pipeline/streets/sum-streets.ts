import type { Cell } from '../../core/cell.ts'
import { sumDecimals } from '../../core/aggregate.ts'
import { type Problem } from '../../core/problem.ts'
import { listOf } from '../project-file/list-of.ts'
import type { TableDelivery } from '../project-file/schema.ts'
import { parseCellText } from '../read/cell-text.ts'
import { findColumn } from '../read/column.ts'
import { trimBlanks } from '../read/number-text.ts'
import type { DeliveredTable, TableRow } from '../read/table.ts'
import { areaHead, periodHead, unassignedKey } from '../records/counted-delivery.ts'
import { findArea, type StreetList } from './street-list.ts'
import { UnmatchedStreets } from './unmatched.ts'

interface Group {
  readonly row: TableRow
  readonly area: string
  readonly period: string
  /** Per value column: the fields of all its streets. */
  readonly fields: string[][]
}

/**
 * Sums a table of streets up to areas: one row per area and period, in the form that `countedDelivery` describes. A sum with a
 * secret or missing part is that part's sign, since nobody knows it.
 */
export function sumStreets (table: DeliveredTable, delivery: TableDelivery, list: StreetList): { table?: DeliveredTable, indicators: readonly string[], problems: readonly Problem[] } {
  const problems: Problem[] = []
  const find = (...heads: readonly string[]): number => {
    const attempts = heads.map(head => findColumn(table.columns, head, { file: table.file }))
    const found = attempts.find(attempt => 'index' in attempt) ?? attempts[0]!
    if ('index' in found) return found.index
    problems.push(found.problem)
    return -1
  }
  const street = find(delivery.area.street ?? '')
  const hasPeriod = delivery.period?.column !== undefined && table.rows[0]?.period === undefined
  const period = hasPeriod ? find(delivery.period!.column!) : -1
  const values = Object.entries(delivery.columns ?? {}).map(([indicator, heads]) => ({ indicator, index: find(...listOf(heads)) }))
  const indicators = values.map(({ indicator }) => indicator)
  if (problems.length > 0) return { indicators, problems }

  const unmatched = new UnmatchedStreets(list.file)
  const groups = new Map<string, Group>()
  for (const row of table.rows) {
    const written = row.fields[street] ?? ''
    const area = findArea(list, written, undefined)
    if (area === undefined) unmatched.add(written)
    const of = row.period ?? trimBlanks(row.fields[period] ?? '')
    const key = `${of}\0${area ?? ''}`
    const group = groups.get(key) ?? { row, area: area ?? unassignedKey, period: of, fields: values.map(() => []) }
    groups.set(key, group)
    values.forEach(({ index }, position) => group.fields[position]!.push(row.fields[index] ?? ''))
  }
  const rows = [...groups.values()].map(({ row, area, period, fields }) => ({
    line: row.line, ...row.period === undefined ? {} : { period: row.period }, fields: [area, period, ...fields.map(texts => sumTexts(texts, table, delivery))],
  }))
  return { table: { ...table, sheet: null, columns: [areaHead, periodHead, ...indicators], rows }, indicators, problems: unmatched.problems({ file: table.file }) }
}

function sumTexts (texts: readonly string[], { notation }: DeliveredTable, { legend }: TableDelivery): string {
  const cells = texts.map(text => parseCellText(text, { legend: legend ?? {}, ...notation }))
  const odd = cells.findIndex(cell => cell?.status !== 'observed')
  if (odd !== -1) return texts[odd]!
  const sum = sumDecimals(cells.map(cell => (cell as Extract<Cell, { status: 'observed' }>).value))
  return String(sum).replace('.', notation.decimal ?? ',')
}
