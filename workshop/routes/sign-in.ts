import { formatDuration } from '../duration.ts'
import { signIn } from '../accounts/sign-in.ts'
import { writeLog } from '../../sql/audit-log.ts'
import { endSession } from '../../sql/sessions.ts'
import { clearSessionCookie, setLanguageCookie } from '../cookies.ts'
import { enter } from '../enter.ts'
import { isOwnPath, parseHeldForm } from '../held-form.ts'
import { heldFormPage, signInPage } from '../pages/sign-in.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'

export const signInRoutes: readonly Route[] = [
  { method: 'GET', path: '/anmelden', needs: 'everybody', handle: showDoor },
  { method: 'POST', path: '/anmelden', needs: 'everybody', handle: knock },
  { method: 'POST', path: '/anmelden/weiter', needs: 'everybody', handle: goOn },
  { method: 'POST', path: '/abmelden', needs: 'person', handle: leave },
  { method: 'GET', path: '/sprache/:language', needs: 'everybody', handle: changeLanguage },
]

function showDoor ({ workshop, visitor, reply }: RouteCall): unknown {
  if (visitor.session) return reply.redirect(at(workshop))
  return sendPage(reply, signInPage({ workshop, visitor }))
}

async function knock (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, request, reply, field } = call
  const email = field('email')
  const held = parseHeldForm(field('_held'))
  const target = isOwnPath(field('_target')) ? field('_target') : undefined
  // Blanks belong to a password as they were typed.
  const { password = '' } = request.body as Readonly<Record<string, unknown>>
  const result = await signIn(workshop.database, workshop.key, {
    email, password: typeof password === 'string' ? password : '', code: field('code'), address: request.ip, at: workshop.now(),
  })
  if (result.state === 'in') {
    const visitor = await enter(call, result.account, 'password')
    if (!held) return reply.redirect(target === undefined ? at(workshop) : `${workshop.base}${target}`, 303)
    return sendPage(reply, heldFormPage({ workshop, visitor, held }))
  }
  const { signIn: texts } = getWorkshopTexts(visitor.language)
  if (result.state === 'code-wanted') {
    return sendPage(reply, signInPage({ workshop, visitor, email, target, held, notice: { kind: 'info', text: texts.codeWanted } }), 401)
  }
  if (result.state === 'wait') {
    await writeLog(workshop.database, { name: email.slice(0, 200), action: 'locked-out', details: { seconds: result.seconds } })
    reply.header('retry-after', result.seconds)
    return sendPage(reply, signInPage({ workshop, visitor, email, target, held, notice: { kind: 'danger', text: texts.wait(formatDuration(result.seconds, visitor.language)) } }), 429)
  }
  await writeLog(workshop.database, { name: email.slice(0, 200), action: 'sign-in-failed' })
  return sendPage(reply, signInPage({ workshop, visitor, email, target, held, notice: { kind: 'danger', text: texts.refused } }), 401)
}

/** For who signed in again in another window. */
function goOn ({ workshop, visitor, reply, field }: RouteCall): unknown {
  const held = parseHeldForm(field('_held'))
  if (!held) return reply.redirect(at(workshop), 303)
  if (!visitor.session) return sendPage(reply, signInPage({ workshop, visitor, held, hasEnded: true }), 401)
  return sendPage(reply, heldFormPage({ workshop, visitor, held }))
}

async function leave ({ workshop, visitor, reply }: RouteCall): Promise<unknown> {
  const { account, name } = visitor.session!.account
  await endSession(workshop.database, visitor.sessionHash!)
  await writeLog(workshop.database, { account, name, action: 'sign-out' })
  clearSessionCookie(reply)
  // What the browser still holds of pages goes as well.
  reply.header('clear-site-data', '"cache", "storage"')
  return reply.redirect(at(workshop, 'anmelden'), 303)
}

function changeLanguage ({ workshop, request, reply, at: { language } }: RouteCall): unknown {
  const { zu } = request.query as { readonly zu?: unknown }
  setLanguageCookie(reply, language === 'en' ? 'en' : 'de')
  return reply.redirect(isOwnPath(zu) ? `${workshop.base}${zu}` : at(workshop), 303)
}
