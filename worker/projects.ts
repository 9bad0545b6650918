import { mkdir, readdir, readFile, rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { problem, type Problem } from '../core/problem.ts'
import { writeVaultBytes } from '../pipeline/vault/write-file.ts'
import { applyRepair } from './edit-project.ts'

/** Slugs that mean something else in an address. */
const reservedSlugs = ['assets', 'health', 'metrics', 'oembed', 'werkstatt', 'sprache', 'konto', 'anmelden', 'abmelden', 'einladung', 'atlanten', 'konten', 'programm', 'protokoll']

/** Whether a text can name an atlas and its folder: nothing that leads out of the folder of projects. */
export function isSlug (text: string): boolean {
  return /^[a-z0-9][a-z0-9-]{0,59}$/.test(text) && !reservedSlugs.includes(text)
}

/** @throws RangeError for what is no slug, which only a mistake of ours or an attack can bring here */
export function folderOf (projectsDir: string, atlas: string): string {
  if (!isSlug(atlas)) throw new RangeError(`invalid atlas: ${atlas}`)
  return path.join(projectsDir, atlas)
}

/** By name. */
export async function listProjects (projectsDir: string): Promise<string[]> {
  const entries = await readdir(projectsDir, { withFileTypes: true }).catch(() => [])
  return entries.filter(entry => entry.isDirectory() && isSlug(entry.name)).map(({ name }) => name).toSorted()
}

export async function hasProject (projectsDir: string, atlas: string): Promise<boolean> {
  return isSlug(atlas) && (await stat(path.join(projectsDir, atlas)).catch(() => undefined))?.isDirectory() === true
}

/** Makes the folders of an atlas that waits for its first files. Only their owner may look in: raw counts will lie there. */
export async function createProject (projectsDir: string, atlas: string): Promise<Problem | undefined> {
  if (!isSlug(atlas)) return problem('worker-bad-slug', {}, { slug: atlas })
  await mkdir(projectsDir, { recursive: true, mode: 0o700 })
  try {
    await mkdir(path.join(projectsDir, atlas), { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return problem('worker-slug-taken', {}, { slug: atlas })
    throw error
  }
  for (const folder of ['boundaries', 'tables', 'texts', 'inbox']) await mkdir(path.join(projectsDir, atlas, folder), { mode: 0o700 })
  return undefined
}

/** Gives an atlas another short name as long as nothing was built under it: afterwards the name stands in addresses and in the ledger. */
export async function renameProject (projectsDir: string, atlas: string, to: string): Promise<Problem | undefined> {
  if (!await hasProject(projectsDir, atlas)) return problem('worker-no-atlas', {}, { slug: atlas })
  if (!isSlug(to)) return problem('worker-bad-slug', {}, { slug: to })
  if (await exists(path.join(projectsDir, to))) return problem('worker-slug-taken', {}, { slug: to })
  const folder = folderOf(projectsDir, atlas)
  if (await exists(path.join(folder, 'vault', 'secret')) || await exists(path.join(folder, 'vault', 'ledger.jsonl'))) return problem('worker-published', {}, { slug: atlas })
  await nameInProjectFile(path.join(folder, 'atlas.yaml'), to)
  await rename(folder, path.join(projectsDir, to))
  return undefined
}

/** A project file with the name of another atlas would be refused from now on. */
async function nameInProjectFile (file: string, atlas: string): Promise<void> {
  if (await exists(file)) await writeVaultBytes(file, applyRepair(await readFile(file, 'utf8'), { path: ['atlas'], value: atlas }))
}

/** Puts an atlas away with all it has: out of the list, but neither deleted nor changed; its editions stay as they are. */
export async function archiveProject (projectsDir: string, atlas: string): Promise<Problem | undefined> {
  if (!await hasProject(projectsDir, atlas)) return problem('worker-no-atlas', {}, { slug: atlas })
  const archive = path.join(projectsDir, '.archive')
  await mkdir(archive, { recursive: true, mode: 0o700 })
  const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')
  await rename(folderOf(projectsDir, atlas), path.join(archive, `${atlas}-${stamp}`))
  return undefined
}

async function exists (file: string): Promise<boolean> {
  return await stat(file).then(() => true, () => false)
}
