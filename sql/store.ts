import type { Localised } from '../core/area.ts'
import type { AtlasFacts, Audience, Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { Database } from './connection.ts'
import { StoreError } from './errors.ts'
import { checkFreeSpace, estimateBytes } from './free-space.ts'
import type { EditionSummary } from './list.ts'
import { listEditions, pruneDrafts } from './list.ts'
import { loadAtlas, loadEdition } from './load.ts'
import { migrate, readSchemaVersion } from './migrate.ts'
import { openDatabase, type StoreOptions, type StoreRole } from './open.ts'
import type { AtlasState, Pointer, WithdrawnEdition } from './publish.ts'
import { listStates, publish, rollback } from './publish.ts'
import { saveEdition } from './save.ts'
import { hasTiles, loadTiles } from './tiles.ts'
import type { Withdrawal, WithdrawalRequest } from './withdraw.ts'
import { withdraw } from './withdraw.ts'

export type { AtlasState, EditionSummary, Pointer, Withdrawal, WithdrawalRequest, WithdrawnEdition }
export type { StoreOptions, StoreRole }
export { StoreError }

/**
 * Where editions are kept. It never holds anything but cleared editions; raw counts have no way in.
 * Every method may throw a `StoreError` (database away, disk full, not allowed).
 */
export interface Store {
  /** Creates or updates the tables; nothing to do on the embedded database, which is always up to date. */
  migrate (): Promise<void>
  /** Version of the tables; 0 where there are none. */
  schemaVersion (): Promise<number>
  /**
   * Stores an edition and the tiles of its geometries as a draft; what is there already is left alone.
   * Readers are not kept waiting, and see nothing of it before it is complete.
   */
  saveEdition (edition: Edition, tiles: readonly GeometryTiles[], onProgress?: (done: number, total: number) => void): Promise<void>
  /** Makes a stored edition the current one; the pointer moves last. @throws StoreError publish-unknown-edition, publish-withdrawn, publish-bad-note */
  publish (edition: string, note?: Localised): Promise<Pointer>
  /** Goes back to the edition that was current before. @throws StoreError publish-nothing-before */
  rollback (atlas: string, audience: Audience): Promise<Pointer>
  /**
   * Takes a published edition back for good; was it current, the pointer moves to the successor or else to the edition before.
   * @throws StoreError publish-unknown-edition, publish-not-published, publish-no-reason, publish-bad-successor
   */
  withdraw (edition: string, request: WithdrawalRequest): Promise<Withdrawal>
  /** Newest first. A server sees the published ones of its audience. */
  listEditions (atlas?: string): Promise<EditionSummary[]>
  /** What every atlas shows and took back. One small query, made to be asked every few seconds. */
  currentEditions (): Promise<AtlasState[]>
  /** The edition as it was saved, or `undefined`. @throws StoreError publish-edition-damaged */
  loadEdition (edition: string): Promise<Edition | undefined>
  /** Which atlas an edition is of, without its figures, or `undefined`. */
  loadAtlas (edition: string): Promise<AtlasFacts | undefined>
  /** Whether tiles are stored for all these zooms, in the format of this program. */
  hasTiles (geometry: string, minZoom: number, maxZoom: number): Promise<boolean>
  loadTiles (geometry: string): Promise<GeometryTiles | undefined>
  /** Deletes drafts older than this (default 7 days) and unfinished writes older than one; returns the ids of the drafts. */
  pruneDrafts (olderThanDays?: number): Promise<string[]>
  /** An embedded database ends with its last user. */
  close (): Promise<void>
}

/** Opens the store: see `openDatabase`. */
export async function openStore (options: StoreOptions): Promise<Store> {
  return toStore(await openDatabase(options), options)
}

function toStore (database: Database, { dataDir, role, audience = 'public' }: StoreOptions): Store {
  const visibility = role === 'server' ? 'published' : 'stored'
  const only = role === 'server' ? audience : undefined
  return {
    migrate: () => migrate(database),
    schemaVersion: () => readSchemaVersion(database),
    async saveEdition (edition, tiles, onProgress) {
      if (database.engine === 'embedded') await checkFreeSpace(dataDir, estimateBytes(edition, tiles))
      await saveEdition(database, edition, tiles, onProgress)
    },
    publish: (edition, note) => publish(database, edition, note),
    rollback: (atlas, of) => rollback(database, atlas, of),
    withdraw: (edition, request) => withdraw(database, edition, request),
    listEditions: atlas => listEditions(database, visibility, { atlas, audience: only }),
    currentEditions: () => listStates(database, visibility, only),
    loadEdition: edition => loadEdition(database, edition, visibility, only),
    loadAtlas: edition => loadAtlas(database, edition, visibility, only),
    hasTiles: (geometry, minZoom, maxZoom) => hasTiles(database, geometry, minZoom, maxZoom),
    loadTiles: geometry => loadTiles(database, geometry, visibility),
    pruneDrafts: olderThanDays => pruneDrafts(database, olderThanDays),
    close: () => database.close(),
  }
}
