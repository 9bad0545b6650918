import t from 'tap'
import { csvText, guardFormula } from '../../core/csv.ts'
import { parseCsv } from '../../pipeline/read/csv.ts'

t.test('a table is read back as it was written', async t => {
  const rows = [['0012', 'Am "Hang"; hinten', ''], ['zwei\r\nZeilen', 'ä', '-5']]
  const text = csvText(rows)
  t.equal(text.at(0), '\ufeff')
  t.strictSame(parseCsv(text.slice(1), ';').records.map(({ fields }) => fields), rows)
})

t.test('a field that looks like a formula stays text in a spreadsheet', async t => {
  t.strictSame(['=1+1', '+49', '-5', '@x', ' =2', '\t=3', '\rx', 'a=b', '0012'].map(guardFormula), ["'=1+1", "'+49", "'-5", "'@x", "' =2", "'\t=3", "'\rx", 'a=b', '0012'])
})
