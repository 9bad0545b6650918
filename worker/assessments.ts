import { createHash } from 'node:crypto'
import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { problem, type Problem } from '../core/problem.ts'
import { formatAssessment, parseAssessment } from '../pipeline/texts/assessment-file.ts'
import { assessmentFolder, longestBytes } from '../pipeline/texts/read-assessments.ts'
import { writeVaultBytes } from '../pipeline/vault/write-file.ts'
import { findStored, type AssessmentText, type StoredAssessment } from './stored-assessment.ts'

export type AssessmentSaved =
  /** Null where the text was taken away. */
  | { readonly kind: 'written', readonly sha256: string | null }
  /** Somebody else was faster; what is there now. */
  | { readonly kind: 'changed', readonly now: StoredAssessment | null }
  | { readonly kind: 'refused', readonly problems: readonly Problem[] }

export interface SavingAssessment {
  /** Of the project. */
  readonly folder: string
  readonly level: string
  readonly area: string
  readonly entry: AssessmentText
  /** Hash of the file that was opened; null where there was none. */
  readonly expected: string | null
}

/** By name. */
export async function listAssessments (folder: string): Promise<StoredAssessment[]> {
  const names: string[] = await readdir(path.join(folder, assessmentFolder)).catch(() => [])
  return await Promise.all(names.filter(name => name.endsWith('.md')).toSorted().map(async file => {
    const [name, shown, there] = [file.slice(0, -'.md'.length), `texts/gebiet/${file}`, path.join(folder, assessmentFolder, file)]
    const { size, isLink } = await lstat(there).then(found => ({ size: found.size, isLink: !found.isFile() }))
    if (isLink || size > longestBytes) return { name, entry: null, problems: [problem('texts-too-long', { file: shown }, { limit: longestBytes / 1000 })], sha256: hashOf(`${size}`) }
    const bytes = await readFile(there)
    const { entry = null, problems } = parseAssessment(bytes.toString('utf8'), shown)
    return { name, entry, problems, sha256: hashOf(bytes) }
  }))
}

/** Puts a text in the place of the one that was opened; one that says nothing takes it away. One caller at a time for each atlas. */
export async function saveAssessment ({ folder, level, area, entry, expected }: SavingAssessment): Promise<AssessmentSaved> {
  const now = findStored(await listAssessments(folder), level, area)
  if ((now?.sha256 ?? null) !== expected) return { kind: 'changed', now: now ?? null }
  const name = `${level}.${area}`
  const remove = async (stored: string) => { await rm(path.join(folder, assessmentFolder, `${stored}.md`), { force: true }) }
  if (entry.assessment === '' && entry.measure === '') {
    if (now) await remove(now.name)
    return { kind: 'written', sha256: null }
  }
  const text = formatAssessment(entry)
  const { problems } = parseAssessment(text, `texts/gebiet/${name}.md`)
  if (problems.length > 0) return { kind: 'refused', problems }
  await mkdir(path.join(folder, assessmentFolder), { recursive: true, mode: 0o700 })
  await writeVaultBytes(path.join(folder, assessmentFolder, `${name}.md`), text)
  if (now && now.name !== name) await remove(now.name)
  return { kind: 'written', sha256: hashOf(text) }
}

function hashOf (bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
