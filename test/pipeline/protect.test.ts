import t from 'tap'
import { clearBlocks } from '../../commands/clear-blocks.ts'
import { missing } from '../../core/cell.ts'
import type { LedgerCell } from '../../core/ledger.ts'
import { cellState } from '../../core/release.ts'
import type { Rules } from '../../core/rules.ts'
import { findFigures } from '../../pipeline/figures.ts'
import { protect, type ProtectInput } from '../../pipeline/protect/protect.ts'
import { suppress } from '../../pipeline/protect/suppress.ts'
import { buildTown, lettersOf, subtract, type TownPlan } from '../tiny-town.ts'
import { codes } from './problem-codes.ts'

const levels = [{ id: 'sr', drawn: 'A B C', parent: 'stadt' }, { id: 'stadt', drawn: 'T T T' }]
const share = { id: 'rate', kind: 'share' as const, decimals: 1, numerator: 'cases', denominator: 'people' }

/** Three areas with cases among people; C has two. */
const town = (more: Partial<TownPlan> = {}): TownPlan => ({
  levels,
  indicators: ['cases', 'people', share],
  columns: [['sr', 'cases', '2024', [41, 20, 2]], ['sr', 'people', '2024', [1000, 900, 800], { rules: { minimumCount: 0 } }]],
  ...more,
})

const audited = (input: ProtectInput) => protect({ ...input, clearBlocks })

/** A ledger of one edition; values stand in the place of their hashes. */
function ledgerOf (cells: Readonly<Record<string, readonly [LedgerCell['status'], number]>>): Pick<ProtectInput, 'findLedgerCells' | 'hashValue'> {
  const hashValue = (id: string, value: number | null) => `${id} ${value}`
  return {
    hashValue,
    findLedgerCells: id => {
      const entry = cells[id]
      if (!entry) return []
      const [status, value] = entry
      return [{ status, hash: hashValue(id, value), edition: 'e1', ...(status === 'printed' && { value }) }]
    },
  }
}

t.test('a small count takes a second cell along, and every share with them', async t => {
  const input = buildTown(town())
  const { problems, counts, blocks } = await audited(input)
  t.strictSame(codes(problems), ['protect-suppressed'])
  const printed = [lettersOf(input.figures, 'sr', 'cases'), lettersOf(input.figures, 'stadt', 'cases')].join('')
  t.match(printed, /^..s.$/)
  t.equal([...printed].filter(letter => letter === 's').length, 2, 'one more, and no more than needed')
  t.equal([lettersOf(input.figures, 'sr', 'rate'), lettersOf(input.figures, 'stadt', 'rate')].join(''), printed)
  t.equal(lettersOf(input.figures, 'sr', 'people'), 'ooo', 'the inhabitants are public')
  t.strictSame(blocks.map(({ id, withheld, verdict }) => ({ id, withheld, exact: verdict?.exact.length })), [{ id: 'cases 2024', withheld: false, exact: 0 }])
  t.strictSame(counts.filter(({ indicator, level }) => indicator === 'people' && level === 'sr'), [{ indicator: 'people', level: 'sr', printed: 3, suppressed: 0, withheld: 0 }])
  t.equal(counts.filter(({ indicator }) => indicator === 'cases').reduce((sum, { suppressed }) => sum + suppressed, 0), 2)
})

t.test('the same project is always suppressed in the same way, and the secret has a say', async t => {
  const patternOf = async (secret: string) => {
    const input = { ...buildTown(town({ columns: [['sr', 'cases', '2024', [20, 20, 2]], ['sr', 'people', '2024', [1000, 1000, 800], { rules: { minimumCount: 0 } }]] })), secret }
    const { blocks } = await protect(input)
    return `${lettersOf(input.figures, 'sr', 'cases')}${lettersOf(input.figures, 'stadt', 'cases')} ${blocks[0]!.block.weights.join()}`
  }
  t.equal(await patternOf('a'), await patternOf('a'))
  const patterns = await Promise.all([...'abcdefgh'].map(patternOf))
  t.strictSame([...new Set(patterns.map(pattern => pattern.slice(0, 4)))].toSorted(), ['osso', 'soso'], 'A and B are as good as each other')
})

t.test('no number that is not printed is left in the figures', async t => {
  const input = buildTown(town({
    columns: [
      ['sr', 'cases', '2024', [4711, 2, 1], { unassigned: [815] }],
      ['sr', 'people', '2024', [9001, 9002, 9003]],
    ],
  }))
  await audited(input)
  const numbers: number[] = []
  const seen = new Set<unknown>()
  const walk = (value: unknown): void => {
    if (typeof value === 'number') numbers.push(value)
    if (typeof value !== 'object' || value === null || seen.has(value)) return
    seen.add(value)
    if (value instanceof Map || value instanceof Set) [...value.values()].forEach(walk)
    else if (!('minimumCount' in value)) Object.values(value).forEach(walk)
  }
  walk(input.figures)
  walk(input.quotients.map(({ column }) => column))
  const printed = [...input.figures.columns.values()].flatMap(({ cells }) => cells).filter(({ status }) => status === 'observed').length
  t.equal(numbers.length, printed, 'a value per printed cell, and no other')
  t.notOk(numbers.includes(2) || numbers.includes(815))
})

