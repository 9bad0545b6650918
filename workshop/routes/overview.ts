import { rolesThatMay } from '../../core/permission.ts'
import { approve, listApprovals, listStandingApprovals, readApprovedAudiences, setApprovedAudiences, withdrawApproval } from '../../sql/approvals.ts'
import { writeLog, type LoggedAction } from '../../sql/audit-log.ts'
import { addJob, findBuilder, listJobs, type JobFacts, type JobKind } from '../../sql/jobs.ts'
import { listEditions, type EditionSummary } from '../../sql/list.ts'
import { listStates, noteLimit } from '../../sql/publish.ts'
import type { Notice } from '../pages/frame.ts'
import { overviewPage } from '../pages/overview.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'

/** What is shown of an atlas, what is being made, and the steps from one to the other. */
export const overviewRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas', needs: 'preview', handle: call => show(call) },
  { method: 'POST', path: '/:atlas/pruefen', needs: 'build', handle: call => ask(call, 'check', {}) },
  { method: 'POST', path: '/:atlas/bauen', needs: 'build', handle: call => ask(call, 'build', call.field('first') === '' ? {} : { isFirstEdition: true }) },
  { method: 'POST', path: '/:atlas/freigeben', needs: 'approve', handle: giveApproval },
  { method: 'POST', path: '/:atlas/freigabe-zuruecknehmen', needs: 'approve', handle: takeApprovalBack },
  { method: 'POST', path: '/:atlas/veroeffentlichen', needs: 'publish', handle: publish },
  { method: 'POST', path: '/:atlas/zurueck', needs: 'rollback', handle: call => ask(call, 'rollback', {}) },
  { method: 'POST', path: '/:atlas/zurueckziehen', needs: 'withdraw', handle: withdraw },
  { method: 'POST', path: '/:atlas/vier-augen', needs: 'settings', handle: changeSettings },
]

async function show ({ workshop: { database }, workshop, visitor, reply, at: { atlas = '' } }: RouteCall, notice?: Notice, typed?: Parameters<typeof overviewPage>[0]['typed']): Promise<unknown> {
  const [editions, states, jobs, approvals, approvedAudiences] = await Promise.all([
    listEditions(database, 'stored', { atlas }), listStates(database, 'stored'), listJobs(database, atlas, 10), listApprovals(database, atlas), readApprovedAudiences(database, atlas),
  ])
  const builders = new Map<string, string | undefined>()
  for (const { id, state } of editions) if (state === 'draft') builders.set(id, await findBuilder(database, atlas, id))
  const page = overviewPage({ workshop, visitor, atlas, editions, states: states.filter(state => state.atlas === atlas), jobs, approvals, approvedAudiences, builders, notice, typed })
  return sendPage(reply, page, notice?.kind === 'danger' ? 400 : 200)
}

async function ask ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall, kind: JobKind, facts: JobFacts): Promise<unknown> {
  const { account, name } = accountOf(visitor)
  const job = await addJob(workshop.database, { atlas, kind, facts, account, name })
  return reply.redirect(at(workshop, `${atlas}/auftraege/${job}`), 303)
}

async function publish (call: RouteCall): Promise<unknown> {
  const edition = await findEdition(call)
  if (!edition) return await show(call)
  if (await lacksApproval(call, edition)) return await show(call, { kind: 'danger', text: getWorkshopTexts(call.visitor.language).overview.needsApproval })
  const [note, noteEnglish] = [oneLineEnds(call.field('note')), oneLineEnds(call.field('note-en'))]
  const typed = { edition: edition.id, note, noteEnglish }
  if (note === '' && noteEnglish !== '') return await show(call, { kind: 'danger', text: getWorkshopTexts(call.visitor.language).overview.noteNotGerman }, typed)
  if (Math.max(note.length, noteEnglish.length) > noteLimit) return await show(call, { kind: 'danger', text: getWorkshopTexts(call.visitor.language).overview.noteTooLong(noteLimit) }, typed)
  return await ask(call, 'publish', { edition: edition.id, ...note !== '' && { note }, ...noteEnglish !== '' && { noteEnglish } })
}

/** Browsers send two characters for each, which would count twice. */
function oneLineEnds (text: string): string {
  return text.replaceAll('\r\n', '\n')
}

/** The worker asks once more when the job runs. */
async function lacksApproval ({ workshop: { database }, at: { atlas = '' } }: RouteCall, { id, audience, state }: EditionSummary): Promise<boolean> {
  if (state !== 'draft' || !(await readApprovedAudiences(database, atlas)).includes(audience)) return false
  return (await listStandingApprovals(database, atlas, id, rolesThatMay('approve'))).length === 0
}

async function giveApproval (call: RouteCall): Promise<unknown> {
  const { workshop: { database }, visitor, at: { atlas = '' } } = call
  const { account, name } = accountOf(visitor)
  const edition = await findEdition(call)
  if (!edition) return await show(call)
  if (await findBuilder(database, atlas, edition.id) === account) return await show(call, { kind: 'danger', text: getWorkshopTexts(visitor.language).overview.ownDraft })
  await approve(database, { edition: edition.id, atlas, account, name })
  await log(call, 'approved', edition.id)
  return await show(call)
}

async function takeApprovalBack (call: RouteCall): Promise<unknown> {
  const edition = await findEdition(call)
  if (edition && await withdrawApproval(call.workshop.database, edition.id, accountOf(call.visitor).account)) await log(call, 'approval-withdrawn', edition.id)
  return await show(call)
}

async function withdraw (call: RouteCall): Promise<unknown> {
  const edition = await findEdition(call)
  if (!edition) return await show(call)
  const reason = call.field('reason')
  if (reason === '') return await show(call, { kind: 'danger', text: getWorkshopTexts(call.visitor.language).overview.missingReason })
  return await ask(call, 'withdraw', { edition: edition.id, reason: reason.slice(0, 1000) })
}

async function changeSettings (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, request, at: { atlas = '' } } = call
  const chosen = [(request.body as Readonly<Record<string, unknown>>)['audiences']].flat()
  const audiences = (['public', 'internal'] as const).filter(audience => chosen.includes(audience))
  await setApprovedAudiences(workshop.database, atlas, audiences)
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action: 'settings-changed', details: { approval: audiences.join(' ') } })
  return await show(call, { kind: 'success', text: getWorkshopTexts(visitor.language).overview.settingsSaved })
}

/** Of this atlas only: an id from another one is as unknown as one that was made up. */
async function findEdition ({ workshop: { database }, field, at: { atlas = '' } }: RouteCall): Promise<EditionSummary | undefined> {
  return (await listEditions(database, 'stored', { atlas })).find(({ id }) => id === field('edition'))
}

async function log ({ workshop, visitor, at: { atlas = '' } }: RouteCall, action: LoggedAction, edition: string): Promise<void> {
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action, toEdition: edition })
}
