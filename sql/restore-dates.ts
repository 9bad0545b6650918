import type { Database } from './connection.ts'
import type { EditionSummary } from './list.ts'

/** Gives editions that were published and withdrawn again from a backup the days of the first time. All or none. */
export async function restoreDates (database: Database, editions: ReadonlyArray<Pick<EditionSummary, 'id' | 'publishedAt' | 'withdrawal'>>): Promise<void> {
  await database.transaction(async queries => {
    for (const { id, publishedAt, withdrawal } of editions) {
      if (publishedAt === null) continue
      await queries.query('update atlas.editions set published_at = $2::timestamptz where edition = $1 and published_at is not null', [id, publishedAt])
      if (withdrawal === null) continue
      await queries.query(`
        update atlas.withdrawals set withdrawn_at = $2::timestamptz
        where edition_key = (select edition_key from atlas.editions where edition = $1)`, [id, withdrawal.at])
    }
  })
}
