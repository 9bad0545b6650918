import { formatProblem, type Problem } from '../../core/problem.ts'
import { listLog, writeLog } from '../../sql/audit-log.ts'
import type { FormSaved, TypedField } from '../../worker/forms/field.ts'
import { formatMoment } from '../moment.ts'
import type { Notice } from '../pages/frame.ts'
import { outlinePage } from '../pages/outline.ts'
import type { FieldAnswer } from '../pages/project-field.ts'
import { projectFormPage } from '../pages/project-form.ts'
import { refusalPage } from '../pages/refusal.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { spreadShared, type SpreadField } from '../shared-answers.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'

/** The project file in forms. */
export const formRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/angaben', needs: 'configure', handle: call => showOutline(call) },
  { method: 'POST', path: '/:atlas/angaben', needs: 'configure', handle: addIndicator },
  ...['/:atlas/angaben/:form', '/:atlas/angaben/:form/:item'].flatMap((path): Route[] => [
    { method: 'GET', path, needs: 'configure', handle: call => showForm(call, {}) },
    { method: 'POST', path, needs: 'configure', handle: save },
  ]),
  { method: 'POST', path: '/:atlas/angaben/:form/:item/weglassen', needs: 'configure', handle: leaveOut },
]

async function showOutline ({ workshop, visitor, request, reply, at: { atlas = '' } }: RouteCall, notice?: Notice): Promise<unknown> {
  const worker = workshop.workerOf(atlas)
  const { suche } = request.query as Readonly<Record<string, unknown>>
  const search = typeof suche === 'string' ? { text: suche, offers: await worker.searchCatalogue(suche) } : undefined
  return sendPage(reply, outlinePage({ workshop, visitor, atlas, outline: await worker.readOutline(), search, notice }), notice?.kind === 'danger' ? 400 : 200)
}

async function addIndicator (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { atlas = '' } } = call
  const written = await workshop.workerOf(atlas).addFromCatalogue(field('use'))
  if (written.kind !== 'written') {
    const problems = written.kind === 'refused' ? written.problems : [written.problem]
    return await showOutline(call, { kind: 'danger', text: problems.map(found => formatProblem(found, visitor.language)).join(' ') })
  }
  await log(call, [`indicators.${field('use')}`], written.sha256)
  return await showOutline(call, { kind: 'success', text: getWorkshopTexts(visitor.language).forms.added })
}

interface Shown {
  readonly answers?: ReadonlyMap<string, FieldAnswer>
  readonly problems?: readonly Problem[]
  readonly notice?: Notice
}

async function showForm (call: RouteCall, { answers = new Map<string, FieldAnswer>(), problems = [], notice }: Shown): Promise<unknown> {
  const { workshop, visitor, reply, at: { atlas = '' } } = call
  const state = await workshop.workerOf(atlas).readForm(formOf(call))
  if (!state) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  return sendPage(reply, projectFormPage({ workshop, visitor, atlas, name: formOf(call), state, answers, problems, notice }), notice?.kind === 'danger' ? 400 : 200)
}

async function save (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, at: { atlas = '' } } = call
  const { forms: texts } = getWorkshopTexts(visitor.language)
  const sent = readTyped(call.request.body)
  const spread = spreadShared(sent)
  const saved = await workshop.workerOf(atlas).saveForm(formOf(call), spread.map(({ name, was, value }) => ({ name, was, value })))
  switch (saved?.kind) {
    case undefined: return await showForm(call, {})
    case 'refused': return await showForm(call, { answers: withFaults({ sent, spread }, saved, visitor.language), problems: saved.problems, notice: { kind: 'danger', text: texts.refused } })
    case 'changed': return await showForm(call, { answers: await withConflicts(call, { sent, spread }, saved), notice: { kind: 'danger', text: texts.changed } })
    case 'written': {
      if (saved.paths.length > 0) await log(call, saved.paths, saved.sha256)
      return await showForm(call, { notice: { kind: 'success', text: saved.paths.length > 0 ? texts.saved : texts.unchanged } })
    }
  }
}

async function leaveOut (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, at: { atlas = '', form = '', item = '' } } = call
  const written = await workshop.workerOf(atlas).removeEntry(formOf(call))
  if (written?.kind !== 'written') {
    const problems = written?.kind === 'refused' ? written.problems : []
    return await showForm(call, { problems, notice: { kind: 'danger', text: getWorkshopTexts(visitor.language).forms.notLeftOut } })
  }
  await log(call, [`${form} ${item}`], written.sha256)
  return await showOutline(call, { kind: 'success', text: getWorkshopTexts(visitor.language).forms.leftOut })
}

/** As it stands in addresses. */
function formOf ({ at: { form = '', item } }: RouteCall): string {
  return [form, ...item === undefined ? [] : [item]].map(encodeURIComponent).join('/')
}

/** Each field came with what stood in it; one without an answer is a list of boxes of which none is ticked. */
function readTyped (body: unknown): TypedField[] {
  const sent = (body ?? {}) as Readonly<Record<string, unknown>>
  const read = (key: string) => [sent[key] ?? []].flat().filter(part => typeof part === 'string').join(' ')
  return Object.keys(sent).filter(key => key.startsWith('w:')).map(key => ({ name: key.slice(2), was: read(key), value: read(`f:${key.slice(2)}`) }))
}

/** As it was typed, and what each field was told. */
interface Typed { readonly sent: readonly TypedField[], readonly spread: readonly SpreadField[] }

/** A fault stands where the answer was typed, be it for one or for all. */
function withFaults ({ sent, spread }: Typed, { faults }: Extract<FormSaved, { kind: 'refused' }>, language: 'de' | 'en'): Map<string, FieldAnswer> {
  const placed = faults.map(fault => ({ ...fault, from: spread.find(({ name }) => name === fault.name)?.from }))
  return new Map(sent.map(({ name, was, value }) => {
    const fault = placed.find(({ from }) => from === name)
    return [name, { was, value, ...fault && { fault: formatProblem(fault.problem, language) } }]
  }))
}

/** Of a field that both changed the next save is based on what stands there now: who saves again means it. */
async function withConflicts ({ workshop, visitor, at: { atlas = '' } }: RouteCall, { sent, spread }: Typed, { conflicts }: Extract<FormSaved, { kind: 'changed' }>): Promise<Map<string, FieldAnswer>> {
  const story = (await listLog(workshop.database, { atlas, limit: 200 })).filter(({ action }) => action === 'project-changed')
  return new Map(sent.map(({ name, was, value: own }) => {
    const conflict = conflicts.find(one => one.name === name)
    if (!conflict) return [name, { was, value: own }]
    // An answer for all stands at each place where somebody else was faster.
    const value = spread.find(field => field.name === name)?.value ?? own
    const place = name.split('/').map(decodeURIComponent).join('.')
    const entry = story.find(({ details }) => String(details.paths ?? '').split(', ').some(path => path === place || place.startsWith(`${path}.`)))
    const by = entry && getWorkshopTexts(visitor.language).forms.changedBy(entry.name, formatMoment(entry.at, visitor.language))
    return [name, { was: conflict.now ?? was, value, now: conflict.now, ...by !== undefined && { by } }]
  }))
}

/** Places, never what stands there. */
async function log ({ workshop, visitor, at: { atlas = '' } }: RouteCall, paths: readonly string[], sha256: string): Promise<void> {
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action: 'project-changed', details: { paths: paths.join(', ').slice(0, 2000), sha256: sha256.slice(0, 12) } })
}
