import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { problem, type Repair } from '../core/problem.ts'
import type { AcceptedEntry } from '../pipeline/project-file/schema.ts'
import { visibleReportFile } from '../pipeline/vault/check-report.ts'
import { findFolder, inTurn, sendProblems } from './answer.ts'
import { addAccepted, applyRepair } from './edit-project.ts'
import { readProjectText, writeProjectText, type Written } from './project-file.ts'

interface AtAtlas { Params: { readonly atlas: string } }
interface Based { readonly expected: string | null }

const expected = { anyOf: [{ type: 'string', pattern: '^[0-9a-f]{64}$' }, { type: 'null' }] }
const body = (properties: Readonly<Record<string, object>>) =>
  ({ body: { type: 'object', additionalProperties: false, required: ['expected', ...Object.keys(properties)], properties: { expected, ...properties } } })
const steps = { type: 'array', minItems: 1, maxItems: 8, items: { anyOf: [{ type: 'string', maxLength: 200 }, { type: 'integer', minimum: 0 }] } }

/** The project file: read, written as a whole, and changed by what the check report offers. */
export function addProjectFileRoutes (app: FastifyInstance, projectsDir: string): void {
  app.get<AtAtlas>('/atlases/:atlas/project-file', async ({ params: { atlas } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : await reply.send({ now: await readProjectText(folder) })
  })

  app.put<AtAtlas & { Body: Based & { readonly text: string } }>('/atlases/:atlas/project-file', { schema: body({ text: { type: 'string', maxLength: 2_000_000 } }) }, async ({ params: { atlas }, body: { text, expected } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    return folder === undefined ? reply : await sendWritten(reply, await inTurn(folder, () => writeProjectText({ folder, atlas, text, expected })))
  })

  app.post<AtAtlas & { Body: Based & { readonly entry: AcceptedEntry } }>('/atlases/:atlas/accept', { schema: body({ entry: { type: 'object' } }) }, async ({ params: { atlas }, body: { entry, expected } }, reply) =>
    await change(projectsDir, atlas, expected, text => addAccepted(text, entry), reply))

  app.post<AtAtlas & { Body: Based & Repair }>('/atlases/:atlas/repair', { schema: body({ path: steps, value: {} }) }, async ({ params: { atlas }, body: { path: place, value, expected } }, reply) =>
    await change(projectsDir, atlas, expected, text => applyRepair(text, { path: place, value }), reply))

  // Quotes raw counts: goes to the page and is kept nowhere.
  app.get<AtAtlas>('/atlases/:atlas/check-report', async ({ params: { atlas } }, reply) => await sendReport(projectsDir, atlas, 'pruefbericht.json', reply))
  app.get<AtAtlas>('/atlases/:atlas/visible-report', async ({ params: { atlas } }, reply) => await sendReport(projectsDir, atlas, visibleReportFile, reply))
}

/** One of the reports that `atlas check` left in the vault; null where it left none. */
async function sendReport (projectsDir: string, atlas: string, name: string, reply: FastifyReply): Promise<FastifyReply> {
  const folder = await findFolder(projectsDir, atlas, reply)
  if (folder === undefined) return reply
  const text = await readFile(path.join(folder, 'vault', 'reports', name), 'utf8').catch(() => 'null')
  return await reply.type('application/json').header('cache-control', 'no-store').send(text)
}

/** One change to the text that somebody saw; what does not fit it any more is said and changes nothing. */
async function change (projectsDir: string, atlas: string, expected: string | null, edit: (text: string) => string, reply: FastifyReply): Promise<FastifyReply> {
  const folder = await findFolder(projectsDir, atlas, reply)
  if (folder === undefined) return reply
  return await inTurn(folder, async () => {
    const now = await readProjectText(folder)
    let text = ''
    try {
      text = edit(now?.text ?? '')
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return await sendProblems(reply, 422, [problem('worker-cannot-repair', { file: 'atlas.yaml' })])
    }
    return await sendWritten(reply, await writeProjectText({ folder, atlas, text, expected }))
  })
}

export async function sendWritten (reply: FastifyReply, written: Written): Promise<FastifyReply> {
  switch (written.kind) {
    case 'written': return await reply.send(written)
    case 'changed': return await sendProblems(reply, 409, [written.problem], { now: written.now })
    case 'refused': return await sendProblems(reply, 422, written.problems)
  }
}
