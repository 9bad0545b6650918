import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises'
import path from 'node:path'
import { backupFaults } from '../../core/text/commands.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { closeModes } from '../../pipeline/vault/vault.ts'
import { makeVaultFolder, syncPath } from '../../pipeline/vault/write-file.ts'
import { unreadable } from './unreadable.ts'
import { writeUnpacked } from './write-unpacked.ts'

export interface VaultPlaces {
  readonly places: ReadonlyMap<string, { readonly folder: string, readonly unfinished: string }>
  readonly unpack: (atlas: string, name: readonly string[], content: AsyncIterable<Buffer>) => Promise<void>
  /** Moves the unpacked vaults to their places. */
  readonly settle: () => Promise<void>
  /** Removes what was not moved, and the folders that were made for it. */
  readonly discard: () => Promise<void>
}

/** Vaults are unpacked beside their places and moved there when all of the backup is known to be good. */
export function createVaultPlaces (file: string, vaultFolderOf: (atlas: string) => string): VaultPlaces {
  const places = new Map<string, { folder: string, unfinished: string }>()
  const made: string[] = []
  const placeOf = async (atlas: string) => {
    const known = places.get(atlas)
    if (known) return known
    const folder = path.resolve(vaultFolderOf(atlas))
    if ((await readdir(folder).catch(() => [])).length > 0) throw new VaultError('backup-vault-not-empty', { file: folder }, { atlas })
    const place = { folder, unfinished: `${folder}.restoring-${randomUUID()}` }
    const first = await mkdir(path.dirname(folder), { recursive: true, mode: 0o700 })
    if (first !== undefined) made.push(first)
    await makeVaultFolder(place.unfinished)
    places.set(atlas, place)
    return place
  }
  return {
    places,
    async unpack (atlas, name, content) {
      if (name.some(part => part === '' || part === '.' || part === '..' || part.includes('\\'))) {
        throw unreadable('backup', file, backupFaults.leadsOut)
      }
      const { unfinished } = await placeOf(atlas)
      const target = path.join(unfinished, ...name)
      await writeUnpacked(target, content)
    },
    async settle () {
      for (const { folder, unfinished } of places.values()) {
        await closeModes(unfinished)
        await rmdir(folder).catch(() => {}) // empty, or not there
        await rename(unfinished, folder)
        await syncPath(path.dirname(folder))
      }
    },
    async discard () {
      for (const { unfinished } of places.values()) await rm(unfinished, { recursive: true, force: true })
      for (const folder of made.toReversed()) await removeEmpty(folder)
    },
  }
}

/** Removes folders that hold nothing but such folders. */
async function removeEmpty (folder: string): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (entry.isDirectory()) await removeEmpty(path.join(folder, entry.name))
  }
  await rmdir(folder).catch(() => {})
}
