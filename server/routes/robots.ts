import type { FastifyInstance } from 'fastify'
import type { Serving } from '../serving.ts'
import { cacheControl } from '../lifetimes.ts'

/**
 * What search engines are asked to leave alone: what programs read, and nothing of an internal server. Pages of older editions say of
 * themselves that they are not to be listed. It says no name of an atlas, so it stays right when one is added.
 */
export function robotsRoute (app: FastifyInstance, { config: { audience } }: Serving): void {
  const rules = audience === 'internal' ? ['/'] : ['/*/api/', '/*/tiles/', '/*/values/', '/*/geometry/', '/health/', '/werkstatt']
  const text = ['User-agent: *', ...rules.map(rule => `Disallow: ${rule}`), ''].join('\n')
  app.get('/robots.txt', (_request, reply) => reply
    .header('cache-control', cacheControl('minute', audience))
    .header('x-content-type-options', 'nosniff')
    .type('text/plain; charset=utf-8')
    .send(text))
}
