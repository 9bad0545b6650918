import t from 'tap'
import { formatProblem } from '../../core/problem.ts'
import { findFigures, type Figures } from '../../pipeline/figures.ts'
import { applyKeyRule } from '../../pipeline/join/key.ts'
import { joinTable, type JoinInput, type JoinLevel } from '../../pipeline/join/table.ts'
import type { DeliveryEntry, IndicatorEntry } from '../../pipeline/project-file/schema.ts'

const area = (id: string) => ({ id, name: `Gebiet ${id}`, parentId: null })
const levels: JoinLevel[] = [
  { id: 'sr-2018', system: 'sr', validFrom: '2010-01-01', validTo: '2018-12-31', areas: [area('01'), area('02')] },
  { id: 'sr', system: 'sr', validFrom: '2019-01-01', validTo: null, areas: [area('01'), area('03')] },
]
const indicators: IndicatorEntry[] = [
  { id: 'inhabitants', theme: 'x', kind: 'count', label: 'EW', definition: 'Alle.', decimals: 0 },
  { id: 'mean-age', theme: 'x', kind: 'measure', label: 'Alter', definition: 'Mittel.', decimals: 1 },
]
const delivery: DeliveryEntry = {
  id: 'register',
  title: 'Bestand',
  publisher: 'Stadt',
  licence: { name: 'CC0', url: 'https://example.org' },
  attribution: 'Stadt',
  minimumCount: 3,
  legalBasis: 'Satzung',
  mayBePassedOn: true,
  system: 'sr',
  files: ['ew.csv'],
  area: { column: 'SR' },
  period: { column: 'Jahr' },
  totals: ['Insgesamt'],
  unassigned: ['ohne'],
  legend: { '–': 'zero', '.': 'suppressed', '...': 'pending' },
  columns: { inhabitants: 'EW' },
}

/** An entry set to undefined is taken out. */
type Changes = { [Key in keyof DeliveryEntry]?: DeliveryEntry[Key] | undefined }

/** Joins `SR;Jahr;EW` rows; lines count from 2, as below a head line. */
function join (rows: string[], changes: Changes = {}, input: Partial<JoinInput> = {}) {
  const figures: Figures = { columns: new Map() }
  const problems = joinTable(figures, {
    delivery: { ...delivery, ...changes } as DeliveryEntry,
    table: {
      file: 'ew.csv', sheet: null, columns: ['SR', 'Jahr', 'EW'], encoding: 'utf-8', delimiter: ';', notation: { decimal: ',' }, rows: rows.map((row, i) => ({ line: i + 2, fields: row.split(';') })),
    },
    levels,
    indicators,
    ...input,
  })
  return { figures, problems, said: problems.map(found => formatProblem(found, 'de')) }
}

t.test('a value goes to the area of the boundaries that held in its period', async t => {
  const { figures, said } = join(['01;2018;10', '02;2018;20', '01;2019;11', '03;2019;30'])
  t.strictSame(said, [])
  t.match(findFigures(figures, 'sr-2018', 'inhabitants', '2018')!.cells.map(cell => 'value' in cell ? cell.value : null), [10, 20])
  t.match(findFigures(figures, 'sr', 'inhabitants', '2019')!.cells.map(cell => 'value' in cell ? cell.value : null), [11, 30])
})

t.test('an area of another vintage is refused, not matched by its key', async t => {
  t.match(join(['02;2019;20', '01;2019;1', '03;2019;1']).said[0], /2 von 3 Zeilen zugeordnet; Zeilen ohne Gebiet: "02"/)
  const [said] = join(['01;2018;10', '03;2018;10'], { level: 'sr', system: undefined }).said
  t.match(said, /Werte für 2018, aber die Grenzen „sr“ gelten 2019-01-01 – …; erwartet: Grenzen, die in dem Zeitraum gelten \(sr-2018\)/)
  t.strictSame(join(['01;2018;10', '03;2018;10'], { level: 'sr', system: undefined, recomputed: true }).said, [], 'unless the values were recomputed')
})

t.test('lost leading zeros are recognised and the repair is offered', async t => {
  t.match(join(['1;2019;10', '3;2019;30']).said[0], /Zeilen ohne Gebiet: "1", "3".*\n.*pad: 2/)
  t.strictSame(join(['1;2019;10', '3;2019;30'], { area: { column: 'SR', pad: 2 } }).said, [])
})

t.test('areas without a row are named together with the periods', async t => {
  t.match(join(['01;2019;10', '01;2020;10', '03;2020;1']).said, [/1 von 2 Gebieten der Ebene sr haben eine Zeile \(2019\); ohne Zeile: "03"/])
})

