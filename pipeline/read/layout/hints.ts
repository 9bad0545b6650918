import { problem, type Problem } from '../../../core/problem.ts'
import { listSome, quoteList } from '../../facts.ts'
import { findColumn } from '../column.ts'
import type { DeliveredTable } from '../head.ts'
import { trimBlanks } from '../number-text.ts'
import type { TableLayout } from './layout.ts'
import { findPeriodText } from './period-text.ts'
import { isTotalLabel } from './totals.ts'

/** What a planner probably has to state, seen from the table: the join will only miss something. */
export function layoutHints (table: DeliveredTable, layout: TableLayout): Problem[] {
  return [...blankLabels(table, layout), ...periodsInHeads(table, layout)]
}

/** The name of an area stands only in the first of its rows. */
function blankLabels ({ file, columns, rows }: DeliveredTable, { area, fillDown = [] }: TableLayout): Problem[] {
  const found = area?.column === undefined || fillDown.includes(area.column) ? undefined : findColumn(columns, area.column, {})
  if (found === undefined || 'problem' in found) return []
  const data = rows.filter(({ fields }) => fields.slice(1).some(field => trimBlanks(field) !== '') && !fields.some(isTotalLabel))
  const blank = data.filter(({ fields }) => trimBlanks(fields[found.index] ?? '') === '')
  if (blank.length < 2 || blank.length < data.length / 3 || blank[0] === data[0]) return []
  return [problem('layout-blank-labels', { file }, { column: area!.column!, count: blank.length, lines: listSome(blank.map(({ line }) => line), 5) })]
}

/** The delivery names a column with the period, which is not there, and the heads name periods. */
function periodsInHeads ({ file, columns }: DeliveredTable, { period }: TableLayout): Problem[] {
  if (period?.column === undefined || 'index' in findColumn(columns, period.column, {})) return []
  const heads = columns.filter(head => typeof findPeriodText(head) === 'object')
  return heads.length < 2 ? [] : [problem('layout-periods-in-heads', { file }, { column: period.column, heads: quoteList(heads, 5) })]
}
