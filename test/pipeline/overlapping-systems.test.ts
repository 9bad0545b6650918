import fc from 'fast-check'
import t, { type Test } from 'tap'
import { clearBlocks } from '../../commands/clear-blocks.ts'
import { hasErrors } from '../../core/problem.ts'
import { defaultRules } from '../../core/rules.ts'
import { findFigures, type Figures } from '../../pipeline/figures.ts'
import { protect, type ProtectInput } from '../../pipeline/protect/protect.ts'
import { buildTown, lettersOf, type DrawnLevel, type TownPlan } from '../tiny-town.ts'
import { codes } from './problem-codes.ts'

const audited = (input: ProtectInput) => protect({ ...input, clearBlocks })

/** A sum over some of the places a town is drawn with, as a reader knows it: by its name `level/area index`. */
type Sums = Readonly<Record<string, readonly number[]>>

/** Figures of every area, as sums over places. */
function countPlaces (sums: Sums, places: readonly number[], levels: readonly DrawnLevel[]): TownPlan['columns'] {
  return levels.map(({ id }) => {
    const cells = Object.keys(sums).filter(name => name.startsWith(`${id}/`)).map(name => sums[name]!.reduce((sum, place) => sum + places[place]!, 0))
    return [id, 'cases', '2024', cells]
  })
}

/** Per sum all values it has in some town that fits everything printed, by trying every town with up to `largest` people in a place. */
function tryAllTowns (figures: Figures, sums: Sums, places: number, largest: number): Map<string, Set<number>> {
  const printed = Object.entries(sums).flatMap(([name, terms]) => {
    const [level, area] = name.split('/') as [string, string]
    const cell = findFigures(figures, level, 'cases', '2024')?.cells[Number(area)]
    return cell?.status === 'observed' ? [{ terms, value: cell.value, last: Math.max(...terms) }] : []
  })
  const seen = new Map(Object.keys(sums).map(name => [name, new Set<number>()]))
  const town = new Array<number>(places).fill(0)
  const sumUp = (terms: readonly number[]) => terms.reduce((sum, place) => sum + town[place]!, 0)
  const fill = (place: number): void => {
    if (place === places) {
      for (const [name, terms] of Object.entries(sums)) seen.get(name)!.add(sumUp(terms))
      return
    }
    for (town[place] = 0; town[place]! <= largest; town[place]!++) {
      if (printed.every(({ terms, value, last }) => last !== place || sumUp(terms) === value)) fill(place + 1)
    }
    town[place] = 0
  }
  fill(0)
  return seen
}

/** Small counts that a reader who tries all towns finds out, or finds to be small. */
function findOut (figures: Figures, sums: Sums, places: readonly number[], minimumCount = 3): string[] {
  const possible = tryAllTowns(figures, sums, places.length, 9)
  return Object.entries(sums).filter(([name, terms]) => {
    const value = terms.reduce((sum, place) => sum + places[place]!, 0)
    return value >= 1 && value < minimumCount && [...possible.get(name)!].every(other => other >= 1 && other < minimumCount)
  }).map(([name]) => name)
}

async function everyTownIsSafe (t: Test, levels: readonly DrawnLevel[], delivered: readonly string[], sums: Sums, places: number, numRuns: number): Promise<void> {
  let broken = 0
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: places, maxLength: places }), async people => {
    const plan = { levels, indicators: ['cases'], columns: countPlaces(sums, people, levels.filter(({ id }) => delivered.includes(id))) }
    const naive = buildTown(plan)
    await protect({ ...naive, protection: 'primary-only' })
    if (findOut(naive.figures, sums, people).length > 0) broken++
    const input = buildTown(plan)
    const { problems, blocks } = await audited(input)
    if (hasErrors(problems)) throw new Error(JSON.stringify(problems))
    if (blocks.some(({ verdict }) => verdict && (verdict.exact.length > 0 || verdict.narrow.length > 0))) throw new Error('the audit found something')
    const found = findOut(input.figures, sums, people)
    if (found.length > 0) throw new Error(`${found.join()} of ${people.join()}`)
  }), { numRuns, seed: 11 })
  t.ok(broken > numRuns / 2, `${broken} of ${numRuns} towns are broken where only small counts are left out`)
}

