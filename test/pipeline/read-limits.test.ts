import t from 'tap'
import { execFileSync } from 'node:child_process'
import { truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { readLayer } from '../../pipeline/read/layer.ts'
import { lineProblem, maxLineBytes, maxTableBytes, readTableFile } from '../../pipeline/read/limits.ts'
import { withoutInvisible } from '../../pipeline/read/invisible.ts'
import { readTables } from '../../pipeline/read/tables.ts'
import { codes } from './problem-codes.ts'

t.test('a file larger than any table is refused before a byte of it is read', async t => {
  const file = path.join(t.testdir({ 'a.csv': 'a;b\n' }), 'a.csv')
  // A gigabyte of nothing, which takes no space on the disk.
  await truncate(file, 1024 ** 3)
  const before = process.memoryUsage().rss
  t.match(await readTableFile(file, 'a.csv'), { code: 'read-file-too-large', facts: { size: 1024, limit: maxTableBytes / 1024 ** 2 } })
  t.ok(process.memoryUsage().rss - before < 100 * 1024 ** 2)
})

t.test('what is no file is refused instead of waited for', async t => {
  const folder = t.testdir({})
  t.match(await readTableFile(folder, 'a'), { code: 'read-folder' })
  t.match(await readTableFile(path.join(folder, 'none'), 'a'), { code: 'read-missing-file' })
  if (process.platform !== 'win32') {
    execFileSync('mkfifo', [path.join(folder, 'pipe')])
    t.match(await readTableFile(path.join(folder, 'pipe'), 'a'), { code: 'read-unreadable-file' })
    t.match(await readTableFile('/dev/zero', 'a'), { code: 'read-unreadable-file' })
  }
})

t.test('a line without an end is refused with its number', async t => {
  const file = path.join(t.testdir({}), 'a.csv')
  await writeFile(file, Buffer.concat([Buffer.from('a;b\n1;2\n'), Buffer.alloc(3 * maxLineBytes, 'x')]))
  const { tables, problems } = await readTables(file, { displayName: 'a.csv' })
  t.same(tables, [])
  t.match(problems, [{ code: 'read-line-too-long', place: { file: 'a.csv', line: 3 }, facts: { size: 3, limit: 1 } }])
  t.equal(lineProblem(Buffer.from('a;b\r1;2\r'.repeat(maxLineBytes)), 'a.csv'), undefined, 'old line ends are ends')
})

t.test('a NUL byte in a text file is no text', async t => {
  const file = path.join(t.testdir({ 'a.csv': 'a;b\n1;\0\n' }), 'a.csv')
  t.same(codes((await readTables(file, { displayName: 'a.csv' })).problems), ['read-no-text'])
})

t.test('signs that nobody sees are taken out of keys and names, with a note that quotes them', async t => {
  const file = path.join(t.testdir({ 'a.csv': 'Nr;Name;Wert\n\u200b01;Alt\u202estadt;1\n02;Süd;2\n' }), 'a.csv')
  const { tables: [table], problems } = await readTables(file, { displayName: 'a.csv' })
  t.same(table!.rows.map(({ fields }) => fields), [['01', 'Altstadt', '1'], ['02', 'Süd', '2']])
  t.match(problems.filter(({ code }) => code === 'read-invisible-signs'), [{ severity: 'note', facts: { signs: 'U+200B U+202E', lines: { de: '2' } } }])
})

t.test('and out of the attributes of a layer, a NUL among them', async t => {
  const geojson = JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { nr: '01\u0000', name: '\u2067Nord\u2069' }, geometry: { type: 'Point', coordinates: [9, 52] } }] })
  const file = path.join(t.testdir({ 'a.geojson': geojson }), 'a.geojson')
  const { layer, problems } = await readLayer(file, { displayName: 'a.geojson' })
  t.same(layer!.features[0]!.attributes, { nr: '01', name: 'Nord' })
  t.match(problems, [{ code: 'read-invisible-signs', facts: { signs: 'U+0000 U+2067 U+2069' } }])
})

t.test('letters, blanks and line ends are no invisible signs', async t => {
  for (const text of ['Straße', 'a\u00a0b', 'a\tb\r\nc', '–', '😀', 'é']) t.equal(withoutInvisible(text), text)
})

t.test('what looks like a formula is read as the text it is', async t => {
  const fields = ['=1+1', '+49', '-', '@SUM(A1)', '=HYPERLINK("http://a")']
  const file = path.join(t.testdir({ 'a.csv': `Nr;Name\n${fields.map((field, i) => `${i};"${field.replaceAll('"', '""')}"`).join('\n')}\n` }), 'a.csv')
  const { tables: [table] } = await readTables(file, { displayName: 'a.csv', delimiter: ';', headLine: 1 })
  t.same(table!.rows.map(row => row.fields[1]), fields)
})

t.test('what stands in a table about persons is quoted nowhere, however broken it is', async t => {
  const head = 'Nachname;Vorname;Geburtsdatum;Nr\n'
  const files = {
    'unclosed.csv': `${head}"Geheim;Anna;1.2.1990;01\n`,
    'after.csv': `${head}"Geheim" B;Anna;1.2.1990;01\n`,
    'encodings.csv': Buffer.concat([Buffer.from(`${head}Gr\u00fcngeheim;Anna;1.2.1990;01\n`, 'latin1'), Buffer.from('Gr'), Buffer.from([0x81]), Buffer.from('ngeheim;Bert;3.4.1980;02\n')]),
  }
  const folder = t.testdir(files)
  for (const [name, code] of [['unclosed.csv', 'read-unclosed-quote'], ['after.csv', 'read-text-after-quote'], ['encodings.csv', 'layout-two-encodings']] as const) {
    const { problems } = await readTables(path.join(folder, name), { displayName: name })
    t.match(codes(problems), [code], name)
    t.notMatch(JSON.stringify(problems), /geheim/i, name)
  }
})

t.test('a packed table is told from other bytes that are no text', async t => {
  const file = path.join(t.testdir({ 'a.csv.gz': gzipSync('a;b\n1;2\n') }), 'a.csv.gz')
  t.same(codes((await readTables(file, { displayName: 'a.csv.gz' })).problems), ['read-packed-table'])
})
