import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import t from 'tap'
import type { Call } from '../../commands/call.ts'
import { explainCell } from '../../commands/explain.ts'
import { forgetOf } from '../../commands/forget.ts'
import { attackCells } from '../../commands/attack-cells.ts'
import { formatProblem } from '../../core/problem.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { deletionsFile, listDeletions, recordDeletion, sayForgotten, type Deletion } from '../../pipeline/vault/deletions.ts'
import type { Edition } from '../../core/edition.ts'
import { hashFile } from '../../pipeline/vault/deliveries.ts'
import { hashValue } from '../../pipeline/vault/secret.ts'
import { checkVault, listVaultFiles } from '../../pipeline/vault/vault-files.ts'
import { parseConfig } from '../../server/config.ts'
import { TownSeries, writeTown, type TownPlan } from '../town-series.ts'
import { codes } from './problem-codes.ts'

/** A count that is suppressed beside a small one, and that occurs nowhere by chance. */
const planted = 91357
const plan: TownPlan = { levels: { quarter: 'ABCD', district: 'RRSS' }, counts: { 2023: [planted, 2, 40, 50], 2024: [planted + 10, 30, 40, 50] }, minimumCount: 5 }
const late = new Date('2031-06-15T12:00:00Z')

function callFor (series: TownSeries, options: Call['options'] = {}): Call {
  return { arguments: [], options, language: 'de', config: parseConfig({ ATLAS_DATA: path.join(series.folder, 'data'), ATLAS_VAULT: series.vaultFolder }) }
}

/** A project with a day of retention for all its deliveries. */
function writeProject (series: TownSeries, retention: string | undefined): string {
  const folder = writeTown(path.join(series.folder, 'project'), plan)
  const name = path.join(folder, 'atlas.yaml')
  const file = JSON.parse(readFileSync(name, 'utf8')) as { deliveries: object[] }
  writeFileSync(name, JSON.stringify({ ...file, deliveries: file.deliveries.map(delivery => ({ ...delivery, ...retention !== undefined && { retention } })) }))
  return folder
}

async function forget (series: TownSeries, delivery: string, options: Call['options'] = {}, retention: string | undefined = '2030-12-31', now = late) {
  const folder = path.join(series.folder, 'project')
  const name = path.join(folder, 'atlas.yaml')
  if (existsSync(name)) {
    const file = JSON.parse(readFileSync(name, 'utf8')) as { deliveries: object[] }
    writeFileSync(name, JSON.stringify({ ...file, deliveries: file.deliveries.map(one => ({ ...one, retention })) }))
  } else {
    writeProject(series, retention)
  }
  const { project } = await readProject(folder)
  const problems = await silently(() => forgetOf(callFor(series, options), project!, delivery, now))
  return { project: project!, problems, said: codes(problems) }
}

/** What the command announces on the screen is no matter here. */
async function silently<Result> (work: () => Promise<Result>): Promise<Result> {
  const { error } = console
  console.error = () => {}
  try {
    return await work()
  } finally {
    console.error = error
  }
}

/** Files below a folder that hold a number: as text, or among the numbers that base64 hides in JSON. */
function filesWith (folder: string, value: number): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => statSync(path.join(folder, name)).isFile()).filter(name => {
    const bytes = readFileSync(path.join(folder, name))
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    return new RegExp(`(?<![0-9a-f])${value}(?![0-9a-f])`).test(text) || [...text.matchAll(/"([A-Za-z0-9+/]{8,}={0,2})"/g)].some(([, packed]) => holds(Buffer.from(packed!, 'base64'), value))
  })
}

function holds (bytes: Buffer, value: number): boolean {
  for (let i = 0; i + 4 <= bytes.length; i += 4) {
    if (bytes.readInt32LE(i) === value) return true
    if (i + 8 <= bytes.length && bytes.readDoubleLE(i) === value) return true
  }
  return false
}

t.test('before its day, or without one, a delivery is not forgotten unless somebody says why and signs', async t => {
  const series = new TownSeries(t.testdir({}))
  await series.tell(plan, { 'first-edition': true })
  t.strictSame((await forget(series, 'quarter', {}, '2031-06-15')).said, ['vault-forget-early'], 'the day itself still counts')
  t.strictSame((await forget(series, 'quarter', {}, 'drei Jahre nach Abschluss')).said, ['vault-forget-no-day'])
  t.strictSame((await forget(series, 'quarter', { reason: 'Widerruf' }, '2099-01-01')).said, ['vault-forget-early'])
  t.strictSame((await forget(series, 'quartier')).said, ['vault-forget-unknown'])
  t.ok(existsSync(path.join(series.folder, 'project', 'quarter.csv')), 'nothing was deleted')
  t.strictSame(await listDeletions(series.vaultFolder), [])
  t.ok((await forget(series, 'quarter', { reason: 'Widerruf des Jobcenters', by: 'A. Amt' }, '2099-01-01')).said.includes('vault-forgotten'))
  t.match(await listDeletions(series.vaultFolder), [{ state: 'done', by: 'A. Amt', reason: 'Widerruf des Jobcenters', delivery: 'quarter', retention: '2099-01-01' }])
})

