import type { FastifyInstance } from 'fastify'
import type { Serving } from '../serving.ts'
import { cacheControl } from '../lifetimes.ts'

/**
 * For whoever watches the process. `live`: it answers. `ready`: every current edition is loaded or
 * can be; a database that is away does not matter, because what is in memory or kept as a file needs none.
 */
export function healthRoutes (app: FastifyInstance, { editions, config }: Serving): void {
  app.get('/health/live', (_request, reply) => {
    return reply.header('cache-control', cacheControl('never', config.audience)).send({ status: 'live' })
  })

  app.get('/health/ready', (_request, reply) => {
    const isReady = editions.isReady()
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', cacheControl('never', config.audience))
      .send({ status: isReady ? 'ready' : 'loading', atlases: editions.listAtlases().length })
  })
}
