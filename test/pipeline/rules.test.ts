import t from 'tap'
import { missing, observed, suppressed, type Cell } from '../../core/cell.ts'
import { formatProblem } from '../../core/problem.ts'
import { cellState } from '../../core/release.ts'
import { noRules, presets, stricterRules, type Rules } from '../../core/rules.ts'
import { assembleEdition } from '../../pipeline/assemble.ts'
import { deriveQuotients, deriveUpperLevels } from '../../pipeline/derive.ts'
import { addColumn, findFigures, type Figures } from '../../pipeline/figures.ts'
import { joinTable } from '../../pipeline/join/table.ts'
import type { ProjectFile } from '../../pipeline/project-file/schema.ts'
import { findExternal } from '../../pipeline/protect/external.ts'
import { countRule, findPrimaries, importedRule, remainderRule } from '../../pipeline/protect/primary.ts'
import { applyQuality } from '../../pipeline/protect/quality.ts'
import { roundedBounds, roundedCell, roundFigures, roundToFive } from '../../pipeline/protect/round.ts'
import { rulesOf } from '../../pipeline/protect/rules.ts'
import { codes } from './problem-codes.ts'

const area = (id: string) => ({ id, name: id, parentId: 'town' })
const level = (id: string, areas: string[], parent: string | null) => ({
  id, label: { de: id }, labelPlural: { de: id }, system: id, validFrom: '2000-01-01', validTo: null, parent, areas: areas.map(area), geometry: 'g', attribution: null,
})
const levels = [level('sr', ['01', '02', '03'], 'stadt'), level('stadt', ['town'], null)]
const place = { file: 'atlas.yaml' }

type Indicator = ProjectFile['indicators'][number]
const count = (id: string, more: Partial<Indicator> = {}): Indicator => ({ id, theme: 'x', kind: 'count', label: id, definition: id, decimals: 0, ...more })
const share = (id: string, numerator: string | string[], denominator = 'people'): Indicator => count(id, { kind: 'share', decimals: 1, numerator, denominator })
const indicators = [count('people'), count('cases'), count('homes'), share('rate', 'cases'), count('age', { kind: 'measure', decimals: 1 })]

/** What the rules look at of a project file. */
const fileOf = (more: Partial<ProjectFile> = {}): ProjectFile => ({ indicators, deliveries: [], population: 'people', ...more }) as unknown as ProjectFile

const k5: Rules = { ...presets.kommunal5, rateFloor: 0, areaFloor: 0 }

type Given = readonly [indicator: string, cells: ReadonlyArray<number | Cell>, rules?: Rules, period?: string]

function figuresOf (given: readonly Given[], levelId = 'sr'): Figures {
  const figures: Figures = { columns: new Map() }
  for (const [indicator, cells, rules = k5, period = '2024'] of given) {
    addColumn(figures, {
      level: levelId, indicator, period, cells: cells.map(cell => typeof cell === 'number' ? observed(cell) : cell), unassigned: [], deliveries: new Set(['d']), rules,
    })
  }
  return figures
}

function primariesOf (given: readonly Given[], more: Partial<ProjectFile> = {}) {
  const figures = figuresOf(given)
  const file = fileOf(more)
  const { quotients } = deriveQuotients(figures, levels, file.indicators, place)
  const { primaries, problems } = findPrimaries(figures, quotients, file, levels, path => ({ file: `atlas.yaml#${path.join('.')}` }))
  const of = (indicator: string, period = '2024') => Object.fromEntries([...primaries.get(findFigures(figures, 'sr', indicator, period)!) ?? []]
    .map(([area, found]) => [area, found === 'free' ? 'free' : `${found.rule} ${found.required.join('-')}`]))
  return { figures, quotients, primaries, problems, of }
}

t.test('a delivery states its rules by preset, by minimum count, and differently inside the house', async t => {
  t.strictSame(rulesOf({ preset: 'streng10' }, 'public'), { minimumCount: 10, remainder: true, rateFloor: 100, areaFloor: 300, method: 'suppress' })
  t.strictSame(rulesOf({ minimumCount: 5 }, 'public'), { minimumCount: 5, remainder: true, rateFloor: 0, areaFloor: 0, method: 'suppress' })
  t.strictSame(rulesOf({ minimumCount: 'none' }, 'public'), noRules)
  const delivery = { preset: 'kommunal5', rules: { areaFloor: 0, units: { of: 'homes', minimum: 3 }, internal: { minimumCount: 3, method: 'round5' } } } as const
  t.match(rulesOf(delivery, 'public'), { minimumCount: 5, rateFloor: 100, areaFloor: 0, units: [{ of: 'homes', minimum: 3 }], method: 'suppress' })
  t.match(rulesOf(delivery, 'internal'), { minimumCount: 3, rateFloor: 100, areaFloor: 0, units: [{ of: 'homes', minimum: 3 }], method: 'round5' })
  t.match(rulesOf({ minimumCount: 'none', rules: { internal: { minimumCount: 3 } } }, 'internal'), { minimumCount: 3, remainder: true })
})

