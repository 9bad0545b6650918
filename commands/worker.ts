import { rm } from 'node:fs/promises'
import { openDatabase } from '../sql/open.ts'
import { buildWorkerApp } from '../worker/app.ts'
import { whileBusy } from '../worker/busy.ts'
import { logJob } from '../worker/log-job.ts'
import { sweepInbox } from '../worker/inbox.ts'
import { packageFile, sweepPackages } from '../worker/packages.ts'
import { folderOf, listProjects } from '../worker/projects.ts'
import { runJob } from '../worker/run-job.ts'
import { openSocket, prepareSocket } from '../worker/socket.ts'
import { takeJobs } from '../worker/take-jobs.ts'
import { findLostPermits } from '../worker/permits.ts'
import { guardJob } from '../worker/wall.ts'
import type { Call } from './call.ts'

/** `atlas worker`: the process that alone reads project folders and vaults, until it is told to stop. */
export async function worker ({ config }: Call): Promise<number> {
  const database = await openDatabase({
    dataDir: config.dataDir,
    role: 'pipeline',
    log: () => {},
    ...config.databaseUrl !== null && { databaseUrl: config.databaseUrl },
  })
  const report = (error: unknown) => { console.error(error) }
  const taker = takeJobs({
    database,
    onError: report,
    run: async (job, onProgress, signal) => await logJob(database, job, async () => {
      const folder = folderOf(config.projectsDir, job.atlas)
      try {
        const refused = [...await guardJob(database, job, folder), ...await findLostPermits(database, job, config.audience)]
        if (refused.length > 0) return { state: 'failed', exitCode: null, editions: [], codes: [...new Set(refused.map(({ code }) => code))] }
        return await whileBusy(folder, job.kind, () => runJob({ job, folder, env: { ...process.env, ATLAS_DATA: config.dataDir }, onProgress, signal }))
      } finally {
        if (job.facts.file !== undefined) await rm(packageFile(folder, job.facts.file), { force: true })
      }
    }),
  })
  for (const atlas of await listProjects(config.projectsDir)) {
    await sweepInbox(folderOf(config.projectsDir, atlas))
    await sweepPackages(folderOf(config.projectsDir, atlas))
  }
  const app = buildWorkerApp({ projectsDir: config.projectsDir, inbox: config.inbox, onError: report })
  const socket = await prepareSocket(config)
  await app.listen({ path: socket })
  await openSocket(config)

  await new Promise<void>(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
    // Started by the web, it ends with it.
    process.once('disconnect', resolve)
  })
  await taker.stop()
  await app.close()
  await database.close()
  // A line to the web that is still open would keep this process for as long as the web lives.
  if (process.connected) process.disconnect()
  return 0
}
