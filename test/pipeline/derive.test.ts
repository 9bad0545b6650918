import t from 'tap'
import { missing, observed, suppressed, type Cell } from '../../core/cell.ts'
import { defaultRules } from '../../core/rules.ts'
import { deriveQuotients, deriveUpperLevels } from '../../pipeline/derive.ts'
import { addColumn, findFigures, type Figures } from '../../pipeline/figures.ts'
import type { IndicatorEntry } from '../../pipeline/project-file/schema.ts'

const levels = [
  { id: 'sr', parent: 'stadt', areas: ['01', '02', '03'].map(id => ({ id, name: id, parentId: 'town' })) },
  { id: 'bg', parent: 'stadt', areas: ['A', 'B'].map(id => ({ id, name: id, parentId: 'town' })) },
  { id: 'stadt', parent: null, areas: [{ id: 'town', name: 'Stadt', parentId: null }] },
]
const count = (id: string): IndicatorEntry => ({ id, theme: 'x', kind: 'count', label: id, definition: id, decimals: 0 })
const share: IndicatorEntry = { ...count('share'), kind: 'share', decimals: 1, numerator: 'cases', denominator: 'people' }
const indicators = [count('people'), count('cases'), share]
const place = { file: 'atlas.yaml' }

function figuresOf (columns: Array<[level: string, indicator: string, period: string, cells: Array<number | Cell>, options?: { unassigned?: Cell[] }]>): Figures {
  const figures: Figures = { columns: new Map() }
  for (const [level, indicator, period, cells, options] of columns) {
    addColumn(figures, {
      level, indicator, period, cells: cells.map(cell => typeof cell === 'number' ? observed(cell) : cell), unassigned: [], rules: { ...defaultRules, minimumCount: 3 }, deliveries: new Set(['d']), ...options,
    })
  }
  return figures
}

const cellsOf = (figures: Figures, level: string, indicator: string, period = '2024') => findFigures(figures, level, indicator, period)?.cells

t.test('the town is the sum of its areas and of the cases without an area, never a mean of rates', async t => {
  const figures = figuresOf([
    ['sr', 'people', '2024', [100, 200, 700], { unassigned: [observed(5)] }],
    ['sr', 'cases', '2024', [50, 20, 30]],
  ])
  t.strictSame(deriveUpperLevels(figures, levels, indicators, place), [])
  t.strictSame(cellsOf(figures, 'stadt', 'people'), [observed(1005)])
  deriveQuotients(figures, levels, indicators, place)
  t.strictSame(cellsOf(figures, 'stadt', 'share'), [observed(9.95)])
  t.strictSame(cellsOf(figures, 'sr', 'share'), [observed(50), observed(10), observed(4.286)], 'two digits finer than printed')
})

t.test('one secret or missing part makes the sum secret or missing', async t => {
  const figures = figuresOf([
    ['sr', 'people', '2024', [1, suppressed, missing('pending')]],
    ['sr', 'cases', '2024', [1, 2, missing('pending')]],
  ])
  deriveUpperLevels(figures, levels, indicators, place)
  t.strictSame(cellsOf(figures, 'stadt', 'people'), [suppressed])
  const secret = figuresOf([['sr', 'people', '2024', [1, 2, 3], { unassigned: [suppressed] }]])
  deriveUpperLevels(secret, levels, indicators, place)
  t.strictSame(cellsOf(secret, 'stadt', 'people'), [suppressed], 'also among the cases without an area')
  t.strictSame(cellsOf(figures, 'stadt', 'cases'), [missing('pending')])
})

t.test('two area systems that do not agree about the town are reported', async t => {
  const figures = figuresOf([['sr', 'people', '2024', [1, 2, 3]], ['bg', 'people', '2024', [3, 4]]])
  t.match(deriveUpperLevels(figures, levels, indicators, place), [{ code: 'derive-levels-disagree', facts: { level: 'bg', places: 1 } }])
  t.strictSame(cellsOf(figures, 'stadt', 'people'), [observed(6)], 'the first in project order stays')
})

t.test('the denominator is matched by its last day, or a year earlier', async t => {
  const previous: IndicatorEntry = { ...share, denominatorPeriod: 'previous' }
  const figures = () => figuresOf([
    ['stadt', 'cases', '2024', [10]], ['stadt', 'people', '2024-12-31', [100]], ['stadt', 'people', '2023-12-31', [200]],
  ])
  const [same, earlier] = [figures(), figures()]
  deriveQuotients(same, levels, [share], place)
  deriveQuotients(earlier, levels, [previous], place)
  t.strictSame(cellsOf(same, 'stadt', 'share'), [observed(10)])
  t.strictSame(cellsOf(earlier, 'stadt', 'share'), [observed(5)])
  const alone = figuresOf([['stadt', 'cases', '2024', [10]]])
  t.match(deriveQuotients(alone, levels, [share], place).problems, [{ code: 'derive-no-denominator', facts: { day: { de: '31.12.2024' } } }])
})

t.test('a balance may fall below zero and a quotient of nobody is not applicable', async t => {
  const balance: IndicatorEntry = { ...count('balance'), kind: 'ratio', decimals: 0, factor: 1000, numerator: 'in', minus: 'out', denominator: 'people' }
  const figures = figuresOf([['stadt', 'in', '2024', [10]], ['stadt', 'out', '2024', [30]], ['stadt', 'people', '2024', [1000]]])
  deriveQuotients(figures, levels, [balance], place)
  t.strictSame(cellsOf(figures, 'stadt', 'balance'), [observed(-20)])
  const nobody = figuresOf([['stadt', 'cases', '2024', [0]], ['stadt', 'people', '2024', [0]]])
  deriveQuotients(nobody, levels, [share], place)
  t.strictSame(cellsOf(nobody, 'stadt', 'share'), [missing('not-applicable')])
})

t.test('a part that is larger than its whole is an error, not a share above 100 %', async t => {
  const figures = figuresOf([['stadt', 'cases', '2024', [11]], ['stadt', 'people', '2024', [10]]])
  t.match(deriveQuotients(figures, levels, [share], place).problems, [{ code: 'derive-part-above-whole', severity: 'error' }])
})

t.test('a Fördergebiet is the sum of its areas, also where it is made of other Fördergebiete; its largest contributors are those of its areas', async t => {
  const area = (id: string) => ({ id, name: id, parentId: null })
  const unions = [
    { id: 'both', parent: null, areas: [area('z')], madeOf: { level: 'fg', parts: [['x', 'y']] } },
    { id: 'fg', parent: null, areas: [area('x'), area('y')], madeOf: { level: 'sr', parts: [['01', '02'], ['03']] } },
    { ...levels[0]!, parent: null },
  ]
  const figures = figuresOf([
    ['sr', 'cases', '2024', [50, 20, 30], { unassigned: [observed(7)] }],
    ['sr', 'top', '2024', [40, 9, 20]],
    ['sr', 'next', '2024', [4, 8, 6]],
  ])
  findFigures(figures, 'sr', 'cases', '2024')!.rules = { ...defaultRules, dominance: [{ percent: 10, largest: 'top', second: 'next' }] }
  deriveUpperLevels(figures, unions, [...indicators, count('top'), count('next')], place)
  t.strictSame(cellsOf(figures, 'fg', 'cases'), [observed(70), observed(30)], 'without those who live in no area')
  t.strictSame(cellsOf(figures, 'both', 'cases'), [observed(100)])
  t.strictSame(cellsOf(figures, 'fg', 'top'), [observed(40), observed(20)])
  t.strictSame(cellsOf(figures, 'fg', 'next'), [observed(9), observed(6)])
})
