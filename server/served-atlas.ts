import { findNews } from '../core/compare/news.ts'
import type { PublicationNews, PublishedEdition } from './edition-source.ts'
import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'
import type { TileSet } from './tile-set.ts'

/** What an atlas shows: in memory, replaced as a whole. */
export interface ServedAtlas {
  readonly current: LoadedEdition
  readonly previous: LoadedEdition | null
  readonly published: readonly PublishedEdition[]
  readonly news: PublicationNews
}

/** The current edition is listed also where the list could not be read. */
export function toServed (
  current: LoadedEdition, previous: LoadedEdition | null = null, listed: readonly PublishedEdition[] = [], note: PublicationNews['note'] = null,
): ServedAtlas {
  const published = listed.some(({ id }) => id === current.edition.id) ? listed : [{ id: current.edition.id, publishedAt: null }, ...listed]
  const news = { note, changes: previous && findNews(previous.edition, current.edition) }
  return { current, previous, news, published: published.map(({ id, publishedAt, geometries }) => ({ id, publishedAt, ...geometries && { geometries } })) }
}

export function editionsOf (atlas: ServedAtlas | undefined): LoadedEdition[] {
  return atlas ? [atlas.current, ...atlas.previous ? [atlas.previous] : []] : []
}

export function levelWith (editions: readonly LoadedEdition[], geometryId: string, levelId: string): LoadedLevel | undefined {
  for (const { levels } of editions) {
    const level = levels.get(levelId)
    if (level?.tileSet.geometry === geometryId) return level
  }
  return undefined
}

/** What is left of an atlas after withdrawals, where that is still what it shows. */
export function withoutWithdrawn (atlas: ServedAtlas, isWithdrawn: (editionId: string) => boolean, current: string | null | undefined): ServedAtlas | undefined {
  const left = editionsOf(atlas).filter(({ edition }) => !isWithdrawn(edition.id))
  if (left.includes(atlas.current)) return { ...atlas, previous: left[1] ?? null, news: { ...atlas.news, changes: left[1] ? atlas.news.changes : null } }
  return left[0]?.edition.id === current ? { ...atlas, current: left[0]!, previous: null, news: { note: null, changes: null } } : undefined
}

export function isSameNote (before: PublicationNews['note'], now: PublicationNews['note']): boolean {
  return before?.de === now?.de && before?.en === now?.en
}

/** Tile sets in memory by geometry id. */
export function tileSetsOf (editions: readonly LoadedEdition[]): Map<string, TileSet> {
  return new Map(editions.flatMap(({ levels }) => [...levels.values()].map(({ tileSet }) => [tileSet.geometry, tileSet] as const)))
}
