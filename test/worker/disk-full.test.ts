import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { findOwner } from '../../sql/embedded-lock.ts'
import { openStore } from '../../sql/store.ts'
import { forkModule } from '../../task.ts'
import { inboxLimits, listInbox, receiveFile } from '../../worker/inbox.ts'
import { runJob } from '../../worker/run-job.ts'
import { smallProject } from '../small-project.ts'

/** A small disk in memory. Only root may mount one. */
function mountDisk (t: Test, megabytes: number): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-disk-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder])
  t.after(() => {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

function whyNoDisk (): string | false {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' })
    execFileSync('umount', [folder])
    return false
  } catch {
    return 'needs the right to mount a disk in memory'
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Leaves this many bytes. @returns the file that takes the room */
function fill (disk: string, leave: number): string {
  const { bavail, bsize } = statfsSync(disk)
  const ballast = path.join(disk, 'ballast')
  writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leave)))
  return ballast
}

const skip = whyNoDisk()

t.test('an upload for which the disk becomes too small says so, leaves nothing, and works when there is room', { skip }, async t => {
  const folder = mountDisk(t, 3)
  const limits = { ...inboxLimits, fileBytes: 10, freeBytes: 0 }
  const send = (text: string) => receiveFile({ folder, name: 'a.csv', by: 'Anna', body: Readable.from([Buffer.from(text)]), limits: { ...limits, fileBytes: 2e6 }, statedBytes: 1 })
  const kept = await send('a;b\n1;2\n')
  t.match(kept, { file: { name: 'a.csv' } })
  const ballast = fill(folder, 100_000)
  const large = 'a;b\n'.repeat(100_000)
  t.match(await send(large), { problem: { code: 'worker-disk-full' } })
  t.equal((await listInbox(folder)).length, 1)
  t.equal(readdirSync(path.join(folder, 'inbox')).length, 2, 'no part is left')
  rmSync(ballast)
  t.match(await send(large), { isRepeated: false })
})

t.test('a build and a backup for which the disk is too small fail with a sentence and lose nothing', { skip }, async t => {
  const disk = mountDisk(t, 20)
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-full-'))
  t.after(async () => {
    while (findOwner(dataDir)) await delay(100)
    rmSync(dataDir, { recursive: true, force: true })
  })
  const folder = path.join(disk, 'small')
  mkdirSync(folder)
  for (const [name, text] of Object.entries(smallProject)) writeFileSync(path.join(folder, name), text)
  const env = { ...process.env, ATLAS_DATA: dataDir, DATABASE_URL: '' }
  const run = (kind: 'build' | 'publish', facts = {}) => runJob({ job: { atlas: 'small', kind, facts }, folder, env, onProgress: () => {}, signal: new AbortController().signal })
  const first = await run('build')
  t.match(first, { state: 'done' })
  t.match(await run('publish', { edition: first.editions[0]! }), { state: 'done' })

  const people = smallProject['people.csv']
  writeFileSync(path.join(folder, 'people.csv'), people.replace('1000', '1010'))
  const ledger = await readFile(path.join(folder, 'vault', 'ledger.jsonl'), 'utf8')
  const ballast = fill(disk, 0)
  const failed = await run('build')
  t.match(failed, { state: 'failed', editions: [], codes: ['publish-disk-full'] })
  t.equal(await readFile(path.join(folder, 'vault', 'ledger.jsonl'), 'utf8'), ledger, 'the ledger is as it was')
  const store = await openStore({ dataDir, role: 'owner', log: () => {} })
  t.same((await store.listEditions('small')).map(({ id, state }) => [id, state]), [[first.editions[0], 'current']])
  await store.close()

  const archive = path.join(disk, 'sicherung.tar')
  const backup = forkModule(new URL('../../atlas', import.meta.url), ['backup', archive], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], env })
  let said = ''
  backup.stderr!.setEncoding('utf8').on('data', (text: string) => { said += text })
  t.equal(await new Promise(resolve => backup.once('close', resolve)), 1)
  t.match(said, /Platz|room/)
  t.notMatch(said, /at \w+ \(/)
  t.notOk(readdirSync(disk).some(name => name.startsWith('sicherung')), 'no half of a backup')

  rmSync(ballast)
  t.match(await run('build'), { state: 'done' }, 'with room again it works')
})
