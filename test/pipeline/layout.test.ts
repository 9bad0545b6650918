import t from 'tap'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { writeXlsx, type WriteSheet } from 'hucre'
import { formatProblem } from '../../core/problem.ts'
import { readPeriod } from '../../pipeline/join/period.ts'
import { parseCellText } from '../../pipeline/read/cell-text.ts'
import { findColumn } from '../../pipeline/read/column.ts'
import { detectCodePage, detectUtf16 } from '../../pipeline/read/dialect/code-page.ts'
import { detectDelimiter } from '../../pipeline/read/dialect/delimiter.ts'
import { detectNotation } from '../../pipeline/read/dialect/notation.ts'
import { kindOf } from '../../pipeline/read/layout/cell-kind.ts'
import { splitMarks } from '../../pipeline/read/layout/footnotes.ts'
import type { TableLayout } from '../../pipeline/read/layout/layout.ts'
import { findPeriodText } from '../../pipeline/read/layout/period-text.ts'
import { findTotalLabel, isTotalLabel } from '../../pipeline/read/layout/totals.ts'
import { layoutOf, readTables, type TablesResult } from '../../pipeline/read/tables.ts'

type Folders = Pick<typeof t, 'testdir'>

async function read (t: Folders, text: string | Uint8Array, layout: Partial<TableLayout> = {}): Promise<TablesResult> {
  const folder = t.testdir({ 'tabelle.csv': Buffer.from(text as string) })
  return await readTables(path.join(folder, 'tabelle.csv'), { displayName: 'tabelle.csv', ...layout })
}

async function readBook (t: Folders, sheets: WriteSheet[], layout: Partial<TableLayout> = {}): Promise<TablesResult> {
  const folder = t.testdir({ 'mappe.xlsx': Buffer.from(await writeXlsx({ sheets })) })
  return await readTables(path.join(folder, 'mappe.xlsx'), { displayName: 'mappe.xlsx', ...layout })
}

const codesOf = ({ problems }: TablesResult) => problems.map(({ code }) => code)
const fieldsOf = ({ tables }: TablesResult) => tables[0]?.rows.map(({ fields }) => fields.join(';'))
const said = ({ problems }: TablesResult) => problems.map(found => formatProblem(found, 'de')).join('\n')

t.test('detectDelimiter', async t => {
  const guesses: Array<[name: string, text: string, guess: ReturnType<typeof detectDelimiter>]> = [
    ['the sign that cuts all lines alike', 'a;b\n1;2,5\n2;3,5\n', { delimiter: ';' }],
    ['whatever titles hold', 'Einwohner, Haushalte, Alter\na;b\n1;2\n2;3\n', { delimiter: ';' }],
    ['a comma where nothing else cuts', 'a,b\n1,2\n', { delimiter: ',' }],
    ['fields in quotes as one', 'a,b\n"x;y",2\n"z;w",3\n', { delimiter: ',' }],
    ['tabs', 'a\tb\n1\t2\n', { delimiter: '\t' }],
    ['nothing in a column alone', 'a\n1\n', undefined],
    ['two where both cut alike', 'a;b\tc\n1;2\t3\n', { either: [';', '\t'] }],
  ]
  for (const [name, text, guess] of guesses) t.same(detectDelimiter(text), guess, name)
})

t.test('detectCodePage tells the age of a text by its words', async t => {
  const page = (text: string, encoding: string) => detectCodePage(iconv.encode(text, encoding))
  t.same(page('Südfeld;1\n', 'cp850'), { encoding: 'cp850' })
  t.same(page('Südfeld;1\n', 'win1252'), { encoding: 'windows-1252' })
  t.same(page('Südfeld;1\n', 'utf8'), undefined, 'UTF-8 needs no guess')
  t.same(page('„Altstadt“;1\n', 'win1252'), undefined, 'quotes of Windows are no umlauts of DOS')
  t.same(page('Übersee;1\n', 'cp850'), { encoding: 'cp850' })
  t.same(page('Südfeld, Málaga, Žižkov, šmejc;1\n', 'win1252'), { encoding: 'windows-1252' }, 'foreign names of Windows are no umlauts of DOS')
  t.match(detectCodePage(Buffer.concat([iconv.encode('Südfeld\n', 'cp850'), iconv.encode('Grünau\n', 'win1252')])), {
    either: [{ encoding: 'windows-1252', line: 2 }, { encoding: 'cp850', line: 1 }],
  })
  t.equal(detectUtf16(iconv.encode('Nr;Name\n', 'utf-16le', { addBOM: false })), 'utf-16le')
  t.equal(detectUtf16(iconv.encode('Nr;Name\n', 'utf-16be', { addBOM: false })), 'utf-16be')
  t.equal(detectUtf16(Buffer.from('a;b\n1;\0\n')), undefined)
})

