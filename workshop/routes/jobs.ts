import { cancelJob, findJob } from '../../sql/jobs.ts'
import type { Notice } from '../pages/frame.ts'
import { jobPage } from '../pages/job.ts'
import { refusalPage } from '../pages/refusal.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'

/** How far something is that was asked for. */
export const jobRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/auftraege/:job', needs: 'preview', handle: call => show(call) },
  { method: 'POST', path: '/:atlas/auftraege/:job/abbrechen', needs: 'build', handle: cancel },
]

async function show ({ workshop, visitor, reply, at: { atlas = '', job = '' } }: RouteCall, notice?: Notice): Promise<unknown> {
  const found = /^\d{1,15}$/.test(job) ? await findJob(workshop.database, atlas, Number(job)) : undefined
  if (!found) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  // Reloads by itself while there is something to see; without script, and without moving the focus of anybody who reads.
  if (found.state === 'waiting' || found.state === 'running') reply.header('refresh', '3')
  return sendPage(reply, jobPage({ workshop, visitor, atlas, job: found, notice }))
}

async function cancel (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, at: { atlas = '', job = '' } } = call
  const { job: texts } = getWorkshopTexts(visitor.language)
  const isStopped = /^\d{1,15}$/.test(job) && await cancelJob(workshop.database, atlas, Number(job))
  return await show(call, isStopped ? { kind: 'success', text: texts.cancelled } : { kind: 'info', text: texts.tooLate })
}