t.test('without a minimum count nothing is suppressed', async t => {
  const input = buildTown(town({ columns: [['sr', 'cases', '2024', [1, 99, 50], { rules: { minimumCount: 0 } }], ['sr', 'people', '2024', [1, 100, 100], { rules: { minimumCount: 0 } }]] }))
  const { blocks } = await audited(input)
  t.equal(blocks.length, 0)
  t.strictSame(['cases', 'rate'].map(indicator => lettersOf(input.figures, 'sr', indicator)), ['ooo', 'ooo'])
})

t.test('what was suppressed stays suppressed and what was printed stays printed, as long as the number is the same', async t => {
  const ledger = ledgerOf({ 'sr/A/cases/2024': ['suppressed', 41], 'sr/B/cases/2024': ['printed', 20], 'stadt/T/cases/2024': ['printed', 63], 'sr/C/cases/2024': ['suppressed', 2] })
  const input = { ...buildTown(town()), ...ledger }
  const { blocks } = await audited(input)
  t.strictSame([lettersOf(input.figures, 'sr', 'cases'), lettersOf(input.figures, 'stadt', 'cases')], ['sos', 'o'])
  t.strictSame([...blocks[0]!.block.states], [cellState.closed, cellState.known, cellState.closed, cellState.known])

  const harmless = { ...buildTown(town({ columns: [['sr', 'cases', '2024', [41, 20, 7]]] })), ...ledger }
  await audited(harmless)
  t.equal(lettersOf(harmless.figures, 'sr', 'cases')[0], 's', 'also where nothing is small any more')
  t.equal(subtract(harmless.figures, { 'stadt/0/cases/2024': 1, 'sr/0/cases/2024': -1, 'sr/1/cases/2024': -1, 'sr/2/cases/2024': -1 }), undefined, '63 − 41 − 20 was two')
})

t.test('what an earlier edition printed is known, and a small count that follows from it is reported', async t => {
  const ledger = ledgerOf({ 'sr/A/cases/2024': ['printed', 41], 'sr/B/cases/2024': ['printed', 20], 'stadt/T/cases/2024': ['printed', 63] })
  const { problems, blocks } = await audited({ ...buildTown(town()), ...ledger })
  t.match(problems, [{ code: 'structure-exposed', severity: 'warning', facts: { cells: '"sr/C/cases/2024"', count: 1 } }])
  t.equal(blocks[0]!.withheld, false)
})

t.test('a revised figure is a new one, and the equation of the earlier edition is attacked too', async t => {
  const ledger = ledgerOf({ 'sr/A/cases/2024': ['suppressed', 41], 'sr/B/cases/2024': ['printed', 20], 'sr/C/cases/2024': ['suppressed', 2], 'stadt/T/cases/2024': ['printed', 63] })
  const revised = buildTown(town({ columns: [['sr', 'cases', '2024', [41, 25, 2]], ['sr', 'people', '2024', [1000, 900, 800], { rules: { minimumCount: 0 } }]] }))
  const { blocks, problems } = await audited({ ...revised, ...ledger })
  t.strictSame(codes(problems), ['protect-suppressed'])
  const { block } = blocks[0]!
  const before = block.cells.flatMap((cell, index) => cell.endsWith('~before') ? [[cell, block.values[index], block.states[index]]] : [])
  t.strictSame(before, [['stadt/T/cases/2024~before', 63, cellState.known], ['sr/B/cases/2024~before', 20, cellState.known]])
  t.equal(block.equations.starts.length - 1, 2)
  t.match(lettersOf(revised.figures, 'sr', 'cases'), /^s.s$/)

  const impossible = ledgerOf({ 'sr/A/cases/2024': ['suppressed', 41], 'sr/B/cases/2024': ['printed', 20], 'sr/C/cases/2024': ['suppressed', 2], 'stadt/T/cases/2024': ['printed', 99] })
  t.match(codes((await audited({ ...buildTown(town()), ...impossible })).problems), ['structure-older-differs'])
})

t.test('what others publish is known to whoever attacks', async t => {
  const external = [{ source: 'Landesamt', level: 'stadt', indicators: ['cases'] }]
  const input = buildTown(town({ file: { external } }))
  const { blocks } = await audited(input)
  t.equal(blocks[0]!.block.states[3], cellState.known)
  t.equal(lettersOf(input.figures, 'stadt', 'cases'), 'o')
  t.equal([...lettersOf(input.figures, 'sr', 'cases')].filter(letter => letter === 's').length, 2)
})

