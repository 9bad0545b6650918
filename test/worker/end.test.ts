import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { findOwner } from '../../sql/embedded-lock.ts'
import { forkModule } from '../../task.ts'
import { workerSocket } from '../../worker/socket.ts'

t.test('a worker that is told to stop ends, though the web that started it goes on', async t => {
  // A short path: the name of a socket has its limit.
  const root = await mkdtemp(path.join(os.tmpdir(), 'atlas-end-'))
  t.teardown(async () => await rm(root, { recursive: true, force: true }))
  const dataDir = path.join(root, 'data')
  const env = { ...process.env, ATLAS_DATA: dataDir, ATLAS_PROJECTS: path.join(dataDir, 'projects'), DATABASE_URL: '' }
  const worker = forkModule(new URL('../../atlas', import.meta.url), ['worker'], { env, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  const ended = once(worker, 'exit') as Promise<[number | null, string | null]>
  while (!existsSync(workerSocket({ dataDir, workerSocket: null }))) {
    if (worker.exitCode !== null) throw new Error(`ended with ${worker.exitCode}`)
    await delay(50)
  }
  // The socket is there before the worker listens for being stopped.
  await delay(200)
  worker.kill('SIGTERM')
  const timely = new AbortController()
  const [code, signal] = await Promise.race([ended, delay(20_000, ['not', 'ended'] as const, { signal: timely.signal })])
  timely.abort()
  t.strictSame([code, signal], [0, null])
  if (worker.exitCode === null) worker.kill('SIGKILL')
  while (findOwner(dataDir)) await delay(50)
})
