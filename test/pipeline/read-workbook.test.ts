import t from 'tap'
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate'
import { readFile } from 'node:fs/promises'
import { readSheets } from '../../pipeline/read/workbook.ts'
import { codes } from './problem-codes.ts'
import { biffRecord, compoundFile } from './xls-bytes.ts'

const formats = ['xlsx', 'xls', 'ods'] as const

/** A workbook that LibreOffice wrote three times (fixtures/README.md). */
async function fixture (format: string): Promise<Uint8Array> {
  return await readFile(`fixtures/tables/workbook.${format}`)
}

const read = async (bytes: Uint8Array) => await readSheets(bytes, { displayName: 'mappe' })

t.test('a workbook is the same text in every format that LibreOffice writes', async t => {
  const long = Array.from({ length: 400 }, (_, i) => [`Zeile ${i} ${'ä'.repeat(i % 90)}${i % 7 === 0 ? '€' : ''}`, i % 2 === 0 ? i : i / 100])
  for (const format of formats) {
    const { sheets, problems, format: told } = await read(await fixture(format))
    t.same([told, problems], [format, []])
    t.same(sheets.map(({ name, hidden }) => [name, hidden]), [['Bevölkerung', false], ['Hilfe', true], ['Lang', false]])
    const [first, , last] = sheets
    t.same(first!.rows.map(({ line, fields }) => [line, ...fields]), [
      [1, 'Bevölkerung „Süd“ & mehr'],
      [2],
      [3, 'Schlüssel', 'Gebiet', 'Einwohner', '', 'Anteil', 'Stand', 'Hinweis'],
      [4, '', '', '2023', '2024', '2024'],
      [5, '08222', 'Altstadt', '1234,5', '-7', '12,3 %', '2024-12-31', '=1+1 kein Befehl'],
      [6, '00001', 'davon Kinder', '0,1', '1000000000000000000000', '7 %', '2019-02-28', 'zwei  Blanke\nund zwei Zeilen'],
      [7, '00017', 'davon Mädchen', '#DIV/0!', '2469', 'TRUE', 'Süd', '–'],
      [8],
      [9, '99999', 'Straße 😀', '900719925474099', '123456789012', '0', '2024-02-29T13:45:30'],
    ], format)
    t.same(first!.merges, [{ top: 0, left: 0, bottom: 0, right: 6 }, { top: 2, left: 0, bottom: 3, right: 0 }, { top: 2, left: 1, bottom: 3, right: 1 }, { top: 2, left: 2, bottom: 2, right: 3 }])
    t.same(first!.indents, [{ row: 5, column: 1, steps: 1 }, { row: 6, column: 1, steps: 2 }])
    t.same(first!.faults, [{ kind: 'long-number', row: 5, column: 3 }, { kind: 'error', row: 6, column: 2 }])
    // .xls keeps the last binary digit of 57 * 0.01, .ods writes 15 decimal ones.
    t.same(last!.rows.map(({ fields: [text, number] }) => [text, Number(Number(number!.replace(',', '.')).toPrecision(12))]), long, `${format}: strings that go over the end of a record`)
  }
})

