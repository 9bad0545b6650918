import { createHash, randomUUID } from 'node:crypto'
import { copyFile, constants, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { readProject } from '../pipeline/project-file/project.ts'
import { writeVaultBytes } from '../pipeline/vault/write-file.ts'
import { wallProblems } from './wall.ts'

export interface ProjectText {
  readonly text: string
  /** Hash of the text, in hex: who writes says on which one theirs is based. */
  readonly sha256: string
}

export type Written =
  | { readonly kind: 'written', readonly sha256: string, readonly problems: readonly Problem[] }
  /** Somebody else was faster; what is there now. */
  | { readonly kind: 'changed', readonly problem: Problem, readonly now: ProjectText | null }
  | { readonly kind: 'refused', readonly problems: readonly Problem[] }

export interface Writing {
  readonly folder: string
  readonly atlas: string
  readonly text: string
  /** Hash of the text that was opened; null where there was none. */
  readonly expected: string | null
}

export async function readProjectText (folder: string): Promise<ProjectText | null> {
  try {
    const text = await readFile(path.join(folder, 'atlas.yaml'), 'utf8')
    return { text, sha256: createHash('sha256').update(text).digest('hex') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/**
 * Puts a new project file in the place of the old one, which stays beside it as `atlas.ersetzt-1.yaml`. A file that is in order is
 * replaced only by one that is; one that still has gaps may be filled step by step. One caller at a time for each atlas.
 */
export async function writeProjectText ({ folder, atlas, text, expected }: Writing): Promise<Written> {
  const now = await readProjectText(folder)
  if ((now?.sha256 ?? null) !== expected) return { kind: 'changed', problem: problem('worker-project-changed', { file: 'atlas.yaml' }), now }
  const problems = [...wallProblems(text, atlas), ...await checkText(folder, text)]
  const mayHaveGaps = now === null || hasErrors(await checkText(folder, now.text))
  const stops = problems.filter(({ code, severity }) => severity === 'error' && (!mayHaveGaps || code === 'project-file-broken-yaml' || code.startsWith('worker-')))
  if (stops.length > 0) return { kind: 'refused', problems }
  if (now) await keepAside(folder)
  await writeVaultBytes(path.join(folder, 'atlas.yaml'), text)
  return { kind: 'written', sha256: createHash('sha256').update(text).digest('hex'), problems }
}

/** What is wrong with a text, read from where it will lie, because it names other files. */
export async function checkText (folder: string, text: string): Promise<Problem[]> {
  const trial = path.join(folder, `.${randomUUID()}.yaml`)
  try {
    await writeVaultBytes(trial, text)
    const { problems } = await readProject(trial)
    return problems.map(found => ({ ...found, place: found.place.file === trial ? { ...found.place, file: 'atlas.yaml' } : found.place }))
  } finally {
    await rm(trial, { force: true })
  }
}

async function keepAside (folder: string): Promise<void> {
  for (let number = 1; ; number++) {
    try {
      await copyFile(path.join(folder, 'atlas.yaml'), path.join(folder, `atlas.ersetzt-${number}.yaml`), constants.COPYFILE_EXCL)
      return
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