t.test('signs keep their meaning and a blank is a question', async t => {
  const { figures, said } = join(['01;2019;–', '03;2019;.', '01;2020;...', '03;2020;'])
  t.match(findFigures(figures, 'sr', 'inhabitants', '2019')!.cells, [{ status: 'observed', value: 0 }, { status: 'suppressed' }])
  t.match(findFigures(figures, 'sr', 'inhabitants', '2020')!.cells[0], { status: 'missing', reason: 'pending' })
  t.match(said, [/^ew\.csv:5 \(EW\): leere Zellen: 1;.*leere Zelle ist keine Null/])
})

t.test('the same unknown sign is said once, with its number and first place', async t => {
  t.match(join(['01;2019;k. A.', '03;2019;k. A.']).said, [/^ew\.csv:2 \(EW\): unbekanntes Zeichen „k\. A\.“ \(Zellen: 2\)/])
})

t.test('a number that can be read in two ways is not guessed', async t => {
  t.match(join(['01;2019;1.234', '03;2019;5']).said, [/„1\.234“ lässt sich auf zwei Arten lesen \(Zellen: 1\)/])
  const { figures } = join(['01;2019;1.234', '03;2019;5'], { dialect: { thousands: '.' } })
  t.match(findFigures(figures, 'sr', 'inhabitants', '2019')!.cells[0], { value: 1234 })
})

t.test('a second value for one cell, a negative or a broken count are refused', async t => {
  t.match(join(['01;2019;1', '01;2019;2', '03;2019;1']).said, [/zwei Werte für inhabitants, Gebiet 01, 2019 \(der erste in ew\.csv:2\)/])
  t.match(join(['01;2019;-4', '03;2019;1']).said, [/„-4“ ist negativ/])
  t.match(join(['01;2019;4,5', '03;2019;1']).said, [/„4,5“ hat Nachkommastellen/])
  t.strictSame(join(['01;2019;-4,5', '03;2019;1'], { columns: { 'mean-age': 'EW' } }).said, [], 'a measure may be both')
})

t.test('totals are checked, not joined; cases without an area count for upper levels', async t => {
  const { figures, said } = join(['01;2019;10', '03;2019;30', 'ohne;2019;2', 'Insgesamt;2019;50'])
  t.strictSame(findFigures(figures, 'sr', 'inhabitants', '2019')!.unassigned, [{ status: 'observed', value: 2 }])
  t.match(said, [/Zeilen ohne Zuordnung zu einem Gebiet \(1\)/, /Summe der Gebiete 42 ≠ Summenzeile 50 \(inhabitants, 2019\)[^]*\(8\)/])
  t.match(join(['01;2019;10', '03;2019;30', 'Insgesamt;2019;40']).said, [], 'silent where it adds up')
})

t.test('a missing column is named together with the columns found', async t => {
  t.match(join(['01;2019;1'], { columns: { inhabitants: 'Einwohner' } }).said, [/"SR", "Jahr", "EW"/])
})

t.test('an unreadable period is quoted', async t => {
  t.match(join(['01;Ende 2019;1']).said[0], /„Ende 2019“ in der Spalte „Jahr“ ist kein Zeitraum/)
  t.strictSame(join(['01;2019;1', '03;2019;1'], { period: { column: 'Jahr', template: '{}-12-31' } }).said, [])
})

t.test('a long table names its indicator in a column', async t => {
  const { figures, said } = join(['01;Personen;7', '03;Personen;8', '01;Hunde;3'], {
    columns: undefined, period: undefined, indicator: { column: 'Jahr', lookUp: { Personen: 'inhabitants' } }, value: { column: 'EW' },
  }, { filePeriod: '2020' })
  t.strictSame(said, [])
  t.match(findFigures(figures, 'sr', 'inhabitants', '2020')!.cells, [{ value: 7 }, { value: 8 }])
})

t.test('a long table that never says what the look-up names is refused; a remark below the table is passed over', async t => {
  const long = { columns: undefined, period: undefined, indicator: { column: 'Jahr', lookUp: { Persnen: 'inhabitants' } }, value: { column: 'EW' } }
  t.match(join(['01;Personen;7', '03;Personen;8'], long, { filePeriod: '2020' }).said, [/in der Spalte „Jahr“ kommt nicht vor: "Persnen"/])
  t.match(join(['01;2019;1', '03;2019;1', 'Quelle: Stadt Musterstadt;;']).problems, [{ code: 'join-footnote', severity: 'note' }])
})

t.test('a key rule strips, extracts, looks up and pads, and never makes a key of a blank', async t => {
  t.equal(applyKeyRule({ prefix: 'STGT' }, ' STGT03 '), '03')
  t.equal(applyKeyRule({ extract: '^\\d+ (.+)$' }, '03 Nordstadt'), 'Nordstadt')
  t.equal(applyKeyRule({ lookUp: { Nordstadt: '03' }, pad: 5 }, 'Nordstadt'), '03')
  t.equal(applyKeyRule({ pad: 2 }, ' '), '')
})
