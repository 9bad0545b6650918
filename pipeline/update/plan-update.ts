import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Level } from '../../core/area.ts'
import { hasErrors, problem, type Problem } from '../../core/problem.ts'
import { nearest } from '../../core/nearest.ts'
import { parseProjectFile } from '../project-file/parse.ts'
import { referenceProblems } from '../project-file/references.ts'
import type { Project } from '../project-file/project.ts'
import { isLayerFile } from '../recognise/inspect-file.ts'
import { editProject, type ProjectEdit } from './edit-text.ts'
import { knowDelivery, readAs, type KnownDelivery } from './known-delivery.ts'
import { scoreTable, type Score } from './score.ts'
import { listScores, recogniseDelivery } from './recognise-delivery.ts'
import { settleFile, type FileCopy } from './settle-file.ts'

/** A file that somebody gives, and the delivery and period where they say it: `register@2025-12-31=neu.csv`. */
export interface GivenFile { readonly path: string, readonly delivery?: string, readonly period?: string }

/** What an update would change; nothing is changed yet. */
export interface UpdatePlan {
  /** The project as it would be, with new files read from where they lie now. */
  readonly project: Project
  /** Text of the project file. */
  readonly text: string
  readonly copies: readonly FileCopy[]
}

/** `register=neu.csv` and `register@2025=neu.csv` name the delivery; a mere path does not. */
export function parseGiven (argument: string): GivenFile {
  const named = /^([A-Za-z0-9_-]{1,60})(?:@([0-9q-]+))?=(.+)$/.exec(argument)
  if (!named) return { path: argument }
  return { path: named[3]!, delivery: named[1]!, ...(named[2] === undefined ? {} : { period: named[2] }) }
}

/**
 * Finds the delivery of every file by its columns, keys and name, and what the project file must say about it. A file that
 * fits none or several stops everything: a figure in the wrong line is worse than a question.
 */
export async function planUpdate (project: Project, levels: readonly Level[], given: readonly GivenFile[]): Promise<{ plan?: UpdatePlan, problems: Problem[] }> {
  const known = await Promise.all(project.file.deliveries.map(async (delivery, index) => await knowDelivery(project, delivery, index, levels)))
  const problems: Problem[] = []
  const edits: ProjectEdit[] = []
  const copies: FileCopy[] = []
  for (const file of given) {
    const found = await findDeliveries(file, known)
    problems.push(...found.problems)
    for (const { known: taker, score } of found.takers) {
      const settled = await settleFile(project, taker, file, { edits, copies })
      problems.push(...(score ? headProblems(file, score) : []), ...settled.problems)
      edits.push(...settled.edits, ...headEdits(taker, score, edits))
      copies.push(...settled.copies)
    }
  }
  if (hasErrors(problems)) return { problems }
  const text = editProject(await readFile(project.displayName, 'utf8'), edits)
  const changed = changedProject(project, text, copies)
  return changed.project ? { plan: { project: changed.project, text, copies }, problems: [...problems, ...changed.problems] } : { problems: [...problems, ...changed.problems] }
}

/** A delivery that takes a file, and how well it fits. */
interface Taker { readonly known: KnownDelivery, readonly score?: Score }

interface Found { readonly takers: readonly Taker[], readonly problems: Problem[] }

/** Of one table several deliveries may be made, counts and measures for example; what one of them takes the others take too. */
async function findDeliveries (file: GivenFile, known: readonly KnownDelivery[]): Promise<Found> {
  const place = { file: file.path }
  if (file.delivery !== undefined) return findNamed(file, known)
  if (isLayerFile(file.path)) return { takers: [], problems: [problem('update-boundaries', place)] }
  const scores = (await Promise.all(known.map(async candidate => await scoreFile(candidate, file)))).filter(score => score !== undefined)
  const filesOf = ({ delivery }: Score) => known.find(one => one.delivery === delivery)!.files.map(({ name }) => name).toSorted().join('\n')
  const recognition = recogniseDelivery(scores, (a, b) => filesOf(a) === filesOf(b))
  const name = path.basename(file.path)
  switch (recognition.kind) {
    case 'none': return { takers: [], problems: [problem('update-unknown-file', place, { file: name, candidates: listScores(scores) })] }
    case 'several': return { takers: [], problems: [problem('update-ambiguous-file', place, { file: name, candidates: listScores(recognition.scores), first: recognition.scores[0]!.delivery.id })] }
    case 'found': return { takers: recognition.scores.map(score => ({ known: known.find(({ delivery }) => delivery === score.delivery)!, score })), problems: [] }
  }
}

async function findNamed (file: GivenFile, known: readonly KnownDelivery[]): Promise<Found> {
  const ids = known.map(({ delivery }) => delivery.id)
  const named = known.find(({ delivery }) => delivery.id === file.delivery)
  if (!named) {
    const guess = nearest(file.delivery!, ids)
    const hint = guess === undefined ? { de: 'Die Kennung aus atlas.yaml nehmen.', en: 'Take the id from atlas.yaml.' } : { de: `Gemeint ist vielleicht „${guess}“.`, en: `Perhaps "${guess}" is meant.` }
    return { takers: [], problems: [problem('update-unknown-delivery', { file: file.path }, { delivery: file.delivery!, known: ids.join(', '), guess: hint })] }
  }
  const score = await scoreFile(named, file)
  return { takers: [{ known: named, ...(score && { score }) }], problems: [] }
}

async function scoreFile (known: KnownDelivery, { path: filePath }: GivenFile): Promise<Score | undefined> {
  const tables = await readAs(known.delivery, filePath, path.basename(filePath))
  const [best] = tables.flatMap(table => scoreTable(known, table, filePath) ?? []).toSorted((a, b) => b.total - a.total)
  return best
}

function headProblems (file: GivenFile, { delivery, heads }: Score): Problem[] {
  const place = { file: file.path }
  return [
    ...heads.renamed.map(({ indicator, old, head }) => problem('update-column-renamed', place, { indicator, old, new: head })),
    ...heads.missing.map(({ indicator, head }) => problem('update-column-missing', place, { indicator, column: head, delivery: delivery.id, found: heads.left.map(left => `„${left}“`).join(', ') || '–' })),
  ]
}

/** New spellings of heads, each once although several files have it. */
function headEdits ({ index }: KnownDelivery, score: Score | undefined, edits: readonly ProjectEdit[]): ProjectEdit[] {
  return (score?.heads.renamed ?? []).map(({ indicator, head }): ProjectEdit => ({ kind: 'add-head', delivery: index, indicator, head }))
    .filter(edit => !edits.some(other => JSON.stringify(other) === JSON.stringify(edit)))
}

/** The project of the new text. New files are read where they lie, so that nothing is copied before all is well. */
function changedProject (project: Project, text: string, copies: readonly FileCopy[]): { project?: Project, problems: Problem[] } {
  const { file, locate, problems } = parseProjectFile(text, project.displayName, project.workbook)
  if (!file) return { problems }
  const all = [...problems, ...referenceProblems(file, locate)]
  const lying = new Map(copies.map(({ from, file: name }) => [name, from]))
  return hasErrors(all) ? { problems: all } : { project: { ...project, file, locate, resolve: name => lying.get(name) ?? project.resolve(name) }, problems: [] }
}
