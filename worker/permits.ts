import type { Audience } from '../core/edition.ts'
import { rolesThatMay, type Action } from '../core/permission.ts'
import { problem, type Problem } from '../core/problem.ts'
import { listRoles, listStandingApprovals, readApprovedAudiences } from '../sql/approvals.ts'
import type { Database } from '../sql/connection.ts'
import type { Job, JobKind } from '../sql/jobs.ts'
import { listEditions } from '../sql/list.ts'

/**
 * Of a job that is about to run: what people were allowed when they asked and are not any more. It may have waited for hours behind
 * others, while a role was taken away or an approval taken back.
 *
 * @param audience whose editions another machine may send here
 */
export async function findLostPermits (database: Database, job: Pick<Job, 'atlas' | 'kind' | 'facts' | 'account'>, audience: Audience): Promise<Problem[]> {
  const { atlas, kind, account } = job
  const allowing = rolesThatMay(actionOf[kind])
  const own = await listRoles(database, atlas, account)
  if (!own.some(role => allowing.includes(role))) return [problem('worker-role-gone', {})]
  return await lacksApproval(database, job, audience) ? [problem(kind === 'receive' ? 'worker-not-approvable' : 'worker-not-approved', {})] : []
}

const actionOf: Readonly<Record<JobKind, Action>> = { check: 'build', build: 'build', publish: 'publish', receive: 'publish', rollback: 'rollback', withdraw: 'withdraw' }

/** What was published once was approved then; going back and withdrawing lead to nothing else. */
async function lacksApproval (database: Database, { atlas, kind, facts: { edition } }: Pick<Job, 'atlas' | 'kind' | 'facts'>, audience: Audience): Promise<boolean> {
  if (kind !== 'publish' && kind !== 'receive') return false
  const wanted = await readApprovedAudiences(database, atlas)
  // What another machine built nobody here could look at before.
  if (kind === 'receive') return wanted.includes(audience)
  const found = (await listEditions(database, 'stored', { atlas })).find(({ id }) => id === edition)
  if (found?.state !== 'draft' || !wanted.includes(found.audience)) return false
  return (await listStandingApprovals(database, atlas, found.id, rolesThatMay('approve'))).length === 0
}
