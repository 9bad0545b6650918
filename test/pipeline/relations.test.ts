import t from 'tap'
import { clearBlocks } from '../../commands/clear-blocks.ts'
import { missing } from '../../core/cell.ts'
import { protect, type Protection, type ProtectInput } from '../../pipeline/protect/protect.ts'
import { findContainers, findShared, isSliver } from '../../pipeline/protect/overlap.ts'
import { findSums } from '../../pipeline/protect/sums.ts'
import { findFlow, rangeOfAtom } from '../../pipeline/protect/transport.ts'
import { buildTown, lettersOf, subtract, type TownPlan } from '../tiny-town.ts'
import { codes } from './problem-codes.ts'

type Terms = Readonly<Record<string, 1 | -1>>

const audited = (input: ProtectInput) => protect({ ...input, clearBlocks })

/** What an intruder computes if only small counts are left out, and after full protection. */
async function attack (plan: TownPlan, terms: Terms): Promise<{ before: number | undefined, after: number | undefined, protection: Protection, input: ProtectInput }> {
  const naive = buildTown(plan)
  await protect({ ...naive, protection: 'primary-only' })
  const input = buildTown(plan)
  const protection = await audited(input)
  t.strictSame(protection.problems.filter(({ severity }) => severity === 'error'), [], 'the audit finds nothing')
  return { before: subtract(naive.figures, terms), after: subtract(input.figures, terms), protection, input }
}

const row = { id: 'sr', drawn: 'A B C', parent: 'stadt' }
const whole = { id: 'stadt', drawn: 'T T T' }

t.test('the areas of a town: the small one cannot be computed from the others', async t => {
  const { before, after } = await attack(
    { levels: [row, whole], indicators: ['cases'], columns: [['sr', 'cases', '2024', [41, 2, 20]]] },
    { 'stadt/0/cases/2024': 1, 'sr/0/cases/2024': -1, 'sr/1/cases/2024': -1, 'sr/2/cases/2024': -1 },
  )
  t.equal(before, 2)
  t.equal(after, undefined)
})

t.test('cases without an area are few: the town is suppressed, or an area', async t => {
  const plan: TownPlan = { levels: [row, whole], indicators: ['cases'], columns: [['sr', 'cases', '2024', [41, 20, 30], { unassigned: [2] }]] }
  const naive = buildTown(plan)
  await protect({ ...naive, protection: 'primary-only' })
  t.strictSame([lettersOf(naive.figures, 'sr', 'cases'), lettersOf(naive.figures, 'stadt', 'cases')], ['ooo', 'o'], '93 − 41 − 20 − 30 = 2')
  const input = buildTown(plan)
  const { blocks } = await audited(input)
  t.match([lettersOf(input.figures, 'sr', 'cases'), lettersOf(input.figures, 'stadt', 'cases')].join(''), 's')
  t.match(blocks[0]!.block.cells, ['sr/A/cases/2024', 'sr/B/cases/2024', 'sr/C/cases/2024', 'stadt/T/cases/2024', 'stadt~sr/T/cases/2024'])
})

t.test('an area without a figure is the rest of a delivered town, and small', async t => {
  const { before, after, protection } = await attack(
    {
      levels: [row, whole],
      indicators: ['cases'],
      columns: [['sr', 'cases', '2024', [41, missing('pending'), 20]], ['stadt', 'cases', '2024', [63]]],
    },
    { 'stadt/0/cases/2024': 1, 'sr/0/cases/2024': -1, 'sr/1/cases/2024': -1, 'sr/2/cases/2024': -1 },
  )
  t.equal(before, 2)
  t.equal(after, undefined)
  t.equal(protection.blocks[0]!.block.rules.at(-1), 1, 'the rest of two has the count rule')
})

t.test('a delivered town that is not the sum of its areas stops the build and names the equation', async t => {
  const plan = (town: number, unassigned: number[] = []): TownPlan => ({
    levels: [row, whole], indicators: ['cases'], columns: [['sr', 'cases', '2024', [41, 2, 20], { unassigned }], ['stadt', 'cases', '2024', [town]]],
  })
  const smaller = buildTown(plan(60))
  const { problems } = await audited(smaller)
  t.match(problems, [{ code: 'structure-parts-differ', facts: { total: 'stadt/T', parts: 'sr/A + sr/B + sr/C', direction: { de: 'kleiner als' } } }])
  t.equal(smaller.figures.columns.size, 0, 'nothing is left that could be printed')
  t.notMatch(JSON.stringify(problems), /\b(60|41|64)\b/, 'counts stay unsaid')
  t.match(codes((await audited(buildTown(plan(70)))).problems), ['structure-parts-differ'])
  t.notMatch(codes((await audited(buildTown(plan(70, [7])))).problems), ['structure-parts-differ'], 'cases without an area explain more')
})