t.test('detectNotation', async t => {
  const guess = (cells: string[], stated = {}) => {
    const found = detectNotation(cells.map((cell, i) => ({ line: i + 2, fields: [cell] })), [0], stated)
    return 'notation' in found ? found.notation : found
  }
  t.test('believes what can be read in one way only', async t => {
    t.same(guess(['12,5']), { decimal: ',' })
    t.same(guess(['1.234,5']), { decimal: ',', thousands: '.' })
    t.same(guess(['1.234.567']), { decimal: ',', thousands: '.' })
    t.same(guess(['12.5']), { decimal: '.' })
    t.same(guess(['1,234.5']), { decimal: '.', thousands: ',' })
    t.same(guess(['0,125']), { decimal: ',' }, 'no number begins with a group of nought')
    t.same(guess(['1234,567']), { decimal: ',' }, 'a group has three digits')
    t.same(guess(['1 234']), { decimal: ',', thousands: ' ' })
    t.same(guess(['1’234.5']), { decimal: '.', thousands: "'" })
    t.same(guess(['12', '31.12.2023', '–', '']), { decimal: ',' }, 'nothing to decide')
  })
  t.test('lets other cells decide a lone point', async t => {
    t.same(guess(['1.234', '12,5']), { decimal: ',', thousands: '.' })
    t.same(guess(['1.234', '12.5']), { decimal: '.' })
    t.same(guess(['1,234', '12.5']), { decimal: '.', thousands: ',' })
  })
  t.test('decides nothing where nothing decides', async t => {
    t.same(guess(['1.234', '12']), { decimal: ',', undecided: true })
    t.same(guess(['1,234', '12']), { decimal: ',', undecided: true })
    t.same(guess(['1.234'], { decimal: ',' }), { decimal: ',' }, 'what the point is stays open when only the comma is stated')
    t.same(guess(['1.234'], { thousands: '.' }), { decimal: ',', thousands: '.' })
    t.same(guess(['1.234'], { decimal: '.' }), { decimal: '.' })
    t.same(guess(['1.234', '12,5'], { decimal: ',', isOfWorkbook: true }), { decimal: ',' }, 'the comma of a workbook was written by its reader')
  })
  t.test('names one cell each way where they contradict each other', async t => {
    t.match(guess(['12,5', '7', '12.5']), { comma: { text: '12,5', line: 2 }, point: { text: '12.5', line: 4 } })
  })
})

t.test('kindOf knows numbers with everything offices put around them', async t => {
  for (const text of ['12', '-3,5', '1 234', '12,3 %', '(12)', '12 p', '56 1)', '505¹⁾', '12a)', '1,2E+05']) t.equal(kindOf(text), 'number', text)
  for (const text of ['2023', '31.12.2023', '2023-12-31']) t.equal(kindOf(text), 'year', text)
  for (const text of ['–', '-', '*', '.', '...', 'x', 'k. A.']) t.equal(kindOf(text), 'sign', text)
  for (const text of ['Nr', '01 Altstadt', 'Einwohner 2023', '12 bis 15', '1)', 'B1']) t.equal(kindOf(text), text === '1)' ? 'number' : 'text', text)
})

t.test('splitMarks takes off only what cannot be a digit', async t => {
  const split: Array<[text: string, bare: string, marks: string[]]> = [
    ['56 1)', '56', ['1)']], ['1 234¹⁾', '1 234', ['1)']], ['505¹', '505', ['1)']], ['12a)', '12', ['a)']], ['12,5 % 2)', '12,5 %', ['2)']],
    ['(12) 1)', '(12)', ['1)']], ['– 1)', '–', ['1)']], ['56 1) 2)', '56', ['1)', '2)']],
  ]
  for (const [text, bare, marks] of split) t.same(splitMarks(text), { bare, marks }, text)
  for (const text of ['121)', '(12)', '7*', '12', '(12 1)', 'Altstadt 1)', '1)', '']) t.same(splitMarks(text), { bare: text, marks: [] }, text)
})

