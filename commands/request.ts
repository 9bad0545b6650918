import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { csvText, guardFormula } from '../core/csv.ts'
import { formatPeriod } from '../core/text.ts'
import { getCommandTexts, type CommandTexts } from '../core/text/commands.ts'
import { hasErrors, problem, type Problem } from '../core/problem.ts'
import { joinDeliveries, readPlaces } from '../pipeline/build.ts'
import type { Figures } from '../pipeline/figures.ts'
import type { Boundaries } from '../pipeline/levels/levels.ts'
import { applyKeyRule } from '../pipeline/join/key.ts'
import { readProject, type Project } from '../pipeline/project-file/project.ts'
import type { DeliveryEntry } from '../pipeline/project-file/schema.ts'
import { requestLetter } from '../pipeline/request/letter.ts'
import { nextPeriods } from '../pipeline/request/next-periods.ts'
import { planRequests } from '../pipeline/request/plan-requests.ts'
import { endOfStreet, formatHouse, includesLetters, numberAt } from '../pipeline/streets/house-number.ts'
import { readStreetList, type StreetRange } from '../pipeline/streets/street-list.ts'
import { slug } from '../pipeline/scaffold/slug.ts'
import { requireArgument, type Call } from './call.ts'
import { endProgress, report } from './report.ts'

/**
 * `atlas request`: a letter to every office that delivers, and the lists it needs, in `anforderungen/<year>/` of the project. Of the
 * deliveries nothing but their periods goes in.
 */
export async function request (call: Call): Promise<number> {
  const { language, options } = call
  const { project, problems } = await readProject(requireArgument(call, 0, 'PROJECT'), options.data)
  if (!project) return report(problems, language) ? 1 : 0
  const today = toDay(new Date())
  const folder = options.output ?? path.join(path.dirname(path.resolve(project.displayName)), 'anforderungen', today.slice(0, 4))
  const made = await makeRequests(project, today)
  endProgress()
  if (report([...problems, ...made.problems], language)) return 1
  await mkdir(folder, { recursive: true })
  for (const { name, content } of made.files) await writeFile(path.join(folder, name), content)
  const letters = made.files.filter(({ name }) => name.endsWith('.html')).length
  report([problem('request-written', { file: folder }, { publishers: letters, files: made.files.length })], language)
  for (const { name } of made.files) console.log(path.join(folder, name))
  return 0
}

function toDay (now: Date): string {
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, '0')}-${String(now.getDate()).padStart(2, '0')}`
}

export interface RequestFile {
  readonly name: string
  readonly content: string
}

/** Exported for tests. */
export async function makeRequests (project: Project, today: string): Promise<{ files: RequestFile[], problems: Problem[] }> {
  const { boundaries, problems } = await readPlaces(project)
  // Without boundaries there is no list of areas to send.
  if (!boundaries) return { files: [], problems: problems.filter(({ severity }) => severity === 'error') }
  const due = await listDue(project, boundaries, today)
  const guess = `${Number(today.slice(0, 4)) - 1}-12-31`
  const requests = planRequests({ file: project.file, due, guess })
  const words = getCommandTexts(project.file.language ?? 'de').request
  const streets = await listStreets(project, words.sides)
  const appendix = [{ name: areasName, content: listText([words.areas, ...listAreas(boundaries, project)]) }, ...streets.rows.length === 0 ? [] : [{ name: streetsName, content: listText([words.streets, ...streets.rows]) }]]
  const letters = requests.map((one, index) => ({
    name: `${String(index + 1).padStart(2, '0')}-${slug(one.publisher)}.html`,
    content: requestLetter({ request: one, file: project.file, today, areas: areasName, streets: streets.rows.length === 0 ? null : streetsName }),
  }))
  const guessed = requests.flatMap(({ deliveries }) => deliveries.filter(({ isGuessed }) => isGuessed))
  return {
    files: [...letters, ...appendix],
    problems: [
      ...streets.problems,
      ...guessed.map(({ title }) => problem('request-guessed-day', { file: project.displayName }, { delivery: title, period: { de: formatPeriod(guess, 'de'), en: formatPeriod(guess, 'en') } })),
    ],
  }
}

function listText (rows: ReadonlyArray<readonly string[]>): string {
  return csvText(rows.map(row => row.map(guardFormula)))
}

const areasName = 'gebiete.csv'
const streetsName = 'strassen.csv'

/** What follows the periods of the tables; of a delivery that cannot be read the periods of the project file, if it states some. */
async function listDue (project: Project, boundaries: Boundaries, today: string): Promise<Map<string, readonly string[]>> {
  const due = new Map<string, readonly string[]>()
  for (const delivery of project.file.deliveries) {
    const figures: Figures = { columns: new Map() }
    await joinDeliveries({ ...project, file: { ...project.file, deliveries: [delivery] } }, boundaries, figures, 'internal', () => {})
    const known = [...new Set([...[...figures.columns.values()].map(({ period }) => period), ...statedPeriods(delivery)])]
    if (known.length > 0) due.set(delivery.id, nextPeriods(known, today))
  }
  return due
}

function statedPeriods ({ files, period }: DeliveryEntry): string[] {
  const ofFiles = files.flatMap(entry => typeof entry === 'string' ? [] : [String(entry.period)])
  return period?.value === undefined ? ofFiles : [...ofFiles, String(period.value)]
}

function listAreas ({ levels }: Boundaries, { file }: Project): string[][] {
  const delivered = new Set(file.deliveries.flatMap(({ level, system }) => level ?? system ?? []))
  return levels.filter(({ id, system, validTo }) => validTo === null && (delivered.has(id) || delivered.has(system)))
    .flatMap(({ id, areas }) => areas.map(area => [id, area.id, area.name]))
}

/** Rows of the street lists of the project, in a form that other offices read: street, first and last number, side, area. */
async function listStreets (project: Project, sides: Sides): Promise<{ rows: string[][], problems: readonly Problem[] }> {
  const rows = new Map<string, string[]>()
  const problems: Problem[] = []
  for (const { area } of project.file.deliveries) {
    if (area?.streets === undefined) continue
    const { list, problems: found } = await readStreetList({ path: project.resolve(area.streets.file), entry: area.streets, keyOf: text => applyKeyRule(area, text) })
    if (problems.length === 0) problems.push(...found)
    if (!list || hasErrors(found)) continue
    for (const range of [...list.ranges.values()].flat().toSorted((a, b) => a.line - b.line)) {
      const row = toRow(range, sides)
      rows.set(row.join('\0'), row)
    }
  }
  return { rows: [...rows.values()], problems }
}

type Sides = CommandTexts['request']['sides']

function toRow ({ street, from, to, parity, area }: StreetRange, sides: Sides): string[] {
  const last = to === endOfStreet ? '' : includesLetters(to) ? String(numberAt(to)) : formatHouse(to)
  return [street, from === 0 ? '' : formatHouse(from), last, sides[parity], area]
}
