import { setTimeout as delay } from 'node:timers/promises'
import type { Test } from 'tap'
import type { Database } from '../../sql/connection.ts'
import { addJob, beat, cancelJob, claimJob, endJob, findJob, listJobs, silenceSeconds, type NewJob } from '../../sql/jobs.ts'
import { takeJobs } from '../../worker/take-jobs.ts'
import { onBothEngines } from '../both-engines.ts'

onBothEngines('jobs', suite)

async function suite (t: Test, database: Database): Promise<void> {
  const wish = (atlas: string, kind: NewJob['kind'] = 'build'): NewJob => ({ atlas, kind, facts: {}, account: 'aaaaaaaaaaaa', name: 'Anna' })
  const outcome = { state: 'done', exitCode: 0, editions: ['e0123456789ab'], codes: [] } as const

  await t.test('jobs of one atlas run one after another, in the order of asking; another atlas does not wait for them', async t => {
    const [first, second, other] = [await addJob(database, wish('a', 'check')), await addJob(database, wish('a')), await addJob(database, wish('b'))]
    t.equal((await claimJob(database, 'w1'))?.job, first)
    t.equal((await claimJob(database, 'w2'))?.job, other)
    t.equal(await claimJob(database, 'w3'), undefined)
    await endJob(database, first, 'w1', outcome)
    t.equal((await claimJob(database, 'w3'))?.job, second)
    for (const [job, worker] of [[second, 'w3'], [other, 'w2']] as const) await endJob(database, job, worker, outcome)
    t.match(await findJob(database, 'a', second), { state: 'done', exitCode: 0, editions: ['e0123456789ab'], kind: 'build', name: 'Anna' })
  })

  await t.test('the newest job comes first, also after the ninth', async t => {
    const asked: number[] = []
    for (let i = 0; i < 12; i++) asked.push(await addJob(database, wish('many')))
    t.same((await listJobs(database, 'many')).map(({ job }) => job), asked.toReversed())
    for (const job of asked) await cancelJob(database, 'many', job)
  })

  await t.test('many workers at once never run two jobs of one atlas', async t => {
    for (let i = 0; i < 6; i++) await addJob(database, wish('c'))
    const claimed = await Promise.all(Array.from({ length: 6 }, (_, i) => claimJob(database, `w${i}`)))
    t.equal(claimed.filter(job => job !== undefined).length, 1)
    for (let left = 6; left > 0; left--) {
      const running = (await listJobs(database, 'c')).find(({ state }) => state === 'running')
      const [row] = running ? await database.query<{ worker: string }>('select worker from atlas.jobs where job = $1', [running.job]) : []
      if (running) await endJob(database, running.job, row!.worker, outcome)
      await claimJob(database, 'next')
    }
    t.ok((await listJobs(database, 'c')).every(({ state }) => state === 'done'))
  })

  await t.test('a job whose worker is silent has failed, the next one runs, and the lost worker cannot end it any more', async t => {
    const [lost, next] = [await addJob(database, wish('d')), await addJob(database, wish('d'))]
    await claimJob(database, 'dead')
    await database.query('update atlas.jobs set beat_at = now() - make_interval(secs => $2) where job = $1', [lost, silenceSeconds + 1])
    t.equal((await claimJob(database, 'alive'))?.job, next)
    t.match(await findJob(database, 'd', lost), { state: 'failed', exitCode: null, codes: ['worker-lost'] })
    t.equal(await beat(database, lost, 'dead', null), 'taken-away')
    await endJob(database, lost, 'dead', outcome)
    t.match(await findJob(database, 'd', lost), { state: 'failed' })
    await endJob(database, next, 'alive', outcome)
  })

  await t.test('a waiting job is cancelled at once, a running one is told, an ended one stays', async t => {
    const [running, waiting] = [await addJob(database, wish('e')), await addJob(database, wish('e'))]
    await claimJob(database, 'w')
    t.ok(await cancelJob(database, 'e', waiting))
    t.match(await findJob(database, 'e', waiting), { state: 'cancelled' })
    t.equal(await beat(database, running, 'w', { station: 'read', done: 1, total: 2, label: 'a.csv' }), 'wanted')
    t.ok(await cancelJob(database, 'e', running))
    t.equal(await beat(database, running, 'w', null), 'unwanted')
    t.match(await findJob(database, 'e', running), { state: 'running', progress: { station: 'read', label: 'a.csv' } })
    await endJob(database, running, 'w', { state: 'cancelled', exitCode: null, editions: [], codes: [] })
    t.notOk(await cancelJob(database, 'e', running))
    t.notOk(await cancelJob(database, 'a', running), 'another atlas')
    t.equal(await findJob(database, 'a', running), undefined)
  })

  await t.test('a worker takes what is asked for, tells how far it is, and ends what nobody wants any more', async t => {
    const done = await addJob(database, wish('f'))
    const unwanted = await addJob(database, wish('f'))
    const taker = takeJobs({
      database,
      pauseMilliseconds: 20,
      onError: error => t.fail(String(error)),
      async run ({ job }, onProgress, signal) {
        onProgress({ station: 'read', done: 1, total: 1, label: 'x' })
        if (job === done) return outcome
        await new Promise(resolve => signal.addEventListener('abort', resolve))
        return { state: 'cancelled', exitCode: null, editions: [], codes: [] }
      },
    })
    while ((await findJob(database, 'f', unwanted))?.state !== 'running') await delay(20)
    await cancelJob(database, 'f', unwanted)
    while ((await findJob(database, 'f', unwanted))?.state === 'running') await delay(20)
    t.match(await findJob(database, 'f', done), { state: 'done' })
    t.match(await findJob(database, 'f', unwanted), { state: 'cancelled' })
    await taker.stop()
  })
}
