import type { Account, Credentials } from '../../sql/accounts.ts'
import { findAccount, findCredentials, takeCodeStep } from '../../sql/accounts.ts'
import type { Queries } from '../../sql/connection.ts'
import { forgetFailure, forgetFailures, recordFailure } from '../../sql/sign-in-failures.ts'
import type { WorkshopKey } from './key.ts'
import { secondsToWait, secondsToWaitAtAddress } from './lock-out.ts'
import { findCodeStep } from './one-time-code.ts'
import { verifyPassword } from './password.ts'

/** What somebody typed at the door. */
export interface SignInAttempt {
  readonly email: string
  readonly password: string
  /** Empty where none was asked for yet. */
  readonly code: string
  /** Network address, as the trusted proxy states it. */
  readonly address: string
  /** Milliseconds since 1970. */
  readonly at: number
}

export type SignInResult =
  | { readonly state: 'in', readonly account: Account }
  /** Password right, now the code; said only to whoever knows the password. */
  | { readonly state: 'code-wanted' }
  /** One answer for a wrong e-mail, password and code. */
  | { readonly state: 'refused' }
  | { readonly state: 'wait', readonly seconds: number }

/**
 * Checks e-mail, password and one-time code. Every attempt counts as failed from its first moment until it succeeds, so that a
 * hundred at once get no more tries than a hundred in a row; who has to wait is not even checked.
 */
export async function signIn (database: Queries, key: WorkshopKey, attempt: SignInAttempt): Promise<SignInResult> {
  const byAccount = await recordFailure(database, key.digest('sign-in by e-mail', attempt.email.trim().toLowerCase()))
  const byAddress = await recordFailure(database, key.digest('sign-in by address', attempt.address))
  const undo = async () => { for (const { failure } of [byAccount, byAddress]) await forgetFailure(database, failure) }

  const seconds = Math.max(secondsToWait(byAccount.before), secondsToWaitAtAddress(byAddress.before))
  // An impatient person may try again without waiting longer for it.
  if (seconds > 0) return await undo().then(() => ({ state: 'wait', seconds }))

  const credentials = await findCredentials(database, attempt.email.trim())
  if (!await verifyPassword(attempt.password, credentials?.password ?? null)) return { state: 'refused' }
  if (credentials!.codeSecret !== null && attempt.code === '') return await undo().then(() => ({ state: 'code-wanted' }))
  if (!await takeCode(database, key, credentials!, attempt)) return { state: 'refused' }
  await undo()
  await forgetFailures(database, byAccount.subject)
  return { state: 'in', account: (await findAccount(database, credentials!.account))! }
}

export type OwnPasswordCheck = 'right' | 'wrong' | { readonly waitSeconds: number }

/**
 * Asks somebody who is signed in for their password once more. Wrong ones count like those at the door: whoever finds an open browser,
 * or a session, must not be able to guess as often as they like.
 */
export async function checkOwnPassword (database: Queries, key: WorkshopKey, { email, password }: Pick<SignInAttempt, 'email' | 'password'>): Promise<OwnPasswordCheck> {
  const attempt = await recordFailure(database, key.digest('sign-in by e-mail', email.trim().toLowerCase()))
  const waitSeconds = secondsToWait(attempt.before)
  if (waitSeconds > 0) return await forgetFailure(database, attempt.failure).then(() => ({ waitSeconds }))
  const credentials = await findCredentials(database, email)
  if (!await verifyPassword(password, credentials?.password ?? null)) return 'wrong'
  await forgetFailures(database, attempt.subject)
  return 'right'
}

async function takeCode (database: Queries, key: WorkshopKey, { account, codeSecret }: Credentials, { code, at }: SignInAttempt): Promise<boolean> {
  if (codeSecret === null) return true
  const step = findCodeStep(key.decrypt(codeSecret), code, at)
  return step !== undefined && await takeCodeStep(database, account, step)
}
