import { readFile, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { isEditionId } from '../../core/id.ts'
import { VaultError } from './error.ts'
import type { Vault } from './vault.ts'
import { makeVaultFolder, writeVaultBytes } from './write-file.ts'

/** What a build found out about an edition, as files of `reports/<edition>/`. */

/** @throws RangeError for what is no edition id or no plain file name */
export function reportFile ({ folder }: Vault, edition: string, name: string): string {
  if (!isEditionId(edition)) throw new RangeError(`not an edition id: ${edition}`)
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(name)) throw new RangeError(`not a report's name: ${name}`)
  return path.join(folder, 'reports', edition, name)
}

/** Writes a report, in place of one of the same name. */
export async function writeReport (vault: Vault, edition: string, name: string, bytes: string | Uint8Array): Promise<void> {
  const file = reportFile(vault, edition, name)
  await makeVaultFolder(path.dirname(file))
  await writeVaultBytes(file, bytes)
}

/** @throws VaultError vault-report-missing */
export async function readReport (vault: Vault, edition: string, name: string): Promise<Buffer> {
  const file = reportFile(vault, edition, name)
  try {
    return await readFile(file)
  } catch (error) {
    throw isMissing(error) ? new VaultError('vault-report-missing', { file }, { edition }) : error
  }
}

/** Ids of the editions with reports, by code unit. */
export async function listReportedEditions ({ folder }: Vault): Promise<string[]> {
  return (await readdir(path.join(folder, 'reports')).catch(() => [])).filter(isEditionId).toSorted()
}

export async function deleteReports ({ folder }: Vault, edition: string): Promise<void> {
  await rm(path.join(folder, 'reports', edition), { recursive: true, force: true })
}

export function isMissing (error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
