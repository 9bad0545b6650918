import { writeFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { formatProblem } from '../../core/problem.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import type { TableDelivery } from '../../pipeline/project-file/schema.ts'
import { covers, findArea, readStreetList, type StreetList } from '../../pipeline/streets/street-list.ts'
import { normaliseStreet } from '../../pipeline/streets/street-name.ts'
import { formatHouse, parseHouseNumber } from '../../pipeline/streets/house-number.ts'
import { sumStreets } from '../../pipeline/streets/sum-streets.ts'
import { codes } from './problem-codes.ts'

const folder = t.testdir({})
let files = 0
const areas = new Set(['01', '02', '03'])

async function read (rows: readonly string[], heads = 'Straße;von;bis;Seite;Gebiet', numbers?: string): Promise<{ list: StreetList, said: string[], text: string }> {
  const file = path.join(folder, `strassen-${files++}.csv`)
  writeFileSync(file, [heads, ...rows, ''].join('\n'))
  const columns = numbers === undefined ? { from: 'von', to: 'bis', parity: 'Seite' } : { numbers }
  const { list, problems } = await readStreetList({ path: file, entry: { file: 'strassen.csv', street: 'Straße', area: 'Gebiet', ...columns }, keyOf: text => text.padStart(2, '0'), areas })
  // What the table reader found out about the file is not ours.
  const own = problems.filter(({ code }) => code.startsWith('streets-'))
  return { list: list!, said: codes(own), text: own.map(found => formatProblem(found, 'de')).join('\n') }
}

t.test('spellings of a street are one street, other streets are others', async t => {
  const same = ['Karl-Marx-Straße', 'Karl Marx Str.', 'KARL-MARX-STRASSE', 'Karl-Marx-Str', ' Karl-Marx-strasse ', 'Karl\u2013Marx\u2013Straße', 'Karl-Marx-Stra\u00dfe'.normalize('NFD')]
  t.equal(new Set(same.map(normaliseStreet)).size, 1)
  t.equal(normaliseStreet('Müllerstr.'), normaliseStreet('Muellerstrasse'))
  t.equal(normaliseStreet('Goethepl.'), normaliseStreet('Goetheplatz'))
  t.equal(new Set(['Am Hang', 'Am Hange', 'Hangstraße', 'Strandweg', 'Straßburger Platz'].map(normaliseStreet)).size, 5)
})

t.test('house numbers are ordered with their letters', async t => {
  const order = ['1', '2', '9', '10', '12', '12a', '12b', '13'].map(parseHouseNumber)
  t.strictSame(order, order.toSorted((a, b) => a! - b!))
  t.equal(parseHouseNumber('012 A'), parseHouseNumber('12a'))
  t.equal(parseHouseNumber('12-14'), parseHouseNumber('12'))
  t.equal(parseHouseNumber('12a 1/2'), parseHouseNumber('12a'))
  for (const text of ['', 'a', '0', '12ab', 'k. A.']) t.equal(parseHouseNumber(text), undefined, text)
  t.equal(formatHouse(parseHouseNumber('12a')!), '12a')
})

t.test('an address goes to the area of its side and range', async t => {
  const { list, said } = await read(['Lange Str.;1;39;ungerade;1', 'Lange Straße;2;40;g;2', 'Lange Straße;41;;;3', 'Hof;;;;1'])
  t.strictSame(said, [])
  const area = (street: string, number?: string) => findArea(list, street, number)
  t.strictSame([area('Lange Straße', '39'), area('lange str.', '40a'), area('Lange Straße', '41'), area('Lange Straße', '9000')], ['01', '02', '03', '03'])
  t.strictSame([area('Hof', '7'), area('Hof'), area('Lange Straße'), area('Kurze Straße', '1')], ['01', '01', undefined, undefined], 'a street of several areas needs a number')
})

t.test('a letter divides a house number between two areas', async t => {
  const { list, said } = await read(['Hof;1;12;;1', 'Hof;12a;20;;2'])
  t.strictSame(said, [])
  t.strictSame(['12', '12a', '20b'].map(number => findArea(list, 'Hof', number)), ['01', '02', '02'])
})

t.test('ranges may stand in one column', async t => {
  const { list, said } = await read(['Hof;1–35 ungerade;1', 'Hof;2-20a g;2', 'Hof;22 bis Ende (gerade);3', 'Hof;ab 37 u;3', 'Platz;;1', 'Weg;7;2'], 'Straße;Nr;Gebiet', 'Nr')
  t.strictSame(said, [])
  t.strictSame(['35', '20a', '22', '99'].map(number => findArea(list, 'Hof', number)), ['01', '02', '03', '03'])
  t.equal(findArea(list, 'Weg', '8'), undefined)
})

for (const [what, rows, code, quoted] of [
  ['an overlap', ['A;1;10;;1', 'A;9;20;;2'], 'streets-overlap', /„A“ 1–10 → 01 \(Zeile 2\) und 9–20 → 02 \(Zeile 3\)/],
  ['the same numbers twice', ['A;1;10;;1', 'A;1;10;;1'], 'streets-twice', /„A“/],
  ['a whole street beside ranges', ['A;;;;1', 'A;1;10;;2'], 'streets-whole-and-ranges', /„A“ ganz → 01/],
  ['a gap', ['A;1;9;;1', 'A;12;20;;1'], 'streets-gap', /„A“ 11 .*„A“ 10 /],
  ['a side that is missing', ['A;1;9;u;1'], 'streets-one-side', /ohne die geraden Nummern/],
  ['a reversed range', ['A;9;1;;1'], 'streets-reversed', /„9–1“/],
  ['an unreadable number', ['A;eins;9;;1'], 'streets-unreadable-number', /„eins“/],
  ['an unknown side', ['A;1;9;links;1'], 'streets-unknown-side', /„links“/],
  ['an unknown area', ['A;;;;17'], 'streets-unknown-area', /"17"|„17“/],
  ['a row without an area', ['A;1;9;;'], 'streets-blank', /„A“/],
] as const) {
  t.test(`a list with ${what} is told so, once`, async t => {
    const { said, text } = await read(rows)
    t.strictSame(said, [code])
    t.match(text, quoted)
  })
}

t.test('odd and even ranges of the same numbers do not overlap, and neighbours are no gap', async t => {
  t.strictSame((await read(['A;1;9;u;1', 'A;2;10;g;2', 'A;11;19;u;2', 'A;12;18;g;1'])).said, [])
})

t.test('a list without findings gives every number between the first and last of a side to exactly one area', async t => {
  const range = fc.record({ street: fc.constantFrom('A', 'B-Str.', 'B Straße'), from: fc.integer({ min: 1, max: 12 }), length: fc.integer({ min: 0, max: 8 }), side: fc.constantFrom('', 'g', 'u'), area: fc.constantFrom('1', '2', '3') })
  let clean = 0
  await fc.assert(fc.asyncProperty(fc.array(range, { minLength: 1, maxLength: 4 }), async ranges => {
    const { list, said } = await read(ranges.map(({ street, from, length, side, area }) => `${street};${from};${from + length};${side};${area}`))
    if (said.length > 0) return
    clean++
    for (const own of list.ranges.values()) {
      for (const parity of ['odd', 'even'] as const) {
        const side = own.filter(one => one.parity === 'all' || one.parity === parity)
        const [first, last] = [Math.min(...side.map(({ from }) => from)), Math.max(...side.map(({ to }) => to))]
        for (let number = 1; number <= 25; number++) {
          const place = parseHouseNumber(String(number))!
          if ((number % 2 === 1) !== (parity === 'odd') || place < first || place > last) continue
          const holders = own.filter(one => covers(one, place))
          if (holders.length !== 1) throw new Error(`${number} in ${holders.length}`)
          t.equal(findArea(list, own[0]!.street, String(number)), holders[0]!.area)
        }
      }
    }
  }), { numRuns: 300 })
  t.ok(clean > 20, `${clean} lists without findings`)
})

t.test('a table of streets is summed up to areas, and a secret part makes the sum secret', async t => {
  const { list } = await read(['A;;;;1', 'B;;;;1', 'C;;;;2', 'D;;;;3'])
  const delivery = { area: { street: 'Straße', streets: {} }, period: { column: 'Jahr' }, columns: { people: 'EW' } } as unknown as TableDelivery
  const rows = ['A;2024;5', 'b;2024;7', 'C;2024;*', 'D;2024;1', 'Neu;2024;3'].map((row, i) => ({ line: i + 2, fields: row.split(';') }))
  const { table, problems } = sumStreets({ file: 'x.csv', sheet: null, columns: ['Straße', 'Jahr', 'EW'], rows, encoding: '', delimiter: ';', notation: { decimal: ',' } }, delivery, list)
  t.strictSame(table!.rows.map(({ fields }) => fields.join(' ')), ['01 2024 12', '02 2024 *', '03 2024 1', 'ohne Zuordnung 2024 3'])
  t.match(problems.map(found => formatProblem(found, 'de')), [/„Neu“ \(1\)/])
})

t.test('addresses of a project are counted by its street list, unknown ones told by street and without house numbers', async t => {
  const { project } = await readProject('fixtures/deliveries/street-list')
  const { edition, problems } = await buildEdition(project!)
  t.ok(edition)
  t.match(problems.filter(({ code }) => code === 'streets-unmatched').map(found => formatProblem(found, 'de')), [/„Neubaugasse“ \(2\)/])
  t.strictSame(edition!.series[0]!.values[0], [258, 190, 538, 288, 175, 402])
})

t.test('a street list with faults stops the build and says each of them', async t => {
  const { project } = await readProject('fixtures/deliveries/street-list-gaps')
  const { edition, problems } = await buildEdition(project!)
  t.notOk(edition)
  t.strictSame(codes(problems.filter(({ code }) => code.startsWith('streets-'))).toSorted(), [
    'streets-gap', 'streets-one-side', 'streets-overlap', 'streets-reversed', 'streets-twice', 'streets-unknown-area', 'streets-unknown-side', 'streets-unreadable-number', 'streets-whole-and-ranges',
  ])
})
