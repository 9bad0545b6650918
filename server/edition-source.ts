import type { Localised } from '../core/area.ts'
import type { EditionNews } from '../core/compare/news.ts'
import type { AtlasFacts, Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'

/** What the server needs of the store; `sql/` offers it, and so does a few lines of a test. */
export interface EditionStore {
  /** What every atlas shows to this audience, and what it took back. */
  readonly currentEditions: () => Promise<readonly EditionPointer[]>
  /** A published edition of this audience, or undefined. */
  readonly loadEdition: (editionId: string) => Promise<Edition | undefined>
  /** Which atlas a published edition is of, without its figures and boundaries, or undefined. */
  readonly loadAtlas: (editionId: string) => Promise<AtlasFacts | undefined>
  readonly loadTiles: (geometryId: string) => Promise<GeometryTiles | undefined>
  /** Published editions of an atlas, the newest first. */
  readonly listEditions: (atlasId: string) => Promise<readonly PublishedEdition[]>
}

export interface EditionPointer {
  readonly atlas: string
  /** Null where everything that could be shown was withdrawn. */
  readonly edition: string | null
  /** The edition that was current before; null where there is none. */
  readonly previous: string | null
  /** In the order of withdrawing; absent where nothing was. */
  readonly withdrawn?: readonly WithdrawnEdition[]
  /** What was said when the edition was published. */
  readonly note?: Localised | null
}

/** What the readers of a withdrawn edition are told. */
export interface WithdrawnEdition {
  readonly edition: string
  readonly reason: string
  /** Edition id; null where nothing took its place. */
  readonly successor: string | null
}

/** That an edition exists; what `api/v1/editions` lists. */
export interface PublishedEdition {
  readonly id: string
  /** UTC, `2025-02-03T10:20:30Z`; null where it is not known. */
  readonly publishedAt: string | null
  /** Ids of its geometries; without them the edition itself is asked. */
  readonly geometries?: readonly string[]
}

/** How a source is doing, for whoever watches the process. */
export interface EditionStatus {
  readonly isReady: boolean
  /** Atlases with a current edition in memory. */
  readonly atlases: number
  /** Atlases that are loaded when somebody asks for them. */
  readonly resting: number
  /** Current and previous editions in memory. */
  readonly kept: number
  /** Others in memory, because somebody asked for them, and their bytes. */
  readonly older: number
  readonly olderBytes: number
  /** When the pointers were last read, in milliseconds since 1970; null where they never were. */
  readonly readAt: number | null
  /** How often that failed since the start. */
  readonly pollFailures: number
}

/** What readers are told beside a new edition. */
export interface PublicationNews {
  /** In the words of whoever published it; null where nothing was said. */
  readonly note: Localised | null
  /** What is different from the edition before; null where there is none. */
  readonly changes: EditionNews | null
}

/**
 * The editions of all atlases on this server; what requests ask. What is answered at once is in memory, and of an
 * atlas only while it is used: on an installation of many, those that nobody looks at rest in the store.
 */
export interface EditionSource {
  /** Whether every atlas that has a current edition can be served, at rest or not. An older one counts while the new one loads. */
  readonly isReady: () => boolean
  readonly status: () => EditionStatus
  /** Ids of the atlases that show something, in code-unit order. */
  readonly listAtlases: () => readonly string[]
  /** The same as their current editions say; without what cannot be had now. */
  readonly describeAtlases: () => Promise<ReadonlyArray<AtlasFacts>>
  /**
   * Has the atlas in memory until the function it returns is called, which may be called again. An unknown one needs nothing.
   * @throws errors.storeAway where it is at rest and cannot be woken
   */
  readonly use: (atlasId: string) => (() => void) | Promise<() => void>
  /** Current editions in memory by atlas id in code-unit order. */
  readonly listCurrent: () => readonly LoadedEdition[]
  readonly findCurrent: (atlasId: string) => LoadedEdition | undefined
  /** What is new in the current edition. */
  readonly findNews: (atlasId: string) => PublicationNews | undefined
  /** Every edition that can be asked for, the newest first; the current one alone after a start without the store. */
  readonly listPublished: (atlasId: string) => readonly PublishedEdition[]
  /**
   * An edition of an atlas, from the store where it is not in memory. Unknown, withdrawn, draft and
   * foreign editions are all undefined.
   * @throws errors.storeAway where the store would know but cannot be asked
   */
  readonly findEdition: (atlasId: string, editionId: string) => Promise<LoadedEdition | undefined>
  /**
   * What to say of an edition that was withdrawn, with a successor that was not; undefined for every other. Without an id
   * that of the last one, where the atlas shows nothing for that reason.
   */
  readonly findWithdrawn: (atlasId: string, editionId?: string) => WithdrawnEdition | undefined
  /**
   * A level with boundaries of this hash, in memory or in an older edition, or undefined.
   * @throws errors.storeAway as `findEdition`
   */
  readonly findGeometry: (atlasId: string, geometryId: string, levelId: string) => Promise<LoadedLevel | undefined>
  /** The same for what is in memory. */
  readonly findLoadedGeometry: (atlasId: string, geometryId: string, levelId: string) => LoadedLevel | undefined
  /** Reads the pointers now instead of at the next poll, and switches. */
  readonly refresh: () => Promise<void>
  /** Ends polling; waits for files that are being written. */
  readonly close: () => Promise<void>
}
