import type { Audience } from '../core/edition.ts'
import type { Role } from '../core/permission.ts'
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

/**
 * Whose approval of an edition stands: not of whoever built it, and of an account that may still sign in and still has one of these roles
 * in the atlas. Roles are asked for when it counts, not when somebody clicked.
 */
export async function listStandingApprovals (database: Queries, atlas: string, edition: string, roles: readonly Role[]): Promise<string[]> {
  const rows = await database.query<{ account: string }>(`
    select p.account from atlas.approvals p
    where p.atlas = $1 and p.edition = $2
      and p.account is distinct from (select j.account from atlas.jobs j where j.atlas = $1 and j.kind = 'build' and $2 = any(j.editions) order by j.job desc limit 1)
      and exists (select from atlas.accounts a join atlas.memberships m using (account_key)
                  where a.account = p.account and a.disabled_at is null and m.atlas = $1 and m.role = any($3))
    order by p.account`, [atlas, edition, roles])
  return rows.map(({ account }) => account)
}

/** Roles that an account has in an atlas; none for one that is disabled. */
export async function listRoles (database: Queries, atlas: string, account: string): Promise<Role[]> {
  const rows = await database.query<{ role: Role }>(`
    select m.role from atlas.accounts a join atlas.memberships m using (account_key)
    where a.account = $2 and a.disabled_at is null and m.atlas = $1`, [atlas, account])
  return rows.map(({ role }) => role)
}

/** False where there was none. */
export async function withdrawApproval (database: Queries, edition: string, account: string): Promise<boolean> {
  return (await database.query('delete from atlas.approvals where edition = $1 and account = $2 returning 1', [edition, account])).length > 0
}
