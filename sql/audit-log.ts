import type { Queries, Row } from './connection.ts'

/** One thing that somebody did. */
export interface LogEntry {
  readonly entry: number
  /** UTC, `2025-02-03T10:20:30Z`. */
  readonly at: string
  /** Account; null for the program itself and for who could not sign in. */
  readonly account: string | null
  /** As it was at the time. */
  readonly name: string
  /** Null for what concerns the installation. */
  readonly atlas: string | null
  readonly action: LoggedAction
  readonly fromEdition: string | null
  readonly toEdition: string | null
  /** Names, codes and reasons; never a figure. */
  readonly details: Readonly<Record<string, string | number | boolean>>
}

export type LoggedAction =
  | 'sign-in' | 'sign-in-failed' | 'sign-out' | 'sign-out-everywhere' | 'locked-out'
  | 'invited' | 'joined' | 'password-changed' | 'codes-set-up' | 'codes-removed' | 'role-changed' | 'password-link-made' | 'account-disabled' | 'account-enabled' | 'token-created' | 'token-revoked'
  | 'atlas-created' | 'atlas-renamed' | 'atlas-archived' | 'settings-changed'
  | 'file-received' | 'file-taken-in' | 'file-discarded' | 'finding-accepted' | 'repair-applied' | 'project-changed' | 'text-changed' | 'facilities-changed'
  | 'checked' | 'built' | 'job-failed' | 'job-cancelled' | 'approved' | 'approval-withdrawn' | 'published' | 'received' | 'rolled-back' | 'withdrawn'
  | 'log-exported'

export type NewLogEntry = Pick<LogEntry, 'name' | 'action'> & Partial<Pick<LogEntry, 'account' | 'atlas' | 'fromEdition' | 'toEdition' | 'details'>>

export async function writeLog (database: Queries, { account = null, name, atlas = null, action, fromEdition = null, toEdition = null, details = {} }: NewLogEntry): Promise<void> {
  await database.query(`
    insert into atlas.audit_log (account, name, atlas, action, from_edition, to_edition, details) values ($1, $2, $3, $4, $5, $6, $7::jsonb)`,
  [account, name, atlas, action, fromEdition, toEdition, JSON.stringify(details)])
}

/**
 * The newest first, of one atlas or of the installation (null).
 * @param before entry at which the page before ended
 */
export async function listLog (database: Queries, { atlas, before, limit }: { readonly atlas: string | null, readonly before?: number, readonly limit: number }): Promise<LogEntry[]> {
  const rows = await database.query<LogRow>(`
    select entry::text, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at, account, name, atlas, action, from_edition, to_edition, details
    from atlas.audit_log
    where atlas is not distinct from $1 and ($2::bigint is null or entry < $2)
    order by audit_log.entry desc limit $3`, [atlas, before ?? null, limit])
  return rows.map(({ entry, from_edition: fromEdition, to_edition: toEdition, ...row }) => ({ ...row, entry: Number(entry), fromEdition, toEdition }))
}

interface LogRow extends Row {
  readonly entry: string
  readonly at: string
  readonly account: string | null
  readonly name: string
  readonly atlas: string | null
  readonly action: LoggedAction
  readonly from_edition: string | null
  readonly to_edition: string | null
  readonly details: LogEntry['details']
}
