import fc from 'fast-check'
import t from 'tap'
import type { Level } from '../../core/area.ts'
import type { Cell } from '../../core/cell.ts'
import { missing, observed, suppressed } from '../../core/cell.ts'
import { formatReport } from '../../core/report-text.ts'
import { noRules } from '../../core/rules.ts'
import { checkFigures } from '../../pipeline/check/figures.ts'
import { addColumn, type Figures } from '../../pipeline/figures.ts'
import type { IndicatorEntry, ProjectFile } from '../../pipeline/project-file/schema.ts'
import { codes } from './problem-codes.ts'

const names = ['Altstadt', 'Bahnhofsviertel', 'Nordertor', 'Südfeld', 'Weserbogen', 'Hasenheide']
const level = { id: 'sr', system: 'sr', validFrom: '2000-01-01', validTo: null, parent: null, areas: names.map((name, index) => ({ id: `0${index + 1}`, name, parentId: null })) } as unknown as Level
const count: IndicatorEntry = { id: 'people', theme: 'x', kind: 'count', label: 'Einwohner', definition: 'Alle.', decimals: 0 }
const measure: IndicatorEntry = { ...count, id: 'quota', kind: 'measure', label: 'Quote', unit: '%', decimals: 1 }

/** Finds what is odd in figures by period and area; null was not delivered. */
function check (rows: Readonly<Record<string, ReadonlyArray<number | null>>>, indicator = count) {
  const figures: Figures = { columns: new Map() }
  for (const [period, values] of Object.entries(rows)) {
    const cells = values.map((value): Cell => value === null ? missing('not-delivered') : observed(value))
    addColumn(figures, { level: 'sr', indicator: indicator.id, period, cells, unassigned: [], deliveries: new Set(['register']), rules: noRules })
  }
  const file = { indicators: [indicator], deliveries: [{ id: 'register', files: ['ew.csv'] }] } as unknown as ProjectFile
  const problems = checkFigures(figures, [level], file, { file: 'atlas.yaml' })
  return { problems, codes: codes(problems), report: formatReport(problems, 'de') }
}

const stand = [212, 240, 40, 180, 166, 150]

t.test('a figure fifty times that of the year before is named with both, both periods and the area', async t => {
  const { report, problems } = check({ 2023: stand, 2024: stand.with(2, 2000) })
  t.match(report, /Einwohner, Gebiet „Nordertor“ \(03\): 2\.000 \(2024\) nach 40 \(2023\), das 50-Fache\./)
  t.match(problems, [{ code: 'plausible-jump', severity: 'warning', place: { file: 'ew.csv' }, facts: { indicator: 'people', level: 'sr', area: '03', period: '2024', periods: '2023, 2024' } }])
  t.match(check({ 2023: stand.with(2, 2000), 2024: stand }).report, /40 \(2024\) nach 2\.000 \(2023\), nur noch der 50\. Teil\./)
})

t.test('a slip in the middle is one finding, not one on the way up and one on the way down', async t => {
  t.strictSame(check({ 2022: stand, 2023: stand.with(2, 2000), 2024: stand.with(2, 41) }).codes, ['plausible-jump'])
})

t.test('what small numbers do by chance is no jump', async t => {
  t.strictSame(check({ 2023: [0, 1, 2, 3, 4, 5], 2024: [9, 12, 25, 0, 0, 31] }).codes, [])
  t.strictSame(check({ 2023: stand, 2024: [null, 250, 80, 181, 165, 149] }).codes, [], 'nor a doubling, nor a gap')
})

t.test('a whole column in another unit is said once, with what was probably mixed up', async t => {
  const thousands = check({ 2023: stand, 2024: stand.map(value => value * 1000) })
  t.strictSame(thousands.codes, ['plausible-column-shift'])
  t.match(thousands.report, /fast alle 6 Gebiete sind etwa 1\.000-mal größer als 2023\.[^]*Vermutlich stehen die Zahlen einmal in Tausendern\./)
  t.match(check({ 2023: [0.1, 0.2, 0.31, 0.12, 0.05, 0.4], 2024: [10, 21, 30, 12, 5.5, 39] }, measure).report, /einmal Prozente und einmal Anteile von 1/)
  t.match(check({ 2023: stand.map(value => value * 10), 2024: stand }).report, /10-mal kleiner[^]*das Komma um eine Stelle verrutscht/)
})

