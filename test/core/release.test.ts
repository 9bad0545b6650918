import fc from 'fast-check'
import t from 'tap'
import { attainableRanges, cellState, compileBlock, findFailingEquation, propagateBounds, type BlockDraft } from '../../core/release.ts'

/** A town and three areas. */
const town = (values: readonly number[], more: Partial<Record<number, object>> = {}): BlockDraft => ({
  id: 'town',
  cells: ['total', 'a', 'b', 'c'].map((id, cell) => ({ id, value: values[cell]!, ...more[cell] })),
  equations: [{ cells: [0, 1, 2, 3], coefficients: [1, -1, -1, -1] }],
})

t.test('a table that does not add up is named with its equation, and never compiled', async t => {
  const draft = town([64, 20, 41, 4])
  t.equal(findFailingEquation(draft), draft.equations[0])
  t.throws(() => compileBlock(draft), { name: 'RangeError', message: /total.*a.*b.*c/ })
  t.equal(findFailingEquation(town([64, 20, 41, 3])), undefined)
})

t.test('a cell outside its own bounds or required range is refused', async t => {
  t.throws(() => compileBlock(town([64, 20, 41, 3], { 3: { upper: 2 } })), { message: /^c does not lie/ })
  t.throws(() => compileBlock(town([64, 20, 41, 3], { 3: { rule: 'minimum-count', required: [4, 5] } })), { message: /^c does not lie/ })
  t.throws(() => compileBlock(town([64.5, 20.5, 41, 3])), { message: /does not lie/ }, 'a count that is not whole')
})

t.test('equations can be read by row and by cell', async t => {
  const { equations, incidence } = compileBlock(town([64, 20, 41, 3]))
  t.strictSame([...equations.columns], [0, 1, 2, 3])
  t.strictSame([...incidence.starts], [0, 1, 2, 3, 4])
  t.strictSame([...incidence.coefficients], [1, -1, -1, -1])
})

t.test('what is known bounds the rest, from both sides', async t => {
  const block = compileBlock(town([64, 20, 41, 3]))
  const all = propagateBounds(block, cell => cell < 3)
  t.strictSame([all.lower[3], all.upper[3]], [3, 3], '64 - 20 - 41')
  const some = propagateBounds(block, cell => cell < 2)
  t.strictSame([some.lower[3], some.upper[3]], [0, 44])
  const none = propagateBounds(block, () => false)
  t.strictSame([none.lower[3], none.upper[3]], [0, Infinity])
})

t.test('a required range is cut to what known cells leave; a cell pinned down by them is exposed', async t => {
  const small = { rule: 'minimum-count', required: [0, 5], state: cellState.closed } as const
  const known = { state: cellState.known }
  const cut = attainableRanges(compileBlock(town([4, 0, 1, 3], { 0: known, 3: small })))
  t.strictSame([cut.lower[3], cut.upper[3]], [0, 4])
  t.strictSame(cut.exposed, [])
  t.strictSame(attainableRanges(compileBlock(town([64, 20, 41, 3], { 0: known, 1: known, 2: known, 3: small }))).exposed, [3])
})

t.test('what rounded figures say together is no excuse for a narrower range', async t => {
  const rounded = (lower: number, upper: number) => ({ state: cellState.rounded, lower, upper })
  const block = compileBlock(town([12, 10, 1, 1], { 0: rounded(8, 12), 1: rounded(8, 12), 3: { rule: 'minimum-count', required: [0, 5], state: cellState.closed } }))
  const { lower, upper, exposed } = attainableRanges(block)
  t.strictSame([lower[3], upper[3], exposed], [0, 5, []])
  t.equal(propagateBounds(block, () => false).upper[3], 4, 'twelve less eight')
})

t.test('bounds never exclude a table that fits, whatever is known', async () => {
  const counts = fc.tuple(...Array.from({ length: 4 }, () => fc.nat(4)))
  fc.assert(fc.property(counts, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }), ([a, b, c, part], known) => {
    // total = a + b + c, and a + part = whole: two equations that share a cell
    const valuesOf = (a: number, b: number, c: number, part: number) => [a + b + c, a, b, c, part, a + part]
    const values = valuesOf(a!, b!, c!, part!)
    const block = compileBlock({
      id: 'two',
      cells: values.map((value, cell) => ({ id: String(cell), value })),
      equations: [{ cells: [0, 1, 2, 3], coefficients: [1, -1, -1, -1] }, { cells: [1, 4, 5], coefficients: [1, 1, -1] }],
    })
    const { lower, upper } = propagateBounds(block, cell => known[cell]!)
    const range = [0, 1, 2, 3, 4, 5, 6]
    for (const x of range) {
      for (const y of range) {
        for (const z of range) {
          for (const w of range) {
            const other = valuesOf(x, y, z, w)
            if (other.some((value, cell) => known[cell] && value !== values[cell])) continue
            if (other.some((value, cell) => value < lower[cell]! || value > upper[cell]!)) return false
          }
        }
      }
    }
    return true
  }), { numRuns: 150 })
})
