import type { Database, Queries, Row } from './connection.ts'
import type { AtlasState } from './publish.ts'
import { StoreError } from './errors.ts'
import { getState, insertPublication, lockPointer, movePointer, settlePointer } from './publish.ts'

/** Why an edition is taken back, and where its readers are sent. */
export interface WithdrawalRequest {
  /** One or two sentences that everybody may read; at most `reasonLimit` characters. */
  readonly reason: string
  /** Id of a published edition of the same atlas and audience; without it the one that was current before. */
  readonly successor?: string
}

/** What was done, for the person who did it. */
export interface Withdrawal {
  readonly edition: string
  readonly reason: string
  /** Where readers are sent; null where nothing else was published. */
  readonly successor: string | null
  readonly wasCurrent: boolean
  /** What the atlas shows now. */
  readonly state: AtlasState
}

/** The reason travels with every poll of every server. */
export const reasonLimit = 1000

/**
 * Takes a published edition back: from now on it is read by nobody, rolled back to by nobody and never
 * published again. Was it current, the pointer moves first, to the successor or to the edition that was current
 * before; where there is neither, the atlas shows nothing. Doing it again changes reason and successor.
 *
 * @throws StoreError publish-unknown-edition, publish-not-published, publish-no-reason, publish-bad-successor
 */
export async function withdraw (database: Database, edition: string, { reason, successor }: WithdrawalRequest): Promise<Withdrawal> {
  const said = reason.trim()
  if (said === '' || said.length > reasonLimit) throw new StoreError('publish-no-reason', { edition, limit: reasonLimit })
  return await database.transaction(async queries => {
    const found = await getPublished(queries, edition)
    const current = await lockPointer(queries, found.atlas_key, found.audience)
    const next = successor === undefined ? undefined : await getSuccessor(queries, successor, found)
    await queries.query(`
      insert into atlas.withdrawals (edition_key, reason) values ($1, $2)
      on conflict (edition_key) do update set reason = excluded.reason`, [found.edition_key, said])

    const wasCurrent = current?.edition_key === found.edition_key
    if (wasCurrent && next) {
      const publication = await insertPublication(queries, next.edition_key, current.publication_key)
      await movePointer(queries, found.atlas_key, found.audience, publication)
    } else if (wasCurrent) {
      await stepBack(queries, found, current.publication_key)
    } else {
      await settlePointer(queries, found.atlas_key, found.audience)
    }
    const state = await getState(queries, found.atlas_key, found.audience)
    const sentTo = next?.edition ?? state.edition
    await queries.query(`
      update atlas.withdrawals
      set successor_key = (select edition_key from atlas.editions where edition = $2 and saved_at is not null)
      where edition_key = $1`, [found.edition_key, sentTo])
    return { edition, reason: said, successor: sentTo, wasCurrent, state: await getState(queries, found.atlas_key, found.audience) }
  })
}

interface EditionRow extends Row {
  readonly edition_key: number
  readonly edition: string
  readonly atlas_key: number
  readonly audience: AtlasState['audience']
  readonly is_published: boolean
  readonly is_withdrawn: boolean
}

async function findEdition (queries: Queries, edition: string): Promise<EditionRow | undefined> {
  const [row] = await queries.query<EditionRow>(`
    select edition_key, edition, atlas_key, audience, published_at is not null as is_published,
           exists (select from atlas.withdrawals w where w.edition_key = e.edition_key) as is_withdrawn
    from atlas.editions e where edition = $1 and saved_at is not null`, [edition])
  return row
}

async function getPublished (queries: Queries, edition: string): Promise<EditionRow> {
  const found = await findEdition(queries, edition)
  if (!found) throw new StoreError('publish-unknown-edition', { edition })
  if (!found.is_published) throw new StoreError('publish-not-published', { edition })
  return found
}

/** A draft is none: whatever is shown has gone through publishing, with all that it checks. */
async function getSuccessor (queries: Queries, successor: string, { edition_key: key, edition, atlas_key: atlas, audience }: EditionRow): Promise<EditionRow> {
  const found = await findEdition(queries, successor)
  const fits = found?.is_published && !found.is_withdrawn && found.edition_key !== key && found.atlas_key === atlas && found.audience === audience
  if (!fits) throw new StoreError('publish-bad-successor', { edition, successor })
  return found
}

async function stepBack (queries: Queries, { atlas_key: atlas, audience }: EditionRow, publication: number): Promise<void> {
  const [row] = await queries.query<{ back_key: number | null }>('select back_key from atlas.stored_steps_back where publication_key = $1', [publication])
  if (row?.back_key) await movePointer(queries, atlas, audience, row.back_key)
  else await queries.query('delete from atlas.pointers where atlas_key = $1 and audience = $2', [atlas, audience])
}
