import t from 'tap'
import type { Geometry } from '../../core/area.ts'
import type { Edition } from '../../core/edition.ts'
import { formatProblem } from '../../core/problem.ts'
import { findFigures } from '../../pipeline/figures.ts'
import type { Offer } from '../../pipeline/protect/ladder.ts'
import { findShared as computeShared } from '../../pipeline/protect/overlap.ts'
import { protect, type Protection } from '../../pipeline/protect/protect.ts'
import { findShared, mergeShapes } from '../../pipeline/protect/shared-land.ts'
import { makeReport } from '../../pipeline/report/make-report.ts'
import type { Vault } from '../../pipeline/vault/vault.ts'
import { drawAreas } from '../draw-areas.ts'
import { buildTown, lettersOf, type TownPlan } from '../tiny-town.ts'
import { codes } from './problem-codes.ts'

/** One level and its town. */
const levelsOf = (drawn: string) => [{ id: 'sr', drawn, parent: 'stadt' }, { id: 'stadt', drawn: drawn.replaceAll(/[A-Z]/g, 'T') }]
const isPublic = { rules: { minimumCount: 0 } }

/** One of three areas is small, and takes a second number along. */
const smallArea: TownPlan = { levels: levelsOf('A B C'), indicators: ['cases'], columns: [['sr', 'cases', '2024', [2, 20, 30]]] }

/** Who knows a + b, b + c and a + c knows a, whatever is suppressed; in each of four areas a is one. */
const impossible: TownPlan = {
  levels: levelsOf('A B C D'),
  indicators: [{ id: 'ab', parts: ['a', 'b'] }, { id: 'bc', parts: ['b', 'c'] }, { id: 'ac', parts: ['a', 'c'] }, 'a', 'b', 'c'],
  columns: [
    ['sr', 'ab', '2024', [11, 11, 11, 11], isPublic], ['sr', 'bc', '2024', [20, 20, 20, 20], isPublic], ['sr', 'ac', '2024', [11, 11, 11, 11], isPublic],
    ['sr', 'a', '2024', [1, 1, 1, 1]], ['sr', 'b', '2024', [10, 10, 10, 10]], ['sr', 'c', '2024', [10, 10, 10, 10]],
  ],
}

const climb = (plan: TownPlan): Promise<Protection> => protect({ ...buildTown(plan), withOffers: true })

/** What would be shown under the same rules: to loosen them is another question. */
async function underTheRules (plan: TownPlan): Promise<Offer[]> {
  const { offers } = await climb(plan)
  t.equal(offers.length, 1, 'one family')
  return offers[0]!.offers.filter(({ remedy }) => remedy !== 'smaller-minimum' && remedy !== 'rounded')
}

t.test('each remedy is offered where it helps most', async t => {
  t.test('an area system that cuts another one can be left out', async t => {
    // P is A, B and two people of C.
    t.strictSame(await underTheRules({
      levels: [...levelsOf('A A B B C C D D'), { id: 'bg', drawn: 'P P P P P . . .', parent: 'stadt' }],
      indicators: ['cases'],
      columns: [['sr', 'cases', '2024', [22, 40, 22, 22]], ['bg', 'cases', '2024', [64]]],
    }), [{ remedy: 'without-system', facts: { levels: 'bg' }, printed: 5, cells: 6 }])
  })

  t.test('the two smallest parts of a sum can be one', async t => {
    const columns = (values: readonly number[]): TownPlan['columns'] => ['all', 'a', 'b', 'c'].map((id, index) => ['stadt', id, '2024', [values[index]!]])
    const levels = [{ id: 'stadt', drawn: 'T' }]
    const plan = { levels, indicators: [{ id: 'all', parts: ['a', 'b', 'c'] }, 'a', 'b', 'c'], columns: columns([60, 2, 54, 4]) }
    t.strictSame(await underTheRules(plan), [{ remedy: 'merged-subgroups', facts: { first: 'a', second: 'c' }, printed: 4, cells: 4 }])
    t.strictSame(await underTheRules({ ...plan, indicators: [{ id: 'all', parts: ['a', 'b'] }, 'a', 'b'], columns: columns([56, 2, 54]).slice(0, 3) }), [], 'of two, nothing would be left to tell apart')
  })

  t.test('an area can be merged with its smallest neighbour', async t => {
    t.strictSame(await underTheRules(smallArea), [{ remedy: 'merged-areas', facts: { level: 'sr', first: 'A', second: 'B' }, printed: 4, cells: 4 }])
    const apart = await underTheRules({ ...smallArea, levels: levelsOf('A B . C'), columns: [['sr', 'cases', '2024', [20, 2, 3]]] })
    t.match(apart, [{ remedy: 'merged-areas', facts: { first: 'A', second: 'B' } }], 'C is smaller, but does not touch B')
  })

  t.test('three years can be one value', async t => {
    const ofYears = (years: readonly string[]): TownPlan => ({ ...smallArea, columns: years.map(year => ['sr', 'cases', year, [1, 1, 1]]) })
    t.strictSame(await underTheRules(ofYears(['2022', '2023', '2024'])), [{ remedy: 'several-years', facts: { periods: '2022-2024' }, printed: 12, cells: 12 }])
    t.match(await underTheRules(ofYears(['2018', '2019', '2020', '2021', '2022', '2023', '2024'])), [{ facts: { periods: '2019-2021, 2022-2024' }, printed: 24, cells: 28 }], 'the oldest year fills no window')
    t.strictSame(await underTheRules(ofYears(['2022-12-31', '2023-12-31', '2024-12-31'])), [], 'people who are there on three days are no sum')
    t.strictSame(await underTheRules(ofYears(['2021', '2022', '2024'])), [], 'a year is missing')
  })

  t.test('the lowest level can be left out', async t => {
    t.strictSame(await underTheRules(impossible), [{ remedy: 'without-leaf', facts: { level: 'sr' }, printed: 3, cells: 15 }])
  })

  t.test('the rules can be loosened, if those who answer for them agree', async t => {
    const offersFor = async (minimumCount: number) => {
      const rules = { rules: { minimumCount } }
      const part = minimumCount - 1
      const { offers } = await climb({
        levels: [{ id: 'stadt', drawn: 'T' }],
        indicators: [{ id: 'all', parts: ['a', 'b'] }, 'a', 'b'],
        columns: [['stadt', 'all', '2024', [50 + part], rules], ['stadt', 'a', '2024', [50], rules], ['stadt', 'b', '2024', [part], rules]],
      })
      return offers[0]!.offers
    }
    t.match((await offersFor(10))[0], { remedy: 'smaller-minimum', facts: { from: 10, to: 5 }, printed: 3, cells: 3 })
    t.match((await offersFor(5))[0], { remedy: 'smaller-minimum', facts: { from: 5, to: 3 }, printed: 3, cells: 3 })
    t.match((await offersFor(3))[0], { remedy: 'rounded', printed: 3, cells: 3 }, 'nothing below three')
  })
})

