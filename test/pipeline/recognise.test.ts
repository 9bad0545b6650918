import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import t, { type Test } from 'tap'
import { recogniseHead } from '../../pipeline/recognise/heads.ts'
import { inspectFile } from '../../pipeline/recognise/inspect-file.ts'
import type { LayerInspection, TableInspection } from '../../pipeline/recognise/inspection.ts'
import { needsOpenData, openData } from '../open-data.ts'

const town = path.join(import.meta.dirname, '../../fixtures/deliveries/town/areas.geojson')

async function layer (): Promise<LayerInspection> {
  const inspection = await inspectFile(town)
  if (inspection.kind !== 'layer') throw new RangeError('the town has no boundaries')
  return inspection
}

async function table (t: Test, text: string, name = 'liste.csv'): Promise<TableInspection> {
  const file = path.join(t.testdir(), name)
  await writeFile(file, text)
  const inspection = await inspectFile(file, name, [await layer()])
  if (inspection.kind !== 'tables') throw new RangeError(`no table: ${JSON.stringify(inspection)}`)
  return inspection.tables[0]!
}

/** Six areas, each with a count. */
const rows = (area: (key: string, name: string) => string, rest = '2024;10') => ['01 Altstadt', '02 Bahnhofsviertel', '03 Nordertor', '04 Südfeld', '05 Weserbogen', '06 Hasenheide']
  .map(text => `${area(text.slice(0, 2), text.slice(3))};${rest}`).join('\n')

t.test('a layer says its keys, names, place and number', async t => {
  const { keys, names, count, geometry, bounds } = await layer()
  t.match({ key: keys[0]?.column, name: names[0]?.column, count, geometry }, { key: 'nr', name: 'name', count: 6, geometry: 'polygon' })
  t.ok(bounds!.west > 8.9 && bounds!.east < 9.2 && bounds!.south > 52.4 && bounds!.north < 52.6)
})

t.test('the area column is found however the key is written', async t => {
  const cases: ReadonlyArray<readonly [string, (key: string, name: string) => string, object]> = [
    ['as it is', key => key, {}],
    ['without its zero', key => String(Number(key)), { pad: 2 }],
    ['behind a prefix', key => `SR-${key}`, { prefix: 'SR-' }],
    ['before the name', (key, name) => `${key} ${name}`, { extract: String.raw`^(\d+)[ –-]+\p{L}` }],
    ['by the name', (_, name) => name, { lookUp: { Altstadt: '01', Südfeld: '04' } }],
  ]
  for (const [what, write, rule] of cases) {
    const { area, period, values } = await table(t, `Gebiet;Jahr;Einwohner\n${rows(write)}\n`)
    t.match(area, { column: 'Gebiet', rule, matched: 6, areas: 6 }, what)
    t.match([period?.column, period?.periods, values.map(({ column }) => column)], ['Jahr', ['2024'], ['Einwohner']], what)
  }
})

t.test('small numbers that could be keys are none where a better column is', async t => {
  const { area, values } = await table(t, 'Nr;Jahr;Kitas\n01;2023;1\n02;2023;2\n03;2023;3\n04;2023;4\n05;2023;5\n06;2023;6\n01;2024;1\n02;2024;2\n03;2024;3\n04;2024;4\n05;2024;5\n06;2024;6\n')
  t.equal(area?.column, 'Nr')
  t.strictSame(values.map(({ column }) => column), ['Kitas'])
})

t.test('sums, rows without an area and strangers are kept apart', async t => {
  const { area } = await table(t, `Nr;Jahr;Einwohner\n${rows(key => key)}\n99;2024;3\nInsgesamt;2024;63\nHafen;2024;1\n`)
  t.match(area, { totals: ['Insgesamt'], unassigned: ['99'], orphans: ['Hafen'] })
})

t.test('signs come with their usual meaning, and a blank with none', async t => {
  const { signs } = await table(t, 'Nr;Jahr;Einwohner\n01;2024;–\n02;2024;.\n03;2024;\n04;2024;/\n05;2024;5\n06;2024;6 p\n')
  t.strictSame([...signs], [['–', 'zero'], ['.', 'suppressed'], ['', null], ['/', 'unreliable']])
})

