import type { Store } from '../sql/store.ts'
import { pruneVault } from '../pipeline/vault/prune.ts'
import { requireArgument, withStore, type Call } from './call.ts'
import { openLedgerOf } from './ledger.ts'
import { getEdition } from './publish.ts'
import { listVaultFolders, openVaultOf } from './vault.ts'

/** `atlas editions`: one line each, made to be cut at tabs. */
export async function editions (call: Call): Promise<number> {
  return withStore(call, 'pipeline', async store => {
    for (const { id, atlas, audience, state, publishedAt } of await store.listEditions(call.arguments[0])) {
      console.log([id, atlas, audience, state, publishedAt ?? ''].join('\t'))
    }
    return 0
  })
}

export async function rollback (call: Call): Promise<number> {
  const atlas = requireArgument(call, 0, 'ATLAS')
  return withStore(call, 'pipeline', async store => {
    const { edition } = await store.rollback(atlas, call.config.audience)
    console.log(edition)
    return 0
  })
}

export async function prune (call: Call): Promise<number> {
  return withStore(call, 'pipeline', async store => {
    await store.pruneDrafts()
    await pruneVaults(call, store)
    return 0
  })
}

/** Forgets the reports of builds that came to nothing; raw counts are kept no longer than needed. */
async function pruneVaults (call: Call, store: Store): Promise<void> {
  for (const atlas of (await listVaultFolders(call)).keys()) {
    const stored = await store.listEditions(atlas)
    const [newest] = stored
    if (!newest) continue
    const vault = await openVaultOf(call, await getEdition(store, newest.id))
    await pruneVault(await openLedgerOf(store, vault, atlas), stored.map(({ id }) => id))
  }
}

export async function migrate (call: Call): Promise<number> {
  return withStore(call, 'owner', async store => {
    await store.migrate()
    return 0
  })
}
