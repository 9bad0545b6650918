import type { Audience } from '../core/edition.ts'
import type { Queries } from './connection.ts'

/** Somebody's word that an edition may be shown. */
export interface Approval {
  readonly edition: string
  readonly account: string
  readonly name: string
  /** UTC, `2025-02-03T10:20:30Z`. */
  readonly at: string
}

/** Audiences of an atlas whose editions need one; none unless somebody said so. */
export async function readApprovedAudiences (database: Queries, atlas: string): Promise<Audience[]> {
  const [row] = await database.query<{ approved_audiences: Audience[] }>('select approved_audiences from atlas.workshop_settings where atlas = $1', [atlas])
  return row?.approved_audiences ?? []
}

export async function setApprovedAudiences (database: Queries, atlas: string, audiences: readonly Audience[]): Promise<void> {
  await database.query(`
    insert into atlas.workshop_settings (atlas, approved_audiences) values ($1, $2)
    on conflict (atlas) do update set approved_audiences = excluded.approved_audiences`, [atlas, audiences])
}

/** Of all editions of an atlas, the oldest first. */
export async function listApprovals (database: Queries, atlas: string): Promise<Approval[]> {
  return await database.query<Approval & Record<string, unknown>>(`
    select edition, account, name, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as at
    from atlas.approvals where atlas = $1 order by approvals.at, account`, [atlas])
}

export async function approve (database: Queries, { edition, atlas, account, name }: { readonly edition: string, readonly atlas: string, readonly account: string, readonly name: string }): Promise<void> {
  await database.query('insert into atlas.approvals (edition, atlas, account, name) values ($1, $2, $3, $4) on conflict do nothing', [edition, atlas, account, name])
}

/** False where there was none. */
export async function withdrawApproval (database: Queries, edition: string, account: string): Promise<boolean> {
  return (await database.query('delete from atlas.approvals where edition = $1 and account = $2 returning 1', [edition, account])).length > 0
}
