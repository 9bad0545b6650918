import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { VaultError } from './error.ts'
import { isMissing } from './reports.ts'
import { makeVaultFolder, writeVaultBytes } from './write-file.ts'

/*
 * `ATLAS_DATA/vaults.json`: atlas id -> absolute folder of its vault. A command such as `publish
 * EDITION` knows no project, and so not where its vault lies. It holds places only, nothing secret.
 */

function registryFile (dataDir: string): string {
  return path.join(dataDir, 'vaults.json')
}

/** Notes where the vault of an atlas lies; the last build says so. */
export async function registerVault (dataDir: string, atlas: string, folder: string): Promise<void> {
  const vaults = await listVaults(dataDir)
  const absolute = path.resolve(folder)
  if (vaults.get(atlas) === absolute) return
  vaults.set(atlas, absolute)
  await makeVaultFolder(dataDir)
  const entries = [...vaults].toSorted(([a], [b]) => a < b ? -1 : 1)
  await writeVaultBytes(registryFile(dataDir), `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`)
}

/** Vault folders by atlas; empty before the first build. @throws VaultError vault-registry-damaged */
export async function listVaults (dataDir: string): Promise<Map<string, string>> {
  const file = registryFile(dataDir)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (isMissing(error)) return new Map()
    throw error
  }
  const content = parse(text)
  const entries = typeof content === 'object' && content !== null && !Array.isArray(content) ? Object.entries(content) : undefined
  if (!entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string' && path.isAbsolute(entry[1]))) throw new VaultError('vault-registry-damaged', { file })
  return new Map(entries)
}

function parse (text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** @throws VaultError vault-unknown where no build on this machine named one */
export async function getVaultFolder (dataDir: string, atlas: string): Promise<string> {
  const folder = (await listVaults(dataDir)).get(atlas)
  if (folder === undefined) throw new VaultError('vault-unknown', { file: registryFile(dataDir) }, { atlas })
  return folder
}
