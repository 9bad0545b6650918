import { link, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Level } from '../core/area.ts'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { readPlaces } from '../pipeline/build.ts'
import { readProject, type Project } from '../pipeline/project-file/project.ts'
import { isTableFile } from '../pipeline/recognise/inspect-file.ts'
import { scaffoldFolder } from '../pipeline/scaffold/scaffold.ts'
import { applyUpdate } from '../pipeline/update/apply-update.ts'
import { planUpdate, type GivenFile } from '../pipeline/update/plan-update.ts'

/** A file of the inbox where the reader sees it under its name, and what somebody said about it. */
export interface ShownFile extends GivenFile {
  readonly sha256: string
  readonly name: string
}

/** What an update would do with one file. */
export interface RecognisedFile {
  readonly sha256: string
  /** Id of the delivery it belongs to; null where somebody must say. */
  readonly delivery: string | null
  /** Name that it would have in the project. */
  readonly target: string | null
  /** The evidence, or the question with its choices; quotes what stands in the file. */
  readonly problems: readonly Problem[]
}

export interface Recognition {
  /** Nothing describes an atlas yet: the files are its first. */
  readonly isEmpty: boolean
  /** What there is to choose from. */
  readonly deliveries: ReadonlyArray<{ readonly id: string, readonly title: string }>
  readonly files: readonly RecognisedFile[]
  /** What is wrong with the project, so that no file can be recognised. */
  readonly problems: readonly Problem[]
}

export interface TakenIn {
  /** Names in the project; empty where nothing was changed. */
  readonly written: readonly string[]
  readonly problems: readonly Problem[]
}

/** Says of every file for itself where it belongs; changes nothing. */
export async function recogniseFiles (folder: string, files: readonly ShownFile[]): Promise<Recognition> {
  const opened = await openProject(folder)
  if ('problems' in opened) return { isEmpty: opened.isEmpty, deliveries: [], files: files.map(({ sha256 }) => ({ sha256, delivery: null, target: null, problems: [] })), problems: opened.problems }
  const { project, levels } = opened
  const recognised: RecognisedFile[] = []
  for (const file of files) {
    const { plan, problems } = await planUpdate(project, levels, [file])
    const found = problems.find(({ code }) => code === 'update-recognised')
    recognised.push({ sha256: file.sha256, delivery: found ? String(found.facts['delivery']) : null, target: plan?.copies[0]?.file ?? null, problems: problems.map(rename(folder, [file])) })
  }
  return { isEmpty: false, deliveries: project.file.deliveries.map(({ id, title }) => ({ id, title })), files: recognised, problems: [] }
}

/** Puts all files where they belong, or none. */
export async function assignFiles (folder: string, files: readonly ShownFile[]): Promise<TakenIn> {
  const opened = await openProject(folder)
  if ('problems' in opened) return { written: [], problems: opened.problems }
  const { plan, problems } = await planUpdate(opened.project, opened.levels, files)
  const told = problems.map(rename(folder, files))
  if (!plan) return { written: [], problems: told }
  const written = await applyUpdate(plan)
  return { written: written.map(file => path.relative(folder, file)), problems: told }
}

/** Makes the project file from the first files. Where that cannot be done they stay in the inbox. */
export async function startProject (folder: string, files: readonly ShownFile[]): Promise<TakenIn> {
  const links: string[] = []
  const place = async (file: ShownFile) => {
    const to = path.join(folder, isTableFile(file.path) ? 'tables' : 'boundaries', path.basename(file.path))
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 })
    await link(file.path, to)
    links.push(to)
  }
  let isStarted = false
  try {
    for (const file of files) await place(file)
    const { problems, written } = await scaffoldFolder(folder)
    isStarted = written.length > 0 && !hasErrors(problems)
    return { written: isStarted ? [...links, ...written].map(file => path.relative(folder, file)) : [], problems: problems.map(rename(folder, files)) }
  } finally {
    if (!isStarted) for (const file of links) await rm(file, { force: true })
  }
}

type Opened =
  | { readonly project: Project, readonly levels: readonly Level[] }
  | { readonly isEmpty: boolean, readonly problems: readonly Problem[] }

async function openProject (folder: string): Promise<Opened> {
  const { project, problems } = await readProject(folder)
  if (!project) return { isEmpty: problems.some(({ code }) => code === 'project-file-missing'), problems: problems.map(rename(folder, [])) }
  const { boundaries, problems: unread } = await readPlaces(project, () => {})
  return boundaries ? { project, levels: boundaries.levels } : { isEmpty: false, problems: unread.map(rename(folder, [])) }
}

/** Paths of the server are nobody's business: files go by the names under which they were sent. */
function rename (folder: string, files: readonly ShownFile[]): (found: Problem) => Problem {
  const names = new Map<string, string>(files.map(({ path: shown, name }) => [shown, name]))
  const say = (text: string) => names.get(text) ?? (text === folder ? '.' : text.startsWith(`${folder}${path.sep}`) ? path.relative(folder, text) : text)
  return found => ({
    ...found,
    place: found.place.file === undefined ? found.place : { ...found.place, file: say(found.place.file) },
    facts: Object.fromEntries(Object.entries(found.facts).map(([key, fact]) => [key, typeof fact === 'string' ? say(fact) : fact])),
  })
}

/** What is read in a process of its own, because files of strangers may take it down. */
export type ReadingTask = { readonly kind: 'recognise' | 'assign' | 'start', readonly folder: string, readonly files: readonly ShownFile[] }

export const unreadable: Problem = problem('worker-not-read', {})
