import type { ChildProcess } from 'node:child_process'
import type { Paper } from '../../render/paper/paper.ts'
import { forkModule } from '../../task.ts'
import type { SetPaper } from './typesetter.ts'

/** Prints papers in processes of their own: one that crashes or never ends takes nothing else with it. */
export interface Press {
  readonly print: (paper: Paper) => Promise<Print>
  /** Ends its processes; who waits gets nothing. */
  readonly close: () => void
}

export type Print =
  | { readonly kind: 'printed' } & SetPaper
  /**
   * - `busy`: too many wait already, or it waited longer than two may take.
   * - `too-slow`: it was killed.
   * - `unsupported`: this machine cannot.
   * - `broken`: with what the process said, for the log.
   */
  | { readonly kind: 'failed', readonly why: 'busy' | 'too-slow' | 'unsupported' | 'broken', readonly said?: string }

export interface PressOptions {
  /** What the processes run, named as of `forkModule`; tests have others. */
  readonly module?: URL
  /** At once; none is started before it is needed. */
  readonly processes?: number
  /** Papers that may wait beside those that are being set. */
  readonly waiting?: number
  readonly limitMs?: number
  /** After so long without work a process ends: each takes 100 MB. */
  readonly idleMs?: number
}

export function openPress (options: PressOptions = {}): Press {
  const { module = new URL('./press-task', import.meta.url), processes = 2, waiting = 20, limitMs = 30_000, idleMs = 60_000 } = options
  const all = new Set<ChildProcess>()
  const free = new Map<ChildProcess, NodeJS.Timeout>()
  const queue: Waiting[] = []

  const start = (): ChildProcess => {
    // Nothing of our settings, passwords of databases among them, is any business of theirs.
    const child = forkModule(module, [], { serialization: 'advanced', env: {}, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    all.add(child)
    // What goes wrong with it is said to whoever waits; nobody may.
    child.on('error', () => {})
    child.once('exit', () => {
      all.delete(child)
      clearTimeout(free.get(child))
      free.delete(child)
    })
    return child
  }
  const rest = (child: ChildProcess): void => {
    if (!child.connected) return
    free.set(child, setTimeout(() => child.kill('SIGKILL'), idleMs).unref())
    // A press without work keeps no program alive.
    child.unref()
    child.channel?.unref()
  }
  const wake = (child: ChildProcess): ChildProcess => {
    clearTimeout(free.get(child))
    free.delete(child)
    child.ref()
    child.channel?.ref()
    return child
  }
  const next = (): void => {
    const idle = [...free.keys()].find(child => child.connected)
    const child = queue.length === 0 ? undefined : idle ? wake(idle) : all.size < processes ? start() : undefined
    if (!child) return
    const { paper, resolve, patience } = queue.shift()!
    clearTimeout(patience)
    askChild(child, paper, limitMs).then(print => {
      if (print.kind === 'printed' || print.why === 'unsupported') rest(child)
      else end(child)
      resolve(print)
      next()
    }, (error: unknown) => {
      end(child)
      resolve({ kind: 'failed', why: 'broken', said: String(error) })
      next()
    })
  }
  const end = (child: ChildProcess): void => {
    all.delete(child)
    child.kill('SIGKILL')
  }

  return {
    print: async paper => {
      if (queue.length >= waiting) return { kind: 'failed', why: 'busy' }
      return await new Promise<Print>(resolve => {
        const waiting: Waiting = {
          paper,
          resolve,
          patience: setTimeout(() => {
            queue.splice(queue.indexOf(waiting), 1)
            resolve({ kind: 'failed', why: 'busy' })
          }, 2 * limitMs),
        }
        queue.push(waiting)
        next()
      })
    },
    close: () => {
      for (const { resolve, patience } of queue.splice(0)) {
        clearTimeout(patience)
        resolve({ kind: 'failed', why: 'busy' })
      }
      for (const child of [...all, ...free.keys()]) child.kill('SIGKILL')
    },
  }
}

interface Waiting { readonly paper: Paper, readonly resolve: (print: Print) => void, readonly patience: NodeJS.Timeout }

type Reply = { readonly answer: SetPaper | 'unsupported' } | { readonly error: string }

/** Settles once, whatever comes first: the answer, the end of the process, the end of patience. */
async function askChild (child: ChildProcess, paper: Paper, limitMs: number): Promise<Print> {
  return await new Promise<Print>(resolve => {
    const settle = (print: Print) => {
      clearTimeout(patience)
      child.removeListener('exit', onExit).removeListener('message', onMessage).removeListener('error', onError)
      resolve(print)
    }
    const onExit = (code: number | null, signal: string | null) => settle({ kind: 'failed', why: 'broken', said: `the process ended (${signal ?? code})` })
    const onError = (error: Error) => settle({ kind: 'failed', why: 'broken', said: String(error) })
    const onMessage = (message: unknown) => settle(toPrint(message as Reply))
    const patience = setTimeout(() => settle({ kind: 'failed', why: 'too-slow' }), limitMs)
    child.once('exit', onExit).once('error', onError).once('message', onMessage)
    child.send(paper, error => { if (error) onError(error) })
  })
}

function toPrint (reply: Reply): Print {
  if ('error' in reply) return { kind: 'failed', why: 'broken', said: reply.error }
  return reply.answer === 'unsupported' ? { kind: 'failed', why: 'unsupported' } : { kind: 'printed', ...reply.answer }
}
