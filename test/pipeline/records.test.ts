import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { formatProblem, type Problem } from '../../core/problem.ts'
import { buildEdition, listDeliveredFiles } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import type { TableDelivery } from '../../pipeline/project-file/schema.ts'
import { parseCsv } from '../../pipeline/read/csv.ts'
import type { DeliveredTable } from '../../pipeline/read/table.ts'
import { readTables } from '../../pipeline/read/tables.ts'
import { ageOn, parseBirthDate } from '../../pipeline/records/birth-date.ts'
import { countRecords } from '../../pipeline/records/count-records.ts'
import { EndlessFieldError, streamCsv } from '../../pipeline/records/csv-stream.ts'
import { readDeliveredRows } from '../../pipeline/records/delivered-rows.ts'
import { hasPersonInHead, personColumns } from '../../pipeline/records/person-columns.ts'
import { refusePersons } from '../../pipeline/records/refuse-persons.ts'
import { keepDeliveries, listDeliveries } from '../../pipeline/vault/deliveries.ts'
import { openVault } from '../../pipeline/vault/vault.ts'
import { codes } from './problem-codes.ts'

const folder = t.testdir({})
let files = 0

const delivery: TableDelivery = {
  id: 'register',
  title: 'Bestand',
  publisher: 'Stadt',
  licence: { name: 'CC0', url: 'https://example.org' },
  attribution: 'Stadt',
  minimumCount: 3,
  legalBasis: 'Satzung',
  mayBePassedOn: true,
  level: 'sr',
  files: ['personen.csv'],
  area: { column: 'SR', pad: 2 },
  period: { value: '2024-12-31' },
  einzeldaten: 'zählen',
  birthDate: 'geb',
  count: { all: {}, small: { age: '0..2' }, women: { where: { sex: ['w', 'W'] } } },
}

const levels = [{ id: 'sr', system: 'sr', validFrom: '2019-01-01', validTo: null, areas: ['01', '02', '03'].map(id => ({ id, name: id, parent: null })) }] as unknown as Parameters<typeof countRecords>[0]['levels']

async function count (text: string | Uint8Array, changes: Partial<TableDelivery> = {}): Promise<{ rows: string[], said: string[], problems: readonly Problem[], table?: DeliveredTable }> {
  const file = path.join(folder, `personen-${files++}.csv`)
  writeFileSync(file, text)
  const { table, problems } = await countRecords({ path: file, displayName: 'personen.csv', delivery: { ...delivery, ...changes }, ...levels && { levels } })
  return { rows: table?.rows.map(({ fields }) => fields.join(' ')) ?? [], said: codes(problems), problems, ...table && { table } }
}

t.test('rows are counted per area: all, by age at the reference date, by a column', async t => {
  const { rows, said, table } = await count('SR;geb;sex\n1;31.12.2021;w\n1;01.01.2022;m\n2;1950-05-05;W\n')
  t.strictSame(table!.columns, ['Gebiet', 'Zeitraum', 'all', 'small', 'women'])
  t.strictSame(rows, ['01 2024-12-31 2 1 1', '02 2024-12-31 1 0 1'], 'three years old on the day is not below three')
  t.strictSame(said, ['records-counted'])
})

t.test('an area without a row has 0 only where the delivery says so', async t => {
  const text = 'SR;geb;sex\n1;31.12.2021;w\n'
  t.strictSame((await count(text)).rows, ['01 2024-12-31 1 0 1'])
  t.strictSame((await count(text, { rowless: 'zero' })).rows, ['01 2024-12-31 1 0 1', '02 2024-12-31 0 0 0', '03 2024-12-31 0 0 0'])
})

t.test('the period may stand in a column, and the age is that of its last day', async t => {
  const { rows } = await count('SR;geb;sex;Jahr\n1;15.06.2021;w;2023\n1;15.06.2021;w;2024\n', { period: { column: 'Jahr' } })
  t.strictSame(rows, ['01 2023 1 1 1', '01 2024 1 0 1'])
})

