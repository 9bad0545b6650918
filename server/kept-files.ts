import type { FastifyBaseLogger } from 'fastify'
import type { Audience } from '../core/edition.ts'
import type { LoadedEdition } from './loaded-edition.ts'
import { listEditionFiles, readEditionFile, removeEditionFile, writeEditionFile, type KeptEdition } from './edition-file.ts'
import { reportFailure } from './failure.ts'

export interface KeptFilesOptions {
  /** Null keeps none. */
  readonly cacheFolder: string | null
  readonly audience: Audience
  readonly logger: Pick<FastifyBaseLogger, 'warn'>
}

/** The files for a start without the store, written one after another in the background: a full disk must not stop the switch. */
export class KeptFiles {
  readonly #options: KeptFilesOptions
  /** Id of the edition in the file of each atlas, once the work in the background is done. */
  readonly #filed: Map<string, string>
  #work: Promise<void> = Promise.resolve()

  private constructor (options: KeptFilesOptions, filed: Map<string, string>) {
    this.#options = options
    this.#filed = filed
  }

  static async open (options: KeptFilesOptions): Promise<KeptFiles> {
    const { cacheFolder, audience } = options
    return new KeptFiles(options, cacheFolder === null ? new Map() : await listEditionFiles(cacheFolder, audience))
  }

  /** Ids of the kept editions by atlas id. */
  list (): ReadonlyMap<string, string> {
    return this.#filed
  }

  /** The edition with its tiles, if it is the one in the file of the atlas. */
  async read (atlasId: string, editionId: string): Promise<KeptEdition | undefined> {
    const { cacheFolder, audience } = this.#options
    if (cacheFolder === null || this.#filed.get(atlasId) !== editionId) return undefined
    await this.#work
    const kept = await readEditionFile(cacheFolder, audience, atlasId)
    if (kept?.edition.id === editionId) return kept
    // Damaged: it is written anew with the next edition that is loaded.
    if (this.#filed.get(atlasId) === editionId) this.#filed.delete(atlasId)
    return undefined
  }

  /** Unless it is in its file already. */
  keep ({ edition, levels }: LoadedEdition): void {
    const { cacheFolder, logger } = this.#options
    if (cacheFolder === null || this.#filed.get(edition.atlas.id) === edition.id) return
    this.#filed.set(edition.atlas.id, edition.id)
    const tiles = new Map([...levels.values()].map(({ tileSet }) => [tileSet.geometry, tileSet.source]))
    this.#work = this.#work
      .then(async () => await writeEditionFile(cacheFolder, { edition, tiles: [...tiles.values()] }))
      .catch(reason => reportFailure(logger, 'ATLAS_CACHE_NOT_WRITTEN', 'the current edition could not be kept as a file', reason))
  }

  forget (atlasId: string): void {
    const { cacheFolder, audience, logger } = this.#options
    if (cacheFolder === null) return
    this.#filed.delete(atlasId)
    this.#work = this.#work
      .then(async () => await removeEditionFile(cacheFolder, audience, atlasId))
      .catch(reason => reportFailure(logger, 'ATLAS_CACHE_NOT_REMOVED', 'the file of a withdrawn edition could not be removed', reason))
  }

  /** When everything is written. */
  async settle (): Promise<void> {
    await this.#work
  }
}
