import type { Test } from 'tap'
import { setDisabled } from '../../sql/accounts.ts'
import { approve, setApprovedAudiences, withdrawApproval } from '../../sql/approvals.ts'
import type { Database } from '../../sql/connection.ts'
import { addJob, claimJob, endJob, type JobKind } from '../../sql/jobs.ts'
import { publish } from '../../sql/publish.ts'
import { saveEdition } from '../../sql/save.ts'
import { findLostPermits } from '../../worker/permits.ts'
import { onBothEngines } from '../both-engines.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson } from '../workshop/door.ts'

onBothEngines('what a job may still do when it runs', async (t: Test, database: Database) => {
  const draft = tinyEdition()
  const atlas = draft.atlas.id
  await saveEdition(database, draft, [])
  const person = (name: string, role: 'admin' | 'approver' | 'editor') => addPerson(database, `${name}@town.example`, [{ atlas, role }])
  const [anna, paul, eddi] = [await person('anna', 'admin'), await person('paul', 'approver'), await person('eddi', 'editor')]
  const otto = await addPerson(database, 'otto@town.example', [{ atlas: 'elsewhere', role: 'admin' }])
  const setRole = (account: string, role: string) => database.query('update atlas.memberships set role = $2 where account_key = (select account_key from atlas.accounts where account = $1)', [account, role])
  const lost = async (account: string, kind: JobKind) => (await findLostPermits(database, { atlas, kind, facts: { edition: draft.id }, account }, 'public')).map(({ code }) => code)

  await t.test('who lost the role, the account or never had one while the job waited gets nothing done', async t => {
    t.same(await lost(anna, 'publish'), [])
    t.same(await lost(eddi, 'build'), [])
    for (const kind of ['publish', 'withdraw', 'rollback', 'receive'] as const) t.same(await lost(eddi, kind), ['worker-role-gone'], kind)
    for (const kind of ['check', 'build', 'publish', 'withdraw', 'rollback', 'receive'] as const) t.same(await lost(otto, kind), ['worker-role-gone'], `of another atlas: ${kind}`)
    await setDisabled(database, anna, true)
    t.same(await lost(anna, 'build'), ['worker-role-gone'])
    await setDisabled(database, anna, false)
  })

  await t.test('where four eyes are wanted the approval must stand when the job runs', async t => {
    await setApprovedAudiences(database, atlas, ['internal'])
    t.same(await lost(anna, 'publish'), [], 'for another audience only')
    await setApprovedAudiences(database, atlas, ['public'])
    t.same(await lost(anna, 'publish'), ['worker-not-approved'])
    await approve(database, { edition: draft.id, atlas, account: paul, name: 'paul' })
    t.same(await lost(anna, 'publish'), [])
    await withdrawApproval(database, draft.id, paul)
    t.same(await lost(anna, 'publish'), ['worker-not-approved'], 'taken back')
    await approve(database, { edition: draft.id, atlas, account: paul, name: 'paul' })
    await setRole(paul, 'reader')
    t.same(await lost(anna, 'publish'), ['worker-not-approved'], 'whoever gave it has the role no more')
    await setRole(paul, 'approver')
    await setDisabled(database, paul, true)
    t.same(await lost(anna, 'publish'), ['worker-not-approved'], 'nor may they sign in')
    await setDisabled(database, paul, false)
    for (const account of [otto, eddi]) {
      await withdrawApproval(database, draft.id, paul)
      await approve(database, { edition: draft.id, atlas, account, name: 'x' })
      t.same(await lost(anna, 'publish'), ['worker-not-approved'], 'of somebody who may not approve here')
      await withdrawApproval(database, draft.id, account)
    }
  })

  await t.test('nobody\'s own draft is approved by themselves, whatever the web let through', async t => {
    const job = await addJob(database, { atlas, kind: 'build', facts: {}, account: anna, name: 'anna' })
    await claimJob(database, 'w')
    await endJob(database, job, 'w', { state: 'done', exitCode: 0, editions: [draft.id], codes: [] })
    await approve(database, { edition: draft.id, atlas, account: anna, name: 'anna' })
    t.same(await lost(paul, 'publish'), ['worker-not-approved'])
    await approve(database, { edition: draft.id, atlas, account: paul, name: 'paul' })
    t.same(await lost(anna, 'publish'), [])
  })

  await t.test('an edition of another machine, at which nobody could look, does not go around four eyes', async t => {
    t.same(await lost(anna, 'receive'), ['worker-not-approvable'])
    await setApprovedAudiences(database, atlas, ['internal'])
    t.same(await lost(anna, 'receive'), [])
  })

  await t.test('what was published once may be shown again', async t => {
    await setApprovedAudiences(database, atlas, ['public'])
    await withdrawApproval(database, draft.id, paul)
    await publish(database, draft.id)
    t.same(await lost(anna, 'publish'), [])
  })
})