t.test('isTotalLabel', async t => {
  for (const text of ['Insgesamt', ' insgesamt: ', 'Stadt gesamt', 'Stadt Musterort insgesamt', 'Summe', 'Summe Stadt', 'Summe der Gebiete', 'Gesamt', 'zusammen', '123456SUM', 'SUMSUMSUM', 'Gesamtergebnis']) t.ok(isTotalLabel(text), text)
  for (const text of ['Altstadt', 'Gesamtschulviertel', 'Sumatrastraße', 'An der Summe', '01', '', 'Zusammenfluss', 'männlich']) t.notOk(isTotalLabel(text), text)
  t.equal(findTotalLabel(['', 'Insgesamt', '5'], 0), 'Insgesamt', 'the label may stand beside a blank key')
  t.equal(findTotalLabel(['01', 'Insgesamt', '5'], 0), undefined, 'a row with a key is an area')
})

t.test('findPeriodText', async t => {
  t.same(findPeriodText('2023'), { period: '2023', rest: '' })
  t.same(findPeriodText('Einwohner 2023'), { period: '2023', rest: 'Einwohner' })
  t.same(findPeriodText('Einwohner (am 31.12.2023)'), { period: '31.12.2023', rest: 'Einwohner' })
  t.same(findPeriodText('2023 Einwohner insgesamt'), { period: '2023', rest: 'Einwohner insgesamt' })
  t.same(findPeriodText('Schuljahr 2023/24'), { period: '2023/24', rest: 'Schuljahr' })
  t.same(findPeriodText('sgb2_2023'), { period: '2023', rest: 'sgb2' })
  t.equal(findPeriodText('Einwohner'), 'none')
  t.equal(findPeriodText('12023 Fälle'), 'none')
  t.equal(findPeriodText('2022 bis 2023'), 'several')
  t.same(findPeriodText('EWR202012E', '(\\d{4})12E'), { period: '2020', rest: 'EWR 12E' })
})

t.test('readPeriod reads days, school years and quarters as Germans write them', async t => {
  for (const [text, id] of [['31.12.2023', '2023-12-31'], ['1.7.2023', '2023-07-01'], ['2023/24', '2023-24'], ['4. Quartal 2023', '2023-q4'], ['2023', '2023']] as const) {
    t.equal(readPeriod({}, text)?.id, id, text)
  }
  for (const text of ['31.02.2023', '2023/25', 'Dezember', '']) t.equal(readPeriod({}, text), undefined, text)
  t.equal(readPeriod({ column: 'x', extract: 'Stand (\\d{4})', template: '{}-12-31' }, 'Stand 2023, vorläufig')?.id, '2023-12-31')
})

t.test('findColumn counts columns that have no head', async t => {
  const columns = ['', 'Name', 'Wert', 'Wert']
  for (const [name, index] of [['Spalte 1', 0], ['Spalte A', 0], ['Spalte D', 3]] as const) t.match(findColumn(columns, name, {}), { index }, name)
  t.match(findColumn(columns, 'Spalte 5', {}), { problem: { code: 'read-missing-column' } })
  t.match(findColumn(['x', 'Spalte 1'], 'Spalte 1', {}), { index: 1 }, 'a head of that name comes first')
})