t.test('after its day nothing in project and vault holds a suppressed count any more, and the ledger still knows what was shown', async t => {
  const series = new TownSeries(t.testdir({}))
  const told = await series.tell(plan, { 'first-edition': true })
  const shown = printedLines(series)
  writeFileSync(path.join(series.vaultFolder, 'reports', 'pruefbericht.html'), `Altstadt ${planted}`)
  t.strictSame(filesWith(series.vaultFolder, planted).map(name => path.basename(name)).filter(name => !/^[0-9a-f]{64}/.test(name)).toSorted(), ['blocks.json.gz', 'pruefbericht.html'], 'the test finds what it looks for')
  t.equal(filesWith(path.join(series.folder, 'project'), planted).length, 1)

  const { said, problems } = await forget(series, 'quarter')
  t.strictSame(said, ['vault-forgotten', 'vault-forgotten-rebuild', 'vault-forgotten-attack', 'vault-forgotten-hashes', 'vault-forgotten-remains'])
  t.match(problems.map(found => formatProblem(found, 'de')).join('\n'), new RegExp(told[0]!.edition.id))
  t.strictSame(filesWith(series.vaultFolder, planted), [])
  t.notOk(existsSync(path.join(series.folder, 'project', 'quarter.csv')))
  t.ok(existsSync(path.join(series.folder, 'project', 'district.csv')), 'another delivery stays')
  t.strictSame(printedLines(series), shown)
  await checkVault(series.vaultFolder, 'series')

  t.ok((await listVaultFiles(series.vaultFolder)).includes('deletions.jsonl'), 'a backup carries the record')
  t.equal(statSync(deletionsFile(series.vaultFolder)).mode & 0o777, 0o600)
  const [deletion, ...others] = await listDeletions(series.vaultFolder)
  t.strictSame(others, [])
  t.match(deletion, { state: 'done', files: [{ name: 'quarter.csv', bytes: Number }], copies: 1, editions: [told[0]!.edition.id], indicators: ['sgb2'] })
  t.notMatch(readFileSync(deletionsFile(series.vaultFolder), 'utf8'), new RegExp(String(planted)))
  t.strictSame((await forget(series, 'quarter')).said, ['vault-forgotten-before'])
})

/** Cells of the ledger with a value, without the chain. */
function printedLines (series: TownSeries): string[] {
  const lines = readFileSync(path.join(series.vaultFolder, 'ledger.jsonl'), 'utf8').split('\n')
  return lines.filter(line => line.includes('"line":"cell"') && !line.includes('"status":"S"')).map(line => line.replace(/,"chain":"\w+"/, ''))
}

/** Suppressed cells whose count somebody finds who has the whole vault, by trying all small numbers and the planted one. */
async function guessable (series: TownSeries): Promise<string[]> {
  const { secret, folder } = await series.openVault()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name => /(ledger\.jsonl|cells\.jsonl\.gz)$/.test(name))
  return files.flatMap(name => {
    const bytes = readFileSync(path.join(folder, name))
    const lines = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trimEnd().split('\n').map(line => JSON.parse(line) as { id?: string, status?: string, hash?: string })
    return lines.filter(({ status }) => status === 'S').filter(({ id, hash }) => [planted, ...Array.from({ length: 200 }, (_, count) => count)].some(count => hashValue(secret, id!, count) === hash)).map(({ id }) => `${path.basename(name)} ${id}`)
  })
}

t.test('whoever has the whole vault with its secret cannot find a forgotten count by trying', async t => {
  const series = new TownSeries(t.testdir({}))
  await series.tell(plan, { 'first-edition': true })
  t.ok((await guessable(series)).some(found => found.startsWith('ledger.jsonl quarter/B')), 'the test finds what it looks for')
  await forget(series, 'quarter')
  t.strictSame(await guessable(series), [])
})

t.test('no checksum of a forgotten file is left: of a table of which all but two cells are printed these could be found by trying', async t => {
  const series = new TownSeries(t.testdir({}))
  await series.tell(plan, { 'first-edition': true })
  const { sha256 } = await hashFile(path.join(writeProject(series, '2030-12-31'), 'quarter.csv'))
  const quoting = () => readdirSync(series.vaultFolder, { recursive: true, encoding: 'utf8' }).filter(name => name.includes(sha256) ||
    (statSync(path.join(series.vaultFolder, name)).isFile() && readFileSync(path.join(series.vaultFolder, name), 'latin1').includes(sha256)))
  t.strictSame(quoting().map(name => path.basename(name)).toSorted(), [`${sha256}.gz`, 'deliveries.json'], 'the test finds what it looks for')
  await forget(series, 'quarter')
  t.strictSame(quoting(), [])
})

