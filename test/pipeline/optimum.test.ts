import t from 'tap'
import { auditBlock } from '../../audit/cells.ts'
import { findOptimum } from '../../bench/protect/exact.ts'
import { compareWithOptimum, listSmallBlocks } from '../../bench/protect/gap.ts'
import { generateBlocks, kleinstadt, tiny } from '../../bench/protect/towns.ts'
import { cellState, compileBlock, type Block } from '../../core/release.ts'
import { suppress } from '../../pipeline/protect/suppress.ts'

/** Fischetti and Salazar 2000: three regions, three activities, and the 22 is one company too few. */
const companies = [
  [20, 50, 10, 80],
  [8, 19, 22, 49],
  [17, 32, 12, 61],
  [45, 101, 44, 190],
]

t.test('the optimum of the textbook table is 8, 17 and 12', async t => {
  const optimum = await findOptimum(toBlock(companies, 22, [5, 30]))
  t.ok(optimum)
  t.equal(optimum!.cost, 37)
  t.equal(optimum!.atLeast, 37)
  t.strictSame(optimum!.suppressed.map(cell => companies.flat()[cell]), [8, 17, 12])
})

t.test('a cell that two known sums pin down together has no optimum', async t => {
  // Attainable ranges look at one equation at a time and do not see it.
  t.equal(await findOptimum(twin()), undefined)
})

t.test('a pattern loses the reader at most a tenth more than the cheapest one possible', async t => {
  const gap = await compareWithOptimum([
    ...listSmallBlocks({ ...tiny, years: 1 }, [106, 107, 109]),
    // Two subgroups of fewer people: more small counts, and a solver that is done sooner.
    ...listSmallBlocks({ ...tiny, years: 1, subgroups: [0.6, 0.4], medianInhabitants: 250 }, [105, 106, 107, 108, 109, 110]),
  ])
  t.ok(gap.instances >= 30, `${gap.instances} small towns with an optimum`)
  t.equal(gap.unprotected, 0)
  t.ok(gap.cost <= 1.10 * gap.optimum, `${gap.cost.toFixed(1)} against ${gap.optimum.toFixed(1)}`)
  t.ok(gap.cost >= gap.optimum - 1e-6, 'nothing is cheaper than the optimum')
})

t.test('a town whose districts are cut by catchment areas is wholly protected', async t => {
  for (const minimumCount of [3, 5, 10]) {
    const found = { primaries: 0, unprotected: 0, exact: 0, narrow: 0, badCertificates: 0 }
    for (const block of generateBlocks({ ...kleinstadt, years: 2 }, minimumCount, { zeros: 'open' })) {
      const pattern = await suppress(block)
      const verdict = await auditBlock(block, pattern)
      found.primaries += verdict.protectedCells
      found.unprotected += pattern.unprotected.length
      found.exact += verdict.exact.length
      found.narrow += verdict.narrow.length
      found.badCertificates += verdict.badCertificates
    }
    t.ok(found.primaries > 500, `${found.primaries} small counts below ${minimumCount}`)
    t.match(found, { unprotected: 0, exact: 0, narrow: 0, badCertificates: 0 })
  }
})

/** A table with its totals; the values are their own weights. */
function toBlock (table: ReadonlyArray<readonly number[]>, sensitive: number, required: [number, number]): Block {
  const width = table[0]!.length
  const cell = (row: number, column: number) => row * width + column
  const line = (cells: number[]) => ({ cells, coefficients: cells.map((_, index) => index + 1 === cells.length ? -1 : 1) })
  return compileBlock({
    id: 'table',
    cells: table.flat().map((value, index) => ({
      id: `cell-${index}`,
      value,
      weight: value,
      state: value === sensitive ? cellState.closed : cellState.open,
      ...(value === sensitive && { rule: 'minimum-count', required }),
    })),
    equations: [
      ...table.map((_, row) => line(table[0]!.map((_, column) => cell(row, column)))),
      ...table[0]!.map((_, column) => line(table.map((_, row) => cell(row, column)))),
    ],
  })
}

/** Two cells of which the sum and the difference are known. */
function twin (): Block {
  return compileBlock({
    id: 'twin',
    cells: [
      { id: 'a', value: 2, state: cellState.closed, rule: 'minimum-count', required: [1, 3], upper: 4 },
      { id: 'b', value: 2, upper: 4 },
      { id: 'sum', value: 4, state: cellState.known },
      { id: 'difference', value: 0, state: cellState.known },
    ],
    equations: [
      { cells: [0, 1, 2], coefficients: [1, 1, -1] },
      { cells: [0, 1, 3], coefficients: [1, -1, -1] },
    ],
  })
}
