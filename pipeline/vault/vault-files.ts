import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { VaultError } from './error.ts'
import { findLedgerBytes, hasHead, ledgerFile, loadLedger } from './ledger-file.ts'
import { findSecret, secretFile, secretId } from './secret.ts'
import { hasLedgerTrace } from './vault.ts'
import { unfinishedEnding } from './write-file.ts'

/** Names of the files of a vault, with slashes, by code unit; without locks and what is being written. */
export async function listVaultFiles (folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const names = entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)))
  return names.map(name => name.replaceAll(path.sep, '/'))
    .filter(name => !name.endsWith(unfinishedEnding) && !/^ledger\.(lock|candidate)\./.test(name))
    .toSorted()
}

/**
 * Whether a vault can be used: secret and ledger are there, belong together and are unchanged.
 * Changes nothing and takes no lock.
 *
 * @throws VaultError vault-secret-…, vault-ledger-…
 */
export async function checkVault (folder: string, atlas: string): Promise<void> {
  // Whether the secret is a public one is a question to the project.
  const secret = await findSecret(folder, { isSynthetic: true })
  if (secret === undefined) {
    if (await hasLedgerTrace(folder)) throw new VaultError('vault-secret-missing', { file: secretFile(folder) })
    return
  }
  if (await findLedgerBytes(folder) !== undefined) await loadLedger({ folder, secret, secretId: secretId(secret) }, atlas)
  else if (await hasHead(folder)) throw new VaultError('vault-ledger-lost', { file: ledgerFile(folder) })
}
