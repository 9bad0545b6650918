import t from 'tap'
import type { Edition } from '../../core/edition.ts'
import { auditArtefacts } from '../../audit/artefacts/audit.ts'
import type { Artefact } from '../../audit/artefacts/artefact.ts'
import { artefacts } from '../../commands/artefacts.ts'
import { markLetter } from '../../core/remark.ts'
import { packDocument, restoreEdition, unpackDocument } from '../../sql/document.ts'
import { readingNotes } from '../../render/reading-notes.ts'
import { findReferences } from '../../render/references.ts'
import { tilesOf } from '../server/serve-tiny.ts'
import { annotatedEdition } from '../annotated-edition.ts'

const edition = annotatedEdition()
const share = edition.indicators[0]!
const [level] = edition.levels

t.test('notes are those of the indicator, the level and the period, with the name of the area', async t => {
  t.strictSame(readingNotes(edition, { indicator: share, level: level!, period: '2023-12-31' }, 'de'), [
    'Altstadt: Neue Unterkunft mit 47 Plätzen.', 'Bruch in der Reihe ab 31.12.2024: Nenner bis 66 statt 64 Jahre.', 'Neue Grenzen seit 01.01.2019: Ein Teil von Süd kam zu Nordertor.',
  ])
  t.strictSame(readingNotes(edition, { indicator: share, level: edition.levels[1]!, period: '2023-12-31' }, 'en'), ['Break in the series from 31 December 2024: Nenner bis 66 statt 64 Jahre.'])
  t.strictSame(readingNotes(edition, { indicator: edition.indicators[1]! }, 'de'), ['Summe aus 12 Gitterzellen.'])
})

t.test('marks are letters, because tables have numbers enough', async t => {
  t.strictSame([0, 1, 25, 26, 27, 52].map(markLetter), ['a', 'b', 'z', 'aa', 'ab', 'ba'])
})

t.test('a reference area is shown with the same period or the newest before it, never with a later one', async t => {
  const valueAt = (period: string) => findReferences(edition, { indicator: share, period })[0]?.figure.value
  t.strictSame(['2021-12-31', '2022-12-31', '2023-12-31', '2024-12-31'].map(valueAt), [undefined, 8.1, 7.9, 7.9])
})

t.test('what an edition carries besides its cells comes back from the store as it was', async t => {
  const back = restoreEdition(await unpackDocument(await packDocument(edition)), edition.series.flatMap((series, index) =>
    series.periods.map((period, row) => ({ series: index, period, values: series.values[row]!, statuses: series.statuses[row]!, reasons: series.reasons[row]!, flags: series.flags[row]! }))))
  t.strictSame([back.remarks, back.references, back.facilities], [edition.remarks, edition.references, edition.facilities])
})

t.test('a remark on a suppressed cell is shown nowhere', async t => {
  const list = await collect(edition)
  for (const { path, bytes } of list) t.notMatch(Buffer.from(bytes).toString('utf8'), 'Fünffache', path)
})

t.test('a remark on one area stands at its row as a mark, and below as a note', async t => {
  const list = await collect(edition)
  const page = textOf(list, /karte\/sgb2-share\/2023-12-31\?ausgabe/)
  t.match(page, '<td>geschätzt <a href="#hinweis-a">Hinweis a</a></td>')
  t.match(page, '<li id="hinweis-a"><span class="mark">a</span> Altstadt: Neue Unterkunft mit 47 Plätzen.</li>')
  t.match(page, '>1.234,5\u00a0s</td>')
  t.match(textOf(list, /share\/2023-12-31\.csv\?ausgabe/), /^01;Altstadt;1234,5;\d;"geschätzt; Neue Unterkunft mit 47 Plätzen\."\r$/m)
})

t.test('the day of census figures is shown large', async t => {
  const list = await collect(edition)
  const large = '<span class="stated-date"><span>Stichtag</span> <strong>31.12.2024</strong>'
  t.match(textOf(list, /karte\/sgb2-recipients\/2024-12-31\?ausgabe/), large)
  t.match(textOf(list, /kennzahl\/sgb2-recipients/), large)
  t.match(textOf(list, /gebiet\/sozialraum\/01\?ausgabe/), '<strong>31.12.2024</strong>')
  t.notMatch(textOf(list, /karte\/sgb2-share\/2024-12-31\?ausgabe/), 'class="stated-date"')
})

t.test('a profile has notes and reference areas of its figures', async t => {
  const list = await collect(edition)
  const page = textOf(list, /gebiet\/sozialraum\/01\?ausgabe/)
  for (const text of ['Neuzuschnitt', 'Ein Teil von Süd kam zu Nordertor.', 'SGB-II-Quote: Bruch in der Reihe', 'Zum Vergleich', 'Landkreis Muster', 'anderer Stichtag; andere Definition']) t.match(page, text)
  t.match(JSON.parse(textOf(list, /gebiet\/sozialraum\/01\.json/)), { recut: 'Ein Teil von Süd kam zu Nordertor.', values: [{ notes: [/Bruch/], references: [{ value: 7.9 }] }, { notes: [/12 Gitterzellen/] }] })
})

