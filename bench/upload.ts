import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import http from 'node:http'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { atDesk, type Desk } from './desk.ts'

const bytes = 50e6
const limitBytes = 50e6

/** How much a file of 50 MB adds to the memory of Werkstatt and worker. */
export async function benchUpload (): Promise<void> {
  await atDesk(['bench'], async desk => {
    const processes = { workshop: desk.workshop, worker: desk.workerProcess }
    await upload(desk, 1e6) // everything is loaded once
    const before = await measure(processes)
    const peak = { workshop: 0, worker: 0 }
    const watching = setInterval(() => {
      measure(processes).then(now => { for (const name of ['workshop', 'worker'] as const) peak[name] = Math.max(peak[name], now[name]) }, () => {})
    }, 20)
    const started = performance.now()
    await upload(desk, bytes, async () => (await readdir(path.join(desk.projectsDir, 'bench', 'inbox'))).filter(name => name.endsWith('.json')).length === 2)
    clearInterval(watching)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    for (const name of ['workshop', 'worker'] as const) {
      const grown = peak[name] - before[name]
      console.log(`upload of 50 MB: ${name} ${(before[name] / 1e6).toFixed(0)} MB, at most ${(grown / 1e6).toFixed(0)} MB more (limit 50) ${grown < limitBytes ? 'ok' : 'TOO MUCH'}, ${seconds} s`)
      if (grown >= limitBytes) process.exitCode = 1
    }
  })
}

/** @returns resident memory in bytes, as the system counts it */
async function measure (processes: Readonly<Record<'workshop' | 'worker', { readonly pid?: number | undefined }>>): Promise<{ workshop: number, worker: number }> {
  const read = async (pid: number | undefined) => Number(/^VmRSS:\s*(\d+) kB/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  return { workshop: await read(processes.workshop.pid), worker: await read(processes.worker.pid) }
}

/** A table of this size, in pieces of 64 kB. @param isThere asked until it says yes; without it the answer is waited for */
async function upload ({ port, cookie, get }: Desk, size: number, isThere?: () => Promise<boolean>): Promise<void> {
  const action = /action="([^"]*lieferungen\?_form=[^"]*)"/.exec(await get('/bench/lieferungen'))![1]!
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