t.test('heads are found', async t => {
  t.test('in the first line as ever, and nothing is said of it', async t => {
    const result = await read(t, 'Nr;Name;Wert\n01;A;5\n02;B;7\n', { delimiter: ';' })
    t.same(codesOf(result), [])
    t.same(result.tables[0]!.columns, ['Nr', 'Name', 'Wert'])
  })
  t.test('below titles, by the names the delivery gives and without them', async t => {
    const text = 'Einwohner in Musterort\nStand:;31.12.2023\n\nNr;Name;Wert\n01;A;5\n02;B;7\n;Insgesamt;12\n'
    for (const layout of [{}, { area: { column: 'Nr' }, values: [['Wert']] }]) {
      const result = await read(t, text, layout)
      t.same(result.tables[0]!.columns, ['Nr', 'Name', 'Wert'])
      t.match(said(result), 'tabelle.csv: gelesen mit Semikolon, Spaltenköpfe in Zeile 4')
    }
  })
  t.test('where years stand over numbers', async t => {
    const result = await read(t, 'Nr;2022;2023\n01;5;6\n02;1998;2001\n')
    t.same(result.tables[0]!.columns, ['Nr', '2022', '2023'])
  })
  t.test('in several lines, merged by blanks in a text file', async t => {
    const result = await read(t, 'Nr;Einwohner;;Alter\n;m;w;\n01;5;6;41\n02;7;8;40\n')
    t.same(result.tables[0]!.columns, ['Nr', 'Einwohner m', 'Einwohner w', 'Alter'])
    t.match(said(result), 'Spaltenköpfe in den Zeilen 1 und 2')
  })
  t.test('as stated', async t => {
    const text = 'Nr;Einwohner;\n;m;w\n01;5;6\n'
    t.same((await read(t, text, { headLine: 2, headRows: 1 })).tables[0]!.columns, ['', 'm', 'w'])
    t.same((await read(t, text, { headLine: 1, headRows: 2 })).tables[0]!.columns, ['Nr', 'Einwohner m', 'Einwohner w'])
  })
  t.test('merged in a sheet, titles left out', async t => {
    const result = await readBook(t, [{
      name: 'T',
      rows: [['Titel über allem'], ['Nr', 'Einwohner', null], [null, 2022, 2023], ['01', 5, 6], ['02', 7, 8]],
      merges: [{ startRow: 0, startCol: 0, endRow: 0, endCol: 2 }, { startRow: 1, startCol: 0, endRow: 2, endCol: 0 }, { startRow: 1, startCol: 1, endRow: 1, endCol: 2 }],
    }])
    t.same(result.tables[0]!.columns, ['Nr', 'Einwohner 2022', 'Einwohner 2023'])
  })
  t.test('again on every page, and passed over there', async t => {
    t.same(fieldsOf(await read(t, 'Nr;Wert\n01;5\nNr;Wert\n02;7\n')), ['01;5', '02;7'])
  })
})

t.test('periods come from', async t => {
  t.test('heads: one row per area and period', async t => {
    const result = await read(t, 'Nr;Einwohner 2022;Haushalte 2023;Einwohner 2023\n01;5;2;6\n', { period: { in: 'head' }, area: { column: 'Nr' } })
    const [table] = result.tables
    t.same(table!.columns, ['Nr', 'Einwohner', 'Haushalte'])
    t.match(table!.rows, [{ period: '2022', fields: ['01', '5', ''], sources: [0, 1, -1] }, { period: '2023', fields: ['01', '6', '2'], sources: [0, 3, 2] }])
    t.same([...table!.rows[0]!.without!], [2], 'a column the file does not have is no blank')
    t.equal(table!.rows[1]!.without, undefined)
  })
  t.test('heads that say nothing else', async t => {
    t.same((await read(t, 'Nr;31.12.2022;31.12.2023\n01;5;6\n', { period: { in: 'head' } })).tables[0]!.columns, ['Nr', 'Wert'])
  })
  t.test('sheets, those without a period left out', async t => {
    const sheet = (name: string, value: number): WriteSheet => ({ name, rows: [['Nr', 'Wert'], ['01', value]] })
    const result = await readBook(t, [sheet('Hinweise', 0), sheet('2022', 5), sheet('Stand 2023', 6)], { period: { in: 'sheet' } })
    t.same(result.tables.map(({ sheet, rows }) => [sheet, rows[0]!.period, rows[0]!.fields[1]]), [['2022', '2022', '5'], ['Stand 2023', '2023', '6']])
    t.match(codesOf(result), ['layout-sheets-left-out'])
  })
  t.test('the name of the file', async t => {
    const result = await read(t, 'Nr;Wert\n01;5\n', { displayName: 'tables/sgb2_2023.csv', period: { in: 'file' } })
    t.equal(result.tables[0]!.rows[0]!.period, '2023')
  })
  t.test('nowhere: that is said', async t => {
    const text = 'Nr;Wert\n01;5\n'
    t.match(codesOf(await read(t, text, { period: { in: 'head' }, delimiter: ';' })), ['layout-no-period-heads'])
    t.match(codesOf(await read(t, text, { period: { in: 'file' }, delimiter: ';' })), ['layout-no-period-in-name'])
    t.match(codesOf(await read(t, text, { displayName: '2022_2023.csv', period: { in: 'file' }, delimiter: ';' })), ['layout-two-periods-in-name'])
    t.match(codesOf(await readBook(t, [{ name: 'T', rows: [['a'], ['1']] }], { period: { in: 'sheet' } })), ['layout-no-period-sheets'])
    t.match(codesOf(await read(t, 'Nr;2022 bis 2023\n01;5\n', { period: { in: 'head' }, delimiter: ';' })), ['layout-two-periods'])
    t.match(codesOf(await read(t, 'Nr;2022;in 2022\n01;5;6\n', { period: { in: 'head' }, delimiter: ';' })), ['layout-twice-a-period'])
    t.match(codesOf(await read(t, 'Nr;Fläche;2022\n01;5;6\n', { period: { in: 'head' }, encoding: 'utf-8', delimiter: ';', values: [['Fläche'], ['Wert']] })), ['layout-head-without-period'])
  })
})

