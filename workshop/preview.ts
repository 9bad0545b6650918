import type { FastifyInstance } from 'fastify'
import { findNews } from '../core/compare/news.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { buildApp } from '../server/app.ts'
import type { Assets } from '../server/assets.ts'
import { ByteCache } from '../server/byte-cache.ts'
import { parseConfig } from '../server/config.ts'
import { singleEdition } from '../server/single-edition.ts'
import type { Database } from '../sql/connection.ts'
import type { EditionSummary } from '../sql/list.ts'
import { loadTiles } from '../sql/tiles.ts'
import type { EditionShelf } from './edition-shelf.ts'

/** Drafts as the public pages would show them: the server itself, with one edition, that listens nowhere. */
export interface Previews {
  readonly open: (draft: PreviewedDraft) => Promise<FastifyInstance>
}

export interface PreviewedDraft {
  readonly draft: EditionSummary
  /** What it would take the place of. */
  readonly current: EditionSummary | undefined
  /** Where all its pages live: `https://town.example/werkstatt/town/entwurf/e0123456789ab`. */
  readonly url: string
  /** Link to the overview of the atlas. */
  readonly back: string
}

/** So many are looked at, at once; each may keep an edition and as many finished pages and tiles as a server. */
const keptPreviews = 4

export function openPreviews ({ database, editions, assets }: { readonly database: Database, readonly editions: EditionShelf, readonly assets: Assets }): Previews {
  const kept = new ByteCache<FastifyInstance>({ limitBytes: keptPreviews, sizeOf: () => 1 })
  return {
    open: async ({ draft, current, url, back }) => await kept.get(`${url} ${current?.id ?? ''}`, async () => {
      const edition = await editions.load(draft)
      const before = current && await editions.load(current)
      return await buildApp({
        editions: singleEdition(edition, await loadAllTiles(database, edition.geometries.map(({ id }) => id)), { note: null, changes: before ? findNews(before, edition) : null }),
        config: { ...parseConfig({}), publicUrl: url, audience: draft.audience },
        assets,
        draft: { edition: draft.id, back },
      })
    }),
  }
}

async function loadAllTiles (database: Database, geometries: readonly string[]): Promise<GeometryTiles[]> {
  const tiles: GeometryTiles[] = []
  for (const id of geometries) {
    const found = await loadTiles(database, id, 'stored')
    if (found) tiles.push(found)
  }
  return tiles
}
