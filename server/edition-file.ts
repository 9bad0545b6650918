import type { Audience, Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { createHash } from 'node:crypto'
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import v8 from 'node:v8'
import { formatVersion } from '../core/edition.ts'

/** A current edition with its tiles, as kept beside the database for a start without it. */
export interface KeptEdition {
  readonly edition: Edition
  readonly tiles: readonly GeometryTiles[]
}

/** Raised whenever the shape of the file changes; older files are then ignored and written anew. */
const fileVersion = 1
const magic = `atlas-cache ${fileVersion}.${formatVersion}\n`
const checksumBytes = 32

/** Folder of the kept files inside the data folder. */
export function cacheFolderOf (dataDir: string): string {
  return path.join(dataDir, 'cache')
}

/**
 * Writes the current edition of an atlas as one file: magic line, SHA-256 of the rest, the rest.
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
      await file.writeFile(Buffer.concat([Buffer.from(magic), createHash('sha256').update(body).digest(), body]))
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

/**
 * All kept editions of one audience, ordered by atlas id. A file that cannot be read, is truncated, of another
 * version (also of Node, whose format of stored values it has) or of another audience counts as none: it is a
 * convenience, and the database has the truth.
 */
export async function readEditionFiles (folder: string, audience: Audience): Promise<KeptEdition[]> {
  const names = await readdir(folder).catch(() => [])
  const kept: KeptEdition[] = []
  for (const name of names.filter(name => name.startsWith(`${audience}.`) && name.endsWith('.edition')).toSorted()) {
    const found = await readFile(path.join(folder, name)).then(parseEditionFile).catch(() => undefined)
    if (found?.edition.audience === audience && name === fileName(audience, found.edition.atlas.id)) kept.push(found)
  }
  return kept
}

function parseEditionFile (bytes: Buffer): KeptEdition | undefined {
  const bodyStart = magic.length + checksumBytes
  if (bytes.length < bodyStart || bytes.toString('latin1', 0, magic.length) !== magic) return undefined
  const body = bytes.subarray(bodyStart)
  const checksum = createHash('sha256').update(body).digest()
  return checksum.equals(bytes.subarray(magic.length, bodyStart)) ? v8.deserialize(body) as KeptEdition : undefined
}

/** Atlas ids have no dot, so the name reads back in one way. */
function fileName (audience: Audience, atlasId: string): string {
  return `${audience}.${atlasId}.edition`
}