t.test('of two deliveries behind a figure both have a say, whichever comes first', async t => {
  const a: Rules = { ...noRules, minimumCount: 3, remainder: true, areaFloor: 300, units: [{ of: 'homes', minimum: 3 }] }
  const b: Rules = { ...noRules, minimumCount: 5, rateFloor: 100, units: [{ of: 'firms', minimum: 3 }, { of: 'homes', minimum: 3 }] }
  const both = stricterRules(a, b)
  t.match(both, { minimumCount: 5, remainder: true, rateFloor: 100, areaFloor: 300 })
  t.strictSame(both.units?.map(({ of }) => of).toSorted(), ['firms', 'homes'])
  t.strictSame({ ...stricterRules(b, a), units: both.units }, both)
  t.equal(stricterRules(a, a), a)
})

t.test('from one case to below the minimum a count is primary, and the whole range must stay possible', async t => {
  t.strictSame(primariesOf([['cases', [0, 1, 4]]]).of('cases'), { 1: 'minimum-count 0-5', 2: 'minimum-count 0-5' })
  t.strictSame(primariesOf([['cases', [5, 6, missing('pending')]]]).of('cases'), {})
  t.strictSame(primariesOf([['cases', [1, 2, 3], noRules]]).of('cases'), {}, 'not where none is needed')
  t.equal(countRule(5, k5), undefined)
})

t.test('few who are left over make the part primary, nobody left over does not', async t => {
  const { of } = primariesOf([['people', [40, 40, 40]], ['cases', [39, 40, 35]]])
  t.strictSame(of('cases'), { 0: 'remainder 35-40' })
  t.strictSame(of('people'), {})
  t.strictSame(primariesOf([['people', [40, 40, 40]], ['cases', [39, 40, 35], noRules]]).of('cases'), { 0: 'remainder 35-40' }, 'the rest are people of either delivery')
  const tolerant = { ...k5, remainder: false }
  t.strictSame(primariesOf([['people', [40, 40, 40], tolerant], ['cases', [39, 40, 35], tolerant]]).of('cases'), {})
  t.equal(remainderRule(3, 10, k5), undefined)
  t.strictSame(remainderRule(2, 4, k5), { rule: 'remainder', required: [0, 4] })
})

t.test('a cell under two rules has the range that holds both', async t => {
  t.strictSame(primariesOf([['people', [6, 40, 40]], ['cases', [3, 20, 20]]]).of('cases'), { 0: 'minimum-count 0-6' })
})

t.test('a part never tells how small its secret whole is, also under another period with the same last day', async t => {
  const { of } = primariesOf([['people', [4, 40, 40]], ['cases', [0, 20, 20]]])
  t.strictSame([of('people'), of('cases')], [{ 0: 'minimum-count 0-5' }, { 0: 'free' }])
  const other = primariesOf([['people', [40, 40, 40]], ['people', [21, 40, 4], k5, '2024-12-31'], ['cases', [20, 20, 0]]])
  t.strictSame(other.of('cases'), { 0: 'remainder 16-21', 2: 'free' })
})

t.test('a part of several terms is left to the sum that protects it; a small whole closes all its terms', async t => {
  const { of } = primariesOf([['people', [4, 40, 40]], ['cases', [0, 20, 20]], ['homes', [0, 19, 5]]], { indicators: [...indicators, share('both', ['cases', 'homes'])] })
  t.strictSame([of('cases'), of('homes')], [{ 0: 'free' }, { 0: 'free' }])
})

t.test('few units behind many people make their figure primary, unknown units too', async t => {
  const rules: Rules = { ...k5, units: [{ of: 'homes', minimum: 3 }] }
  const { of, problems } = primariesOf([['cases', [11, 30, 20], rules], ['homes', [2, 3, suppressed], rules]])
  t.strictSame(of('cases'), { 0: 'units 5-17', 2: 'units 10-30' })
  t.strictSame(of('homes'), { 0: 'minimum-count 0-5', 1: 'minimum-count 0-5', 2: 'imported 1-4' }, 'the units are a count like any other')
  t.strictSame(codes(problems), [])
  const without = primariesOf([['cases', [11, 30, 0], rules]])
  t.strictSame(codes(without.problems), ['protect-no-companion'])
  t.match(without.problems[0], { severity: 'error', place: { file: /atlas\.yaml/ }, facts: { needed: 'homes', periods: '2024' } })
})

