import type { Store } from '../../sql/store.ts'
import type { Contents, ShownEdition } from './contents.ts'

/**
 * Publishes and withdraws again, so that the same edition is shown, the same one comes with a
 * rollback, and everything published has its address.
 */
export async function showAgain (store: Pick<Store, 'publish' | 'rollback' | 'withdraw'>, { editions, shown }: Contents): Promise<void> {
  const published = editions.filter(({ publishedAt }) => publishedAt !== null).toSorted((a, b) => a.publishedAt! < b.publishedAt! ? -1 : 1)
  for (const pointer of shown) {
    const own = published.filter(({ atlas, audience }) => atlas === pointer.atlas && audience === pointer.audience)
    const { before, after } = replayOrder(own.map(({ id }) => id), pointer)
    for (const edition of before) await store.publish(edition, edition === pointer.edition ? pointer.note : undefined)
    for (const edition of after) {
      await store.publish(edition)
      await store.rollback(pointer.atlas, pointer.audience)
    }
  }
  const withdrawn = published.filter(({ withdrawal }) => withdrawal !== null).toSorted((a, b) => a.withdrawal!.at < b.withdrawal!.at ? -1 : 1)
  for (const { id, withdrawal } of withdrawn) {
    const { reason, successor } = withdrawal!
    await store.withdraw(id, { reason, ...(successor === null ? {} : { successor }) })
  }
}

/**
 * What is published on the way to the edition that is shown, and what was left behind by a rollback:
 * that is published too, but nobody goes back to it. Without an edition shown (all that could be was
 * withdrawn) the first one stands for it.
 *
 * @param published ids in the order in which they were first published
 */
export function replayOrder (published: readonly string[], { edition, previous }: Pick<ShownEdition, 'edition' | 'previous'>): { before: string[], after: string[] } {
  const current = edition ?? published[0]!
  const chain = previous === null ? [current] : [previous, current]
  const others = published.filter(id => !chain.includes(id))
  const isEarlier = (id: string) => previous !== null && published.indexOf(id) < published.indexOf(previous)
  return { before: [...others.filter(isEarlier), ...chain], after: others.filter(id => !isEarlier(id)) }
}
