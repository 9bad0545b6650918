import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { getVaultFolder } from '../../pipeline/vault/registry.ts'
import type { Config } from '../../server/config.ts'
import { exists } from './exists.ts'

/**
 * Where the vault of an atlas is now: as set, as its last build said, or with its project where that was put away.
 * @throws VaultError vault-unknown
 */
export async function findVaultFolder ({ vaultDir, dataDir, projectsDir }: Pick<Config, 'vaultDir' | 'dataDir' | 'projectsDir'>, atlas: string): Promise<string> {
  const stated = vaultDir ?? await getVaultFolder(dataDir, atlas)
  if (await exists(stated)) return stated
  const archive = path.join(projectsDir, '.archive')
  const names = (await readdir(archive).catch(() => [])).filter(name => name.startsWith(`${atlas}-`) && /^\d{8}T\d{6}Z$/.test(name.slice(atlas.length + 1)))
  const newest = names.toSorted().at(-1)
  return newest === undefined ? stated : path.join(archive, newest, 'vault')
}
