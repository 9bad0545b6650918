import type { FastifyBaseLogger } from 'fastify'
import type { AtlasFacts, Audience } from '../core/edition.ts'
import type { EditionPointer, EditionSource, EditionStatus, EditionStore, PublicationNews, PublishedEdition, WithdrawnEdition } from './edition-source.ts'
import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'
import { byCodeUnit } from '../core/period.ts'
import { AtlasDescriptions } from './atlas-descriptions.ts'
import { ByteCache } from './byte-cache.ts'
import { errors } from './errors.ts'
import { reportFailure } from './failure.ts'
import { KeptFiles } from './kept-files.ts'
import { loadEdition, UnknownEdition } from './load-edition.ts'
import { Poll } from './poll.ts'
import { isShown, type ShownPointer } from './shown-pointer.ts'
import { editionsOf, isSameNote, levelWith, tileSetsOf, toServed, withoutWithdrawn, type ServedAtlas } from './served-atlas.ts'
import { ServedAtlases } from './served-atlases.ts'
import { UnknownIds } from './unknown-ids.ts'
import { Withdrawals } from './withdrawals.ts'

export interface EditionSourceOptions {
  readonly store: EditionStore
  readonly audience: Audience
  /** Folder of the files for a start without the store; null keeps none. */
  readonly cacheFolder: string | null
  /** How much memory editions may take that are neither current nor previous. */
  readonly oldEditionBytes: number
  /** How much memory the current and previous editions of all atlases may take before some of them rest; defaults to no limit. */
  readonly currentEditionBytes?: number
  /** For so long a start loads atlases that nobody asked for yet; the others are loaded on first use. Defaults to 5 seconds. */
  readonly eagerSeconds?: number
  readonly logger: Pick<FastifyBaseLogger, 'info' | 'warn'>
  /** Defaults to 3 seconds; 0 never polls. */
  readonly pollSeconds?: number
}

/**
 * Loads the current editions and keeps them current. Where the store cannot be reached it serves
 * what the last run kept in its files, and goes on asking.
 */
export async function openEditions (options: EditionSourceOptions): Promise<EditionSource> {
  const editions = new Editions(options, await KeptFiles.open(options))
  await editions.start()
  return editions
}

/** So many older editions are looked through for boundaries; a town publishes a few a year. */
const searchedEditions = 20

/** How long the first look at the pointers may take where kept files can be served instead. */
const startPatienceSeconds = 10

/** How long an atlas that could not be woken is left alone. */
const wakePauseMilliseconds = 3000

const defaultEagerSeconds = 5

class Editions implements EditionSource {
  readonly #options: EditionSourceOptions
  readonly #older: ByteCache<LoadedEdition>
  readonly #unknown = new UnknownIds()
  readonly #files: KeptFiles
  /** In memory; the other atlases rest. */
  readonly #served: ServedAtlases
  /** Of every atlas that shows something, by its id; undefined before they were read for the first time. */
  #pointers: ReadonlyMap<string, ShownPointer> | undefined
  /** Ids of atlases of which nothing could be loaded the last time. */
  readonly #failed = new Set<string>()
  readonly #waking = new Map<string, Promise<void>>()
  /** When waking an atlas failed, in milliseconds since 1970, by its id. */
  readonly #wakeFailures = new Map<string, number>()
  readonly #descriptions: AtlasDescriptions
  #withdrawn = new Withdrawals([])
  readonly #poll: Poll

  constructor (options: EditionSourceOptions, files: KeptFiles) {
    this.#options = options
    this.#files = files
    this.#served = new ServedAtlases(options.currentEditionBytes ?? Infinity)
    this.#descriptions = new AtlasDescriptions(options.store, files)
    this.#poll = new Poll(async () => await this.#refresh(), options.logger)
    this.#older = new ByteCache({ limitBytes: options.oldEditionBytes, sizeOf: ({ sizeBytes }) => sizeBytes })
  }

