import t from 'tap'
import type { SummaryFacts } from '../../core/text/texts.ts'
import { missing, observed, suppressed } from '../../core/cell.ts'
import { cellRemark, cellSign, formatPeriod, formatTitle, getTexts } from '../../core/text.ts'

const german = getTexts('de')
const english = getTexts('en')

const facts: SummaryFacts = {
  areaCount: 16,
  printedCount: 14,
  suppressedCount: 1,
  missingCount: 1,
  counted: String,
  levelPlural: 'Sozialräume',
  town: { label: 'Stadt', value: '9,3 %' },
  highest: { areas: ['Nordertor'], value: '21,4 %' },
  lowest: { areas: ['Altstadt', 'Hafen'], value: '3,1 %' },
  only: null,
}

t.test('the sentence above a map is grammatical in every number', async t => {
  const say = (change: Partial<SummaryFacts>) => german.summary({ ...facts, ...change })
  t.equal(say({}), '16 Sozialräume, 14 mit Wert; Stadt 9,3 %. Höchster veröffentlichter Wert: Nordertor (21,4 %), niedrigster: Altstadt und Hafen (je 3,1 %); 1 Gebiet gesperrt, 1 ohne Angabe.')
  t.equal(say({ printedCount: 16, suppressedCount: 0, missingCount: 0, town: null }), '16 Sozialräume, alle mit Wert. Höchster Wert: Nordertor (21,4 %), niedrigster: Altstadt und Hafen (je 3,1 %).')
  t.equal(say({ printedCount: 11, suppressedCount: 0, missingCount: 5, lowest: { areas: ['A', 'B', 'C', 'D'], value: '0 %' } }),
    '16 Sozialräume, 11 mit Wert; Stadt 9,3 %. Höchster Wert: Nordertor (21,4 %), niedrigster: 4 Gebiete (je 0 %); 5 Gebiete ohne Angabe.')
  t.equal(say({ printedCount: 0, suppressedCount: 16, missingCount: 0, highest: null, lowest: null, town: null }), '16 Sozialräume, kein Wert veröffentlicht. 16 Gebiete gesperrt.')
  t.equal(say({ printedCount: 1, suppressedCount: 15, missingCount: 0, lowest: facts.highest }), '16 Sozialräume, 1 mit Wert; Stadt 9,3 %. Einziger veröffentlichter Wert: Nordertor (21,4 %); 15 Gebiete gesperrt.')
  t.equal(say({ only: { area: 'Kleinstadt', value: 'gesperrt' } }), 'Kleinstadt: gesperrt.')
  t.equal(english.summary(facts), '16 Sozialräume, 14 with a value; Stadt 9,3 %. Highest published value: Nordertor (21,4 %), lowest: Altstadt and Hafen (3,1 % each); 1 area suppressed, 1 not available.')
})

t.test('zero, secret and missing have the signs of official statistics', async t => {
  const sign = (cell: Parameters<typeof cellSign>[0]) => cellSign(cell, german, String)
  t.same([observed(0), observed(2), observed(2, 'limited'), suppressed, missing('pending'), missing('unreliable'), missing('not-applicable'), missing('unknown'), missing('not-delivered')].map(sign),
    ['–', '2', '(2)', '.', '…', '/', 'x', 'k. A.', 'k. A.'])
  t.equal(cellRemark(observed(0, 'provisional'), german), 'genau null (–), vorläufig')
  t.equal(cellRemark(observed(2), german), '')
})

t.test('a period is written as people write it', async t => {
  t.same(['2024-12-31', '2024', '2024-q1', '2024-25', '2022-2024'].map(period => formatPeriod(period, 'de')),
    ['31.12.2024', '2024', '1. Quartal 2024', 'Schuljahr 2024/25', '2022–2024'])
  t.same(['2024-01-05', '2024-q1', '2024-25'].map(period => formatPeriod(period, 'en')), ['5 January 2024', 'Q1 2024', 'school year 2024/25'])
  t.equal(formatTitle('SGB-II-Quote', '2024-12-31', 'de'), 'SGB-II-Quote am 31.12.2024')
  t.equal(formatTitle('Geburten', '2024-25', 'de'), 'Geburten im Schuljahr 2024/25')
  t.equal(formatTitle('Geburten', '2022-2024', 'en'), 'Geburten 2022–2024')
})

t.test('a class is said as "von … bis unter …", the last one closed', async t => {
  const bounds = { lower: '1', upper: '2', isLast: false, isSingle: false }
  t.equal(german.map.classLabel(bounds), 'von 1 bis unter 2')
  t.equal(german.map.classLabel({ ...bounds, isLast: true }), 'von 1 bis 2')
})

t.test('both languages have every text', async t => {
  t.same(shapeOf(english), shapeOf(german))
})

function shapeOf (value: unknown): unknown {
  if (Array.isArray(value)) return value.length
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, shapeOf(field)]))
}
