import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { readBlocks, writeBlocks, type ProtectedBlock } from './blocks-file.ts'
import { recordDeletion, type Deletion } from './deletions.ts'
import { deliveryFile, forgetChecksums, listDeliveries, type KeptDelivery } from './deliveries.ts'
import { forgetCellHashes } from './edition-cells.ts'
import { VaultError } from './error.ts'
import { findLedgerBytes, rewriteLedger } from './ledger-file.ts'
import { withLock } from './lock.ts'
import { isMissing, listReportedEditions, readReport, reportFile, writeReport } from './reports.ts'
import type { Vault } from './vault.ts'
import { syncPath } from './write-file.ts'

/** What is to be forgotten, as the project says it. */
export interface Forgetting {
  readonly atlas: string
  readonly delivery: string
  /** Delivered files of this delivery, as written in the project file, and where they lie. */
  readonly files: ReadonlyArray<{ readonly name: string, readonly path: string }>
  /** Names of files that other deliveries need too. */
  readonly sharedNames: ReadonlySet<string>
  /** Names of files of all deliveries of the project. */
  readonly knownNames: ReadonlySet<string>
  readonly indicators: ReadonlySet<string>
  /** `indicator|period` of figures that another delivery holds, and this one does not. */
  readonly retained: ReadonlySet<string>
}

/** What `forget` deletes and what it leaves. */
export interface ForgetPlan {
  readonly forgetting: Forgetting
  /** Delivered files that are there. */
  readonly files: ReadonlyArray<{ readonly name: string, readonly path: string, readonly bytes: number }>
  readonly sharedFiles: readonly string[]
  /** Hashes of the copies that only this delivery needs. */
  readonly copies: readonly string[]
  /** Names of copies that another delivery needs too. */
  readonly sharedCopies: readonly string[]
  /** Names of copies in lists of older versions that no delivery of the project claims. */
  readonly unclaimed: readonly string[]
  /** Editions of which blocks or copies go. */
  readonly editions: readonly EditionLoss[]
  /** Checksums of files that only this delivery needs, and the editions that list them. */
  readonly checksums: ReadonlySet<string>
  readonly listed: readonly string[]
  /** Reports of a check, which quote counts. */
  readonly checkReports: readonly string[]
}

export interface EditionLoss {
  readonly edition: string
  readonly blocks: number
  readonly blocksLeft: number
  readonly copies: number
}

/** What was deleted, and how many hashes of suppressed figures with it. */
export interface Forgotten {
  readonly deletion: Deletion
  readonly hashes: number
}

/** Looks for everything in project and vault that carries raw counts of a delivery. Changes nothing. */
export async function planForgetting (vault: Vault, forgetting: Forgetting): Promise<ForgetPlan> {
  const files: Array<ForgetPlan['files'][number]> = []
  for (const file of forgetting.files) {
    const found = forgetting.sharedNames.has(file.name) ? undefined : await stat(file.path).catch(() => undefined)
    if (found) files.push({ ...file, bytes: found.size })
  }
  const { own, others, unclaimed, byEdition } = await claimCopies(vault, forgetting)
  const checksums = new Set([...own.keys()].filter(sha256 => !others.has(sha256)))
  const copies: string[] = []
  for (const sha256 of checksums) if (await isThere(deliveryFile(vault, sha256))) copies.push(sha256)
  const editions: EditionLoss[] = []
  for (const edition of await listReportedEditions(vault)) {
    const { gone, left } = await splitBlocks(vault, edition, forgetting)
    const lost = (byEdition.get(edition) ?? []).filter(sha256 => copies.includes(sha256)).length
    if (gone > 0 || lost > 0) editions.push({ edition, blocks: gone, blocksLeft: left.length, copies: lost })
  }
  return {
    forgetting,
    files,
    sharedFiles: forgetting.files.map(({ name }) => name).filter(name => forgetting.sharedNames.has(name)),
    copies,
    checksums,
    listed: [...byEdition].filter(([, hashes]) => hashes.some(sha256 => checksums.has(sha256))).map(([edition]) => edition),
    sharedCopies: [...own].filter(([sha256]) => others.has(sha256)).map(([, name]) => name),
    unclaimed,
    editions,
    checkReports: await listCheckReports(vault),
  }
}

/** Whose the copies are: by the lists of the editions, which name the deliveries or, in older versions, the files only. */
async function claimCopies (vault: Vault, { delivery, files, sharedNames, knownNames }: Forgetting) {
  const names = new Set(files.map(({ name }) => name))
  const own = new Map<string, string>()
  const others = new Set<string>()
  const unclaimed = new Set<string>()
  const byEdition = new Map<string, string[]>()
  const isOwn = (kept: KeptDelivery) => kept.deliveries?.includes(delivery) ?? names.has(kept.name)
  const isOthers = (kept: KeptDelivery) => kept.deliveries?.some(id => id !== delivery) ?? (knownNames.has(kept.name) && (!names.has(kept.name) || sharedNames.has(kept.name)))
  for (const edition of await listReportedEditions(vault)) {
    // An edition whose build broke off has no list.
    for (const kept of await listDeliveries(vault, edition).catch(() => [])) {
      const { sha256, name } = kept
      if (sha256 === undefined) continue
      if (isOwn(kept)) {
        own.set(sha256, name)
        byEdition.set(edition, [...byEdition.get(edition) ?? [], sha256])
      }
      if (isOthers(kept)) others.add(sha256)
      if (kept.deliveries === undefined && !knownNames.has(name)) unclaimed.add(name)
    }
  }
  return { own, others, unclaimed: [...unclaimed].toSorted(), byEdition }
}

