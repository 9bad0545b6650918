import { problem, type Problem } from '../core/problem.ts'
import type { JobKind } from '../sql/jobs.ts'
import { inTurn } from './answer.ts'

/** Jobs that read a project right now, by its folder. One process alone opens projects, so its memory is enough. */
const running = new Map<string, JobKind>()

/** Does a job while nobody puts files into the project, or takes it away. Who is doing that already is waited for. */
export async function whileBusy<Result> (folder: string, kind: JobKind, work: () => Promise<Result>): Promise<Result> {
  await inTurn(folder, async () => { running.set(folder, kind) })
  try {
    return await work()
  } finally {
    running.delete(folder)
  }
}

/** Why files cannot be taken in now: a check or a build would read one half before and one half after. To be asked for in turn. */
export function findReader (folder: string): Problem | undefined {
  const kind = running.get(folder)
  return kind === 'check' || kind === 'build' ? problem('worker-busy', {}) : undefined
}

/** Why a project cannot be put elsewhere now. To be asked for in turn. */
export function findJob (folder: string): Problem | undefined {
  return running.has(folder) ? problem('worker-busy', {}) : undefined
}