async function collect (of: Edition): Promise<Artefact[]> {
  const list: Artefact[] = []
  for await (const artefact of artefacts(of, await tilesOf(of), { scope: 'all' })) list.push(artefact)
  return list
}

const textOf = (list: readonly Artefact[], path: RegExp) => Buffer.from(list.find(artefact => path.test(artefact.path))!.bytes).toString('utf8')

t.test('pages and exports say it beside the figures, and the audit explains every number of it', async t => {
  const list = await collect(edition)
  const page = textOf(list, /karte\/sgb2-share\/2023-12-31\?ausgabe/)
  for (const text of ['Hinweise zu diesen Zahlen', 'Altstadt: Neue Unterkunft mit 47 Plätzen.', 'Zum Vergleich', 'Landkreis Muster', '7,9', 'andere Definition: ohne Regelaltersgrenze', 'geschätzt']) t.match(page, text)
  t.match(JSON.parse(textOf(list, /share\/2023-12-31\.json\?ausgabe/)), { notes: [/47 Plätzen/, /Bruch/, /Neue Grenzen/], references: [{ name: 'Landkreis Muster', value: 7.9, period: '2023-12-31' }] })
  t.match(textOf(list, /share\/2023-12-31\.csv\?ausgabe/), /Zum Vergleich;Landkreis Muster;7,9;%;31\.12\.2023/)
  t.match(JSON.parse(textOf(list, /api\/v1\/indicators/)), { remarks: [{ kind: 'accepted' }, { kind: 'census' }], indicators: [{ changes: [{ from: '2024-12-31' }] }], references: [{ id: 'kreis' }] })
  t.match(textOf(list, /kennzahl\/sgb2-share/), 'Bruch in der Reihe ab 31.12.2024')
  t.strictSame((await auditArtefacts(edition, list)).findings, [])
})

t.test('a reference value that nobody published is found', async t => {
  const list = await collect(edition)
  const faults: Array<[RegExp, RegExp, string]> = [
    [/sgb2-share\/2023-12-31\?ausgabe/, />7,9</, '>6,5<'],
    [/kennzahl\/sgb2-share/, />7,9</, '>6,5<'],
    [/gebiet\/sozialraum\/01\?ausgabe/, />7,9[^<]*</, '>6,5<'],
    [/share\/2023-12-31\.csv\?ausgabe/, /;7,9;/, ';6,5;'],
    [/gebiet\/sozialraum\/01\.json/, /"value":7\.9/, '"value":6.5'],
    [/api\/v1\/indicators/, /"value":7\.9/, '"value":6.5'],
  ]
  for (const [where, old, planted] of faults) {
    const before = list.find(({ path }) => where.test(path))!
    const text = Buffer.from(before.bytes).toString('utf8')
    t.match(text, old, `${before.path} has it`)
    const { findings } = await auditArtefacts(edition, [{ ...before, bytes: Buffer.from(text.replace(old, planted)) }], { isComplete: false })
    t.equal(findings[0]?.code, 'other-value', before.path)
  }
  const changed = list.map(artefact => /sgb2-share\/2023-12-31\.json\?ausgabe/.test(artefact.path)
    ? { ...artefact, bytes: Buffer.from(Buffer.from(artefact.bytes).toString('utf8').replace('7.9', '6.5')) }
    : artefact)
  t.match((await auditArtefacts(edition, changed)).findings.map(({ code }) => code), ['other-value'])
})

t.test('the digits of a reference figure explain no other number', async t => {
  const list = await collect(edition)
  const before = list.find(({ path }) => /karte\/sgb2-share\/2024-12-31\?ausgabe/.test(path))!
  const text = Buffer.from(before.bytes).toString('utf8').replace('<h2>Definition</h2>', '<h2>Definition</h2><p>Nordertor hat 7,9.</p>')
  t.match((await auditArtefacts(edition, [{ ...before, bytes: Buffer.from(text) }], { isComplete: false })).findings, [{ code: 'unexplained-number' }])
})

t.test('a remark on a suppressed cell that got into a list is found', async t => {
  const list = await collect(edition)
  const before = list.find(({ path }) => /api\/v1\/indicators/.test(path))!
  const answer = JSON.parse(Buffer.from(before.bytes).toString('utf8')) as object
  const text = JSON.stringify({ ...answer, remarks: edition.remarks })
  t.match((await auditArtefacts(edition, [{ ...before, bytes: Buffer.from(text) }], { isComplete: false })).findings, [{ code: 'reason-for-suppressed' }])
})
