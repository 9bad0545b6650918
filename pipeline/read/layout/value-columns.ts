import { findColumn } from '../column.ts'
import type { DeliveredTable } from '../head.ts'
import { trimBlanks } from '../number-text.ts'
import { kindOf } from './cell-kind.ts'
import type { TableLayout } from './layout.ts'
import type { PeriodColumn } from './unpivot.ts'

/** So many rows show what stands in a column. */
const sampledRows = 200

/** Positions of the columns with values: those that the delivery names or that name a period, else whatever holds mostly numbers. */
export function findValueColumns (table: DeliveredTable, { area, period, others, values }: TableLayout, periods: readonly PeriodColumn[]): number[] {
  const named = (values ?? []).flatMap(names => names.flatMap(name => {
    const found = findColumn(table.columns, name, {})
    return 'index' in found ? [found.index] : []
  }))
  const chosen = [...new Set([...named, ...periods.map(({ index }) => index)])]
  if (chosen.length > 0) return chosen
  const keys = new Set([area?.column, period?.column, ...(others ?? [])].map(name => trimBlanks(name ?? '')))
  return table.columns.flatMap((head, index) => !keys.has(trimBlanks(head)) && holdsNumbers(table, index) ? [index] : [])
}

function holdsNumbers ({ rows }: DeliveredTable, column: number): boolean {
  const kinds = rows.slice(0, sampledRows).map(({ fields }) => fields[column] ?? '').filter(field => trimBlanks(field) !== '')
  // Keys keep their leading zeros; a column with one of them is no value.
  if (kinds.some(field => /^\s*0\d/.test(field))) return false
  const numbers = kinds.filter(field => kindOf(field) === 'number')
  return numbers.length > 0 && numbers.length >= kinds.length / 2
}
