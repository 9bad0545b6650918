import type { Localised } from '../core/area.ts'
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

/** What an atlas shows to an audience: its pointer, and what it took back. */
export interface AtlasState {
  readonly atlas: string
  readonly audience: Audience
  /** Edition id; null where everything that could be shown was withdrawn. */
  readonly edition: string | null
  /** Edition id, or null if nothing was published before. Never a withdrawn one. */
  readonly previous: string | null
  /** In the order of withdrawing. */
  readonly withdrawn: readonly WithdrawnEdition[]
  /** What was said when the edition was published; null where nothing was. */
  readonly note: Localised | null
}

/** Two or three sentences in each language; every poll of every server reads them. */
export const noteLimit = 1000

/** What the readers of a withdrawn edition are told. */
export interface WithdrawnEdition {
  readonly edition: string
  readonly reason: string
  /** Edition id, which may have been withdrawn since; null where there was none. */
  readonly successor: string | null
}

/**
 * Makes a stored edition the current one of its atlas and audience. One transaction, the pointer
 * moves last: whoever reads sees the old edition or the new one. Publishing the current edition
 * again changes nothing but its note, where one is given.
 *
 * @param note for `Neu in dieser Ausgabe`
 * @throws StoreError publish-unknown-edition; publish-withdrawn, because what was taken back stays so; publish-bad-note
 */
export async function publish (database: Database, edition: string, note: Localised | null = null): Promise<Pointer> {
  const said = note && checkNote(edition, note)
  return await database.transaction(async queries => {
    const [found] = await queries.query<{ edition_key: number, atlas_key: number, audience: Audience }>(
      'select edition_key, atlas_key, audience from atlas.editions where edition = $1 and saved_at is not null', [edition])
    if (!found) throw new StoreError('publish-unknown-edition', { edition })
    // The atlas first and then the edition, as everywhere: two who lock in another order wait for each other.
    const current = await lockPointer(queries, found.atlas_key, found.audience)
    const row = await lockEdition(queries, found.edition_key)
    if (!row) throw new StoreError('publish-unknown-edition', { edition })
    if (row.withdrawn_for !== null) throw new StoreError('publish-withdrawn', { edition, reason: row.withdrawn_for })
    if (current?.edition_key !== row.edition_key) {
      await queries.query('update atlas.editions set published_at = coalesce(published_at, now()) where edition_key = $1', [row.edition_key])
      await movePointer(queries, found.atlas_key, found.audience, await insertPublication(queries, row.edition_key, current?.publication_key ?? null, said))
    } else if (said) {
      await queries.query('update atlas.publications set note_de = $2, note_en = $3 where publication_key = $1', [current.publication_key, said.de, said.en ?? null])
    }
    return await getPointer(queries, found.atlas_key, found.audience)
  })
}

/** Without blanks around it. @throws StoreError publish-bad-note */
function checkNote (edition: string, { de, en = '' }: Localised): Localised {
  const [german, english] = [de.trim(), en.trim()]
  if (german === '' || german.length > noteLimit || english.length > noteLimit) throw new StoreError('publish-bad-note', { edition, limit: noteLimit })
  return english === '' ? { de: german } : { de: german, en: english }
}

/**
 * Goes back to the edition that was current before; again, and it goes back one more. What was withdrawn is
 * passed over. The edition left behind stays published and reachable under its id.
 *
 * @throws StoreError publish-nothing-before
 */
export async function rollback (database: Database, atlas: string, audience: Audience): Promise<Pointer> {
  return await database.transaction(async queries => {
    const [row] = await queries.query<{ atlas_key: number }>('select atlas_key from atlas.atlases where atlas = $1', [atlas])
    const current = row && await lockPointer(queries, row.atlas_key, audience)
    if (!row || !current?.back_key) throw new StoreError('publish-nothing-before', { atlas, audience })
    await movePointer(queries, row.atlas_key, audience, current.back_key)
    return await getPointer(queries, row.atlas_key, audience)
  })
}

/** What every atlas shows, by atlas and audience; one small query, cheap enough to be asked every few seconds. */
export async function listStates (queries: Queries, visibility: Visibility, audience?: Audience): Promise<AtlasState[]> {
  return await queries.query<AtlasState & Row>(`
    select atlas, audience, edition, previous, withdrawn, note from atlas.${visibility}_pointers
    where audience = coalesce($1, audience) order by atlas collate "C", audience`, [audience ?? null])
}

interface CurrentRow extends Row {
  readonly publication_key: number
  readonly edition_key: number
  /** The act of publishing to go back to. */
  readonly back_key: number | null
}

/** What is current. Until the end of the transaction nobody else moves a pointer of this atlas, not even the first one. */
export async function lockPointer (queries: Queries, atlas: number, audience: Audience): Promise<CurrentRow | undefined> {
  await queries.query('select from atlas.atlases where atlas_key = $1 for update', [atlas])
  const [row] = await queries.query<CurrentRow>(`
    select u.publication_key, u.edition_key, p.back_key
    from atlas.pointers p join atlas.publications u using (publication_key)
    where p.atlas_key = $1 and p.audience = $2`, [atlas, audience])
  return row
}

/** Nobody prunes it meanwhile. Undefined where somebody did; `withdrawn_for` is the reason or null. */
async function lockEdition (queries: Queries, key: number): Promise<{ edition_key: number, withdrawn_for: string | null } | undefined> {
  const [row] = await queries.query<{ edition_key: number, withdrawn_for: string | null }>(`
    select e.edition_key, (select w.reason from atlas.withdrawals w where w.edition_key = e.edition_key) as withdrawn_for
    from atlas.editions e where e.edition_key = $1 and e.saved_at is not null for update of e`, [key])
  return row
}

/** An act of publishing, on top of the one that it replaces. */
export async function insertPublication (queries: Queries, edition: number, replaced: number | null, note: Localised | null = null): Promise<number> {
  const [row] = await queries.query<{ publication_key: number }>(
    'insert into atlas.publications (edition_key, replaced_key, note_de, note_en) values ($1, $2, $3, $4) returning publication_key', [edition, replaced, note?.de ?? null, note?.en ?? null])
  return row!.publication_key
}

export async function movePointer (queries: Queries, atlas: number, audience: Audience, publication: number): Promise<void> {
  await queries.query(`
    insert into atlas.pointers (atlas_key, audience, publication_key) values ($1, $2, $3)
    on conflict (atlas_key, audience) do update set publication_key = excluded.publication_key, moved_at = now()`, [atlas, audience, publication])
  await settlePointer(queries, atlas, audience)
}

/** Writes down where a pointer would go back to. */
export async function settlePointer (queries: Queries, atlas: number, audience: Audience): Promise<void> {
  await queries.query(`
    update atlas.pointers p
    set back_key = (select b.back_key from atlas.stored_steps_back b where b.publication_key = p.publication_key)
    where p.atlas_key = $1 and p.audience = $2`, [atlas, audience])
}

/** Of an atlas that published something. */
export async function getState (queries: Queries, atlas: number, audience: Audience): Promise<AtlasState> {
  const [state] = await queries.query<AtlasState & Row>(`
    select atlas, audience, edition, previous, withdrawn, note
    from atlas.stored_pointers join atlas.atlases using (atlas)
    where atlas_key = $1 and audience = $2`, [atlas, audience])
  return state!
}

async function getPointer (queries: Queries, atlasKey: number, of: Audience): Promise<Pointer> {
  const { atlas, audience, edition, previous } = await getState(queries, atlasKey, of)
  return { atlas, audience, edition: edition!, previous }
}
