import path from 'node:path'
import { getVaultFolder, registerVault } from '../pipeline/vault/registry.ts'
import { backup as writeArchive } from './archive/backup.ts'
import { restore as restoreArchive } from './archive/restore.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { report } from './report.ts'

/** `atlas backup`: all editions and vaults of this machine in one file, as secret as the vaults. */
export async function backup (call: Call): Promise<number> {
  const file = path.resolve(requireArgument(call, 0, 'FILE'))
  return withStore(call, 'pipeline', async store => {
    const atlases = new Set((await store.listEditions()).map(({ atlas }) => atlas))
    const folders = new Map<string, string>()
    // Editions without their vault cannot be continued: better no backup than one that looks like one.
    for (const atlas of atlases) folders.set(atlas, call.config.vaultDir ?? await getVaultFolder(call.config.dataDir, atlas))
    return report(await writeArchive(store, folders, file), call.language) ? 1 : 0
  })
}

/** `atlas restore`: everything back on an empty machine. */
export async function restore (call: Call): Promise<number> {
  const file = path.resolve(requireArgument(call, 0, 'FILE'))
  const { config } = call
  // The projects that the vaults belonged to may not be on this machine.
  const vaultFolderOf = (atlas: string) => config.vaultDir ?? path.join(config.dataDir, 'vaults', atlas)
  return withStore(call, 'pipeline', async store => {
    const { vaultFolders, problems } = await restoreArchive({ store, file, vaultFolderOf })
    for (const [atlas, folder] of vaultFolders) await registerVault(config.dataDir, atlas, folder)
    return report(problems, call.language) ? 1 : 0
  })
}
