import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import path from 'node:path'

/**
 * Who owns the folder of the embedded database. Two owners corrupt it, so this must hold under
 * kill -9, re-used process numbers and two starts in the same moment.
 *
 * Node has no file locks. Instead every owner leaves a file with the next number, `database.lock.7`,
 * which appears complete and at once (a hard link) or not at all. The highest number is the owner,
 * as long as its process lives; a file is removed only by a higher one, so that nobody who slept in
 * between can take a number that was judged free before.
 */
export interface Owner {
  readonly pid: number
  /** When the process started, in the system's own words: a process number alone is re-used. */
  readonly startedAt: string
  /** The machine since it was started, and the container in it: process numbers mean nothing elsewhere. */
  readonly place: string
  /** Socket on which it answers once it is ready. */
  readonly socketPath: string
}

export interface Lock {
  /** Tells the other machines and containers that share the folder that this owner lives. */
  touch (): void
  /** Whether the folder is still ours. If not, nothing may be written any more. */
  isHeld (): boolean
}

/** The living owner of the folder, or `undefined`. */
export function findOwner (folder: string): Owner | undefined {
  const highest = listNumbers(folder).at(-1)
  return highest === undefined ? undefined : findLiving(folder, highest)
}

/** Makes this process the owner of the folder; `undefined` if another one is. */
export function acquireLock (folder: string, socketPath: string): Lock | undefined {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // The number follows from what is judged here: whoever sleeps from now on finds it taken.
  const highest = listNumbers(folder).at(-1) ?? 0
  if (findLiving(folder, highest)) return undefined
  const number = highest + 1
  const candidate = path.join(folder, `database.candidate.${randomUUID()}`)
  const owner: Owner = { pid: process.pid, startedAt: startOf(process.pid) ?? '', place: herePlace(), socketPath }
  try {
    writeFileSync(candidate, JSON.stringify(owner), { mode: 0o600 })
    linkSync(candidate, lockFile(folder, number))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  } finally {
    rmSync(candidate, { force: true })
  }
  if (listNumbers(folder).at(-1) !== number) return undefined
  for (const lower of listNumbers(folder).filter(other => other < number)) rmSync(lockFile(folder, lower), { force: true })
  return {
    touch: () => utimesSync(lockFile(folder, number), new Date(), new Date()),
    isHeld: () => listNumbers(folder).at(-1) === number,
  }
}

function findLiving (folder: string, number: number): Owner | undefined {
  const file = lockFile(folder, number)
  const owner = readOwner(file)
  return owner && isAlive(owner, file) ? owner : undefined
}

function lockFile (folder: string, number: number): string {
  return path.join(folder, `database.lock.${number}`)
}

function listNumbers (folder: string): number[] {
  let names: string[]
  try {
    names = readdirSync(folder)
  } catch {
    return [] // no folder, no owner
  }
  return names.flatMap(name => /^database\.lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number).toSorted((a, b) => a - b)
}

function readOwner (file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch {
    return undefined // there is none yet, or a higher number removed it since it was listed
  }
}

/** An owner elsewhere cannot be asked, so it counts as alive this long after its last sign. */
const silenceSeconds = 45

function isAlive (owner: Owner, file: string): boolean {
  if (owner.place === herePlace()) return startOf(owner.pid) === owner.startedAt
  try {
    return Date.now() - statSync(file).mtimeMs < silenceSeconds * 1000
  } catch {
    return false
  }
}

/** When a process of this machine started; `undefined` if there is none, or only its remains. */
function startOf (pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      // Fields after the command name, which may itself contain blanks and brackets: state first, start is the 20th.
      const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').replace(/^.*\) /s, '').split(' ')
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}

function herePlace (): string {
  if (process.platform !== 'linux') return hostname()
  return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
}
