import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { randomFrom } from '../../fuzz/random.ts'
import { openLedger } from '../../pipeline/vault/ledger.ts'
import { openVault } from '../../pipeline/vault/vault.ts'
import { findOwner } from '../../sql/embedded-lock.ts'
import { openStore } from '../../sql/store.ts'
import { connectAtlas } from '../../worker/client.ts'
import { listInbox, sweepInbox } from '../../worker/inbox.ts'
import { smallProject } from '../small-project.ts'

/*
 * `npm run chaos -- --seed 1 --times 200`: kills what runs, as a power cut or an impatient person does, at random moments of upload, build,
 * publish, rollback and prune, with or without the database engine. After each kill the atlas must be whole; every tenth time, and at the end,
 * the next build must work. Prints the seed, and ends with 1 where something was not whole.
 */
const { values } = parseArgs({ options: { seed: { type: 'string', default: '1' }, times: { type: 'string', default: '200' } } })
const { below, pick } = randomFrom(Number(values.seed))
const times = Number(values.times)

const root = path.resolve(import.meta.dirname, '../..')
const work = await mkdtemp(path.join(os.tmpdir(), 'atlas-chaos-'))
const [dataDir, projectsDir] = [path.join(work, 'data'), path.join(work, 'projects')]
const project = path.join(projectsDir, 'small')
const environment = { ...process.env, ATLAS_DATA: dataDir, ATLAS_PROJECTS: projectsDir, DATABASE_URL: '' }

type Deed = 'upload' | 'build' | 'publish' | 'rollback' | 'prune'
const deeds: readonly Deed[] = ['upload', 'build', 'publish', 'rollback', 'prune']
const faults: string[] = []

