import { findAccountByEmail, findAccountBySubject, setSubject, type Account } from '../../sql/accounts.ts'
import type { Database } from '../../sql/connection.ts'
import { acceptInvitationElsewhere } from '../../sql/invitations.ts'

/** Whom somebody else vouches for: a provider of OpenID Connect, or the proxy in front. */
export interface Identity {
  /** Unique and for good: who vouches, and the name under which this person is known there. */
  readonly subject: string
  /** Empty where it is not known, or not known to be theirs. */
  readonly email: string
}

/**
 * The account of somebody for whom somebody else vouches. The first time it is found by e-mail: an account that signed in otherwise
 * until now, or an invitation that is open. After that only the subject counts, so that an e-mail address that goes to the next person
 * takes no rights along.
 *
 * @returns `undefined` for who was never invited, and for a disabled account
 */
export async function admit (database: Database, { subject, email }: Identity): Promise<Account | undefined> {
  const account = await findAccountBySubject(database, subject) ?? await tie(database, subject, email)
  return account?.isDisabled === true ? undefined : account
}

async function tie (database: Database, subject: string, email: string): Promise<Account | undefined> {
  if (email === '') return undefined
  const known = await findAccountByEmail(database, email)
  if (!known) return await acceptInvitationElsewhere(database, email, subject)
  return await setSubject(database, known.account, subject) ? known : undefined
}
