import { randomUUID } from 'node:crypto'
import { link, mkdir, readdir, readFile, rename, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { problem, type Problem } from '../core/problem.ts'
import { withoutControls } from '../core/visible-text.ts'
import { makeVaultFolder, syncPath, writeVaultBytes } from '../pipeline/vault/write-file.ts'
import { findFileType, type FileType } from './file-type.ts'
import { safeName } from './safe-name.ts'
import { writePart } from './write-part.ts'

/** A file that arrived and belongs to no delivery yet. */
export interface InboxFile {
  /** Hash of its content in hex, by which it is found. */
  readonly sha256: string
  /** As it was sent, for people: never a path. */
  readonly name: string
  readonly type: FileType
  readonly sizeBytes: number
  /** Who sent it. */
  readonly by: string
  /** UTC, `2025-02-03T10:20:30Z`. */
  readonly at: string
}

export interface InboxLimits {
  readonly fileBytes: number
  /** Of all files that wait. */
  readonly totalBytes: number
  readonly files: number
  /** What must stay free on the disk. */
  readonly freeBytes: number
}

/** Where the settings say nothing else. */
export const inboxLimits: InboxLimits = { fileBytes: 200e6, totalBytes: 2e9, files: 200, freeBytes: 500e6 }

export interface Sending {
  /** Of the atlas project. */
  readonly folder: string
  readonly name: string
  readonly by: string
  readonly body: Readable
  /** What the sender says, where it says it. */
  readonly statedBytes?: number | undefined
  readonly limits?: InboxLimits
}

export type Received = { readonly file: InboxFile, readonly isRepeated: boolean } | { readonly problem: Problem }

/**
 * Takes a file in as it comes, without ever holding more than a piece of it. What breaks off, is too large or can be no delivery
 * leaves nothing; what was taken is on the disk under the hash of its content, so the same content is there once.
 *
 * @throws what the sender's connection throws where it breaks off
 */
export async function receiveFile ({ folder, name: sent, by, body, statedBytes, limits = inboxLimits }: Sending): Promise<Received> {
  const name = displayName(sent)
  const inbox = inboxOf(folder)
  await makeVaultFolder(inbox)
  const refusal = await findRefusal(folder, name, statedBytes ?? 0, limits)
  if (refusal) {
    body.resume() // a sender that is not listened to would never hear why
    return { problem: refusal }
  }
  const part = path.join(inbox, `${randomUUID()}.part`)
  try {
    // Others write on the same disk, so it can end although there was room.
    const written = await writePart(part, body, limits.fileBytes)
    if (!written) {
      body.resume()
      return { problem: tooLarge(name, limits) }
    }
    const type = await findFileType(part, name)
    if (typeof type !== 'string') return { problem: type }
    return await settle(inbox, part, { ...written, name, type, by, at: `${new Date().toISOString().slice(0, 19)}Z` })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    body.resume()
    return { problem: problem('worker-disk-full', { file: name }) }
  } finally {
    await rm(part, { force: true })
  }
}

/** The oldest first. */
export async function listInbox (folder: string): Promise<InboxFile[]> {
  const names: string[] = await readdir(inboxOf(folder)).catch(() => [])
  const files: InboxFile[] = []
  for (const name of names.filter(name => /^[0-9a-f]{64}\.json$/.test(name))) {
    const sha256 = name.slice(0, 64)
    const text = names.includes(sha256) ? await readFile(path.join(inboxOf(folder), name), 'utf8').catch(() => undefined) : undefined
    if (text !== undefined) files.push(JSON.parse(text) as InboxFile)
  }
  return files.toSorted((a, b) => a.at < b.at || (a.at === b.at && a.name < b.name) ? -1 : 1)
}

/** @returns false where there is none */
export async function removeFromInbox (folder: string, sha256: string): Promise<boolean> {
  if (!isHash(sha256)) return false
  const file = path.join(inboxOf(folder), sha256)
  const isThere = await stat(file).then(() => true, () => false)
  // What has no description is not there for anybody, so it goes first.
  await rm(`${file}.json`, { force: true })
  await rm(file, { force: true })
  return isThere
}

/** Clears what a process left that was killed: parts, and content without its description. Only while nothing is received. */
export async function sweepInbox (folder: string): Promise<void> {
  const inbox = inboxOf(folder)
  const names: string[] = await readdir(inbox).catch(() => [])
  const left = names.filter(name => !/^[0-9a-f]{64}(?:\.json)?$/.test(name) || !names.includes(name.endsWith('.json') ? name.slice(0, 64) : `${name}.json`))
  for (const name of left) await rm(path.join(inbox, name), { recursive: true, force: true })
}

/** Shows files to the reader under their names, in one folder that ends with the work: what belongs together lies together there. */
export async function withNamedFiles<Result> (folder: string, files: readonly InboxFile[], work: (paths: ReadonlyMap<string, string>) => Promise<Result>): Promise<Result> {
  const shown = path.join(inboxOf(folder), `.${randomUUID()}`)
  await mkdir(shown, { mode: 0o700 })
  try {
    const paths = new Map<string, string>()
    for (const { sha256, name, type } of files) {
      const to = freePath(shown, safeName(name, type), [...paths.values()])
      await link(path.join(inboxOf(folder), sha256), to)
      paths.set(sha256, to)
    }
    return await work(paths)
  } finally {
    await rm(shown, { recursive: true, force: true })
  }
}

export function isHash (text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text)
}

