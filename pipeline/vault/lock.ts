import { randomUUID } from 'node:crypto'
import { link, readFile, readdir, readlink, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { VaultError } from './error.ts'

/** Who holds the lock; a process number alone is used again. */
interface Holder {
  readonly pid: number
  /** In the system's own words; empty where it does not tell. */
  readonly startedAt: string
  /** Machine since its start, and the container in it: process numbers mean nothing elsewhere. */
  readonly place: string
}

const tryAgainMilliseconds = 100
/** A holder elsewhere cannot be asked, so it counts as alive this long after its last sign. */
const silenceSeconds = 60

/**
 * Does something that only one process at a time may do in this folder. Node has no file locks:
 * each candidate leaves `ledger.lock.N`, complete and at once (a hard link), with the next number.
 * It holds the lock if its number is the highest and no lower one is alive; of two that start in
 * the same moment at least one sees the other.
 *
 * @throws VaultError vault-locked if the lock is not free within `waitSeconds`
 */
export async function withLock<Result> (folder: string, work: () => Promise<Result>, waitSeconds = 10): Promise<Result> {
  const deadline = Date.now() + waitSeconds * 1000
  let file = await tryLock(folder)
  while (file === undefined) {
    if (Date.now() > deadline) throw await lockedError(folder)
    await delay(tryAgainMilliseconds * (0.5 + Math.random()))
    file = await tryLock(folder)
  }
  const held = file
  const sign = setInterval(() => { utimes(held, new Date(), new Date()).catch(() => {}) }, silenceSeconds * 1000 / 6)
  try {
    return await work()
  } finally {
    clearInterval(sign)
    await rm(held, { force: true })
  }
}

/** The file that stands for the lock, or `undefined` while somebody else holds it. */
async function tryLock (folder: string): Promise<string | undefined> {
  const before = await listNumbers(folder)
  if (await isOneAlive(folder, before)) return undefined
  const number = (before.at(-1) ?? 0) + 1
  const file = lockFile(folder, number)
  const candidate = path.join(folder, `ledger.candidate.${randomUUID()}`)
  const holder: Holder = { pid: process.pid, startedAt: await findStart(process.pid) ?? '', place: await herePlace() }
  try {
    await writeFile(candidate, JSON.stringify(holder), { mode: 0o600 })
    await link(candidate, file)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined
    throw error
  } finally {
    await rm(candidate, { force: true })
  }
  const others = (await listNumbers(folder)).filter(other => other !== number)
  if (others.some(other => other > number) || await isOneAlive(folder, others)) {
    await rm(file, { force: true })
    return undefined
  }
  for (const dead of others) await rm(lockFile(folder, dead), { force: true })
  return file
}

function lockFile (folder: string, number: number): string {
  return path.join(folder, `ledger.lock.${number}`)
}

async function listNumbers (folder: string): Promise<number[]> {
  const names = await readdir(folder)
  return names.flatMap(name => /^ledger\.lock\.(\d+)$/.exec(name)?.[1] ?? []).map(Number).toSorted((a, b) => a - b)
}

async function isOneAlive (folder: string, numbers: readonly number[]): Promise<boolean> {
  for (const number of numbers) {
    const file = lockFile(folder, number)
    const holder = await readHolder(file)
    if (holder && await isAlive(holder, file)) return true
  }
  return false
}

/** `undefined` where the file is gone by now. */
async function readHolder (file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

async function isAlive ({ pid, startedAt, place }: Holder, file: string): Promise<boolean> {
  if (place === await herePlace()) return await findStart(pid) === startedAt
  const touched = await stat(file).then(({ mtimeMs }) => mtimeMs, () => 0)
  return Date.now() - touched < silenceSeconds * 1000
}

/** When a process of this machine started; `undefined` if there is none, or only its remains. */
async function findStart (pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return isRunning(pid) ? '' : undefined
  try {
    // Fields after the command name, which may itself contain blanks and brackets: state first, start is the 20th.
    const fields = (await readFile(`/proc/${pid}/stat`, 'latin1')).replace(/^.*\) /s, '').split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function isRunning (pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

async function herePlace (): Promise<string> {
  if (process.platform !== 'linux') return hostname()
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
  return `${boot.trim()} ${await readlink('/proc/self/ns/pid')}`
}

async function lockedError (folder: string): Promise<VaultError> {
  const number = (await listNumbers(folder)).at(-1) ?? 0
  const file = lockFile(folder, number)
  return new VaultError('vault-locked', { file }, { pid: (await readHolder(file))?.pid ?? '?', file })
}
