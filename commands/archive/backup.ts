import { createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { problem, type Problem } from '../../core/problem.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { withLock } from '../../pipeline/vault/lock.ts'
import { checkVault } from '../../pipeline/vault/vault-files.ts'
import { writeVaultFile } from '../../pipeline/vault/write-file.ts'
import type { Contents } from './contents.ts'
import { exists } from './exists.ts'
import { packArchive, type BackupStore, type BackupWorkshop } from './pack.ts'

/**
 * Writes everything into one new file that only its owner can read. While it runs nobody publishes.
 *
 * @param vaultFolders by atlas
 * @returns a note about what is in it, and how secret it is
 * @throws VaultError backup-exists, backup-vault-missing; vault-… where a vault is damaged: a backup of it could not be used
 */
export async function backup (store: BackupStore, vaultFolders: ReadonlyMap<string, string>, file: string, workshop?: BackupWorkshop): Promise<Problem[]> {
  if (await exists(file)) throw new VaultError('backup-exists', { file })
  for (const [atlas, folder] of vaultFolders) {
    if (!await exists(folder)) throw new VaultError('backup-vault-missing', { file: folder }, { atlas })
  }
  return await withLocks([...vaultFolders.values()], async () => {
    for (const [atlas, folder] of vaultFolders) await checkVault(folder, atlas)
    let contents: Contents | undefined
    await writeVaultFile(path.resolve(file), async unfinished => {
      const parts = packArchive(store, vaultFolders, made => { contents = made }, workshop)
      await pipeline(parts, createGzip(), createWriteStream(unfinished, { mode: 0o600 }))
    })
    const { editions, vaults, checksums } = contents!
    const names = Object.keys(checksums)
    const megabytes = Math.ceil((await stat(file)).size / 1e6)
    return [
      problem('backup-written', { file }, { editions: editions.length, vaults: vaults.length, megabytes }),
      ...workshop ? [workshopNote(names, workshop)] : [],
    ]
  })
}

/** What of the Werkstatt is in it, and what somebody else has to save. */
function workshopNote (names: readonly string[], { database, projectsDir }: BackupWorkshop): Problem {
  const files = names.filter(name => name.startsWith('projects/')).length
  if (!database) return problem('backup-without-people', {}, { files })
  const hasKey = names.includes('werkstatt/workshop.key')
  return problem(hasKey || projectsDir === undefined ? 'backup-with-people' : 'backup-without-key', {}, { files })
}

async function withLocks<Result> ([folder, ...others]: readonly string[], work: () => Promise<Result>): Promise<Result> {
  return folder === undefined ? await work() : await withLock(folder, () => withLocks(others, work))
}
