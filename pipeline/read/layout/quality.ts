import type { DeliveredTable } from '../head.ts'
import { trimBlanks } from '../number-text.ts'

/**
 * Puts the signs of a quality column behind the values they speak of. GENESIS writes them beside: `BEVSTD__Bevoelkerungsstand__Anzahl`
 * and `BEVSTD__q`, or `value` and `value_q`. `e` is final and says nothing; p, r and s go behind the number; a sign stands for a blank value.
 */
export function mergeQuality (table: DeliveredTable): DeliveredTable {
  const pairs = table.columns.flatMap((head, quality) => {
    const value = findValueColumn(table.columns, head)
    return value === -1 ? [] : [{ value, quality }]
  })
  if (pairs.length === 0) return table
  const rows = table.rows.map(row => {
    const fields = [...row.fields]
    for (const { value, quality } of pairs) fields[value] = withQuality(fields[value]!, trimBlanks(fields[quality]!))
    return { ...row, fields }
  })
  return { ...table, rows }
}

function findValueColumn (columns: readonly string[], head: string): number {
  if (head === 'value_q') return columns.indexOf('value')
  const stem = /^(.+)__q$/.exec(head)?.[1]
  return stem === undefined ? -1 : columns.findIndex(column => column !== head && column.startsWith(`${stem}__`) && !column.endsWith('__q'))
}

function withQuality (value: string, quality: string): string {
  if (/^[prs]$/.test(quality) && /\d$/.test(value)) return `${value} ${quality}`
  return trimBlanks(value) === '' && /^(?:[-–./x]|\.\.\.)$/.test(quality) ? quality : value
}
