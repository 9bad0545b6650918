import type { FastifyBaseLogger } from 'fastify'
import type { Audience, Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { KeptEdition } from './edition-file.ts'
import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'
import type { TileSet } from './tile-set.ts'
import path from 'node:path'
import { byCodeUnit } from '../core/period.ts'
import { ByteCache } from './byte-cache.ts'
import { readEditionFiles, removeEditionFile, writeEditionFile } from './edition-file.ts'
import { errors } from './errors.ts'
import { prepareEdition } from './loaded-edition.ts'

/** What the server needs of the store; `sql/` offers it, and so does a few lines of a test. */
export interface EditionStore {
  /** What every atlas shows to this audience, and what it took back. */
  readonly currentEditions: () => Promise<readonly EditionPointer[]>
  /** A published edition of this audience, or undefined. */
  readonly loadEdition: (editionId: string) => Promise<Edition | undefined>
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

/** The editions of all atlases on this server; what requests ask. Everything but `findEdition` is in memory. */
export interface EditionSource {
  /** Whether every atlas that has a current edition can be served. An older one counts while the new one loads. */
  readonly isReady: () => boolean
  /** Current editions by atlas id in code-unit order. */
  readonly listCurrent: () => readonly LoadedEdition[]
  readonly findCurrent: (atlasId: string) => LoadedEdition | undefined
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

/** Folder of the kept files inside the data folder. */
export function cacheFolderOf (dataDir: string): string {
  return path.join(dataDir, 'cache')
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

interface ServedAtlas {
  readonly current: LoadedEdition
  readonly previous: LoadedEdition | null
  readonly published: readonly PublishedEdition[]
}

/** How long an id that the store does not know is not asked for again: a guard against guessing. */
const unknownSeconds = 10
const unknownLimit = 1000

/** So many older editions are looked through for boundaries; a town publishes a few a year. */
const searchedEditions = 20

/** How long the first look at the pointers may take where kept files can be served instead. */
const startPatienceSeconds = 10

class Editions implements EditionSource {
  readonly #options: EditionSourceOptions
  /** By edition id: with these a second start loads nothing but pointers. Empty once the store has answered. */
  readonly #kept: Map<string, KeptEdition>
  readonly #older: ByteCache<LoadedEdition>
  /** Until when (milliseconds) an id counts as unknown without asking. */
  readonly #unknownUntil = new Map<string, number>()
  /** Replaced as a whole, so that a request sees one state. */
  #served: ReadonlyMap<string, ServedAtlas> = new Map()
  /** By atlas id, then edition id, in the order of withdrawing; of atlases that took something back. */
  #withdrawn: ReadonlyMap<string, ReadonlyMap<string, WithdrawnEdition>> = new Map()
  /** Undefined before the pointers were read for the first time. */
  #expected: readonly string[] | undefined
  /** Id of the edition in the file of each atlas, once the work in the background is done. */
  readonly #filed: Map<string, string>
  #fileWork: Promise<void> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #isStoreAway = false

  constructor (options: EditionSourceOptions, kept: readonly KeptEdition[]) {
    this.#options = options
    this.#kept = new Map(kept.map(entry => [entry.edition.id, entry]))
    this.#filed = new Map(kept.map(({ edition }) => [edition.atlas.id, edition.id]))
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

  listCurrent (): readonly LoadedEdition[] {
    return [...this.#served.values()].map(({ current }) => current)
  }

  findCurrent (atlasId: string): LoadedEdition | undefined {
    return this.#served.get(atlasId)?.current
  }

  listPublished (atlasId: string): readonly PublishedEdition[] {
    return this.#served.get(atlasId)?.published.filter(({ id }) => !this.#isWithdrawn(id)) ?? []
  }

  findWithdrawn (atlasId: string, editionId?: string): WithdrawnEdition | undefined {
    const withdrawn = this.#withdrawn.get(atlasId)
    const current = this.#served.get(atlasId)?.current.edition.id ?? null
    const isComing = this.#expected?.includes(atlasId) ?? true
    if (!withdrawn || (editionId === undefined && (current !== null || isComing))) return undefined
    const found = editionId === undefined ? [...withdrawn.values()].at(-1) : withdrawn.get(editionId)
    if (!found) return undefined
    // A successor may have been withdrawn, too, and so on; the circle that two of them can make ends with what is current.
    let successor = found.successor
    for (let step = 0; successor !== null && step < withdrawn.size; step++) successor = withdrawn.has(successor) ? withdrawn.get(successor)!.successor : successor
    return { ...found, successor: successor === null || withdrawn.has(successor) ? current : successor }
  }

  async findEdition (atlasId: string, editionId: string): Promise<LoadedEdition | undefined> {
    if (this.#isWithdrawn(editionId)) return undefined
    const inMemory = this.#findInMemory(atlasId, editionId)
    if (inMemory) return inMemory
    if (this.#isUnknown(editionId)) return undefined
    try {
      const found = await this.#older.get(editionId, async () => await this.#load(editionId))
      if (!this.#isWithdrawn(editionId)) return found.edition.atlas.id === atlasId ? found : undefined
      this.#older.delete(editionId) // withdrawn while it was loaded
      return undefined
    } catch (reason) {
      if (!(reason instanceof UnknownEdition)) throw errors.storeAway()
      this.#rememberUnknown(editionId)
      return undefined
    }
  }

  findLoadedGeometry (atlasId: string, geometryId: string, levelId: string): LoadedLevel | undefined {
    return levelWith(editionsOf(this.#served.get(atlasId)), geometryId, levelId) ??
      levelWith(this.#older.values().filter(({ edition }) => edition.atlas.id === atlasId), geometryId, levelId)
  }

  async findGeometry (atlasId: string, geometryId: string, levelId: string): Promise<LoadedLevel | undefined> {
    const inMemory = this.findLoadedGeometry(atlasId, geometryId, levelId)
    if (inMemory || this.#isUnknown(`${geometryId}/${levelId}`)) return inMemory
    const candidates = this.listPublished(atlasId).filter(({ geometries }) => geometries?.includes(geometryId) ?? true)
    for (const { id } of candidates.slice(0, searchedEditions)) {
      const edition = await this.findEdition(atlasId, id)
      const level = edition && levelWith([edition], geometryId, levelId)
      if (level) return level
    }
    this.#rememberUnknown(`${geometryId}/${levelId}`)
    return undefined
  }

  #isUnknown (key: string): boolean {
    return (this.#unknownUntil.get(key) ?? 0) > Date.now()
  }

  #rememberUnknown (key: string): void {
    if (this.#unknownUntil.size >= unknownLimit) this.#unknownUntil.clear()
    this.#unknownUntil.set(key, Date.now() + unknownSeconds * 1000)
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
    for (const atlasId of this.#served.keys()) if (!shown.includes(atlasId)) this.#forgetFile(atlasId)
    this.#served = next
    this.#expected = shown
    this.#kept.clear()
  }

  /**
   * Lets go at once of what was withdrawn, before anything is loaded that could take long or fail.
   * @returns ids of the atlases that withdrew something since the last time
   */
  #takeBack (pointers: readonly EditionPointer[]): Set<string> {
    const before = this.#withdrawn
    const after = pointers.flatMap(({ atlas, withdrawn = [] }) =>
      withdrawn.length === 0 ? [] : [[atlas, new Map(withdrawn.map(one => [one.edition, one]))] as const])
    this.#withdrawn = new Map(after)
    const news = new Set(after.flatMap(([atlas, withdrawn]) => withdrawn.size === before.get(atlas)?.size ? [] : [atlas]))
    if (news.size === 0) return news
    for (const [, withdrawn] of after) {
      for (const id of withdrawn.keys()) {
        this.#older.delete(id)
        this.#kept.delete(id)
      }
    }
    const served = new Map<string, ServedAtlas>()
    for (const [atlasId, atlas] of this.#served) {
      const next = pointers.find(({ atlas }) => atlas === atlasId)?.edition
      const left = editionsOf(atlas).filter(({ edition }) => !this.#isWithdrawn(edition.id))
      // Its file goes first: should the new one not get written, a start without the store must not show it.
      if (!left.includes(atlas.current)) this.#forgetFile(atlasId)
      if (left.includes(atlas.current)) served.set(atlasId, { ...atlas, previous: left[1] ?? null })
      else if (left[0]?.edition.id === next) served.set(atlasId, { ...atlas, current: left[0]!, previous: null })
    }
    this.#served = served
    return news
  }

  #isWithdrawn (editionId: string): boolean {
    for (const withdrawn of this.#withdrawn.values()) if (withdrawn.has(editionId)) return true
    return false
  }

  async close (): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await this.#fileWork
  }

  /** What is served for a pointer from now on; what was served before where the new one cannot be had. */
  async #follow ({ atlas, edition, previous }: EditionPointer, hasNews: boolean): Promise<ServedAtlas | undefined> {
    const before = this.#served.get(atlas)
    if (edition === null) return undefined
    if (!hasNews && before?.current.edition.id === edition && (before.previous?.edition.id ?? null) === previous) return before
    try {
      const current = this.#findInMemory(atlas, edition) ?? await this.#load(edition)
      if (before?.current.edition.id !== edition) this.#options.logger.info({ atlas, edition }, 'edition is current')
      if (this.#filed.get(atlas) !== edition) this.#keepFile(current)
      // Comfort only: where it cannot be had it is loaded on demand.
      const last = previous === null ? null : this.#findInMemory(atlas, previous) ?? await this.#load(previous).catch(() => null)
      const published = await this.#options.store.listEditions(atlas).catch(() => [])
      return toServed(current, last, published)
    } catch (reason) {
      this.#report('ATLAS_EDITION_UNREADABLE', 'the current edition cannot be loaded', reason)
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

  /** One file after another, in the background: a full disk must not stop the switch. */
  #keepFile ({ edition, levels }: LoadedEdition): void {
    const { cacheFolder } = this.#options
    if (cacheFolder === null) return
    this.#filed.set(edition.atlas.id, edition.id)
    const tiles = new Map([...levels.values()].map(({ tileSet }) => [tileSet.geometry, tileSet.source]))
    this.#fileWork = this.#fileWork
      .then(async () => await writeEditionFile(cacheFolder, { edition, tiles: [...tiles.values()] }))
      .catch(reason => this.#report('ATLAS_CACHE_NOT_WRITTEN', 'the current edition could not be kept as a file', reason))
  }

  #forgetFile (atlasId: string): void {
    const { cacheFolder, audience } = this.#options
    if (cacheFolder === null) return
    this.#filed.delete(atlasId)
    this.#fileWork = this.#fileWork
      .then(async () => await removeEditionFile(cacheFolder, audience, atlasId))
      .catch(reason => this.#report('ATLAS_CACHE_NOT_REMOVED', 'the file of a withdrawn edition could not be removed', reason))
  }

  async #poll (): Promise<void> {
    try {
      await this.refresh()
      if (this.#isStoreAway) this.#options.logger.info('the store answers again')
      this.#isStoreAway = false
    } catch (reason) {
      if (!this.#isStoreAway) this.#report('ATLAS_STORE_AWAY', 'the store does not answer; what is in memory is served', reason)
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

  /** Codes and places only: a message of the database may quote what it was given. */
  #report (code: string, sentence: string, reason: unknown): void {
    const cause = reason instanceof Error ? ('code' in reason && typeof reason.code === 'string' ? reason.code : reason.name) : 'unknown'
    this.#options.logger.warn({ code, cause }, sentence)
  }
}

/** Inside this file only: what is unknown must not be kept like an edition. */
class UnknownEdition extends Error {
  override readonly name = 'UnknownEdition'
}

/** The current edition is listed also where the list could not be read. */
function toServed (current: LoadedEdition, previous: LoadedEdition | null = null, listed: readonly PublishedEdition[] = []): ServedAtlas {
  const published = listed.some(({ id }) => id === current.edition.id) ? listed : [{ id: current.edition.id, publishedAt: null }, ...listed]
  return { current, previous, published: published.map(({ id, publishedAt, geometries }) => ({ id, publishedAt, ...geometries && { geometries } })) }
}

function editionsOf (atlas: ServedAtlas | undefined): LoadedEdition[] {
  return atlas ? [atlas.current, ...atlas.previous ? [atlas.previous] : []] : []
}

function levelWith (editions: readonly LoadedEdition[], geometryId: string, levelId: string): LoadedLevel | undefined {
  for (const { levels } of editions) {
    const level = levels.get(levelId)
    if (level?.tileSet.geometry === geometryId) return level
  }
  return undefined
}

/** Waits, but not for ever; the work goes on in the background. */
async function withPatience (work: Promise<void>, seconds: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<void>(resolve => {
    timer = setTimeout(resolve, seconds * 1000)
  })
  await Promise.race([work, deadline]).finally(() => clearTimeout(timer))
}