t.test('who contributes most to a figure cannot be estimated by the next one', async t => {
  const dominance = { percent: 10, largest: 'top', second: 'next' }
  const rules: Rules = { ...k5, dominance: [dominance] }
  const shadow = [count('top', { published: false }), count('next', { published: false })]
  const deliveries = [{ id: 'd', minimumCount: 5, rules: { dominance } }] as unknown as ProjectFile['deliveries']
  const project = { indicators: [...indicators, ...shadow], deliveries }
  const { of } = primariesOf([['cases', [100, 100, 100], rules], ['top', [80, 80, suppressed], rules], ['next', [15, 10, 1], rules]], project)
  t.strictSame(of('cases'), { 0: 'dominance 100-103', 2: 'dominance 100-110' }, '5 are left of 80: 3 too few; 10 are enough')
  t.strictSame(of('top'), {}, 'a contribution is never printed and has no rule')

  const figures = figuresOf([['cases', [100, 50, 50], rules], ['top', [60, 20, 20], rules], ['next', [5, 10, 1], rules]])
  deriveUpperLevels(figures, levels, project.indicators, place)
  t.match(['top', 'next', 'cases'].map(id => findFigures(figures, 'stadt', id, '2024')?.cells), [[observed(60)], [observed(20)], [observed(200)]], 'largest of the town, not their sum')
})

t.test('what was delivered as suppressed keeps the range of its publisher; a sum of it has none of its own', async t => {
  const figures = figuresOf([['cases', [suppressed, 20, 20]], ['homes', [suppressed, 1, 1], noRules]])
  deriveUpperLevels(figures, levels, indicators, place)
  const { primaries } = findPrimaries(figures, [], fileOf(), levels)
  t.strictSame([...primaries].map(([{ level, indicator }, areas]) => [level, indicator, ...areas]), [['sr', 'cases', [0, { rule: 'imported', required: [1, 4] }]]])
  t.equal(findFigures(figures, 'stadt', 'cases', '2024')!.summedFrom, 'sr')
  t.strictSame(importedRule(k5, 40).required, [1, 40], 'a stand-in above the minimum widens it')
})

t.test('a figure suppressed by hand is veiled widely; an entry that names nothing is an error', async t => {
  const manual = [
    { indicator: 'cases', level: 'sr', area: '02', period: '2024', because: 'Eine Unterkunft.' },
    { indicator: 'age', level: 'sr', area: '01', period: '2024', because: 'Ein Heim.' },
    { indicator: 'cases', level: 'sr', area: '2', period: '2024', because: 'x' },
    { indicator: 'cases', level: 'sr', area: '02', period: '2023', because: 'x' },
  ]
  const { of, problems } = primariesOf([['cases', [20, 20, 20]], ['age', [70, 40, 40], noRules]], { manual })
  t.strictSame([of('cases'), of('age')], [{ 1: 'manual 10-30' }, { 0: 'free' }])
  t.strictSame(codes(problems), ['protect-unknown-cell', 'protect-unknown-cell'])
  t.match(problems.map(({ place, facts }) => [place.file, facts.value]), [['atlas.yaml#manual.2.area', '2'], ['atlas.yaml#manual.3.period', '2023']])
})

t.test('what others publish is known: it must not contradict, and may give a secret away', async t => {
  const external = [{ source: 'Landesamt', level: 'sr', indicators: ['cases'], periods: ['2024'], values: { '01': 2, '02': 21, '04': 1 } }]
  const { figures, problems } = primariesOf([['cases', [2, 20, suppressed]]], { external })
  t.strictSame(codes(problems), ['protect-unknown-cell', 'protect-external-differs', 'protect-external-exposes'])
  t.match(problems.map(({ severity, facts }) => [severity, facts.value ?? facts.cells]), [['error', '04'], ['error', '"cases 02 2024"'], ['warning', '"cases 01 2024"']])
  for (const found of problems) t.notMatch(`${formatProblem(found, 'de')} ${formatProblem(found, 'en')}`, /\b(20|21)\b/, 'no figure is quoted')
  const known = (external: NonNullable<ProjectFile['external']>) => [...findExternal(figures, fileOf({ external }), levels).get(findFigures(figures, 'sr', 'cases', '2024')!) ?? []]
  t.strictSame(known([{ source: 'L', level: 'sr' }]), [[0, 2], [1, 20]], 'all counts of the level, as delivered')
  t.strictSame(known([{ source: 'L', level: 'sr', areas: ['02', '03'], periods: ['2024'] }]), [[1, 20]])
  t.strictSame(known([{ source: 'L', level: 'sr', indicators: ['cases'], periods: ['2024'], values: { '03': 7 } }]), [[2, 7]], 'also what was delivered as suppressed')
  t.strictSame(known([{ source: 'L', level: 'stadt' }, { source: 'L', level: 'sr', periods: ['2023'] }]), [])
})

