import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t, { type Test } from 'tap'
import type { Database } from '../sql/connection.ts'
import { findOwner } from '../sql/embedded-lock.ts'
import { migrate } from '../sql/migrate.ts'
import { openDatabase } from '../sql/open.ts'
import { startPostgres, whyNoPostgres } from './postgres.ts'

/** Holds the same against an embedded database and against PostgreSQL, each empty and gone afterwards. */
export function onBothEngines (what: string, suite: (t: Test, database: Database) => Promise<void>): void {
  t.test(`${what} on the embedded database`, async t => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-engine-'))
    t.after(async () => {
      while (findOwner(dataDir)) await delay(100)
      rmSync(dataDir, { recursive: true, force: true })
    })
    const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
    await suite(t, database)
    await database.close()
  })

  t.test(`${what} on PostgreSQL`, { skip: whyNoPostgres() }, async t => {
    const postgres = await startPostgres()
    t.after(() => postgres.stop())
    await postgres.sql('postgres', 'create database atlas')
    const database = await openDatabase({ dataDir: '/nowhere', databaseUrl: postgres.url('atlas'), role: 'owner', log: () => {} })
    await migrate(database)
    await suite(t, database)
    await database.close()
  })
}
