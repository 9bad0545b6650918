import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { byCodeUnit } from '../../core/period.ts'

/** All files of a folder and its folders, relative, in code-unit order; what begins with a dot, vaults and build products are left out. */
export async function listFiles (folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter(entry => entry.isFile())
    .map(entry => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter(file => !file.split('/').some(part => part.startsWith('.') || ['vault', 'node_modules', 'dist'].includes(part)) && !/(?:^|\/)~\$/.test(file))
    .toSorted(byCodeUnit)
}
