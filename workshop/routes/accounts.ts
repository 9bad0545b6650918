import { findAccount, listAllAccounts, setDisabled, type Account } from '../../sql/accounts.ts'
import { writeLog, type LoggedAction } from '../../sql/audit-log.ts'
import { endSessions } from '../../sql/sessions.ts'
import { accountsPage } from '../pages/accounts.ts'
import type { Notice } from '../pages/frame.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'
import { offerNewPassword } from '../new-password.ts'
import type { InvitedPerson } from '../pages/people.ts'

/** All accounts of the installation, for who looks after it. */
export const accountsRoutes: readonly Route[] = [
  { method: 'GET', path: '/konten', needs: 'operator', handle: call => show(call) },
  { method: 'POST', path: '/konten/:account/sperren', needs: 'operator', handle: call => change(call, true) },
  { method: 'POST', path: '/konten/:account/entsperren', needs: 'operator', handle: call => change(call, false) },
  { method: 'POST', path: '/konten/:account/passwort', needs: 'operator', handle: resetPassword },
]

async function show ({ workshop, visitor, reply }: RouteCall, shown: { readonly notice?: Notice, readonly invited?: InvitedPerson } = {}, status = 200): Promise<unknown> {
  const accounts = await listAllAccounts(workshop.database)
  return sendPage(reply, accountsPage({ workshop, visitor, accounts, ...shown }), status)
}

async function change (call: RouteCall, isDisabled: boolean): Promise<unknown> {
  const { workshop, visitor } = call
  const { accounts: texts, people } = getWorkshopTexts(visitor.language)
  const person = await find(call)
  if (!person) return await show(call, {}, 404)
  // Who locks themselves out may be the last who could let anybody in.
  if (person.account === accountOf(visitor).account) return await show(call, { notice: { kind: 'danger', text: people.notYourself } }, 409)
  await setDisabled(workshop.database, person.account, isDisabled)
  if (isDisabled) await endSessions(workshop.database, person.account)
  await log(call, isDisabled ? 'account-disabled' : 'account-enabled', person)
  return await show(call, { notice: { kind: 'success', text: isDisabled ? texts.disabled(person.name) : texts.enabled(person.name) } })
}

async function resetPassword (call: RouteCall): Promise<unknown> {
  const person = await find(call)
  if (!person || person.isDisabled) return await show(call, {}, 404)
  const invited = await offerNewPassword(call, person)
  await log(call, 'password-link-made', person)
  return await show(call, { invited })
}

async function find ({ workshop, at: { account = '' } }: RouteCall): Promise<Account | undefined> {
  return await findAccount(workshop.database, account)
}

async function log ({ workshop, visitor }: RouteCall, action: LoggedAction, person: Account): Promise<void> {
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, action, details: { person: person.name } })
}
