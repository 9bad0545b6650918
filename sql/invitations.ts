import type { Membership } from '../core/permission.ts'
import type { Database, Queries, Row } from './connection.ts'
import { createAccount, findAccount, setPassword, setSubject, type Account } from './accounts.ts'

/**
 * A one-time link with which somebody sets a password, and so gets an account or back into their own. Name and e-mail are empty for the
 * first person of all, who says them.
 */
export interface Invitation {
  readonly name: string
  readonly email: string
  readonly isOperator: boolean
  readonly memberships: readonly Membership[]
  /** The account that gets a new password; null where one is made. */
  readonly account: string | null
}

export interface NewInvitation extends Invitation {
  /** SHA-256 of what the link holds. */
  readonly tokenHash: Uint8Array
  /** Account of whoever invites; null for the program itself. */
  readonly invitedBy: string | null
  readonly validSeconds: number
}

export async function invite (database: Queries, { tokenHash, name, email, isOperator, memberships, account, invitedBy, validSeconds }: NewInvitation): Promise<void> {
  await database.query(`
    insert into atlas.invitations (token_hash, name, email, is_operator, memberships, account_key, invited_by, expires_at)
    select $1, $2, $3, $4, $5::jsonb,
      (select account_key from atlas.accounts where account = $6), (select account_key from atlas.accounts where account = $7),
      now() + make_interval(secs => $8)`,
  [Buffer.from(tokenHash), name, email, isOperator, JSON.stringify(memberships), account, invitedBy, validSeconds])
}

/** An invitation that can still be used. */
export async function findInvitation (database: Queries, tokenHash: Uint8Array): Promise<Invitation | undefined> {
  const [row] = await database.query<InvitationRow>(`${selectInvitation} and i.used_at is null and i.expires_at > now()`, [Buffer.from(tokenHash)])
  return row && toInvitation(row)
}

/**
 * Turns an invitation into an account with this password, once.
 * @returns the account; `undefined` where the link was used, has expired, or somebody else has the e-mail
 */
export async function acceptInvitation (
  database: Database, tokenHash: Uint8Array, { name, email, password }: { readonly name: string, readonly email: string, readonly password: string },
): Promise<Account | undefined> {
  return await database.transaction(async queries => {
    const [taken] = await queries.query(`
      update atlas.invitations set used_at = now() where token_hash = $1 and used_at is null and expires_at > now() returning 1`, [Buffer.from(tokenHash)])
    if (!taken) return undefined
    const [row] = await queries.query<InvitationRow>(selectInvitation, [Buffer.from(tokenHash)])
    const invitation = toInvitation(row!)
    if (invitation.account !== null) {
      await setPassword(queries, invitation.account, password)
      await queries.query('delete from atlas.sessions where account_key = (select account_key from atlas.accounts where account = $1)', [invitation.account])
      return await findAccount(queries, invitation.account)
    }
    const account = await createAccount(queries, { ...invitation, name: invitation.name || name, email: invitation.email || email, password })
    return account === undefined ? undefined : await findAccount(queries, account)
  })
}

/**
 * Turns the newest open invitation to an e-mail into an account without a password, for somebody who showed elsewhere that it is theirs.
 * @param subject who they are there
 */
export async function acceptInvitationElsewhere (database: Database, email: string, subject: string): Promise<Account | undefined> {
  return await database.transaction(async queries => {
    const [row] = await queries.query<InvitationRow & { readonly token_hash: Buffer }>(`${selectInvitations}
      where lower(i.email) = lower($1) and i.account_key is null and i.used_at is null and i.expires_at > now()
      order by i.created_at desc limit 1 for update of i`, [email])
    if (!row) return undefined
    await queries.query('update atlas.invitations set used_at = now() where token_hash = $1', [row.token_hash])
    const account = await createAccount(queries, { ...toInvitation(row), password: null })
    if (account === undefined) return undefined
    await setSubject(queries, account, subject)
    return await findAccount(queries, account)
  })
}

const selectInvitations = `
  select i.token_hash, i.name, i.email, i.is_operator, i.memberships, a.account
  from atlas.invitations i left join atlas.accounts a using (account_key)`

const selectInvitation = `${selectInvitations} where i.token_hash = $1`

interface InvitationRow extends Row {
  readonly name: string
  readonly email: string
  readonly is_operator: boolean
  readonly memberships: readonly Membership[]
  readonly account: string | null
}

function toInvitation ({ name, email, is_operator: isOperator, memberships, account }: InvitationRow): Invitation {
  return { name, email, isOperator, memberships, account }
}