const blocksName = 'blocks.json.gz'

/** A block goes as a whole: of the rest of it the counts could be worked out. */
async function splitBlocks (vault: Vault, edition: string, forgetting: Forgetting): Promise<{ gone: number, left: ProtectedBlock[] }> {
  if (!await isThere(reportFile(vault, edition, blocksName))) return { gone: 0, left: [] }
  const left: ProtectedBlock[] = []
  let gone = 0
  for (const one of readBlocks(await readReport(vault, edition, blocksName))) {
    if (one.block.cells.some(id => isForgotten(id, forgetting))) gone++
    else left.push(one)
  }
  return { gone, left }
}

/** Cells are `level/area/indicator/period`; what lies between figures has a tilde and no count of its own. */
function isForgotten (cell: string, { indicators, retained }: Forgetting): boolean {
  const [, , indicator = '', period = ''] = cell.split('/')
  return indicators.has(indicator) && !retained.has(`${indicator}|${period}`)
}

async function listCheckReports ({ folder }: Vault): Promise<string[]> {
  const reports = path.join(folder, 'reports')
  const names: string[] = await readdir(reports).catch(() => [])
  return names.filter(name => name.startsWith('pruefbericht.')).map(name => path.join(reports, name))
}

export interface ForgetTerms {
  readonly by: string
  readonly reason: string | null
  readonly title: string
  readonly retention: string | null
  readonly at: string
}

/**
 * Deletes what a plan names. The record of it is on the disk before, so that a power cut leaves at worst something to delete again.
 * The ledger goes on knowing what was printed and what was not; the hashes of what was not go, or a small count could be found by trying.
 */
export async function forgetDelivery (vault: Vault, plan: ForgetPlan, terms: ForgetTerms): Promise<Forgotten> {
  const { forgetting, files, copies, editions, checkReports, checksums, listed } = plan
  return await withLock(vault.folder, async () => {
    const begun: Deletion = {
      line: 'deletion',
      state: 'begun',
      ...terms,
      delivery: forgetting.delivery,
      files: files.map(({ name, bytes }) => ({ name, bytes })),
      copies: copies.length,
      editions: editions.map(({ edition }) => edition),
      indicators: [...forgetting.indicators],
    }
    await recordDeletion(vault.folder, begun)
    const hashes = await forgetHashes(vault, forgetting, terms)
    for (const { edition, blocks } of editions) {
      if (blocks > 0) await writeReport(vault, edition, blocksName, await writeBlocks((await splitBlocks(vault, edition, forgetting)).left))
    }
    for (const report of checkReports) await rm(report, { force: true })
    for (const sha256 of copies) await rm(deliveryFile(vault, sha256), { force: true })
    for (const { path: file } of files) await rm(file, { force: true })
    // Last: by them the copies were found.
    for (const edition of listed) await forgetChecksums(vault, edition, ({ sha256 }) => sha256 !== undefined && checksums.has(sha256))
    await syncFolders(vault, files)
    const done: Deletion = { ...begun, state: 'done' }
    await recordDeletion(vault.folder, done)
    return { deletion: done, hashes }
  })
}

/** Before the files go: what makes a plan anything but empty must be the last. */
async function forgetHashes (vault: Vault, forgetting: Forgetting, { at, by }: ForgetTerms): Promise<number> {
  const { atlas, delivery } = forgetting
  const isGone = (cell: string) => isForgotten(cell, forgetting)
  for (const edition of await listReportedEditions(vault)) {
    await forgetCellHashes(vault, edition, isGone).catch((error: unknown) => {
      // A build that broke off decided nothing.
      if (!(error instanceof VaultError) || error.code !== 'vault-report-missing') throw error
    })
  }
  if (await findLedgerBytes(vault.folder) === undefined) return 0
  return await rewriteLedger(vault, atlas, isGone, hashes => ({ line: 'forgotten', delivery, at, by, hashes }))
}

async function syncFolders ({ folder }: Vault, files: ForgetPlan['files']): Promise<void> {
  const folders = new Set([path.join(folder, 'deliveries'), path.join(folder, 'reports'), ...files.map(({ path: file }) => path.dirname(file))])
  for (const one of folders) await syncPath(one).catch((error: unknown) => { if (!isMissing(error)) throw error })
}

async function isThere (file: string): Promise<boolean> {
  return await stat(file).then(() => true, () => false)
}