t.test('a withheld family comes with its reason and its offers, and the rest is made without it', async t => {
  const input = buildTown(impossible)
  const protection = await protect({ ...input, withOffers: true })
  t.strictSame(codes(protection.problems), ['structure-withheld', 'ladder-offers', 'protect-suppressed'])
  t.notOk(protection.problems.some(({ severity }) => severity === 'error'))
  t.equal(lettersOf(input.figures, 'sr', 'ab'), 'oooo', 'what is public stays')
  t.equal(findFigures(input.figures, 'sr', 'b', '2024'), undefined)
  t.match(protection.offers, [{ indicators: ['ab', 'bc', 'ac', 'a', 'b', 'c'], withheld: ['ab 2024'], now: { printed: 0, cells: 15 }, periods: { measured: 1, all: 1 } }])

  const edition = { id: 'tiny-1', audience: 'public', atlas: { id: 'tiny', dataStatus: 'synthetic', title: { de: 'Tiny' }, contact: { name: 'N' } } } as unknown as Edition
  const report = makeReport(edition, input.file, { secret: Buffer.alloc(32), secretId: 'x' } as unknown as Vault, protection)
  t.match(report.withheld, [{ block: 'ab 2024', offers: [{ remedy: 'without-leaf', what: { level: 'sr' }, printed: 3, cells: 15 }] }])

  const [, note] = protection.problems
  t.equal(formatProblem(note!, 'de'), 'ab, bc, ac, a, b, c: sichtbar bleiben 0 von 15 Fallzahlen (gemessene Zeiträume: 1 von 1): mehr ginge so, jeder Weg einzeln durchgerechnet\n' +
    '  → Ohne die unterste Ebene sr wären 3 von 15 Zahlen sichtbar statt 0.')
  t.match(formatProblem(note!, 'en'), '→ Without the lowest level sr, 3 of 15 figures would be visible instead of 0.')
})

t.test('where nothing helps, that is said too', async t => {
  const { problems, offers } = await climb({
    ...impossible,
    levels: [{ id: 'stadt', drawn: 'T' }],
    columns: impossible.columns.map(([, indicator, period, [value], options]) => ['stadt', indicator, period, [value!], options ?? {}]),
  })
  t.strictSame(codes(problems), ['structure-withheld', 'ladder-no-remedy', 'protect-suppressed'])
  t.match(offers, [{ withheld: ['ab 2024'], offers: [] }])
})

t.test('nothing is offered where all is visible, where little is lost, or where nobody asks', async t => {
  const visible = await climb({ ...smallArea, columns: [['sr', 'cases', '2024', [12, 20, 30]]] })
  t.strictSame([codes(visible.problems), visible.offers], [['protect-suppressed'], []])
  const little = await climb({ ...smallArea, levels: levelsOf('A B C D E'), columns: [['sr', 'cases', '2024', [2, 20, 30, 40, 50]]] })
  t.strictSame([codes(little.problems), little.offers], [['protect-suppressed'], []], 'three of five')
  t.strictSame((await protect(buildTown(smallArea))).offers, [])
})

