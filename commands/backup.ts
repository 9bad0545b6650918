import path from 'node:path'
import { registerVault } from '../pipeline/vault/registry.ts'
import { backup as writeArchive } from './archive/backup.ts'
import { restore as restoreArchive } from './archive/restore.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { openDatabase } from '../sql/open.ts'
import type { Database } from '../sql/connection.ts'
import { mayDump } from '../sql/dump.ts'
import { findVaultFolder } from './archive/find-vault.ts'
import { exists } from './archive/exists.ts'
import { report } from './report.ts'

/** `atlas backup`: all editions and vaults of this machine in one file, as secret as the vaults. */
export async function backup (call: Call): Promise<number> {
  const file = path.resolve(requireArgument(call, 0, 'FILE'))
  return withStore(call, 'pipeline', async store => {
    const atlases = new Set((await store.listEditions()).map(({ atlas }) => atlas))
    const folders = new Map<string, string>()
    // Editions without their vault cannot be continued: better no backup than one that looks like one.
    for (const atlas of atlases) folders.set(atlas, await findVaultFolder(call.config, atlas))
    return await withDatabase(call, async database => {
      const { dataDir, projectsDir } = call.config
      const workshop = {
        dataDir,
        projectsDir: await exists(projectsDir) ? projectsDir : undefined,
        database: await mayDump(database) ? database : undefined,
      }
      return report(await writeArchive(store, folders, file, workshop), call.language) ? 1 : 0
    })
  })
}

/** `atlas restore`: everything back on an empty machine. */
export async function restore (call: Call): Promise<number> {
  const file = path.resolve(requireArgument(call, 0, 'FILE'))
  const { config } = call
  // The projects that the vaults belonged to may not be on this machine.
  const vaultFolderOf = (atlas: string) => config.vaultDir ?? path.join(config.dataDir, 'vaults', atlas)
  return withStore(call, 'pipeline', async store => {
    const { dataDir, projectsDir } = config
    const { vaultFolders, problems } = await withDatabase(call, database => restoreArchive({ store, file, vaultFolderOf, projectsDir, dataDir, database }))
    for (const [atlas, folder] of vaultFolders) await registerVault(config.dataDir, atlas, folder)
    return report(problems, call.language) ? 1 : 0
  })
}

/** The same database as the store, for what is no edition. */
async function withDatabase<Result> ({ config }: Call, work: (database: Database) => Promise<Result>): Promise<Result> {
  const { dataDir, databaseUrl } = config
  const database = await openDatabase({ dataDir, role: 'pipeline', log: () => {}, ...databaseUrl !== null && { databaseUrl } })
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
