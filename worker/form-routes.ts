import path from 'node:path'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { problem } from '../core/problem.ts'
import { findFolder, inTurn, sendProblems } from './answer.ts'
import { describedForms } from './forms/described.ts'
import { formNames, type FormName } from './forms/field-form.ts'
import type { TypedField } from './forms/field.ts'
import { makeForm, type FormAsked } from './forms/make-form.ts'
import { addFromCatalogue, outlineProject, searchCatalogue } from './forms/outline.ts'
import { viewProject, type ProjectView } from './forms/project-view.ts'
import { saveForm } from './forms/save-form.ts'
import { sendWritten } from './project-file-routes.ts'
import { readProjectText, writeProjectText } from './project-file.ts'
import { applyRemedy, type Remedy } from './remedy.ts'
import { setPath } from './set-path.ts'

interface AtAtlas { Params: { readonly atlas: string } }
interface AtForm { Params: { readonly atlas: string, readonly form: string, readonly item?: string } }

const text = { type: 'string', maxLength: 100_000 }
const fields = { type: 'array', maxItems: 3000, items: { type: 'object', additionalProperties: false, required: ['name', 'was', 'value'], properties: { name: { type: 'string', maxLength: 1000 }, was: text, value: text } } }
const formBody = { type: 'object', additionalProperties: false, required: ['fields'], properties: { fields } }
const idBody = { type: 'object', additionalProperties: false, required: ['id'], properties: { id: { type: 'string', maxLength: 60 } } }

const ids = { type: 'array', minItems: 1, maxItems: 2000, items: { type: 'string', maxLength: 60 } }
const remedyBody = {
  anyOf: [
    { type: 'object', additionalProperties: false, required: ['remedy', 'indicators', 'to'], properties: { remedy: { const: 'smaller-minimum' }, indicators: ids, to: { type: 'integer', minimum: 3, maximum: 1000 } } },
    { type: 'object', additionalProperties: false, required: ['remedy', 'indicators'], properties: { remedy: { const: 'rounded' }, indicators: ids } },
  ],
}

/** The project file in forms: what is asked for, what was typed, and what the catalogue offers. */
export function addFormRoutes (app: FastifyInstance, projectsDir: string): void {
  app.get<AtAtlas>('/atlases/:atlas/outline', async ({ params: { atlas } }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    const view = await findView(folder)
    return await reply.send({ outline: view ? outlineProject(view) : null })
  })

  for (const address of ['/atlases/:atlas/forms/:form', '/atlases/:atlas/forms/:form/:item']) {
    app.get<AtForm>(address, async ({ params }, reply) => {
      const folder = await findFolder(projectsDir, params.atlas, reply)
      if (folder === undefined) return reply
      const [view, asked] = [await findView(folder), askedOf(params)]
      return await reply.send({ form: (view && asked && makeForm(view, asked)) ?? null })
    })

    app.post<AtForm & { Body: { readonly fields: readonly TypedField[] } }>(address, { schema: { body: formBody } }, async ({ params, body }, reply) => {
      const folder = await findFolder(projectsDir, params.atlas, reply)
      const asked = askedOf(params)
      if (folder === undefined) return reply
      const saved = asked && await inTurn(folder, async () => await findView(folder) && await saveForm({ folder, atlas: params.atlas, asked, typed: body.fields }))
      return await reply.send({ saved: saved ?? null })
    })
  }

  app.get<AtAtlas & { Querystring: { readonly text?: string } }>('/atlases/:atlas/catalogue', async ({ params: { atlas }, query }, reply) => {
    const folder = await findFolder(projectsDir, atlas, reply)
    if (folder === undefined) return reply
    const view = await findView(folder)
    return await reply.send(view ? searchCatalogue(view, String(query.text ?? '').slice(0, 200)) : [])
  })

  app.post<AtAtlas & { Body: { readonly id: string } }>('/atlases/:atlas/catalogue', { schema: { body: idBody } }, async ({ params: { atlas }, body: { id } }, reply) =>
    await change(projectsDir, atlas, view => addFromCatalogue(view, id), reply))

  app.post<AtAtlas & { Body: Remedy }>('/atlases/:atlas/remedy', { schema: { body: remedyBody } }, async ({ params: { atlas }, body }, reply) =>
    await change(projectsDir, atlas, view => applyRemedy(view, body), reply))

  app.delete<AtForm>('/atlases/:atlas/forms/:form/:item', async ({ params }, reply) => {
    const list = isFormName(params.form) && describedForms[params.form].list
    if (list !== 'deliveries' && list !== 'indicators') return await reply.code(404).send()
    return await change(projectsDir, params.atlas, view => setPath(view.text, [list, params.item!], undefined), reply)
  })
}

/** One change of the project file as it is now. */
async function change (projectsDir: string, atlas: string, edit: (view: ProjectView) => string, reply: FastifyReply): Promise<FastifyReply> {
  const folder = await findFolder(projectsDir, atlas, reply)
  if (folder === undefined) return reply
  return await inTurn(folder, async () => {
    try {
      const [now, view] = [await readProjectText(folder), await findView(folder)]
      if (!now || !view) throw new RangeError('no project file')
      return await sendWritten(reply, await writeProjectText({ folder, atlas, text: edit(view), expected: now.sha256 }))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return await sendProblems(reply, 422, [problem('worker-cannot-repair', { file: 'atlas.yaml' })])
    }
  })
}

/** Undefined where there is no project file, or one that is no YAML. */
async function findView (folder: string): Promise<ProjectView | undefined> {
  const now = await readProjectText(folder)
  try {
    return now ? await viewProject(now.text, path.join(folder, 'atlas.yaml')) : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function askedOf ({ form, item }: AtForm['Params']): FormAsked | undefined {
  if (form === 'open') return item === undefined ? { form } : undefined
  return isFormName(form) ? { form, item: item ?? null } : undefined
}

function isFormName (form: string): form is FormName {
  return (formNames as readonly string[]).includes(form)
}
