import path from 'node:path'
import { hasErrors, problem, type Problem } from '../../core/problem.ts'
import { comparePeriods } from '../../core/period.ts'
import { maxLayerBytes } from '../read/layer-candidates.ts'
import { readFileUpTo } from '../read/limits.ts'
import type { Project } from '../project-file/project.ts'
import type { ProjectEdit } from './edit-text.ts'
import { readAs, rowsOf, type KnownDelivery, type KnownFile } from './known-delivery.ts'
import { periodOfName } from './name.ts'
import { explainScore, scoreTable } from './score.ts'
import type { GivenFile } from './plan-update.ts'

/** A file to copy into the project. */
export interface FileCopy {
  /** Where it lies now. */
  readonly from: string
  /** How the project file will name it. */
  readonly file: string
  /** Where it goes. */
  readonly to: string
  /** Where the file of the same name that lies there goes first; null where there is none. */
  readonly keep: string | null
}

interface Settled { readonly edits: readonly ProjectEdit[], readonly copies: readonly FileCopy[], readonly problems: Problem[] }

/** What else this update changes, so that two new files do not take the same place. */
interface Others { readonly edits: readonly ProjectEdit[], readonly copies: readonly FileCopy[] }

/**
 * Where a new file of a delivery goes: beside its others with a new period, or in the place of those that it repeats as a whole.
 * A file that repeats a part of another is refused, because two values for one cell are none.
 */
export async function settleFile (project: Project, known: KnownDelivery, given: GivenFile, others: Others): Promise<Settled> {
  const place = { file: given.path }
  const bytes = await readBytes(given.path)
  if ('problem' in bytes) return refuse(bytes.problem)
  const same = await findSame(project, known, bytes.bytes)
  if (same) return refuse(problem('update-same-file', place, { target: same.name }))
  const target = targetOf(project, known, given)
  if (known.delivery.einzeldaten !== undefined || known.delivery.grid !== undefined) return await take(project, known, given, target, { replaced: [], period: null, periods: '' }, others)

  const tables = await readAs(known.delivery, given.path, path.basename(given.path))
  const hasFilePeriods = known.files.every(({ period }) => period !== null)
  const period = hasFilePeriods ? given.period ?? periodOfName(given.path, lastPeriod(known)) : null
  if (period === undefined) return refuse(periodProblem(known, given))
  const rows = new Set(tables.flatMap(table => [...rowsOf(known.delivery, table, period)]))
  if (rows.size === 0 && tables.length > 0) return refuse(periodProblem(known, given))

  const { replaced, problems } = findReplaced(known, rows, given)
  if (hasErrors(problems)) return { edits: [], copies: [], problems }
  const taken = await take(project, known, given, target, { replaced, period, periods: listPeriods(rows) }, others)
  const [score] = tables.flatMap(table => scoreTable(known, table, given.path) ?? [])
  const evidence = score ? explainScore(score) : { de: 'so angegeben', en: 'as stated' }
  return { ...taken, problems: [problem('update-recognised', place, { delivery: known.delivery.id, evidence, target: taken.copies[0]?.file ?? target.file }), ...taken.problems] }
}

interface Fit { readonly replaced: readonly KnownFile[], readonly period: string | null, readonly periods: string }

async function take (project: Project, known: KnownDelivery, given: GivenFile, target: { file: string, to: string }, { replaced, period, periods }: Fit, others: Others): Promise<Settled> {
  const own = others.copies.find(({ from }) => from === path.resolve(given.path))
  const isThere = own !== undefined || path.resolve(given.path) === path.resolve(target.to)
  const free = own ?? (others.copies.some(({ file }) => file === target.file) ? await freeName(project, target.file, others) : target)
  const before = isThere ? undefined : await readBytes(free.to)
  const keep = before !== undefined && 'bytes' in before ? (await freeName(project, target.file, others, 'ersetzt')).to : null
  const [first, ...rest] = replaced
  const delivery = known.index
  const isEntry = first?.name === free.file && period === null
  const edits: ProjectEdit[] = [
    ...(first === undefined ? [{ kind: 'add-file' as const, delivery, file: free.file, period }] : isEntry ? [] : [{ kind: 'replace-file' as const, delivery, entry: first.entry, file: free.file, period }]),
    ...rest.map(({ entry }) => ({ kind: 'drop-file' as const, delivery, entry })),
  ]
  const problems = first === undefined ? [] : [problem('update-replaces', { file: given.path }, { old: replaced.map(({ name }) => name).join(', '), periods, kept: keep === null ? first.name : path.basename(keep) })]
  return { edits, copies: isThere ? [] : [{ from: path.resolve(given.path), file: free.file, to: free.to, keep }], problems }
}

