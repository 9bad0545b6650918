import t from 'tap'
import { auditBlock } from '../../audit/cells.ts'
import { countBadCertificates } from '../../audit/certificates.ts'
import { splitComponents } from '../../audit/component.ts'
import { findIntegerOptimum } from '../../audit/integer-optimum.ts'
import { LinearProgram } from '../../audit/linear-program.ts'
import { isSafe } from '../../audit/verdict.ts'
import { generateBlocks, s1, tiny } from '../../bench/protect/towns.ts'
import type { Pattern } from '../../core/certificate.ts'
import { cellState, compileBlock, propagateBounds, type Block, type DraftCell, type SparseRows } from '../../core/release.ts'
import { suppress } from '../../pipeline/protect/suppress.ts'
import { drawTable, partsThenSum, patternOf } from './draw-table.ts'

const small = (id: string, value: number, required: readonly [number, number] = [0, 3]): DraftCell => ({ id, value, state: cellState.closed, rule: 'minimum-count', required })
const printed = (id: string, value: number): DraftCell => ({ id, value })

t.test('the explanation is the arithmetic a reader would do, with the cells behind its numbers', async t => {
  const block = compileBlock({ id: 'row', cells: [printed('a', 20), printed('b', 41), small('c', 3), printed('all', 64)], equations: [partsThenSum([0, 1, 2, 3])] })
  const { exact, narrow, protectedCells, lps } = await auditBlock(block, patternOf(block, [2]), { certificates: false })
  t.strictSame(exact, [{ cell: 'c', lower: 3, upper: 3, required: [0, 3], arithmetic: 'x = 64 - 20 - 41', uses: ['all', 'a', 'b'] }])
  t.strictSame([narrow.length, protectedCells, lps], [0, 1, 0])
})

t.test('cells that solve each other one by one are explained to the end', async t => {
  const block = compileBlock({
    id: 'chain',
    cells: [printed('north', 30), { id: 'south', value: 12, state: cellState.closed }, printed('town', 42), small('south women', 2), printed('south men', 10)],
    equations: [partsThenSum([0, 1, 2]), partsThenSum([3, 4, 1])],
  })
  t.match((await auditBlock(block, patternOf(block, [1, 3]))).exact, [{ cell: 'south women', arithmetic: 'x = 42 - 10 - 30', uses: ['town', 'south men', 'north'] }])
})

t.test('what stays possible but not far enough is narrow, and says from where to where', async t => {
  const { block, pattern } = drawTable(`
           a   b  all
    one   2*  7.    9
    two   3.   4.   7
    all    5  11   16`, { required: [0, 9] })
  const { exact, narrow } = await auditBlock(block, pattern, { certificates: false })
  t.strictSame(exact, [])
  t.strictSame(narrow, [{ cell: 'one/a', lower: 0, upper: 5, required: [0, 9], arithmetic: '0 <= x <= 5', uses: ['one/a', 'all/a'] }])
  const { block: wide } = drawTable(`
           a   b  all
    one   2*  7.    9
    two   3.   4.   7
    all    5  11   16`, { required: [0, 5] })
  t.strictSame((await auditBlock(wide, pattern, { certificates: false })).narrow, [], 'the same pattern where less is required')
})

t.test('a primary that is printed itself is known, and so is one of which the atlas only thinks that it is not printed', async t => {
  const block = compileBlock({ id: 'row', cells: [small('a', 2), printed('b', 5), printed('all', 7)], equations: [partsThenSum([0, 1, 2])] })
  t.match((await auditBlock(block, patternOf(block, []))).exact, [{ cell: 'a', arithmetic: 'x = 2', uses: ['a'] }])
  const closed = compileBlock({ id: 'row', cells: [{ id: 'a', value: 9, state: cellState.closed }], equations: [] })
  t.match((await auditBlock(closed, patternOf(closed, []))).exact, [{ cell: 'a' }], 'and one that was suppressed in an earlier edition')
  await t.rejects(auditBlock(block, { ...patternOf(block, []), printed: new Uint8Array(2) }), { message: 'row: the pattern has 2 cells, the block 3' })
})

