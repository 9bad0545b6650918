import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { createAccount } from '../sql/accounts.ts'
import { findOwner } from '../sql/embedded-lock.ts'
import { openDatabase } from '../sql/open.ts'
import { forkModule } from '../task.ts'
import { connectWorker } from '../worker/client.ts'
import { workerSocket } from '../worker/socket.ts'
import { hashPassword } from '../workshop/accounts/password.ts'

const bytes = 50e6
const limitBytes = 50e6
const [email, password] = ['bench@town.example', 'Regenschirm Kaktus Leuchtturm']

/** How much a file of 50 MB adds to the memory of Werkstatt and worker, processes of their own as in an installation. */
export async function benchUpload (): Promise<void> {
  const root = await mkdtemp(path.join(os.tmpdir(), 'atlas-bench-upload-'))
  const [dataDir, port] = [path.join(root, 'data'), 18_081]
  const env = { ...process.env, ATLAS_DATA: dataDir, ATLAS_PROJECTS: path.join(root, 'projects'), ATLAS_WORKSHOP_PORT: String(port), ATLAS_WORKER: 'none', DATABASE_URL: '' }
  const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
  await createAccount(database, { name: 'Bench', email, isOperator: false, memberships: [{ atlas: 'bench', role: 'admin' }], password: await hashPassword(password) })
  const start = (name: string) => forkModule(new URL('../atlas', import.meta.url), [name], { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const processes = { workshop: start('workshop'), worker: start('worker') }
  try {
    const cookies = await signIn(port)
    while (await connectWorker(workerSocket({ dataDir, workerSocket: null })).createAtlas('bench').then(() => false, () => true)) await delay(200)
    await upload(port, cookies, 1e6) // everything is loaded once
    const before = await measure(processes)
    const peak = { workshop: 0, worker: 0 }
    const watching = setInterval(() => {
      measure(processes).then(now => { for (const name of ['workshop', 'worker'] as const) peak[name] = Math.max(peak[name], now[name]) }, () => {})
    }, 20)
    const started = performance.now()
    await upload(port, cookies, bytes, async () => (await readdir(path.join(root, 'projects', 'bench', 'inbox'))).filter(name => name.endsWith('.json')).length === 2)
    clearInterval(watching)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    for (const name of ['workshop', 'worker'] as const) {
      const grown = peak[name] - before[name]
      console.log(`upload of 50 MB: ${name} ${(before[name] / 1e6).toFixed(0)} MB, at most ${(grown / 1e6).toFixed(0)} MB more (limit 50) ${grown < limitBytes ? 'ok' : 'TOO MUCH'}, ${seconds} s`)
      if (grown >= limitBytes) process.exitCode = 1
    }
  } finally {
    for (const child of Object.values(processes)) {
      child.kill('SIGTERM')
      if (child.exitCode === null) await once(child, 'exit')
    }
    await database.close()
    while (findOwner(dataDir)) await delay(100)
    await rm(root, { recursive: true, force: true })
  }
}

/** @returns resident memory in bytes, as the system counts it */
async function measure (processes: Readonly<Record<'workshop' | 'worker', { readonly pid?: number | undefined }>>): Promise<{ workshop: number, worker: number }> {
  const read = async (pid: number | undefined) => Number(/^VmRSS:\s*(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  return { workshop: await read(processes.workshop.pid), worker: await read(processes.worker.pid) }
}

async function signIn (port: number): Promise<string> {
  const url = `http://127.0.0.1:${port}/werkstatt/anmelden`
  let door: Response | undefined
  while (!door) door = await fetch(url).catch(async () => { await delay(200); return undefined })
  const cookies = door.headers.getSetCookie().map(cookie => cookie.split(';')[0]!)
  const token = /name="_form" value="([^"]+)"/.exec(await door.text())![1]!
  const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers: { cookie: cookies.join('; ') }, body: new URLSearchParams({ _form: token, email, password, code: '' }) })
  return [...cookies, ...answer.headers.getSetCookie().map(cookie => cookie.split(';')[0]!)].join('; ')
}

/** A table of this size, in pieces of 64 kB. @param isThere asked until it says yes; without it the answer is waited for */
async function upload (port: number, cookie: string, size: number, isThere?: () => Promise<boolean>): Promise<void> {
  const page = await fetch(`http://127.0.0.1:${port}/werkstatt/bench/lieferungen`, { headers: { cookie } })
  const action = /action="([^"]*lieferungen\?_form=[^"]*)"/.exec(await page.text())![1]!
  const request = http.request({ port, path: action, method: 'POST', headers: { cookie, 'content-type': 'multipart/form-data; boundary=x' } })
  const answered = once(request, 'response')
  request.write(`--x\r\ncontent-disposition: form-data; name="files"; filename="table-${size}.csv"\r\n\r\n`)
  const piece = Buffer.from(`${'1;2023;100;'.repeat(5957)}\n`)
  for (let sent = 0; sent < size; sent += piece.length) if (!request.write(piece)) await once(request, 'drain')
  request.end('\r\n--x--\r\n')
  // Reading the table for the page is the work of another process, and takes longer than bringing it.
  if (isThere) while (!await isThere()) await delay(20)
  else ((await answered) as [http.IncomingMessage])[0].resume()
}
