import { recordWithdrawal } from '../pipeline/vault/ledger.ts'
import { problem } from '../core/problem.ts'
import { listPaths } from '../server/paths.ts'
import { requireArgument, UsageError, withStore, type Call } from './call.ts'
import { openLedgerOf } from './ledger.ts'
import { getEdition } from './publish.ts'
import { report } from './report.ts'
import { openVaultOf } from './vault.ts'

/**
 * `atlas withdraw`: takes a published edition back. Prints the addresses that caches in front of
 * the server should forget, one per line.
 */
export async function withdraw (call: Call): Promise<number> {
  const id = requireArgument(call, 0, 'EDITION')
  const { reason, successor } = call.options
  if (reason === undefined) throw new UsageError('missing --reason')
  return withStore(call, 'pipeline', async store => {
    const edition = await getEdition(store, id)
    const { wasCurrent, successor: next } = await store.withdraw(id, { reason, ...(successor === undefined ? {} : { successor }) })
    // What was to be read counts as known for ever. Where the vault cannot be had the edition is gone all the same.
    await recordWithdrawal(await openLedgerOf(store, await openVaultOf(call, edition), edition.atlas.id), id, reason)
    report([problem('publish-withdrawal-done', {}, { edition: id, successor: next ?? '–' })], call.language)
    for (const path of listPaths(edition, { wasCurrent })) console.log(path)
    return 0
  })
}
