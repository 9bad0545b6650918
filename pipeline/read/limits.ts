import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { problem, type Problem } from '../../core/problem.ts'
import { fileProblem } from './file.ts'

/** The largest table a town delivers, a street register with all buildings, has 20 MB; larger ones are streamed (census grid). */
export const maxTableBytes = 200 * 1024 * 1024

/** The widest table, the population matrix of a large city, has lines of 5 kB. */
export const maxLineBytes = 1024 * 1024

/**
 * The bytes of a delivered table, or why they are not read: a file that is missing, no file, or larger than any table.
 * The size is asked before a byte is read, and a file that grows meanwhile is read no further.
 */
export async function readTableFile (filePath: string, displayName: string): Promise<Uint8Array | Problem> {
  return await readFileUpTo(filePath, maxTableBytes, displayName)
}

/** The bytes of a file of at most `maxBytes`; a device or a pipe, which never ends, is no file. */
export async function readFileUpTo (filePath: string, maxBytes: number, displayName: string): Promise<Uint8Array | Problem> {
  try {
    // A pipe must not keep us waiting for somebody who writes into it.
    const handle = await open(filePath, constants.O_RDONLY | constants.O_NONBLOCK)
    try {
      const stats = await handle.stat()
      if (stats.isDirectory()) return problem('read-folder', { file: displayName })
      if (!stats.isFile()) return problem('read-unreadable-file', { file: displayName }, { reason: 'EINVAL' })
      if (stats.size > maxBytes) return problem('read-file-too-large', { file: displayName }, { size: megabytes(stats.size), limit: megabytes(maxBytes) })
      return await readBytes(handle, stats.size)
    } finally {
      await handle.close()
    }
  } catch (error) {
    return fileProblem(error, displayName)
  }
}

/**
 * A line of a text file that is longer than any line of a table; undefined where all are short enough.
 * Lines end with LF, CRLF or, on old Macs, CR; the latter is looked for only where no LF comes soon enough.
 */
export function lineProblem (bytes: Uint8Array, file: string): Problem | undefined {
  let newline = -1
  let start = 0
  for (let line = 1; start < bytes.length; line++) {
    if (newline < start) newline = indexOrEnd(bytes, 0x0a, start)
    // Each sign is looked for from where it was last found, so that a file of CR alone is not read again for every line.
    const end = newline - start > maxLineBytes ? Math.min(newline, indexOrEnd(bytes, 0x0d, start)) : newline
    if (end - start > maxLineBytes) {
      return problem('read-line-too-long', { file, line }, { size: megabytes(end - start), limit: megabytes(maxLineBytes) })
    }
    start = end + 1
  }
  return undefined
}

function indexOrEnd (bytes: Uint8Array, sign: number, start: number): number {
  const index = bytes.indexOf(sign, start)
  return index === -1 ? bytes.length : index
}

async function readBytes (handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, size - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

function megabytes (bytes: number): number {
  return Math.max(1, Math.round(bytes / 1024 / 1024))
}
