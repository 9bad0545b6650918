import type { Localised } from '../../core/area.ts'
import { problem, type Problem } from '../../core/problem.ts'
import type { TableDelivery } from '../project-file/schema.ts'
import { listOf } from '../project-file/list-of.ts'
import { trimBlanks } from '../read/number-text.ts'
import type { DeliveredTable } from '../read/table.ts'
import { personColumns, type PersonColumn, type PersonKind } from './person-columns.ts'

/** Columns of one kind are no proof where each area has one row: then they tell about the area (its office, its address). */
const certainColumns = 2

/**
 * Refuses a table about persons in a delivery that does not say how to count it. Names heads only, never what stands below them.
 */
export function refusePersons (table: DeliveredTable, delivery: TableDelivery): Problem[] {
  const found = personColumns(table, knownHeads(delivery))
  if (found.length === 0) return []
  const isAboutAreas = hasOneRowPerArea(table, delivery)
  if (found.filter(({ isCertain }) => isCertain).length < certainColumns && isAboutAreas && !found.some(column => namesPersons(column, delivery))) return []
  return [problem('records-persons', { file: table.file }, { columns: describeColumns(found) })]
}

/** What stands in the column of the area is quoted as a key: no name and no id of a person may stand there. */
function namesPersons ({ head, kind, isCertain }: PersonColumn, { area }: TableDelivery): boolean {
  const isArea = area.column !== undefined && trimBlanks(head) === trimBlanks(area.column)
  return isArea ? kind !== 'address' : kind === 'name' && !isCertain
}

function knownHeads ({ area, period, columns, indicator, value }: TableDelivery): ReadonlySet<string> {
  const values = Object.values(columns ?? {}).flatMap(listOf)
  return new Set([area.column, area.street, period?.column, indicator?.column, value?.column, ...values].filter(head => head !== undefined))
}

/** Of a long table: one per area, period and indicator. */
function hasOneRowPerArea ({ columns, rows }: DeliveredTable, { area, period, indicator, columns: values }: TableDelivery): boolean {
  const at = (head: string | undefined) => head === undefined ? -1 : columns.findIndex(column => trimBlanks(column) === trimBlanks(head))
  const keys = [at(area.column ?? area.street), at(period?.column), at(indicator?.column)].filter(index => index !== -1)
  if (keys.length === 0 && values === undefined) return rows.length <= 1
  const seen = new Set<string>()
  for (const { fields, period: own } of rows) {
    const key = [...keys.map(index => trimBlanks(fields[index] ?? '')), own ?? ''].join('\0')
    if (seen.has(key)) return false
    seen.add(key)
  }
  return true
}

/** „Nachname“ (Namen), „Geb.-Datum“ (Geburtsdaten). */
export function describeColumns (found: readonly PersonColumn[]): Localised {
  const list = (language: 'de' | 'en') => found.map(({ head, kind }) => language === 'de' ? `„${head}“ (${kinds[kind].de})` : `"${head}" (${kinds[kind].en})`).join(', ')
  return { de: list('de'), en: list('en') }
}

export const kinds: Readonly<Record<PersonKind, { readonly de: string, readonly en: string }>> = {
  name: { de: 'Namen', en: 'names' },
  'birth-date': { de: 'Geburtsdaten', en: 'dates of birth' },
  id: { de: 'persönliche Kennungen', en: 'personal ids' },
  address: { de: 'Anschriften', en: 'addresses' },
  contact: { de: 'Erreichbarkeit', en: 'contacts' },
}