  async start (): Promise<void> {
    const kept = [...this.#files.list()].map(([atlas, edition]) => ({ atlas, edition, previous: null }))
    if (kept.length > 0) {
      this.#pointers = new Map(kept.map(pointer => [pointer.atlas, pointer]))
      await this.#loadSome(kept)
    }
    await (kept.length > 0 ? this.#poll.attemptFor(startPatienceSeconds) : this.#poll.attempt())
    this.#poll.every(this.#options.pollSeconds ?? 3)
  }

  isReady (): boolean {
    return this.#pointers !== undefined && ![...this.#failed].some(atlasId => this.#pointers!.has(atlasId))
  }

  status (): EditionStatus {
    const served = this.#served.values()
    return {
      isReady: this.isReady(),
      atlases: served.length,
      resting: this.listAtlases().length - served.length,
      kept: served.flatMap(editionsOf).length,
      older: this.#older.values().length,
      olderBytes: this.#older.sizeBytes,
      readAt: this.#poll.readAt,
      pollFailures: this.#poll.failures,
    }
  }

  listAtlases (): readonly string[] {
    return [...this.#pointers?.keys() ?? []]
  }

  async describeAtlases (): Promise<ReadonlyArray<AtlasFacts>> {
    return await this.#descriptions.of([...this.#pointers?.values() ?? []])
  }

  use (atlasId: string): (() => void) | Promise<() => void> {
    if (!this.#pointers?.has(atlasId) || this.#failed.has(atlasId)) return () => {}
    const release = this.#served.hold(atlasId)
    if (this.#served.get(atlasId)) return release
    return this.#wakeOnce(atlasId).then(() => release, (reason: unknown) => {
      release()
      throw reason
    })
  }

  listCurrent (): readonly LoadedEdition[] {
    return this.#served.values().map(({ current }) => current).toSorted((a, b) => byCodeUnit(a.edition.atlas.id, b.edition.atlas.id))
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
    const isComing = this.#pointers?.has(atlasId) ?? true
    if (editionId === undefined && (current !== null || isComing)) return undefined
    return this.#withdrawn.find(atlasId, editionId, current)
  }

  async findEdition (atlasId: string, editionId: string): Promise<LoadedEdition | undefined> {
    if (this.#withdrawn.has(editionId)) return undefined
    const inMemory = this.#findInMemory(atlasId, editionId)
    if (inMemory) return inMemory
    if (this.#unknown.has(editionId)) return undefined
    try {
      const found = await this.#older.get(editionId, async () => await this.#load(atlasId, editionId))
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
    await this.#poll.now()
  }

  async #refresh (): Promise<void> {
    const pointers = await this.#options.store.currentEditions()
    const inMemory = new Set(this.#served.ids())
    const news = this.#takeBack(pointers)
    const shown = pointers.filter(isShown).toSorted((a, b) => byCodeUnit(a.atlas, b.atlas))
    const before = this.#pointers
    this.#pointers = new Map(shown.map(pointer => [pointer.atlas, pointer]))
    for (const atlasId of new Set([...this.#files.list().keys(), ...inMemory])) {
      if (this.#pointers.has(atlasId)) continue
      this.#files.forget(atlasId)
      this.#served.delete(atlasId)
    }
    const isResting = (atlasId: string) => before?.has(atlasId) === true && !inMemory.has(atlasId) && !this.#failed.has(atlasId)
    await this.#loadSome(shown.filter(({ atlas }) => !isResting(atlas)), news)
  }

  /** Follows the pointers of what is in memory; loads of the rest what there is room and time for. */
  async #loadSome (pointers: readonly ShownPointer[], news: ReadonlySet<string> = new Set()): Promise<void> {
    const end = performance.now() + (this.#options.eagerSeconds ?? defaultEagerSeconds) * 1000
    for (const pointer of pointers) {
      const isWanted = this.#served.get(pointer.atlas) !== undefined || this.#failed.has(pointer.atlas) || news.has(pointer.atlas)
      if (!isWanted && (this.#served.isFull || performance.now() > end)) continue
      const atlas = await this.#follow(pointer, news.has(pointer.atlas))
      if (atlas) this.#served.set(pointer.atlas, atlas)
      if (atlas) this.#failed.delete(pointer.atlas)
      else this.#failed.add(pointer.atlas)
    }
  }

  async #wakeOnce (atlasId: string): Promise<void> {
    const waking = this.#waking.get(atlasId) ?? this.#wake(atlasId).finally(() => this.#waking.delete(atlasId))
    this.#waking.set(atlasId, waking)
    await waking
  }

  /** @throws errors.storeAway where it cannot be loaded; it is not tried again with every request */
  async #wake (atlasId: string): Promise<void> {
    if (Date.now() - (this.#wakeFailures.get(atlasId) ?? 0) < wakePauseMilliseconds) throw errors.storeAway()
    for (;;) {
      const pointer = this.#pointers?.get(atlasId)
      if (!pointer || this.#served.get(atlasId)) return
      const atlas = await this.#follow(pointer, false)
      const now = this.#pointers?.get(atlasId)
      // What was taken back or replaced while it was loaded must not be shown.
      if (now?.edition !== pointer.edition || now.previous !== pointer.previous) continue
      if (!atlas) {
        this.#wakeFailures.set(atlasId, Date.now())
        throw errors.storeAway()
      }
      this.#wakeFailures.delete(atlasId)
      return this.#served.set(atlasId, atlas)
    }
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
    for (const id of after.listIds()) this.#older.delete(id)
    // Should the new file not get written, a start without the store must not show the old one.
    for (const [atlasId, id] of this.#files.list()) if (after.has(id)) this.#files.forget(atlasId)
    for (const atlasId of this.#served.ids()) {
      const atlas = this.#served.get(atlasId)!
      const next = pointers.find(({ atlas }) => atlas === atlasId)?.edition
      const left = withoutWithdrawn(atlas, id => after.has(id), next)
      if (left) this.#served.set(atlasId, left)
      else this.#served.delete(atlasId)
    }
    return news
  }

  async close (): Promise<void> {
    this.#poll.close()
    await this.#files.settle()
  }

  /** What is served for a pointer from now on; what was served before where the new one cannot be had. */
  async #follow ({ atlas, edition, previous, note = null }: ShownPointer, hasNews: boolean): Promise<ServedAtlas | undefined> {
    const before = this.#served.get(atlas)
    if (!hasNews && before?.current.edition.id === edition && (before.previous?.edition.id ?? null) === previous && isSameNote(before.news.note, note)) return before
    try {
      const current = this.#findInMemory(atlas, edition) ?? await this.#load(atlas, edition)
      if (before?.current.edition.id !== edition) this.#options.logger.info({ atlas, edition }, 'edition is current')
      this.#files.keep(current)
      this.#descriptions.keep(current.edition)
      // Comfort only: where it cannot be had it is loaded on demand.
      const last = previous === null ? null : this.#findInMemory(atlas, previous) ?? await this.#load(atlas, previous).catch(() => null)
      const published = await this.#options.store.listEditions(atlas).catch(() => [])
      return toServed(current, last, published, note)
    } catch (reason) {
      reportFailure(this.#options.logger, 'ATLAS_EDITION_UNREADABLE', 'the current edition cannot be loaded', reason)
      return before
    }
  }

  async #load (atlasId: string, editionId: string): Promise<LoadedEdition> {
    const { store, audience } = this.#options
    const editions = [...this.#served.values().flatMap(editionsOf), ...this.#older.values()]
    return await loadEdition(atlasId, editionId, { store, audience, files: this.#files, tileSets: tileSetsOf(editions) })
  }

  #findInMemory (atlasId: string, editionId: string): LoadedEdition | undefined {
    const served = editionsOf(this.#served.get(atlasId)).find(({ edition }) => edition.id === editionId)
    if (served) return served
    const older = this.#older.find(editionId)
    return older?.edition.atlas.id === atlasId ? older : undefined
  }
}
