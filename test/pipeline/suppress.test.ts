import t from 'tap'
import { auditBlock } from '../../audit/cells.ts'
import { generateBlocks, kleinstadt, tiny } from '../../bench/protect/towns.ts'
import type { Pattern } from '../../core/certificate.ts'
import { attainableRanges, cellState, compileBlock, type Block, type DraftCell } from '../../core/release.ts'
import { Simplex } from '../../pipeline/protect/simplex.ts'
import { suppress } from '../../pipeline/protect/suppress.ts'
import { drawTable, partsThenSum, type DrawOptions } from '../audit/draw-table.ts'

/** Draws a table in which a cell is worth its value, and suppresses what its stars need. */
async function suppressDrawn (drawing: string, options?: DrawOptions): Promise<{ block: Block, pattern: Pattern }> {
  const { block: drawn } = drawTable(drawing, options)
  const block = { ...drawn, weights: drawn.values }
  return { block, pattern: await suppress(block) }
}

/** Names of the cells that are suppressed for the sake of others. */
function listComplementary (block: Block, { printed }: Pattern): string[] {
  return block.cells.filter((_, cell) => block.states[cell] === cellState.open && printed[cell] === 0)
}

async function findFaults (block: Block, pattern: Pattern) {
  const { exact, narrow, badCertificates } = await auditBlock(block, pattern)
  return { exact: exact.map(({ cell }) => cell), narrow: narrow.map(({ cell }) => cell), badCertificates }
}

const faultless = { exact: [], narrow: [], badCertificates: 0 }

t.test('the table of Fischetti and Salazar gets the pattern that is proven best, at the price of 37', async t => {
  const { block, pattern } = await suppressDrawn(`
            A    B    C  total
    I      20   50   10     80
    II      8   19  22*     49
    III    17   32   12     61
    total  45  101   44    190`, { required: [15, 29] })
  t.strictSame(listComplementary(block, pattern), ['II/A', 'III/A', 'III/C'])
  t.strictSame(await findFaults(block, pattern), faultless)
  t.strictSame(pattern.certificates.map(({ shifts }) => shifts.map(Math.abs)), [Int32Array.of(7, 7, 7, 7), Int32Array.of(7, 7, 7, 7)])
})

t.test('the two women of sdcTable microdata1 take the men of A and both of C', async t => {
  const { block, pattern } = await suppressDrawn(`
          male female total
    A       18     2*    20
    B       14     19    33
    C       12     10    22
    D       11     14    25
    total   55     45   100`, { required: [0, 4] })
  t.strictSame(listComplementary(block, pattern), ['A/male', 'C/male', 'C/female'])
  t.strictSame(await findFaults(block, pattern), faultless)
})

t.test('two suppressions in every line are not enough where rows less columns leave one cell: one more is', async t => {
  const { block: drawn } = drawTable(`
             a      b     c     d  total
    w      30*    47*   64*    89   230!
    x      90*    124    5*    31   250!
    y       92   100*    59   85*   336!
    z      800   991*   651  685*  3127!
    total 1012!  1262!  779!  890! 3943!`)
  const block = { ...drawn, weights: drawn.values, requiredLower: drawn.values.map(value => value - 1), requiredUpper: drawn.values.map(value => value + 1) }
  const pattern = await suppress(block)
  t.equal(listComplementary(block, pattern).length, 1)
  t.strictSame(await findFaults(block, pattern), faultless)
})

t.test('a width of five in the table of Statistics Norway takes both cells of Spain', async t => {
  const { block, pattern } = await suppressDrawn(`
           Spain  Iceland Portugal total
    young      5       2*       0*    7!
    old        6       3*       4*   13!
    total     11!      5!       4!   20!`, { required: [0, 5] })
  t.strictSame(listComplementary(block, pattern), ['young/Spain', 'old/Spain'])
  t.strictSame(await findFaults(block, pattern), faultless)
})

t.test('where zeros are printed, a pair of ones needs a partner that is no one', async t => {
  const { block, pattern } = await suppressDrawn(`
           a   b   c  total
    one   1*  1*   7      9
    two    4   6   5     15
    total  5   7  12     24`, { least: 1, required: [1, 3] })
  t.ok(listComplementary(block, pattern).length >= 3)
  t.strictSame(await findFaults(block, pattern), faultless)
})

