import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { acquireLock } from './embedded-lock.ts'
import { serveSessions } from './embedded-sessions.ts'

/**
 * The process that owns the embedded database: `embedded-main FOLDER SOCKET`, started by `embedded.ts`.
 *
 * It lives as long as somebody is connected and a little longer, whoever started it: a command that
 * is killed does not take the others' database with it. It sits in a process of its own because the
 * engine blocks the event loop for up to two seconds.
 */
export type OwnerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'held' }
  | { readonly type: 'failed', readonly message: string }

/** Long enough for the next command of a script, short enough to be gone when somebody copies the folder. */
const graceSeconds = 3
/** The command that started us connects at once; if it died, nobody will. */
const firstUserSeconds = 15
const heartbeatSeconds = 5

/** Tells the command that waits for us, if it still does, and lets it go. */
function tell (message: OwnerMessage): Promise<void> {
  return new Promise(resolve => {
    if (!process.send || !process.connected) return resolve()
    process.send(message, undefined, {}, () => {
      if (process.connected) process.disconnect()
      resolve()
    })
  })
}

/** @throws when the folder cannot be written or the database in it cannot be read */
async function ownDatabase (folder: string, socketPath: string): Promise<void> {
  const lock = acquireLock(folder, socketPath)
  if (!lock) {
    await tell({ type: 'held' })
    return
  }
  const engine = await openEngine(folder)
  mkdirSync(path.dirname(socketPath), { recursive: true, mode: 0o700 }) // the owner before us removed it
  rmSync(socketPath, { force: true }) // of an owner that was killed; it cannot be anybody's, the lock is ours

  let ending: NodeJS.Timeout | undefined
  const endIn = (seconds: number) => {
    clearTimeout(ending)
    ending = setTimeout(() => { end().catch(fail) }, seconds * 1000)
  }
  const sessions = await serveSessions({
    engine,
    socketPath,
    onUsers: count => { if (count === 0) endIn(graceSeconds); else clearTimeout(ending) },
    onFailure: fail,
  })
  const heartbeat = setInterval(() => {
    // Somebody took us for dead (a suspended container): the folder is theirs now.
    if (lock.isHeld()) lock.touch()
    else process.exit(1)
  }, heartbeatSeconds * 1000)
  async function end (): Promise<void> {
    clearInterval(heartbeat)
    await sessions.close()
    await engine.close()
    rmSync(path.dirname(socketPath), { recursive: true, force: true })
    process.exit(0)
  }
  process.on('SIGTERM', () => { end().catch(fail) })
  process.on('SIGINT', () => { end().catch(fail) })
  endIn(firstUserSeconds)
  await tell({ type: 'ready' })
}

/** A database is made beside its place and then renamed, so that a half-made one is never taken for one. */
async function openEngine (folder: string): Promise<PGlite> {
  const place = path.join(folder, 'database')
  if (!existsSync(place)) {
    const unfinished = path.join(folder, 'database.unfinished')
    rmSync(unfinished, { recursive: true, force: true })
    await makeEmpty(unfinished)
    renameSync(unfinished, place)
  }
  return await PGlite.create(place)
}

/** An empty database is the same everywhere: made once it is copied from then on, in a quarter of the time. */
async function makeEmpty (place: string): Promise<void> {
  const kept = nameKept()
  if (tryCopy(kept, place)) return
  await (await PGlite.create(place)).close()
  const unfinished = `${kept}.${process.pid}`
  // In an image nothing can be kept among the packages; or another start was faster.
  if (tryCopy(place, unfinished)) tryRename(unfinished, kept)
}

function tryCopy (from: string, to: string): boolean {
  try {
    cpSync(from, to, { recursive: true })
    return true
  } catch {
    rmSync(to, { recursive: true, force: true })
    return false
  }
}

function tryRename (from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch {
    rmSync(from, { recursive: true, force: true })
  }
}

/** Among the packages, which are installed anew when one of them changes. Names the version of the engine besides. */
function nameKept (): string {
  const engine = path.join(path.dirname(createRequire(import.meta.url).resolve('@electric-sql/pglite')), '..')
  const { version } = JSON.parse(readFileSync(path.join(engine, 'package.json'), 'utf8')) as { readonly version: string }
  return path.join(engine, '../../.cache', `atlas-empty-database-${version}`)
}

function fail (error: unknown): void {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${new Date().toISOString()} ${error instanceof Error ? error.stack : message}\n`)
  // The engine may not be trusted to close; what was committed is in its log and is replayed at the next start.
  const exit = () => process.exit(1)
  tell({ type: 'failed', message }).then(exit, exit)
}

process.umask(0o077)
const [folder, socketPath] = process.argv.slice(2)
if (!folder || !socketPath) throw new Error('usage: embedded-main FOLDER SOCKET')
ownDatabase(folder, socketPath).catch(fail)