const trend = [160, -120, 90, -75, 210, -140]
const series = (order: readonly number[], change = (value: number, _year: number) => value) =>
  Object.fromEntries(order.map((year, position) => [2019 + position, stand.map((value, area) => change(5000 + value + trend[area]! * year, year))]))

t.test('two years that were exchanged are recognised, in the middle and at the end', async t => {
  t.strictSame(check(series([0, 1, 2, 3, 4, 5])).codes, [])
  const middle = check(series([0, 1, 2, 4, 3, 5]))
  t.strictSame(middle.codes, ['plausible-swapped-periods'])
  t.match(middle.report, /Einwohner: die Zahlen für 2022 und 2023 sind wohl vertauscht/)
  t.match(check(series([0, 1, 2, 3, 5, 4])).report, /die Zahlen für 2023 und 2024 sind wohl vertauscht/)
})

t.test('a bad year for the whole town is no exchange, and with three years nobody can tell', async t => {
  const shock = [1, 1.3, 0.8, 1.2, 0.9, 1]
  t.strictSame(check(series([0, 1, 2, 3, 4, 5], (value, year) => Math.round(value * shock[year]!))).codes, [])
  t.strictSame(check(series([0, 2, 1])).codes, [])
})

t.test('random figures around a level are never called exchanged', async () => {
  const year = fc.array(fc.integer({ min: -200, max: 200 }), { minLength: 6, maxLength: 6 })
  fc.assert(fc.property(fc.array(year, { minLength: 4, maxLength: 4 }), years => {
    const found = check(Object.fromEntries(years.map((noise, position) => [2019 + position, stand.map((value, area) => 5000 + value + noise[area]!)]))).codes
    return found.length === 0
  }), { numRuns: 200, seed: 4 })
})

t.test('the same column delivered twice is said, but not of what hardly ever changes', async t => {
  t.match(check({ 2022: stand.map(value => value + 9), 2023: stand, 2024: stand }).report, /die Zahlen für 2024 sind in allen 6 Gebieten dieselben wie für 2023/)
  t.strictSame(check({ 2023: stand, 2024: stand }).codes, ['plausible-same-twice'])
  t.strictSame(check({ 2022: stand, 2023: stand, 2024: stand }, { ...count, decimals: 1 }).codes, [], 'hectares')
  t.strictSame(check({ 2022: stand.with(0, 213), 2023: stand, 2024: stand }).codes, [], 'five of six stay the same every year')
  t.strictSame(check({ 2023: [5, 5, 5, 5, 5, 6], 2024: [5, 5, 5, 5, 5, 6] }).codes, [], 'too few different figures')
})

t.test('more than a hundred percent and less than nothing are no shares', async t => {
  const { problems, report } = check({ 2024: [10, 120.5, 3, 4, 5, 100] }, measure)
  t.match(problems, [{ code: 'plausible-above-hundred', severity: 'error', facts: { area: '02' } }])
  t.match(report, /Quote, 2024: 120,5 %, mehr als alles \(„Bahnhofsviertel“; Gebiete: 1\)\./)
  t.strictSame(check({ 2024: [10, 120.5, 3, 4, 5, 100] }, { ...measure, unit: 'Jahre' }).codes, [])
  t.strictSame(check({ 2024: [-1, 2, 3, 4, 5, 6] }, measure).codes, ['plausible-negative'])
  t.strictSame(check({ 2024: [-1, 2, 3, 4, 5, 6] }, { ...measure, signed: true }).codes, [])
})

t.test('what is secret or was summed here is not judged', async t => {
  const figures: Figures = { columns: new Map() }
  const column = { level: 'sr', indicator: 'people', unassigned: [], deliveries: new Set(['register']), rules: noRules }
  addColumn(figures, { ...column, period: '2023', cells: names.map(() => suppressed) })
  addColumn(figures, { ...column, period: '2024', cells: names.map(() => observed(5000)) })
  addColumn(figures, { ...column, period: '2025', cells: names.map(() => observed(5)), summedFrom: 'block' })
  t.strictSame(checkFigures(figures, [level], { indicators: [count], deliveries: [] } as unknown as ProjectFile, {}), [])
})
