import sqlite, { type Database } from 'node-sqlite3-wasm'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'

/** Reads from a database; the rows are objects by column name. */
export type SqliteQuery = Database['all']

/** A file that is no sound SQLite database, in SQLite's own words. */
export class SqliteError extends Error {
  override name = 'SqliteError'
}

/**
 * Opens a copy of a database, asks it something and removes the copy. A copy, because SQLite writes locks beside the file, because nobody
 * else must write meanwhile, and because a journal that lies beside the original must not become part of it.
 *
 * What the file could do harm with is off: functions in its schema, constraints, memory beyond 256 MB. Whoever asks must read tables only,
 * no views (`findTable`): a view can calculate for ever.
 *
 * @throws SqliteError; every page is looked at once before the first question, so that no question runs in circles
 */
export async function queryCopy<Answer> (bytes: Uint8Array, ask: (query: SqliteQuery) => Answer): Promise<Answer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'atlas-sqlite-'))
  try {
    const file = path.join(folder, 'copy.sqlite')
    await writeFile(file, withoutLog(bytes), { mode: 0o600 })
    return askFile(file, ask)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function askFile<Answer> (file: string, ask: (query: SqliteQuery) => Answer): Answer {
  let database: Database | undefined
  try {
    database = new sqlite.Database(file, { readOnly: true })
    const query = database.all.bind(database)
    for (const setting of ['trusted_schema=OFF', 'ignore_check_constraints=ON', 'hard_heap_limit=268435456', 'cell_size_check=ON', 'mmap_size=0', 'temp_store=MEMORY']) {
      query(`PRAGMA ${setting}`)
    }
    const [finding] = query('PRAGMA quick_check(1)').flatMap(row => Object.values(row))
    if (finding !== 'ok') throw new SqliteError(String(finding).split('\n')[0])
    return ask(query)
  } catch (error) {
    if (error instanceof Error && error.name === 'SQLite3Error') throw new SqliteError(error.message)
    throw error
  } finally {
    database?.close()
  }
}

/** A database in the mode with a log of its own beside it cannot be opened alone; without a log the mode is two bytes in its head. */
function withoutLog (bytes: Uint8Array): Uint8Array {
  if (bytes[18] !== 2 && bytes[19] !== 2) return bytes
  const copy = Uint8Array.from(bytes)
  copy[18] = copy[19] = 1
  return copy
}

/** The name of a table as the database writes it, `undefined` for a view, a virtual table and what does not exist. */
export function findTable (query: SqliteQuery, name: string): string | undefined {
  const [found] = query("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND lower(name) = lower(?)", [name])
  return found === undefined || /^\s*CREATE\s+VIRTUAL/i.test(String(found['sql'])) ? undefined : String(found['name'])
}

/** A name within a statement. */
export function quoteName (name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
