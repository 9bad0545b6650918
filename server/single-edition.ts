import type { Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { EditionSource, PublicationNews } from './edition-source.ts'
import { prepareEdition } from './loaded-edition.ts'

/** A source of one edition that is current and in memory: for the audit of what a server would answer, and for a preview. */
export function singleEdition (edition: Edition, tiles: readonly GeometryTiles[], news?: PublicationNews): EditionSource {
  const loaded = prepareEdition(edition, new Map(), tiles)
  const isOwn = (atlasId: string) => atlasId === edition.atlas.id
  const findLevel = (atlasId: string, geometryId: string, levelId: string) => {
    const level = isOwn(atlasId) ? loaded.levels.get(levelId) : undefined
    return level?.level.geometry === geometryId ? level : undefined
  }
  return {
    isReady: () => true,
    status: () => ({ isReady: true, atlases: 1, resting: 0, kept: 1, older: 0, olderBytes: 0, readAt: null, pollFailures: 0 }),
    listAtlases: () => [edition.atlas.id],
    describeAtlases: async () => [edition.atlas],
    use: () => () => {},
    listCurrent: () => [loaded],
    findNews: atlasId => isOwn(atlasId) ? news : undefined,
    findCurrent: atlasId => isOwn(atlasId) ? loaded : undefined,
    listPublished: atlasId => isOwn(atlasId) ? [{ id: edition.id, publishedAt: null }] : [],
    findEdition: async (atlasId, editionId) => isOwn(atlasId) && editionId === edition.id ? loaded : undefined,
    findWithdrawn: () => undefined,
    findGeometry: async (atlasId, geometryId, levelId) => findLevel(atlasId, geometryId, levelId),
    findLoadedGeometry: findLevel,
    refresh: async () => {},
    close: async () => {},
  }
}
