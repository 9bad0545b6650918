import type { AtlasFacts, Edition } from '../core/edition.ts'
import type { EditionStore } from './edition-source.ts'
import type { KeptFiles } from './kept-files.ts'

type Asked = { readonly atlas: string, readonly edition: string }

/** How atlases call themselves, for a list of all of them on a server where most rest. */
export class AtlasDescriptions {
  readonly #store: Pick<EditionStore, 'loadAtlas'>
  readonly #files: Pick<KeptFiles, 'read'>
  /** By edition id. */
  #known = new Map<string, AtlasFacts>()
  #work: Promise<unknown> = Promise.resolve()

  constructor (store: Pick<EditionStore, 'loadAtlas'>, files: Pick<KeptFiles, 'read'>) {
    this.#store = store
    this.#files = files
  }

  keep ({ id, atlas }: Pick<Edition, 'id' | 'atlas'>): void {
    this.#known.set(id, atlas)
  }

  /** Of these current editions, without those that can be had neither from a file nor from the store. Everything else is forgotten. */
  async of (current: readonly Asked[]): Promise<Array<AtlasFacts>> {
    // One after another: whoever comes second finds what the first one loaded.
    const work = this.#work.then(async () => await this.#find(current))
    this.#work = work.catch(() => undefined)
    return await work
  }

  async #find (current: readonly Asked[]): Promise<Array<AtlasFacts>> {
    const found = new Map<string, AtlasFacts>()
    // A store that is away is asked once, not once for each atlas.
    let isStoreAway = false
    const ask = async (edition: string) => await this.#store.loadAtlas(edition).catch(() => {
      isStoreAway = true
    })
    for (const { atlas, edition } of current) {
      const kept = this.#known.get(edition) ?? (await this.#files.read(atlas, edition))?.edition.atlas
      const description = kept ?? (isStoreAway ? undefined : await ask(edition))
      if (description) found.set(edition, description)
    }
    this.#known = new Map(found)
    return [...found.values()]
  }
}
