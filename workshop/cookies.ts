import type { FastifyReply, FastifyRequest } from 'fastify'

/*
 * The cookies of the Werkstatt. `__Host-` makes a browser refuse them unless they are secure, for this host only and for all its
 * paths, so that no neighbour under the same domain can plant one. Browsers take secure cookies from http://localhost too.
 */

/** Who is signed in. */
export const sessionCookie = '__Host-atlas-session'
/** From which browser a form was sent. */
export const formCookie = '__Host-atlas-form'
/** What must be there again when somebody comes back from the provider of their account. */
export const signOnCookie = '__Host-atlas-sign-on'
export const languageCookie = '__Host-atlas-language'

export function readCookie (request: FastifyRequest, name: string): string | undefined {
  // Whose address cannot be read has none.
  return (request.cookies as FastifyRequest['cookies'] | undefined)?.[name]
}

/** Lax, because a link in an e-mail must find who clicks it signed in; what changes something is guarded by tokens of the forms. */
export function setSessionCookie (reply: FastifyReply, token: string, maxAgeSeconds: number): void {
  reply.setCookie(sessionCookie, token, { ...flags, sameSite: 'lax', maxAge: maxAgeSeconds })
}

export function clearSessionCookie (reply: FastifyReply): void {
  reply.clearCookie(sessionCookie, { ...flags, sameSite: 'lax' })
}

export function setFormCookie (reply: FastifyReply, value: string): void {
  reply.setCookie(formCookie, value, { ...flags, sameSite: 'lax' })
}

/** Lax: coming back is a click in a page of the provider. */
export function setSignOnCookie (reply: FastifyReply, sealed: string): void {
  reply.setCookie(signOnCookie, sealed, { ...flags, sameSite: 'lax', maxAge: 600 })
}

export function clearSignOnCookie (reply: FastifyReply): void {
  reply.clearCookie(signOnCookie, { ...flags, sameSite: 'lax' })
}

export function setLanguageCookie (reply: FastifyReply, language: string): void {
  reply.setCookie(languageCookie, language, { ...flags, sameSite: 'lax', maxAge: yearSeconds })
}

const flags = { path: '/', httpOnly: true, secure: true } as const
const yearSeconds = 365 * 86_400
