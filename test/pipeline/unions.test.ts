import fc from 'fast-check'
import t from 'tap'
import { clearBlocks } from '../../commands/clear-blocks.ts'
import { hasErrors } from '../../core/problem.ts'
import { findFigures } from '../../pipeline/figures.ts'
import { protect, type ProtectInput } from '../../pipeline/protect/protect.ts'
import { buildTown, lettersOf, subtract, type DrawnLevel } from '../tiny-town.ts'

/** Five areas, their town, and two Fördergebiete that leave one area out. */
const levels: DrawnLevel[] = [
  { id: 'sr', drawn: 'A B C D E', parent: 'stadt' },
  { id: 'stadt', drawn: 'T T T T T' },
  { id: 'fg', drawn: 'X X Y Y .', madeOf: { level: 'sr', parts: [['A', 'B'], ['C', 'D']] } },
]

const three: DrawnLevel[] = [
  { id: 'sr', drawn: 'A B C', parent: 'stadt' },
  { id: 'stadt', drawn: 'T T T' },
  { id: 'f1', drawn: 'X X .', madeOf: { level: 'sr', parts: [['A', 'B']] } },
  { id: 'f2', drawn: '. Y Y', madeOf: { level: 'sr', parts: [['B', 'C']] } },
  { id: 'f3', drawn: 'Z . Z', madeOf: { level: 'sr', parts: [['A', 'C']] } },
]

const audited = (input: ProtectInput) => protect({ ...input, clearBlocks })
const town = (cases: number[], unassigned: number[] = []) => buildTown({ levels, indicators: ['cases'], columns: [['sr', 'cases', '2024', cases, { unassigned }]] })

t.test('a Fördergebiet is the sum of its parts, and of nothing else', async t => {
  const { figures } = town([10, 20, 30, 40, 50], [7])
  t.match(findFigures(figures, 'fg', 'cases', '2024')!.cells, [{ value: 30 }, { value: 70 }])
  t.match(findFigures(figures, 'stadt', 'cases', '2024')!.cells, [{ value: 157 }], 'who lives in no area is counted for the town alone')
})

t.test('a small part of a Fördergebiet cannot be subtracted out of it', async t => {
  const input = town([41, 2, 30, 40, 50])
  const { problems, blocks } = await audited(input)
  t.equal(hasErrors(problems), false)
  t.equal(lettersOf(input.figures, 'sr', 'cases')[1], 's')
  t.equal(subtract(input.figures, { 'fg/0/cases/2024': 1, 'sr/0/cases/2024': -1, 'sr/1/cases/2024': -1 }), undefined)
  t.equal(blocks[0]!.verdict!.exact.length, 0)
})

t.test('whoever subtracts all Fördergebiete from the town does not find the area that is in none', async t => {
  const input = town([41, 20, 30, 40, 2])
  await audited(input)
  t.equal(subtract(input.figures, { 'stadt/0/cases/2024': 1, 'fg/0/cases/2024': -1, 'fg/1/cases/2024': -1, 'sr/4/cases/2024': -1 }), undefined)
})

t.test('a single Fördergebiet takes no cases that have no area', async t => {
  const one: DrawnLevel[] = [levels[0]!, levels[1]!, { id: 'fg', drawn: 'X X . . .', madeOf: { level: 'sr', parts: [['A', 'B']] } }]
  const input = buildTown({ levels: one, indicators: ['cases'], columns: [['sr', 'cases', '2024', [41, 2, 30, 40, 50], { unassigned: [9] }]] })
  const { problems } = await audited(input)
  t.equal(hasErrors(problems), false)
  t.equal(subtract(input.figures, { 'fg/0/cases/2024': 1, 'sr/0/cases/2024': -1, 'sr/1/cases/2024': -1 }), undefined)
})

t.test('rounded Fördergebiete that overlap do not say together what one of their parts is', async t => {
  const input = buildTown({ levels: three, indicators: ['cases'], columns: [['sr', 'cases', '2024', [6, 7, 1], { rules: { method: 'round5' } }]] })
  const { problems } = await audited(input)
  t.strictSame(problems.filter(({ code }) => code === 'structure-exposed'), [], 'A + B >= 13, A <= 7, B + C >= 8, A + C <= 7: only 6, 7 and 1 fit')
  t.equal(lettersOf(input.figures, 'sr', 'cases')[2], 's')
})

