import { chmod, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { isEditionId } from '../../core/id.ts'
import { VaultError } from './error.ts'
import { createSecret, drawSecret, findSecret, secretId, type Secret } from './secret.ts'
import { makeVaultFolder } from './write-file.ts'

/**
 * The folder that may know raw counts: secret, ledger, copies of the delivered files, and what each
 * build found out. Nothing at request time reads it.
 */
export interface Vault {
  /** Absolute. */
  readonly folder: string
  readonly secret: Secret
  readonly secretId: string
}

export interface VaultOptions {
  readonly folder: string
  /** Of made-up figures nothing is secret: then the folder may be one that git checked out. */
  readonly isSynthetic: boolean
  /** Makes nothing: a missing secret is drawn for this process only. */
  readonly isReadOnly?: boolean
}

/**
 * Opens the vault, or makes one with a new secret where there is none. A secret that is missing
 * beside a ledger is not replaced: the ledger would mean nothing with another one.
 *
 * @throws VaultError vault-too-open, vault-secret-missing, vault-secret-unusable, vault-secret-public
 */
export async function openVault ({ folder, isSynthetic, isReadOnly = false }: VaultOptions): Promise<Vault> {
  const absolute = path.resolve(folder)
  if (!isReadOnly) await makeVaultFolder(absolute)
  if (!isSynthetic) await checkModes(absolute)
  const found = await findSecret(absolute, { isSynthetic })
  if (found === undefined && await hasLedgerTrace(absolute)) throw new VaultError('vault-secret-missing', { file: path.join(absolute, 'secret') })
  const secret = found ?? (isReadOnly ? drawSecret() : await createSecret(absolute))
  return { folder: absolute, secret, secretId: secretId(secret) }
}

/**
 * Whether a ledger is here or was here: it, the note of its end, or reports of earlier builds. Then
 * a missing ledger is a loss and not a beginning.
 */
export async function hasLedgerTrace (folder: string): Promise<boolean> {
  const names: string[] = await readdir(folder).catch(() => [])
  if (names.includes('ledger.jsonl') || names.includes('ledger.head')) return true
  // A check leaves its report there too (`pruefbericht.html`), and is no build.
  return (await readdir(path.join(folder, 'reports')).catch(() => [])).some(isEditionId)
}

/** Others must not get in. What lies deeper is behind the same door. */
async function checkModes (folder: string): Promise<void> {
  // Windows has no such bits; there the rights of the folder are a matter for its administrator.
  if (process.platform === 'win32') return
  for (const place of [folder, path.join(folder, 'secret'), path.join(folder, 'ledger.jsonl')]) {
    const found = await stat(place).catch(() => undefined)
    if (!found || (found.mode & 0o077) === 0) continue
    throw new VaultError('vault-too-open', { file: place }, { mode: (found.mode & 0o777).toString(8), folder })
  }
}

/** For a vault that was just unpacked: everything in it belongs to its owner alone. */
export async function closeModes (folder: string): Promise<void> {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(path.join(entry.parentPath, entry.name), entry.isDirectory() ? 0o700 : 0o600)
  }
  await chmod(folder, 0o700)
}
