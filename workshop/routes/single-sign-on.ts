import { writeLog } from '../../sql/audit-log.ts'
import { admit, type Identity } from '../accounts/admit.ts'
import type { SignOnTrip } from '../accounts/single-sign-on.ts'
import { clearSignOnCookie, readCookie, setSignOnCookie, signOnCookie } from '../cookies.ts'
import { enter } from '../enter.ts'
import { isOwnPath } from '../held-form.ts'
import { signInPage } from '../pages/sign-in.ts'
import { refusalPage } from '../pages/refusal.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at, type Workshop } from '../workshop.ts'

export const singleSignOnRoutes: readonly Route[] = [
  { method: 'GET', path: '/anmelden/konto', needs: 'everybody', handle: leave },
  { method: 'GET', path: '/anmelden/zurueck', needs: 'everybody', handle: comeBack },
]

interface Trip extends SignOnTrip { readonly target: string | undefined }

/** To the provider of the town's accounts. */
async function leave (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, request, reply } = call
  if (!workshop.singleSignOn) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  const { zu } = request.query as { readonly zu?: unknown }
  try {
    const { url, trip } = await workshop.singleSignOn.leave(returnUrl(workshop))
    setSignOnCookie(reply, seal(workshop, { ...trip, target: isOwnPath(zu) ? zu : undefined }))
    return await reply.redirect(url.href, 303)
  } catch (error) {
    return fail(call, error)
  }
}

async function comeBack (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, request, reply } = call
  if (!workshop.singleSignOn) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  const trip = unseal(workshop, readCookie(request, signOnCookie))
  clearSignOnCookie(reply)
  if (!trip) return fail(call, undefined)
  let identity: Identity
  try {
    const url = new URL(returnUrl(workshop))
    url.search = new URL(request.url, 'http://localhost').search
    identity = await workshop.singleSignOn.comeBack(url, trip)
  } catch (error) {
    return fail(call, error)
  }
  const account = await admit(workshop.database, identity)
  if (!account) {
    await writeLog(workshop.database, { name: identity.email.slice(0, 200), action: 'sign-in-failed', details: { method: 'oidc' } })
    return answer(call, getWorkshopTexts(visitor.language).signIn.notInvited, 403)
  }
  await enter(call, account, 'oidc')
  return reply.redirect(trip.target === undefined ? at(workshop) : `${workshop.base}${trip.target}`, 303)
}

/** What the provider says goes to the log of the server: it may name people, and helps nobody at the door. */
function fail (call: RouteCall, error: unknown): unknown {
  call.request.log.warn({ err: error }, 'single sign-on failed')
  return answer(call, getWorkshopTexts(call.visitor.language).signIn.elsewhereFailed, 401)
}

function answer ({ workshop, visitor, reply }: RouteCall, text: string, status: number): unknown {
  return sendPage(reply, signInPage({ workshop, visitor, notice: { kind: 'danger', text } }), status)
}

function returnUrl ({ publicUrl }: Workshop): string {
  return `${publicUrl()}/werkstatt/anmelden/zurueck`
}

function seal ({ key }: Workshop, trip: Trip): string {
  return Buffer.from(key.encrypt(Buffer.from(JSON.stringify(trip)))).toString('base64url')
}

function unseal ({ key }: Workshop, sealed: string | undefined): Trip | undefined {
  try {
    return JSON.parse(Buffer.from(key.decrypt(Buffer.from(sealed ?? '', 'base64url'))).toString()) as Trip
  } catch {
    return undefined
  }
}
