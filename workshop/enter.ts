import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Account } from '../sql/accounts.ts'
import { writeLog } from '../sql/audit-log.ts'
import { endSession, startSession, type SignInMethod } from '../sql/sessions.ts'
import { admit } from './accounts/admit.ts'
import { hashToken, makeToken } from './accounts/secret-token.ts'
import { sessionCookie, setSessionCookie } from './cookies.ts'
import { findVisitor } from './visitor.ts'
import type { Visitor, Workshop } from './workshop.ts'

export interface Entry {
  readonly workshop: Workshop
  readonly visitor: Visitor
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/**
 * Opens a session under a new token: one that was planted in the browser before is worth nothing.
 * @returns the visitor as of the new session, whose forms have another token
 */
export async function enter ({ workshop, visitor: { sessionHash }, request, reply }: Entry, account: Account, method: SignInMethod): Promise<Visitor> {
  const token = makeToken()
  if (sessionHash) await endSession(workshop.database, sessionHash)
  await startSession(workshop.database, hashToken(token), account.account, method)
  await writeLog(workshop.database, { account: account.account, name: account.name, action: 'sign-in', details: { method } })
  setSessionCookie(reply, token, workshop.limits.absoluteSeconds)
  request.cookies[sessionCookie] = token
  return await findVisitor(workshop, request, reply)
}

/**
 * The visitor as the proxy in front knows them. Its word counts in each request: who it no longer lets through is signed out, and
 * another person gets a session of their own. A sign-in with a password goes before.
 */
export async function enterByProxy (entry: Entry): Promise<Visitor> {
  const { workshop, visitor, request } = entry
  const identity = workshop.readProxyName(request)
  const { session } = visitor
  if (session && (session.method !== 'proxy' || session.account.subject === identity?.subject)) return visitor
  const account = identity && await admit(workshop.database, identity)
  if (account) return await enter(entry, account, 'proxy')
  return { ...visitor, session: undefined, sessionHash: undefined }
}
