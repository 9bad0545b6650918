import { deleteUnusedDeliveries } from './deliveries.ts'
import { listLedgerEditions, type Ledger } from './ledger.ts'
import { deleteReports, listReportedEditions } from './reports.ts'

/**
 * Forgets the builds that came to nothing: reports of editions that are neither in the ledger nor
 * stored, and the deliveries that only they were made of. To be called after drafts were pruned.
 *
 * @param stored ids of the editions that the store holds
 * @returns ids of the editions whose reports are gone
 */
export async function pruneVault (ledger: Ledger, stored: readonly string[]): Promise<string[]> {
  const kept = new Set([...stored, ...listLedgerEditions(ledger)])
  const forgotten = (await listReportedEditions(ledger.vault)).filter(edition => !kept.has(edition))
  for (const edition of forgotten) await deleteReports(ledger.vault, edition)
  await deleteUnusedDeliveries(ledger.vault)
  return forgotten
}
