import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { makeVaultFolder, writeVaultBytes } from '../../pipeline/vault/write-file.ts'
import type { Database } from '../../sql/connection.ts'
import { dumpTable, listDumpedTables, restoreTables, type DumpedRow } from '../../sql/dump.ts'
import type { Entry } from './pack.ts'

/** Opens the one-time codes; lies beside the database, not in it. */
const keyFile = 'workshop.key'

/** Accounts, roles, settings, approvals and the log, a file per table and a line per row; and the key, where it is on this machine. */
export async function * peopleEntries (database: Database, dataDir: string): AsyncGenerator<Entry> {
  for (const table of await listDumpedTables(database)) {
    const rows = await dumpTable(database, table)
    yield toEntry(`werkstatt/${table}.jsonl`, Buffer.from(rows.map(row => `${JSON.stringify(row)}\n`).join('')))
  }
  const key = await readFile(path.join(dataDir, keyFile)).catch(() => undefined)
  if (key) yield toEntry(`werkstatt/${keyFile}`, key)
}

function toEntry (name: string, content: Buffer): Entry {
  return { name, bytes: content.length, content: [content] }
}

/** What was read of a backup until it is known to be good. */
export interface People {
  readonly read: (name: string, content: Buffer) => void
  readonly settle: (database: Database, dataDir: string) => Promise<void>
  readonly hasAny: () => boolean
}

export function collectPeople (): People {
  const tables = new Map<string, DumpedRow[]>()
  let key: Buffer | undefined
  return {
    read (name, content) {
      if (name === keyFile) key = content
      else tables.set(name.replace(/\.jsonl$/, ''), content.toString('utf8').split('\n').filter(line => line !== '').map(line => JSON.parse(line) as DumpedRow))
    },
    hasAny: () => (tables.get('accounts') ?? []).length > 0,
    async settle (database, dataDir) {
      if (key) {
        await makeVaultFolder(dataDir)
        await writeVaultBytes(path.join(dataDir, keyFile), key)
      }
      await restoreTables(database, tables)
    },
  }
}
