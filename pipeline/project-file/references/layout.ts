import type { DeliveryEntry } from '../schema.ts'
import type { YamlPath } from '../parse.ts'
import type { Checks } from './checks.ts'

/** What the schema cannot say about the layout of tables: where the period stands, and which sheets are read. */
export function checkLayout (check: Checks, { dialect, period }: DeliveryEntry, path: YamlPath): void {
  if (dialect?.sheet !== undefined && dialect.sheets !== undefined) check.either([...path, 'dialect'], dialect, 'sheet', 'sheets')
  if (period === undefined) return
  const at = [...path, 'period']
  const isElsewhere = period.in !== undefined && period.in !== 'column'
  if (!isElsewhere) check.either(at, period, 'column', 'value')
  const unfit = isElsewhere ? (['column', 'value'] as const).find(key => period[key] !== undefined) : undefined
  if (unfit !== undefined) {
    check.invalid([...at, unfit], period[unfit], { de: `entweder ${unfit} oder in: ${period.in!}`, en: `either ${unfit} or in: ${period.in!}` })
  }
  check.expression(at, period)
}