t.test('what follows from rounded figures is a fault of the pattern, and a rounded figure is not printed as it is', async t => {
  const rounded = (id: string, value: number, lower: number, upper: number): DraftCell => ({ id, value, lower, upper, state: cellState.rounded })
  const block = compileBlock({ id: 'row', cells: [small('a', 1), rounded('b', 11, 8, 12), rounded('all', 12, 8, 12)], equations: [partsThenSum([0, 1, 2])] })
  t.strictSame((await auditBlock(block, patternOf(block, [0, 1, 2]), { certificates: false })).narrow, [], '0 to 4 is more than 0 to 3')
  const tight = compileBlock({ id: 'row', cells: [small('a', 1), rounded('b', 12, 8, 12), rounded('all', 13, 13, 17)], equations: [partsThenSum([0, 1, 2])] })
  t.match((await auditBlock(tight, patternOf(tight, [0, 1, 2]), { certificates: false })).narrow, [{ cell: 'a', lower: 1, required: [0, 3] }])
  t.match((await auditBlock(block, { ...patternOf(block, [0, 1, 2]), printed: Uint8Array.of(0, 1, 0) })).exact, [{ cell: 'b' }])
})

t.test('what known cells alone give away is exposed, and no fault of the pattern', async t => {
  const known = (id: string, value: number) => ({ id, value, state: cellState.known })
  const block = compileBlock({ id: 'row', cells: [small('a', 2), known('b', 5), known('all', 7)], equations: [partsThenSum([0, 1, 2])] })
  const verdict = await auditBlock(block, patternOf(block, [0]))
  t.match(verdict.exposed, [{ cell: 'a', lower: 2, upper: 2, arithmetic: 'x = 7 - 5', uses: ['all', 'b'] }])
  t.ok(isSafe(verdict))
})

t.test('a cell that the suppressor gives up is exposed only if known cells alone really do not leave it more', async t => {
  // Three pairs with known sums make a triangle: together they give each part, one by one they do not.
  const pairs = (state: number) => compileBlock({
    id: 'triangle',
    cells: [small('a', 1), small('b', 2), small('c', 1), { id: 'ab', value: 3, state }, { id: 'bc', value: 3, state }, { id: 'ac', value: 2, state }],
    equations: [partsThenSum([0, 1, 3]), partsThenSum([1, 2, 4]), partsThenSum([0, 2, 5])],
  })
  const givenUp = (block: Block) => ({ ...patternOf(block, [0, 1, 2]), unprotected: Int32Array.of(0, 1, 2) })
  const hopeless = await auditBlock(pairs(cellState.known), givenUp(pairs(cellState.known)))
  t.strictSame([hopeless.exposed.length, hopeless.exact.length, hopeless.badCertificates], [3, 0, 0])
  t.strictSame([hopeless.exposed[0]!.arithmetic, hopeless.exposed[0]!.uses], ['x = (3 + 2 - 3) / 2', ['ab', 'ac', 'bc']])
  const lazy = await auditBlock(pairs(cellState.open), givenUp(pairs(cellState.open)))
  t.strictSame([lazy.exposed.length, lazy.exact.length], [0, 3], 'pairs could have been suppressed too')
  t.ok(lazy.badCertificates > 0)
})

t.test('a value that only fractions of people could reach does not count as possible', async t => {
  // In two triangles no two corners of one may be 1 together: the sum is at most 2, with halves it would be 3.
  const corner = (id: string): DraftCell => ({ id, value: 0, upper: 1, state: cellState.closed })
  const corners = ['a', 'b', 'c', 'd', 'e', 'f']
  const edges = [[0, 1], [1, 2], [0, 2], [3, 4], [4, 5], [3, 5]]
  const block = compileBlock({
    id: 'triangles',
    cells: [...corners.map(corner), ...edges.map((_, index) => corner(`edge-${index}`)), small('sum', 0, [0, 3])],
    equations: [...edges.map(([from, to], index) => partsThenSum([from!, to!, 6 + index])), partsThenSum([0, 1, 2, 3, 4, 5, 12])],
  })
  const verdict = await auditBlock(block, patternOf(block, [...block.cells.keys()]), { certificates: false })
  t.match(verdict.narrow, [{ cell: 'sum', lower: 0, upper: 2, required: [0, 3], arithmetic: '0 <= x <= 2' }])
  t.ok(verdict.integerChecks > 0)
})

