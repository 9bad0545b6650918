import { lstat, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Level } from '../../core/area.ts'
import type { Assessment, Audience } from '../../core/edition.ts'
import { byCodeUnit } from '../../core/period.ts'
import { problem, type Problem } from '../../core/problem.ts'
import type { Project } from '../project-file/project.ts'
import type { Secret } from '../protect/kept-secrets.ts'
import { parseAssessment } from './assessment-file.ts'

/** Where the texts of areas lie, below the folder of the project. */
export const assessmentFolder = path.join('texts', 'gebiet')

/** No assessment is longer. */
export const longestBytes = 100_000

export interface ReadAssessments {
  /** By level, then area, in their order. */
  readonly assessments: readonly Assessment[]
  readonly problems: readonly Problem[]
}

interface AssessmentsInput {
  readonly project: Project
  readonly levels: readonly Level[]
  readonly audience: Audience
  /** What the edition keeps to itself. */
  readonly secrets: readonly Secret[]
}

/** Texts of areas: released ones for everybody, drafts for the house alone. */
export async function readAssessments ({ project, levels, audience, secrets }: AssessmentsInput): Promise<ReadAssessments> {
  const folder = path.join(path.dirname(path.resolve(project.displayName)), assessmentFolder)
  const names = (await readdir(folder).catch(() => [])).filter(name => name.endsWith('.md')).toSorted(byCodeUnit)
  const read = await Promise.all(names.map(async name => await readOne(path.join(folder, name), name, { project, levels, audience, secrets })))
  const order = (level: string) => levels.findIndex(({ id }) => id === level)
  const assessments = read.flatMap(one => one.assessments).toSorted((a, b) => order(a.level) - order(b.level) || byCodeUnit(a.area, b.area))
  return { assessments, problems: [...read.flatMap(one => one.problems), ...twice(assessments)] }
}

async function readOne (file: string, name: string, { project, levels, audience, secrets }: AssessmentsInput): Promise<ReadAssessments> {
  const shown = path.posix.join('texts', 'gebiet', name)
  const found = await lstat(file)
  if (!found.isFile() || found.size > longestBytes) return { assessments: [], problems: [problem('texts-too-long', { file: shown }, { limit: longestBytes / 1000 })] }
  const text = await readFile(file, 'utf8')
  const { entry, problems } = parseAssessment(text, shown)
  if (!entry) return { assessments: [], problems }
  const place = findArea(name, levels)
  if (!place) return { assessments: [], problems: [problem('texts-unknown-area', { file: shown }, { name: name.replace(/\.md$/, '') })] }
  if (entry.indicator !== null && !project.file.indicators.some(({ id }) => id === entry.indicator)) {
    return { assessments: [], problems: [problem('texts-unknown-indicator', { file: shown }, { name: entry.indicator })] }
  }
  const { state, ...rest } = entry
  if (state === 'draft' && audience === 'public') return { assessments: [], problems: [] }
  return { assessments: [{ ...place, ...rest, isDraft: state === 'draft' }], problems: namesSecret(text, shown, place, levels, secrets) }
}

/** `KEY.md` where only one level has such an area, else `LEVEL.KEY.md`. */
function findArea (name: string, levels: readonly Level[]): Pick<Assessment, 'level' | 'area'> | undefined {
  const [first = '', second, ...more] = name.slice(0, -'.md'.length).split('.')
  if (more.length > 0) return undefined
  const found = levels.filter(({ id, areas }) => (second === undefined || id === first) && areas.some(area => area.id === (second ?? first)))
  return found.length === 1 ? { level: found[0]!.id, area: second ?? first } : undefined
}

/**
 * Lines that name a number which is the true value of a suppressed count of this very area. That it is one is told to nobody but who
 * reads the report, and which count it is to nobody at all.
 */
function namesSecret (text: string, file: string, { level, area }: Pick<Assessment, 'level' | 'area'>, levels: readonly Level[], secrets: readonly Secret[]): Problem[] {
  const index = levels.find(({ id }) => id === level)!.areas.findIndex(({ id }) => id === area)
  const values = new Set(secrets.filter(secret => secret.level === level && secret.area === index).map(({ value }) => value))
  // Of the head the goal is text, too; date and indicator are none.
  const lines = text.split(/\r?\n/).flatMap((line, at) => !/^(?:date|indicator):/.test(line) && numbersIn(line).some(number => values.has(number)) ? [at + 1] : [])
  return lines.map(line => problem('texts-names-secret', { file, line }))
}

/** Whole numbers as people write them: `1.234`, `1 234`, `17`. Words for small ones are numbers, too. */
function numbersIn (line: string): number[] {
  const digits = [...line.matchAll(/(?<![\d.,])\d{1,3}(?:[.\u00a0\u202f ]\d{3})+(?![\d])|(?<![\d.,])\d+(?![\d]|[.,]\d)/g)].map(([number]) => Number(number.replaceAll(/\D/g, '')))
  const words = line.toLowerCase().split(/[^\p{L}]+/u).flatMap(word => smallNumbers.indexOf(word) > 0 ? [smallNumbers.indexOf(word)] : [])
  return [...digits, ...words]
}

const smallNumbers = ['', 'eins', 'zwei', 'drei', 'vier', 'fünf', 'sechs', 'sieben', 'acht', 'neun', 'zehn', 'elf', 'zwölf']

/** `03.md` and `stadtteil.03.md` are the same area. */
function twice (assessments: readonly Assessment[]): Problem[] {
  const keys = assessments.map(({ level, area }) => `${level}.${area}`)
  return [...new Set(keys.filter((key, index) => keys.indexOf(key) !== index))].map(key => problem('texts-area-twice', { file: `texts/gebiet/${key}.md` }, { name: key }))
}
