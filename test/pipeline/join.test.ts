import t from 'tap'
import { formatProblem } from '../../core/problem.ts'
import { formatReport } from '../../core/report-text.ts'
import { findFigures, type Figures } from '../../pipeline/figures.ts'
import { applyKeyRule } from '../../pipeline/join/key.ts'
import { joinTable, type JoinInput, type JoinLevel } from '../../pipeline/join/table.ts'
import type { IndicatorEntry, TableDelivery } from '../../pipeline/project-file/schema.ts'
import type { NumberNotation } from '../../pipeline/read/number-text.ts'

const area = (id: string) => ({ id, name: `Gebiet ${id}`, parentId: null })
const levels: JoinLevel[] = [
  { id: 'sr-2018', system: 'sr', validFrom: '2010-01-01', validTo: '2018-12-31', areas: [area('01'), area('02')] },
  { id: 'sr', system: 'sr', validFrom: '2019-01-01', validTo: null, areas: [area('01'), area('03')] },
]
const indicators: IndicatorEntry[] = [
  { id: 'inhabitants', theme: 'x', kind: 'count', label: 'EW', definition: 'Alle.', decimals: 0 },
  { id: 'mean-age', theme: 'x', kind: 'measure', label: 'Alter', definition: 'Mittel.', decimals: 1 },
]
const delivery: TableDelivery = {
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
type Changes = { [Key in keyof TableDelivery]?: TableDelivery[Key] | undefined }

/** Joins `SR;Jahr;EW` rows; lines count from 2, as below a head line. */
function join (rows: string[], changes: Changes = {}, { notation = { decimal: ',' }, ...input }: Partial<JoinInput> & { notation?: NumberNotation } = {}) {
  const figures: Figures = { columns: new Map() }
  const problems = joinTable(figures, {
    delivery: { ...delivery, ...changes } as TableDelivery,
    table: {
      file: 'ew.csv', sheet: null, columns: ['SR', 'Jahr', 'EW'], encoding: 'utf-8', delimiter: ';', notation, rows: rows.map((row, i) => ({ line: i + 2, fields: row.split(';') })),
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
  t.match(join(['02;2019;20', '01;2019;1', '03;2019;1']).said[0],
    /die Gebiete "02" \("Gebiet 02"\) gibt es nur in den Grenzen „sr-2018“ \(vom 01\.01\.2010 bis 31\.12\.2018\), nicht in „sr“ \(seit 01\.01\.2019\), die für 2019 gelten/)
  const [said] = join(['01;2018;10', '03;2018;10'], { level: 'sr', system: undefined }).said
  t.match(said, /Werte für 2018, aber die Grenzen „sr“ gelten seit 01\.01\.2019; erwartet: Grenzen, die in dem Zeitraum gelten \(sr-2018\)/)
  t.strictSame(join(['01;2018;10', '03;2018;10'], { level: 'sr', system: undefined, recomputed: true }).said, [], 'unless the values were recomputed')
})

t.test('lost leading zeros are recognised and the repair is offered', async t => {
  const { said, problems } = join(['1;2019;10', '3;2019;30'])
  t.match(said[0], /fehlen die führenden Nullen: "1", "3".*\n.*\n *area: \{ column: SR, pad: 2 \}/)
  t.strictSame(problems[0]!.repair, { path: ['deliveries', 'register', 'area', 'pad'], value: 2 })
  t.strictSame(join(['1;2019;10', '3;2019;30'], { area: { column: 'SR', pad: 2 } }).said, [])
})

t.test('a key with blanks that cannot be seen is joined, and quoted so that they are seen', async t => {
  const { figures, problems } = join(['01 ;2019;10', '\u00a003\u200b;2019;30'])
  t.match(findFigures(figures, 'sr', 'inhabitants', '2019')!.cells, [{ value: 10 }, { value: 30 }])
  t.match(formatReport(problems, 'de'), /Zeile 2, Spalte „SR“: Schlüssel mit Leerzeichen oder Zeichen, die man nicht sieht: „01␣“, „⍽03‹U\+200B›“ \(Zeilen: 2\)\./)
  t.match(problems, [{ code: 'join-hidden-blanks', severity: 'warning' }])
})

t.test('names instead of keys get the look-up that makes keys of them', async t => {
  const { problems } = join(['Gebiet 01;2019;10', 'Gebiet 03 ;2019;30'])
  t.match(problems, [{ code: 'join-names-for-keys', repair: { path: ['deliveries', 'register', 'area', 'lookUp'], value: { 'Gebiet 01': '01', 'Gebiet 03': '03' } } }])
  t.match(problems[0]!.facts.yaml, "area: { column: SR, lookUp: { Gebiet 01: '01', Gebiet 03: '03' } }")
  t.strictSame(join(['Gebiet 01;2019;10', 'Gebiet 03;2019;30'], { area: { column: 'SR', ...problems[0]!.repair!.value as object, lookUp: { 'Gebiet 01': '01', 'Gebiet 03': '03' } } }).said, [])
})

t.test('another spelling is not matched, but guessed', async t => {
  const lookUp = { Straßenfeld: '01', Südfeld: '03', 'Bad-Nauheimer Viertel': '03' }
  for (const [written, meant] of [['Strassenfeld', 'Straßenfeld'], ['SÜDFELD', 'Südfeld'], ['Suedfeld', 'Südfeld'], ['Bad Nauheimer Viertel', 'Bad-Nauheimer Viertel'], ['Südfled', 'Südfeld']]) {
    t.match(join(['Straßenfeld;2019;1', `${written};2019;3`], { area: { column: 'SR', lookUp } }).said[0], `Gemeint ist vielleicht „${meant}“ (geschrieben „${written}“)`)
  }
})

t.test('a renamed column is guessed, with the line that takes both names', async t => {
  const renamed = (columns: Record<string, string>) => join(['01;2019;1', '03;2019;3'], { columns }).problems
  t.match(renamed({ inhabitants: 'Einwohner (EW)' }), [{
    code: 'join-renamed-column',
    facts: { delivery: 'register', guess: 'EW', yaml: 'columns: { inhabitants: [ Einwohner (EW), EW ] }' },
    repair: { path: ['deliveries', 'register', 'columns', 'inhabitants'], value: ['Einwohner (EW)', 'EW'] },
  }])
  t.match(renamed({ inhabitants: 'Bevölkerung' }), [{ code: 'join-renamed-column', facts: { guess: 'EW' } }], 'the only one left over')
  t.match(renamed({ inhabitants: 'Bevölkerung', 'mean-age': 'Alter' }).map(({ code }) => code), ['read-missing-column', 'read-missing-column'], 'of two nobody knows which')
})

t.test('with rowless: zero an area without a row has 0 in every count of the table, and the note names it', async t => {
  const { figures, problems } = join(['03;2019;30'], { rowless: 'zero' })
  t.strictSame(findFigures(figures, 'sr', 'inhabitants', '2019')!.cells, [{ status: 'observed', value: 0 }, { status: 'observed', value: 30 }])
  t.match(problems, [{ code: 'join-rowless-zero', severity: 'note', facts: { count: 1, keys: '"01"', delivery: 'register' } }])
  t.strictSame(join(['01;2019;1', '03;2019;30'], { rowless: 'zero' }).said, [], 'nothing to say where every area has a row')

  const blank = join(['01;2019;', '03;2019;30'], { rowless: 'zero' })
  t.match(findFigures(blank.figures, 'sr', 'inhabitants', '2019')!.cells[0], { status: 'missing' }, 'a row without a value is no missing row')
  const stranger = join(['1;2019;10', '03;2019;30'], { rowless: 'zero' })
  t.match(findFigures(stranger.figures, 'sr', 'inhabitants', '2019')!.cells[0], { status: 'missing' }, 'the missing area may be the one whose key nobody knows')
})

t.test('with rowless: zero a file that lacks the end is read, and a warning says so', async t => {
  const areas = ['01', '02', '03', '04'].map(area)
  const { figures, problems } = join(['01;2019;1', '02;2019;2'], { rowless: 'zero' }, { levels: [{ ...levels[1]!, areas }] })
  t.match(findFigures(figures, 'sr', 'inhabitants', '2019')!.cells, [{ value: 1 }, { value: 2 }, { value: 0 }, { value: 0 }])
  t.match(problems, [{ code: 'join-rowless-end', severity: 'warning', facts: { count: 2 } }])
})

t.test('with rowless: zero a mean stays open: nobody has no age', async t => {
  const { figures, problems } = join(['03;2019;30'], { rowless: 'zero', columns: { 'mean-age': 'EW' } })
  t.match(findFigures(figures, 'sr', 'mean-age', '2019')!.cells[0], { status: 'missing', reason: 'not-delivered' })
  t.strictSame(problems.map(({ code }) => code), ['join-areas-without-row'])
})

t.test('a file that ends before the last areas was cut off; rows missing in between were not', async t => {
  const many = [{ id: 'sr', system: 'sr', validFrom: '2000-01-01', validTo: null, areas: ['01', '02', '03', '04', '05', '06'].map(area) }]
  const rows = (...ids: string[]) => join(ids.map(id => `${id};2019;1`), {}, { levels: many }).problems
  t.match(rows('01', '02', '03', '04'), [{ code: 'join-cut-off', facts: { matched: 4, areas: 6, missing: 2, first: '05', last: '06', period: '2019' } }])
  for (const ids of [['01', '02', '03', '04', '05'], ['01', '02', '05', '06'], ['04', '03', '02', '01']]) t.match(rows(...ids), [{ code: 'join-areas-without-row' }])
  t.match(rows('01', '02', '03', '04', '99').map(({ code }) => code).toSorted(), ['join-areas-without-row', 'join-rows-without-area'], 'the missing ones may be those nobody knows')
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
  t.match(join(['01;2019;1.234', '03;2019;5']).said, [/„1\.234“ lässt sich auf zwei Arten lesen: 1234 oder 1,234 \(Zellen: 1\)/])
  t.match(join(['01;2019;12.5', '03;2019;5'], { columns: { 'mean-age': 'EW' } }, { notation: { decimal: ',', contradicted: true } }).said, [], 'no second word where the table was blamed')
  const { figures } = join(['01;2019;1.234', '03;2019;5'], {}, { notation: { decimal: ',', thousands: '.' } })
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
  t.match(said, [/Zeilen ohne Zuordnung zu einem Gebiet \(1\)/, /EW, 2019: Summe der Gebiete und der Fälle ohne Zuordnung 42 ≠ Insgesamt 50 \(8 fehlen\)/])
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

t.test('a total is recognised by its label, beside a blank key too, and of several only the largest is compared', async t => {
  const rows = ['01;2019;10', '03;2019;30']
  const codes = (more: string[]) => join([...rows, ...more], { totals: [] }).problems.map(({ code }) => code)
  t.same(codes(['Stadt gesamt;2019;40']), ['layout-total-row'])
  t.same(codes(['Stadt gesamt;2019;50']), ['layout-total-row', 'join-total-differs'])
  t.same(codes(['zusammen;2019;10', 'zusammen;2019;30', 'Stadt gesamt;2019;40']), ['layout-total-row', 'layout-total-row'])
  t.same(codes(['zusammen;2019;10', 'zusammen;2019;30']), ['layout-total-row'], 'subtotals alone say nothing of the town')
  const named = join(['Gesamt;2019;10'], { totals: [], area: { column: 'SR', lookUp: { Gesamt: '01' } } })
  t.notOk(named.problems.some(({ code }) => code === 'layout-total-row'), 'an area of that name stays an area')
})