t.test('every explanation comes out at what it explains, and nearly every finding has one', async t => {
  let [findings, plain, wrong] = [0, 0, 0]
  for (const block of generateBlocks({ ...tiny, years: 3 }, 5)) {
    const { exact, narrow } = await auditBlock(block, patternOf(block, [...block.cells.keys()].filter(cell => block.rules[cell] !== 0)), { certificates: false })
    for (const { lower, upper, arithmetic, uses } of [...exact, ...narrow]) {
      findings++
      if (uses.length === 0) plain++
      const sides = arithmetic.startsWith('x = ') ? [arithmetic.slice(4), arithmetic.slice(4)] : arithmetic.split(' <= x <= ')
      const numbers = arithmetic.match(/(?<![/*] )\b\d+\b(?! \*)/g)!
      if (Math.ceil(evaluate(sides[0]!) - 1e-6) !== lower || Math.floor(evaluate(sides[1]!) + 1e-6) !== upper) wrong++
      // Printed numbers are those of their cells.
      uses.forEach((id, index) => {
        const cell = block.cells.indexOf(id)
        if (block.rules[cell] === 0 && Number(numbers[index]) !== block.values[cell]) wrong++
      })
    }
  }
  t.equal(wrong, 0)
  t.ok(findings > 20 && plain <= 0.05 * findings, `${findings} findings, ${plain} without explanation`)
})

t.test('whoever is the only case of a cell must not be able to compute another one', async t => {
  const { block, pattern } = drawTable(`
           a   b   c  all
    one   1*  2*   6    9
    two    4   5   6   15
    all    5   7  12   24`, { required: [0, 3] })
  const rowsOnly = patternOf(block, [0, 1, 4, 5, 8, 9])
  const { insiders, exact } = await auditBlock(block, rowsOnly, { certificates: false })
  t.strictSame(exact, [])
  t.match(insiders, [{ cell: 'one/b', lower: 2, upper: 2, arithmetic: 'x = 9 - 1 - 6', uses: ['one/all', 'one/a', 'one/c'] }])
  t.notOk(isSafe({ ...await auditBlock(block, rowsOnly), badCertificates: 0 }))
  t.strictSame((await auditBlock(block, patternOf(block, [0, 1, 2, 4, 5, 6, 8, 9, 10]), { certificates: false })).insiders, [], 'a third cell hides it')
  t.strictSame((await auditBlock(block, pattern, { certificates: false })).insiders, [], 'what everybody can compute is no matter of insiders')
  const sure = compileBlock({ id: 'pair', cells: [small('a', 1, [0, 3]), small('b', 2, [0, 3]), { id: 'all', value: 3, state: cellState.known }], equations: [partsThenSum([0, 1, 2])] })
  t.strictSame((await auditBlock(sure, patternOf(sure, [0, 1]), { certificates: false })).insiders, [], 'nothing could be done about this one')
})

t.test('the linear program finds the same ends as HiGHS', async t => {
  const random = seeded(5)
  const { default: load } = await import('highs')
  const { solve } = await (load as unknown as typeof load.default)()
  let [compared, differences, unbounded] = [0, 0, 0]
  while (compared < 600) {
    const [width, height] = [4 + Math.floor(random() * 12), 2 + Math.floor(random() * 7)]
    const rows = randomRows(random, height, width)
    const lower = Float64Array.from({ length: width }, () => -Math.floor(random() * 6))
    const upper = Float64Array.from({ length: width }, () => random() < 0.15 ? Infinity : Math.floor(random() * 6))
    const program = new LinearProgram(rows, lower, upper)
    // Several questions to one program: each starts where the last one ended.
    for (let question = 0; question < 4; question++) {
      const [column, direction] = [Math.floor(random() * width), random() < 0.5 ? 1 : -1] as const
      const { Status: status, ObjectiveValue: value } = solve(toText(rows, lower, upper, column, direction), { output_flag: false })
      const expected = status === 'Optimal' ? value : direction * Infinity
      const found = program.push(column, direction)
      if (!(found === expected || Math.abs(found - expected) < 1e-6)) differences++
      if (expected === direction * Infinity) unbounded++
      compared++
    }
  }
  t.equal(differences, 0, `${compared} problems, ${unbounded} of them unbounded`)
})

t.test('the intervals of whole tables are those of the integer solver', async t => {
  let [compared, differences] = [0, 0]
  const [block] = generateBlocks({ ...tiny, seed: 7 }, 5)
  const pattern = patternOf(block!, [...block!.cells.keys()].filter(cell => block!.states[cell] !== cellState.known && cell % 4 !== 0))
  const { intervals } = await auditBlock(block!, pattern, { intervals: true, certificates: false, explanations: false })
  const isKnown = Uint8Array.from(block!.states, (state, cell) => state === cellState.known ? 1 : pattern.printed[cell]!)
  for (const component of splitComponents(block!, isKnown, propagateBounds(block!, cell => isKnown[cell] === 1))) {
    for (const [column, cell] of component.cells.entries()) {
      const value = block!.values[cell]!
      if (await findIntegerOptimum(component, column, 1) !== intervals!.upper[cell]! - value) differences++
      if (await findIntegerOptimum(component, column, -1) !== intervals!.lower[cell]! - value) differences++
      compared += 2
    }
  }
  t.equal(differences, 0)
  t.ok(compared > 20, `${compared} ends`)
})

t.test('of what the suppressor returns nothing leaks, and every changed number of a certificate is noticed', async t => {
  let [mutations, missed] = [0, 0]
  for (const block of generateBlocks({ ...tiny, years: 2 }, 5)) {
    const pattern = await suppress(block)
    const verdict = await auditBlock(block, pattern)
    t.ok(isSafe(verdict), block.id)
    for (const [index, certificate] of pattern.certificates.entries()) {
      for (const entry of certificate.cells.keys()) {
        const changed = (change: (certificate: { cells: Int32Array, shifts: Int32Array }) => void): Pattern => {
          const copy = { cells: certificate.cells.slice(), shifts: certificate.shifts.slice() }
          change(copy)
          return { ...pattern, certificates: pattern.certificates.with(index, copy) }
        }
        const mutants = [
          changed(({ shifts }) => { shifts[entry]!++ }),
          changed(({ shifts }) => { shifts[entry]!-- }),
          changed(({ shifts }) => { shifts[entry] = 0 }),
          changed(({ cells }) => { cells[entry] = pattern.printed.indexOf(1) }),
          changed(({ cells }) => { cells[entry] = cells[(entry + 1) % cells.length]! }),
          changed(({ cells }) => { cells[entry] = block.cells.length }),
          { ...pattern, certificates: pattern.certificates.with(index, { cells: certificate.cells.filter((_, place) => place !== entry), shifts: certificate.shifts.filter((_, place) => place !== entry) }) },
        ]
        mutations += mutants.length
        missed += mutants.filter(mutant => countBadCertificates(block, mutant) === 0).length
      }
    }
    for (const [place, proof] of pattern.proofs.entries()) {
      if (proof < 0) continue
      mutations += 2
      for (const other of [-1, pattern.certificates.length]) {
        if (countBadCertificates(block, { ...pattern, proofs: pattern.proofs.with(place, other) }) === 0) missed++
      }
    }
  }
  t.equal(missed, 0)
  t.ok(mutations > 500, `${mutations} mutations`)
})

t.test('a certificate that leaves what everybody knows is bad', async t => {
  const block = compileBlock({
    id: 'pair',
    cells: [{ ...small('a', 2, [1, 3]), upper: 3 }, { id: 'b', value: 2, lower: 1, state: cellState.closed }, printed('all', 4)],
    equations: [partsThenSum([0, 1, 2])],
  })
  const pattern = (shift: number): Pattern => ({
    ...patternOf(block, [0, 1]),
    certificates: [{ cells: Int32Array.of(0, 1), shifts: Int32Array.of(shift, -shift) }, { cells: Int32Array.of(0, 1), shifts: Int32Array.of(-1, 1) }],
    proofs: Int32Array.of(1, 0, -1, -1, -1, -1),
  })
  t.strictSame([1, 2].map(shift => countBadCertificates(block, pattern(shift))), [0, 2], 'a table that is none proves nothing either')
  t.equal(countBadCertificates(block, { ...pattern(1), proofs: Int32Array.of(0, 1, -1, -1, -1, -1) }), 2, 'up is not down')
})

t.test('to print any single secondary cell breaks the certificates that it stands in, and the intruder sees it nearly always', async t => {
  const counts = { secondaries: 0, certified: 0, byCertificates: 0, byIntruder: 0 }
  for (const design of [tiny, { ...s1, families: 1, years: 1 }]) {
    for (const block of generateBlocks(design, 3)) {
      const pattern = await suppress(block)
      const certified = new Set(pattern.certificates.flatMap(({ cells }) => [...cells]))
      for (const [cell, isPrinted] of pattern.printed.entries()) {
        if (isPrinted === 1 || block.states[cell] !== cellState.open || block.rules[cell] !== 0) continue
        const mutant = { ...pattern, printed: pattern.printed.with(cell, 1) }
        const { exact, narrow, insiders, badCertificates } = await auditBlock(block, mutant, { explanations: false })
        counts.secondaries++
        if (certified.has(cell)) counts.certified++
        if (badCertificates > 0) counts.byCertificates++
        if (exact.length + narrow.length + insiders.length > 0) counts.byIntruder++
      }
    }
  }
  t.equal(counts.byCertificates, counts.certified)
  t.ok(counts.certified >= 0.95 * counts.secondaries, 'the others only keep insiders away')
  t.ok(counts.byIntruder >= 0.94 * counts.secondaries, JSON.stringify(counts))
  t.ok(counts.secondaries > 100)
})

/** `1 + 2 * 3 - 4`, `(5 - 3) / 2` */
function evaluate (expression: string): number {
  const [, sum, divisor = '1'] = /^\(?([^)/]+?)\)?(?: \/ (\d+))?$/.exec(expression)!
  return sum!.replaceAll(' - ', ' + -').split(' + ').reduce((total, term) => total + term.split(' * ').reduce((product, factor) => product * Number(factor), 1), 0) / Number(divisor)
}

function randomRows (random: () => number, height: number, width: number): SparseRows {
  const rows = Array.from({ length: height }, () => Array.from({ length: width }, (_, column) => ({ column, coefficient: random() < 0.6 ? 0 : [1, 1, 1, -1, -1, 2][Math.floor(random() * 6)]! })).filter(({ coefficient }) => coefficient !== 0))
  const starts = [0]
  for (const row of rows) starts.push(starts.at(-1)! + row.length)
  return { starts: Int32Array.from(starts), columns: Int32Array.from(rows.flat(), ({ column }) => column), coefficients: Int8Array.from(rows.flat(), ({ coefficient }) => coefficient) }
}

function toText ({ starts, columns, coefficients }: SparseRows, lower: Float64Array, upper: Float64Array, column: number, direction: number): string {
  const constraints = Array.from(starts.subarray(1), (end, row) => Array.from(columns.subarray(starts[row]!, end), (other, index) => {
    const coefficient = coefficients[starts[row]! + index]!
    return `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} c${other}`
  }).join(' ')).filter(text => text !== '').map(text => `${text} = 0`)
  const bounds = Array.from(lower, (low, other) => `${low} <= c${other} <= ${upper[other] === Infinity ? '+inf' : upper[other]}`)
  return [direction > 0 ? 'Maximize' : 'Minimize', `c${column}`, 'Subject To', ...constraints, 'Bounds', ...bounds, 'End'].join('\n')
}

function seeded (seed: number): () => number {
  let state = seed
  return () => {
    state = Math.imul(state, 1664525) + 1013904223 >>> 0
    return state / 2 ** 32
  }
}
