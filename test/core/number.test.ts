import t from 'tap'
import { formatNumber, formatPlainNumber, formatValue } from '../../core/number.ts'

const german = (value: number, decimals: number, signed = false) => formatNumber(value, { decimals, language: 'de', signed })

t.test('German numbers have a decimal comma, points between thousands and a real minus', async t => {
  t.equal(german(1234.5, 1), '1.234,5')
  t.equal(german(1234567, 0), '1.234.567')
  t.equal(german(999, 0), '999')
  t.equal(german(-3.25, 1), '\u22123,3')
  t.equal(formatNumber(1234.5, { decimals: 1, language: 'en' }), '1,234.5')
})

t.test('half is rounded away from zero on the decimals people see, as in a spreadsheet', async t => {
  t.equal(german(8.25, 1), '8,3')
  t.equal(german(1.005, 2), '1,01')
  t.equal(german(0.5, 0), '1')
  t.equal(german(-0.5, 0), '\u22121')
  t.equal(german(1e-9, 1), '0,0')
  t.equal(german(1e21, 0), '1.000.000.000.000.000.000.000')
})

t.test('what rounds to zero has no sign', async t => {
  t.equal(german(-0.04, 1), '0,0')
  t.equal(german(-0, 1, true), '0,0')
  t.equal(german(0.04, 1, true), '0,0')
  t.equal(german(4, 1, true), '+4,0')
})

t.test('a value keeps its unit on the same line, and needs none', async t => {
  const indicator = { decimals: 1, signed: false, unit: { de: '%' } }
  t.equal(formatValue(12.5, indicator, 'de'), '12,5\u00A0%')
  t.equal(formatValue(12.5, { ...indicator, unit: { de: '' } }, 'de'), '12,5')
})

t.test('a number for a spreadsheet keeps every digit and an ASCII minus', async t => {
  t.equal(formatPlainNumber(-1234.5678, 'de'), '-1234,5678')
  t.equal(formatPlainNumber(0.1, 'en'), '0.1')
})