function inboxOf (folder: string): string {
  return path.join(folder, 'inbox')
}

function displayName (sent: string): string {
  const name = withoutControls(sent.normalize('NFC')).split(/[\\/]/).at(-1)!.trim()
  return name === '' ? '?' : Array.from(name).slice(0, 200).join('')
}

/** Two files of one name that differ in letter case are one on some systems. */
function freePath (folder: string, name: string, taken: readonly string[]): string {
  const { name: stem, ext } = path.parse(name)
  for (let number = 1; ; number++) {
    const candidate = path.join(folder, number === 1 ? name : `${stem}-${number}${ext}`)
    if (!taken.some(other => other.toLowerCase() === candidate.toLowerCase())) return candidate
  }
}

async function findRefusal (folder: string, file: string, statedBytes: number, limits: InboxLimits): Promise<Problem | undefined> {
  if (statedBytes > limits.fileBytes) return tooLarge(file, limits)
  const waiting = await listInbox(folder)
  const total = waiting.reduce((sum, { sizeBytes }) => sum + sizeBytes, statedBytes)
  if (waiting.length >= limits.files || total > limits.totalBytes) {
    return problem('worker-inbox-full', { file }, { files: waiting.length, limit: limits.files, size: megabytes(limits.totalBytes) })
  }
  const { bavail, bsize } = await statfs(folder)
  // Whoever does not say how much comes may bring the most that is allowed.
  return bavail * bsize < (statedBytes || limits.fileBytes) + limits.freeBytes ? problem('worker-disk-full', { file }) : undefined
}

function tooLarge (file: string, { fileBytes }: InboxLimits): Problem {
  return problem('worker-file-too-large', { file }, { limit: megabytes(fileBytes) })
}

function megabytes (bytes: number): number {
  return Math.max(1, Math.round(bytes / 1e6))
}

async function settle (inbox: string, part: string, file: InboxFile): Promise<Received> {
  const known = (await listInbox(path.dirname(inbox))).find(({ sha256 }) => sha256 === file.sha256)
  if (known) return { file: known, isRepeated: true }
  await rename(part, path.join(inbox, file.sha256))
  await syncPath(inbox)
  try {
    await writeVaultBytes(path.join(inbox, `${file.sha256}.json`), `${JSON.stringify(file)}\n`)
  } catch (error) {
    await rm(path.join(inbox, file.sha256), { force: true })
    throw error
  }
  return { file, isRepeated: false }
}
