import type { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import { problem } from '../core/problem.ts'
import { findFolder, sendProblems } from './answer.ts'
import { largestPackageBytes, receivePackage } from './packages.ts'

/** Editions that another machine built. Needs the parser for bytes of `addInboxRoutes`. */
export function addPackageRoutes (app: FastifyInstance, projectsDir: string): void {
  app.post<{ Params: { readonly atlas: string }, Body: Readable }>('/atlases/:atlas/package', async ({ params: { atlas }, body }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    const sha256 = await receivePackage(folder, body)
    return sha256 === undefined
      ? await sendProblems(reply, 422, [problem('worker-file-too-large', {}, { limit: largestPackageBytes / 1e6 })])
      : await reply.code(201).send({ sha256 })
  })
}