t.test('readSheets refuses with a sentence', async t => {
  const xlsx = unzipSync(await fixture('xlsx'))
  const ods = unzipSync(await fixture('ods'))
  const xls = Buffer.from(await fixture('xls'))
  const changed = (entries: Zippable, name: string, change: (text: string) => string) => zipSync({ ...entries, [name]: strToU8(change(new TextDecoder().decode(entries[name] as Uint8Array))) })
  const laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
  const outside = '<!DOCTYPE a SYSTEM "file:///etc/passwd">'
  const sheet = 'xl/worksheets/sheet1.xml'
  const bof = (version: number) => biffRecord(0x809, [version & 0xff, version >> 8, 5, 0, 0, 0, 0, 0])
  const cases: Array<[name: string, bytes: Uint8Array, code: string]> = [
    ['a billion laughs in .xlsx', changed(xlsx, sheet, text => text.replace('<worksheet', `${laughs}<worksheet`)), 'read-doctype'],
    ['a billion laughs in .ods', changed(ods, 'content.xml', text => text.replace('<office:document-content', `${laughs}<office:document-content`)), 'read-doctype'],
    ['a file from outside', changed(xlsx, 'xl/sharedStrings.xml', text => text.replace('<sst', `${outside}<sst`)), 'read-doctype'],
    ['an attribute of a megabyte', changed(xlsx, sheet, text => text.replace('<row ', `<row a="${'x'.repeat(1e6)}" `)), 'read-damaged-workbook'],
    ['ten thousand levels', changed(ods, 'content.xml', text => text.replace('<office:body>', '<office:body>' + '<a>'.repeat(1e4))), 'read-damaged-workbook'],
    ['a cell repeated to the end of the sheet', changed(ods, 'content.xml', text => text.replace('<table:table-cell office:value-type="string"', '<table:table-cell table:number-columns-repeated="16384" office:value-type="string"').replaceAll('<table:table-row ', '<table:table-row table:number-rows-repeated="1000" ')), 'read-workbook-too-large'],
    ['a filled cell beyond the last column', changed(xlsx, sheet, text => text.replace('r="A1"', 'r="ZZZ1"')), 'read-workbook-too-large'],
    ['a sheet that is not there', zipSync(Object.fromEntries(Object.entries(xlsx).filter(([name]) => name !== sheet))), 'read-damaged-workbook'],
    ['a sheet outside of the archive', changed(xlsx, 'xl/_rels/workbook.xml.rels', text => text.replace('worksheets/sheet1.xml', '../../../etc/passwd')), 'read-damaged-workbook'],
    ['a password on an .ods', changed(ods, 'META-INF/manifest.xml', text => text.replace('</manifest:manifest>', '<manifest:encryption-data/></manifest:manifest>')), 'read-encrypted-workbook'],
    ['a text document', zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.text'), 'content.xml': strToU8('<a/>') }), 'read-unknown-table-format'],
    ['a password on an .xls', compoundFile('Workbook', Buffer.concat([bof(0x600), biffRecord(0x2f, [1, 0])])), 'read-encrypted-workbook'],
    ['Excel 95', compoundFile('Book', Buffer.concat([bof(0x500), biffRecord(0x0a, [])])), 'read-old-workbook'],
    ['a workbook of Excel 95 under the new name', compoundFile('Workbook', bof(0x500)), 'read-old-workbook'],
    ['an .xls cut in half', xls.subarray(0, xls.length / 2), 'read-damaged-workbook'],
    ['a chain of sectors in a circle', withCircle(xls), 'read-damaged-workbook'],
  ]
  for (const [name, bytes, code] of cases) {
    const { sheets, problems } = await read(bytes)
    t.same([codes(problems), sheets], [[code], []], name)
  }
})

t.test('what only some programs write is read too', async t => {
  const xlsx = unzipSync(await fixture('xlsx'))
  const prefixed = new TextDecoder().decode(xlsx['xl/worksheets/sheet2.xml']!).replaceAll(/<(\/?)(\w+)(?=[\s/>])/g, '<$1x:$2').replace('xmlns=', 'xmlns:x=')
  t.same((await read(zipSync({ ...xlsx, 'xl/worksheets/sheet2.xml': strToU8(prefixed) }))).sheets[1]!.rows, [{ line: 1, fields: ['versteckt'] }], 'names with a prefix')

  const bare = '<worksheet><sheetData><row><c><v>1</v></c><c t="inlineStr"><is><r><t>a_x000D_</t></r><rPh><t>no</t></rPh><r><t>b</t></r></is></c><c t="b"><v>1</v></c><c><f>A1</f></c></row></sheetData></worksheet>'
  const [first] = (await read(zipSync({ ...xlsx, 'xl/worksheets/sheet1.xml': strToU8(bare) }))).sheets
  t.same(first!.rows, [{ line: 1, fields: ['1', 'a\rb', 'TRUE'] }], 'cells without a place, texts in parts')
  t.same(first!.faults, [{ kind: 'uncalculated', row: 0, column: 3 }])
})

/** The first sector of the allocation table leads to itself. */
function withCircle (xls: Buffer): Buffer {
  const changed = Buffer.from(xls)
  const table = (changed.readUInt32LE(76) + 1) * 512
  for (let i = 0; i < 128; i++) changed.writeUInt32LE(i, table + 4 * i)
  return changed
}