t.test('a column of numbers is summed up', async t => {
  const { rows } = await count('SR;Anzahl\n1;3\n1;4\n2;0\n', { count: { all: { sum: 'Anzahl' } }, birthDate: undefined as never })
  t.strictSame(rows, ['01 2024-12-31 7', '02 2024-12-31 0'])
  t.match((await count('SR;Anzahl\n1;drei\n', { count: { all: { sum: 'Anzahl' } }, birthDate: undefined as never })).said, ['records-unreadable-number', 'records-counted'])
})

t.test('a preamble, quotes, umlauts of windows-1252 and a blank area are read', async t => {
  const text = 'Auszug aus dem Melderegister\n\nSR;Straße;geb;sex\n1;"Gasse; hinten";1.2.1990;w\n;Öder Weg;1.2.1990;w\n'
  const { rows, said } = await count(Buffer.from(text, 'latin1'))
  t.strictSame(rows, ['01 2024-12-31 1 0 1', 'ohne Zuordnung 2024-12-31 1 0 1'])
  t.strictSame(said, ['records-counted'])
})

t.test('no message quotes what stands in the rows', async t => {
  const secret = 'Wanda-Geheim'
  const texts = [
    `SR;geb;sex\n1;${secret};w\n`,
    `SR;geb;sex\n1;"${secret}\n1;1.1.1990;w\n`,
    `SR;geb;sex\n1;${secret}\n`,
    `SR;geburt;sex\n1;${secret};w\n`,
    `SR;geb;sex;Jahr\n1;1.1.1990;w;${secret}\n`,
    `${secret}\n`,
    '',
  ]
  for (const text of texts) {
    const { problems } = await count(text, { period: { column: 'Jahr' } })
    const { problems: others } = await count(text)
    t.ok(problems.length > 0)
    const said = [...problems, ...others].flatMap(found => [formatProblem(found, 'de'), formatProblem(found, 'en'), JSON.stringify(found)]).join('\n')
    t.notMatch(said, new RegExp(secret), said)
  }
})

t.test('a column about persons cannot be the area or the period', async t => {
  t.strictSame((await count('Nachname;geb;sex\n', { area: { column: 'Nachname' } })).said, ['records-person-column'])
  t.strictSame((await count('SR;Geburtsdatum;sex\n', { period: { column: 'Geburtsdatum' } })).said, ['records-person-column'])
  const many = Array.from({ length: 20_010 }, (_, i) => `a${i};1.1.1990;w`).join('\n')
  t.strictSame((await count(`SR;geb;sex\n${many}\n`)).said, ['records-too-many-areas'])
})

t.test('streamCsv reads what parseCsv reads, wherever the text is cut', async t => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.array(fc.stringMatching(/^[ab;"\n\r ]{0,6}$/), { minLength: 2, maxLength: 4 }), { maxLength: 6 }), fc.integer({ min: 1, max: 7 }), fc.constantFrom('\n', '\r\n', '\r'),
    async (rows, size, end) => {
      const text = rows.map(fields => fields.map(field => `"${field.replaceAll('"', '""')}"`).join(';') + end).join('')
      const parts = (async function * () { for (let i = 0; i < text.length; i += size) yield text.slice(i, i + size) })()
      const streamed = []
      for await (const { fields, line } of streamCsv(parts, ';')) streamed.push({ line, fields })
      const { records } = parseCsv(text, ';')
      t.strictSame(streamed, records.map(({ line, fields }) => ({ line, fields: [...fields] })))
    }), { numRuns: 300 })
})

t.test('a quote without an end holds no more than a field in memory', async t => {
  const endless = (async function * () { yield 'a;"'; for (let i = 0; i < 1000; i++) yield 'x'.repeat(10_000) })()
  await t.rejects(async () => { for await (const row of streamCsv(endless, ';')) t.fail(String(row.line)) }, EndlessFieldError)
})