t.test('what is protected must be counted: no fractions, nothing below zero', async t => {
  t.strictSame(codes(primariesOf([['cases', [1.5, 2, 3]]]).problems), ['protect-not-a-count'])
  t.strictSame(codes(primariesOf([['cases', [-1, 2, 3]]]).problems), ['protect-not-a-count'])
  t.strictSame(codes(primariesOf([['cases', [1.5, 2, 3], noRules]]).problems), [])
  const join = (minimumCount: number | 'none') => joinTable({ columns: new Map() }, {
    delivery: { id: 'd', minimumCount, level: 'sr', area: { column: 'Nr' }, period: { value: '2024' }, columns: { hectares: 'ha' } } as never,
    table: { file: 'ha.csv', sheet: null, columns: ['Nr', 'ha'], encoding: 'utf-8', delimiter: ';', notation: { decimal: ',' }, rows: ['01', '02', '03'].map((id, i) => ({ line: i + 2, fields: [id, '1,5'] })) },
    levels,
    indicators: [count('hectares', { decimals: 1 })],
  })
  t.match(join(5).map(({ code, place }) => [code, place.file, place.line]), [['join-fractional-count', 'ha.csv', 2], ['join-fractional-count', 'ha.csv', 3], ['join-fractional-count', 'ha.csv', 4]])
  t.strictSame(join('none'), [], 'an extent without protection may have decimals')
})

function qualityOf (given: readonly Given[], more: Partial<ProjectFile> = {}) {
  const figures = figuresOf(given)
  const file = fileOf(more)
  const { quotients } = deriveQuotients(figures, levels, file.indicators, place)
  const problems = applyQuality(figures, quotients, file)
  return { problems, of: (indicator: string) => findFigures(figures, 'sr', indicator, '2024')!.cells.map(cell => cell.status === 'missing' ? cell.reason : cell.status) }
}

t.test('a quotient over few people is unreliable, one over few hectares is not', async t => {
  const rules = { ...k5, rateFloor: 100 }
  const { of, problems } = qualityOf([['people', [99, 100, suppressed], rules], ['cases', [10, 10, 10], rules]])
  t.strictSame(of('rate'), ['unreliable', 'observed', 'suppressed'])
  t.strictSame(of('cases'), ['observed', 'observed', 'observed'], 'counts stay under their own rules')
  t.match(problems, [{ code: 'protect-quality', severity: 'note', facts: { unreliable: 1, small: 0 } }])
  const density = qualityOf([['people', [99, 100, 100], rules], ['hectares', [5, 50, 500], noRules]], {
    indicators: [count('people'), count('hectares', { decimals: 1 }), count('density', { kind: 'ratio', numerator: 'people', denominator: 'hectares', factor: 1 })],
  })
  t.strictSame([density.of('density'), density.problems], [['observed', 'observed', 'observed'], []])
})

t.test('an area with few inhabitants has counts but no shares and measures; hidden inhabitants hide them', async t => {
  const rules = { ...noRules, areaFloor: 300 }
  const { of } = qualityOf([['people', [299, 300, suppressed], noRules, '2024-12-31'], ['people', [500, 1, 500], noRules, '2023'], ['cases', [10, 10, 10], rules], ['age', [40, 40, 40], rules]])
  t.strictSame(of('rate'), ['unit-too-small', 'observed', 'suppressed'])
  t.strictSame(of('age'), ['unit-too-small', 'observed', 'suppressed'])
  t.strictSame(of('cases'), ['observed', 'observed', 'observed'])
  const gaps = qualityOf([['people', [missing('pending'), missing('pending'), 400], noRules], ['people', [400, missing('pending'), 1], noRules, '2023'], ['people', [1, 200, 1], noRules, '2025'], ['age', [40, 40, 40], rules]])
  t.strictSame(gaps.of('age'), ['observed', 'unit-too-small', 'observed'], 'the year before stands in, then the year after')
  const nobody = qualityOf([['age', [40, 40, 40], rules]])
  t.match(nobody.problems, [{ code: 'protect-no-population', severity: 'error', facts: { level: 'sr', indicators: 'age' } }])
})

