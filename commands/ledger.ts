import { openLedger, type Ledger } from '../pipeline/vault/ledger.ts'
import type { Vault } from '../pipeline/vault/vault.ts'
import type { Store } from '../sql/store.ts'

/** The ledger of an atlas that has published before. @throws VaultError where it is missing or damaged */
export async function openLedgerOf (store: Store, vault: Vault, atlas: string): Promise<Ledger> {
  return await openLedger({ vault, atlas, firstEdition: false, isRequired: true, publishedEditions: await listPublished(store, atlas) })
}

/** Ids of what readers have seen of an atlas, withdrawn editions among them. */
export async function listPublished (store: Pick<Store, 'listEditions'>, atlas: string): Promise<string[]> {
  return (await store.listEditions(atlas)).filter(({ state }) => state !== 'draft').map(({ id }) => id)
}
