import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../core/edition.ts'
import type { Visitor, Workshop } from './workshop.ts'
import { timingSafeEqual } from 'node:crypto'
import { useSession } from '../sql/sessions.ts'
import { hashToken, isToken, makeToken } from './accounts/secret-token.ts'
import { formCookie, languageCookie, readCookie, sessionCookie, setFormCookie } from './cookies.ts'

/** Finds out who asks. A browser that comes for the first time gets the cookie that its forms are tied to. */
export async function findVisitor (workshop: Workshop, request: FastifyRequest, reply: FastifyReply): Promise<Visitor> {
  const token = readCookie(request, sessionCookie)
  const sessionHash = isToken(token) ? hashToken(token) : undefined
  const session = sessionHash && await useSession(workshop.database, sessionHash, workshop.limits)
  const browser = browserOf(request, reply)
  return {
    language: readLanguage(request),
    session,
    sessionHash: session && sessionHash,
    formToken: makeFormToken(workshop, browser, session ? token! : ''),
    doorToken: makeFormToken(workshop, browser, ''),
    path: request.url,
  }
}

export function readLanguage (request: FastifyRequest): Language {
  return readCookie(request, languageCookie) === 'en' ? 'en' : 'de'
}

function browserOf (request: FastifyRequest, reply: FastifyReply): string {
  const known = readCookie(request, formCookie)
  if (isToken(known)) return known
  const fresh = makeToken()
  setFormCookie(reply, fresh)
  return fresh
}

/** Tied to the browser and to the session, so that a token from before signing in is worth nothing after it. */
function makeFormToken ({ key }: Workshop, browser: string, session: string): string {
  return key.digest('form', `${browser} ${session}`).toString('base64url')
}

/** Whether the browser says that a page of somebody else sent this. */
export function isForeignSite ({ headers: { 'sec-fetch-site': site } }: FastifyRequest): boolean {
  return site !== undefined && site !== 'same-origin' && site !== 'none'
}

/**
 * Whether a request that changes something comes from a page of ours: with the token of the form, and not sent by another site as far
 * as the browser says.
 */
export function isOwnForm (request: FastifyRequest, ownTokens: readonly string[], sentToken: unknown): boolean {
  if (isForeignSite(request)) return false
  if (typeof sentToken !== 'string') return false
  const sent = Buffer.from(sentToken)
  return ownTokens.map(own => Buffer.from(own)).some(own => sent.length === own.length && timingSafeEqual(sent, own))
}