t.test('areas within others whose project forgot to say so', async t => {
  const levels = [{ id: 'block', drawn: 'A B C D' }, { id: 'quarter', drawn: 'P P Q Q' }]
  const { before, after } = await attack(
    { levels, indicators: ['cases'], columns: [['block', 'cases', '2024', [41, 2, 20, 30]], ['quarter', 'cases', '2024', [43, 50]]] },
    { 'quarter/0/cases/2024': 1, 'block/0/cases/2024': -1, 'block/1/cases/2024': -1 },
  )
  t.equal(before, 2)
  t.equal(after, undefined)
  const other = buildTown({ levels, indicators: ['cases'], columns: [['block', 'cases', '2024', [41, 2, 20, 30]], ['quarter', 'cases', '2024', [99, 50]]] })
  t.match(codes((await audited(other)).problems), ['structure-nested-differ'], 'where the counts say otherwise, the boundaries prove nothing')
})

t.test('an area system that cuts another: what lies between the borders is a figure too', async t => {
  // R is A and a sliver of B, so R − A tells who lives in the sliver.
  const levels = [{ id: 'sr', drawn: 'A A B B', parent: 'stadt' }, { id: 'bg', drawn: 'R R R S', parent: 'stadt' }, { id: 'stadt', drawn: 'T T T T' }]
  const plan: TownPlan = { levels, indicators: ['cases'], columns: [['sr', 'cases', '2024', [18, 52]], ['bg', 'cases', '2024', [20, 50]]] }
  const pairOf = ({ figures }: ProtectInput) => `${lettersOf(figures, 'sr', 'cases')[0]}${lettersOf(figures, 'bg', 'cases')[0]}`
  const naive = buildTown(plan)
  await protect({ ...naive, protection: 'primary-only' })
  t.equal(pairOf(naive), 'oo', '20 − 18 = 2')
  const input = buildTown(plan)
  const protection = await audited(input)
  t.strictSame(codes(protection.problems), ['protect-suppressed'])
  t.match(pairOf(input), 's', 'A and R are not both printed')
  const { block } = protection.blocks[0]!
  t.strictSame(block.cells.flatMap((cell, index) => cell.includes('~') ? [[cell, block.values[index]]] : []), [['sr~bg/B~R/cases/2024', 2]], 'only what is cut on both sides is a cell of its own')
})

t.test('overlapping systems that do not fit are said to, and not used', async t => {
  const levels = [{ id: 'sr', drawn: 'A A B B' }, { id: 'bg', drawn: 'R R R S' }]
  const input = buildTown({ levels, indicators: ['cases'], columns: [['sr', 'cases', '2024', [18, 2]], ['bg', 'cases', '2024', [10, 50]]] })
  t.match(codes((await audited(input)).problems), ['structure-overlap-differs'])
  t.equal(lettersOf(input.figures, 'bg', 'cases'), 'oo')

  const unassigned = buildTown({ levels, indicators: ['cases'], columns: [['sr', 'cases', '2024', [8, 12], { unassigned: [40] }], ['bg', 'cases', '2024', [10, 50]]] })
  t.strictSame(codes((await audited(unassigned)).problems), ['protect-suppressed'], 'forty live somewhere in the other system')
})

t.test('a declared sum of subgroups', async t => {
  const indicators = [{ id: 'cases', parts: ['women', 'men'] }, 'women', 'men']
  const plan = (total: number): TownPlan => ({
    levels: [{ id: 'sr', drawn: 'A B' }], indicators, columns: [['sr', 'cases', '2024', [total, 60]], ['sr', 'women', '2024', [2, 30]], ['sr', 'men', '2024', [20, 30]]],
  })
  const { before, after } = await attack(plan(22), { 'sr/0/cases/2024': 1, 'sr/0/women/2024': -1, 'sr/0/men/2024': -1 })
  t.equal(before, 2)
  t.equal(after, undefined)
  t.match((await audited(buildTown(plan(25)))).problems, [{ code: 'structure-sum-differs', facts: { area: 'sr/A', parts: 'women + men' } }])
})

