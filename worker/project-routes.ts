import type { FastifyInstance } from 'fastify'
import { problem } from '../core/problem.ts'
import { findFolder, inTurn, sendProblems } from './answer.ts'
import { findJob } from './busy.ts'
import { archiveProject, createProject, renameProject } from './projects.ts'

interface AtAtlas { Params: { readonly atlas: string } }

/** To create, rename and put away an atlas. */
export function addProjectRoutes (app: FastifyInstance, projectsDir: string): void {
  app.put<AtAtlas>('/atlases/:atlas', async ({ params: { atlas } }, reply) => {
    const refusal = await createProject(projectsDir, atlas)
    return refusal ? await sendProblems(reply, 409, [refusal]) : await reply.code(201).send()
  })

  const to = { type: 'object', additionalProperties: false, required: ['to'], properties: { to: { type: 'string', maxLength: 60 } } }
  app.post<AtAtlas & { Body: { readonly to: string } }>('/atlases/:atlas/rename', { schema: { body: to } }, async ({ params: { atlas }, body }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    try {
      const refusal = await inTurn(folder, async () => findJob(folder) ?? await renameProject(projectsDir, atlas, body.to))
      return refusal ? await sendProblems(reply, 409, [refusal]) : await reply.code(204).send()
    } catch (error) {
      // The project file is so broken that its name cannot be found.
      if (error instanceof RangeError) return await sendProblems(reply, 422, [problem('worker-cannot-repair', { file: 'atlas.yaml' })])
      throw error
    }
  })

  app.post<AtAtlas>('/atlases/:atlas/archive', async ({ params: { atlas } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    const refusal = await inTurn(folder, async () => findJob(folder) ?? await archiveProject(projectsDir, atlas))
    return refusal ? await sendProblems(reply, 404, [refusal]) : await reply.code(204).send()
  })
}