t.test('periods are read as offices write them', async t => {
  for (const [text, period, lookUp] of [['2024', '2024', null], ['31.12.2024', '2024-12-31', { '31.12.2024': '2024-12-31' }], ['202412', '2024-12-31', { 202412: '2024-12-31' }], ['2024/25', '2024-25', { '2024/25': '2024-25' }]] as const) {
    t.match((await table(t, `Nr;Zeit;Einwohner\n${rows(key => key, `${text};10`)}\n`)).period, { column: 'Zeit', periods: [period], lookUp }, text)
  }
  t.match((await table(t, `Nr;Einwohner\n${rows(key => key, '10')}\n`, 'bestand-2023.csv')).period, { column: null, periods: ['2023'] }, 'in the file name')
  t.match((await table(t, `Bestand, jeweils am 31. Dezember\n\nNr;Jahr;Einwohner\n${rows(key => key)}\n`)).period, { template: '{}-12-31', periods: ['2024-12-31'] }, 'above the table')
  t.match((await table(t, `Nr;2023;2024\n${rows(key => key, '9;10')}\n`)).period, { in: 'head', periods: ['2023', '2024'] }, 'in the heads')
})

t.test('whole numbers are counts, fractions and percentages measures', async t => {
  const { values } = await table(t, `Nr;Jahr;Einwohner;Anteil Frauen;Mittel\n${rows(key => key, '2024;10;51;1,25')}\n`)
  t.match(values, [{ kind: 'count', decimals: 0 }, { kind: 'measure', isPercent: true }, { kind: 'measure', decimals: 2 }])
})

t.test('a column that tells the rows of an area apart makes a long table', async t => {
  const { long, values } = await table(t, `Nr;Jahr;Merkmal;Anzahl\n${rows(key => key, '2024;Frauen;5')}\n${rows(key => key, '2024;Männer;6')}\n`)
  t.match(long, { column: 'Merkmal', categories: ['Frauen', 'Männer'], value: 'Anzahl' })
  t.equal(values.length, 1)
})

t.test('rows of persons are recognised by their heads', async t => {
  const { persons } = await table(t, 'Nachname;Vorname;Geburtsdatum;Nr\nX;Y;01.02.2003;01\n')
  t.strictSame(persons.toSorted(), ['Geburtsdatum', 'Nachname', 'Vorname'])
})

t.test('heads are known by their words, their parent or the name of the table', async t => {
  const known: ReadonlyArray<readonly [string, string | undefined, { parent?: string, table?: string }?]> = [
    ['Einwohnerinnen und Einwohner insgesamt', 'inhabitants'],
    ['65 bis unter 80 Jahre', 'age-65-79'],
    ['unter 3 Jahre', 'age-0-2'],
    ['age_80_and_above', 'age-80-plus'],
    ['Ausländerinnen und Ausländer', 'foreigners'],
    ['darunter unter 15 Jahre', 'sgb2-children', { parent: 'Leistungsberechtigte SGB II' }],
    ['residents', 'housing-benefit', { table: 'fl_housing_benefit_by_district' }],
    ['age_65_and_above', 'old-age-assistance', { table: 'fl_basic_benefits_by_district' }],
    ['male', undefined, { table: 'fl_basic_benefits_by_district' }],
    ['Kanalanschlüsse', undefined],
  ]
  for (const [head, id, context] of known) t.equal(recogniseHead(head, context)?.id, id, head)
})

t.test('nothing a file holds makes it throw', async t => {
  const folder = t.testdir({ 'a.csv': '', 'b.csv': '\u0000\u0001', 'c.geojson': '{', 'd.zip': 'PK', 'e.csv': ';;;\n;;;\n', 'f.xlsx': 'no workbook' })
  for (const name of ['a.csv', 'b.csv', 'c.geojson', 'd.zip', 'e.csv', 'f.xlsx']) t.ok(['other', 'tables'].includes((await inspectFile(path.join(folder, name), name)).kind), name)
})

t.test('a zip of a real town is recognised', needsOpenData('flensburg'), async t => {
  const inspection = await inspectFile(openData('flensburg/flensburg_stadtteile.zip'))
  t.match(inspection, { kind: 'layer', count: 13, names: [{ column: 'AREA_NAME' }] })
})
