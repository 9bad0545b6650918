import t from 'tap'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { writeOds } from 'hucre/ods'
import { writeXlsx } from 'hucre/xlsx'
import { delimiters } from '../../pipeline/read/csv.ts'
import { readTextGrid } from '../../pipeline/read/text-grid.ts'
import { readSheets } from '../../pipeline/read/workbook.ts'

/*
 * Any table, written in any supported dialect, reads back equal.
 */

/** What goes wrong in fields: zeros in front, blanks, quotes, delimiters, formulas, signs of legends. */
const awkward = ['01', '08222', ' ', ' a ', '"', '""', 'a"b', ';', ',', '\t', '|', '=1+1', '-', '–', '1.234', '1.234,5', '12 345', "'", '0', '-0', 'a;b', '#', 'sep=;', '(12)', 'NULL', 'TRUE', '2024-12-31']

/** In every code page that offices use. */
const letters = fc.string({ unit: fc.constantFrom(...'aZ09äöüÄÖÜßé;,|\t". \'\n'), maxLength: 12 })

/** Without U+FFFD, which stands for bytes that an earlier program could not read: in UTF-16 it is reported as such. */
const anything = fc.string({ unit: 'grapheme', maxLength: 12 }).filter(text => !text.includes('\ufffd'))

/** Tables of at least two columns, so that no line is blank altogether; the first field says nothing about itself. */
function tables<Field> (field: fc.Arbitrary<Field>): fc.Arbitrary<Field[][]> {
  return fc.integer({ min: 2, max: 5 }).chain(width => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }))
}

const encodings = ['utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'cp850', 'macroman']

function encode (text: string, encoding: string): Buffer {
  const [name, mark] = encoding.split(' with ') as [string, string?]
  return iconv.encode(text, name as 'cp1252', { addBOM: mark !== undefined || name.startsWith('utf-16') })
}

function writeCsv (rows: ReadonlyArray<readonly string[]>, delimiter: string, lineEnd: string, quotesAll: boolean): string {
  const write = (field: string) => quotesAll || /["\r\n]/.test(field) || field.includes(delimiter) ? `"${field.replaceAll('"', '""')}"` : field
  return rows.map(fields => fields.map(write).join(delimiter) + lineEnd).join('')
}

t.test('any table written as CSV in any dialect reads back equal', async t => {
  const dialect = fc.record({
    delimiter: fc.constantFrom(...delimiters), encoding: fc.constantFrom(...encodings), lineEnd: fc.constantFrom('\n', '\r\n', '\r'), quotesAll: fc.boolean(),
  })
  const field = (encoding: string) => fc.oneof(encoding.startsWith('utf') ? anything : letters, fc.constantFrom(...awkward.filter(text => encoding.startsWith('utf') || text !== '–')))
  const cases = dialect.chain(chosen => fc.tuple(fc.constant(chosen), tables(field(chosen.encoding))))
  fc.assert(fc.property(cases, ([{ delimiter, encoding, lineEnd, quotesAll }, body]) => {
    const rows = [body[0]!.map((_, i) => `Kopf${i}`), ...body]
    const bytes = encode(writeCsv(rows, delimiter, lineEnd, quotesAll), encoding)
    const { grid, problems } = readTextGrid(bytes, { displayName: 'a.csv', encoding: encoding.split(' ')[0], delimiter, headLine: 1, values: [] } as never)
    if (problems.length > 0) throw new RangeError(JSON.stringify(problems))
    t.strictSame(grid!.rows.map(({ fields }) => fields), rows)
  }), { numRuns: 300 })
})

t.test('any table written as a workbook reads back equal', async t => {
  const text = fc.oneof(anything, letters, fc.constantFrom(...awkward)).map(found => found.replaceAll('\r', ''))
  // hucre writes a line break of a text as one of the file, which is a blank to every reader; workbook.ods of LibreOffice has real ones.
  const texts = { xlsx: text, ods: text.map(found => found.replaceAll('\n', ' ')) }
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e15, max: 1e15 })
  const writers = { xlsx: writeXlsx, ods: writeOds }
  for (const format of ['xlsx', 'ods'] as const) {
    await fc.assert(fc.asyncProperty(tables(fc.oneof(texts[format], number)), async rows => {
      const bytes = await writers[format]({ sheets: [{ name: 'T', rows }] })
      const { sheets: [sheet], problems } = await readSheets(bytes, { displayName: 'a', decimal: '.' })
      if (problems.length > 0) throw new RangeError(JSON.stringify(problems))
      const back = rows.map((values, i) => values.map((value, j) => {
        const field = sheet!.rows[i]?.fields[j] ?? ''
        return typeof value === 'number' ? Number(field) : field
      }))
      t.strictSame(back, rows.map(values => values.map(value => value === 0 ? 0 : value)), format)
    }), { numRuns: 100 })
  }
})
