import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { canonicalText, type Edition } from '../../core/edition.ts'
import type { GeometryTiles } from '../../core/tile.ts'
import { tarEnd, tarHeader, tarPadding } from '../../pipeline/vault/tar.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { listVaultFiles } from '../../pipeline/vault/vault-files.ts'
import type { Database } from '../../sql/connection.ts'
import type { Store } from '../../sql/store.ts'
import { backupForm, type Contents, type StoredEdition } from './contents.ts'
import { packTiles } from './packed-tiles.ts'
import type { ArchiveForm } from './read-checked.ts'
import { peopleEntries } from './people.ts'
import { projectEntries } from './project-files.ts'

export type BackupStore = Pick<Store, 'listEditions' | 'currentEditions' | 'loadEdition' | 'loadTiles'>

/** What of the Werkstatt goes with the editions. */
export interface BackupWorkshop {
  readonly dataDir: string
  /** Undefined where there is no such folder. */
  readonly projectsDir: string | undefined
  /** Undefined where this login may not read who may sign in. */
  readonly database: Database | undefined
}

/** The bytes of the tar. `onContents` is told at the end what is in it. */
export async function * packArchive (store: BackupStore, vaultFolders: ReadonlyMap<string, string>, onContents: (contents: Contents) => void, workshop?: BackupWorkshop): AsyncGenerator<Buffer> {
  const checksums: Record<string, string> = {}
  const onChecksum = (name: string, checksum: string) => { checksums[name] = checksum }
  const editions: StoredEdition[] = []
  yield * packEntries([versionEntry(backupForm)], onChecksum)
  if (workshop?.projectsDir !== undefined) yield * packEntries(projectEntries(workshop.projectsDir, vaultFolders), onChecksum)
  if (workshop?.database) yield * packEntries(peopleEntries(workshop.database, workshop.dataDir), onChecksum)
  yield * packEntries(vaultEntries(vaultFolders), onChecksum)
  const shown = (await store.currentEditions()).map(({ atlas, audience, edition, previous, note }) => ({ atlas, audience, edition, previous, ...note && { note } }))
  yield * packEntries(editionEntries(store, edition => { editions.push(edition) }), onChecksum)
  const contents: Contents = { at: new Date().toISOString(), editions, shown, vaults: [...vaultFolders.keys()], checksums }
  yield * packEntries([contentsEntry(contents)], () => {})
  yield tarEnd()
  onContents(contents)
}

export interface Entry {
  readonly name: string
  readonly bytes: number
  readonly content: Iterable<Buffer> | AsyncIterable<Buffer>
}

export async function * packEntries (entries: Iterable<Entry> | AsyncIterable<Entry>, onChecksum: (name: string, checksum: string) => void): AsyncGenerator<Buffer> {
  for await (const { name, bytes, content } of entries) {
    const hash = createHash('sha256')
    yield tarHeader(name, bytes)
    let packed = 0
    for await (const part of content) {
      hash.update(part)
      packed += part.length
      yield part
    }
    if (packed !== bytes) throw new VaultError('backup-file-changed', { file: name })
    yield tarPadding(bytes)
    onChecksum(name, hash.digest('hex'))
  }
}

async function * vaultEntries (vaultFolders: ReadonlyMap<string, string>): AsyncGenerator<Entry> {
  for (const [atlas, folder] of vaultFolders) {
    for (const name of await listVaultFiles(folder)) {
      const source = path.join(folder, name)
      const { size } = await stat(source)
      yield { name: `vaults/${atlas}/${name}`, bytes: size, content: size === 0 ? [] : createReadStream(source, { end: size - 1 }) }
    }
  }
}

/** Editions in the order in which they were saved; the tiles of a geometry before the first edition that needs them. */
async function * editionEntries (store: BackupStore, onEdition: (edition: StoredEdition) => void): AsyncGenerator<Entry> {
  const written = new Set<string>()
  for (const { id, atlas, audience, state, publishedAt, withdrawal } of (await store.listEditions()).toReversed()) {
    const edition = await store.loadEdition(id)
    if (!edition) continue // a draft that was pruned meanwhile
    for (const { geometry } of edition.levels) {
      const tiles = written.has(geometry) ? undefined : await store.loadTiles(geometry)
      if (!tiles) continue
      written.add(geometry)
      yield tilesEntry(tiles)
    }
    yield editionEntry(edition)
    onEdition({ id, atlas, audience, state, publishedAt, withdrawal })
  }
}

export function versionEntry ({ signature, version }: ArchiveForm): Entry {
  return textEntry('version', `${signature} ${version}\n`)
}

export function contentsEntry (contents: object): Entry {
  return textEntry('contents.json', `${JSON.stringify(contents, null, 1)}\n`)
}

export function tilesEntry (tiles: GeometryTiles): Entry {
  const content = packTiles(tiles)
  return { name: `tiles/${tiles.geometry}`, bytes: content.reduce((sum, part) => sum + part.length, 0), content }
}

export function editionEntry (edition: Edition): Entry {
  return textEntry(`editions/${edition.id}.json`, canonicalText(edition))
}

function textEntry (name: string, text: string): Entry {
  const bytes = Buffer.from(text)
  return { name, bytes: bytes.length, content: [bytes] }
}
