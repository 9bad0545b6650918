import path from 'node:path'
import type { Edition } from '../core/edition.ts'
import { getVaultFolder, listVaults } from '../pipeline/vault/registry.ts'
import { openVault, type Vault } from '../pipeline/vault/vault.ts'
import type { Call } from './call.ts'

/** Where a build keeps what stays secret: as set, or inside the project. */
export function vaultFolderOf ({ config }: Call, projectFolder: string): string {
  return config.vaultDir ?? path.join(projectFolder, 'vault')
}

/**
 * The vault that an edition was built with, for commands that know no project.
 *
 * @throws VaultError where no build on this machine named one
 */
export async function openVaultOf ({ config }: Call, { atlas }: Pick<Edition, 'atlas'>): Promise<Vault> {
  const folder = config.vaultDir ?? await getVaultFolder(config.dataDir, atlas.id)
  return await openVault({ folder, isSynthetic: atlas.dataStatus === 'synthetic' })
}

/** All vaults this machine knows of, by atlas. */
export async function listVaultFolders ({ config }: Call): Promise<Map<string, string>> {
  return await listVaults(config.dataDir)
}
