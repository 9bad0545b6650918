import { open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import { problem, type Problem } from '../core/problem.ts'
import { openArchive } from '../pipeline/read/archive.ts'

/** What can be delivered; also the ending under which the file is kept. */
export type FileType = 'xlsx' | 'xlsb' | 'xls' | 'ods' | 'zip' | 'csv' | 'geojson' | 'gpkg' | 'shp' | 'shx' | 'dbf' | 'prj' | 'cpg'

/**
 * What a file is, told from its bytes; its name decides only between kinds that look the same. Reads the beginning and the list of
 * contents, never the whole, and unpacks nothing.
 *
 * @returns the problem of a file that cannot be a delivery, or that nobody could read
 */
export async function findFileType (filePath: string, name: string): Promise<FileType | Problem> {
  const handle = await open(filePath, 'r')
  try {
    const { size } = await handle.stat()
    if (size === 0) return problem('read-empty-file', { file: name })
    const head = await readAt(handle, 0, headBytes)
    if (startsWith(head, 'PK\u0003\u0004')) return await zippedType(handle, size, name)
    if (startsWith(head, '\u00d0\u00cf\u0011\u00e0')) return await isEncrypted(handle, size) ? problem('read-encrypted-workbook', { file: name }) : 'xls'
    if (startsWith(head, 'SQLite format 3\u0000')) return 'gpkg'
    return partOfShapefile(head, name) ?? textType(head, name) ?? problem('worker-unknown-type', { file: name })
  } finally {
    await handle.close()
  }
}

const headBytes = 64 * 1024

async function readAt (handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function startsWith (head: Buffer, magic: string): boolean {
  return head.subarray(0, magic.length).equals(Buffer.from(magic, 'latin1'))
}

const maxSheets = 100

async function zippedType (handle: FileHandle, size: number, file: string): Promise<FileType | Problem> {
  const directory = await readDirectory(handle, size)
  if (!directory) return problem('read-zip-damaged', { file })
  const { entries, problems } = openArchive(directory, file)
  if (problems.length > 0) return problems[0]!
  const names = entries.map(({ name }) => name)
  const sheets = names.filter(name => /^xl\/(?:work|chart|dialog)sheets\/[^/]+$/.test(name)).length
  if (sheets > maxSheets) return problem('worker-too-many-sheets', { file }, { sheets, limit: maxSheets })
  if (names.includes('xl/workbook.xml')) return 'xlsx'
  if (names.includes('xl/workbook.bin')) return 'xlsb'
  if (names.includes('content.xml') && names.includes('mimetype')) return 'ods'
  const inner = names.find(name => /\.(?:zip|7z|rar|gz|tar|tgz)$/i.test(name))
  if (inner !== undefined) return problem('worker-zip-in-zip', { file }, { name: inner })
  return names.some(name => /\.(?:shp|geojson|json|gpkg|csv)$/i.test(name)) ? 'zip' : problem('worker-unknown-type', { file })
}

const endRecordBytes = 22
/** Ten thousand names of two hundred letters. */
const maxDirectoryBytes = 4 * 1024 * 1024

/** The list of contents alone, as an archive of its own: all that `openArchive` looks at before it unpacks. */
async function readDirectory (handle: FileHandle, size: number): Promise<Buffer | undefined> {
  const tail = await readAt(handle, Math.max(0, size - 0xffff - endRecordBytes), 0xffff + endRecordBytes)
  const at = tail.lastIndexOf(Buffer.from('PK\u0005\u0006', 'latin1'))
  if (at === -1 || at + endRecordBytes > tail.length) return undefined
  const [length, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)]
  if (length > maxDirectoryBytes || offset + length > size) return undefined
  const end = Buffer.from(tail.subarray(at, at + endRecordBytes))
  end.writeUInt32LE(0, 16)
  end.writeUInt16LE(0, 20)
  return Buffer.concat([await readAt(handle, offset, length), end])
}

const chunkBytes = 1024 * 1024

/** Excel puts a protected workbook into an old container, under this name. */
async function isEncrypted (handle: FileHandle, size: number): Promise<boolean> {
  const mark = Buffer.from('EncryptedPackage', 'utf16le')
  for (let position = 0; position < size; position += chunkBytes) {
    if ((await readAt(handle, position, chunkBytes + mark.length)).includes(mark)) return true
  }
  return false
}

function partOfShapefile (head: Buffer, name: string): FileType | undefined {
  const ending = endingOf(name)
  if (head.length >= 100 && head.readUInt32BE(0) === 9994 && head.readUInt32LE(28) === 1000) return ending === 'shx' ? 'shx' : 'shp'
  if (ending === 'dbf' && head.length >= 32 && [0x02, 0x03, 0x30, 0x31, 0x83, 0x8b, 0xf5].includes(head[0]!)) return 'dbf'
  if (ending === 'prj' && /^\s*(?:PROJ|GEOG|COMPD|GEOD|BOUND)\w*\[/.test(head.toString('latin1'))) return 'prj'
  return ending === 'cpg' && /^[\w .:-]{1,40}\s*$/.test(head.toString('latin1')) ? 'cpg' : undefined
}

/** Text without the marks of a page or a program; UTF-16 says so at its beginning. */
function textType (head: Buffer, name: string): FileType | undefined {
  const isWide = startsWith(head, '\u00ff\u00fe') || startsWith(head, '\u00fe\u00ff')
  if (!isWide && head.includes(0)) return undefined
  const text = head.toString(isWide ? 'utf16le' : 'latin1').replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '').trimStart()
  if (/^(?:<|%PDF|%!PS|#!|\{\\rtf)/.test(text)) return undefined
  if (text.startsWith('{')) return 'geojson'
  return ['csv', 'tsv', 'txt'].includes(endingOf(name)) ? 'csv' : undefined
}

function endingOf (name: string): string {
  return path.extname(name).slice(1).toLowerCase()
}