t.test('a sum that nobody declared is found in the figures, as an intruder would', async t => {
  const areas = Array.from({ length: 14 }, (_, index) => String.fromCharCode(65 + index))
  const women = areas.map((_, index) => index === 5 ? 2 : 20 + (index * 37) % 23)
  const men = areas.map((_, index) => 25 + (index * 53) % 31)
  const plan = (last: number): TownPlan => ({
    levels: [{ id: 'sr', drawn: areas.join(' ') }],
    indicators: ['cases', 'women', 'men'],
    columns: [['sr', 'cases', '2024', areas.map((_, index) => women[index]! + men[index]! + (index === 13 ? last : 0))], ['sr', 'women', '2024', women], ['sr', 'men', '2024', men]],
  })
  const { before, after, protection } = await attack(plan(0), { 'sr/5/cases/2024': 1, 'sr/5/women/2024': -1, 'sr/5/men/2024': -1 })
  t.equal(before, 2)
  t.equal(after, undefined)
  t.match(protection.problems, [{ code: 'structure-sum-found', facts: { sum: 'cases = men + women', levels: 'sr' } }])
  const coincidence = buildTown(plan(1))
  t.notMatch(codes((await audited(coincidence)).problems), ['structure-sum-found'], 'what fails in one row is no sum')
})

t.test('what others print of a level without figures is connected by the ground it lies on', async t => {
  const levels = [{ id: 'sr', drawn: 'A B C' }, { id: 'stadt', drawn: 'T T T' }]
  const external = [{ source: 'Landesamt', level: 'stadt', indicators: ['cases'], values: { T: 63 } }]
  const input = buildTown({ levels, indicators: ['cases'], columns: [['sr', 'cases', '2024', [41, 20, 2]]], file: { external } })
  await audited(input)
  t.match(lettersOf(input.figures, 'sr', 'cases'), /^(so|os)s$/, '63 − 41 − 20')
  t.notOk([...input.figures.columns.values()].some(({ level }) => level === 'stadt'), 'it is not ours to print')
})

t.test('several years against each of them, a year against its quarters', async t => {
  const levels = [{ id: 'sr', drawn: 'A B' }]
  const { before, after } = await attack(
    { levels, indicators: ['cases'], columns: [['sr', 'cases', '2023-2024', [32, 50]], ['sr', 'cases', '2023', [30, 20]], ['sr', 'cases', '2024', [2, 30]]] },
    { 'sr/0/cases/2023-2024': 1, 'sr/0/cases/2023': -1, 'sr/0/cases/2024': -1 },
  )
  t.equal(before, 2)
  t.equal(after, undefined)
  const quarters = [[10, 10], [2, 10], [9, 10], [8, 10]].map((cells, index): [string, string, string, number[]] => ['sr', 'cases', `2024-q${index + 1}`, cells])
  const year = await attack(
    { levels, indicators: ['cases'], columns: [['sr', 'cases', '2024', [29, 40]], ...quarters] },
    { 'sr/0/cases/2024': 1, 'sr/0/cases/2024-q1': -1, 'sr/0/cases/2024-q2': -1, 'sr/0/cases/2024-q3': -1, 'sr/0/cases/2024-q4': -1 },
  )
  t.equal(year.before, 2)
  t.equal(year.after, undefined)
})

t.test('a declared sum of which a part was not delivered: the others leave it', async t => {
  const indicators = [{ id: 'cases', parts: ['women', 'men', 'diverse'] }, 'women', 'men', 'diverse']
  const plan: TownPlan = {
    levels: [{ id: 'sr', drawn: 'A B' }], indicators, columns: [['sr', 'cases', '2024', [52, 60]], ['sr', 'women', '2024', [30, 30]], ['sr', 'men', '2024', [20, 30]]],
  }
  const printedOf = ({ figures }: ProtectInput) => ['cases', 'women', 'men'].map(id => lettersOf(figures, 'sr', id)[0]).join('')
  const naive = buildTown(plan)
  await protect({ ...naive, protection: 'primary-only' })
  t.equal(printedOf(naive), 'ooo', '52 − 30 − 20 = 2')
  const input = buildTown(plan)
  t.strictSame(codes((await audited(input)).problems), ['protect-suppressed'])
  t.match(printedOf(input), 's')
})

