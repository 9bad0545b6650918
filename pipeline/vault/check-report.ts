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

/** What stays visible under the rules of a project: numbers of cells, names and rules, no figure. It goes when the check report is forgotten. */
export interface VisibleReport {
  readonly format: 1
  readonly rows: ReadonlyArray<{ readonly indicator: string, readonly level: string, readonly printed: number, readonly suppressed: number, readonly withheld: number }>
  /** Counts that lose much, with the ways to show more that were tried, the best first. */
  readonly families: ReadonlyArray<{
    /** Ids. */
    readonly indicators: readonly string[]
    readonly labels: readonly string[]
    readonly printed: number
    readonly cells: number
    readonly ways: ReadonlyArray<{ readonly remedy: string, readonly facts: Readonly<Record<string, string | number>>, readonly sentence: string }>
  }>
}

export const visibleReportFile = 'pruefbericht.sichtbar.json'

/** In place of the one before. */
export async function writeVisibleReport (vaultFolder: string, report: VisibleReport): Promise<void> {
  const folder = path.join(vaultFolder, 'reports')
  await makeVaultFolder(folder)
  await writeVaultBytes(path.join(folder, visibleReportFile), `${JSON.stringify(report, null, 2)}\n`)
}
