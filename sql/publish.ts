import type { Audience } from '../core/edition.ts'
import type { Database, Queries, Row } from './connection.ts'
import { StoreError } from './errors.ts'
import type { Visibility } from './load.ts'

/** Which edition an atlas shows to an audience, and to which one it would go back. */
export interface Pointer {
  readonly atlas: string
  readonly audience: Audience
  /** Edition id. */
  readonly edition: string
  /** Edition id, or null if nothing was published before. */
  readonly previous: string | null
}

/**
 * Makes a stored edition the current one of its atlas and audience. One transaction, the pointer
 * moves last: whoever reads sees the old edition or the new one. Publishing the current edition
 * again changes nothing.
 *
 * @throws StoreError publish-unknown-edition
 */
export async function publish (database: Database, edition: string): Promise<Pointer> {
  return await database.transaction(async queries => {
    const [row] = await queries.query<{ edition_key: number, atlas_key: number, audience: Audience }>(
      'select edition_key, atlas_key, audience from atlas.editions where edition = $1 and saved_at is not null for update', [edition])
    if (!row) throw new StoreError('publish-unknown-edition', { edition })
    const current = await lockPointer(queries, row.atlas_key, row.audience)
    if (current?.edition_key !== row.edition_key) {
      await queries.query('update atlas.editions set published_at = coalesce(published_at, now()) where edition_key = $1', [row.edition_key])
      const [publication] = await queries.query<{ publication_key: number }>(
        'insert into atlas.publications (edition_key, replaced_key) values ($1, $2) returning publication_key',
        [row.edition_key, current?.publication_key ?? null])
      await movePointer(queries, row.atlas_key, row.audience, publication!.publication_key)
    }
    return await getPointer(queries, row.atlas_key, row.audience)
  })
}

/**
 * Goes back to the edition that was current before; again, and it goes back one more. The edition
 * left behind stays published and reachable under its id.
 *
 * @throws StoreError publish-nothing-before
 */
export async function rollback (database: Database, atlas: string, audience: Audience): Promise<Pointer> {
  return await database.transaction(async queries => {
    const [row] = await queries.query<{ atlas_key: number }>('select atlas_key from atlas.atlases where atlas = $1', [atlas])
    const current = row && await lockPointer(queries, row.atlas_key, audience)
    if (!row || !current?.replaced_key) throw new StoreError('publish-nothing-before', { atlas, audience })
    await movePointer(queries, row.atlas_key, audience, current.replaced_key)
    return await getPointer(queries, row.atlas_key, audience)
  })
}

/** The pointers there are, by atlas and audience; cheap enough to be asked every few seconds. */
export async function listPointers (queries: Queries, visibility: Visibility, audience?: Audience): Promise<Pointer[]> {
  return await queries.query<Pointer & Row>(`
    select atlas, audience, edition, previous from atlas.${visibility}_pointers
    where audience = coalesce($1, audience) order by atlas collate "C", audience`, [audience ?? null])
}

interface CurrentRow extends Row {
  readonly publication_key: number
  readonly edition_key: number
  readonly replaced_key: number | null
}

/** What is current. Until the end of the transaction nobody else moves a pointer of this atlas, not even the first one. */
async function lockPointer (queries: Queries, atlas: number, audience: Audience): Promise<CurrentRow | undefined> {
  await queries.query('select from atlas.atlases where atlas_key = $1 for update', [atlas])
  const [row] = await queries.query<CurrentRow>(`
    select u.publication_key, u.edition_key, u.replaced_key
    from atlas.pointers p join atlas.publications u using (publication_key)
    where p.atlas_key = $1 and p.audience = $2`, [atlas, audience])
  return row
}

async function movePointer (queries: Queries, atlas: number, audience: Audience, publication: number): Promise<void> {
  await queries.query(`
    insert into atlas.pointers (atlas_key, audience, publication_key) values ($1, $2, $3)
    on conflict (atlas_key, audience) do update set publication_key = excluded.publication_key, moved_at = now()`, [atlas, audience, publication])
}

async function getPointer (queries: Queries, atlas: number, audience: Audience): Promise<Pointer> {
  const [pointer] = await queries.query<Pointer & Row>(`
    select atlas, audience, edition, previous
    from atlas.stored_pointers join atlas.atlases using (atlas)
    where atlas_key = $1 and audience = $2`, [atlas, audience])
  return pointer!
}