t.test('what rounded figures say together about a small one is no more than its own rounding says', async () => {
  await fc.assert(fc.asyncProperty(
    fc.tuple(...[0, 1, 2].map(() => fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 13 })))),
    fc.subarray([2, 3, 4]),
    fc.constantFrom(3, 5, 10),
    async (cases, unions, minimumCount) => {
      const drawn = three.filter((_, index) => index < 2 || unions.includes(index))
      const input = buildTown({ levels: drawn, indicators: ['cases'], columns: [['sr', 'cases', '2024', cases, { rules: { method: 'round5', minimumCount } }]] })
      const { problems } = await audited(input)
      if (hasErrors(problems)) return false
      const seen = possibleOfThree(input, drawn)
      return cases.every((value, area) => {
        if (value === 0 || value >= minimumCount) return true
        const cell = findFigures(input.figures, 'sr', 'cases', '2024')!.cells[area]!
        const near = (other: number) => cell.status !== 'observed' || Math.abs(other - cell.value) <= 2
        return Array.from({ length: minimumCount + 1 }, (_, other) => other).filter(near).every(other => seen[area]!.has(other))
      })
    },
  ), { numRuns: 150, seed: 5 })
})

/** What each of three areas can be, by what is printed of them and of their sums; tries all whole numbers. */
function possibleOfThree (input: ProtectInput, drawn: readonly DrawnLevel[]): Array<Set<number>> {
  const rangeOf = (level: string, area: number): readonly [number, number] => {
    const cell = findFigures(input.figures, level, 'cases', '2024')?.cells[area]
    return cell?.status === 'observed' ? [Math.max(0, cell.value - 2), cell.value + 2] : [0, Infinity]
  }
  const ranges = [0, 1, 2].map(area => rangeOf('sr', area))
  const sums = drawn.slice(1).map(({ id, madeOf }) => ({ parts: madeOf ? madeOf.parts[0]!.map(part => 'ABC'.indexOf(part)) : [0, 1, 2], range: rangeOf(id, 0) }))
  const seen = ranges.map(() => new Set<number>())
  const tried = ranges.map(([lower, upper]) => Array.from({ length: Math.min(upper, 40) - lower + 1 }, (_, step) => lower + step))
  for (const a of tried[0]!) {
    for (const b of tried[1]!) {
      for (const c of tried[2]!) {
        const table = [a, b, c]
        const fits = sums.every(({ parts, range: [lower, upper] }) => {
          const sum = parts.reduce((all, part) => all + table[part]!, 0)
          return sum >= lower && sum <= upper
        })
        if (fits) table.forEach((value, area) => seen[area]!.add(value))
      }
    }
  }
  return seen
}

/** Every way to add up the town that fits what is printed, by trying all whole numbers of secret areas. */
function possibleValues (input: ProtectInput, largest: number): Array<Set<number>> {
  const printed = (level: string, area: number) => {
    const cell = findFigures(input.figures, level, 'cases', '2024')?.cells[area]
    return cell?.status === 'observed' ? cell.value : undefined
  }
  const seen = [0, 1, 2, 3, 4].map(() => new Set<number>())
  const fits = (sum: number, known: number | undefined) => known === undefined || sum === known
  const choices = [0, 1, 2, 3, 4].map(area => {
    const value = printed('sr', area)
    return value === undefined ? Array.from({ length: largest + 1 }, (_, i) => i) : [value]
  })
  for (const a of choices[0]!) {
    for (const b of choices[1]!) {
      if (!fits(a + b, printed('fg', 0))) continue
      for (const c of choices[2]!) {
        for (const d of choices[3]!) {
          if (!fits(c + d, printed('fg', 1))) continue
          for (const e of choices[4]!) if (fits(a + b + c + d + e, printed('stadt', 0))) [a, b, c, d, e].forEach((value, area) => seen[area]!.add(value))
        }
      }
    }
  }
  return seen
}

t.test('no small count of any town can be worked out by trying all tables', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 5, maxLength: 5 }), async cases => {
    const input = town(cases)
    const { problems } = await audited(input)
    if (hasErrors(problems)) throw new Error(JSON.stringify(problems))
    const possible = possibleValues(input, 12)
    cases.forEach((value, area) => {
      if ((value === 1 || value === 2) && possible[area]!.size < 2) throw new Error(`area ${area} of ${cases.join()} is known`)
    })
  }), { numRuns: 60, seed: 7 })
})
