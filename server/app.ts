import type { FastifyBaseLogger, FastifyInstance, FastifyServerOptions } from 'fastify'
import type { Assets } from './assets.ts'
import type { Config } from './config.ts'
import type { EditionSource } from './edition-source.ts'
import Fastify, { LogController } from 'fastify'
import { basePath, type DraftMark } from '../render/site.ts'
import { withoutBase } from './base-path.ts'
import { errors } from './errors.ts'
import { holdAtlases } from './hold-atlases.ts'
import { measureRequests, type Metrics } from './metrics.ts'
import { answerErrors, sendError } from './problem-details.ts'
import { logRequests } from './request-log.ts'
import { apiRoutes } from './routes/api.ts'
import { assetRoutes } from './routes/assets.ts'
import { contextRoutes } from './routes/context.ts'
import { geometryRoutes } from './routes/geometry.ts'
import { healthRoutes } from './routes/health.ts'
import { pageRoutes } from './routes/pages.ts'
import { robotsRoute } from './routes/robots.ts'
import { tileRoutes } from './routes/tiles.ts'
import { valuesRoutes } from './routes/values.ts'
import { viewRoutes } from './routes/views.ts'
import { makeServing, type LinksOf } from './serving.ts'

/** What a server is made of. */
export interface AppOptions {
  /** Or what opens them, given the log of the server. */
  readonly editions: EditionSource | ((log: FastifyBaseLogger) => Promise<EditionSource>)
  readonly config: Config
  readonly assets: Assets
  /** Where the one edition is not published, and its pages must say so. */
  readonly draft?: DraftMark
  /** For pages that become files: how each says links. */
  readonly linksOf?: LinksOf
  /** Defaults to none; a pino logger or its options. */
  readonly logger?: FastifyServerOptions['logger']
  /** Counts the answers, and is told what to watch. */
  readonly metrics?: Metrics
  /** Told the pattern of every route, `/:atlas/karte`, so that a test can ask whether each is audited. */
  readonly onRoute?: (pattern: string) => void
}

/**
 * Builds the server without listening; tests inject into it, `atlas.ts` listens on it. Closing it
 * finishes the requests under way; the editions belong to the caller and stay open.
 *
 * Unknown query parameters are refused, not dropped, and nothing is coerced: Fastify's defaults
 * would answer a misspelt `?indikator=` as if it had not been sent.
 */
export async function buildApp ({ editions, config, assets, draft, linksOf, logger = false, metrics, onRoute = () => {} }: AppOptions): Promise<FastifyInstance> {
  const base = basePath(config.publicUrl)
  const app: FastifyInstance = Fastify({
    logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Addresses that leave the server come from the configuration, so no header of a proxy is believed.
    trustProxy: false,
    routerOptions: { maxParamLength: 200 },
    rewriteUrl: ({ url = '/' }) => withoutBase(url, base) ?? url,
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, useDefaults: false, allErrors: true } },
    frameworkErrors: (error, request, reply) => sendError(serving, request, reply, error),
  })
  const source = typeof editions === 'function' ? await editions(app.log) : editions
  const serving = makeServing({ config, editions: source, assets: assets.urls, draft, linksOf: linksOf ?? null, listeningPort: () => portOf(app, config) })

  app.addHook('onRequest', (request, _reply, done) => {
    // Who watches the process asks it directly, and knows no base path.
    const isBelow = withoutBase(request.originalUrl, base) !== undefined || /^\/health\//.test(request.originalUrl)
    done(isBelow ? undefined : errors.unknownPath())
  })
  holdAtlases(app, source)
  app.addHook('onRoute', route => {
    // Fastify's own HEAD gives a 204 and a 304 a length of 0. Node drops the body of a HEAD anyway.
    if (route.method === 'HEAD') route.onSend = []
    else onRoute(route.url)
  })
  if (config.audience === 'internal') {
    app.addHook('onSend', (_request, reply, _payload, done) => {
      reply.header('x-robots-tag', 'noindex, nofollow')
      done()
    })
  }
  if (logger !== false) logRequests(app)
  if (metrics) {
    metrics.watch({ editions: source, caches: { pages: serving.pages, tiles: serving.tiles } })
    measureRequests(app, metrics)
  }
  answerErrors(app, serving)

  healthRoutes(app, serving)
  robotsRoute(app, serving)
  assetRoutes(app, serving, assets)
  apiRoutes(app, serving)
  valuesRoutes(app, serving)
  geometryRoutes(app, serving)
  contextRoutes(app, serving)
  tileRoutes(app, serving)
  viewRoutes(app, serving)
  pageRoutes(app, serving)
  await app.ready()
  return app
}

/** Port 0 lets the system choose one. */
function portOf (app: FastifyInstance, { port }: Config): number {
  const address = app.server.address()
  return address !== null && typeof address === 'object' ? address.port : port
}
