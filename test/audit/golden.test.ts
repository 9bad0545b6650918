import t from 'tap'
import { auditBlock } from '../../audit/cells.ts'
import { cellState, compileBlock, type Block } from '../../core/release.ts'
import { drawTable, partsThenSum, patternOf, type DrawOptions } from './draw-table.ts'

/** What can be deduced about each unprinted cell, `[lowest, highest]`. */
async function deduce (drawing: string, options?: DrawOptions): Promise<Record<string, [number, number]>> {
  const { block, pattern } = drawTable(drawing, options)
  const { intervals } = await auditBlock(block, pattern, { intervals: true, certificates: false })
  return Object.fromEntries(block.cells.flatMap((id, cell) => pattern.printed[cell] === 1 ? [] : [[id, [intervals!.lower[cell]!, intervals!.upper[cell]!]]]))
}

/** The cheapest sets of further cells with which the audit finds nothing, by trying all; the cost of a cell is its value. */
async function findCheapest ({ block }: { block: Block }, candidates: readonly number[], most: number): Promise<{ cost: number, sets: string[][] }> {
  const closed = [...block.cells.keys()].filter(cell => block.states[cell] === cellState.closed)
  let best: { cost: number, sets: string[][] } = { cost: most, sets: [] }
  for (let bits = 0; bits < 2 ** candidates.length; bits++) {
    const set = candidates.filter((_, index) => bits >> index & 1)
    const cost = set.reduce((sum, cell) => sum + block.values[cell]!, 0)
    if (cost > best.cost) continue
    const { exact, narrow } = await auditBlock(block, patternOf(block, [...closed, ...set]), { certificates: false, explanations: false })
    if (exact.length + narrow.length > 0) continue
    const names = set.map(cell => block.cells[cell]!)
    best = cost < best.cost ? { cost, sets: [names] } : { cost, sets: [...best.sets, names] }
  }
  return best
}

t.test('Fischetti and Salazar: the investment table has its optimum at 37, where 22 may be anything from 5 to 30', async t => {
  const drawing = `
            A    B    C  total
    I      20   50   10     80
    II     8.   19  22*     49
    III   17.   32  12.     61
    total  45  101   44    190`
  t.strictSame((await deduce(drawing))['II/C'], [5, 30])
  const table = drawTable(drawing, { required: [15, 29] })
  const inner = [0, 1, 2, 4, 5, 8, 9, 10]
  t.strictSame(await findCheapest(table, inner, 60), { cost: 37, sets: [['II/A', 'III/A', 'III/C']] })
})

t.test('sdcTable: two suppressions in every line do not help where the rows less the columns leave one cell', async t => {
  const trap = (secondary: string) => `
             a      b     c     d  total
    w      30*    47*   64*    89    230
    x      90*    124    5*    ${secondary}    250
    y       92   100*    59   85*    336
    z      800   991*   651  685*   3127
    total 1012   1262   779   890   3943`
  const { block, pattern } = drawTable(trap('31'), { required: [0, 1000] })
  const { exact } = await auditBlock(block, pattern)
  t.strictSame(exact.map(({ cell, lower, upper }) => [cell, lower, upper]), [['w/b', 47, 47]])
  t.equal(exact[0]!.arithmetic, 'x = 230 + 92 + 800 + 59 + 651 + 250 - 89 - 1012 - 779 - 124 - 31', 'two rows less two columns')
  t.strictSame((await deduce(trap('31.')))['w/b'], [0, 78], 'as in the unit test of the package')
})

t.test('sdcTable microdata1: the two women of A need the men of A and both of C', async t => {
  const table = drawTable(`
          male female total
    A       18     2*    20
    B       14     19    33
    C       12     10    22
    D       11     14    25
    total   55     45   100`, { required: [0, 4] })
  t.strictSame(await findCheapest(table, [0, 3, 4, 6, 7, 9, 10], 60), { cost: 40, sets: [['A/male', 'C/male', 'C/female']] })
})

t.test('Geurts, in the Handbook: from 3 to 6, by the first column and the second row', async t => {
  const drawing = `
           1   2  total
    1     5*  2*      7
    2     1*  2*      3
    3      3   3      6
    total  9   7     16`
  t.strictSame((await deduce(drawing))['1/1'], [3, 6])
  const { block, pattern } = drawTable(drawing, { required: [0, 7] })
  const { narrow } = await auditBlock(block, pattern)
  t.match(narrow.find(({ cell }) => cell === '1/1'), { lower: 3, upper: 6 })
})

t.test('Statistics Norway, table of 2014: what linear elimination calls safe can be two wide; five take both cells of Spain', async t => {
  const drawing = (spain: readonly string[]) => `
           Spain      Iceland Portugal total
    young  5${spain[0]}      2*       0*     7
    old    6${spain[1]}      3*       4*    13
    total  11         5        4    20`
  t.strictSame((await deduce(drawing(['', ''])))['young/Iceland'], [0, 2])
  t.strictSame((await deduce(drawing(['.', ''])))['young/Iceland'], [0, 2], 'one cell of Spain is given by its column')
  t.strictSame((await deduce(drawing(['.', '.'])))['young/Iceland'], [0, 5])
})

