import { open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { problem, type Problem } from '../../core/problem.ts'
import { periodFact } from '../facts.ts'
import { isMissing } from './reports.ts'
import { syncPath } from './write-file.ts'

/*
 * `deletions.jsonl`: what was deleted from a vault, when, by whom and why; names and sizes, no figure and no checksum, from which
 * figures could be found by trying. Lines are only ever added:
 * one before anything is deleted, one when all of it is gone.
 */

export interface Deletion {
  readonly line: 'deletion'
  readonly state: 'begun' | 'done'
  readonly at: string
  readonly by: string
  readonly reason: string | null
  readonly delivery: string
  readonly title: string
  /** As the project file stated it. */
  readonly retention: string | null
  /** Delivered files of the project. */
  readonly files: ReadonlyArray<{ readonly name: string, readonly bytes: number }>
  /** How many copies in the vault. */
  readonly copies: number
  /** Editions that cannot be made or attacked again as they were. */
  readonly editions: readonly string[]
  readonly indicators: readonly string[]
}

export function deletionsFile (folder: string): string {
  return path.join(folder, 'deletions.jsonl')
}

/** Adds a line and waits until it is on the disk. */
export async function recordDeletion (folder: string, deletion: Deletion): Promise<void> {
  const handle = await open(deletionsFile(folder), 'a', 0o600)
  try {
    // A power cut may have left half a line.
    const isWhole = await endsWithLine(folder)
    await handle.writeFile(`${isWhole ? '' : '\n'}${JSON.stringify(deletion)}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await syncPath(folder)
}

async function endsWithLine (folder: string): Promise<boolean> {
  const text = await readFile(deletionsFile(folder), 'utf8')
  return text === '' || text.endsWith('\n')
}

/** Oldest first; of a deletion that was finished its last line only. Empty where nothing was deleted. */
export async function listDeletions (folder: string): Promise<Deletion[]> {
  let text: string
  try {
    text = await readFile(deletionsFile(folder), 'utf8')
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
  const lines = text.split('\n').flatMap(parseLine)
  return lines.filter((deletion, index) => deletion.state === 'done' || !lines.slice(index + 1).some(later => later.delivery === deletion.delivery && later.state === 'done'))
}

/** Half a line of a power cut is none. */
function parseLine (line: string): Deletion[] {
  if (line.trim() === '') return []
  try {
    const value = JSON.parse(line) as Deletion
    return value.line === 'deletion' ? [value] : []
  } catch {
    return []
  }
}

/** Says of a missing file that it was deleted and when, where that is so. */
export async function sayForgotten (vaultFolder: string, problems: readonly Problem[]): Promise<Problem[]> {
  if (!problems.some(({ code }) => code === 'read-missing-file')) return [...problems]
  const deletions = await listDeletions(vaultFolder)
  return problems.map(found => {
    if (found.code !== 'read-missing-file') return found
    const deletion = deletions.findLast(({ files }) => files.some(({ name }) => name === found.place.file))
    return deletion ? problem('vault-file-forgotten', found.place, { day: periodFact(deletion.at.slice(0, 10)), by: deletion.by, delivery: deletion.delivery }) : found
  })
}

/** The last deletion that took something of an edition. */
export async function findDeletionOf (vaultFolder: string, edition: string): Promise<Deletion | undefined> {
  return (await listDeletions(vaultFolder)).findLast(({ editions }) => editions.includes(edition))
}