t.test('what cannot be protected is withheld, and what is computed from it', async t => {
  const input = buildTown(town())
  const { problems, blocks, counts, quotients } = await protect({
    ...input,
    async * clearBlocks (blocks) {
      for (const block of blocks) yield { pattern: { ...await suppress(block), unprotected: Int32Array.of(2) } }
    },
  })
  t.match(problems, [{ code: 'structure-withheld', severity: 'warning', facts: { indicators: 'cases', cells: '"sr/C/cases/2024"' } }])
  t.equal(blocks[0]!.withheld, true)
  t.strictSame([...input.figures.columns.values()].map(({ level, indicator }) => `${level} ${indicator}`), ['sr people', 'stadt people'])
  t.strictSame(quotients, [])
  t.match(counts.find(({ indicator, level }) => indicator === 'rate' && level === 'sr'), { printed: 0, withheld: 3 })
})

t.test('a finding of the audit stops the build, names the cell and the arithmetic, and leaves nothing behind', async t => {
  const input = buildTown(town())
  const { problems } = await protect({ ...input, clearBlocks, protection: 'primary-only' })
  t.match(problems.find(({ code }) => code === 'structure-disclosed'), { severity: 'error', facts: { cell: 'sr/C/cases/2024', arithmetic: 'x = 63 - 41 - 20' } })
  t.equal(input.figures.columns.size, 0)
})

t.test('figures that are never printed protect others, and leave no column behind', async t => {
  const input = buildTown(town({
    indicators: ['cases', { id: 'homes', published: false }],
    columns: [['sr', 'cases', '2024', [41, 20, 30], { rules: { units: [{ of: 'homes', minimum: 3 }] } }], ['sr', 'homes', '2024', [30, 15, 2]]],
  }))
  const { counts } = await audited(input)
  t.match(lettersOf(input.figures, 'sr', 'cases'), /^..s$/, 'thirty people in two homes')
  t.strictSame([...new Set([...input.figures.columns.values()].map(({ indicator }) => indicator))], ['cases'])
  t.notOk(counts.some(({ indicator }) => indicator === 'homes'))
})

t.test('rounded counts are printed rounded, and attacked as such', async t => {
  const round = { minimumCount: 3, method: 'round5' as const }
  const input = buildTown(town({ columns: [['sr', 'cases', '2024', [41, 23, 2], { rules: round }], ['sr', 'people', '2024', [1000, 903, 800], { rules: round }]] }))
  const { blocks } = await audited(input)
  const values = [...input.figures.columns.values()].filter(({ indicator }) => indicator !== 'rate')
    .flatMap(({ cells }) => cells.flatMap(cell => cell.status === 'observed' ? cell.value : []))
  t.ok(values.length > 0 && values.every(value => value % 5 === 0), values.join())
  const { block } = blocks[0]!
  t.strictSame([block.lower[0], block.upper[0]], [38, 42], 'forty is two more or less')
})

t.test('whoever rounds after having suppressed says no more than before, and what was printed exactly is known', async t => {
  const round = { minimumCount: 3, method: 'round5' as const }
  const columns: TownPlan['columns'] = [['sr', 'cases', '2024', [41, 20, 2], { rules: round }]]
  const ledger = ledgerOf({ 'sr/A/cases/2024': ['suppressed', 41], 'sr/B/cases/2024': ['printed', 20], 'sr/C/cases/2024': ['suppressed', 2], 'stadt/T/cases/2024': ['printed', 63] })
  const input = { ...buildTown(town({ columns })), ...ledger }
  const { blocks } = await audited(input)
  t.match(lettersOf(input.figures, 'sr', 'cases'), /^s.s$/)
  t.equal(blocks[0]!.block.states[1], cellState.known)
  const alone = { ...buildTown(town({ levels: [{ id: 'sr', drawn: 'A B C' }], columns })), ...ledger }
  await audited(alone)
  t.match(lettersOf(alone.figures, 'sr', 'cases'), /^s.s$/, 'also where nothing can be subtracted')
})

