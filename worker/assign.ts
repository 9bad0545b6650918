import type { ForkOptions } from 'node:child_process'
import { hasErrors, problem } from '../core/problem.ts'
import { askChild } from '../task.ts'
import { listInbox, removeFromInbox, withNamedFiles } from './inbox.ts'
import { unreadable, type ReadingTask, type Recognition, type ShownFile, type TakenIn } from './take-in.ts'

/** A file of the inbox, and the delivery and period where somebody chose them. */
export interface Assignment {
  readonly sha256: string
  readonly delivery?: string
  readonly period?: string
}

/** What would be done with all that waits in the inbox of a project. */
export async function recogniseInbox (folder: string): Promise<Recognition> {
  const read = await inChild<Recognition>('recognise', folder, (await listInbox(folder)).map(({ sha256 }) => ({ sha256 })))
  return 'files' in read ? read : { isEmpty: false, deliveries: [], files: [], problems: read.problems }
}

/** Takes files out of the inbox into the project: all that are named or none, and nothing else. */
export async function takeIn (folder: string, kind: 'assign' | 'start', assignments: readonly Assignment[]): Promise<TakenIn> {
  const taken = await inChild<TakenIn>(kind, folder, assignments)
  if (!('written' in taken) || taken.written.length === 0 || hasErrors(taken.problems)) return { written: [], problems: taken.problems }
  for (const { sha256 } of assignments) await removeFromInbox(folder, sha256)
  return taken
}

/**
 * Nobody waits longer for a page. Whoever reads what strangers sent gets no settings, so no way to the database, and nothing of what it
 * prints is kept, because that could quote raw counts.
 */
const limits: ForkOptions = { timeout: 300_000, killSignal: 'SIGKILL', execArgv: ['--max-old-space-size=2048'], env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] }

async function inChild<Result> (kind: ReadingTask['kind'], folder: string, assignments: readonly Assignment[]): Promise<Result | Pick<TakenIn, 'problems'>> {
  const waiting = new Map((await listInbox(folder)).map(file => [file.sha256, file]))
  const files = assignments.flatMap(({ sha256 }) => waiting.get(sha256) ?? [])
  if (files.length < assignments.length) return { problems: [problem('worker-not-in-inbox', {})] }
  return await withNamedFiles(folder, files, async paths => {
    const shown = assignments.map((assignment): ShownFile => ({ ...assignment, path: paths.get(assignment.sha256)!, name: waiting.get(assignment.sha256)!.name }))
    try {
      const task: ReadingTask = { kind, folder, files: shown }
      return await askChild<ReadingTask, Result>(new URL('./reading-task', import.meta.url), task, limits)
    } catch (error) {
      // What ended the process may quote what it read.
      if (!/ended without an answer/.test(String(error))) throw new Error('reading files of an inbox failed', { cause: error })
      return { problems: [unreadable] }
    }
  })
}
