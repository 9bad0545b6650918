import type { ProgramAction } from '../core/permission.ts'
import type { Queries, Row } from './connection.ts'
import { randomId } from './random-id.ts'
import { findAccount, type Account } from './accounts.ts'

/** With it the command line of another machine does in one atlas what it is for, until it expires. */
export interface ApiToken {
  /** Names it in lists and in the log; not the secret. */
  readonly token: string
  readonly label: string
  readonly atlas: string
  readonly actions: readonly ProgramAction[]
  /** UTC, `2025-02-03T10:20:30Z`. */
  readonly expiresAt: string
  readonly usedAt: string | null
  readonly isRevoked: boolean
}

export interface NewApiToken {
  readonly tokenHash: Uint8Array
  readonly account: string
  readonly label: string
  readonly atlas: string
  readonly actions: readonly ProgramAction[]
  readonly validDays: number
}

/** @returns its name */
export async function createApiToken (database: Queries, { tokenHash, account, label, atlas, actions, validDays }: NewApiToken): Promise<string> {
  const token = randomId()
  await database.query(`
    insert into atlas.api_tokens (token_hash, token, account_key, atlas, label, actions, expires_at)
    select $1, $2, account_key, $4, $5, $6, now() + make_interval(days => $7) from atlas.accounts where account = $3`,
  [Buffer.from(tokenHash), token, account, atlas, label, actions, validDays])
  return token
}

/** The newest first, those of others too: whoever leads an atlas sees who can write to it. */
export async function listApiTokens (database: Queries, atlas: string): Promise<Array<ApiToken & { readonly name: string }>> {
  const rows = await database.query<TokenRow>(`
    ${selectTokens} where t.atlas = $1 order by t.created_at desc, t.token`, [atlas])
  return rows.map(row => ({ ...toToken(row), name: row.name }))
}

/** Who knocks with a token, and for what it is good; counts as its use. */
export async function useApiToken (database: Queries, tokenHash: Uint8Array): Promise<{ readonly account: Account, readonly token: ApiToken } | undefined> {
  const [used] = await database.query<{ token: string }>(`
    update atlas.api_tokens t set used_at = now()
    from atlas.accounts a
    where t.token_hash = $1 and a.account_key = t.account_key and a.disabled_at is null and t.revoked_at is null and t.expires_at > now()
    returning t.token`, [Buffer.from(tokenHash)])
  if (!used) return undefined
  const [row] = await database.query<TokenRow>(`${selectTokens} where t.token = $1`, [used.token])
  const account = await findAccount(database, row!.account)
  return account && { account, token: toToken(row!) }
}

/** False where the atlas has no such token, or it was revoked before. */
export async function revokeApiToken (database: Queries, atlas: string, token: string): Promise<boolean> {
  const rows = await database.query('update atlas.api_tokens set revoked_at = now() where atlas = $1 and token = $2 and revoked_at is null returning 1', [atlas, token])
  return rows.length > 0
}

const selectTokens = `
  select t.token, t.label, t.atlas, t.actions, a.account, a.name, t.revoked_at is not null as is_revoked,
         to_char(t.expires_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as expires_at,
         to_char(t.used_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as used_at
  from atlas.api_tokens t join atlas.accounts a using (account_key)`

interface TokenRow extends Row {
  readonly token: string
  readonly label: string
  readonly atlas: string
  readonly actions: readonly ProgramAction[]
  readonly account: string
  readonly name: string
  readonly is_revoked: boolean
  readonly expires_at: string
  readonly used_at: string | null
}

function toToken (row: TokenRow): ApiToken {
  return {
    token: row.token,
    label: row.label,
    atlas: row.atlas,
    actions: row.actions,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    isRevoked: row.is_revoked,
  }
}
