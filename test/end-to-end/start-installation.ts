import type { Test } from 'tap'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { findOwner } from '../../sql/embedded-lock.ts'

/** An empty installation as the town's IT starts it: Werkstatt with its worker, and the public server. */
export interface Installation {
  /** `http://localhost:41234/werkstatt`. */
  readonly workshop: string
  /** Works once and makes the first account. */
  readonly firstLink: string
  /** `http://localhost:41235`. */
  readonly origin: string
}

/** Starts it in an empty folder, and ends and deletes it with the test. Without a database it uses its own. */
export async function startInstallation (t: Test, databaseUrl = ''): Promise<Installation> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'atlas-installation-'))
  const dataDir = path.join(folder, 'data')
  const environment = {
    ...process.env,
    ATLAS_DATA: dataDir,
    ATLAS_PROJECTS: path.join(folder, 'projects'),
    DATABASE_URL: databaseUrl,
    ATLAS_PORT: '0',
    ATLAS_WORKSHOP_PORT: '0',
    ATLAS_HOST: '127.0.0.1',
    LANG: 'en',
  }
  const started: ChildProcess[] = []
  t.teardown(async () => {
    for (const child of started) await end(child)
    while (findOwner(dataDir)) await delay(100)
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  })
  const start = (command: string) => {
    const child = spawn(process.execPath, [path.resolve(import.meta.dirname, '../../bin/atlas.js'), command], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    started.push(child)
    return textOf(child)
  }
  if (databaseUrl !== '') await start('migrate').ended
  const workshop = start('workshop')
  const firstLink = await workshop.find(/http:\/\/\S+\/werkstatt\/einladung\/\S+/)
  const origin = await start('serve').find(/http:\/\/[^\s"/]+:\d+/)
  return { workshop: firstLink.replace(/\/einladung\/.*/, ''), firstLink, origin }
}

async function end (child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'close')
}

function textOf (child: ChildProcess): { readonly ended: Promise<unknown>, readonly find: (pattern: RegExp) => Promise<string> } {
  let said = ''
  const ended = once(child, 'close')
  child.stdout!.setEncoding('utf8').on('data', (text: string) => { said += text })
  child.stderr!.setEncoding('utf8').on('data', (text: string) => { said += text })
  return {
    ended,
    find: async pattern => {
      while (!pattern.test(said)) {
        if (child.exitCode !== null) throw new Error(`ended before it said ${pattern.source}: ${said}`)
        await delay(100)
      }
      return pattern.exec(said)![0]
    },
  }
}
