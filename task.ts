import { fork, type ChildProcess, type ForkOptions } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Starts every child process of the project. Nothing else calls `fork`, and nothing uses
 * `worker_threads`: a worker with a TypeScript entry breaks under tsx and again in `dist/`.
 *
 * A caller names its module without an extension, beside itself:
 *
 *     forkModule(new URL('./embedded', import.meta.url), [folder])
 *
 * The same line then starts `embedded.js` of the compiled program in a clone, `embedded.ts` under tsx
 * (in tests) and `embedded.js` in the image.
 *
 * `options` are those of `child_process.fork`. Flags in `execArgv` are added to ours; the parent's
 * own are not inherited, because they belong to whatever started the parent (a test runner, a debugger).
 *
 * @throws RangeError if the module is named with an extension, which would be wrong in one of both places
 */
export function forkModule (module: URL, args: readonly string[] = [], options: ForkOptions = {}): ChildProcess {
  if (/\.[cm]?[jt]s$/.test(module.pathname)) {
    throw new RangeError(`invalid module: ${module.pathname}; expected it without an extension`)
  }
  return fork(entryOf(module), args, { ...options, execArgv: [...loaderFlags(), ...options.execArgv ?? []] })
}

/** Filled in by `bin/program.js`, which compiles the program of a clone to there. */
declare const compiledFolder: string | undefined
const compiled = typeof compiledFolder === 'string' ? compiledFolder : undefined

function entryOf (module: URL): string {
  const file = fileURLToPath(module)
  return compiled === undefined ? `${file}${ownExtension}` : path.join(compiled, `${path.relative(import.meta.dirname, file)}.js`)
}

/** `.ts` under tsx, `.js` in `dist/`: whatever this file has, its siblings have too. */
const ownExtension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/**
 * tsx by its full address: a bare `--import tsx` is looked up from the working directory, which is
 * the project folder of some town and has no packages.
 */
function loaderFlags (): string[] {
  if (ownExtension === '.js' || compiled !== undefined) return []
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
}

/**
 * Sends each input to the first of `children` processes that is free, and yields the answers in the
 * order of the inputs, which are taken only as they are needed. The module answers with `answerParent`.
 * Typed arrays arrive as such.
 *
 * @throws Error what the child threw, or that a child ended without an answer
 */
export async function * mapInChildren<Input, Output> (
  module: URL, inputs: Iterable<Input> | AsyncIterable<Input>, children: number, options: ForkOptions = {},
): AsyncGenerator<Output, void, undefined> {
  const pool = Array.from({ length: children }, () => forkModule(module, [], { ...options, serialization: 'advanced' }))
  const free = [...pool]
  const busy = new Set<Promise<unknown>>()
  const answers: Array<Promise<Output>> = []
  try {
    for await (const input of inputs) {
      while (free.length === 0) await Promise.race(busy)
      const child = free.pop()!
      const answer = ask<Input, Output>(child, input).finally(() => {
        free.push(child)
        busy.delete(answer)
      })
      answer.catch(() => {}) // it is thrown where it is yielded, which may be later
      busy.add(answer)
      answers.push(answer)
      if (answers.length > waitingPerChild * children) yield await answers.shift()!
    }
    for (const answer of answers) yield await answer
  } finally {
    for (const child of pool) child.kill()
  }
}

/** Sends one question to a process of its own, which ends with the answer. @throws Error as of `mapInChildren` */
export async function askChild<Input, Output> (module: URL, input: Input, options: ForkOptions = {}): Promise<Output> {
  const answers = mapInChildren<Input, Output>(module, [input], 1, options)
  try {
    const { value } = await answers.next()
    return value as Output
  } finally {
    // This ends the child, which otherwise waits for more.
    await answers.return()
  }
}

/** How far a fast child may run ahead of a slow one. */
const waitingPerChild = 4

type Reply<Output> = { readonly answer: Output } | { readonly error: string }

async function ask<Input, Output> (child: ChildProcess, input: Input): Promise<Output> {
  const reply = await new Promise<Reply<Output>>((resolve, reject) => {
    const onExit = (code: number | null, signal: string | null) => reject(new Error(`a child process ended without an answer (${signal ?? code})`))
    child.once('exit', onExit)
    child.once('message', message => {
      child.off('exit', onExit)
      resolve(message as Reply<Output>)
    })
    child.send(input as object, error => { if (error) reject(error) })
  })
  if ('error' in reply) throw new Error(reply.error)
  return reply.answer
}

/** The other end of `mapInChildren`: answers one question after another, and ends with its parent. */
export function answerParent<Input, Output> (work: (input: Input) => Promise<Output>): void {
  process.on('disconnect', () => process.exit())
  process.on('message', input => {
    work(input as Input).then(
      answer => process.send!({ answer }),
      (error: unknown) => process.send!({ error: error instanceof Error ? error.stack ?? error.message : String(error) }),
    )
  })
}
