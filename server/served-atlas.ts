import { findNews } from '../core/compare/news.ts'
import type { PublicationNews, PublishedEdition } from './edition-source.ts'
import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'

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
