import path from 'node:path'
import type { Audience } from '../core/edition.ts'
import type { Database } from './connection.ts'
import { connectDatabase } from './connection.ts'
import { locateEmbedded } from './embedded.ts'
import { StoreError } from './errors.ts'
import { migrate, readSchemaVersion, wantedVersion } from './migrate.ts'

/** What the caller is going to do; on PostgreSQL the role of its login decides what it can do. */
export type StoreRole = 'owner' | 'pipeline' | 'server' | 'workshop'

export interface StoreOptions {
  /** Folder of the embedded database; unused with `databaseUrl`. */
  readonly dataDir: string
  /** `postgres://…`; without it the database is embedded. */
  readonly databaseUrl?: string
  readonly role: StoreRole
  /** Whose editions a server shows; default public. */
  readonly audience?: Audience
  readonly log: (message: string) => void
}

/** Enough for a server that loads an edition while it polls. */
const postgresConnections = 4

/**
 * Opens the database and checks that its tables are those of this program. The embedded one is
 * started and migrated on the way; on PostgreSQL that is a deliberate act of its owner, who alone
 * gets older tables.
 *
 * @throws StoreError publish-schema-version, publish-database-away, publish-database-failed and others
 */
export async function openDatabase (options: StoreOptions): Promise<Database> {
  const { role, log } = options
  const database = connectDatabase(connectionOf(options))
  try {
    if (database.engine === 'embedded') {
      log('embedded database: for a trial or one small machine. It has no roles (who can enter the data folder can change it), ' +
        'and a power cut may damage it; with DATABASE_URL the atlas uses PostgreSQL instead')
      if (await readSchemaVersion(database) < wantedVersion()) await migrate(database)
    }
    if (role !== 'owner' || database.engine === 'embedded') await checkSchemaVersion(database, nameOf(options))
  } catch (error) {
    await database.close()
    throw error
  }
  return database
}

async function checkSchemaVersion (database: Database, name: string): Promise<void> {
  const version = await readSchemaVersion(database)
  const wanted = wantedVersion()
  if (version !== wanted) throw new StoreError('publish-schema-version', { database: name, version, wanted })
}

function connectionOf (options: StoreOptions): Parameters<typeof connectDatabase>[0] {
  const { dataDir, databaseUrl, role } = options
  const context = { database: nameOf(options), role: `atlas_${role}` }
  if (databaseUrl !== undefined) {
    return { engine: 'postgres', size: postgresConnections, context, locate: async () => ({ url: databaseUrl }) }
  }
  // One session serves all processes, so more than one connection of each would only queue.
  return { engine: 'embedded', size: 1, context, locate: async () => ({ socketFolder: await locateEmbedded(dataDir) }) }
}

/** For messages and logs, so without user and password. */
function nameOf ({ dataDir, databaseUrl }: StoreOptions): string {
  if (databaseUrl === undefined) return path.resolve(dataDir)
  try {
    const { host, pathname, searchParams } = new URL(databaseUrl)
    return `${host || searchParams.get('host') || 'localhost'}${pathname}`
  } catch {
    return 'DATABASE_URL'
  }
}