t.test('a sum of sums that the atlas computed of a forgotten count is forgotten with it', async t => {
  const series = new TownSeries(t.testdir({}))
  await series.tell({ ...plan, indicator: 'most' }, { 'first-edition': true })
  const name = path.join(writeProject(series, '2030-12-31'), 'atlas.yaml')
  const file = JSON.parse(readFileSync(name, 'utf8')) as { indicators: object[] }
  const count = { theme: 'income', kind: 'count', label: 'x', definition: 'x', decimals: 0 }
  // The whole stands before its parts.
  writeFileSync(name, JSON.stringify({ ...file, indicators: [{ ...count, id: 'most', parts: ['all', 'more'] }, { ...count, id: 'all', parts: ['sgb2', 'other'] }, { ...count, id: 'more' }, { ...count, id: 'other' }, ...file.indicators] }))
  await forget(series, 'quarter')
  t.strictSame(await guessable(series), [])
})

t.test('who forgets one year after the other keeps what the next years still hold', async t => {
  const series = new TownSeries(t.testdir({}))
  const years = ['2023', '2024', '2025']
  await series.tell({ ...plan, levels: { quarter: 'ABCD' }, counts: { 2023: [900, 2, 40, 50], 2024: [901, 3, 41, 51], 2025: [905, 4, 42, 52] } }, { 'first-edition': true })
  const folder = writeProject(series, '2030-12-31')
  const name = path.join(folder, 'atlas.yaml')
  const file = JSON.parse(readFileSync(name, 'utf8')) as { deliveries: object[] }
  for (const year of years) writeFileSync(path.join(folder, `${year}.csv`), `Gebiet;Jahr;SGB II\nB;${year};2\n`)
  writeFileSync(name, JSON.stringify({ ...file, deliveries: years.map(year => ({ ...file.deliveries[0], id: `y${year}`, files: [`${year}.csv`] })) }))
  const yearsLeft = async () => [...new Set((await guessable(series)).map(found => found.slice(-'2025-12-31'.length)))].toSorted()
  t.strictSame(await yearsLeft(), years.map(year => `${year}-12-31`))
  await forget(series, 'y2023')
  // Its file is gone now, and the project names it still.
  await forget(series, 'y2024')
  t.strictSame(await yearsLeft(), ['2025-12-31'])
})

t.test('a figure that is delivered once more after it was forgotten stays suppressed, though nobody can tell whether it is the same', async t => {
  const low = { ...plan, counts: { 2023: [planted, 4, 40, 50] } }
  const series = new TownSeries(t.testdir({}))
  const [told] = await series.tell(low, { 'first-edition': true })
  const dots = dotsOf(told!.edition)
  t.ok(dots.includes('quarter 2023-12-31 B'))
  await forget(series, 'quarter')
  // By the new minimum alone they might be printed.
  const [again] = await series.build({ ...low, minimumCount: 3 })
  t.strictSame(dots.filter(dot => !dotsOf(again!.edition!).includes(dot)), [])
})

function dotsOf ({ levels, series }: Edition): string[] {
  return series.flatMap(({ level, periods, statuses }) => periods.flatMap((period, row) =>
    statuses[row]!.flatMap((status, area) => status === 's' ? [`${level} ${period} ${levels.find(({ id }) => id === level)!.areas[area]!.id}`] : [])))
}

t.test('a power cut while hashes are taken out leaves the old ledger or the new one, and both are read', async t => {
  const series = new TownSeries(t.testdir({}))
  await series.tell(plan, { 'first-edition': true })
  const [ledger, head] = ['ledger.jsonl', 'ledger.head'].map(name => path.join(series.vaultFolder, name)) as [string, string]
  const [oldLedger, oldHead] = [readFileSync(ledger, 'utf8'), JSON.parse(readFileSync(head, 'utf8')) as object]
  await forget(series, 'quarter')
  const [newLedger, newHead] = [readFileSync(ledger, 'utf8'), JSON.parse(readFileSync(head, 'utf8')) as object]
  writeFileSync(head, JSON.stringify({ ...newHead, before: oldHead }))
  await checkVault(series.vaultFolder, 'series')
  writeFileSync(ledger, oldLedger)
  await checkVault(series.vaultFolder, 'series')
  writeFileSync(ledger, newLedger.replace('"status":"P"', '"status":"S"'))
  await t.rejects(checkVault(series.vaultFolder, 'series'))
  writeFileSync(head, JSON.stringify(newHead))
  writeFileSync(ledger, oldLedger)
  await t.rejects(checkVault(series.vaultFolder, 'series'), 'an old copy does not come back unnoticed')
})

