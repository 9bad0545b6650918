import { hashPassword, findPasswordFault } from '../accounts/password.ts'
import { hashToken, isToken } from '../accounts/secret-token.ts'
import { writeLog } from '../../sql/audit-log.ts'
import { acceptInvitation, findInvitation, type Invitation } from '../../sql/invitations.ts'
import { isEmail } from '../email.ts'
import { enter } from '../enter.ts'
import { invitationPage, usedInvitationPage, type InvitationFaults } from '../pages/invitation.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'

export const invitationRoutes: readonly Route[] = [
  { method: 'GET', path: '/einladung/:token', needs: 'everybody', handle: show },
  { method: 'POST', path: '/einladung/:token', needs: 'everybody', handle: accept },
]

async function show (call: RouteCall): Promise<unknown> {
  const invitation = await find(call)
  return invitation ? answer(call, invitation) : refuse(call)
}

async function accept (call: RouteCall): Promise<unknown> {
  const { workshop, request, reply, field, at: { token = '' } } = call
  const invitation = await find(call)
  if (!invitation) return refuse(call)
  const { password } = request.body as Readonly<Record<string, unknown>>
  const typed = typeof password === 'string' ? password : ''
  const person = { name: invitation.name || field('name'), email: invitation.email || field('email') }
  const faults = findFaults(call, person, typed)
  if (Object.keys(faults).length > 0) return answer(call, { ...invitation, ...person }, faults)
  const account = await acceptInvitation(workshop.database, hashToken(token), { ...person, password: await hashPassword(typed) })
  if (!account) return refuse(call)
  await writeLog(workshop.database, { account: account.account, name: account.name, action: invitation.account === null ? 'joined' : 'password-changed' })
  await enter(call, account, 'invitation')
  return reply.redirect(at(workshop), 303)
}

function findFaults ({ visitor }: RouteCall, { name, email }: { readonly name: string, readonly email: string }, password: string): InvitationFaults {
  const { people, password: texts } = getWorkshopTexts(visitor.language)
  const fault = findPasswordFault(password, [name, email])
  return {
    ...(name === '' || name.length > 200) && { name: people.missingName },
    ...!isEmail(email) && { email: people.badEmail },
    ...fault && { password: texts.faults[fault] },
  }
}

async function find ({ workshop, at: { token } }: RouteCall): Promise<Invitation | undefined> {
  return isToken(token) ? await findInvitation(workshop.database, hashToken(token)) : undefined
}

function answer ({ workshop, visitor, reply, at: { token = '' } }: RouteCall, invitation: Invitation, faults: InvitationFaults = {}): unknown {
  return sendPage(reply, invitationPage({ workshop, visitor, invitation, token, faults }), Object.keys(faults).length > 0 ? 400 : 200)
}

/** The same for a link that was used, has expired, or never was one. */
function refuse ({ workshop, visitor, reply }: RouteCall): unknown {
  return sendPage(reply, usedInvitationPage({ workshop, visitor }), 404)
}
