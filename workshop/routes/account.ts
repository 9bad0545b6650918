import { findPasswordFault, hashPassword } from '../accounts/password.ts'
import { findCodeStep, makeCodeSecret } from '../accounts/one-time-code.ts'
import { checkOwnPassword } from '../accounts/sign-in.ts'
import { setCodeSecret, setPassword, takeCodeStep } from '../../sql/accounts.ts'
import { writeLog, type LoggedAction } from '../../sql/audit-log.ts'
import { endSessions } from '../../sql/sessions.ts'
import { formatDuration } from '../duration.ts'
import { accountPage, codesPage, type AccountFaults } from '../pages/account.ts'
import type { Notice } from '../pages/frame.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'

export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/konto', needs: 'person', handle: call => show(call) },
  { method: 'POST', path: '/konto/passwort', needs: 'person', handle: changePassword },
  { method: 'GET', path: '/konto/einmalcodes', needs: 'person', handle: call => showCodes(call) },
  { method: 'POST', path: '/konto/einmalcodes', needs: 'person', handle: setUpCodes },
  { method: 'POST', path: '/konto/einmalcodes/abschalten', needs: 'person', handle: removeCodes },
  { method: 'POST', path: '/konto/ueberall-abmelden', needs: 'person', handle: leaveEverywhere },
]

function show ({ workshop, visitor, reply }: RouteCall, notice?: Notice, faults: AccountFaults = {}): unknown {
  return sendPage(reply, accountPage({ workshop, visitor, notice, faults }), Object.keys(faults).length === 0 ? 200 : 400)
}

async function changePassword (call: RouteCall): Promise<unknown> {
  const { workshop, visitor } = call
  const { account, name, email } = accountOf(visitor)
  const { password: texts, account: { passwordChanged } } = getWorkshopTexts(visitor.language)
  const refusal = await findPasswordRefusal(call)
  if (refusal !== undefined) return show(call, undefined, { current: refusal })
  const wanted = typed(call, 'new-password')
  const fault = findPasswordFault(wanted, [name, email])
  if (fault) return show(call, undefined, { wanted: texts.faults[fault] })
  await setPassword(workshop.database, account, await hashPassword(wanted))
  await endSessions(workshop.database, account, visitor.sessionHash)
  await log(call, 'password-changed')
  return show(call, { kind: 'success', text: passwordChanged })
}

/** Whoever finds an open browser must not be able to change how its owner signs in. @returns the sentence for who cannot say the password */
async function findPasswordRefusal (call: RouteCall): Promise<string | undefined> {
  const { workshop, visitor } = call
  const { password: texts, signIn: { wait } } = getWorkshopTexts(visitor.language)
  const checked = await checkOwnPassword(workshop.database, workshop.key, { email: accountOf(visitor).email, password: typed(call, 'password') })
  if (checked === 'right') return undefined
  return checked === 'wrong' ? texts.wrong : wait(formatDuration(checked.waitSeconds, visitor.language))
}

/** The secret travels through the form sealed, so that none lies about that was never confirmed. */
function showCodes ({ workshop, visitor, reply }: RouteCall, secret = makeCodeSecret(), fault?: string): unknown {
  const sealed = Buffer.from(workshop.key.encrypt(secret)).toString('base64url')
  return sendPage(reply, codesPage({ workshop, visitor, secret, sealed, fault }), fault === undefined ? 200 : 400)
}

async function setUpCodes (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field } = call
  const { account: texts } = getWorkshopTexts(visitor.language)
  const { account } = accountOf(visitor)
  const secret = unseal(call, field('secret'))
  if (!secret) return showCodes(call)
  const refusal = await findPasswordRefusal(call)
  if (refusal !== undefined) return showCodes(call, secret, refusal)
  const step = findCodeStep(secret, field('code'), workshop.now())
  if (step === undefined) return showCodes(call, secret, texts.wrongCode)
  await setCodeSecret(workshop.database, account, workshop.key.encrypt(secret))
  await takeCodeStep(workshop.database, account, step)
  await endSessions(workshop.database, account, visitor.sessionHash)
  await log(call, 'codes-set-up')
  return show(withCodes(call, true), { kind: 'success', text: texts.codesAreOn })
}

async function removeCodes (call: RouteCall): Promise<unknown> {
  const { account: texts } = getWorkshopTexts(call.visitor.language)
  const refusal = await findPasswordRefusal(call)
  if (refusal !== undefined) return show(call, undefined, { codes: refusal })
  await setCodeSecret(call.workshop.database, accountOf(call.visitor).account, null)
  await log(call, 'codes-removed')
  return show(withCodes(call, false), { kind: 'success', text: texts.codesAreOff })
}

async function leaveEverywhere (call: RouteCall): Promise<unknown> {
  const { workshop, visitor } = call
  const count = await endSessions(workshop.database, accountOf(visitor).account, visitor.sessionHash)
  await log(call, 'sign-out-everywhere')
  return show(call, { kind: 'success', text: getWorkshopTexts(visitor.language).account.everywhereDone(count) })
}

function unseal ({ workshop }: RouteCall, sealed: string): Uint8Array | undefined {
  try {
    return workshop.key.decrypt(Buffer.from(sealed, 'base64url'))
  } catch {
    return undefined
  }
}

/** The visitor was read before the change. */
function withCodes (call: RouteCall, hasCodes: boolean): RouteCall {
  const session = call.visitor.session!
  return { ...call, visitor: { ...call.visitor, session: { ...session, account: { ...session.account, hasCodes } } } }
}

async function log ({ workshop, visitor }: RouteCall, action: LoggedAction): Promise<void> {
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, action })
}

/** As it was typed: blanks belong to a password. */
function typed ({ request }: RouteCall, name: string): string {
  const value = (request.body as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' ? value : ''
}
