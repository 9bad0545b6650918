import type { LogEntry } from '../sql/audit-log.ts'

/** The log as CSV that Excel opens (RFC 4180, UTF-8 with its mark, semicolons), the newest entry first. */
export function logCsv (entries: readonly LogEntry[]): string {
  const rows = entries.map(({ entry, at, account, name, action, fromEdition, toEdition, details }) =>
    [String(entry), at, account ?? '', name, action, fromEdition ?? '', toEdition ?? '', Object.entries(details).map(([key, value]) => `${key}=${value}`).join('; ')])
  return '\ufeff' + [heads, ...rows].map(row => row.map(quote).join(';')).join('\r\n') + '\r\n'
}

const heads = ['entry', 'at', 'account', 'name', 'action', 'from_edition', 'to_edition', 'details']

/** A cell that a spreadsheet would calculate is made text: names and reasons are typed by people. */
function quote (text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
