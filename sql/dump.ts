import type { Database, Queries, Row } from './connection.ts'

/** A row as JSON, as PostgreSQL writes it: a time is text, a bytea its hexadecimal form. */
export type DumpedRow = Readonly<Record<string, unknown>>

/** What of the Werkstatt is not carried to another machine, or is carried in another way. */
const leftOut = [
  // Editions have their own form in a backup.
  'schema_migrations', 'readers', 'atlases', 'editions', 'document_parts', 'levels', 'areas', 'indicators', 'periods', 'series', 'cells',
  'tile_sets', 'tiles', 'publications', 'pointers', 'withdrawals',
  // Whoever was signed in signs in again; what waited or failed at the door is of that moment.
  'sessions', 'invitations', 'sign_in_failures',
  // A job belongs to the worker that ran it. What came of it stands in the log.
  'jobs',
]

/**
 * Tables of the Werkstatt, those that others refer to first; a table that is not named as left out belongs to a backup, so that a new
 * one cannot be forgotten.
 */
export async function listDumpedTables (database: Queries): Promise<string[]> {
  const tables = await database.query<{ name: string } & Row>(`
    select relname as name from pg_class join pg_namespace n on n.oid = relnamespace
    where nspname = 'atlas' and relkind = 'r' and not relispartition and not relname = any($1) order by relname`, [leftOut])
  const references = await database.query<{ child: string, parent: string } & Row>(`
    select c.relname as child, p.relname as parent from pg_constraint
    join pg_class c on c.oid = conrelid join pg_class p on p.oid = confrelid join pg_namespace n on n.oid = c.relnamespace
    where contype = 'f' and nspname = 'atlas' and conrelid <> confrelid`)
  const sorted: string[] = []
  const place = (name: string) => {
    if (sorted.includes(name)) return
    for (const { child, parent } of references) if (child === name && tables.some(table => table.name === parent)) place(parent)
    sorted.push(name)
  }
  for (const { name } of tables) place(name)
  return sorted
}

/** Whether this login may read them; on PostgreSQL the one that builds may not. */
export async function mayDump (database: Queries): Promise<boolean> {
  const [row] = await database.query<{ may: boolean } & Row>("select has_table_privilege(current_user, 'atlas.accounts', 'select') as may")
  return row?.may === true
}

/** In the order in which they were written. */
export async function dumpTable (database: Queries, table: string): Promise<DumpedRow[]> {
  const [key] = await keysOf(database, table)
  const rows = await database.query<{ row: DumpedRow } & Row>(`select to_jsonb(t) as row from atlas.${table} t${key === undefined ? '' : ` order by t.${key.name}`}`)
  return rows.map(({ row }) => row)
}

/** Whether somebody was let in already. */
export async function hasPeople (database: Queries): Promise<boolean> {
  return (await database.query('select from atlas.accounts limit 1')).length > 0
}

const rowsAtOnce = 5000

/**
 * Puts rows back, all or none. Columns that this program has no more are left out; new ones get their default.
 * @throws StoreError where the login may not
 */
export async function restoreTables (database: Database, tables: ReadonlyMap<string, readonly DumpedRow[]>): Promise<void> {
  await database.transaction(async queries => {
    for (const table of await listDumpedTables(queries)) {
      const rows = tables.get(table) ?? []
      if (rows.length === 0) continue
      const keys = await keysOf(queries, table)
      const columns = await columnsOf(queries, table, rows, keys)
      for (let start = 0; start < rows.length; start += rowsAtOnce) {
        await queries.query(`
          insert into atlas.${table} (${columns.join(', ')}) overriding system value
          select ${columns.join(', ')} from jsonb_populate_recordset(null::atlas.${table}, $1::jsonb)`, [JSON.stringify(rows.slice(start, start + rowsAtOnce))])
      }
      for (const { name } of keys.filter(({ isReferred }) => isReferred)) {
        await queries.query(`select setval(pg_get_serial_sequence('atlas.${table}', '${name}'), (select max(${name}) from atlas.${table}))`)
      }
    }
  })
}

interface Key { readonly name: string, readonly isReferred: boolean }

/** Columns that number themselves. What nothing refers to is numbered anew, so that it meets no number given meanwhile. */
async function keysOf (queries: Queries, table: string): Promise<Key[]> {
  const rows = await queries.query<{ name: string, is_referred: boolean } & Row>(`
    select attname as name, exists (select from pg_constraint where contype = 'f' and confrelid = attrelid) as is_referred
    from pg_attribute where attrelid = ('atlas.' || $1)::regclass and attidentity <> '' and not attisdropped`, [table])
  return rows.map(({ name, is_referred: isReferred }) => ({ name, isReferred }))
}

async function columnsOf (queries: Queries, table: string, rows: readonly DumpedRow[], keys: readonly Key[]): Promise<string[]> {
  const there = await queries.query<{ name: string } & Row>(`
    select attname as name from pg_attribute where attrelid = ('atlas.' || $1)::regclass and attnum > 0 and not attisdropped order by attnum`, [table])
  const known = new Set(rows.flatMap(row => Object.keys(row)))
  return there.map(({ name }) => name).filter(name => known.has(name) && keys.every(key => key.isReferred || key.name !== name))
}
