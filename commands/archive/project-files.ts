import { open, readdir } from 'node:fs/promises'
import path from 'node:path'
import { unfinishedEnding } from '../../pipeline/vault/write-file.ts'
import { fitsArchive } from '../../pipeline/vault/tar.ts'
import type { Entry } from './pack.ts'

/** What stands in front of the files of all projects. */
export interface ProjectIndex {
  /** Vaults that lie in the folder of projects, by atlas: paths from it. */
  readonly vaults: Readonly<Record<string, string>>
  /** Names too long for an archive, by the name they have in it. */
  readonly long: Readonly<Record<string, string>>
}

/**
 * The folder of projects, with what was uploaded and what was put away, and without the vaults, which have a place of their own.
 * @param vaultFolders by atlas
 */
export async function * projectEntries (projectsDir: string, vaultFolders: ReadonlyMap<string, string>): AsyncGenerator<Entry> {
  const inside = [...vaultFolders].map(([atlas, folder]) => [atlas, slashed(path.relative(projectsDir, folder))] as const)
    .filter(([, folder]) => !folder.startsWith('../') && !path.isAbsolute(folder))
  const names = (await listFiles(projectsDir)).filter(name => !inside.some(([, folder]) => name.startsWith(`${folder}/`)))
  const tooLong = names.filter(name => !fitsArchive(`projects/${name}`))
  const index: ProjectIndex = { vaults: Object.fromEntries(inside), long: Object.fromEntries(tooLong.map((name, i) => [`.long/${i}`, name])) }
  const content = Buffer.from(`${JSON.stringify(index, null, 1)}\n`)
  yield { name: 'projects.json', bytes: content.length, content: [content] }
  for (const name of names) {
    const packed = tooLong.includes(name) ? `.long/${tooLong.indexOf(name)}` : name
    // Opened before its length is asked for: a file that is replaced meanwhile stays the one that was there.
    const handle = await open(path.join(projectsDir, name)).catch(() => undefined)
    if (!handle) continue // thrown away meanwhile
    try {
      const { size } = await handle.stat()
      yield { name: `projects/${packed}`, bytes: size, content: size === 0 ? [] : handle.createReadStream({ end: size - 1, autoClose: false }) }
    } finally {
      await handle.close()
    }
  }
}

async function listFiles (folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  return entries.filter(entry => entry.isFile() && !entry.name.endsWith(unfinishedEnding))
    .map(({ parentPath, name }) => slashed(path.relative(folder, path.join(parentPath, name)))).toSorted()
}

function slashed (name: string): string {
  return name.replaceAll(path.sep, '/')
}
