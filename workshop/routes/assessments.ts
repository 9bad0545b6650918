import type { Area, Level } from '../../core/area.ts'
import type { Edition } from '../../core/edition.ts'
import { formatProblem } from '../../core/problem.ts'
import { may } from '../../core/permission.ts'
import { writeLog } from '../../sql/audit-log.ts'
import { findStored, type AssessmentText } from '../../worker/stored-assessment.ts'
import { assessmentPage, assessmentsPage, type AssessmentPage } from '../pages/assessments.ts'
import type { Notice } from '../pages/frame.ts'
import { refusalPage } from '../pages/refusal.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'

/** What the town says about its areas, and what it does there. */
export const assessmentRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/massnahmen', needs: 'texts', handle: list },
  { method: 'GET', path: '/:atlas/massnahmen/:level/:area', needs: 'texts', handle: show },
  { method: 'POST', path: '/:atlas/massnahmen/:level/:area', needs: 'texts', handle: save },
]

async function list ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall): Promise<unknown> {
  const edition = await workshop.editions.newest(atlas)
  return sendPage(reply, assessmentsPage({ workshop, visitor, atlas, edition, stored: await workshop.workerOf(atlas).listAssessments() }))
}

async function show (call: RouteCall): Promise<unknown> {
  const place = await findPlace(call)
  if (!place) return sendPage(call.reply, refusalPage({ ...call, refusal: 'not-found' }), 404)
  const { workshop, visitor, at: { atlas = '' } } = call
  const stored = findStored(await workshop.workerOf(atlas).listAssessments(), place.level.id, place.area.id)
  const today = new Date(workshop.now()).toISOString().slice(0, 10)
  const entry = stored?.entry ?? { assessment: '', measure: '', goal: '', author: accountOf(visitor).name, date: today, indicator: null, state: 'draft' }
  const faulty = stored?.entry === null ? { kind: 'warning', text: stored.problems.map(found => formatProblem(found, visitor.language)).join(' ') } as const : undefined
  return answer(call, place, { entry, hash: stored?.sha256 ?? '', notice: faulty })
}

interface Place { readonly edition: Edition, readonly level: Level, readonly area: Area }

/** Whatever happens, what was typed comes back. */
async function save (call: RouteCall): Promise<unknown> {
  const place = await findPlace(call)
  if (!place) return sendPage(call.reply, refusalPage({ ...call, refusal: 'not-found' }), 404)
  const { workshop, visitor, field, at: { atlas = '' } } = call
  const { assessments: texts } = getWorkshopTexts(visitor.language)
  const entry = readEntry(call)
  const hash = field('hash')
  const saved = await workshop.workerOf(atlas).saveAssessment(place.level.id, place.area.id, { entry, expected: hash })
  switch (saved.kind) {
    // The next save is based on what stands there now: who saves again means it.
    case 'changed': return answer(call, place, { entry, hash: saved.now?.sha256 ?? '', now: saved.now, notice: { kind: 'danger', text: texts.changed } })
    case 'refused': return answer(call, place, { entry, hash, notice: { kind: 'danger', text: saved.problems.map(found => formatProblem(found, visitor.language)).join(' ') } })
    case 'written': {
      const { account, name } = accountOf(visitor)
      const did = saved.sha256 === null ? 'removed' : entry.state
      await writeLog(workshop.database, { account, name, atlas, action: 'text-changed', details: { area: `${place.level.id}.${place.area.id}`, did, ...saved.sha256 !== null && { sha256: saved.sha256.slice(0, 12) } } })
      return answer(call, place, { entry, hash: saved.sha256 ?? '', notice: { kind: 'success', text: texts.saved[did] } })
    }
  }
}

/** What who may not release writes is a draft, also where the text was released before. */
function readEntry ({ visitor, field, at: { atlas = '' } }: RouteCall): AssessmentText {
  const [text, line] = [(name: string) => field(name).replaceAll('\r\n', '\n').slice(0, 10_000), (name: string) => field(name).slice(0, 500)]
  const isReleased = field('state') === 'released' && may(accountOf(visitor), 'release', atlas)
  const indicator = line('indicator')
  return { assessment: text('assessment'), measure: text('measure'), goal: line('goal'), author: line('author'), date: line('date'), indicator: indicator === '' ? null : indicator, state: isReleased ? 'released' : 'draft' }
}

function answer ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall, { edition, level, area }: Place, shown: Pick<AssessmentPage, 'entry' | 'hash' | 'now'> & { readonly notice: Notice | undefined }): unknown {
  return sendPage(reply, assessmentPage({ workshop, visitor, atlas, edition, level, area, mayRelease: may(accountOf(visitor), 'release', atlas), ...shown }), shown.notice?.kind === 'danger' ? 400 : 200)
}

async function findPlace ({ workshop, at: { atlas = '', level = '', area = '' } }: RouteCall): Promise<Place | undefined> {
  const edition = await workshop.editions.newest(atlas)
  const foundLevel = edition?.levels.find(({ id }) => id === level)
  const foundArea = foundLevel?.areas.find(({ id }) => id === area)
  return edition && foundLevel && foundArea && { edition, level: foundLevel, area: foundArea }
}
