import type { FastifyInstance } from 'fastify'

/**
 * One line per answer: pattern of the route, status, milliseconds. No address of the reader, no
 * query and no ids: what somebody looked at is nobody's business, and numbers enough for operations.
 */
export function logRequests (app: FastifyInstance): void {
  app.addHook('onResponse', (request, reply, done) => {
    request.log.info({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
    }, 'answered')
    done()
  })
}