console.log(`seed ${values.seed}, ${times} kills`)
try {
  await mkdir(project, { recursive: true })
  for (const [name, text] of Object.entries(smallProject)) await writeFile(path.join(project, name), text)
  for (const year of [1, 2]) await mustWork(await changeFigures(year))
  const longest = await measure()
  const killed = new Map<Deed, { kills: number, inTime: number }>(deeds.map(deed => [deed, { kills: 0, inTime: 0 }]))
  for (let time = 1; time <= times; time++) {
    const deed = pick(deeds)
    const wasRunning = await killAt(deed, below(Math.ceil(longest.get(deed)! * 1.1)), below(2) === 0)
    const tally = killed.get(deed)!
    tally.kills++
    if (wasRunning) tally.inTime++
    for (const fault of await findFaults()) faults.push(`${time} ${deed}: ${fault}`)
    if (time % 10 === 0 || time === times) await mustWork(`after ${time} kills`)
  }
  for (const [deed, { kills, inTime }] of killed) console.log(`${deed.padEnd(9)} ${kills} times, killed while it ran ${inTime} times`)
  for (const fault of faults) console.log(`not whole: ${fault}`)
  console.log(`${faults.length} faults after ${times} kills with seed ${values.seed}`)
} finally {
  await untilEngineEnded()
  await rm(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
}
process.exitCode = faults.length > 0 ? 1 : 0

/** How long each takes when nobody interferes, in milliseconds. */
async function measure (): Promise<Map<Deed, number>> {
  const longest = new Map<Deed, number>()
  for (const deed of deeds) {
    const started = Date.now()
    const { ended } = await start(deed)
    await ended
    longest.set(deed, Date.now() - started)
  }
  return longest
}

/** @returns whether there was still something to kill */
async function killAt (deed: Deed, milliseconds: number, withEngine: boolean): Promise<boolean> {
  const { child, ended } = await start(deed)
  await Promise.race([delay(milliseconds), ended])
  const wasRunning = child.exitCode === null && child.signalCode === null
  if (wasRunning) {
    const engine = findOwner(dataDir)
    // The group: the deed has children of its own, which die with the machine too.
    kill(-child.pid!)
    if (withEngine && engine) kill(engine.pid)
    await once(child, 'close').catch(() => {})
  }
  await ended
  return wasRunning
}

function kill (pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function start (deed: Deed): Promise<{ readonly child: ChildProcess, readonly ended: Promise<unknown> }> {
  if (deed === 'upload') return await startUpload()
  if (deed === 'build' || deed === 'publish') await changeFigures(below(1e6))
  const child = run(deed === 'build' ? ['build', project] : deed === 'publish' ? ['build', project, '--publish'] : deed === 'rollback' ? ['rollback', 'small'] : ['prune'])
  return { child, ended: once(child, 'close') }
}

/** A worker that is in the middle of taking a file in. */
async function startUpload (): Promise<{ readonly child: ChildProcess, readonly ended: Promise<unknown> }> {
  const socket = path.join(dataDir, 'worker', 'worker.sock')
  await rm(socket, { force: true })
  const child = run(['worker'])
  const content = Buffer.alloc(3_000_000, `Nr;Wert ${below(1e6)}\n`)
  const ended = (async () => {
    while (child.exitCode === null && child.signalCode === null) {
      const sent = await connectAtlas(socket, 'small').sendFile({ name: 'upload.csv', by: 'chaos', body: Readable.from(pieces(content)) }).then(() => true, () => false)
      if (sent) break
      await delay(50)
    }
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await once(child, 'close')
    }
  })()
  return { child, ended }
}

async function * pieces (content: Buffer): AsyncGenerator<Buffer> {
  for (let position = 0; position < content.length; position += 64_000) {
    yield content.subarray(position, position + 64_000)
    await delay(1)
  }
}

function run (given: readonly string[]): ChildProcess {
  return spawn(process.execPath, [path.join(root, 'bin/atlas.js'), ...given], { cwd: work, env: environment, stdio: 'ignore', detached: true })
}

/** New figures make a new edition. */
async function changeFigures (seed: number): Promise<string> {
  const people = smallProject['people.csv'].replace(';1100;', `;${1000 + seed % 5000};`)
  await writeFile(path.join(project, 'people.csv'), people)
  return `the figures of ${seed}`
}

async function mustWork (what: string): Promise<void> {
  await changeFigures(below(1e6))
  const [code] = await once(run(['build', project, '--publish']), 'close') as [number]
  if (code !== 0) faults.push(`${what}: the next build ended with ${code}`)
}

/** What is not as it must be after a kill. */
async function findFaults (): Promise<string[]> {
  const found: string[] = []
  const store = await openStore({ dataDir, role: 'pipeline', log: () => {} })
  try {
    const editions = await store.listEditions('small')
    const current = editions.filter(({ state }) => state === 'current')
    const shown = (await store.currentEditions()).filter(({ edition }) => edition !== null)
    if (current.length !== 1 || shown.length !== 1 || shown[0]!.edition !== current[0]!.id) found.push(`${current.length} current editions, ${shown.length} shown`)
    for (const { id, geometries } of editions) {
      if (!await store.loadEdition(id)) found.push(`${id} cannot be read`)
      for (const geometry of geometries) if (!await store.loadTiles(geometry)) found.push(`${id} lacks tiles of ${geometry}`)
    }
    const vault = await openVault({ folder: path.join(project, 'vault'), isSynthetic: true })
    await openLedger({ vault, atlas: 'small', firstEdition: false, isRequired: true, isReadOnly: true, publishedEditions: editions.filter(({ publishedAt }) => publishedAt !== null).map(({ id }) => id) })
  } catch (error) {
    found.push(String(error))
  } finally {
    await store.close()
  }
  return [...found, ...await findInboxFaults()]
}

/** The next worker clears up; then a file is there as a whole or not at all. */
async function findInboxFaults (): Promise<string[]> {
  await sweepInbox(project)
  const found: string[] = []
  const files = await listInbox(project)
  for (const { sha256 } of files) {
    const content = await readFile(path.join(project, 'inbox', sha256))
    if (createHash('sha256').update(content).digest('hex') !== sha256) found.push(`half an upload: ${sha256}`)
  }
  const names = await readdir(path.join(project, 'inbox')).catch(() => [])
  if (names.length !== 2 * files.length) found.push(`left in the inbox: ${names.join(', ')}`)
  await rm(path.join(project, 'inbox'), { recursive: true, force: true })
  return found
}

async function untilEngineEnded (): Promise<void> {
  for (let tries = 0; tries < 100 && findOwner(dataDir); tries++) await delay(100)
}