t.test('afterwards explain, audit and a new build say what is gone in place of failing', async t => {
  const series = new TownSeries(t.testdir({}))
  const [told] = await series.tell(plan, { 'first-edition': true })
  const { project } = await forget(series, 'quarter')
  const vault = await series.openVault()
  t.match(codes(await explainCell(told!.edition, vault, 'quarter/B/sgb2/2023-12-31')), ['explain-minimum-count'])
  t.match(codes(await attackCells(vault, told!.edition.id, new Set())), ['vault-edition-forgotten', 'audit-cells-clean'])

  const { problems } = await readAndBuild(series)
  t.match(codes(problems), ['vault-file-forgotten'])
  t.match(formatProblem(problems[0]!, 'de'), /quarter\.csv: diese Datei der Lieferung „quarter“ wurde am 15\.06\.2031 von .+ gelöscht/)
  t.ok(project)

  // Without the delivery the project can be built; what the earlier edition knew cannot be laid over.
  const next = await series.build({ ...plan, without: ['quarter'], levels: { quarter: 'ABCD', district: 'RRSS' } })
  t.ok(codes(next[0]!.problems).includes('vault-union-forgotten'))
})

async function readAndBuild (series: TownSeries) {
  const { makeRelease } = await import('../../commands/build.ts')
  const { project } = await readProject(path.join(series.folder, 'project'))
  const { problems } = await silently(async () => makeRelease(callFor(series), series.store, await series.openVault(), project!))
  return { problems: problems.filter(({ severity }) => severity === 'error') }
}

t.test('a file and a copy that another delivery needs stay, and it is said', async t => {
  const series = new TownSeries(t.testdir({}))
  await series.tell(plan, { 'first-edition': true })
  writeProject(series, '2030-12-31')
  const name = path.join(series.folder, 'project', 'atlas.yaml')
  writeFileSync(name, readFileSync(name, 'utf8').replace('"files":["district.csv"]', '"files":["district.csv","quarter.csv"]'))
  const { problems, said } = await forget(series, 'quarter')
  t.ok(said.includes('vault-forget-shared'))
  t.match(problems.map(found => formatProblem(found, 'de')).join('\n'), /"quarter\.csv"/)
  t.ok(existsSync(path.join(series.folder, 'project', 'quarter.csv')))
})

t.test('what an update put aside, or an earlier edition was made of, goes too; what is not of the delivery stays', async t => {
  const series = new TownSeries(t.testdir({}))
  await series.tell(plan, { 'first-edition': true })
  const folder = writeProject(series, '2030-12-31')
  const name = path.join(folder, 'atlas.yaml')
  const read = (file: string) => readFileSync(path.join(folder, file))
  writeFileSync(path.join(folder, 'quarter.ersetzt-1.csv'), read('quarter.csv'))
  writeFileSync(path.join(folder, 'quarter.ersetzt-bar.csv'), 'x')
  writeFileSync(path.join(folder, 'neu.csv'), read('quarter.csv'))
  // The project names the corrected file; the one before lies there still.
  writeFileSync(name, readFileSync(name, 'utf8').replace('"files":["quarter.csv"]', '"files":["neu.csv"]'))
  const { said } = await forget(series, 'quarter')
  t.ok(said.includes('vault-forgotten'))
  t.strictSame(filesWith(folder, planted), [])
  t.ok(existsSync(path.join(folder, 'quarter.ersetzt-bar.csv')), 'no name that update gives')
  t.ok(existsSync(path.join(folder, 'district.csv')))
})

t.test('a deletion that a power cut broke off can be repeated', async t => {
  const series = new TownSeries(t.testdir({}))
  await series.tell(plan, { 'first-edition': true })
  const begun: Deletion = { line: 'deletion', state: 'begun', at: late.toISOString(), by: 'x', reason: null, delivery: 'quarter', title: 'q', retention: null, files: [], copies: 0, editions: [], indicators: [] }
  await recordDeletion(series.vaultFolder, begun)
  writeFileSync(deletionsFile(series.vaultFolder), '{"line":"dele', { flag: 'a' })
  t.ok((await forget(series, 'quarter')).said.includes('vault-forgotten'))
  t.match(await listDeletions(series.vaultFolder), [{ state: 'done', files: [{ name: 'quarter.csv' }] }])
})

t.test('only a file that was deleted is said to be', async t => {
  const vaultFolder = t.testdir({})
  const missing = [{ code: 'read-missing-file', severity: 'error', place: { file: 'x.csv' }, facts: {} }] as const
  t.strictSame(await sayForgotten(vaultFolder, missing), missing)
})
