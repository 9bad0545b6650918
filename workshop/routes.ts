import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { at, type Visitor, type Workshop } from './workshop.ts'
import { isMember, may, type Action } from '../core/permission.ts'
import { enterByProxy } from './enter.ts'
import { holdForm } from './held-form.ts'
import { heldFormPage, signInPage } from './pages/sign-in.ts'
import { refusalPage } from './pages/refusal.ts'
import { sendPage } from './send-page.ts'
import { getWorkshopTexts } from './texts.ts'
import { findVisitor, isForeignSite, isOwnForm } from './visitor.ts'

/**
 * Whom a page is for. `everybody` has no account yet; `person` is anybody signed in; `operator` looks after the installation;
 * an action is asked for in the atlas that the path names.
 */
export type Need = 'everybody' | 'person' | 'operator' | Action

export interface Route {
  readonly method: 'GET' | 'POST'
  /** Below `/werkstatt`, with `:atlas` where it belongs to one. */
  readonly path: string
  readonly needs: Need
  /** Takes files, so its form comes in parts; every other one comes as fields. */
  readonly takesFiles?: true
  readonly handle: (call: RouteCall) => unknown
}

/** One request that may be answered. */
export interface RouteCall {
  readonly workshop: Workshop
  readonly visitor: Visitor
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  /** Parts of the path. */
  readonly at: Readonly<Record<string, string>>
  /** Fields of the form, trimmed; empty for what was not sent. */
  readonly field: (name: string) => string
}

/**
 * Adds pages to the server, each behind its guard. There is no other way in: a route without a need does not compile, and one that
 * asks for an action in an atlas without naming one is refused at start.
 */
export function addRoutes (app: FastifyInstance, workshop: Workshop, routes: readonly Route[]): void {
  for (const route of routes) {
    if (isAction(route.needs) && !/^\/:atlas(\/|$)/.test(route.path)) throw new RangeError(`invalid route ${route.path}; an action needs an atlas in its path`)
    app.route({
      method: route.method,
      url: `/werkstatt${route.path}`,
      handler: async (request, reply) => {
        const known = await findVisitor(workshop, request, reply)
        const visitor = await enterByProxy({ workshop, visitor: known, request, reply })
        if (visitor.session && !known.session && route.method === 'POST' && route.needs !== 'everybody') return showHeldForm({ workshop, visitor, request, reply })
        const refusal = findRefusal(route, request, visitor)
        if (refusal) return answerRefusal(refusal, { workshop, visitor, request, reply })
        if (route.method === 'POST' && request.isMultipart() !== (route.takesFiles ?? false)) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-understood' }), 415)
        if ([request.params, request.query, request.body].some(hasNul)) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-understood' }), 400)
        return await route.handle({ workshop, visitor, request, reply, at: request.params as Record<string, string>, field: fieldsOf(request) })
      },
    })
  }
}

type Refusal = 'sign-in' | 'foreign-form' | 'not-found' | 'not-allowed'

function findRefusal ({ method, needs }: Route, request: FastifyRequest, visitor: Visitor): Refusal | undefined {
  // First, because who is not signed in any more is asked to, with what they typed kept.
  if (needs !== 'everybody' && !visitor.session) return 'sign-in'
  if (method === 'POST' && !isOwnForm(request, needs === 'everybody' ? [visitor.formToken, visitor.doorToken] : [visitor.formToken], tokenOf(request))) return 'foreign-form'
  if (needs === 'everybody' || needs === 'person') return undefined
  const person = visitor.session!.account
  if (needs === 'operator') return person.isOperator ? undefined : 'not-found'
  const { atlas = '' } = request.params as Record<string, string>
  // Of an atlas in which somebody has no role not even the name is confirmed.
  if (!isMember(person, atlas)) return 'not-found'
  return may(person, needs, atlas) ? undefined : 'not-allowed'
}

function answerRefusal (refusal: Refusal, { workshop, visitor, request, reply }: Pick<RouteCall, 'workshop' | 'visitor' | 'request' | 'reply'>): FastifyReply {
  if (refusal === 'sign-in') {
    // Files cannot be kept meanwhile; the page on which they were chosen can be found again.
    if (request.isMultipart()) return sendPage(reply, signInPage({ workshop, visitor, target: request.url.split('?')[0], notice: { kind: 'warning', text: getWorkshopTexts(visitor.language).signIn.filesNotTaken } }), 401)
    const held = request.method === 'POST' ? holdForm(request.url, request.body) : undefined
    return sendPage(reply, signInPage({ workshop, visitor, target: request.method === 'GET' ? request.url : undefined, held, hasEnded: held !== undefined }), 401)
  }
  // Going back brings nothing: pages are kept nowhere. What another site sent is nobody's typing.
  const typed = request.method === 'POST' && visitor.session && !isForeignSite(request) ? holdForm(request.url, request.body) : undefined
  return sendPage(reply, refusalPage({ workshop, visitor, refusal, typed }), refusal === 'not-found' ? 404 : 403)
}

/** Whose session had ended without their noticing sends what they typed once more. */
function showHeldForm ({ workshop, visitor, request, reply }: Pick<RouteCall, 'workshop' | 'visitor' | 'request' | 'reply'>): FastifyReply {
  const held = holdForm(request.url, request.body)
  if (!held) return reply.redirect(at(workshop), 303)
  return sendPage(reply, heldFormPage({ workshop, visitor, held }))
}

/** A sign that nobody types, and that no text of the database can hold. */
function hasNul (fields: unknown): boolean {
  return Object.entries((fields ?? {}) as object).flat(2).some(text => typeof text === 'string' && text.includes('\0'))
}

/** A form with files is read only after its guard, so its token stands in the address. */
function tokenOf (request: FastifyRequest): unknown {
  return request.isMultipart() ? (request.query as Readonly<Record<string, unknown>>)['_form'] : fieldsOf(request)('_form')
}

function isAction (need: Need): need is Action {
  return need !== 'everybody' && need !== 'person' && need !== 'operator'
}

function fieldsOf (request: FastifyRequest): (name: string) => string {
  const body = request.body as Readonly<Record<string, unknown>> | null | undefined
  return name => {
    const value: unknown = body !== null && typeof body === 'object' && Object.hasOwn(body, name) ? body[name] : undefined
    const first: unknown = Array.isArray(value) ? value[0] : value
    return typeof first === 'string' ? first.trim() : ''
  }
}
