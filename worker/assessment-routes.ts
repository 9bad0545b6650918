import type { FastifyInstance } from 'fastify'
import { idPattern } from '../core/id.ts'
import { findFolder, inTurn } from './answer.ts'
import { listAssessments, saveAssessment, type SavingAssessment } from './assessments.ts'

interface AtAtlas { Params: { readonly atlas: string } }
interface AtArea { Params: { readonly atlas: string, readonly level: string, readonly area: string } }

const text = { type: 'string', maxLength: 10_000 }
const line = { type: 'string', maxLength: 500 }
const id = { type: 'string', pattern: idPattern }
const entry = {
  type: 'object',
  additionalProperties: false,
  required: ['assessment', 'measure', 'goal', 'author', 'date', 'indicator', 'state'],
  properties: { assessment: text, measure: text, goal: line, author: line, date: line, indicator: { anyOf: [line, { type: 'null' }] }, state: { enum: ['draft', 'released'] } },
}
const schema = {
  params: { type: 'object', properties: { level: id, area: id } },
  body: { type: 'object', additionalProperties: false, required: ['expected', 'entry'], properties: { expected: { anyOf: [{ type: 'string', pattern: '^[0-9a-f]{64}$' }, { type: 'null' }] }, entry } },
}

/** What the town says about its areas. */
export function addAssessmentRoutes (app: FastifyInstance, projectsDir: string): void {
  app.get<AtAtlas>('/atlases/:atlas/assessments', async ({ params: { atlas } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : await reply.send(await listAssessments(folder))
  })

  app.put<AtArea & { Body: Pick<SavingAssessment, 'entry' | 'expected'> }>('/atlases/:atlas/assessments/:level/:area', { schema }, async ({ params: { atlas, level, area }, body }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : await reply.send(await inTurn(folder, () => saveAssessment({ folder, level, area, ...body })))
  })
}
