import type { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { problem } from '../core/problem.ts'
import { findFolder, inTurn, sendProblems } from './answer.ts'
import { recogniseInbox, takeIn, type Assignment } from './assign.ts'
import { findReader } from './busy.ts'
import { listInbox, receiveFile, removeFromInbox, type InboxLimits } from './inbox.ts'

interface AtAtlas { Params: { readonly atlas: string } }

const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' }
const sender = { type: 'object', additionalProperties: false, required: ['name', 'by'], properties: { name: { type: 'string', minLength: 1, maxLength: 1000 }, by: { type: 'string', maxLength: 200 } } }
const assignments = {
  type: 'object',
  additionalProperties: false,
  required: ['files'],
  properties: {
    files: {
      type: 'array',
      minItems: 1,
      maxItems: 200,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['sha256'],
        properties: { sha256: hash, delivery: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,60}$' }, period: { type: 'string', pattern: '^[0-9q-]{4,20}$' } },
      },
    },
  },
}

/** Files that arrive, and their way into the project. */
export function addInboxRoutes (app: FastifyInstance, projectsDir: string, limits: InboxLimits): void {
  // Handed on as it comes; `receiveFile` counts.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => { done(null, payload) })

  app.get<AtAtlas>('/atlases/:atlas/inbox', async ({ params: { atlas } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : await listInbox(folder)
  })

  app.get<AtAtlas>('/atlases/:atlas/inbox-limits', async ({ params: { atlas } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : limits
  })

  app.post<AtAtlas & { Querystring: { readonly name: string, readonly by: string }, Body: Readable }>('/atlases/:atlas/inbox', { schema: { querystring: sender } }, async ({ params: { atlas }, query, body, headers }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    const stated = Number(headers['content-length'])
    const received = await receiveFile({ folder, ...query, body, limits, statedBytes: Number.isSafeInteger(stated) ? stated : undefined })
    return 'problem' in received ? await sendProblems(reply, 422, [received.problem]) : await reply.code(received.isRepeated ? 200 : 201).send(received)
  })

  app.delete<{ Params: { readonly atlas: string, readonly sha256: string } }>('/atlases/:atlas/inbox/:sha256', async ({ params: { atlas, sha256 } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    return await removeFromInbox(folder, sha256) ? await reply.code(204).send() : await sendProblems(reply, 404, [problem('worker-not-in-inbox', {})])
  })

  app.get<AtAtlas>('/atlases/:atlas/recognition', async ({ params: { atlas } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : await inTurn(folder, () => recogniseInbox(folder))
  })

  for (const kind of ['assign', 'start'] as const) {
    app.post<AtAtlas & { Body: { readonly files: readonly Assignment[] } }>(`/atlases/:atlas/${kind}`, { schema: { body: assignments } }, async ({ params: { atlas }, body: { files } }, reply) => {
      const folder = await findFolder(projectsDir, atlas, reply)
      if (folder === undefined) return reply
      const taken = await inTurn(folder, async () => {
        const busy = findReader(folder)
        return busy ? { written: [], problems: [busy] } : await takeIn(folder, kind, files)
      })
      return taken.written.length === 0 ? await sendProblems(reply, 422, taken.problems) : taken
    })
  }
}
