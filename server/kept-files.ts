import type { FastifyBaseLogger } from 'fastify'
import type { Audience } from '../core/edition.ts'
import type { LoadedEdition } from './loaded-edition.ts'
import { removeEditionFile, writeEditionFile, type KeptEdition } from './edition-file.ts'
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

  constructor (options: KeptFilesOptions, kept: readonly KeptEdition[]) {
    this.#options = options
    this.#filed = new Map(kept.map(({ edition }) => [edition.atlas.id, edition.id]))
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