t.test('of two areas that differ by a sliver the one that is worth less is suppressed', async t => {
  const block = compileBlock({
    id: 'sliver',
    cells: [
      { id: 'district', value: 20, weight: 4 }, { id: 'catchment', value: 18, weight: 3 },
      { id: 'sliver', value: 2, state: cellState.closed, rule: 'minimum-count', required: [0, 3] },
    ],
    equations: [partsThenSum([1, 2, 0])],
  })
  const pattern = await suppress(block)
  t.strictSame(listComplementary(block, pattern), ['catchment'])
  t.strictSame(await findFaults(block, pattern), faultless)
})

t.test('a block without anything to protect is printed as it is', async t => {
  const block = compileBlock({
    id: 'public',
    cells: [{ id: 'a', value: 1, state: cellState.known }, { id: 'b', value: 2.5, state: cellState.known }, { id: 'sum', value: 3.5, state: cellState.known }],
    equations: [partsThenSum([0, 1, 2])],
  })
  t.strictSame(await suppress(block), { printed: Uint8Array.of(1, 1, 1), certificates: [], proofs: new Int32Array(6).fill(-1), unprotected: new Int32Array(0) })
})

t.test('a cell that known cells pin down is left to the audit and suppresses nothing', async t => {
  const block = compileBlock({
    id: 'exposed',
    cells: [
      { id: 'small', value: 2, state: cellState.closed, rule: 'minimum-count', required: [0, 3] },
      { id: 'rest', value: 8, state: cellState.known }, { id: 'sum', value: 10, state: cellState.known }, { id: 'share', value: 2 },
    ],
    equations: [partsThenSum([0, 1, 2]), partsThenSum([0, 3])],
  })
  const pattern = await suppress(block)
  t.strictSame(pattern.unprotected, new Int32Array(0))
  t.strictSame(pattern.certificates, [])
})

t.test('a cell that has a rule is never printed, even if it was left open', async t => {
  const block = compileBlock({
    id: 'open',
    cells: [{ id: 'small', value: 1, rule: 'manual', required: [0, 2] }, { id: 'rest', value: 8 }, { id: 'sum', value: 9 }],
    equations: [partsThenSum([0, 1, 2])],
  })
  t.equal((await suppress(block)).printed[0], 0)
})

t.test('a cell that no pattern protects is named, and moved as far as it can be', async t => {
  // a + b = 8 and a − b <= 2, which no single equation tells: a is 5 at the most.
  const cells: DraftCell[] = [
    { id: 'a', value: 4, state: cellState.closed, rule: 'minimum-count', required: [4, 7] },
    { id: 'b', value: 4 }, { id: 'sum', value: 8, state: cellState.known }, { id: 'difference', value: 0, upper: 2 },
  ]
  const equations = [partsThenSum([0, 1, 2]), { cells: [0, 1, 3], coefficients: [1, -1, -1] }]
  const block = compileBlock({ id: 'twin', cells, equations })
  const pattern = await suppress(block)
  t.strictSame(pattern.unprotected, Int32Array.of(0))
  t.strictSame(pattern.printed, Uint8Array.of(0, 0, 1, 0))
  t.strictSame(pattern.proofs, new Int32Array(8).fill(-1))

  const stiff = compileBlock({ id: 'stiff', cells: cells.map(cell => cell.id === 'difference' ? { id: 'difference', value: 0, state: cellState.known } : cell), equations })
  t.strictSame(await suppress(stiff).then(({ printed, unprotected }) => [printed, unprotected]), [Uint8Array.of(0, 1, 1, 1), Int32Array.of(0)])
})

t.test('a cell of which no range is required must still not be computable, whichever way it moves', async t => {
  const block = compileBlock({
    id: 'loose',
    cells: [
      { id: 'manual', value: 5, state: cellState.closed, rule: 'manual' },
      { id: 'rest', value: 2, lower: 2 }, { id: 'sum', value: 7, upper: 7 },
    ],
    // The others allow it to fall, not to rise.
    equations: [partsThenSum([0, 1, 2])],
  })
  const pattern = await suppress(block)
  t.strictSame(pattern.unprotected, new Int32Array(0))
  t.equal(listComplementary(block, pattern).length, 1)
  t.strictSame(await findFaults(block, pattern), faultless)
})