t.test('how many there are of a small whole does not tell how small it is', async t => {
  const of = async (n: readonly [number[], Partial<Rules>], d: readonly [number[], Partial<Rules>], more: TownPlan['columns'] = [], denominator: string | string[] = 'd') => {
    const rate = { id: 'rate', kind: 'share' as const, decimals: 1, numerator: 'n', denominator } as TownPlan['indicators'][number]
    const input = buildTown({ levels, indicators: ['n', 'd', 'e', rate], columns: [['sr', 'n', '2024', n[0], { rules: n[1] }], ['sr', 'd', '2024', d[0], { rules: d[1] }], ...more] })
    const { problems } = await audited(input)
    return { codes: codes(problems), n: lettersOf(input.figures, 'sr', 'n')[0] }
  }
  const [five, round, none] = [{ minimumCount: 5 }, { minimumCount: 5, method: 'round5' as const }, { minimumCount: 0 }]
  t.equal((await of([[4, 40, 50], round], [[4, 100, 200], five])).n, 's', 'a printed 5 is 3 at least')
  t.equal((await of([[3, 40, 50], round], [[3, 100, 200], none])).n, 's', 'rounded to 5, and no more than three')
  t.equal((await of([[102, 40, 50], five], [[2, 100, 200], five], [['sr', 'e', '2024', [100, 100, 100]]], ['d', 'e'])).n, 's', '102 of 100 and two others')
  t.strictSame((await of([[3, 40, 50], none], [[4, 100, 200], five])).codes, ['structure-exposed', 'protect-suppressed'], 'three follow from public figures')
})

t.test('an interval is printed where all it rests on is printed', async t => {
  const between = async (inhabitants: number[], rules: Partial<Rules>) => {
    const input = buildTown(town({ columns: [['sr', 'cases', '2024', [41, 20, 1]], ['sr', 'people', '2024', inhabitants, { rules }]], file: { intervals: true } }))
    await audited(input)
    return findFigures(input.figures, 'sr', 'cases', '2024')!.cells[2]
  }
  t.match(await between([1000, 900, 800], { minimumCount: 0 }), { status: 'suppressed', between: [0, Number] })
  t.strictSame(await between([1000, 900, 2], { minimumCount: 3 }), { status: 'suppressed' }, 'from 0 to 2 would say that there are two')
})

t.test('what others print is known, also where nothing was delivered', async t => {
  const external = [{ source: 'Landesamt', level: 'stadt', indicators: ['cases'], values: { T: 63 } }]
  const input = buildTown(town({
    levels: [{ id: 'sr', drawn: 'A B C D', parent: 'stadt' }, { id: 'stadt', drawn: 'T T T T' }],
    indicators: ['cases'],
    columns: [['sr', 'cases', '2024', [41, 20, 2, missing('not-delivered')]]],
    file: { external },
  }))
  await audited(input)
  t.match(lettersOf(input.figures, 'sr', 'cases'), /^(s.|.s)sm$/, '63 − 41 − 20 would leave no more than two')
})

t.test('what an earlier edition printed is known also where it is not delivered any more', async t => {
  const ledger = ledgerOf({ 'sr/A/cases/2024': ['printed', 41], 'sr/B/cases/2024': ['printed', 20], 'sr/C/cases/2024': ['suppressed', 2] })
  const plan = (total: number) => buildTown(town({ indicators: ['cases'], columns: [['sr', 'cases', '2024', [missing('not-delivered'), 20, 2]], ['stadt', 'cases', '2024', [total]]] }))
  const gone = { ...plan(63), ...ledger }
  await audited(gone)
  t.equal(lettersOf(gone.figures, 'stadt', 'cases'), 's', '63 − 41 − 20')
  const other = { ...plan(45), ...ledger }
  t.strictSame(codes((await audited(other)).problems), ['protect-suppressed'], 'a total that is too small for it does not hold it')

  const parts = {
    ...buildTown({
      levels: [{ id: 'sr', drawn: 'A' }], indicators: ['women', 'men', { id: 'cases', parts: ['women', 'men'] }], columns: [['sr', 'cases', '2024', [22]], ['sr', 'women', '2024', [2]]],
    }),
    ...ledgerOf({ 'sr/A/men/2024': ['printed', 20], 'sr/A/women/2024': ['suppressed', 2] }),
  }
  await audited(parts)
  t.equal(lettersOf(parts.figures, 'sr', 'cases'), 's', '22 − 20')
})

t.test('the gaps of the period before are preferred, and large areas are dear', async t => {
  const columns: TownPlan['columns'] = [['sr', 'cases', '2023', [41, 20, 30]], ['sr', 'cases', '2024', [41, 20, 2]]]
  const weightsOf = async (cells: Parameters<typeof ledgerOf>[0]) => {
    const { blocks } = await audited({ ...buildTown(town({ columns })), ...ledgerOf(cells) })
    return blocks.find(({ id }) => id === 'cases 2024')!.block.weights
  }
  const [without, withGap] = [await weightsOf({}), await weightsOf({ 'sr/B/cases/2023': ['suppressed', 20] })]
  t.ok(Math.abs(withGap[1]! / without[1]! - 0.3) < 1e-9)
  t.equal(withGap[0], without[0])
  t.ok(without[3]! > 3 * without[0]!, 'the town is four times an area')
})
