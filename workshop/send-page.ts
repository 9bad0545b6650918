import type { FastifyReply } from 'fastify'

/** Sends a page that only this person, and only now, may read: kept nowhere on the way. */
export function sendPage (reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(page)
}