t.test('offers are always the same, and trying them changes nothing that is printed', async t => {
  const plan: TownPlan = {
    ...smallArea,
    indicators: ['cases', 'people', { id: 'rate', kind: 'share', decimals: 1, numerator: 'cases', denominator: 'people' }],
    columns: [...['2022', '2023', '2024'].map((year): TownPlan['columns'][number] => ['sr', 'cases', year, [2, 21, 33]]), ['sr', 'people', '2024', [211, 211, 344]]],
  }
  const { offers } = await climb(plan)
  t.ok(offers[0]!.offers.length > 1)
  t.strictSame((await climb({ ...plan, columns: plan.columns.toReversed() })).offers, offers, 'in whatever order the deliveries came')
  const [asked, unasked] = [buildTown(plan), buildTown(plan)]
  await protect({ ...asked, withOffers: true })
  await protect(unasked)
  t.strictSame([...asked.figures.columns.values()], [...unasked.figures.columns.values()])
})

t.test('what an earlier edition has suppressed stays so in every trial', async t => {
  const hashValue = (id: string, value: number | null) => `${id} ${value}`
  const input = buildTown({ ...smallArea, columns: [['sr', 'cases', '2024', [4, 20, 30], { rules: { minimumCount: 5 } }]] })
  const findLedgerCells = (id: string) => id === 'sr/A/cases/2024' || id === 'sr/B/cases/2024'
    ? [{ status: 'suppressed' as const, hash: hashValue(id, id === 'sr/A/cases/2024' ? 4 : 20), edition: 'e1' }]
    : []
  const { offers } = await protect({ ...input, findLedgerCells, hashValue, withOffers: true })
  t.notOk(offers[0]!.offers.some(({ remedy }) => remedy === 'smaller-minimum'))
})

t.test('of many families the worst five are worked through, and the others are named', async t => {
  const names = [...'abcdef']
  const { problems, offers } = await climb({
    ...smallArea,
    indicators: names,
    columns: names.map((name, index) => ['sr', name, '2024', name === 'd' ? [1, 1, 1] : [2, 20 + 10 * index, 90 - 7 * index]]),
  })
  t.strictSame(offers.map(({ indicators }) => indicators.join()).length, 5)
  t.equal(offers[0]!.now.printed, Math.min(...offers.map(({ now }) => now.printed)))
  t.match(problems.find(({ code }) => code === 'ladder-limited'), { severity: 'note', facts: { families: /^[abcef]$/, most: 5 } })
})

t.test('of a long series the newest periods are measured, and the note says so', async t => {
  const letters = Array.from({ length: 20 }, (_, index) => String.fromCharCode(65 + index))
  const years = Array.from({ length: 60 }, (_, index) => `${1965 + index}-12-31`)
  const { problems, offers } = await climb({
    levels: levelsOf(letters.join(' ')), indicators: ['cases'], columns: years.map(year => ['sr', 'cases', year, letters.map(() => 2)]),
  })
  t.match(offers, [{ now: { printed: 19, cells: 19 * 21 }, periods: { measured: 19, all: 60 } }])
  t.match(problems.find(({ code }) => code === 'ladder-offers'), { facts: { periods: 19, allPeriods: 60, cells: { de: '399', en: '399' } } })
})

t.test('where every trial would take too long, no remedy is said to be useless', async t => {
  const names = Array.from({ length: 14_000 }, (_, index) => `n${index}`)
  const { problems, offers } = await climb({
    ...impossible,
    levels: [{ id: 'stadt', drawn: 'T' }],
    indicators: [...impossible.indicators, { id: 'whole', parts: ['ab', ...names] }, ...names],
    columns: [
      ...impossible.columns.map(([, indicator, period, [value], options]): TownPlan['columns'][number] => ['stadt', indicator, period, [value!], options ?? {}]),
      ['stadt', 'whole', '2024', [11 + 30 * names.length]],
      ...names.map((name): TownPlan['columns'][number] => ['stadt', name, '2024', [30]]),
    ],
  })
  t.match(offers, [{ offers: [], isComplete: false }])
  t.strictSame(codes(problems), ['structure-withheld', 'ladder-limited', 'protect-suppressed'])
})

t.test('what merged areas share with others is the same as if they had been drawn so', async t => {
  const geometryOf = (drawn: string): Geometry => ({ id: drawn, shapes: drawAreas(drawn).map(({ shape }) => shape), labels: [], bounds: { west: 9, south: 52, east: 10, north: 53 } })
  const other = geometryOf('P P Q Q Q\nP R R R Q')
  const merged = mergeShapes(geometryOf('A A B C C\nA D B B C'), 1, 3) // B and D
  const drawn = geometryOf('A A B C C\nA B B B C')
  const rounded = (pairs: ReturnType<typeof findShared>) => pairs.map(({ first, second, ofFirst, ofSecond }) => [first, second, ofFirst.toFixed(9), ofSecond.toFixed(9)])
  t.strictSame(rounded(findShared(merged, other)), rounded(computeShared(drawn, other)))
  t.strictSame(rounded(findShared(other, merged)), rounded(computeShared(other, drawn)))
})
