import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import type { CommandMessage } from '../commands/parent.ts'
import type { Job, JobOutcome, JobProgress } from '../sql/jobs.ts'
import { packageFile } from './packages.ts'
import { forkModule } from '../task.ts'

export interface RunOptions {
  readonly job: Pick<Job, 'atlas' | 'kind' | 'facts'>
  /** Folder of the atlas project. */
  readonly folder: string
  /** Settings of the command line; those of the vault are taken out, because the vault lies in the project. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly onProgress: (progress: JobProgress) => void
  /** Ends the command where it is aborted. */
  readonly signal: AbortSignal
}

/**
 * Runs a job as what it is: a command of the command line, in a process of its own. So both can never differ, a crash ends one job
 * only, and a cancelled one is killed; the command line makes sure by itself that nothing is left half done.
 */
export async function runJob ({ job, folder, env, onProgress, signal }: RunOptions): Promise<JobOutcome> {
  const codes = new Set<string>()
  const log = await openLog(folder)
  try {
    const child = forkModule(new URL('../atlas', import.meta.url), argumentsOf(job, folder), {
      // What the command prints for people quotes raw counts, so it goes where they lie anyway.
      stdio: ['ignore', 'pipe', log.fd, 'ipc'],
      // Findings name files from here, and so do the reasons that are kept: the same wherever the project lies.
      cwd: folder,
      env: { ...env, ATLAS_VAULT: '' },
      signal,
      killSignal: 'SIGKILL',
    })
    child.on('error', () => {}) // an abort is no failure; any other ends with `close` too
    child.on('message', message => {
      const told = message as CommandMessage
      if (told.type === 'progress') onProgress(told.step)
      else for (const code of told.codes) codes.add(code)
    })
    let printed = ''
    child.stdout!.setEncoding('utf8').on('data', (text: string) => { printed += text })
    const exitCode = await new Promise<number | null>(resolve => child.once('close', code => resolve(code)))
    const state = exitCode === 0 ? 'done' : signal.aborted ? 'cancelled' : 'failed'
    return { state, exitCode, editions: printed.split('\n').filter(line => /^e[0-9a-f]{12}$/.test(line)), codes: [...codes] }
  } finally {
    await log.close()
  }
}

function argumentsOf ({ atlas, kind, facts }: RunOptions['job'], folder: string): string[] {
  switch (kind) {
    case 'check': return ['check', '.']
    case 'build': return ['build', '.', ...facts.isFirstEdition === true ? ['--first-edition'] : []]
    case 'publish': return ['publish', need(facts.edition), ...facts.note === undefined ? [] : [`--note=${facts.note}`], ...facts.noteEnglish === undefined ? [] : [`--note-en=${facts.noteEnglish}`]]
    case 'receive': return ['receive', packageFile(folder, need(facts.file)), atlas]
    case 'rollback': return ['rollback', atlas]
    case 'withdraw': return ['withdraw', need(facts.edition), `--reason=${need(facts.reason)}`, ...facts.successor === undefined ? [] : [`--successor=${facts.successor}`]]
  }
}

function need (text: string | undefined): string {
  if (text === undefined) throw new RangeError('invalid job; a fact is missing')
  return text
}

/** What the last jobs of the project printed, for whoever looks for a fault; as secret as the vault. */
async function openLog (folder: string) {
  const reports = path.join(folder, 'vault', 'reports')
  await mkdir(reports, { recursive: true, mode: 0o700 })
  return await open(path.join(reports, 'werkstatt.log'), 'w', 0o600)
}
