import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest, type FastifyServerOptions } from 'fastify'
import type { Assets } from '../server/assets.ts'
import { pageHeaders } from '../server/security-headers.ts'
import { StoreError } from '../sql/errors.ts'
import { holdForm } from './held-form.ts'
import { findVisitor, readLanguage } from './visitor.ts'
import { refusalPage } from './pages/refusal.ts'
import { addProgramRoutes } from './programs.ts'
import { addRoutes, type Route } from './routes.ts'
import { accountsRoutes } from './routes/accounts.ts'
import { accountRoutes } from './routes/account.ts'
import { comparisonRoutes } from './routes/comparison.ts'
import { deliveryRoutes } from './routes/deliveries.ts'
import { facilityRoutes } from './routes/facilities.ts'
import { findingRoutes } from './routes/findings.ts'
import { formRoutes } from './routes/forms.ts'
import { projectFileRoutes } from './routes/project-file.ts'
import { assessmentRoutes } from './routes/assessments.ts'
import { atlasListRoutes } from './routes/atlas-list.ts'
import { invitationRoutes } from './routes/invitation.ts'
import { jobRoutes } from './routes/jobs.ts'
import { logRoutes } from './routes/log.ts'
import { overviewRoutes } from './routes/overview.ts'
import { peopleRoutes } from './routes/people.ts'
import { tokenRoutes } from './routes/tokens.ts'
import { sheetRoutes } from './routes/sheet.ts'
import { visibleRoutes } from './routes/visible.ts'
import { previewRoutes } from './routes/preview.ts'
import { signInRoutes } from './routes/sign-in.ts'
import { singleSignOnRoutes } from './routes/single-sign-on.ts'
import { withoutBase } from '../server/base-path.ts'
import { sendPage } from './send-page.ts'
import { endSlowSenders, officePace, type Pace } from './slow-sender.ts'
import { style, styleAddress } from './style.ts'
import type { Workshop } from './workshop.ts'

export interface WorkshopAppOptions {
  readonly workshop: Workshop
  readonly assets: Assets
  /** Addresses of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  readonly logger?: FastifyServerOptions['logger']
  /** How fast a body must come; tests are less patient. */
  readonly pace?: Pace
  /** Told every route, so that a test can try each. */
  readonly onRoute?: (route: Route) => void
}

/** More is no form that a person filled in; files come in another way. */
const longestFormBytes = 4_000_000

const headersOfPages = { ...pageHeaders, 'x-content-type-options': 'nosniff', 'x-robots-tag': 'noindex, nofollow', 'cache-control': 'no-store' }

/** Every page of the Werkstatt. A route not in here does not exist. */
export const workshopRoutes: readonly Route[] = [
  ...signInRoutes,
  ...singleSignOnRoutes,
  ...invitationRoutes,
  ...accountRoutes,
  ...accountsRoutes,
  ...atlasListRoutes,
  ...overviewRoutes,
  ...deliveryRoutes,
  ...findingRoutes,
  ...assessmentRoutes,
  ...facilityRoutes,
  ...projectFileRoutes,
  ...jobRoutes,
  ...peopleRoutes,
  ...tokenRoutes,
  ...logRoutes,
  ...comparisonRoutes,
  ...formRoutes,
  ...visibleRoutes,
  ...previewRoutes,
  ...sheetRoutes,
]

/** Builds the web of the Werkstatt without listening; tests inject into it. */
export async function buildWorkshop ({ workshop, assets, trustedProxies, logger = false, pace = officePace, onRoute = () => {} }: WorkshopAppOptions): Promise<FastifyInstance> {
  const app = Fastify({
    logger,
    trustProxy: [...trustedProxies],
    bodyLimit: longestFormBytes,
    // 200 MB at the pace of a slow line; who trickles is ended long before.
    requestTimeout: 3_600_000,
    routerOptions: { maxParamLength: 200 },
    rewriteUrl: ({ url = '/' }) => withoutBase(url, workshop.base) ?? url,
    // An address that cannot be read reaches neither hooks nor handlers.
    frameworkErrors: (error, request, reply) => answerError(workshop, error, request, reply.headers(headersOfPages)),
  })
  // Before the routes: each keeps the handler that it finds.
  app.setErrorHandler(async (error: FastifyError, request, reply) => answerError(workshop, error, request, reply))
  endSlowSenders(app, pace)
  await app.register(cookie)
  await app.register(formbody)
  // How large a file may be the worker says, which counts while it writes.
  await app.register(multipart, { limits: { fileSize: Infinity, files: 200, fields: 10, fieldSize: 10_000 } })
  app.addHook('onSend', async (_request, reply) => {
    const { 'cache-control': kept, ...others } = headersOfPages
    reply.headers({ ...others, ...!reply.hasHeader('cache-control') && { 'cache-control': kept } })
  })
  app.get('/assets/*', async (request, reply) => {
    const file = assets.files.get(request.url.split('?')[0]!)
    if (!file) return await reply.code(404).send()
    return await reply.header('cache-control', 'public, max-age=31536000, immutable').type(file.type).send(Buffer.from(file.body))
  })
  app.get(`/werkstatt/${styleAddress}`, async (_request, reply) =>
    await reply.header('cache-control', 'public, max-age=31536000, immutable').type('text/css; charset=utf-8').send(style))
  for (const route of workshopRoutes) onRoute(route)
  addRoutes(app, workshop, workshopRoutes)
  await app.register(async programs => { addProgramRoutes(programs, workshop) })
  app.setNotFoundHandler(async (request, reply) => sendPage(reply, refusalPage({ workshop, visitor: await findVisitor(workshop, request, reply), refusal: 'not-found' }), 404))
  await app.ready()
  return app
}

/** Says in words that something went wrong, and nothing of what; that is for the log. */
function answerError (workshop: Workshop, error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const isAway = error instanceof StoreError && error.code === 'publish-database-away'
  const status = isAway ? 503 : error.statusCode ?? 500
  if (status >= 500) request.log.error(error)
  // The database may be what failed, so nobody is looked up.
  const visitor = { language: readLanguage(request), session: undefined, sessionHash: undefined, formToken: '', doorToken: '', path: '/werkstatt' }
  const refusal = isAway ? 'away' : status === 413 ? 'too-large' : status >= 500 ? 'broken' : 'not-understood'
  if (isAway) reply.header('retry-after', '30')
  return sendPage(reply, refusalPage({ workshop, visitor, refusal, typed: holdForm(visitor.path, request.body) }), status)
}