t.test('rows are arranged', async t => {
  const tree = 'Gebiet;Wert\nStadt;12\n  Nord;5\n    01 A;2\n    02 B;3\n  Süd;7\n    03 C;4\n    04 D;1\n    05 E;2\n'
  const layout = { area: { column: 'Gebiet' }, delimiter: ';' as const }
  t.test('by depth: the deepest of a tree, or the stated one', async t => {
    t.same(fieldsOf(await read(t, tree, layout)), ['01 A;2', '02 B;3', '03 C;4', '04 D;1', '05 E;2'])
    const upper = await read(t, tree, { ...layout, area: { column: 'Gebiet', indent: 1 } })
    t.same(fieldsOf(upper), ['Nord;5', 'Süd;7'])
    t.match(said(upper), '"Stadt", "01 A"')
    t.match(codesOf(await read(t, tree, { ...layout, encoding: 'utf-8', area: { column: 'Gebiet', indent: 3 } })), ['layout-no-such-depth'])
  })
  t.test('not by a stray blank', async t => {
    t.same(fieldsOf(await read(t, 'Gebiet;Wert\n01;5\n 02;6\n03;7\n', layout)), ['01;5', ' 02;6', '03;7'])
  })
  t.test('with labels filled down where stated, but not over totals', async t => {
    const text = 'Gebiet;Jahr;Wert\n01;2022;5\n;2023;6\n02;2022;7\n;Summe;18\n'
    t.same(fieldsOf(await read(t, text, { ...layout, fillDown: ['Gebiet'] })), ['01;2022;5', '01;2023;6', '02;2022;7', ';Summe;18'])
    t.match(codesOf(await read(t, text, { ...layout, fillDown: ['Bezirk'] })), ['read-missing-column'])
  })
  t.test('with labels filled down where a sheet merges them, but values not', async t => {
    const result = await readBook(t, [{
      name: 'T',
      rows: [['Gebiet', 'Jahr', 'Wert'], ['01', 2022, 5], [null, 2023, null]],
      merges: [{ startRow: 1, startCol: 0, endRow: 2, endCol: 0 }, { startRow: 1, startCol: 2, endRow: 2, endCol: 2 }],
    }], { area: { column: 'Gebiet' }, values: [['Wert']] })
    t.same(fieldsOf(result), ['01;2022;5', '01;2023;'])
  })
  t.test('without the footer of a database export', async t => {
    t.same(fieldsOf(await read(t, 'Nr;Wert\n01;5\n__________\n© Amt, 2024\n')), ['01;5'])
  })
  t.test('with signs of quality behind their values', async t => {
    const text = 'Nr;BEV__Stand__Anzahl;BEV__q\n01;5;e\n02;6;p\n03;;.\n'
    t.same(fieldsOf(await read(t, text)), ['01;5;e', '02;6 p;p', '03;.;.'])
  })
  t.test('without footnote marks, each named once with its text', async t => {
    const result = await read(t, 'Nr;Wert\n01;5 1)\n02;6¹⁾\n03;7b)\n1) nur Hauptwohnungen\n', { values: [['Wert']], delimiter: ';' })
    t.same(fieldsOf(result)!.slice(0, 3), ['01;5', '02;6', '03;7'])
    t.match(result.problems.filter(({ code }) => code.startsWith('layout-footnote')), [
      { code: 'layout-footnote', facts: { mark: '1)', count: 2, footnote: 'nur Hauptwohnungen' } }, { code: 'layout-footnote-unexplained', facts: { mark: 'b)' } },
    ])
  })
})

