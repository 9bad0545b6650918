import { problem, type Problem } from '../../../core/problem.ts'
import { quoteList } from '../../facts.ts'
import { findColumn } from '../column.ts'
import type { DeliveredTable, TableRow } from '../head.ts'
import { trimBlanks } from '../number-text.ts'
import type { TableLayout } from './layout.ts'
import { findPeriodText } from './period-text.ts'

/** Head of a column whose head said nothing but the period. */
const bareHead = 'Wert'

/** A column that describes one period: position in the file, from 0, period and the head without it. */
export interface PeriodColumn {
  readonly index: number
  readonly period: string
  readonly rest: string
}

/** The columns whose heads hold a period; heads that the delivery names as keys do not count, whatever they say. */
export function findPeriodColumns ({ file, columns }: DeliveredTable, { area, others, period }: TableLayout): { found: PeriodColumn[], problems: Problem[] } {
  const keys = new Set([area?.column, ...(others ?? [])])
  const found: PeriodColumn[] = []
  const unclear: string[] = []
  for (const [index, head] of columns.entries()) {
    if (keys.has(head.trim())) continue
    const text = findPeriodText(head, period?.extract)
    if (text === 'several') unclear.push(head)
    else if (text !== 'none') found.push({ index, period: text.period, rest: text.rest === '' ? bareHead : text.rest })
  }
  if (unclear.length > 0) return { found, problems: [problem('layout-two-periods', { file }, { heads: quoteList(unclear, 5) })] }
  if (found.length === 0) return { found, problems: [problem('layout-no-period-heads', { file }, { heads: quoteList(columns.filter(head => head !== ''), 8) })] }
  return { found, problems: [] }
}

/**
 * One row per row and period: columns whose heads differ by the period only become one column, named by what they share (`Wert` if that is
 * nothing). A column that some period lacks is marked in its rows, since a cell that was never there is no blank one.
 */
export function unpivot (table: DeliveredTable, columns: readonly PeriodColumn[], layout: TableLayout): { table: DeliveredTable, problems: Problem[] } {
  const moving = new Set(columns.map(({ index }) => index))
  const fixed = table.columns.flatMap((_, index) => moving.has(index) ? [] : [index])
  const rests = [...new Set(columns.map(({ rest }) => rest))]
  const heads = [...fixed.map(index => table.columns[index]!), ...rests]
  const frozen = frozenValues(table, fixed, layout)
  const twice = columns.find(one => columns.some(other => other.index < one.index && other.period === one.period && other.rest === one.rest))
  const problems = [
    ...(frozen.length === 0 ? [] : [problem('layout-head-without-period', { file: table.file }, { heads: quoteList(frozen) })]),
    ...(twice ? [problem('layout-twice-a-period', { file: table.file }, { head: table.columns[twice.index]!, period: twice.period })] : []),
  ]
  const shapes = [...new Set(columns.map(({ period }) => period))].map(period => {
    const sources = [...fixed, ...rests.map(rest => columns.find(column => column.period === period && column.rest === rest)?.index ?? -1)]
    return { period, sources, without: new Set(sources.flatMap((source, index) => source === -1 ? [index] : [])) }
  })
  const rows = table.rows.flatMap(row => (isRemark(row) ? shapes.slice(0, 1) : shapes).map(shape => reshape(row, shape)))
  return { table: { ...table, columns: heads, rows, deliveredColumns: table.columns }, problems }
}

function reshape (row: TableRow, { period, sources, without }: { readonly period: string, readonly sources: readonly number[], readonly without: ReadonlySet<number> }): TableRow {
  return { line: row.line, fields: sources.map(source => row.fields[source] ?? ''), period, sources, ...(without.size > 0 && { without }) }
}

/** A remark below the table is one, however many periods the table has. */
function isRemark ({ fields }: TableRow): boolean {
  return fields.length > 1 && fields.slice(1).every(field => trimBlanks(field) === '')
}

/** Values that would be repeated for every period, because their heads name none. */
function frozenValues (table: DeliveredTable, fixed: readonly number[], { values = [] }: TableLayout): string[] {
  const heads = fixed.map(index => table.columns[index]!)
  return values.flatMap(names => names.filter(name => 'index' in findColumn(heads, name, {})))
}
