import { mayReset, roles, type Membership, type Role } from '../../core/permission.ts'
import { findAccountByEmail, listAccounts, setMemberships, type Account } from '../../sql/accounts.ts'
import { writeLog, type LoggedAction } from '../../sql/audit-log.ts'
import { invite } from '../../sql/invitations.ts'
import { hashToken, makeToken } from '../accounts/secret-token.ts'
import { isEmail } from '../email.ts'
import { offerNewPassword } from '../new-password.ts'
import type { Notice } from '../pages/frame.ts'
import { peoplePage, type InvitedPerson, type InviteForm } from '../pages/people.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'

export const peopleRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/leute', needs: 'people', handle: call => show(call) },
  { method: 'POST', path: '/:atlas/leute', needs: 'people', handle: invitePerson },
  { method: 'POST', path: '/:atlas/leute/:account', needs: 'people', handle: changeRole },
  { method: 'POST', path: '/:atlas/leute/:account/passwort', needs: 'people', handle: resetPassword },
]

const invitationDays = 3

interface Shown { readonly notice?: Notice, readonly invited?: InvitedPerson, readonly form?: InviteForm }

async function show ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall, shown: Shown = {}): Promise<unknown> {
  const people = await listAccounts(workshop.database, atlas)
  return sendPage(reply, peoplePage({ workshop, visitor, atlas, people, ...shown }), shown.form?.fault === undefined ? 200 : 400)
}

async function invitePerson (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { atlas = '' } } = call
  const { people: texts } = getWorkshopTexts(visitor.language)
  const [name, email] = [field('name'), field('email')]
  const fault = name === '' || name.length > 200 ? { name: texts.missingName } : isEmail(email) ? undefined : { email: texts.badEmail }
  if (fault) return await show(call, { form: { name, email, fault } })
  const membership = readMembership(call)
  if (!membership) return await show(call)

  const known = await findAccountByEmail(workshop.database, email)
  if (known) {
    await setMemberships(workshop.database, known.account, atlas, [membership])
    await log(call, 'role-changed', known.name, membership.role)
    return await show(call, { notice: { kind: 'success', text: texts.exists } })
  }
  const token = makeToken()
  await invite(workshop.database, {
    tokenHash: hashToken(token),
    name,
    email,
    isOperator: false,
    memberships: [membership],
    account: null,
    invitedBy: accountOf(visitor).account,
    validSeconds: invitationDays * 86_400,
  })
  await log(call, 'invited', name, membership.role)
  return await show(call, { invited: { name, address: `${workshop.publicUrl()}/werkstatt/einladung/${token}` } })
}

async function changeRole (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { atlas = '', account = '' } } = call
  const { people: texts } = getWorkshopTexts(visitor.language)
  const people = await listAccounts(workshop.database, atlas)
  const person = people.find(one => one.account === account)
  if (!person) return await show(call)
  // Else the last one could lock everybody out, by mistake or under pressure.
  if (account === accountOf(visitor).account) return await show(call, { notice: { kind: 'danger', text: texts.notYourself } })
  const membership = readMembership(call)
  if (!membership && field('role') !== 'none') return await show(call)
  if (membership?.role !== 'admin' && !people.some(other => other !== person && isAdmin(other, atlas))) {
    return await show(call, { notice: { kind: 'danger', text: texts.lastAdmin } })
  }
  await setMemberships(workshop.database, account, atlas, membership ? [membership] : [])
  await log(call, 'role-changed', person.name, membership?.role ?? 'none')
  return await show(call, { notice: { kind: 'success', text: texts.changed } })
}

async function resetPassword (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, at: { atlas = '', account = '' } } = call
  const person = (await listAccounts(workshop.database, atlas)).find(one => one.account === account)
  if (!person || person.isDisabled || account === accountOf(visitor).account || !mayReset(accountOf(visitor), person)) {
    return await show(call, { notice: { kind: 'danger', text: getWorkshopTexts(visitor.language).people.mayNotReset } })
  }
  const invited = await offerNewPassword(call, person)
  await writeLog(workshop.database, { account: accountOf(visitor).account, name: accountOf(visitor).name, atlas, action: 'password-link-made', details: { person: person.name } })
  return await show(call, { invited })
}

function readMembership ({ field, at: { atlas = '' } }: RouteCall): Membership | undefined {
  const role = roles.find(one => one === field('role'))
  return role && { atlas, role }
}

function isAdmin ({ memberships, isDisabled }: Account, atlas: string): boolean {
  return !isDisabled && memberships.some(membership => membership.atlas === atlas && membership.role === 'admin')
}

async function log ({ workshop, visitor, at: { atlas = '' } }: RouteCall, action: LoggedAction, person: string, role: Role | 'none'): Promise<void> {
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action, details: { person, role } })
}
