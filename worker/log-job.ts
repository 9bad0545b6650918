import type { Audience } from '../core/edition.ts'
import { writeLog, type LoggedAction } from '../sql/audit-log.ts'
import type { Database } from '../sql/connection.ts'
import type { Job, JobKind, JobOutcome } from '../sql/jobs.ts'
import { listStates } from '../sql/publish.ts'

/** Runs a job and writes down what became of it: who asked, and from which edition to which the atlas went. */
export async function logJob (database: Database, job: Job, run: () => Promise<JobOutcome>): Promise<JobOutcome> {
  const before = await currentEdition(database, job.atlas)
  const outcome = await run()
  const after = await currentEdition(database, job.atlas)
  const { account, name, atlas, kind, facts } = job
  await writeLog(database, {
    account,
    name,
    atlas,
    action: actionOf(kind, outcome),
    fromEdition: kind === 'withdraw' ? facts.edition ?? null : before,
    toEdition: kind === 'build' ? outcome.editions.at(-1) ?? null : after,
    details: {
      ...outcome.state !== 'done' && { job: kind },
      ...facts.reason !== undefined && { reason: facts.reason },
      ...facts.note !== undefined && { note: facts.note },
      ...outcome.state === 'failed' && outcome.codes.length > 0 && { codes: outcome.codes.join(' ') },
    },
  })
  return outcome
}

const doneActions: Readonly<Record<JobKind, LoggedAction>> = { check: 'checked', build: 'built', publish: 'published', receive: 'received', rollback: 'rolled-back', withdraw: 'withdrawn' }

function actionOf (kind: JobKind, { state }: JobOutcome): LoggedAction {
  // A check that finds something was done all the same.
  if (kind === 'check' && state === 'failed') return 'checked'
  return state === 'done' ? doneActions[kind] : state === 'cancelled' ? 'job-cancelled' : 'job-failed'
}

async function currentEdition (database: Database, atlas: string, audience: Audience = 'public'): Promise<string | null> {
  return (await listStates(database, 'stored', audience)).find(state => state.atlas === atlas)?.edition ?? null
}
