import fc from 'fast-check'
import t from 'tap'
import path from 'node:path'
import { findCells, findSeries, type Edition } from '../../core/edition.ts'
import { findUnionFigure, type UnionRequest } from '../../core/union.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { tinyEdition } from '../tiny-edition.ts'

/** Six areas with 412, 388, 505, 297, 640 and 351 inhabitants; 02 has two children, and somebody else is suppressed with them. */
async function readTown (): Promise<Edition> {
  const { project } = await readProject(path.join(import.meta.dirname, '../../fixtures/deliveries/foerdergebiet'))
  return (await buildEdition(project!, { hasTiles: async () => true })).edition!
}

t.test('a union at request time', async t => {
  const edition = await readTown()
  const ask = (indicator: string, ...areas: string[]) => findUnionFigure(edition, { level: 'sozialraum', indicator, areas, period: '2024-12-31' } satisfies UnionRequest)
  const cellsOf = (indicator: string) => findCells(findSeries(edition, 'sozialraum', indicator)!, '2024-12-31')!
  const ids = edition.levels[0]!.areas.map(({ id }) => id)
  const printed = ids.filter((_, area) => cellsOf('children')[area]!.status === 'observed')

  t.test('a count is the sum of its members; who stands twice counts once', async t => {
    t.strictSame(ask('inhabitants', '01', '03', '01'), { cell: { status: 'observed', value: 917 }, without: [] })
  })

  t.test('one member that is not printed, and there is no figure: the answer names it', async t => {
    const answer = ask('children', '02', printed[0]!)
    t.strictSame(answer, { cell: { status: 'suppressed' }, without: [{ indicator: 'children', area: '02', cell: { status: 'suppressed' } }] })
    t.match(ask('children-share', '02', printed[0]!), { cell: { status: 'suppressed' }, without: [{ indicator: 'children', area: '02' }] })
  })

  t.test('a share is computed from the sums of its operands, never as a mean of shares', async t => {
    const [a, b] = printed as [string, string]
    const sum = (indicator: string) => [a, b].reduce((all, id) => {
      const cell = cellsOf(indicator)[ids.indexOf(id)]!
      return all + (cell.status === 'observed' ? cell.value : NaN)
    }, 0)
    t.match(ask('children-share', a, b), { cell: { value: Number((100 * sum('children') / sum('inhabitants')).toFixed(3)) }, without: [] })
  })

  t.test('a measure cannot be put together', async t => {
    const indicators = edition.indicators.map(indicator => indicator.id === 'inhabitants' ? { ...indicator, kind: 'measure' as const } : indicator)
    t.strictSame(findUnionFigure({ ...edition, indicators }, { level: 'sozialraum', indicator: 'inhabitants', areas: ['01'], period: '2024-12-31' }), { cell: { status: 'missing', reason: 'not-applicable' }, without: [] })
  })

  t.test('what does not exist is undefined, or refused', async t => {
    t.equal(ask('unknown', '01'), undefined)
    t.equal(findUnionFigure(edition, { level: 'sozialraum', indicator: 'inhabitants', areas: ['01'], period: '1999' }), undefined)
    t.throws(() => ask('inhabitants', '99'), { message: 'unknown area: 99' })
    t.throws(() => ask('inhabitants'), { message: 'a union of no areas' })
  })

  t.test('it never says more than the sum of printed cells', async () => {
    fc.assert(fc.property(fc.subarray(ids, { minLength: 1 }), areas => {
      const cells = areas.map(id => cellsOf('children')[ids.indexOf(id)]!)
      const answer = ask('children', ...areas)!
      if (cells.every(({ status }) => status === 'observed')) {
        const sum = cells.reduce((all, cell) => all + (cell.status === 'observed' ? cell.value : 0), 0)
        return answer.cell.status === 'observed' && answer.cell.value === sum
      }
      return answer.cell.status !== 'observed' && answer.without.length > 0
    }))
  })
})

/** Two areas with recipients of 2024 and inhabitants of the years before; their share is held against the end of 2023. */
function sharesOfLastYear (flags: Array<'estimated' | null> = [null, null, null]): Edition {
  const { series, indicators } = tinyEdition()
  const count = (indicator: string, periods: string[], values: number[][]) => ({
    ...series[1]!, indicator, periods, values, statuses: values.map(row => row.map(() => 'o' as const)), reasons: values.map(row => row.map(() => null)), flags: values.map(() => flags),
  })
  return tinyEdition({
    indicators: [
      { ...indicators[0]!, periods: indicators[0]!.periods.map(known => known.period === '2024-12-31' ? { ...known, denominatorDate: '2023-12-31' } : known) },
      indicators[1]!,
      { ...indicators[1]!, id: 'inhabitants' },
    ],
    series: [
      series[0]!,
      count('sgb2-recipients', ['2024-12-31'], [[10, 20, 0]]),
      count('inhabitants', ['2023-12-31', '2024-12-31'], [[100, 200, 0], [1000, 2000, 0]]),
    ],
  })
}

t.test('a share is held against the denominator of its date', async t => {
  const share = (...areas: string[]) => findUnionFigure(sharesOfLastYear(), { level: 'sozialraum', indicator: 'sgb2-share', areas, period: '2024-12-31' })
  t.strictSame(share('01', '02'), { cell: { status: 'observed', value: 10 }, without: [] }, '30 of 300, not of 3000')
  t.strictSame(share('03'), { cell: { status: 'missing', reason: 'not-applicable' }, without: [] }, 'nobody to divide by')
})

t.test('one estimated member makes the figure estimated', async t => {
  const edition = sharesOfLastYear([null, 'estimated', null])
  const ask = (indicator: string, ...areas: string[]) => findUnionFigure(edition, { level: 'sozialraum', indicator, areas, period: '2024-12-31' })!.cell
  t.strictSame(ask('sgb2-recipients', '01', '02'), { status: 'observed', value: 30, flag: 'estimated' })
  t.strictSame(ask('sgb2-share', '01', '02'), { status: 'observed', value: 10, flag: 'estimated' })
  t.strictSame(ask('sgb2-recipients', '01', '03'), { status: 'observed', value: 10 })
})

t.test('a member that nobody delivered leaves it open; one that is suppressed weighs more', async t => {
  const ask = (...areas: string[]) => findUnionFigure(tinyEdition(), { level: 'sozialraum', indicator: 'sgb2-recipients', areas, period: '2024-12-31' })
  t.strictSame(ask('01', '03')!.cell, { status: 'missing', reason: 'not-delivered' })
  t.match(ask('01', '03', '02'), { cell: { status: 'suppressed' }, without: [{ area: '03' }, { area: '02' }] })
})
