import { formatProblem, type Problem } from '../../core/problem.ts'
import { setMemberships } from '../../sql/accounts.ts'
import { leaveAtlas, renameAtlas } from '../../sql/atlas-name.ts'
import { writeLog, type LoggedAction } from '../../sql/audit-log.ts'
import { listJobs } from '../../sql/jobs.ts'
import { atlasListPage, type AtlasListShown } from '../pages/atlas-list.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'

export const atlasListRoutes: readonly Route[] = [
  { method: 'GET', path: '', needs: 'person', handle: call => show(call) },
  { method: 'POST', path: '/atlanten', needs: 'operator', handle: create },
  { method: 'POST', path: '/atlanten/:slug/umbenennen', needs: 'operator', handle: rename },
  { method: 'POST', path: '/atlanten/:slug/weglegen', needs: 'operator', handle: archive },
]

async function show ({ workshop, visitor, reply }: RouteCall, shown: AtlasListShown = {}): Promise<unknown> {
  const installed = accountOf(visitor).isOperator ? await workshop.worker.listAtlases() : []
  return sendPage(reply, atlasListPage({ workshop, visitor, installed, ...shown }), shown.fault === undefined && shown.notice?.kind !== 'danger' ? 200 : 400)
}

/** Whoever creates an atlas leads it until they name others. */
async function create (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, reply, field } = call
  const { atlases: texts } = getWorkshopTexts(visitor.language)
  const slug = field('slug')
  if (!isSlug(slug)) return await show(call, { slug, fault: texts.badSlug })
  const refusal = await workshop.worker.createAtlas(slug)
  if (refusal) return await show(call, { slug, fault: formatProblem(refusal, visitor.language) })
  await setMemberships(workshop.database, accountOf(visitor).account, slug, [{ atlas: slug, role: 'admin' }])
  await log(call, slug, 'atlas-created')
  return reply.redirect(at(workshop, slug), 303)
}

/** The folder and all that is known in the database, or neither. */
async function rename (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { slug = '' } } = call
  const { atlases: texts } = getWorkshopTexts(visitor.language)
  const to = field('to')
  if (!isSlug(to)) return await show(call, { notice: { kind: 'danger', text: texts.badSlug } })
  const refusal = await whyBusy(call, slug) ?? await change(call, async queries => {
    await renameAtlas(queries, slug, to)
    return await workshop.workerOf(slug).rename(to)
  })
  if (refusal !== undefined) return await show(call, { notice: { kind: 'danger', text: refusal } })
  await log(call, to, 'atlas-renamed', { from: slug })
  return await show(call, { notice: { kind: 'success', text: texts.renamed(slug, to) } })
}

async function archive (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { slug = '' } } = call
  const { atlases: texts } = getWorkshopTexts(visitor.language)
  // Typed, because nobody types a name by mistake.
  if (field('typed') !== slug) return await show(call, { notice: { kind: 'danger', text: texts.typeName(slug) } })
  const refusal = await whyBusy(call, slug) ?? await change(call, async queries => {
    await leaveAtlas(queries, slug)
    return await workshop.workerOf(slug).archive()
  })
  if (refusal !== undefined) return await show(call, { notice: { kind: 'danger', text: refusal } })
  await log(call, slug, 'atlas-archived')
  return await show(call, { notice: { kind: 'success', text: texts.archived(slug) } })
}

type Change = (queries: Parameters<typeof renameAtlas>[0]) => Promise<Problem | undefined>

/** @returns why the worker refused, in which case nothing has changed */
async function change ({ workshop, visitor }: RouteCall, work: Change): Promise<string | undefined> {
  let refusal: Problem | undefined
  await workshop.database.transaction(async queries => {
    refusal = await work(queries)
    if (refusal) throw new Refused()
  }).catch((error: unknown) => { if (!(error instanceof Refused)) throw error })
  return refusal && formatProblem(refusal, visitor.language)
}

/** Takes back what a transaction did. */
class Refused extends Error {}

async function whyBusy ({ workshop, visitor }: RouteCall, slug: string): Promise<string | undefined> {
  const isBusy = (await listJobs(workshop.database, slug)).some(({ state }) => state === 'waiting' || state === 'running')
  return isBusy ? getWorkshopTexts(visitor.language).atlases.busy : undefined
}

function isSlug (text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(text)
}

async function log ({ workshop, visitor }: RouteCall, atlas: string, action: LoggedAction, details: Readonly<Record<string, string>> = {}): Promise<void> {
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action, details })
}
