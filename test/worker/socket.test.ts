import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import t from 'tap'
import { VaultError } from '../../pipeline/vault/error.ts'
import { buildWorkerApp } from '../../worker/app.ts'
import { openSocket, prepareSocket } from '../../worker/socket.ts'

const parent = mkdtempSync(path.join(os.tmpdir(), 'atlas-socket-'))
t.after(() => rmSync(parent, { recursive: true, force: true }))

async function refusal (work: Promise<unknown>): Promise<string> {
  return await work.then(() => 'not refused', (error: unknown) => error instanceof VaultError ? error.code : String(error))
}

t.test('in the data folder nobody else gets to the socket', async t => {
  const place = { dataDir: path.join(parent, 'data'), workerSocket: null }
  t.equal(await prepareSocket(place), path.join(parent, 'data', 'worker', 'worker.sock'))
  t.equal(statSync(path.join(parent, 'data', 'worker')).mode & 0o777, 0o700)
})

t.test('a folder for two users must be there, and closed to everybody else', async t => {
  const folder = path.join(parent, 'run')
  const place = { dataDir: parent, workerSocket: path.join(folder, 'w.sock') }
  t.equal(await refusal(prepareSocket(place)), 'worker-socket-open', 'not there')
  mkdirSync(folder)
  for (const mode of [0o755, 0o751, 0o754]) {
    chmodSync(folder, mode)
    t.equal(await refusal(prepareSocket(place)), 'worker-socket-open', mode.toString(8))
  }
  chmodSync(folder, 0o750)
  t.equal(await prepareSocket(place), place.workerSocket)
  t.equal(statSync(folder).mode & 0o777, 0o750, 'and is left as it is')
  const app = buildWorkerApp({ projectsDir: path.join(parent, 'projects') })
  t.teardown(() => app.close())
  await app.listen({ path: place.workerSocket })
  await openSocket(place)
  t.equal(statSync(place.workerSocket).mode & 0o777, 0o660)
})
