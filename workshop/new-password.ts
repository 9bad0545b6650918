import type { Account } from '../sql/accounts.ts'
import { invite } from '../sql/invitations.ts'
import { hashToken, makeToken } from './accounts/secret-token.ts'
import type { InvitedPerson } from './pages/people.ts'
import type { RouteCall } from './routes.ts'
import { accountOf } from './workshop.ts'

const validSeconds = 24 * 3600

/** A one-time link with which somebody sets a new password: whoever holds it becomes them. The old password holds until it is used. */
export async function offerNewPassword ({ workshop, visitor }: Pick<RouteCall, 'workshop' | 'visitor'>, { account, name, email }: Account): Promise<InvitedPerson> {
  const token = makeToken()
  await invite(workshop.database, { tokenHash: hashToken(token), name, email, isOperator: false, memberships: [], account, invitedBy: accountOf(visitor).account, validSeconds })
  return { name, address: `${workshop.publicUrl()}/werkstatt/einladung/${token}` }
}
