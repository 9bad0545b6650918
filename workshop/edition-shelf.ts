import type { Edition } from '../core/edition.ts'
import { ByteCache } from '../server/byte-cache.ts'
import { editionSize } from '../server/loaded-edition.ts'
import type { Database } from '../sql/connection.ts'
import { loadEdition } from '../sql/load.ts'
import { listEditions, type EditionSummary } from '../sql/list.ts'

/** Stored editions, drafts among them, for the pages of the Werkstatt. What they hold was cleared before it was stored. */
export interface EditionShelf {
  /** Of this atlas only, and none that was withdrawn: an id from elsewhere is as unknown as one that was made up. Newest first. */
  readonly list: (atlas: string) => Promise<readonly EditionSummary[]>
  /** One that `list` names. @throws RangeError where it was pruned meanwhile */
  readonly load: (edition: Pick<EditionSummary, 'id'>) => Promise<Edition>
  /** Knows the areas; undefined where nothing was built. */
  readonly newest: (atlas: string) => Promise<Edition | undefined>
}

/** A draft and a current edition of a large town, and then some. */
const limitBytes = 256e6

/** An edition never changes, so what was loaded once is good; whether somebody may see it is asked anew every time, by `list`. */
export function openShelf (database: Database): EditionShelf {
  const kept = new ByteCache<Edition>({ limitBytes, sizeOf: editionSize })
  const list: EditionShelf['list'] = async atlas => (await listEditions(database, 'stored', { atlas })).filter(({ state }) => state !== 'withdrawn')
  const load: EditionShelf['load'] = async ({ id }) => await kept.get(id, async () => {
    const edition = await loadEdition(database, id, 'stored')
    if (!edition) throw new RangeError(`unknown edition: ${id}`)
    return edition
  })
  return {
    list,
    load,
    async newest (atlas) {
      const [newest] = await list(atlas)
      return newest && await load(newest)
    },
  }
}
