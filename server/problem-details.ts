import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ProblemDetails } from './api.ts'
import type { Refusal } from './errors.ts'
import type { Lifetime } from './lifetimes.ts'
import type { Serving } from './serving.ts'
import { STATUS_CODES } from 'node:http'
import { getTexts } from '../core/text.ts'
import { errorPage } from '../render/error-page.ts'
import { isForPrograms } from './audience-of-path.ts'
import { advise, errors } from './errors.ts'
import { cacheControl } from './lifetimes.ts'
import { pageHeaders } from './security-headers.ts'
import { plainSite } from './serving.ts'

/**
 * The one place where an error becomes an answer: problem details (RFC 9457) for programs, a
 * readable page for people. Above 499 the reader learns nothing and the log the code and the place;
 * never the message, which may quote what it was given.
 */
export function answerErrors (app: FastifyInstance, serving: Serving): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    try {
      return sendError(serving, request, reply, error)
    } catch (second) {
      // Fastify would answer an error within the error handler with its message.
      request.log.error({ code: 'ATLAS_ERROR_PAGE_FAILED', place: second instanceof Error ? placeOf(second) : undefined }, 'request failed')
      return reply.code(500).header('cache-control', cacheControl('never', 'public')).type('text/plain; charset=utf-8').send('500 Internal Server Error')
    }
  })

  app.setNotFoundHandler((request, reply) => {
    const path = pathOf(request)
    if (request.method === 'OPTIONS') return reply.code(204).header('allow', 'GET, HEAD, OPTIONS').send()
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return sendError(serving, request, reply.header('allow', 'GET, HEAD, OPTIONS'), errors.methodNotAllowed(request.method))
    }
    // One slash too many at the end; two at the beginning would lead to another host.
    if (/^(\/[\w.~-]+)+\/$/.test(path)) return reply.header('cache-control', cacheControl('minute', serving.config.audience)).redirect(plainSite(serving).toHref(path.slice(0, -1)), 302)
    return sendError(serving, request, reply, errors.unknownPath())
  })
}

/** For errors that Fastify finds before any route, such as a broken percent sign in the path. */
export function sendError (serving: Serving, request: FastifyRequest, reply: FastifyReply, error: FastifyError | Refusal): FastifyReply {
  const refusal = 'validation' in error && error.validation ? fromValidation(error, request) : error
  const status = refusal.statusCode !== undefined && refusal.statusCode >= 400 && refusal.statusCode <= 599 ? refusal.statusCode : 500
  if (status >= 500 && status !== 501) request.log.error({ code: refusal.code ?? refusal.name, place: placeOf(refusal) }, 'request failed')
  const isPage = !isForPrograms(pathOf(request))
  reply.code(status).header('cache-control', cacheControl(lifetimeOf(status, isPage), serving.config.audience))
  reply.header('x-content-type-options', 'nosniff')
  if (status === 503) reply.header('retry-after', '30')
  if (isPage) return sendPage(serving, request, reply, status, refusal)
  if (serving.config.audience === 'public') reply.header('access-control-allow-origin', '*')
  return sendProblem(serving, request, reply, status, refusal)
}

/**
 * A refusal may heal with the next edition, a withdrawal may get another successor: caches ask every time for what people look at,
 * among them whoever waits for the first edition of a town.
 */
function lifetimeOf (status: number, isPage: boolean): Lifetime {
  if (status >= 500 && status !== 501) return 'never'
  return status === 410 || isPage ? 'ask' : 'minute'
}

function sendProblem (serving: Serving, request: FastifyRequest, reply: FastifyReply, status: number, error: FastifyError | Refusal): FastifyReply {
  const { valid, parameters, withdrawn } = adviceOf(error)
  const nearest = nearestOf(request, error)
  const body: ProblemDetails = {
    type: 'about:blank',
    title: STATUS_CODES[status] ?? 'Error',
    status,
    ...isTellable(status) && { detail: error.message },
    code: isTellable(status) ? error.code ?? 'ATLAS_BAD_REQUEST' : 'ATLAS_INTERNAL_ERROR',
    ...valid && { valid: [...valid] },
    ...nearest !== undefined && { nearest: plainSite(serving).toHref(nearest) },
    ...parameters && { parameters: [...parameters] },
    ...withdrawn && { reason: withdrawn.reason, successor: withdrawn.successor },
  }
  return reply.type('application/problem+json; charset=utf-8').send(JSON.stringify(body))
}

