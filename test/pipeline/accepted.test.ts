import fc from 'fast-check'
import t from 'tap'
import type { Edition } from '../../core/edition.ts'
import { observed, suppressed } from '../../core/cell.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { defaultRules, noRules } from '../../core/rules.ts'
import { acceptProblems } from '../../pipeline/check/accepted.ts'
import { acceptedRemarks } from '../../pipeline/check/accepted-remarks.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { addColumn, type FigureColumn, type Figures } from '../../pipeline/figures.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import type { AcceptedEntry, ProjectFile } from '../../pipeline/project-file/schema.ts'
import { changedProject, smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

const entry = (changes: Partial<AcceptedEntry> = {}): AcceptedEntry => ({ code: 'plausible-jump', because: 'Ein Neubaugebiet.', by: 'A. Beispiel', ...changes })
const jump = problem('plausible-jump', { file: 'ew.csv' }, { indicator: 'people', level: 'sr', area: '02', period: '2024', periods: '2023, 2024', areaIndex: 1 })

t.test('an entry accepts what it names: the code, and whatever else stands in it', async t => {
  const accept = (accepted: AcceptedEntry) => acceptProblems([jump], { accepted: [accepted] })[0]!
  t.match(accept(entry({ on: '2025-03-01' })), { severity: 'note', accepted: { because: 'Ein Neubaugebiet.', by: 'A. Beispiel', on: '2025-03-01' } })
  t.match(accept(entry({ file: 'ew.csv', indicator: 'people', level: 'sr', area: '02', period: 2024 })), { severity: 'note' })
  for (const other of [{ code: 'plausible-same-twice' }, { file: 'x.csv' }, { indicator: 'x' }, { level: 'x' }, { area: '2' }, { period: 2023 }]) {
    t.equal(accept(entry(other)), jump, JSON.stringify(other))
  }
})

t.test('what concerns secrecy, or leaves figures unread, is never accepted', async t => {
  for (const code of ['structure-disclosed', 'structure-exposed', 'join-two-values', 'protect-suppressed'] as const) {
    const found = problem(code, {}, {})
    t.equal(acceptProblems([found], { accepted: [entry({ code })] })[0], found, code)
  }
  t.match(acceptProblems([problem('plausible-above-hundred', {}, {})], { accepted: [entry({ code: 'plausible-above-hundred' })] }), [{ severity: 'note' }])
})

const file = {
  indicators: [{ id: 'people', kind: 'count' }, { id: 'share', kind: 'share', numerator: 'people', denominator: 'all' }],
  deliveries: [{ id: 'register', files: ['ew.csv'], columns: { people: 'EW' } }],
} as unknown as ProjectFile

function figuresWith (changes: Readonly<Record<string, Partial<FigureColumn>>> = {}): Figures {
  const figures: Figures = { columns: new Map() }
  for (const [indicator, period] of [['people', '2022'], ['people', '2023'], ['people', '2024'], ['share', '2024']] as const) {
    const cells = [observed(10), observed(20)]
    addColumn(figures, { level: 'sr', indicator, period, cells, unassigned: [], deliveries: new Set(), rules: noRules, ...changes[`${indicator} ${period}`] })
  }
  return figures
}

const accepted: Problem = { ...jump, severity: 'note', accepted: { because: 'Ein Neubaugebiet.', by: 'A. Beispiel' } }

t.test('readers learn the reason at the figure and at the shares made of it, and not who accepted it', async t => {
  const remark = { kind: 'accepted', level: 'sr', area: '02', period: '2024', text: { de: 'Ein Neubaugebiet.' } } as const
  t.strictSame(acceptedRemarks([accepted, accepted, jump], file, figuresWith()), [{ ...remark, indicator: 'people' }, { ...remark, indicator: 'share' }])
})

t.test('a remark stands only where every cell the finding was made of is printed as it was counted', async t => {
  const dropped = (changes: Parameters<typeof figuresWith>[0]) => t.strictSame(acceptedRemarks([accepted], file, figuresWith(changes)), [], JSON.stringify(changes))
  dropped({ 'people 2024': { cells: [observed(10), suppressed] } })
  dropped({ 'people 2023': { cells: [observed(10), suppressed] } })
  dropped({ 'people 2023': { cells: [observed(10), { status: 'missing', reason: 'unit-too-small' }] } })
  dropped({ 'people 2024': { rules: { ...defaultRules, method: 'round5' } } })
  t.equal(acceptedRemarks([accepted], file, figuresWith({ 'people 2023': { cells: [suppressed, observed(2)] } })).length, 2, 'another area has no part in it')
  t.equal(acceptedRemarks([accepted], file, figuresWith({ 'share 2024': { cells: [observed(1), suppressed] } })).length, 1)

  const { areaIndex: _, area: __, ...wholeColumn } = accepted.facts
  const same: Problem = { ...accepted, code: 'plausible-same-twice', facts: wholeColumn }
  t.equal(acceptedRemarks([same], file, figuresWith()).length, 2)
  t.strictSame(acceptedRemarks([same], file, figuresWith({ 'people 2023': { cells: [suppressed, observed(2)] } })), [], 'a column equal to one with a gap would fill it')
  t.strictSame(acceptedRemarks([same], { ...file, indicators: [{ ...file.indicators[0]!, published: false }] }, figuresWith()), [])
})

t.test('a finding about a file stands at all figures of its delivery, one about boundaries at all there are', async t => {
  const cut: Problem = { ...accepted, code: 'join-cut-off', facts: { level: 'sr', period: '2024' } }
  t.match(acceptedRemarks([cut], file, figuresWith()), [{ indicator: 'people', level: 'sr', area: null, period: '2024' }])
  t.match(acceptedRemarks([{ ...cut, place: { file: 'areas.geojson' }, facts: {} }], file, figuresWith()), [{ indicator: null, level: null, area: null, period: null }])
})

/** The small project with a jump, a totals row that differs, and some entries under `accepted`. */
async function projectWith (folder: string, entries: string): Promise<string> {
  return await changedProject(folder, `${folder}-${Buffer.from(entries).toString('hex').slice(-40)}x`, 'atlas.yaml', text =>
    `${text.replace('columns: { people', 'totals: [Summe]\n    columns: { people')}${entries === '' ? '' : `accepted:\n${entries}`}`)
}

const rows = smallProject['people.csv'].replace('3;2024;600;60', '3;2024;60000;60').concat('Summe;2024;63200;381\n')
const entryLine = (code: string, more = '') => `  - { code: ${code}${more}, because: Stimmt so., by: A. Beispiel }\n`

async function build (folder: string): Promise<{ edition?: Edition, problems: readonly Problem[] }> {
  const { project, problems } = await readProject(folder)
  if (!project) return { problems }
  const made = await buildEdition(project)
  return { ...made, problems: [...problems, ...made.problems] }
}

t.test('accepting changes no cell of an edition, whatever is accepted', async t => {
  const folder = t.testdir({ small: { ...smallProject, 'people.csv': rows } })
  const plain = await build(await projectWith(`${folder}/small`, ''))
  t.match(codes(plain.problems).filter(code => code !== 'protect-suppressed' && !code.startsWith('layout-')), ['join-total-differs', 'plausible-jump'])
  const lines = [entryLine('plausible-jump'), entryLine('plausible-jump', ', area: 03'), entryLine('join-total-differs'), entryLine('join-cut-off'), entryLine('plausible-jump', ', period: 2023-12-31')]
  await fc.assert(fc.asyncProperty(fc.subarray(lines, { minLength: 1 }), async chosen => {
    const { edition } = await build(await projectWith(`${folder}/small`, chosen.join('')))
    t.strictSame(edition!.series, plain.edition!.series)
    t.strictSame(edition!.indicators, plain.edition!.indicators)
    t.notMatch(JSON.stringify(edition), 'A. Beispiel', 'who accepted it stays in the house')
  }), { numRuns: 6, seed: 1 })
})

t.test('an entry that fits nothing is reported, and one that must not be accepted refused with the reason', async t => {
  const folder = t.testdir({ small: { ...smallProject, 'people.csv': rows } })
  const stale = await build(await projectWith(`${folder}/small`, entryLine('join-cut-off')))
  t.match(stale.problems.find(({ code }) => code === 'plausible-stale-acceptance'), { severity: 'warning', place: { line: 45 }, facts: { code: 'join-cut-off' } })
  const refused = await build(await projectWith(`${folder}/small`, entryLine('structure-disclosed') + entryLine('join-two-values') + entryLine('plausible-jumb') + entryLine('plausible-jump', ', level: nowhere, period: bald')))
  t.strictSame(codes(refused.problems), ['plausible-not-acceptable', 'plausible-not-acceptable', 'project-file-unknown-reference', 'project-file-unknown-reference', 'project-file-invalid-value'])
})
