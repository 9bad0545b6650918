import { recordRelease } from '../pipeline/vault/ledger.ts'
import { requireArgument, UsageError, withStore, type Call } from './call.ts'
import { openLedgerOf } from './ledger.ts'
import { getEdition } from './publish.ts'
import { openVaultOf } from './vault.ts'

/**
 * `atlas release` (Freigabe): lets later editions print figures that this one and earlier ones
 * suppressed. Nothing is printed by it: the next build decides, and its audit knows all editions.
 */
export async function release (call: Call): Promise<number> {
  const id = requireArgument(call, 0, 'EDITION')
  requireArgument(call, 1, 'CELL')
  const { reason, by } = call.options
  if (reason === undefined) throw new UsageError('missing --reason')
  if (by === undefined) throw new UsageError('missing --by')
  return withStore(call, 'pipeline', async store => {
    const edition = await getEdition(store, id)
    const ledger = await openLedgerOf(store, await openVaultOf(call, edition), edition.atlas.id)
    await recordRelease(ledger, { cells: call.arguments.slice(1), audience: edition.audience, by, reason })
    return 0
  })
}
