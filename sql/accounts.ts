import type { Membership, Person, Role } from '../core/permission.ts'
import type { Database, Queries, Row } from './connection.ts'
import { randomId } from './random-id.ts'

/** A person who may sign in. */
export interface Account extends Person {
  /** Twelve letters and digits; tells nothing about the person. */
  readonly account: string
  readonly name: string
  readonly email: string
  /** Whether a password is set: who signs in elsewhere needs none. */
  readonly hasPassword: boolean
  /** Whether one-time codes are set up. */
  readonly hasCodes: boolean
  readonly isDisabled: boolean
  /** Who that is elsewhere; null for who signs in here only. */
  readonly subject: string | null
}

/** What a sign-in is checked against; leaves this process never. */
export interface Credentials {
  readonly account: string
  readonly password: string | null
  readonly codeSecret: Uint8Array | null
  readonly codeStep: number
}

export interface NewAccount {
  readonly name: string
  readonly email: string
  readonly isOperator: boolean
  readonly memberships: readonly Membership[]
  readonly password: string | null
}

/** @returns the id of the new account, or `undefined` where one of this e-mail exists */
export async function createAccount (queries: Queries, { name, email, isOperator, memberships, password }: NewAccount): Promise<string | undefined> {
  const account = randomId()
  const [row] = await queries.query<{ account_key: number }>(`
    insert into atlas.accounts (account, name, email, is_operator, password) values ($1, $2, $3, $4, $5)
    on conflict do nothing returning account_key`, [account, name, email, isOperator, password])
  if (!row) return undefined
  await insertMemberships(queries, row.account_key, memberships)
  return account
}

/** Everybody who has a role in an atlas, by name. */
export async function listAccounts (database: Queries, atlas: string): Promise<Account[]> {
  const rows = await database.query<AccountRow>(`${selectAccounts}
    where exists (select from atlas.memberships m where m.account_key = a.account_key and m.atlas = $1)
    order by lower(a.name), a.account`, [atlas])
  return rows.map(toAccount)
}

export async function findAccount (database: Queries, account: string): Promise<Account | undefined> {
  const [row] = await database.query<AccountRow>(`${selectAccounts} where a.account = $1`, [account])
  return row && toAccount(row)
}

/** In any case of letters; a disabled one too. */
export async function findAccountByEmail (database: Queries, email: string): Promise<Account | undefined> {
  const [row] = await database.query<AccountRow>(`${selectAccounts} where lower(a.email) = lower($1)`, [email])
  return row && toAccount(row)
}

/** @param subject who somebody is elsewhere */
export async function findAccountBySubject (database: Queries, subject: string): Promise<Account | undefined> {
  const [row] = await database.query<AccountRow>(`${selectAccounts} where a.subject = $1`, [subject])
  return row && toAccount(row)
}

/** Ties an account to who its owner is elsewhere, once. @returns whether it was free */
export async function setSubject (database: Queries, account: string, subject: string): Promise<boolean> {
  const rows = await database.query('update atlas.accounts set subject = $2 where account = $1 and subject is null returning 1', [account, subject])
  return rows.length > 0
}

/** Everybody of the installation, by name. */
export async function listAllAccounts (database: Queries): Promise<Account[]> {
  const rows = await database.query<AccountRow>(`${selectAccounts} order by lower(a.name), a.account`)
  return rows.map(toAccount)
}

/** A disabled account signs in no more, and its sessions hold no longer. */
export async function setDisabled (database: Queries, account: string, isDisabled: boolean): Promise<void> {
  await database.query('update atlas.accounts set disabled_at = case when $2 then now() end where account = $1', [account, isDisabled])
}

/** Whether there is anybody at all who could sign in as an operator. */
export async function hasOperator (database: Queries): Promise<boolean> {
  const rows = await database.query('select from atlas.accounts where is_operator and disabled_at is null limit 1')
  return rows.length > 0
}

/** By e-mail, in any case of letters. Of a disabled account there are none. */
export async function findCredentials (database: Queries, email: string): Promise<Credentials | undefined> {
  const [row] = await database.query<{ account: string, password: string | null, code_secret: Buffer | null, code_step: string }>(`
    select account, password, code_secret, code_step::text from atlas.accounts where lower(email) = lower($1) and disabled_at is null`, [email])
  return row && { account: row.account, password: row.password, codeSecret: row.code_secret, codeStep: Number(row.code_step) }
}

/** Marks a one-time code as used; false where this or a later one was before, also by somebody in the same moment. */
export async function takeCodeStep (database: Queries, account: string, step: number): Promise<boolean> {
  const rows = await database.query('update atlas.accounts set code_step = $2 where account = $1 and code_step < $2 returning account', [account, step])
  return rows.length > 0
}

export async function setPassword (database: Queries, account: string, password: string): Promise<void> {
  await database.query('update atlas.accounts set password = $2 where account = $1', [account, password])
}

/** Null takes the one-time codes away. */
export async function setCodeSecret (database: Queries, account: string, secret: Uint8Array | null): Promise<void> {
  await database.query('update atlas.accounts set code_secret = $2, code_step = 0 where account = $1', [account, secret === null ? null : Buffer.from(secret)])
}

/** Replaces what somebody is in one atlas; their roles elsewhere stay. */
export async function setMemberships (database: Database, account: string, atlas: string, memberships: readonly Membership[]): Promise<void> {
  await database.transaction(async queries => {
    const [row] = await queries.query<{ account_key: number }>('select account_key from atlas.accounts where account = $1 for update', [account])
    if (!row) return
    await queries.query('delete from atlas.memberships where account_key = $1 and atlas = $2', [row.account_key, atlas])
    await insertMemberships(queries, row.account_key, memberships.filter(membership => membership.atlas === atlas))
  })
}

async function insertMemberships (queries: Queries, accountKey: number, memberships: readonly Membership[]): Promise<void> {
  for (const { atlas, role } of memberships) {
    await queries.query('insert into atlas.memberships (account_key, atlas, role) values ($1, $2, $3) on conflict do nothing', [accountKey, atlas, role])
  }
}

const selectAccounts = `
  select a.account, a.name, a.email, a.is_operator, a.password is not null as has_password, a.code_secret is not null as has_codes,
         a.disabled_at is not null as is_disabled, a.subject,
         coalesce((select jsonb_agg(jsonb_build_object('atlas', m.atlas, 'role', m.role) order by m.atlas, m.role)
                   from atlas.memberships m where m.account_key = a.account_key), '[]') as memberships
  from atlas.accounts a`

interface AccountRow extends Row {
  readonly account: string
  readonly name: string
  readonly email: string
  readonly is_operator: boolean
  readonly has_password: boolean
  readonly has_codes: boolean
  readonly is_disabled: boolean
  readonly subject: string | null
  readonly memberships: ReadonlyArray<{ readonly atlas: string, readonly role: Role }>
}

function toAccount (row: AccountRow): Account {
  return {
    account: row.account,
    name: row.name,
    email: row.email,
    isOperator: row.is_operator,
    hasPassword: row.has_password,
    hasCodes: row.has_codes,
    isDisabled: row.is_disabled,
    subject: row.subject,
    memberships: row.memberships,
  }
}
