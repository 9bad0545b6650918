import type { Audience, Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import v8 from 'node:v8'
import { formatVersion } from '../core/edition.ts'
import { isEditionId } from '../core/id.ts'

/** A current edition with its tiles, as kept beside the database for a start without it. */
export interface KeptEdition {
  readonly edition: Edition
  readonly tiles: readonly GeometryTiles[]
}

const idLength = 'e000000000000'.length

/** Raised whenever the shape of the file changes; older files are then ignored and written anew. */
const fileVersion = 2
const magic = `atlas-cache ${fileVersion}.${formatVersion} `
/** The magic text is followed by the id of the edition, so that a start needs to read no more of many. */
const headBytes = magic.length + idLength + 1
const checksumBytes = 32

/** Folder of the kept files inside the data folder. */
export function cacheFolderOf (dataDir: string): string {
  return path.join(dataDir, 'cache')
}

/**
 * Writes the current edition of an atlas as one file: magic line with its id, SHA-256 of the rest, the rest.
 * It appears under its name only when it is complete, so that a crash or a full disk leaves the old one.
 */
export async function writeEditionFile (folder: string, { edition, tiles }: KeptEdition): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const target = path.join(folder, fileName(edition.audience, edition.atlas.id))
  const temporary = `${target}.${process.pid}.part`
  const body = v8.serialize({ edition, tiles })
  try {
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(Buffer.concat([Buffer.from(`${magic}${edition.id}\n`), createHash('sha256').update(body).digest(), body]))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

/** Removes the file of an atlas that has no current edition any more. */
export async function removeEditionFile (folder: string, audience: Audience, atlasId: string): Promise<void> {
  await rm(path.join(folder, fileName(audience, atlasId)), { force: true })
}

/** Ids of the kept editions of one audience by atlas id, in its order. What the files hold is looked at when they are read. */
export async function listEditionFiles (folder: string, audience: Audience): Promise<Map<string, string>> {
  const names = await readdir(folder).catch(() => [])
  const ids = new Map<string, string>()
  for (const name of names.filter(name => name.startsWith(`${audience}.`) && name.endsWith('.edition')).toSorted()) {
    const head = await readHead(path.join(folder, name)).catch(() => '')
    const id = head.slice(magic.length, -1)
    if (head.startsWith(magic) && isEditionId(id)) ids.set(name.slice(audience.length + 1, -'.edition'.length), id)
  }
  return ids
}

/**
 * The kept edition of an atlas. A file that cannot be read, is truncated, of another version (also of Node, whose
 * format of stored values it has), of another audience or atlas counts as none: it is a convenience, and the
 * database has the truth.
 */
export async function readEditionFile (folder: string, audience: Audience, atlasId: string): Promise<KeptEdition | undefined> {
  const found = await readFile(path.join(folder, fileName(audience, atlasId))).then(parseEditionFile).catch(() => undefined)
  return found?.edition.audience === audience && found.edition.atlas.id === atlasId ? found : undefined
}

async function readHead (file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } finally {
    await handle.close()
  }
}

function parseEditionFile (bytes: Buffer): KeptEdition | undefined {
  const bodyStart = headBytes + checksumBytes
  if (bytes.length < bodyStart || bytes.toString('latin1', 0, magic.length) !== magic) return undefined
  const body = bytes.subarray(bodyStart)
  const checksum = createHash('sha256').update(body).digest()
  if (!checksum.equals(bytes.subarray(headBytes, bodyStart))) return undefined
  const kept = v8.deserialize(body) as KeptEdition
  return kept.edition.id === bytes.toString('latin1', magic.length, headBytes - 1) ? kept : undefined
}

/** Atlas ids have no dot, so the name reads back in one way. */
function fileName (audience: Audience, atlasId: string): string {
  return `${audience}.${atlasId}.edition`
}