function sendPage (serving: Serving, request: FastifyRequest, reply: FastifyReply, status: number, error: FastifyError | Refusal): FastifyReply {
  const { atlas } = request.params as { atlas?: string } ?? {}
  const edition = atlas === undefined ? undefined : serving.editions.findCurrent(atlas)?.edition
  const asked = new URLSearchParams(request.url.split('?')[1]).get('sprache')
  const language = asked === 'de' || asked === 'en' ? asked : edition?.atlas.language ?? 'de'
  const texts = getTexts(language)
  const { say, title, nearestText } = adviceOf(error)
  const nearest = nearestOf(request, error)
  const general = status === 503 ? texts.error.tryLater : status >= 500 ? texts.error.failed : texts.error.notFound
  const html = errorPage({
    status,
    title: title?.(texts) ?? (status === 404 ? texts.error.notFound : status < 500 ? texts.error.badAddress : texts.error.status(status)),
    detail: say?.(texts) ?? general,
    ...nearest !== undefined && { nearest },
    ...nearestText && { nearestText: nearestText(texts) },
    ...edition && { edition },
  }, plainSite(serving), language)
  return reply.headers(pageHeaders).type('text/html; charset=utf-8').send(html)
}

/** What the server refuses on purpose may be said; what broke may not. */
function isTellable (status: number): boolean {
  return status < 500 || status === 501 || status === 503
}

/** Of what a withdrawn edition showed, the same address in its successor. */
function nearestOf (request: FastifyRequest, error: FastifyError | Refusal): string | undefined {
  const { nearest, withdrawn } = adviceOf(error)
  const isNamed = withdrawn !== undefined && request.url.includes(withdrawn.edition)
  return isNamed && withdrawn.successor !== null ? request.url.replaceAll(withdrawn.edition, withdrawn.successor) : nearest
}

function adviceOf (error: FastifyError | Refusal): NonNullable<Refusal['advice']> {
  return 'advice' in error && error.advice ? error.advice : {}
}

/** Unknown, repeated, missing and invalid query parameters of a data route, with what would be valid. */
function fromValidation (error: FastifyError, request: FastifyRequest): Refusal {
  const known = querySchemaOf(request)
  const names = Object.keys(known)
  const parameters = (error.validation ?? []).map(({ keyword, params, instancePath }) => {
    const facts = params as { additionalProperty?: string, missingProperty?: string }
    const name = facts.additionalProperty ?? facts.missingProperty ?? instancePath.slice(1)
    const fault = keyword === 'additionalProperties'
      ? 'unknown-name' as const
      : keyword === 'required' ? 'missing' as const : keyword === 'type' ? 'repeated' as const : 'invalid-value' as const
    const expected = fault === 'unknown-name' ? (names.join(', ') || 'no parameters') : known[name]?.description ?? known[name]?.pattern ?? 'one value'
    return { name, fault, expected }
  })
  const sentence = parameters.map(({ name, fault, expected }) => `${sentences[fault]}: "${name}"; expected ${expected}`).join('. ')
  return advise(errors.invalidParameters(sentence), { valid: names, parameters })
}

const sentences = {
  'unknown-name': 'unknown parameter',
  'invalid-value': 'invalid value of parameter',
  repeated: 'repeated parameter',
  missing: 'missing parameter',
} as const

function querySchemaOf (request: FastifyRequest): Readonly<Record<string, { description?: string, pattern?: string }>> {
  const schema = request.routeOptions.schema?.querystring as { properties?: Record<string, { description?: string, pattern?: string }> } | undefined
  return schema?.properties ?? {}
}

function pathOf (request: FastifyRequest): string {
  return request.url.split('?')[0]!
}

/** `server/joined-tile.ts:88`: enough to look it up, and no value in it. */
function placeOf (error: Error): string | undefined {
  return /([\w-]+\/[\w.-]+\.[jt]s):(\d+):\d+/.exec(error.stack ?? '')?.slice(1, 3).join(':')
}