t.test('counting adds up: every row is in exactly one area', async t => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('1', '2', '3', ''), fc.constantFrom('w', 'm', 'd'))), async people => {
    const { rows } = await count(`SR;geb;sex\n${people.map(([area, sex]) => `${area};1.1.1990;${sex}`).join('\n')}\n`)
    t.equal(rows.reduce((sum, row) => sum + Number(row.split(' ').at(-3)), 0), people.length)
  }), { numRuns: 50 })
})

t.test('dates of birth are read as offices write them, and ages are completed years', async t => {
  for (const text of ['31.12.1980', '1980-12-31', '19801231', '31/12/1980', '1980-12-31 00:00:00']) t.equal(parseBirthDate(text), '1980-12-31', text)
  t.equal(parseBirthDate('1980'), '1980')
  for (const text of ['31.12.80', '31.02.1980', 'unbekannt', '']) t.equal(parseBirthDate(text), undefined, text)
  t.equal(ageOn('2024-12-30', '1980-12-31'), 43)
  t.equal(ageOn('2024-12-31', '1980-12-31'), 44)
})

const tableOf = (heads: string, ...rows: string[]): DeliveredTable => ({
  file: 'x.csv', sheet: null, columns: heads.split(';'), encoding: 'utf-8', delimiter: ';', notation: {}, rows: rows.map((row, i) => ({ line: i + 2, fields: row.split(';') })),
})
const plain: TableDelivery = { ...delivery, einzeldaten: undefined as never, area: { column: 'SR' }, period: { column: 'Jahr' }, columns: { all: 'Anzahl' } }

t.test('columns about persons are found by head and by content, names of areas are none', async t => {
  t.match(personColumns(tableOf('SR;Name;Vorname;Geb.-Datum;Kunden-Nr.;Straße;Hausnr')).map(({ kind }) => kind), ['name', 'name', 'birth-date', 'id', 'address', 'address'])
  t.strictSame(personColumns(tableOf('SR;Name;Jahr;Einwohner', '1;Altstadt;2024;5')), [])
  const days = Array.from({ length: 40 }, (_, i) => `1;${10 + i % 18}.03.${1940 + i}`)
  t.match(personColumns(tableOf('SR;Tag', ...days)), [{ head: 'Tag', kind: 'birth-date' }])
  t.strictSame(personColumns(tableOf('SR;Stichtag', ...days.map((_, i) => `${i};31.12.${2015 + i % 8}`))), [], 'reference dates')
  t.match(personColumns(tableOf('SR;Kontakt', ...days.map((_, i) => `1;p${i}@example.org`))), [{ kind: 'contact' }])
})

t.test('one row per area is a table about areas, whatever its columns are called', async t => {
  t.strictSame(refusePersons(tableOf('SR;Jahr;Anzahl;Telefon', '1;2024;5;0511', '2;2024;6;0512'), plain), [])
  t.match(refusePersons(tableOf('SR;Jahr;Anzahl;Telefon', '1;2024;5;0511', '1;2024;6;0512'), plain), [{ code: 'records-persons' }])
  t.match(refusePersons(tableOf('SR;Jahr;Anzahl;Nachname;Vorname', '1;2024;5;Geheim;Wanda'), plain), [{ code: 'records-persons' }], 'but names of persons are certain')
  t.strictSame(refusePersons(tableOf('SR;Name;Jahr;Anzahl', '1;Altstadt;2024;5', '1;Altstadt;2024;5'), plain), [], 'an area may be named twice')
})

t.test('person rows in a project are refused, or counted where the project says so', async t => {
  const said = async (name: string) => {
    const { project } = await readProject(`fixtures/deliveries/${name}`)
    const { edition, problems } = await buildEdition(project!)
    return { edition, problems, text: problems.map(found => formatProblem(found, 'de')).join('\n') }
  }
  const refused = await said('person-rows')
  t.equal(refused.edition, undefined)
  t.match(refused.text, /„Nachname“ \(Namen\), „Vorname“ \(Namen\), „Geburtsdatum“/)
  t.notMatch(refused.text, /Musterfrau|Wanda/)
  const counted = await said('person-rows-counted')
  t.ok(counted.edition)
  t.notMatch(JSON.stringify(counted.edition) + counted.text, /Musterfrau|Wanda|Greta/)
})

