import type { FastifyInstance } from 'fastify'
import type { EditionSource } from './edition-source.ts'

/** Has the atlas that a request is about in memory until it is answered or its reader has gone. */
export function holdAtlases (app: FastifyInstance, editions: Pick<EditionSource, 'use'>): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { atlas } = request.params as { atlas?: string } ?? {}
    if (atlas === undefined) return done()
    const held = editions.use(atlas)
    const keep = (release: () => void) => {
      if (reply.raw.destroyed) release()
      else reply.raw.once('close', release)
      done()
    }
    if (typeof held === 'function') keep(held)
    else held.then(keep, done)
  })
}
