import t from 'tap'
import { missing, observed, suppressed } from '../../core/cell.ts'
import { summariseCells } from '../../core/statistics.ts'

t.test('a summary speaks of printed cells only, and names everybody who shares an extreme', async t => {
  const cells = [observed(3), suppressed, observed(-2), missing('pending'), observed(3)]
  t.strictSame(summariseCells(cells), {
    areaCount: 5,
    printedCount: 3,
    suppressedCount: 1,
    missingCount: 1,
    lowest: { value: -2, indices: [2] },
    highest: { value: 3, indices: [0, 4] },
  })
})

t.test('nothing printed has no extremes', async t => {
  t.match(summariseCells([suppressed]), { printedCount: 0, lowest: null, highest: null })
})
