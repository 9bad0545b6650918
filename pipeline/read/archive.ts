import { inflateSync } from 'fflate'
import { crc32 } from 'node:zlib'
import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import { decodeAs } from './encoding.ts'

/** One file inside a zip; its bytes are inflated only when asked for. */
export interface ArchiveEntry {
  /** With its folders, `/` between them. */
  readonly name: string
  readonly sizeBytes: number
  readonly read: () => Uint8Array
}

/** A zip entry whose bytes are not what the archive says: damaged, or made to deceive. */
export class DamagedEntryError extends Error {
  override name = 'DamagedEntryError'
}

/** All files of one archive together; VG250, the largest layer a town could want, has 330 MB. */
const maxTotalBytes = 512 * 1024 * 1024

/** Boundary files shrink to a third, the emptiest attribute tables to 1 %; deflate itself ends at 1:1032. */
const maxRatio = 300

/** Below this size a high ratio harms nobody: a table of blanks. */
const harmlessBytes = 8 * 1024 * 1024

const maxEntries = 10_000

/**
 * Lists a zip without inflating anything and without ever writing to a disk. What a sender could do harm with is
 * refused by what the archive says about itself (names that leave the folder, sizes, encryption), and the
 * sizes it states are the most it gets: an entry is inflated into exactly that space and checked against its CRC.
 *
 * Folders and the copies that macOS adds (`__MACOSX`, `.DS_Store`) are left out.
 */
export function openArchive (bytes: Uint8Array, file: string): { entries: ArchiveEntry[], problems: Problem[] } {
  const directory = listDirectory(bytes)
  if (directory === undefined) return { entries: [], problems: [problem('read-zip-damaged', { file })] }

  const unsafe = directory.filter(({ name }) => isUnsafe(name))
  if (unsafe.length > 0) return { entries: [], problems: unsafe.map(({ name }) => problem('read-zip-unsafe-name', { file }, { name })) }

  const files = directory.filter(({ name }) => !name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.DS_Store$|\._)/.test(name))
  if (files.length === 0) return { entries: [], problems: [problem('read-zip-empty', { file })] }

  const problems = [...sizeProblems(files, file), ...methodProblems(files, file)]
  if (problems.length > 0) return { entries: [], problems }
  return { entries: files.map(record => ({ name: record.name, sizeBytes: record.size, read: () => inflate(bytes, record) })), problems }
}

interface DirectoryRecord {
  readonly name: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly crc: number
  readonly compressedSize: number
  readonly size: number
  readonly offset: number
}

/** Central directory after APPNOTE.TXT 4.3.12; undefined where there is none or it does not fit the file. */
function listDirectory (bytes: Uint8Array): DirectoryRecord[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEndRecord(view)
  if (end === undefined) return undefined
  const count = view.getUint16(end + 10, true)
  let position = view.getUint32(end + 16, true)
  if (count > maxEntries) return undefined
  const records: DirectoryRecord[] = []
  for (let i = 0; i < count; i++) {
    if (position + 46 > bytes.length || view.getUint32(position, true) !== 0x02014b50) return undefined
    const flags = view.getUint16(position + 8, true)
    const nameLength = view.getUint16(position + 28, true)
    const name = bytes.subarray(position + 46, position + 46 + nameLength)
    records.push({
      name: decodeName(name, (flags & 0x800) !== 0),
      isEncrypted: (flags & 1) !== 0,
      method: view.getUint16(position + 10, true),
      crc: view.getUint32(position + 16, true),
      compressedSize: view.getUint32(position + 20, true),
      size: view.getUint32(position + 24, true),
      offset: view.getUint32(position + 42, true),
    })
    position += 46 + nameLength + view.getUint16(position + 30, true) + view.getUint16(position + 32, true)
  }
  return records
}

/** The end record stands in the last 64 kB, before a comment. */
function findEndRecord (view: DataView): number | undefined {
  for (let position = view.byteLength - 22; position >= Math.max(0, view.byteLength - 22 - 0xffff); position--) {
    if (view.getUint32(position, true) === 0x06054b50) return position
  }
  return undefined
}

/** Windows writes names in the DOS code page, macOS in UTF-8 without saying so. */
function decodeName (bytes: Uint8Array, isUtf8: boolean): string {
  const text = decodeAs(bytes, 'utf-8')
  return isUtf8 || !text.includes('\ufffd') ? text : decodeAs(bytes, 'cp437')
}

function isUnsafe (name: string): boolean {
  return name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.includes('\0') || name.split(/[\\/]/).includes('..') || name.startsWith('\\')
}

function sizeProblems (files: readonly DirectoryRecord[], file: string): Problem[] {
  const total = files.reduce((sum, { size }) => sum + size, 0)
  const inflated = files.filter(({ size, compressedSize }) => size > harmlessBytes && size > maxRatio * compressedSize)
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024)
  return [
    ...(total > maxTotalBytes ? [problem('read-zip-too-large', { file }, { size: megabytes(total), limit: megabytes(maxTotalBytes) })] : []),
    ...inflated.map(({ name, size, compressedSize }) => problem('read-zip-bomb', { file }, {
      name, ratio: Math.round(size / Math.max(1, compressedSize)), limit: maxRatio,
    })),
  ]
}

function methodProblems (files: readonly DirectoryRecord[], file: string): Problem[] {
  return files.flatMap(({ name, isEncrypted, method }) => {
    if (isEncrypted) return [problem('read-zip-encrypted', { file }, { name })]
    return method === 0 || method === 8 ? [] : [problem('read-zip-method', { file }, { name, method })]
  })
}

/** @throws DamagedEntryError where the bytes are not those the archive was made of */
function inflate (bytes: Uint8Array, { name, offset, method, compressedSize, size, crc }: DirectoryRecord): Uint8Array {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
    const packed = bytes.subarray(start, start + compressedSize)
    const content = method === 0 ? packed : inflateSync(packed, { out: new Uint8Array(size) })
    if (content.length === size && crc32(content) === crc) return content
  } catch {
    // Whatever fails while inflating says the same thing.
  }
  throw new DamagedEntryError(name)
}
