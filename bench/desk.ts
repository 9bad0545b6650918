import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createAccount } from '../sql/accounts.ts'
import type { Database } from '../sql/connection.ts'
import { findOwner } from '../sql/embedded-lock.ts'
import { openDatabase } from '../sql/open.ts'
import { forkModule } from '../task.ts'
import { connectWorker } from '../worker/client.ts'
import { workerSocket } from '../worker/socket.ts'
import { hashPassword } from '../workshop/accounts/password.ts'

/** A planner at the Werkstatt of an installation of its own: web and worker are processes, as on a town's machine. */
export interface Desk {
  readonly database: Database
  readonly dataDir: string
  readonly projectsDir: string
  readonly workshop: ChildProcess
  readonly workerProcess: ChildProcess
  readonly port: number
  readonly cookie: string
  readonly environment: NodeJS.ProcessEnv
  /** The page as text. */
  readonly get: (path: string) => Promise<string>
  /** Sends a form of the page `from`. @returns where it leads, or the page */
  readonly post: (from: string, path: string, fields?: Readonly<Record<string, string>>) => Promise<{ readonly leadsTo: string | null, readonly page: string }>
}

const [email, password] = ['bench@town.example', 'Regenschirm Kaktus Leuchtturm']
const port = 18_081

/** Ends and deletes everything after the work. @param atlases ids of the atlases that the planner leads */
export async function atDesk (atlases: readonly string[], work: (desk: Desk) => Promise<void>): Promise<void> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'atlas-bench-desk-'))
  const [dataDir, projectsDir] = [path.join(root, 'data'), path.join(root, 'projects')]
  const environment = { ...process.env, ATLAS_DATA: dataDir, ATLAS_PROJECTS: projectsDir, ATLAS_WORKSHOP_PORT: String(port), ATLAS_WORKER: 'none', DATABASE_URL: '' }
  const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
  const memberships = atlases.map(atlas => ({ atlas, role: 'admin' as const }))
  await createAccount(database, { name: 'Bench', email, isOperator: false, memberships, password: await hashPassword(password) })
  const start = (name: string) => forkModule(new URL('../atlas', import.meta.url), [name], { env: environment, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const [workshop, workerProcess] = [start('workshop'), start('worker')]
  try {
    const cookie = await signIn()
    const worker = connectWorker(workerSocket({ dataDir, workerSocket: null }))
    for (const atlas of atlases) while (await worker.createAtlas(atlas).then(() => false, () => true)) await delay(200)
    await work({ database, dataDir, projectsDir, workshop, workerProcess, port, cookie, environment, get: url => get(url, cookie), post: (from, url, fields) => post(from, url, fields ?? {}, cookie) })
  } finally {
    for (const child of [workshop, workerProcess]) {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    }
    await database.close()
    while (findOwner(dataDir)) await delay(100)
    await rm(root, { recursive: true, force: true })
  }
}

const address = (url: string) => `http://127.0.0.1:${port}/werkstatt${url}`

async function get (url: string, cookie: string): Promise<string> {
  const answer = await fetch(address(url), { headers: { cookie } })
  if (answer.status !== 200) throw new Error(`${url}: ${answer.status}`)
  return await answer.text()
}

async function post (from: string, url: string, fields: Readonly<Record<string, string>>, cookie: string): Promise<{ leadsTo: string | null, page: string }> {
  const token = /name="_form" value="([^"]+)"/.exec(await get(from, cookie))![1]!
  const answer = await fetch(address(url), { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ _form: token, ...fields }) })
  if (answer.status >= 400) throw new Error(`${url}: ${answer.status}`)
  return { leadsTo: answer.headers.get('location'), page: await answer.text() }
}

async function signIn (): Promise<string> {
  const url = address('/anmelden')
  let door: Response | undefined
  while (!door) door = await fetch(url).catch(async () => { await delay(200); return undefined })
  const cookies = door.headers.getSetCookie().map(cookie => cookie.split(';')[0]!)
  const token = /name="_form" value="([^"]+)"/.exec(await door.text())![1]!
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers: { cookie: cookies.join('; ') }, body: new URLSearchParams({ _form: token, email, password, code: '' }) })
  return [...cookies, ...answer.headers.getSetCookie().map(cookie => cookie.split(';')[0]!)].join('; ')
}
