import type { FastifyBaseLogger } from 'fastify'
import type { Audience } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { EditionPointer, EditionSource, EditionStatus, EditionStore, PublicationNews, PublishedEdition, WithdrawnEdition } from './edition-source.ts'
import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'
import type { TileSet } from './tile-set.ts'
import { byCodeUnit } from '../core/period.ts'
import { ByteCache } from './byte-cache.ts'
import { readEditionFiles, type KeptEdition } from './edition-file.ts'
import { errors } from './errors.ts'
import { reportFailure } from './failure.ts'
import { KeptFiles } from './kept-files.ts'
import { prepareEdition } from './loaded-edition.ts'
import { editionsOf, levelWith, toServed, type ServedAtlas } from './served-atlas.ts'
import { UnknownIds } from './unknown-ids.ts'
import { Withdrawals } from './withdrawals.ts'

export interface EditionSourceOptions {
  readonly store: EditionStore
  readonly audience: Audience
  /** Folder of the files for a start without the store; null keeps none. */
  readonly cacheFolder: string | null
  /** How much memory editions may take that are neither current nor previous. */
  readonly oldEditionBytes: number
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn'>
  /** Defaults to 3 seconds; 0 never polls. */
  readonly pollSeconds?: number
}

/**
 * Loads the current editions and keeps them current. Where the store cannot be reached it serves
 * what the last run kept in its files, and goes on asking.
 */
export async function openEditions (options: EditionSourceOptions): Promise<EditionSource> {
  const kept = options.cacheFolder === null ? [] : await readEditionFiles(options.cacheFolder, options.audience)
  const editions = new Editions(options, kept)
  await editions.start()
  return editions
}

/** So many older editions are looked through for boundaries; a town publishes a few a year. */
const searchedEditions = 20

/** How long the first look at the pointers may take where kept files can be served instead. */
const startPatienceSeconds = 10

class Editions implements EditionSource {
  readonly #options: EditionSourceOptions
  /** By edition id: with these a second start loads nothing but pointers. Empty once the store has answered. */
  readonly #kept: Map<string, KeptEdition>
  readonly #older: ByteCache<LoadedEdition>
  readonly #unknown = new UnknownIds()
  /** Replaced as a whole, so that a request sees one state. */
  #served: ReadonlyMap<string, ServedAtlas> = new Map()
  #withdrawn = new Withdrawals([])
  /** Undefined before the pointers were read for the first time. */
  #expected: readonly string[] | undefined
  readonly #files: KeptFiles
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #isStoreAway = false
  #readAt: number | null = null
  #pollFailures = 0

  constructor (options: EditionSourceOptions, kept: readonly KeptEdition[]) {
    this.#options = options
    this.#kept = new Map(kept.map(entry => [entry.edition.id, entry]))
    this.#files = new KeptFiles(options, kept)
    this.#older = new ByteCache({ limitBytes: options.oldEditionBytes, sizeOf: ({ sizeBytes }) => sizeBytes })
  }