t.test('half a person is no solution: where the cheapest movement is fractional, the cheapest whole one is taken', async t => {
  // A rise of the small cell by 1 takes half a rise of the second, or the third as well, or is a rise by 2.
  const build = (fallOfSpare: number, most: number) => compileBlock({
    id: 'odd',
    cells: [
      { id: 'small', value: 2, upper: most, state: cellState.closed, rule: 'minimum-count', required: [2, 3] },
      { id: 'half', value: 10 }, { id: 'spare', value: 18, weight: 5, lower: 18 - fallOfSpare },
    ],
    equations: [{ cells: [0, 1, 2], coefficients: [1, -2, 1] }],
  })
  for (const [fallOfSpare, most, expected] of [[5, 3, ['small+1', 'spare-1']], [0, 3, ['small+1', 'half+1', 'spare+1']], [0, 4, ['small+2', 'half+1']]] as const) {
    const block = build(fallOfSpare, most)
    const pattern = await suppress(block)
    const [certificate] = pattern.certificates
    t.strictSame([...certificate!.cells].map((cell, index) => `${block.cells[cell]}${certificate!.shifts[index]! > 0 ? '+' : ''}${certificate!.shifts[index]}`).sort(), [...expected].sort())
    t.strictSame(pattern.unprotected, new Int32Array(0))
  }
})

t.test('the only case of a cell cannot compute the other small cells', async t => {
  // Without insiders the two small cells protect one another; whoever is `one` knows `two`.
  const block = compileBlock({
    id: 'insider',
    cells: [
      { id: 'one', value: 1, state: cellState.closed, rule: 'minimum-count', required: [0, 3] },
      { id: 'two', value: 2, state: cellState.closed, rule: 'minimum-count', required: [0, 3] },
      { id: 'three', value: 30, weight: 5 },
      { id: 'sum', value: 33, weight: 20 },
    ],
    equations: [partsThenSum([0, 1, 2, 3])],
  })
  const withoutOne = { ...block, values: block.values.map((value, cell) => value + (cell === 0 || cell === 3 ? 4 : 0)), rules: Uint8Array.of(0, 1, 0, 0) }
  t.strictSame(listComplementary(withoutOne, await suppress(withoutOne)), [], 'nobody is the only case of five')
  t.strictSame(listComplementary(block, await suppress(block)), ['three'])
})

t.test('the same block gives the same pattern, whatever was suppressed before it', async t => {
  const [first, second] = [...generateBlocks({ ...kleinstadt, years: 1 }, 5, { zeros: 'open' })]
  const before = await suppress(first!)
  await suppress(second!)
  t.strictSame(await suppress(first!), before)
})

t.test('small towns are faultless, with and without printed zeros', async t => {
  for (const zeros of ['known', 'open'] as const) {
    for (const block of generateBlocks({ ...tiny, years: 3 }, 5, { zeros })) {
      const pattern = await suppress(block)
      t.strictSame([...pattern.unprotected], [])
      t.strictSame(await findFaults(block, pattern), faultless, block.id)
    }
  }
})

t.test('a long list of areas under one total is protected in parts', async t => {
  const random = seeded(4)
  const width = 3
  const values = Array.from({ length: 400 }, () => Array.from({ length: width - 1 }, () => Math.floor(random() ** 2 * 30)))
  const rows = [...values, values[0]!.map((_, group) => values.reduce((sum, row) => sum + row[group]!, 0))]
  const block = compileBlock({
    id: 'flat',
    cells: rows.flatMap((row, area) => [...row, row.reduce((sum, value) => sum + value)].map((value, group): DraftCell => ({
      id: `${area}/${group}`,
      value,
      weight: (area === 400 ? 100 : 1) * (group === width - 1 ? 2 : 1),
      lower: value === 0 ? 0 : 1,
      state: value === 0 ? cellState.known : value < 10 ? cellState.closed : cellState.open,
      ...(value > 0 && value < 10 && { rule: 'minimum-count' as const, required: [1, 10] as const }),
    }))),
    equations: [
      ...rows.map((_, area) => partsThenSum([0, 1, 2].map(group => area * width + group))),
      ...[0, 1, 2].map(group => partsThenSum(rows.map((_, area) => area * width + group))),
    ],
  })
  const pattern = await suppress(block)
  t.ok(block.rules.reduce((sum, rule) => sum + rule) > 250)
  t.strictSame([...pattern.unprotected], [])
  t.equal((await auditBlock(block, pattern, { explanations: false })).badCertificates, 0)
})

