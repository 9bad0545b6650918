import type { Audience } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { EditionStore } from './edition-source.ts'
import type { KeptFiles } from './kept-files.ts'
import type { TileSet } from './tile-set.ts'
import { prepareEdition, type LoadedEdition } from './loaded-edition.ts'

export interface LoadOptions {
  readonly store: Pick<EditionStore, 'loadEdition' | 'loadTiles'>
  readonly audience: Audience
  readonly files: Pick<KeptFiles, 'read'>
  /** By geometry id: mostly a new edition has the old boundaries. */
  readonly tileSets: ReadonlyMap<string, TileSet>
}

/**
 * An edition from its file, else from the store.
 * @throws UnknownEdition, or whatever the store throws
 */
export async function loadEdition (atlasId: string, editionId: string, { store, audience, files, tileSets }: LoadOptions): Promise<LoadedEdition> {
  const kept = await files.read(atlasId, editionId)
  const edition = kept?.edition ?? await store.loadEdition(editionId)
  // The role of the database sees its own audience only; this is a second lock on the same door.
  if (!edition || edition.id !== editionId || edition.audience !== audience) throw new UnknownEdition()
  const fresh: GeometryTiles[] = [...kept?.tiles ?? []]
  const missing = new Set(edition.levels.map(({ geometry }) => geometry).filter(id => !tileSets.has(id) && !fresh.some(({ geometry }) => geometry === id)))
  for (const geometryId of missing) {
    const tiles = await store.loadTiles(geometryId)
    if (tiles) fresh.push(tiles)
  }
  return prepareEdition(edition, tileSets, fresh)
}

/** What is unknown must not be kept like an edition. */
export class UnknownEdition extends Error {
  override readonly name = 'UnknownEdition'
}