  async start (): Promise<void> {
    const kept = [...this.#kept.values()]
    if (kept.length > 0) {
      this.#served = new Map(kept.map(({ edition, tiles }) => [edition.atlas.id, toServed(prepareEdition(edition, new Map(), tiles))]))
      this.#expected = [...this.#served.keys()]
    }
    await (kept.length > 0 ? withPatience(this.#poll(), startPatienceSeconds) : this.#poll())
    this.#schedule()
  }

  isReady (): boolean {
    return this.#expected !== undefined && this.#expected.every(atlasId => this.#served.has(atlasId))
  }

  status (): EditionStatus {
    return {
      isReady: this.isReady(),
      atlases: this.#served.size,
      kept: [...this.#served.values()].flatMap(editionsOf).length,
      older: this.#older.values().length,
      olderBytes: this.#older.sizeBytes,
      readAt: this.#readAt,
      pollFailures: this.#pollFailures,
    }
  }

  listCurrent (): readonly LoadedEdition[] {
    return [...this.#served.values()].map(({ current }) => current)
  }

  findNews (atlasId: string): PublicationNews | undefined {
    return this.#served.get(atlasId)?.news
  }

  findCurrent (atlasId: string): LoadedEdition | undefined {
    return this.#served.get(atlasId)?.current
  }

  listPublished (atlasId: string): readonly PublishedEdition[] {
    return this.#served.get(atlasId)?.published.filter(({ id }) => !this.#withdrawn.has(id)) ?? []
  }

  findWithdrawn (atlasId: string, editionId?: string): WithdrawnEdition | undefined {
    const current = this.#served.get(atlasId)?.current.edition.id ?? null
    const isComing = this.#expected?.includes(atlasId) ?? true
    if (editionId === undefined && (current !== null || isComing)) return undefined
    return this.#withdrawn.find(atlasId, editionId, current)
  }

  async findEdition (atlasId: string, editionId: string): Promise<LoadedEdition | undefined> {
    if (this.#withdrawn.has(editionId)) return undefined
    const inMemory = this.#findInMemory(atlasId, editionId)
    if (inMemory) return inMemory
    if (this.#unknown.has(editionId)) return undefined
    try {
      const found = await this.#older.get(editionId, async () => await this.#load(editionId))
      if (!this.#withdrawn.has(editionId)) return found.edition.atlas.id === atlasId ? found : undefined
      this.#older.delete(editionId) // withdrawn while it was loaded
      return undefined
    } catch (reason) {
      if (!(reason instanceof UnknownEdition)) throw errors.storeAway()
      this.#unknown.add(editionId)
      return undefined
    }
  }

  findLoadedGeometry (atlasId: string, geometryId: string, levelId: string): LoadedLevel | undefined {
    return levelWith(editionsOf(this.#served.get(atlasId)), geometryId, levelId) ??
      levelWith(this.#older.values().filter(({ edition }) => edition.atlas.id === atlasId), geometryId, levelId)
  }

  async findGeometry (atlasId: string, geometryId: string, levelId: string): Promise<LoadedLevel | undefined> {
    const inMemory = this.findLoadedGeometry(atlasId, geometryId, levelId)
    if (inMemory || this.#unknown.has(`${geometryId}/${levelId}`)) return inMemory
    const candidates = this.listPublished(atlasId).filter(({ geometries }) => geometries?.includes(geometryId) ?? true)
    for (const { id } of candidates.slice(0, searchedEditions)) {
      const edition = await this.findEdition(atlasId, id)
      const level = edition && levelWith([edition], geometryId, levelId)
      if (level) return level
    }
    this.#unknown.add(`${geometryId}/${levelId}`)
    return undefined
  }

  async refresh (): Promise<void> {
    const pointers = await this.#options.store.currentEditions()
    const news = this.#takeBack(pointers)
    const next = new Map<string, ServedAtlas>()
    for (const pointer of pointers.toSorted((a, b) => byCodeUnit(a.atlas, b.atlas))) {
      const atlas = await this.#follow(pointer, news.has(pointer.atlas))
      if (atlas) next.set(pointer.atlas, atlas)
    }
    const shown = pointers.filter(({ edition }) => edition !== null).map(({ atlas }) => atlas)
    for (const atlasId of this.#served.keys()) if (!shown.includes(atlasId)) this.#files.forget(atlasId)
    this.#served = next
    this.#expected = shown
    this.#readAt = Date.now()
    this.#kept.clear()
  }

  /**
   * Lets go at once of what was withdrawn, before anything is loaded that could take long or fail.
   * @returns ids of the atlases that withdrew something since the last time
   */
  #takeBack (pointers: readonly EditionPointer[]): Set<string> {
    const after = new Withdrawals(pointers)
    const news = after.newsSince(this.#withdrawn)
    this.#withdrawn = after
    if (news.size === 0) return news
    for (const id of after.listIds()) {
      this.#older.delete(id)
      this.#kept.delete(id)
    }
    const served = new Map<string, ServedAtlas>()
    for (const [atlasId, atlas] of this.#served) {
      const next = pointers.find(({ atlas }) => atlas === atlasId)?.edition
      const left = editionsOf(atlas).filter(({ edition }) => !this.#withdrawn.has(edition.id))
      // Its file goes first: should the new one not get written, a start without the store must not show it.
      if (!left.includes(atlas.current)) this.#files.forget(atlasId)
      if (left.includes(atlas.current)) served.set(atlasId, { ...atlas, previous: left[1] ?? null, news: { ...atlas.news, changes: left[1] ? atlas.news.changes : null } })
      else if (left[0]?.edition.id === next) served.set(atlasId, { ...atlas, current: left[0]!, previous: null, news: { note: null, changes: null } })
    }
    this.#served = served
    return news
  }

  async close (): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#files.settle()
  }

  /** What is served for a pointer from now on; what was served before where the new one cannot be had. */
  async #follow ({ atlas, edition, previous, note = null }: EditionPointer, hasNews: boolean): Promise<ServedAtlas | undefined> {
    const before = this.#served.get(atlas)
    if (edition === null) return undefined
    if (!hasNews && before?.current.edition.id === edition && (before.previous?.edition.id ?? null) === previous && isSame(before.news.note, note)) return before
    try {
      const current = this.#findInMemory(atlas, edition) ?? await this.#load(edition)
      if (before?.current.edition.id !== edition) this.#options.logger.info({ atlas, edition }, 'edition is current')
      this.#files.keep(current)
      // Comfort only: where it cannot be had it is loaded on demand.
      const last = previous === null ? null : this.#findInMemory(atlas, previous) ?? await this.#load(previous).catch(() => null)
      const published = await this.#options.store.listEditions(atlas).catch(() => [])
      return toServed(current, last, published, note)
    } catch (reason) {
      reportFailure(this.#options.logger, 'ATLAS_EDITION_UNREADABLE', 'the current edition cannot be loaded', reason)
      return before
    }
  }

  /** @throws UnknownEdition, or whatever the store throws */
  async #load (editionId: string): Promise<LoadedEdition> {
    const { store, audience } = this.#options
    const kept = this.#kept.get(editionId)
    const edition = kept?.edition ?? await store.loadEdition(editionId)
    // The role of the database sees its own audience only; this is a second lock on the same door.
    if (!edition || edition.id !== editionId || edition.audience !== audience) throw new UnknownEdition()
    const tileSets = this.#tileSetsInMemory()
    const fresh: GeometryTiles[] = [...kept?.tiles ?? []]
    const missing = new Set(edition.levels.map(({ geometry }) => geometry).filter(id => !tileSets.has(id) && !fresh.some(({ geometry }) => geometry === id)))
    for (const geometryId of missing) {
      const tiles = await store.loadTiles(geometryId)
      if (tiles) fresh.push(tiles)
    }
    return prepareEdition(edition, tileSets, fresh)
  }

  #findInMemory (atlasId: string, editionId: string): LoadedEdition | undefined {
    const served = editionsOf(this.#served.get(atlasId)).find(({ edition }) => edition.id === editionId)
    if (served) return served
    const older = this.#older.find(editionId)
    return older?.edition.atlas.id === atlasId ? older : undefined
  }

  #tileSetsInMemory (): Map<string, TileSet> {
    const editions = [...[...this.#served.values()].flatMap(editionsOf), ...this.#older.values()]
    return new Map(editions.flatMap(({ levels }) => [...levels.values()].map(({ tileSet }) => [tileSet.geometry, tileSet] as const)))
  }

  async #poll (): Promise<void> {
    try {
      await this.refresh()
      if (this.#isStoreAway) this.#options.logger.info('the store answers again')
      this.#isStoreAway = false
    } catch (reason) {
      this.#pollFailures++
      if (!this.#isStoreAway) reportFailure(this.#options.logger, 'ATLAS_STORE_AWAY', 'the store does not answer; what is in memory is served', reason)
      this.#isStoreAway = true
    }
  }

  #schedule (): void {
    const { pollSeconds = 3 } = this.#options
    if (this.#isClosed || pollSeconds === 0) return
    this.#timer = setTimeout(() => {
      this.#poll().then(() => this.#schedule(), () => undefined)
    }, pollSeconds * 1000).unref()
  }
}

function isSame (before: PublicationNews['note'], now: PublicationNews['note']): boolean {
  return before?.de === now?.de && before?.en === now?.en
}

/** Inside this file only: what is unknown must not be kept like an edition. */
class UnknownEdition extends Error {
  override readonly name = 'UnknownEdition'
}

/** Waits, but not for ever; the work goes on in the background. */
async function withPatience (work: Promise<void>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<void>(resolve => {
    timer = setTimeout(resolve, seconds * 1000)
  })
  await Promise.race([work, deadline]).finally(() => clearTimeout(timer))
}