t.test('a year that only follows from several years', async t => {
  const { before, after } = await attack(
    {
      levels: [{ id: 'sr', drawn: 'A B' }],
      indicators: ['cases'],
      columns: [['sr', 'cases', '2022-2023', [50, 40]], ['sr', 'cases', '2023-2024', [22, 60]], ['sr', 'cases', '2022', [30, 20]], ['sr', 'cases', '2024', [2, 40]]],
    },
    { 'sr/0/cases/2023-2024': 1, 'sr/0/cases/2022-2023': -1, 'sr/0/cases/2022': 1, 'sr/0/cases/2024': -1 },
  )
  t.equal(before, 2, '22 − (50 − 30)')
  t.equal(after, undefined)

  const quarters = [[10, 10], [9, 10], [9, 10]].map((cells, index): [string, string, string, number[]] => ['sr', 'cases', `2024-q${index + 1}`, cells])
  const year = buildTown({ levels: [{ id: 'sr', drawn: 'A B' }], indicators: ['cases'], columns: [['sr', 'cases', '2024', [30, 40]], ...quarters] })
  await audited(year)
  t.match(['2024', '2024-q1', '2024-q2', '2024-q3'].map(period => lettersOf(year.figures, 'sr', 'cases', period)[0]).join(''), 's', 'the last quarter is two')
  const people = buildTown({ levels: [{ id: 'sr', drawn: 'A B' }], indicators: ['cases'], columns: [['sr', 'cases', '2024', [30, 20]], ...quarters] })
  await audited(people)
  t.equal(lettersOf(people.figures, 'sr', 'cases', '2024'), 'oo', 'whoever is counted in every quarter adds up to nothing')
})

t.test('a window that was revised in one area is a sum in the others', async t => {
  const { before, after } = await attack(
    { levels: [{ id: 'sr', drawn: 'A B' }], indicators: ['cases'], columns: [['sr', 'cases', '2023-2024', [32, 51]], ['sr', 'cases', '2023', [30, 20]], ['sr', 'cases', '2024', [2, 30]]] },
    { 'sr/0/cases/2023-2024': 1, 'sr/0/cases/2023': -1, 'sr/0/cases/2024': -1 },
  )
  t.equal(before, 2)
  t.equal(after, undefined)
})

t.test('a share of one count without another: those who are left are few', async t => {
  const share = { id: 'rate', kind: 'share' as const, decimals: 1, numerator: 'x', minus: 'y', denominator: 'people' }
  const { protection, input } = await attack(
    { levels: [{ id: 'sr', drawn: 'A' }], indicators: ['x', 'y', 'people', share], columns: [['sr', 'x', '2024', [60]], ['sr', 'y', '2024', [58]], ['sr', 'people', '2024', [100], { rules: { minimumCount: 0 } }]] },
    {},
  )
  t.match(`${lettersOf(input.figures, 'sr', 'x')}${lettersOf(input.figures, 'sr', 'y')}`, /s/, '60 − 58 is two')
  t.equal(lettersOf(input.figures, 'sr', 'rate'), 's')
  t.match(protection.blocks[0]!.block.cells, ['sr/A/x/2024', 'sr/A/y/2024', 'sr/A/rate~numerators/2024'])
})

t.test('a share of several parts: those who are in none of them are few', async t => {
  const share = { id: 'rate', kind: 'share' as const, decimals: 1, numerator: ['x', 'y'], denominator: 'people' }
  const { protection, input } = await attack(
    { levels: [{ id: 'sr', drawn: 'A' }], indicators: ['x', 'y', 'people', share], columns: [['sr', 'x', '2024', [60]], ['sr', 'y', '2024', [38]], ['sr', 'people', '2024', [100]]] },
    { 'sr/0/people/2024': 1, 'sr/0/x/2024': -1, 'sr/0/y/2024': -1 },
  )
  t.match(`${lettersOf(input.figures, 'sr', 'x')}${lettersOf(input.figures, 'sr', 'y')}`, /s/, '100 − 60 − 38 is two')
  t.equal(lettersOf(input.figures, 'sr', 'rate'), 's')
  t.match(protection.blocks[0]!.block.cells, ['sr/A/x/2024', 'sr/A/y/2024', 'sr/A/rate~numerators/2024'])
})

t.test('a value delivered as suppressed is not computed from a second area system', async t => {
  const levels = [{ id: 'sr', drawn: 'A A B B', parent: 'stadt' }, { id: 'bg', drawn: 'R S S S', parent: 'stadt' }, { id: 'stadt', drawn: 'T T T T' }]
  const { before, after, protection, input } = await attack(
    { levels, indicators: ['cases'], columns: [['sr', 'cases', '2024', ['*', 30]], ['bg', 'cases', '2024', [2, 30]]], file: {} },
    { 'bg/0/cases/2024': 1, 'bg/1/cases/2024': 1, 'sr/0/cases/2024': -1, 'sr/1/cases/2024': -1 },
  )
  t.equal(before, undefined, 'bg 2 is small itself')
  t.equal(after, undefined)
  const { block } = protection.blocks[0]!
  const star = block.cells.indexOf('sr/A/cases/2024')
  t.equal(block.values[star], 2, 'the stand-in is the number that all sums leave')
  t.strictSame([block.requiredLower[star], block.requiredUpper[star]], [1, 2], 'no more is promised than the delivery left open')
  t.equal(lettersOf(input.figures, 'sr', 'cases')[0], 's')
})

