import type { Queries } from './connection.ts'

/** Everything that the Werkstatt knows of an atlas goes by its new name; the log keeps the old one, under which it happened. */
export async function renameAtlas (queries: Queries, from: string, to: string): Promise<void> {
  await queries.query('update atlas.memberships set atlas = $2 where atlas = $1', [from, to])
  await queries.query('update atlas.api_tokens set atlas = $2 where atlas = $1', [from, to])
  await queries.query('update atlas.workshop_settings set atlas = $2 where atlas = $1', [from, to])
  await queries.query('update atlas.jobs set atlas = $2 where atlas = $1', [from, to])
  await queries.query(`
    update atlas.invitations set memberships = (
      select jsonb_agg(case when one->>'atlas' = $1 then one || jsonb_build_object('atlas', $2::text) else one end) from jsonb_array_elements(memberships) one)
    where memberships @> jsonb_build_array(jsonb_build_object('atlas', $1::text))`, [from, to])
}

/** Nobody has a role in it any more; what is published stays. */
export async function leaveAtlas (queries: Queries, atlas: string): Promise<void> {
  await queries.query('delete from atlas.memberships where atlas = $1', [atlas])
  await queries.query('delete from atlas.api_tokens where atlas = $1', [atlas])
}
