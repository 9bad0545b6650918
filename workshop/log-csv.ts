import { csvText, guardFormula } from '../core/csv.ts'
import type { LogEntry } from '../sql/audit-log.ts'

/** The log as CSV that Excel opens, the newest entry first. Names and reasons are typed by people, so no cell is calculated. */
export function logCsv (entries: readonly LogEntry[]): string {
  const rows = entries.map(({ entry, at, account, name, action, fromEdition, toEdition, details }) =>
    [String(entry), at, account ?? '', name, action, fromEdition ?? '', toEdition ?? '', Object.entries(details).map(([key, value]) => `${key}=${value}`).join('; ')])
  return csvText([heads, ...rows.map(row => row.map(guardFormula))])
}

const heads = ['entry', 'at', 'account', 'name', 'action', 'from_edition', 'to_edition', 'details']
