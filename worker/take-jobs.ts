import { randomUUID } from 'node:crypto'
import os from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../sql/connection.ts'
import { beat, claimJob, endJob, silenceSeconds, type Job, type JobOutcome, type JobProgress } from '../sql/jobs.ts'

export interface JobTaker {
  /** Takes no more jobs, and ends when the one under way has ended. */
  readonly stop: () => Promise<void>
}

export interface TakingOptions {
  readonly database: Database
  readonly run: (job: Job, onProgress: (progress: JobProgress) => void, signal: AbortSignal) => Promise<JobOutcome>
  readonly onError: (error: unknown) => void
  /** How often to look for a job; defaults to a second. */
  readonly pauseMilliseconds?: number
}

/** Takes one job after another until it is stopped. A database that is away is asked again. */
export function takeJobs (options: TakingOptions): JobTaker {
  const worker = `${os.hostname()} ${process.pid} ${randomUUID()}`
  const stopping = new AbortController()
  const ended = (async () => {
    while (!stopping.signal.aborted) {
      try {
        const job = await claimJob(options.database, worker)
        if (job) await work(options, worker, job)
        else await pause(options, stopping.signal)
      } catch (error) {
        options.onError(error)
        await pause(options, stopping.signal)
      }
    }
  })()
  return {
    async stop () {
      stopping.abort()
      await ended
    },
  }
}

async function work ({ database, run, onError }: TakingOptions, worker: string, job: Job): Promise<void> {
  const cancelling = new AbortController()
  let progress: JobProgress | null = null
  const beating = setInterval(() => {
    // Nobody wants it any more, or another worker was given it: either way two must not write.
    beat(database, job.job, worker, progress).then(state => { if (state !== 'wanted') cancelling.abort() }, onError)
  }, beatMilliseconds)
  try {
    await endJob(database, job.job, worker, await run(job, step => { progress = step }, cancelling.signal))
  } catch (error) {
    onError(error)
    await endJob(database, job.job, worker, { state: 'failed', exitCode: null, editions: [], codes: [(error as NodeJS.ErrnoException).code === 'ENOSPC' ? 'publish-disk-full' : 'worker-failed'] })
  } finally {
    clearInterval(beating)
  }
}

/** Far more often than somebody who is silent counts as gone. */
const beatMilliseconds = silenceSeconds * 1000 / 30

async function pause ({ pauseMilliseconds = 1000 }: TakingOptions, signal: AbortSignal): Promise<void> {
  await delay(pauseMilliseconds, undefined, { signal }).catch(() => {})
}
