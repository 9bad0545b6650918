import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Test } from 'tap'
import type { Database } from '../../sql/connection.ts'
import { findOwner } from '../../sql/embedded-lock.ts'
import { openDatabase } from '../../sql/open.ts'
import { buildWorkerApp } from '../../worker/app.ts'
import { connectAtlas, connectWorker } from '../../worker/client.ts'
import type { Workshop } from '../../workshop/workshop.ts'

/** What stands behind the door of a Werkstatt: a worker with its projects, and a database. */
export interface Rooms {
  /** The folder with everything. */
  readonly root: string
  readonly dataDir: string
  readonly projectsDir: string
  readonly database: Database
  /** How the web reaches the worker. */
  readonly lines: Pick<Workshop, 'worker' | 'workerOf'>
}

/** In a folder of its own with the embedded engine; ended and deleted with the test. */
export async function openRooms (t: Test): Promise<Rooms> {
  // Not in the folder of the test: the name of a socket has its limit.
  const root = mkdtempSync(path.join(os.tmpdir(), 'atlas-rooms-'))
  const [dataDir, projectsDir, socket] = ['data', 'projects', 's'].map(name => path.join(root, name)) as [string, string, string]
  const worker = buildWorkerApp({ projectsDir, onError: error => t.fail(String(error)) })
  await worker.listen({ path: socket })
  const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
  t.after(async () => {
    await worker.close()
    await database.close()
    while (findOwner(dataDir)) await delay(100)
    rmSync(root, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  })
  return { root, dataDir, projectsDir, database, lines: { worker: connectWorker(socket), workerOf: atlas => connectAtlas(socket, atlas) } }
}