t.test('where zeros are printed, two suppressed cells that sum to 2 are both 1', async t => {
  const { block, pattern } = drawTable(`
           a   b   c  total
    one   1*  1*   7      9
    two    4   6   5     15
    total  5   7  12     24`, { least: 1, required: [1, 3] })
  // Printed columns would give them away at once.
  const hidden = patternOf(block, [0, 1, 4, 5].concat([8, 9]))
  const { exact } = await auditBlock(block, hidden)
  t.strictSame(exact.map(({ cell, arithmetic }) => [cell, arithmetic]), [['one/a', '1 <= x <= 9 - 1 - 7'], ['one/b', '1 <= x <= 9 - 1 - 7']])
  t.strictSame(exact[0]!.uses, ['one/a', 'one/total', 'one/b', 'one/c'], 'behind the 1 stands the other cell, which is at least that')
  const open = drawTable(`
           a   b   c  total
    one   1*  1*   7      9
    two   4.  6.   5     15
    total  5   7  12     24`)
  t.strictSame((await auditBlock(open.block, open.pattern)).exact, [], 'where a zero may be suppressed too, they are not')
  t.equal(pattern.printed[0], 0)
})

t.test('two areas that differ by a sliver disclose it, until one of them is suppressed', async t => {
  const block = compileBlock({
    id: 'sliver',
    cells: [
      { id: 'district', value: 20 }, { id: 'catchment', value: 18 },
      { id: 'sliver', value: 2, state: cellState.closed, rule: 'minimum-count', required: [0, 3] },
    ],
    equations: [partsThenSum([1, 2, 0])],
  })
  t.match((await auditBlock(block, patternOf(block, [2]))).exact, [{ cell: 'sliver', arithmetic: 'x = 20 - 18', uses: ['district', 'catchment'] }])
  t.strictSame((await auditBlock(block, patternOf(block, [1, 2]))).exact, [])
  t.strictSame((await auditBlock(block, patternOf(block, [0, 2]))).narrow, [])
})

t.test('bounds agree with those of all tables there are, cell by cell', async t => {
  // Two rows of three with margins, and an area that cuts across: a + e. Every inner cell is 0 to 3.
  const tables = Array.from({ length: 4 ** 6 }, (_, code) => {
    const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(place => Math.floor(code / 4 ** place) % 4) as [number, number, number, number, number, number]
    return [a, b, c, a + b + c, d, e, f, d + e + f, a + d, b + e, c + f, a + b + c + d + e + f, a + e]
  })
  const sums = [[0, 1, 2, 3], [4, 5, 6, 7], [0, 4, 8], [1, 5, 9], [2, 6, 10], [3, 7, 11], [8, 9, 10, 11], [0, 5, 12]]
  const random = seeded(8)
  let [compared, differences, leaks, unprinted] = [0, 0, 0, 0]
  while (compared < 4000) {
    const truth = tables[Math.floor(random() * tables.length)]!
    const suppressed = truth.flatMap((_, cell) => random() < 0.6 ? [cell] : [])
    // Half of the time zeros are printed, so that the rest is known to be at least 1.
    const least = random() < 0.5 ? 1 : 0
    const block = compileBlock({
      id: 'small',
      cells: truth.map((value, cell) => {
        const isInner = [0, 1, 2, 4, 5, 6].includes(cell)
        const isKnown = least === 1 && value === 0
        return {
          id: `cell-${cell}`,
          value,
          lower: isKnown ? 0 : least,
          upper: isInner ? 3 : Infinity,
          state: isKnown ? cellState.known : cellState.open,
          ...suppressed.includes(cell) ? { rule: 'minimum-count' as const, required: [isKnown ? 0 : least, Math.max(value, 3)] as const } : {},
        }
      }),
      equations: sums.map(partsThenSum),
    })
    const pattern = patternOf(block, suppressed)
    const isOpen = (cell: number) => pattern.printed[cell] === 0 && block.states[cell] !== cellState.known
    const possible = tables.filter(table => table.every((value, cell) => isOpen(cell) ? value >= block.lower[cell]! : value === truth[cell]))
    const options = { certificates: false, explanations: false }
    const { intervals, exact, narrow } = await auditBlock(block, pattern, { ...options, intervals: true })
    const quick = await auditBlock(block, pattern, options)
    for (const cell of truth.keys()) {
      const [lower, upper] = [Math.min(...possible.map(table => table[cell]!)), Math.max(...possible.map(table => table[cell]!))]
      if (isOpen(cell)) unprinted++
      if (intervals!.lower[cell] !== lower || intervals!.upper[cell] !== upper) differences++
      compared++
    }
    leaks += exact.length
    if (!sameCells(quick, { exact, narrow })) differences++
  }
  t.equal(differences, 0)
  t.ok(unprinted > 1500 && leaks > 100, `${compared} cells, ${unprinted} of them not printed, ${leaks} of them exact`)
})

type Found = { readonly exact: ReadonlyArray<{ readonly cell: string }>, readonly narrow: ReadonlyArray<{ readonly cell: string }> }
function sameCells (a: Found, b: Found): boolean {
  const names = ({ exact, narrow }: Found) => JSON.stringify([exact, narrow].map(list => list.map(({ cell }) => cell).sort()))
  return names(a) === names(b)
}

function seeded (seed: number): () => number {
  let state = seed
  return () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0
    return state / 2 ** 32
  }
}