/** Files all of whose rows the new one repeats; a file of which it repeats a part only is a problem. */
function findReplaced ({ files }: KnownDelivery, rows: ReadonlySet<string>, given: GivenFile): { replaced: KnownFile[], problems: Problem[] } {
  const shared = files.map(file => ({ file, cells: [...file.rows].filter(row => rows.has(row)) })).filter(({ cells }) => cells.length > 0)
  const partly = shared.filter(({ file, cells }) => !repeatsAll(file, cells, rows))
  return {
    replaced: shared.map(({ file }) => file),
    problems: partly.map(({ file, cells }) => problem('update-partial-overlap', { file: given.path }, { other: file.name, cells: cells.length, periods: listPeriods(new Set(cells)) })),
  }
}

/** An area may be gone in a corrected file; a period may not. */
function repeatsAll (file: KnownFile, cells: readonly string[], rows: ReadonlySet<string>): boolean {
  const periodsOf = (keys: Iterable<string>) => new Set([...keys].map(key => key.split('|')[0]!))
  const now = periodsOf(rows)
  return cells.length >= 0.8 * file.rows.size && [...periodsOf(file.rows)].every(period => now.has(period))
}

function targetOf (project: Project, { lastFile }: KnownDelivery, given: GivenFile): { file: string, to: string } {
  const folder = path.posix.dirname(lastFile)
  const file = folder === '.' ? path.basename(given.path) : `${folder}/${path.basename(given.path)}`
  return { file, to: project.resolve(file) }
}

/** `tables/x.csv`, `tables/x.ersetzt-1.csv`: the first name that nothing has. */
async function freeName (project: Project, file: string, { copies }: Others, word = 'neu'): Promise<{ file: string, to: string }> {
  const ending = path.posix.extname(file)
  for (let number = 1; ; number++) {
    const candidate = `${file.slice(0, file.length - ending.length)}.${word}-${number}${ending}`
    const to = project.resolve(candidate)
    if (!copies.some(copy => copy.to === to || copy.keep === to) && 'problem' in await readBytes(to)) return { file: candidate, to }
  }
}

async function findSame (project: Project, { files }: KnownDelivery, bytes: Buffer): Promise<KnownFile | undefined> {
  for (const file of files) {
    const there = await readBytes(project.resolve(file.name))
    if ('bytes' in there && there.bytes.equals(bytes)) return file
  }
  return undefined
}

async function readBytes (file: string): Promise<{ bytes: Buffer } | { problem: Problem }> {
  const read = await readFileUpTo(file, maxLayerBytes, file)
  return 'code' in read ? { problem: read } : { bytes: Buffer.from(read.buffer, read.byteOffset, read.byteLength) }
}

function lastPeriod ({ files }: KnownDelivery): { file: string, period: string } {
  const [last] = files.filter(({ period }) => period !== null).toSorted((a, b) => comparePeriods(b.period!, a.period!))
  return { file: last!.name, period: last!.period! }
}

function periodProblem (known: KnownDelivery, given: GivenFile): Problem {
  const example = known.files.find(({ period }) => period !== null)?.period ?? [...known.files.at(-1)!.rows][0]?.split('|')[0] ?? '2025'
  return problem('update-period-unknown', { file: given.path }, { example, delivery: known.delivery.id, file: path.basename(given.path) })
}

function listPeriods (rows: ReadonlySet<string>): string {
  const periods = [...new Set([...rows].map(row => row.split('|')[0]!))].toSorted(comparePeriods)
  return periods.length > 4 ? `${periods[0]} … ${periods.at(-1)}` : periods.join(', ')
}

function refuse (...problems: Problem[]): Settled {
  return { edits: [], copies: [], problems }
}