t.test('Sozialräume, Berichtsgebiete that cut them, and Fördergebiete of whole Sozialräume: nothing can be found out by trying all towns', async t => {
  const levels: DrawnLevel[] = [
    { id: 'sr', drawn: 'A A B C D D', parent: 'stadt' },
    { id: 'bg', drawn: 'R S S S S R', parent: 'stadt' },
    { id: 'fg', drawn: 'X X . Y Y Y', madeOf: { level: 'sr', parts: [['A'], ['C', 'D']] } },
    { id: 'stadt', drawn: 'T T T T T T' },
  ]
  const sums = { 'sr/0': [0, 1], 'sr/1': [2], 'sr/2': [3], 'sr/3': [4, 5], 'bg/0': [0, 5], 'bg/1': [1, 2, 3, 4], 'fg/0': [0, 1], 'fg/1': [3, 4, 5], 'stadt/0': [0, 1, 2, 3, 4, 5] }
  await everyTownIsSafe(t, levels, ['sr', 'bg'], sums, 6, 25)
})

t.test('two kinds of Fördergebiete that share an area: nothing can be found out by trying all towns', async t => {
  const levels: DrawnLevel[] = [
    { id: 'sr', drawn: 'A B C D E', parent: 'stadt' },
    { id: 'fg', drawn: 'X X . . .', madeOf: { level: 'sr', parts: [['A', 'B']] } },
    { id: 'sanierung', drawn: '. Y Y Y .', madeOf: { level: 'sr', parts: [['B', 'C', 'D']] } },
    { id: 'stadt', drawn: 'T T T T T' },
  ]
  const sums = { 'sr/0': [0], 'sr/1': [1], 'sr/2': [2], 'sr/3': [3], 'sr/4': [4], 'fg/0': [0, 1], 'sanierung/0': [1, 2, 3], 'stadt/0': [0, 1, 2, 3, 4] }
  await everyTownIsSafe(t, levels, ['sr'], sums, 5, 40)
})

t.test('a Fördergebiet that is delivered for itself: who lives outside of it is no secret to whoever knows the town', async t => {
  const levels: DrawnLevel[] = [{ id: 'fg', drawn: 'X X . .' }, { id: 'stadt', drawn: 'T T T T' }]
  const plan = (inside: number, town: number): TownPlan => ({ levels, indicators: ['cases'], columns: [['fg', 'cases', '2024', [inside]], ['stadt', 'cases', '2024', [town]]] })
  const few = buildTown(plan(40, 42))
  const { problems } = await audited(few)
  t.strictSame(codes(problems), ['protect-suppressed'])
  t.match(lettersOf(few.figures, 'fg', 'cases') + lettersOf(few.figures, 'stadt', 'cases'), 's', '42 − 40 = 2 live outside')
  const many = buildTown(plan(40, 90))
  await audited(many)
  t.equal(lettersOf(many.figures, 'fg', 'cases') + lettersOf(many.figures, 'stadt', 'cases'), 'oo')
  const elsewhere = buildTown(plan(40, 30))
  t.match(codes((await audited(elsewhere)).problems), ['structure-nested-differ'], 'more inside than in the whole town: other cases')
})

t.test('three systems that cut each other are refused: what follows from three together is in no pair of them', async t => {
  // C reaches over A and B into a place where few live: 52 − 20 − 30 tells how few, and no two of them do.
  const levels: DrawnLevel[] = [{ id: 'a', drawn: 'A A D D D D' }, { id: 'b', drawn: 'E E B B E E' }, { id: 'c', drawn: 'C C C C C F' }]
  const plan: TownPlan = { levels, indicators: ['cases'], columns: [['a', 'cases', '2024', [20, 62]], ['b', 'cases', '2024', [52, 30]], ['c', 'cases', '2024', [52, 30]]] }
  const input = buildTown(plan)
  const { problems } = await audited(input)
  t.match(problems, [{ code: 'structure-three-systems', severity: 'error', facts: { levels: 'a, b, c', indicators: 'cases' } }])
  t.equal(input.figures.columns.size, 0, 'nothing is left that could be printed')

  const open = buildTown({ ...plan, columns: plan.columns.map(([level, indicator, period, cells]) => [level, indicator, period, cells, { rules: { ...defaultRules, minimumCount: 0 } }]) })
  t.strictSame(codes((await audited(open)).problems).filter(code => code.startsWith('structure')), [], 'what nobody has to protect may stand on three levels')
})
