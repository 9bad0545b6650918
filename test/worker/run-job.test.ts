import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import t, { type Test } from 'tap'
import type { Job, JobProgress } from '../../sql/jobs.ts'
import { openStore } from '../../sql/store.ts'
import { runJob } from '../../worker/run-job.ts'
import { smallProject } from '../small-project.ts'

async function writeProject (t: Test, changes: Readonly<Record<string, string>> = {}): Promise<{ folder: string, env: Record<string, string | undefined> }> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'atlas-job-'))
  t.after(() => rm(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 }))
  const folder = path.join(root, 'small')
  await mkdir(folder)
  for (const [name, text] of Object.entries({ ...smallProject, ...changes })) await writeFile(path.join(folder, name), text)
  return { folder, env: { ...process.env, ATLAS_DATA: path.join(root, 'data'), ATLAS_VAULT: '/somewhere/else' } }
}

const job = (kind: Job['kind'], facts: Job['facts'] = {}) => ({ atlas: 'small', kind, facts })

t.test('a build is a command of its own: it tells how far it is, names its edition, and keeps its words where raw counts lie', async t => {
  const { folder, env } = await writeProject(t)
  const steps: JobProgress[] = []
  const built = await runJob({ job: job('build'), folder, env, onProgress: step => steps.push(step), signal: new AbortController().signal })
  t.match(built, { state: 'done', exitCode: 0, editions: [/^e[0-9a-f]{12}$/] })
  t.ok(steps.some(({ station }) => station === 'protect'))
  const log = path.join(folder, 'vault', 'reports', 'werkstatt.log')
  t.ok((await readFile(log, 'utf8')).length > 0)
  t.equal((await stat(log)).mode & 0o777, 0o600)

  const [edition] = built.editions
  const published = await runJob({ job: job('publish', { edition: edition! }), folder, env, onProgress: () => {}, signal: new AbortController().signal })
  t.match(published, { state: 'done', exitCode: 0 })
  const store = await openStore({ dataDir: env['ATLAS_DATA']!, role: 'pipeline', log: () => {} })
  t.match(await store.currentEditions(), [{ atlas: 'small', edition }])
  await store.close()
})

t.test('a job that finds a mistake fails with codes, and its quotes reach no job', async t => {
  const { folder, env } = await writeProject(t, { 'people.csv': 'Nr;Jahr;Personen;SGB II\n1;2023;1000;100\n2;2023;secret-text;20\n3;2023;500;50\n' })
  const failed = await runJob({ job: job('check'), folder, env, onProgress: () => {}, signal: new AbortController().signal })
  t.match(failed, { state: 'failed', exitCode: 1 })
  t.ok(failed.codes.length > 0)
  t.notMatch(JSON.stringify(failed), /secret-text/)
})

t.test('a job that is cancelled is killed and leaves nothing half done: the next one works', async t => {
  const { folder, env } = await writeProject(t)
  const cancelling = new AbortController()
  const cancelled = await runJob({ job: job('build'), folder, env, onProgress: () => cancelling.abort(), signal: cancelling.signal })
  t.match(cancelled, { state: 'cancelled', editions: [] })
  t.match(await runJob({ job: job('build'), folder, env, onProgress: () => {}, signal: new AbortController().signal }), { state: 'done' })
})
