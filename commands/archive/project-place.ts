import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { backupFaults } from '../../core/text/commands.ts'
import { VaultError } from '../../pipeline/vault/error.ts'
import { makeVaultFolder, syncPath } from '../../pipeline/vault/write-file.ts'
import type { ProjectIndex } from './project-files.ts'
import { unreadable } from './unreadable.ts'
import { writeUnpacked } from './write-unpacked.ts'

export interface ProjectPlace {
  readonly index: (index: ProjectIndex) => Promise<void>
  /** Where a vault lay among the projects, or undefined. */
  readonly vaultFolderOf: (atlas: string) => string | undefined
  readonly unpack: (name: string, content: AsyncIterable<Buffer>) => Promise<void>
  readonly settle: () => Promise<void>
  readonly discard: () => Promise<void>
}

/** Projects are unpacked beside their folder, and moved there when all of the backup is known to be good. */
export function createProjectPlace (file: string, projectsDir: string): ProjectPlace {
  const unfinished = `${path.resolve(projectsDir)}.restoring-${randomUUID()}`
  let index: ProjectIndex | undefined
  return {
    async index (read) {
      // Whatever is there would be mixed with what comes.
      if ((await readdir(projectsDir).catch(() => [])).length > 0) throw new VaultError('backup-projects-not-empty', { file: projectsDir })
      for (const name of [...Object.values(read.vaults), ...Object.values(read.long)]) checkName(name, file)
      index = read
      await makeVaultFolder(unfinished)
    },
    vaultFolderOf: atlas => index?.vaults[atlas] === undefined ? undefined : path.join(path.resolve(projectsDir), index.vaults[atlas]),
    async unpack (packed, content) {
      const name = index?.long[packed] ?? packed
      checkName(name, file)
      const target = path.join(unfinished, name)
      await writeUnpacked(target, content)
    },
    async settle () {
      if (!index) return
      await mkdir(projectsDir, { recursive: true, mode: 0o700 })
      await moveInto(unfinished, path.resolve(projectsDir))
      await syncPath(projectsDir)
      await rm(unfinished, { recursive: true, force: true })
    },
    async discard () {
      await rm(unfinished, { recursive: true, force: true })
    },
  }
}

/** Into the folder, not in place of it: it may be a mount of its own, and unpacked vaults wait in it for their turn. */
async function moveInto (from: string, to: string): Promise<void> {
  for (const name of await readdir(from)) {
    const [source, target] = [path.join(from, name), path.join(to, name)]
    if ((await stat(target).catch(() => undefined))?.isDirectory()) await moveInto(source, target)
    else await rename(source, target)
  }
}

function checkName (name: string, file: string): void {
  const parts = name.split('/')
  if (parts.some(part => part === '' || part === '.' || part === '..' || part.includes('\\') || part.includes('\0'))) throw unreadable('backup', file, backupFaults.leadsOut)
}
