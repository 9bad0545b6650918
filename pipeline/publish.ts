import type { Audience, Edition } from '../core/edition.ts'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { formatReport, isClean, type ArtefactReport, type ProtectionReport } from './report/protection-report.ts'
import { releaseSheet } from './report/release-sheet.ts'
import { readEditionCells } from './vault/edition-cells.ts'
import { openLedger, recordPublication, reconcile, type Ledger } from './vault/ledger.ts'
import { readReport, writeReport } from './vault/reports.ts'
import type { Vault } from './vault/vault.ts'

/** What publishing needs of the store. */
export interface PublishStore {
  readonly publish: (edition: string) => Promise<unknown>
  readonly listEditions: (atlas: string) => Promise<ReadonlyArray<{ readonly id: string, readonly audience: Audience, readonly state: string }>>
}

/** What the audit of finished bytes says. */
export interface BytesVerdict {
  readonly report: ArtefactReport
  /** A note, or the findings as errors. */
  readonly problems: readonly Problem[]
}

export interface PublishInput {
  readonly edition: Edition
  readonly store: PublishStore
  readonly vault: Vault
  /** Reads everything the edition is about to say. */
  readonly auditBytes: (edition: Edition) => Promise<BytesVerdict>
}

/**
 * Makes a stored edition the current one: only with the report of its build, only if that is clean,
 * only after an audit of the finished bytes. The ledger has its cells before anybody can see them;
 * the pointer moves last.
 *
 * @throws VaultError if vault, ledger or report do not allow it; the old edition then stays
 */
export async function publishEdition ({ edition, store, vault, auditBytes }: PublishInput): Promise<Problem[]> {
  const { id, atlas, audience } = edition
  const ledger = await openLedgerOf(vault, atlas.id, store)
  const problems = await reconcile(ledger, edition => findState(store, atlas.id, edition))
  const report = JSON.parse((await readReport(vault, id, reportName)).toString('utf8')) as ProtectionReport
  if (!isClean({ ...report, artefacts: null })) return [...problems, problem('audit-not-clean', {}, { edition: id })]

  const bytes = await auditBytes(edition)
  problems.push(...bytes.problems)
  if (hasErrors(problems)) return problems

  const { head, cells } = await readEditionCells(vault, id)
  await recordPublication(ledger, { edition: id, audience, policy: head.policy, basis: head.basis, ...head.carried && { carried: head.carried }, cells }, {
    publish: () => store.publish(id),
    findState: edition => findState(store, atlas.id, edition),
  })
  await writeReports(vault, { ...report, artefacts: bytes.report })
  return problems
}

async function openLedgerOf (vault: Vault, atlas: string, store: PublishStore): Promise<Ledger> {
  const published = (await store.listEditions(atlas)).filter(({ state }) => state !== 'draft').map(({ id }) => id)
  return await openLedger({ vault, atlas, firstEdition: false, isRequired: true, publishedEditions: published })
}

async function findState (store: PublishStore, atlas: string, edition: string): Promise<string | undefined> {
  return (await store.listEditions(atlas)).find(({ id }) => id === edition)?.state
}

export const reportName = 'geheimhaltung.json'

/** The report for programs, and the sheet for whoever signs. */
export async function writeReports (vault: Vault, report: ProtectionReport): Promise<void> {
  await writeReport(vault, report.edition, reportName, formatReport(report))
  await writeReport(vault, report.edition, 'freigabeblatt.html', releaseSheet(report))
}
