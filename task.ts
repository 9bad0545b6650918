import { fork, type ChildProcess, type ForkOptions } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Starts every child process of the project. Nothing else calls `fork`, and nothing uses
 * `worker_threads`: a worker with a TypeScript entry breaks under tsx and again in `dist/`.
 *
 * A caller names its module without an extension, beside itself:
 *
 *     forkModule(new URL('./embedded', import.meta.url), [folder])
 *
 * The same line then starts `embedded.ts` in a clone and `embedded.js` in the image.
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
  const entry = fileURLToPath(new URL(`${module.href}${ownExtension}`))
  return fork(entry, args, { ...options, execArgv: [...loaderFlags(), ...options.execArgv ?? []] })
}

/** `.ts` in a clone, `.js` in `dist/`: whatever this file has, its siblings have too. */
const ownExtension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'

/**
 * tsx by its full address: a bare `--import tsx` is looked up from the working directory, which is
 * the project folder of some town and has no packages.
 */
function loaderFlags (): string[] {
  if (ownExtension === '.js') return []
  return ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
}
