import type { Edition } from '../../core/edition.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { backupFaults } from '../../core/text/commands.ts'
import type { GeometryTiles } from '../../core/tile.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { checkVault } from '../../pipeline/vault/vault-files.ts'
import type { Database } from '../../sql/connection.ts'
import { hasPeople, mayDump } from '../../sql/dump.ts'
import { restoreDates } from '../../sql/restore-dates.ts'
import type { Store } from '../../sql/store.ts'
import { checkArchive, type RestorePlaces } from './check-archive.ts'
import type { Contents } from './contents.ts'
import { exists } from './exists.ts'
import { collectPeople } from './people.ts'
import { createProjectPlace } from './project-place.ts'
import { unpackTiles } from './packed-tiles.ts'
import { collect, drain, readArchive } from './read-archive.ts'
import { showAgain } from './show-again.ts'
import { asUnreadable, unreadable } from './unreadable.ts'
import { createVaultPlaces } from './vault-places.ts'

export type RestoreStore = Pick<Store, 'listEditions' | 'saveEdition' | 'publish' | 'rollback' | 'withdraw' | 'pruneDrafts'>

export interface RestoreOptions {
  readonly store: RestoreStore
  readonly file: string
  /** Where the vault of an atlas is to lie that did not lie among the projects. */
  readonly vaultFolderOf: (atlas: string) => string
  readonly projectsDir: string
  readonly dataDir: string
  readonly database: Database
}

export interface Restored {
  /** Where the vaults lie now, by atlas. */
  readonly vaultFolders: ReadonlyMap<string, string>
  readonly problems: readonly Problem[]
}

/**
 * Puts a backup back on an empty machine. The whole file is read and checked before anything is
 * stored: every checksum, the id of every edition, the ledger and secret of every vault. Where it
 * fails, nothing is left behind.
 *
 * @throws VaultError backup-store-not-empty, backup-vault-not-empty, backup-projects-not-empty, backup-people-…, backup-unreadable, backup-version
 */
export async function restore ({ store, file, vaultFolderOf, projectsDir, dataDir, database }: RestoreOptions): Promise<Restored> {
  const { length: count } = await store.listEditions()
  if (count > 0) throw new VaultError('backup-store-not-empty', { file }, { count })
  if (!await exists(file)) throw unreadable('backup', file, backupFaults.absent)
  const projects = createProjectPlace(file, projectsDir)
  const vaults = createVaultPlaces(file, atlas => projects.vaultFolderOf(atlas) ?? vaultFolderOf(atlas))
  const people = collectPeople()
  const contents = await prepare({ store, file, database, dataDir }, { vaults, projects, people })
  await showAgain(store, contents)
  await restoreDates(database, contents.editions)
  const facts = { at: contents.at, editions: contents.editions.length, vaults: contents.vaults.length }
  return {
    vaultFolders: new Map([...vaults.places].map(([atlas, { folder }]) => [atlas, folder])),
    problems: [problem('backup-restored', { file }, facts)],
  }
}

/** Everything in its place, and nothing published yet. */
async function prepare ({ store, file, database, dataDir }: Pick<RestoreOptions, 'store' | 'file' | 'database' | 'dataDir'>, places: RestorePlaces): Promise<Contents> {
  const { vaults, projects, people } = places
  let hasDrafts = false
  try {
    const contents = await checkArchive(file, places)
    for (const [atlas, { unfinished }] of vaults.places) await asUnreadable('backup', file, () => checkVault(unfinished, atlas))
    if (people.hasAny() && !await mayDump(database)) throw new VaultError('backup-people-refused', { file })
    if (people.hasAny() && await hasPeople(database)) throw new VaultError('backup-people-not-empty', { file })
    hasDrafts = true
    await saveEditions(store, file)
    if (people.hasAny()) await people.settle(database, dataDir)
    await projects.settle()
    await vaults.settle()
    return contents
  } catch (error) {
    // Only drafts can be there, because nothing was.
    if (hasDrafts) await store.pruneDrafts(0).catch(() => {})
    await vaults.discard()
    await projects.discard()
    throw error
  }
}

/** Second reading: editions and tiles as drafts. */
async function saveEditions (store: RestoreStore, file: string): Promise<void> {
  let tiles: GeometryTiles[] = []
  await readArchive(file, 'backup', async ({ name, content }) => {
    const [kind] = name.split('/')
    if (kind === 'tiles') {
      tiles.push(unpackTiles(await collect(content)))
    } else if (kind === 'editions') {
      await store.saveEdition(JSON.parse((await collect(content)).toString('utf8')) as Edition, tiles)
      tiles = []
    } else {
      await drain(content)
    }
  })
}
