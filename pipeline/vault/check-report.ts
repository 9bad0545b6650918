import { chmod } from 'node:fs/promises'
import path from 'node:path'
import { makeVaultFolder, writeVaultBytes } from './write-file.ts'

/** The check report in the vault, in the form for people and in the one for programs. */
export interface CheckReportFiles {
  readonly html: string
  readonly json: string
}

/**
 * Writes the report of the last check to `reports/` of a vault folder, in place of the one before. The folder is made where it is
 * missing; a secret or a ledger is not, because a check is no build.
 *
 * @returns paths of the two files
 */
export async function writeCheckReport (vaultFolder: string, { html, json }: CheckReportFiles): Promise<CheckReportFiles> {
  const folder = path.join(vaultFolder, 'reports')
  await makeVaultFolder(vaultFolder)
  await makeVaultFolder(folder)
  await chmod(folder, 0o700)
  const files = { html: path.join(folder, 'pruefbericht.html'), json: path.join(folder, 'pruefbericht.json') }
  await writeVaultBytes(files.html, html)
  await writeVaultBytes(files.json, json)
  return files
}
