import type { Database, Queries } from './connection.ts'
import { findAccount, type Account } from './accounts.ts'

export type SignInMethod = 'password' | 'invitation' | 'oidc' | 'proxy'

/** How long a session lasts without and with use. */
export interface SessionLimits {
  readonly idleSeconds: number
  readonly absoluteSeconds: number
}

export interface Session {
  readonly account: Account
  readonly method: SignInMethod
  /** UTC, `2025-02-03T10:20:30Z`. */
  readonly createdAt: string
  /** Seconds until it ends unless it is used. */
  readonly secondsLeft: number
}

/** @param tokenHash SHA-256 of what the browser holds */
export async function startSession (database: Queries, tokenHash: Uint8Array, account: string, method: SignInMethod): Promise<void> {
  await database.query(`
    insert into atlas.sessions (token_hash, account_key, method)
    select $1, account_key, $3 from atlas.accounts where account = $2 and disabled_at is null`, [Buffer.from(tokenHash), account, method])
}

/** A session that still holds, which counts as its use; roles as they are now. */
export async function useSession (database: Queries, tokenHash: Uint8Array, { idleSeconds, absoluteSeconds }: SessionLimits): Promise<Session | undefined> {
  const [row] = await database.query<{ account: string, method: SignInMethod, created_at: string, seconds_left: number }>(`
    update atlas.sessions s set seen_at = now()
    from atlas.accounts a
    where s.token_hash = $1 and a.account_key = s.account_key and a.disabled_at is null
      and s.seen_at > now() - make_interval(secs => $2) and s.created_at > now() - make_interval(secs => $3)
    returning a.account, s.method, to_char(s.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as created_at,
      least($2, extract(epoch from s.created_at + make_interval(secs => $3) - now()))::int as seconds_left`,
  [Buffer.from(tokenHash), idleSeconds, absoluteSeconds])
  const account = row && await findAccount(database, row.account)
  return account && { account, method: row.method, createdAt: row.created_at, secondsLeft: row.seconds_left }
}

export async function endSession (database: Queries, tokenHash: Uint8Array): Promise<void> {
  await database.query('delete from atlas.sessions where token_hash = $1', [Buffer.from(tokenHash)])
}

/** Signs somebody out everywhere, but for one session where that is wanted. @returns how many ended */
export async function endSessions (database: Queries, account: string, except?: Uint8Array): Promise<number> {
  const rows = await database.query(`
    delete from atlas.sessions
    where account_key = (select account_key from atlas.accounts where account = $1) and token_hash is distinct from $2
    returning 1`, [account, except === undefined ? null : Buffer.from(except)])
  return rows.length
}

/** Deletes what has expired: sessions, invitations, failures, and entries of the log that may go. */
export async function pruneSignIns (database: Database, { absoluteSeconds }: SessionLimits): Promise<void> {
  await database.query('delete from atlas.sessions where created_at < now() - make_interval(secs => $1)', [absoluteSeconds])
  await database.query("delete from atlas.invitations where expires_at < now() - interval '30 days'")
  await database.query("delete from atlas.sign_in_failures where at < now() - interval '1 day'")
  await database.query("delete from atlas.audit_log where at < now() - interval '3 years'")
}
