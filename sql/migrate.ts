import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Database } from './connection.ts'

/** Version of the tables this program reads and writes: the number of its last migration. */
export function wantedVersion (): number {
  return listMigrations().at(-1)?.version ?? 0
}

/** Version of the tables in the database; 0 where there are none. */
export async function readSchemaVersion (database: Database): Promise<number> {
  const [found] = await database.query<{ found: boolean }>("select to_regclass('atlas.schema_migrations') is not null as found")
  if (!found?.found) return 0
  const [row] = await database.query<{ version: number }>('select coalesce(max(version), 0) as version from atlas.schema_migrations')
  return row?.version ?? 0
}

/**
 * Brings the tables to the wanted version: forward only, each migration in a transaction of its own.
 * Two programs may do this in the same moment. On PostgreSQL the tables end up with `atlas_owner`
 * whoever of its members runs this, and the roles of `roles.sql` get their rights.
 *
 * @throws StoreError publish-forbidden
 */
export async function migrate (database: Database): Promise<void> {
  const asOwner = database.engine === 'postgres' && await hasOwnerRole(database) ? 'set local role atlas_owner;' : ''
  await database.transaction(async queries => {
    if (asOwner) await queries.run(asOwner)
    // A transaction lock that needs no table: two first starts would both try to create the schema.
    await queries.query('select pg_advisory_xact_lock(704204)')
    await queries.run(`
      create schema if not exists atlas;
      create table if not exists atlas.schema_migrations (
        version int primary key, name text not null, applied_at timestamptz not null default now())`)
  })
  for (const migration of listMigrations()) {
    await database.transaction(async queries => {
      if (asOwner) await queries.run(asOwner)
      await queries.run('lock table atlas.schema_migrations in exclusive mode')
      const done = await queries.query('select from atlas.schema_migrations where version = $1', [migration.version])
      if (done.length > 0) return
      await queries.run(readFileSync(migration.file, 'utf8'))
      await queries.query('insert into atlas.schema_migrations (version, name) values ($1, $2)', [migration.version, migration.name])
    })
  }
  if (database.engine === 'embedded') return
  await database.transaction(async queries => {
    if (asOwner) await queries.run(asOwner)
    await queries.run('lock table atlas.schema_migrations in exclusive mode')
    await queries.run(readFileSync(path.join(import.meta.dirname, 'grants.sql'), 'utf8'))
  })
}

interface Migration { readonly version: number, readonly name: string, readonly file: string }

/** `0001-editions.sql` and its successors, oldest first. */
function listMigrations (): Migration[] {
  const folder = path.join(import.meta.dirname, 'migrations')
  return readdirSync(folder)
    .flatMap(file => {
      const [, version, name] = /^(\d{4})-(.+)\.sql$/.exec(file) ?? []
      return version && name ? [{ version: Number(version), name, file: path.join(folder, file) }] : []
    })
    .toSorted((a, b) => a.version - b.version)
}

async function hasOwnerRole (database: Database): Promise<boolean> {
  const rows = await database.query("select from pg_roles where rolname = 'atlas_owner' and pg_has_role(oid, 'member')")
  return rows.length > 0
}