t.test('what a planner probably has to state is said with the line that states it', async t => {
  const blank = await read(t, 'Nr;Jahr;Wert\n01;2022;5\n;2023;6\n02;2022;7\n;2023;8\n', { area: { column: 'Nr' }, delimiter: ';' })
  t.match(said(blank), /2 Felder leer \(Zeilen 3, 5\)[^]*dialect: \{ fillDown: \['Nr'\] \}/)
  const heads = await read(t, 'Nr;2022;2023\n01;5;6\n', { period: { column: 'Jahr' }, delimiter: ';' })
  t.match(said(heads), /Spaltenköpfe nennen Zeiträume: "2022", "2023"[^]*period: \{ in: head \}/)
})

t.test('a column alone is separated by nothing', async t => {
  t.same(codesOf(await read(t, 'Einwohner\n12\n13\n')), [])
})

t.test('numbers that contradict each other are named, one each way', async t => {
  const result = await read(t, 'Nr;Wert\n01;12,5\n02;12.5\n', { delimiter: ';' })
  t.match(said(result), '„12.5“ (Zeile 3) hat einen Dezimalpunkt, „12,5“ (Zeile 2) ein Dezimalkomma')
  t.notOk(codesOf(await read(t, 'Nr;Wert\n01;12,5\n02;12.5\n', { decimal: ',' })).includes('layout-contradicting-numbers'), 'what is stated is not doubted')
})

t.test('two readings of the bytes are said with a word of each', async t => {
  const both = Buffer.concat([Buffer.from('Nr;Name\n'), iconv.encode('01;Südfeld\n', 'cp850'), iconv.encode('02;Grünau\n', 'win1252')])
  t.match(said(await read(t, both)), '„Grünau“ in Zeile 3 zu windows-1252, „Südfeld“ in Zeile 2 zu cp850')
  t.match(codesOf(await read(t, 'a;b\tc\n1;2\t3\n')), ['layout-two-delimiters'])
  t.match(codesOf(await read(t, both, { encoding: 'windows-1252', delimiter: ';' })), [])
})

t.test('what is read is said once, and not where it is stated', async t => {
  const bytes = iconv.encode('Titel\nNr;Name;Wert\n01;Südfeld;1.234,5\n02;Nord;7,5\n', 'win1252')
  t.match(said(await read(t, bytes)), 'tabelle.csv: gelesen als windows-1252 mit Semikolon, Spaltenköpfe in Zeile 2, Dezimalkomma, Tausenderpunkt')
  t.same(codesOf(await read(t, bytes, { encoding: 'windows-1252', delimiter: ';', headLine: 2, decimal: ',', thousands: '.' })), [])
  t.match(said(await read(t, bytes, { encoding: 'windows-1252', delimiter: ';', headLine: 2 })), 'gelesen mit Dezimalkomma, Tausenderpunkt')
})

t.test('the only sheet with the named columns is read', async t => {
  const sheets = [{ name: 'Deckblatt', rows: [['Sozialbericht', 'Tabellen']] }, { name: 'Daten', rows: [['Nr', 'Wert'], ['01', 5]] }]
  const result = await readBook(t, sheets, { area: { column: 'Nr' }, values: [['Wert']] })
  t.equal(result.tables[0]!.sheet, 'Daten')
  t.same(codesOf(result), ['layout-sheet-by-heads'])
  t.same((await readBook(t, sheets, { sheets: ['Daten', 'Zahlen'] })).problems.map(({ code }) => code), ['read-unknown-sheet'])
  t.equal((await readBook(t, sheets, { sheets: 'all' })).tables.length, 2)
})