t.test('a file of rows about persons is not copied into the vault; only its hash and size are noted', async t => {
  const { project } = await readProject('fixtures/deliveries/person-rows-counted')
  const vault = await openVault({ folder: path.join(folder, 'vault'), isSynthetic: false })
  await keepDeliveries(vault, 'e111111111111', listDeliveredFiles(project!, 'public'))
  t.match(await listDeliveries(vault, 'e111111111111'), [{ name: 'personen.csv', deliveries: ['register'], isPersonal: true, sha256: /^[0-9a-f]{64}$/ }])
  t.strictSame(existsSync(path.join(vault.folder, 'deliveries')) ? readdirSync(path.join(vault.folder, 'deliveries')) : [], [])
  t.notMatch(readFileSync(path.join(vault.folder, 'reports/e111111111111/deliveries.json'), 'utf8'), /Musterfrau/)
})

t.test('a workbook is counted too', async t => {
  const { project } = await readProject('fixtures/deliveries/person-rows-counted')
  const { writeXlsx } = await import('hucre/xlsx')
  const file = path.join(folder, 'personen.xlsx')
  writeFileSync(file, await writeXlsx({ sheets: [{ name: 'Personen', rows: [['SR', 'geb', 'sex'], ['1', '31.12.2021', 'w'], ['2', '1.1.1950', 'm']] }] }))
  const { tables, problems } = await readDeliveredRows({ delivery, filePath: file, displayName: 'personen.xlsx', resolve: project!.resolve })
  t.strictSame(codes(problems), ['records-counted'])
  t.strictSame(tables[0]?.table.rows.map(({ fields }) => fields.join(' ')), ['01 2024-12-31 1 0 1', '02 2024-12-31 1 0 0'])
})

t.test('a file about persons without a head row is refused without a word of it', async t => {
  const said = async (text: string) => {
    const file = path.join(folder, `ohne-kopf-${files++}.csv`)
    writeFileSync(file, text)
    const { tables, problems } = await readTables(file, { displayName: 'liste.csv' })
    t.notMatch(JSON.stringify(problems), /Muster|Anna|1980|Lindenweg/)
    return [tables.length, ...codes(problems)]
  }
  t.strictSame(await said('Muster;Anna;12.05.1980\nMuster;Bernd;03.02.1971\n'), [0, 'read-person-in-head'])
  t.strictSame(await said('Muster;Muster;12.05.1980\nMuster;Bernd;03.02.1971\n'), [0, 'read-person-in-head'], 'not as heads that come twice either')
  t.strictSame(await said('Muster;anna@example.org\nMuster;bernd@example.org\n'), [0, 'read-person-in-head'])
  t.strictSame(await said('1;12.05.1980;"Anna" Muster\n2;03.02.1971;Bernd\n'), [0, 'read-person-in-head'], 'nor as the text behind a quote')
  t.strictSame(await said('Muster;Lindenweg 5\nMuster;Lindenweg 7a\n'), [0, 'read-person-in-head'])
})

t.test('days as heads of columns of numbers are no persons', t => {
  t.equal(hasPersonInHead({ columns: ['Gebiet', '31.12.2022', '31.12.2023'], rows: [{ line: 2, fields: ['01', '12', ''] }] }), false)
  t.end()
})

t.test('counted rows name no key that is no area, because it may be a name', async t => {
  const { rows, said, problems } = await count('SR;geb;sex\n1;31.12.2021;w\nAnna Muster;01.01.1980;w\nBernd Muster;01.01.1981;m\n')
  t.strictSame(rows, ['01 2024-12-31 1 0 1'])
  t.strictSame(said, ['records-unknown-areas', 'records-counted'])
  t.match(problems[0], { place: { line: 3 }, facts: { count: 2 } })
  t.notMatch(JSON.stringify(problems), /Muster/)
})
