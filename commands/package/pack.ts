import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Edition } from '../../core/edition.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { tarEnd } from '../../pipeline/vault/tar.ts'
import { writeVaultFile } from '../../pipeline/vault/write-file.ts'
import type { Store } from '../../sql/store.ts'
import { contentsEntry, editionEntry, packEntries, tilesEntry, versionEntry, type Entry } from '../archive/pack.ts'
import { exists } from '../archive/exists.ts'
import { packageForm, type PackageContents } from './contents.ts'

export type PackStore = Pick<Store, 'listEditions' | 'currentEditions' | 'loadTiles'>

/**
 * Writes a published edition into one new file. A draft is not packed: only publishing enters its figures in the ledger, and what
 * another machine shows must be in there.
 */
export async function pack (store: PackStore, edition: Edition, file: string): Promise<Problem[]> {
  if (await exists(file)) return [problem('package-exists', { file })]
  const { id, atlas, audience } = edition
  const found = (await store.listEditions(atlas.id)).find(one => one.id === id)
  if (found === undefined || found.publishedAt === null || found.state === 'withdrawn') return [problem('package-not-published', {}, { edition: id })]
  const withdrawn = (await store.currentEditions()).find(state => state.atlas === atlas.id && state.audience === audience)?.withdrawn ?? []
  const facts = { at: new Date().toISOString(), atlas: atlas.id, audience, edition: id, publishedAt: found.publishedAt, withdrawn }
  await writeVaultFile(path.resolve(file), unfinished => pipeline(packageParts(store, edition, facts), createGzip(), createWriteStream(unfinished, { mode: 0o600 })))
  return [problem('package-written', { file }, { edition: id, kilobytes: Math.ceil((await stat(file)).size / 1000) })]
}

async function * packageParts (store: PackStore, edition: Edition, facts: Omit<PackageContents, 'checksums'>): AsyncGenerator<Buffer> {
  const checksums: Record<string, string> = {}
  yield * packEntries(entriesOf(store, edition), (name, checksum) => { checksums[name] = checksum })
  yield * packEntries([contentsEntry({ ...facts, checksums } satisfies PackageContents)], () => {})
  yield tarEnd()
}

async function * entriesOf (store: PackStore, edition: Edition): AsyncGenerator<Entry> {
  yield versionEntry(packageForm)
  for (const { id } of edition.geometries) {
    const tiles = await store.loadTiles(id)
    if (tiles) yield tilesEntry(tiles)
  }
  yield editionEntry(edition)
}