t.test('the stand-in for a value delivered as suppressed follows from the sums, or there is none', async t => {
  const plan = (stadt: number): TownPlan => ({ levels: [row, whole], indicators: ['cases'], columns: [['sr', 'cases', '2024', ['*', 30, 9]], ['stadt', 'cases', '2024', [stadt]]] })
  const { blocks: [secondary] } = await audited(buildTown(plan(50)))
  t.strictSame([secondary!.block.values[0], secondary!.block.lower[0], secondary!.block.requiredLower[0], secondary!.block.requiredUpper[0]], [11, 0, 1, 11], 'publishers suppress larger ones too')
  t.match(codes((await audited(buildTown(plan(20)))).problems), ['structure-contradiction'], 'minus nineteen is no count')
})

t.test('surfaces of areas that share land, with slivers and containers', async t => {
  const input = buildTown({ levels: [{ id: 'a', drawn: 'A A A B' }, { id: 'b', drawn: 'P Q Q Q' }], indicators: [], columns: [] })
  const [a, b] = input.geometries as [typeof input.geometries[0], typeof input.geometries[0]]
  const shared = findShared(a, b)
  t.match(shared, [{ first: 0, second: 0, ofSecond: 1 }, { first: 0, second: 1 }, { first: 1, second: 1, ofFirst: 1 }])
  t.ok(Math.abs(shared[0]!.ofFirst - 1 / 3) < 1e-9)
  t.equal(shared.some(isSliver), false)
  t.equal(isSliver({ first: 0, second: 0, ofFirst: 0.004, ofSecond: 0.0001 }), true)
  t.equal(findContainers(shared, 2), undefined)
  t.strictSame(findContainers(shared.slice(2), 2), undefined, 'A lies in nothing')
})

t.test('whole numbers for what lies between two area systems, and how far they are determined', async t => {
  const arcs = [{ row: 0, column: 0, share: 0.5 }, { row: 0, column: 1, share: 0.5 }, { row: 1, column: 0, share: 0.5 }, { row: 1, column: 1, share: 0.5 }]
  const transport = { rows: [5, 7], columns: [4, 8], arcs }
  const flow = findFlow(transport)!
  t.strictSame([flow[0]! + flow[1]!, flow[2]! + flow[3]!, flow[0]! + flow[2]!, flow[1]! + flow[3]!], [5, 7, 4, 8])
  t.strictSame(rangeOfAtom(transport, flow, 0, 100), [0, 4])
  t.strictSame(rangeOfAtom(transport, flow, 1, 100), [1, 5])
  t.strictSame(rangeOfAtom(transport, flow, 1, 3), [1, 3], 'no farther than asked')
  t.equal(findFlow({ rows: [5, 7], columns: [4, 9], arcs }), undefined, 'not the same sum')
  t.equal(findFlow({ rows: [5, 7], columns: [4, 8], arcs: arcs.slice(0, 3) }), undefined, 'B does not reach there')
})

t.test('sums with a difference in them, and none from few rows or from zeros', async t => {
  const rows = Array.from({ length: 30 }, (_, index) => index)
  const women = rows.map(index => (index * 7919) % 61)
  const men = rows.map(index => (index * 104729) % 67)
  const foreign = rows.map(index => (index * 1299709) % 13)
  const all = rows.map(index => women[index]! + men[index]!)
  const german = all.map((value, index) => value - foreign[index]!)
  const found = findSums([women, men, foreign, all, german])
  t.match(found.map(({ total }) => total).toSorted(), [3, 4], 'two sums, and no third that follows from them')
  t.ok(found.every(({ total, parts, coefficients }) => rows.every(row =>
    [women, men, foreign, all, german][total]![row] === parts.reduce((sum, part, index) => sum + coefficients[index]! * [women, men, foreign, all, german][part]![row]!, 0))))
  t.strictSame(findSums([women, men, all].map(column => column.slice(0, 7))), [])
  t.strictSame(findSums([women, men, all].map(column => column.slice(0, 9))), [{ total: 2, parts: [0, 1], coefficients: [1, 1] }], 'a small town')
  t.strictSame(findSums([women, men, foreign, all.map((value, index) => value + foreign[index]!)].map(column => column.slice(0, 10))).map(({ parts }) => parts), [[0, 1, 2]])
  const rare = rows.map(index => index === 4 ? 3 : 0)
  t.strictSame(findSums([rare, rare.slice()]), [], 'two columns that agree in one row only')
})
