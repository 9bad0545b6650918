import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { hashFile, listDeliveries } from './deliveries.ts'
import { listReportedEditions } from './reports.ts'
import type { Vault } from './vault.ts'

export interface OwnFiles {
  /** Of the delivery. */
  readonly id: string
  /** Names of its files today, as written in the project file. */
  readonly own: readonly string[]
  /** Names of files of all other deliveries. */
  readonly others: ReadonlySet<string>
  readonly resolve: (name: string) => string
}

/**
 * Files of a delivery that still lie in the project although it names them no more: those that an update put aside, and those an
 * earlier edition was made of, as long as their content is that of the delivery.
 *
 * @returns names as in the project file
 */
export async function listReplaced (vault: Vault, { id, own, others, resolve }: OwnFiles): Promise<string[]> {
  const earlier = new Map<string, Set<string>>()
  const foreign = new Set(others)
  for (const edition of await listReportedEditions(vault)) {
    // An edition whose build broke off has no list.
    for (const { name, sha256, deliveries = [] } of await listDeliveries(vault, edition).catch(() => [])) {
      if (deliveries.includes(id) && sha256 !== undefined) earlier.set(name, (earlier.get(name) ?? new Set()).add(sha256))
      if (deliveries.some(other => other !== id)) foreign.add(name)
    }
  }
  const found = new Set<string>()
  for (const [name, hashes] of earlier) {
    const there = await hashFile(resolve(name)).catch(() => undefined)
    if (there && hashes.has(there.sha256)) found.add(name)
  }
  for (const name of [...own, ...earlier.keys()]) for (const aside of await listAside(name, resolve)) found.add(aside)
  return [...found].filter(name => !own.includes(name) && !foreign.has(name)).toSorted()
}

/** `people.ersetzt-1.csv` beside `people.csv`, as `atlas update` names what it puts aside. */
async function listAside (name: string, resolve: OwnFiles['resolve']): Promise<string[]> {
  const { dir, name: stem, ext } = path.posix.parse(name)
  const siblings: string[] = await readdir(path.dirname(resolve(name))).catch(() => [])
  return siblings.filter(sibling => sibling.startsWith(`${stem}.ersetzt-`) && sibling.endsWith(ext) && /^\d+$/.test(sibling.slice(stem.length + '.ersetzt-'.length, sibling.length - ext.length)))
    .map(sibling => path.posix.join(dir, sibling))
}
