import type { FastifyInstance } from 'fastify'
import { findFolder, inTurn } from './answer.ts'
import { findReader } from './busy.ts'
import { listFacilityFiles, readFacilityTable, saveFacilityTable, type SavingFacilities } from './facility-file.ts'
import type { FacilitiesSaved } from './facility-list.ts'

interface AtAtlas { Params: { readonly atlas: string }, Querystring: { readonly list: string, readonly file: string } }

const text = { type: 'string', maxLength: 20_000 }
const row = {
  type: 'object',
  additionalProperties: false,
  required: ['token', 'cells'],
  properties: { token: { anyOf: [text, { type: 'null' }] }, cells: { anyOf: [{ type: 'array', maxItems: 200, items: text }, { type: 'null' }] } },
}
const place = { type: 'object', required: ['list', 'file'], properties: { list: text, file: text } }
const body = { type: 'object', additionalProperties: false, required: ['expected', 'rows'], properties: { expected: text, rows: { type: 'array', maxItems: 2000, items: row } } }

/** Lists of facilities as tables. */
export function addFacilityRoutes (app: FastifyInstance, projectsDir: string): void {
  app.get<AtAtlas>('/atlases/:atlas/facilities', async ({ params: { atlas } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : await reply.send(await listFacilityFiles(folder, atlas))
  })

  app.get<AtAtlas>('/atlases/:atlas/facilities/table', { schema: { querystring: place } }, async ({ params: { atlas }, query: { list, file } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : await reply.send({ table: await readFacilityTable({ folder, atlas, list, file }) ?? null })
  })

  app.put<AtAtlas & { Body: Pick<SavingFacilities, 'expected' | 'rows'> }>('/atlases/:atlas/facilities/table', { schema: { querystring: place, body } }, async ({ params: { atlas }, query: { list, file }, body }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    const saved = await inTurn(folder, async (): Promise<FacilitiesSaved | undefined> => {
      const busy = findReader(folder)
      return busy ? { kind: 'refused', problems: [busy] } : await saveFacilityTable({ folder, atlas, list, file, ...body })
    })
    return await reply.send({ saved: saved ?? null })
  })
}