t.test('no protected cell has a narrower range than required, nor for insiders one value, among all tables there are', async t => {
  // Two rows of three with margins, and an area that cuts across: a + e. Every inner cell is 0 to 3.
  const tables = Array.from({ length: 4 ** 6 }, (_, code) => {
    const [a, b, c, d, e, f] = [0, 1, 2, 3, 4, 5].map(place => Math.floor(code / 4 ** place) % 4) as [number, number, number, number, number, number]
    return [a, b, c, a + b + c, d, e, f, d + e + f, a + d, b + e, c + f, a + b + c + d + e + f, a + e]
  })
  const sums = [[0, 1, 2, 3], [4, 5, 6, 7], [0, 4, 8], [1, 5, 9], [2, 6, 10], [3, 7, 11], [8, 9, 10, 11], [0, 5, 12]]
  const random = seeded(21)
  let [primaries, unprotected, badCertificates] = [0, 0, 0]
  const faults: string[] = []
  for (let round = 0; round < 400; round++) {
    const truth = tables[Math.floor(random() * tables.length)]!
    // Half of the time zeros are printed, so that the rest is known to be at least 1.
    const least = random() < 0.5 ? 1 : 0
    const share = random() * 0.4
    const block = compileBlock({
      id: `round ${round}`,
      cells: truth.map((value, cell): DraftCell => {
        const lower = value === 0 ? 0 : least
        const upper = [0, 1, 2, 4, 5, 6].includes(cell) ? 3 : Infinity
        const weight = 1 + random()
        if ((least === 1 && value === 0) || random() < share / 2) return { id: `cell-${cell}`, value, lower, upper, weight, state: cellState.known }
        if (random() >= share + (value < 3 ? 0.2 : 0)) return { id: `cell-${cell}`, value, lower, upper, weight }
        return { id: `cell-${cell}`, value, lower, upper, weight, state: cellState.closed, rule: 'minimum-count', required: [lower, Math.max(value, 3)] }
      }),
      equations: sums.map(partsThenSum),
    })
    const pattern = await suppress(block)
    const fits = (table: number[], isFixed: (cell: number) => boolean) => table.every((value, cell) => isFixed(cell) ? value === truth[cell] : value >= block.lower[cell]!)
    const isKnown = (cell: number) => block.states[cell] === cellState.known
    const possible = tables.filter(table => fits(table, cell => pattern.printed[cell] === 1 || isKnown(cell)))
    const atBest = tables.filter(table => fits(table, isKnown))
    const needed = attainableRanges(block)
    const isMet = (cell: number, among: number[][]) => among.some(table => table[cell]! <= needed.lower[cell]!) && among.some(table => table[cell]! >= needed.upper[cell]!)
    const insiders = [...truth.keys()].filter(cell => truth[cell] === 1 && pattern.printed[cell] === 0)
    for (const cell of truth.keys()) {
      if (block.rules[cell] === 0 || needed.exposed.includes(cell)) continue
      primaries++
      if (pattern.unprotected.includes(cell)) {
        unprotected++
        if (isMet(cell, atBest)) faults.push(`${block.id}: ${cell} could be protected`)
      } else if (!isMet(cell, possible)) {
        faults.push(`${block.id}: ${cell} is narrower than required`)
      }
      for (const own of insiders) {
        const differs = (among: number[][]) => among.some(table => table[own] === 1 && table[cell] !== truth[cell])
        if (own !== cell && !differs(possible) && differs(atBest)) faults.push(`${block.id}: ${own} computes ${cell}`)
      }
    }
    badCertificates += (await auditBlock(block, pattern, { explanations: false })).badCertificates
  }
  t.strictSame(faults, [])
  t.ok(primaries > 1000 && unprotected < 20, `${primaries} protected cells, ${unprotected} of which nothing protects`)
  t.equal(badCertificates, 0)
})

