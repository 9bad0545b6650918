import t from 'tap'
import { comparePeriods, getPeriod, isDate, parsePeriod } from '../../core/period.ts'

t.test('each form of a period is read with its first and last day', async t => {
  const cases: Array<[text: string, kind: string, from: string, to: string]> = [
    ['2024-12-31', 'date', '2024-12-31', '2024-12-31'],
    ['2024', 'year', '2024-01-01', '2024-12-31'],
    ['2024-q1', 'quarter', '2024-01-01', '2024-03-31'],
    ['2024-q4', 'quarter', '2024-10-01', '2024-12-31'],
    ['2024-25', 'school-year', '2024-08-01', '2025-07-31'],
    ['1999-00', 'school-year', '1999-08-01', '2000-07-31'],
    ['2022-2024', 'years', '2022-01-01', '2024-12-31'],
  ]
  for (const [text, kind, from, to] of cases) t.strictSame(parsePeriod(text), { id: text, kind, from, to }, text)
})

t.test('text that is no period is refused', async t => {
  for (const text of ['', '24', '2024-13-01', '2023-02-29', '2024-q5', '2024-26', '2024-2022', '2024-2024', ' 2024', '31.12.2024', '2024-Q1']) {
    t.equal(parsePeriod(text), undefined, `"${text}"`)
  }
  t.throws(() => getPeriod('31.12.2024'), { message: /invalid period: "31\.12\.2024"/ })
})

t.test('a leap day exists in a leap year only', async t => {
  t.equal(isDate('2024-02-29'), true)
  t.equal(isDate('2023-02-29'), false)
  t.equal(isDate('2000-02-29'), true)
  t.equal(isDate('1900-02-29'), false)
})

t.test('periods are ordered by their last day, the longer one first', async t => {
  t.strictSame(['2024-12-31', '2024', '2023-12-31', '2022-2024', '2024-q4', '2024-25'].toSorted(comparePeriods),
    ['2023-12-31', '2022-2024', '2024', '2024-q4', '2024-12-31', '2024-25'])
})