t.test('rounding moves a count by two at most and never says which of five it was', async t => {
  for (let value = 0; value <= 60; value++) {
    const printed = roundToFive(value)
    const [lower, upper] = roundedBounds(printed)
    t.ok(printed % 5 === 0 && lower <= value && value <= upper && upper - lower <= 4, `${value} is printed as ${printed}`)
  }
  t.match([1, 2, 3, 4].map(value => roundedCell(value, k5).rule?.required), [[0, 2], [0, 2], [3, 5], [3, 5]], 'whatever the true count is, the same stays possible')
  t.strictSame(roundedCell(8, { ...k5, minimumCount: 10 }).rule?.required, [8, 10])
  t.match(roundedCell(57, k5), { state: cellState.rounded, lower: 53, upper: 57, rule: undefined })
})

t.test('what is computed of rounded counts is computed of what is printed', async t => {
  const rules: Rules = { ...k5, method: 'round5' }
  const figures = figuresOf([['people', [102, 98, 12], rules], ['cases', [3, 2, 12], rules], ['homes', [3, 3, 0], noRules]])
  const file = fileOf({ indicators: [...indicators, share('both', ['cases', 'homes'])] })
  const { quotients } = deriveQuotients(figures, levels, file.indicators, place)
  const { primaries } = findPrimaries(figures, quotients, file, levels)
  t.equal(primaries.size, 0, 'nothing is suppressed')
  findFigures(figures, 'sr', 'cases', '2024')!.cells[0] = suppressed
  roundFigures(figures, quotients, new Set(['people', 'cases', 'homes']))
  const cells = (id: string) => findFigures(figures, 'sr', id, '2024')!.cells
  t.strictSame(cells('people'), [observed(100), observed(100), observed(10)])
  t.strictSame(cells('cases'), [suppressed, observed(0), observed(10)])
  t.strictSame(cells('homes'), [observed(3), observed(3), observed(0)], 'another delivery is left as it is')
  t.strictSame(cells('rate'), [suppressed, observed(0), observed(100)])
  const more = figuresOf([['people', [7, 100, 100], rules], ['cases', [3, 1, 1], rules], ['homes', [3, 1, 1], rules]])
  const sums = deriveQuotients(more, levels, file.indicators, place).quotients
  roundFigures(more, sums, new Set(['people', 'cases', 'homes']))
  t.strictSame(findFigures(more, 'sr', 'both', '2024')!.cells[0], missing('unreliable'), '5 and 5 of 5 say nothing')
})

t.test('an edition names the deliveries that its audience may have, with its own minimum counts, and no unpublished figure', async t => {
  const delivery = (id: string, more: Partial<ProjectFile['deliveries'][number]>) => ({ id, title: id, publisher: id, licence: { name: 'x', url: 'x' }, attribution: id, legalBasis: id, mayBePassedOn: true, ...more })
  const file = fileOf({
    atlas: 'tiny',
    start: 'cases',
    themes: [{ id: 'x', label: 'x' }],
    indicators: [count('cases'), count('homes', { published: false })],
    deliveries: [
      delivery('d', { preset: 'kommunal5', rules: { internal: { minimumCount: 3 } } }), delivery('e', { minimumCount: 'none', because: 'öffentlich', mayBePassedOn: false }),
    ] as ProjectFile['deliveries'],
  })
  const edition = (audience: 'public' | 'internal') => assembleEdition({
    project: { file } as never, boundaries: { levels, geometries: [], retired: [] }, context: [], figures: figuresOf([['cases', [7, 8, 9]], ['homes', [4, 4, 4]]]), quotients: [], audience, tiles: { minZoom: 9, maxZoom: 10 }, remarks: [], references: [], facilities: [], assessments: [],
  })
  t.match(edition('public').deliveries.map(({ id, minimumCount }) => [id, minimumCount]), [['d', 5]])
  t.match(edition('internal').deliveries.map(({ id, minimumCount, minimumCountReason }) => [id, minimumCount, minimumCountReason]), [['d', 3, null], ['e', null, 'öffentlich']])
  t.strictSame([edition('public').indicators, edition('public').series].map(list => list.map(entry => 'id' in entry ? entry.id : entry.indicator)), [['cases'], ['cases']])
})