t.test('a table read without a word on its dialect has the values it has when all is stated, or asks', async t => {
  const folder = t.testdir({})
  const file = path.join(folder, 'tabelle.csv')
  const dialects = fc.record({
    encoding: fc.constantFrom('utf-8', 'windows-1252', 'cp850', 'utf-16le'),
    delimiter: fc.constantFrom(';', ',', '\t', '|'),
    numbers: fc.constantFrom([',', '.'], [',', ' '], [',', '\u00a0'], [',', ''], ['.', ','], ['.', ''], ['.', "'"]),
    titles: fc.integer({ min: 0, max: 2 }),
  })
  const values = fc.array(fc.record({ count: fc.integer({ min: 0, max: 3_000_000 }), share: fc.integer({ min: -99_999, max: 99_999 }), digits: fc.integer({ min: 0, max: 3 }) }), { minLength: 2, maxLength: 6 })
  let asked = 0
  let decided = 0
  await fc.assert(fc.asyncProperty(dialects, values, async ({ encoding, delimiter, numbers, titles }, rows) => {
    const [decimal, thousands] = numbers as readonly [string, string]
    const write = (value: number, digits: number) => {
      const [whole, fraction] = Math.abs(value / 10 ** digits).toFixed(digits).split('.')
      return `${value < 0 ? '-' : ''}${whole!.replaceAll(/\B(?=(\d{3})+$)/g, thousands!)}${fraction === undefined ? '' : decimal! + fraction}`
    }
    const quote = (field: string) => field.includes(delimiter) ? `"${field}"` : field
    const lines = [
      ...['Einwohner, Übersicht', 'Stand 31.12.2023'].slice(0, titles),
      ['Schlüssel', 'Name', 'Anzahl', 'Anteil'].join(delimiter),
      ...rows.map(({ count, share, digits }, i) => [`0${i + 1}`, 'Südfeld', write(count, 0), write(share, digits)].map(quote).join(delimiter)),
    ]
    writeFileSync(file, iconv.encode(lines.join('\n') + '\n', encoding, { addBOM: encoding === 'utf-16le' }))
    const stated = await readTables(file, { displayName: 'a.csv', encoding, delimiter: delimiter as ';', decimal: decimal as ',', thousands: (thousands === '\u00a0' ? ' ' : thousands) as '.', headLine: titles + 1, headRows: 1 })
    const detected = await readTables(file, { displayName: 'a.csv', area: { column: 'Schlüssel' }, values: [['Anzahl'], ['Anteil']] })
    if (detected.problems.some(({ severity }) => severity === 'error')) { asked++; return true }
    const [one, other] = [stated.tables[0]!, detected.tables[0]!]
    return one.rows.every((row, i) => row.fields.every((field, j) => {
      if (j < 2) return other.rows[i]!.fields[j] === field
      const [right, found] = [parseCellText(field, { legend: {}, ...one.notation }), parseCellText(other.rows[i]!.fields[j]!, { legend: {}, ...other.notation })]
      if (found === undefined) asked++
      else decided++
      return found === undefined || JSON.stringify(right) === JSON.stringify(found)
    }))
  }), { numRuns: 200 })
  t.ok(decided > asked * 4, `${decided} values read, ${asked} asked for`)
})

t.test('layoutOf says what a delivery knows of its tables', async t => {
  const layout = layoutOf({ files: ['a.csv'], area: { column: 'Nr' }, period: { in: 'head' }, columns: { x: 'A', y: ['B', 'C'] }, dialect: { headLine: 3 } } as unknown as Parameters<typeof layoutOf>[0], 'a.csv')
  t.match(layout, { displayName: 'a.csv', headLine: 3, area: { column: 'Nr' }, values: [['A'], ['B', 'C']], others: [] })
  t.match(layoutOf({ area: { column: 'Nr' }, indicator: { column: 'M', lookUp: {} }, value: { column: 'W' } } as unknown as Parameters<typeof layoutOf>[0], 'a.csv'), { values: [['W']], others: ['M'] })
})
