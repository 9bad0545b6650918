import type { Problem } from '../../../core/problem.ts'
import { findColumn } from '../column.ts'
import type { DeliveredTable, TableRow } from '../head.ts'
import { trimBlanks } from '../number-text.ts'
import type { Merge } from '../sheet.ts'
import { isTotalLabel } from './totals.ts'

/** Repeats the text above in the blank fields of the stated columns; rows of totals, which name no area, stay as they are. */
export function fillDown (table: DeliveredTable, names: readonly string[]): { table: DeliveredTable, problems: Problem[] } {
  const found = names.map(name => findColumn(table.columns, name, { file: table.file }))
  const columns = found.flatMap(attempt => 'index' in attempt ? [attempt.index] : [])
  const above = new Map<number, string>()
  const rows = table.rows.map(row => {
    if (row.fields.some(isTotalLabel) || isRemark(row)) return row
    const fields = [...row.fields]
    for (const column of columns) {
      if (isBlank(fields[column])) fields[column] = above.get(column) ?? ''
      else above.set(column, fields[column]!)
    }
    return { ...row, fields }
  })
  return { table: { ...table, rows }, problems: found.flatMap(attempt => 'problem' in attempt ? [attempt.problem] : []) }
}

/** Repeats labels that a sheet has merged over several rows; a merged value would count twice and stays once. */
export function fillMerged (table: DeliveredTable, merges: readonly Merge[], values: readonly number[]): DeliveredTable {
  const tall = merges.filter(({ top, bottom, left }) => bottom > top && !values.includes(left))
  if (tall.length === 0) return table
  const byLine = new Map(table.rows.map(row => [row.line, row]))
  const rows = table.rows.map(row => {
    const fields = [...row.fields]
    for (const { top, left, bottom } of tall) {
      if (row.line - 1 <= top || row.line - 1 > bottom || !isBlank(fields[left])) continue
      fields[left] = byLine.get(top + 1)?.fields[left] ?? ''
    }
    return { ...row, fields }
  })
  return { ...table, rows }
}

function isRemark ({ fields }: TableRow): boolean {
  return fields.slice(1).every(isBlank)
}

function isBlank (field: string | undefined): boolean {
  return trimBlanks(field ?? '') === ''
}
