import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { listReportedEditions, readReport, writeReport } from './reports.ts'
import type { Vault } from './vault.ts'
import { makeVaultFolder, writeVaultFile } from './write-file.ts'

/** A delivered file as it was when an edition was built. */
export interface KeptDelivery {
  /** As written in the project file. */
  readonly name: string
  /** Of the file itself; the copy is `deliveries/<sha256>.gz`. Absent once forgotten: of a table of which all but a few cells are known these are found by trying. */
  readonly sha256?: string
  readonly bytes: number
  /** Ids of the deliveries that need it; absent in lists that older versions wrote. */
  readonly deliveries?: readonly string[]
  /** Rows about persons: there is no copy. */
  readonly isPersonal?: true
}

/** A file to keep. */
export interface FileToKeep {
  readonly name: string
  readonly path: string
  readonly deliveries?: readonly string[]
  readonly isPersonal?: boolean
}

const listName = 'deliveries.json'

/**
 * Copies the delivered files of a build into the vault, each content once, and notes in the reports
 * of the edition which they were. A delivery that is replaced in the project stays to be had. Of rows about persons only hash and
 * size are noted.
 */
export async function keepDeliveries (vault: Vault, edition: string, files: readonly FileToKeep[]): Promise<Array<KeptDelivery & { readonly sha256: string }>> {
  await makeVaultFolder(path.join(vault.folder, 'deliveries'))
  const kept: Array<KeptDelivery & { readonly sha256: string }> = []
  for (const { name, path: file, deliveries, isPersonal = false } of files) {
    const { sha256, bytes } = await hashFile(file)
    if (!isPersonal) await keepFile(vault, file, sha256)
    kept.push({ name, sha256, bytes, ...deliveries && { deliveries }, ...isPersonal && { isPersonal } })
  }
  await writeList(vault, edition, kept)
  return kept
}

async function keepFile (vault: Vault, file: string, sha256: string): Promise<void> {
  const copy = deliveryFile(vault, sha256)
  if (await stat(copy).then(() => true, () => false)) return
  await writeVaultFile(copy, async unfinished => {
    await pipeline(createReadStream(file), createGzip(), createWriteStream(unfinished, { mode: 0o600 }))
  })
}

/** Hash and length of a file, read in parts. */
export async function hashFile (file: string): Promise<{ sha256: string, bytes: number }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { sha256: hash.digest('hex'), bytes }
}

/** The deliveries of an edition. @throws VaultError vault-report-missing */
export async function listDeliveries (vault: Vault, edition: string): Promise<KeptDelivery[]> {
  return JSON.parse((await readReport(vault, edition, listName)).toString('utf8')) as KeptDelivery[]
}

/** Takes the checksums of forgotten files out of the list of an edition. */
export async function forgetChecksums (vault: Vault, edition: string, isForgotten: (kept: KeptDelivery) => boolean): Promise<void> {
  const kept = await listDeliveries(vault, edition)
  await writeList(vault, edition, kept.map(one => {
    if (!isForgotten(one)) return one
    const { sha256: _, ...rest } = one
    return rest
  }))
}

async function writeList (vault: Vault, edition: string, kept: readonly KeptDelivery[]): Promise<void> {
  await writeReport(vault, edition, listName, `${JSON.stringify(kept, null, 2)}\n`)
}

/** The gzip copy of a delivered file. */
export function deliveryFile ({ folder }: Vault, sha256: string): string {
  return path.join(folder, 'deliveries', `${sha256}.gz`)
}

/** A build that is running has copied its deliveries and not named them yet. */
const youngestMilliseconds = 24 * 3600 * 1000

/** Deletes copies that no edition with reports was made of: raw data are kept no longer than needed. */
export async function deleteUnusedDeliveries (vault: Vault): Promise<void> {
  const used = new Set<string>()
  for (const edition of await listReportedEditions(vault)) {
    // An edition whose build broke off has no list, and then no copies that only it needs.
    for (const { sha256 } of await listDeliveries(vault, edition).catch(() => [])) if (sha256 !== undefined) used.add(`${sha256}.gz`)
  }
  const folder = path.join(vault.folder, 'deliveries')
  for (const name of await readdir(folder).catch(() => [])) {
    if (used.has(name)) continue
    const file = path.join(folder, name)
    const { mtimeMs } = await stat(file)
    if (Date.now() - mtimeMs > youngestMilliseconds) await rm(file, { force: true })
  }
}