t.test('the simplex agrees with HiGHS on what can be met and at what price', async t => {
  const { default: load } = await import('highs')
  const highs = await (load as unknown as typeof load.default)()
  const random = seeded(7)
  const pick = (most: number) => Math.floor(random() * (most + 1))
  const simplex = new Simplex()
  const differences: string[] = []
  let feasible = 0
  const programs = 1500
  for (let round = 0; round < programs; round++) {
    const [rows, columns] = [1 + pick(7), 2 + pick(14)]
    const matrix = Array.from({ length: rows }, () => Array.from({ length: columns }, () => random() < 0.35 ? [1, -1, 1, -1, 2][pick(4)]! : 0))
    const bound = () => random() < 0.1 ? Infinity : random() < 0.15 ? 0 : 1 + pick(6)
    const bounds = Array.from({ length: columns }, () => [bound(), bound()] as const)
    const costs = Array.from({ length: columns }, () => random() < 0.3 ? 1e-5 : 1 + pick(20) / 4)
    const demands = matrix.map(() => random() < 0.5 ? 0 : pick(8) - 4)
    simplex.begin(rows, columns)
    matrix.forEach((row, i) => row.forEach((entry, column) => { if (entry !== 0) simplex.add(i, column, entry) }))
    bounds.forEach(([fall, rise], column) => { [simplex.lower[column], simplex.upper[column]] = [-fall, rise] })
    simplex.cost.set(costs)
    simplex.demand.set(demands)
    const isSolved = simplex.solve()

    const entries = [1, -1].flatMap(sign => costs.map((_, column) => matrix.flatMap((row, i) => row[column] === 0 ? [] : [{ i, value: sign * row[column]! }])))
    const status = highs.withModel({
      numCols: 2 * columns,
      numRows: rows,
      colCost: [...costs, ...costs],
      colLower: new Array(2 * columns).fill(0),
      colUpper: [...bounds.map(([, rise]) => rise), ...bounds.map(([fall]) => fall)].map(value => value === Infinity ? highs.infinity : value),
      rowLower: demands,
      rowUpper: demands,
      matrix: {
        format: 'csc',
        numRows: rows,
        numCols: 2 * columns,
        starts: entries.reduce((starts, column) => [...starts, starts.at(-1)! + column.length], [0]),
        indices: entries.flat().map(({ i }) => i),
        values: entries.flat().map(({ value }) => value),
      },
    }, model => {
      model.options.set({ output_flag: false })
      model.run()
      return model.getModelStatus() === highs.constants.modelStatus.optimal ? model.getObjectiveValue() : undefined
    })
    if (isSolved !== (status !== undefined)) {
      differences.push(`program ${round}: ${isSolved} against ${status}`)
      continue
    }
    if (status === undefined) continue
    feasible++
    const price = costs.reduce((sum, cost, column) => sum + cost * Math.abs(simplex.x[column]!), 0)
    if (Math.abs(price - status) > 1e-6 * (1 + status)) differences.push(`program ${round}: ${price} against ${status}`)
    const isMet = matrix.every((row, i) => Math.abs(row.reduce((sum, entry, column) => sum + entry * simplex.x[column]!, 0) - demands[i]!) < 1e-6)
    const isWithin = bounds.every(([fall, rise], column) => simplex.x[column]! >= -fall - 1e-6 && simplex.x[column]! <= rise + 1e-6)
    if (!isMet || !isWithin) differences.push(`program ${round}: not met`)
  }
  t.strictSame(differences, [])
  t.ok(feasible > 500 && programs - feasible > 200, `${feasible} of ${programs} can be met`)
})

function seeded (seed: number): () => number {
  let state = seed
  return () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0
    return state / 2 ** 32
  }
}
