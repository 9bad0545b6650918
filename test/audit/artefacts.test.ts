import t, { type Test } from 'tap'
import type { Artefact } from '../../audit/artefacts/artefact.ts'
import type { ArtefactFinding, FindingCode } from '../../audit/artefacts/finding.ts'
import type { Edition, Series } from '../../core/edition.ts'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'
import { PbfReader, PbfWriter } from 'pbf'
import { artefacts, auditEdition, selectPaths } from '../../commands/artefacts.ts'
import { folderArtefacts } from '../../commands/folder-artefacts.ts'
import { auditArtefacts, printedCells } from '../../audit/artefacts/audit.ts'
import { describeFinding } from '../../audit/artefacts/finding.ts'
import { readPdfLines } from '../../audit/artefacts/pdf.ts'
import { readNumbers } from '../../audit/artefacts/canary.ts'
import { defaultClasses } from '../../core/classify.ts'
import { fileOfPath } from '../../core/static-file.ts'
import { tilesOf } from '../server/serve-tiny.ts'
import { tinyEdition } from '../tiny-edition.ts'

/** The tiny atlas with the class breaks that its printed values give. */
function honestEdition (change: (series: Series) => Series = series => series): Edition {
  return tinyEdition({ series: tinyEdition().series.map(withBreaks).map(change) })
}

function withBreaks (series: Series): Series {
  return { ...series, classes: defaultClasses(series.values.flat().filter(value => value !== null), false) }
}

async function collect (edition: Edition): Promise<Artefact[]> {
  const list: Artefact[] = []
  for await (const artefact of artefacts(edition, await tilesOf(edition), { scope: 'all' })) list.push(artefact)
  return list
}

const clean = honestEdition()
const cleanArtefacts = await collect(clean)
/** Enough of them to see that one is unlike the others. */
const someArtefacts = cleanArtefacts.filter(isPlain)

function isPlain ({ path }: Artefact): boolean {
  return !/sprache=|vergleich=|zweite=|ansicht=|klassen=|ausschnitt=|\/1[012]\//.test(path)
}

const suppressedCell = 'sozialraum/02/sgb2-share/2024-12-31'

/** Changes the first artefact whose path fits, and audits all; fails where nothing was changed. */
async function plant (where: RegExp, change: (text: string) => string): Promise<{ findings: readonly ArtefactFinding[], path: string }> {
  const { before, after } = changeFirst(someArtefacts, where, change)
  const changed = someArtefacts.map(artefact => artefact === before ? after : artefact)
  return { findings: (await auditArtefacts(clean, changed)).findings, path: after.path }
}

/** The same for what can be seen in one artefact alone, which is audited without the others. */
async function plantAlone (
  edition: Edition, list: readonly Artefact[], where: RegExp, change: (text: string) => string,
): Promise<{ findings: readonly ArtefactFinding[], path: string }> {
  const { after } = changeFirst(list, where, change)
  return { findings: (await auditArtefacts(edition, [after], { isComplete: false })).findings, path: after.path }
}

function changeFirst (list: readonly Artefact[], where: RegExp, change: (text: string) => string): { before: Artefact, after: Artefact } {
  const before = list.find(({ path }) => where.test(path))
  if (!before) throw new RangeError(`no artefact has a path like ${where}`)
  const text = Buffer.from(before.bytes).toString('utf8')
  const changed = change(text)
  if (changed === text) throw new RangeError(`nothing was planted in ${before.path}`)
  return { before, after: { ...before, bytes: Buffer.from(changed, 'utf8') } }
}

type Fault = [what: string, where: RegExp, code: FindingCode, change: (text: string) => string]

async function expectFaults (t: Pick<Test, 'ok'>, edition: Edition, list: readonly Artefact[], faults: readonly Fault[]): Promise<void> {
  for (const [what, where, code, change] of faults) {
    const { findings, path } = await plantAlone(edition, list, where, change)
    t.ok(findings.find(finding => finding.code === code && finding.path === path), `${what}: ${code} in ${path}, got ${findings.slice(0, 3).map(finding => describeFinding(finding, 'en')).join('; ')}`)
  }
}

const view = /karte\/sgb2-share\/2024-12-31\?ausgabe=/
const picture = /karte\/sgb2-share\/2024-12-31\.svg/
const table = /karte\/sgb2-share\/2024-12-31\.csv/
const data = /karte\/sgb2-share\/2024-12-31\.json/
const geojson = /karte\/sgb2-share\/2024-12-31\.geojson/
const columns = /values\/.*\/sozialraum\/sgb2-share\.json/
const profile = /gebiet\/sozialraum\/02\?/
const profileData = /gebiet\/sozialraum\/02\.json/
const rows = /api\/v1\/values\?level=sozialraum&indicator=sgb2-share&edition/

t.test('an edition without a leak has no findings in any format or language, and all its cells are read', async t => {
  const verdict = await auditArtefacts(clean, cleanArtefacts)
  t.strictSame(verdict.findings.map(finding => describeFinding(finding, 'en')), [])
  t.strictSame(verdict.cells, { printed: 6, seen: 6, suppressed: 2 })
  t.strictSame([...printedCells(verdict)].toSorted(), [
    'sozialraum/01/sgb2-recipients/2024-12-31', 'sozialraum/01/sgb2-share/2023-12-31', 'sozialraum/01/sgb2-share/2024-12-31',
    'sozialraum/02/sgb2-share/2023-12-31', 'stadt/tiny/sgb2-share/2023-12-31', 'stadt/tiny/sgb2-share/2024-12-31',
  ])
  for (const format of ['html', 'json', 'csv', 'svg', 'mvt'] as const) {
    t.ok(verdict.formats[format]!.artefacts > 0 && verdict.formats[format]!.claims > 0, `${format} was read`)
  }
  t.match(verdict.hash, /^[0-9a-f]{64}$/)
  const backwards = await auditArtefacts(clean, cleanArtefacts.toReversed())
  t.equal(backwards.hash, verdict.hash, 'the hash does not depend on the order of asking')
  const other = await auditArtefacts(clean, cleanArtefacts.map((artefact, i) => i === 0 ? { ...artefact, bytes: Buffer.from(`${Buffer.from(artefact.bytes).toString()} `) } : artefact))
  t.not(other.hash, verdict.hash, 'but on every byte')
})

t.test('every kind of leak is found, with the path of the file it stands in', async t => {
  const leaks: Fault[] = [
    ['a value for programs in a table row', view, 'number-for-suppressed', text => text.replace('<td class="numeric">.</td>', '<td class="numeric" data-value="3.4">.</td>')],
    ['a value for people in a table row', view, 'number-for-suppressed', text => text.replace('<td class="numeric">.</td>', '<td class="numeric">3,4</td>')],
    ['a class in a table row', view, 'number-for-suppressed', text => text.replace('.</td><td class="numeric"></td>', '.</td><td class="numeric">1</td>')],
    ['a number among the remarks', view, 'unexplained-number', text => text.replace('<td>gesperrt</td>', '<td>gesperrt (unter 5)</td>')],
    ['an attribute that nobody knows', view, 'unknown-attribute', text => text.replace('<tr data-area="02">', '<tr data-area="02" data-count="4711">')],
    ['a style that draws a length', view, 'unknown-attribute', text => text.replace('<tr data-area="02">', '<tr data-area="02" style="--bar:34%">')],
    ['a value for programs outside a table', view, 'unknown-attribute', text => text.replace('<p class="subject">', '<p class="subject" data-value="3.4">')],
    ['the colour of a class on the map', view, 'number-for-suppressed', text => text.replace('class="area suppressed" fill="url(#map-hatch)"', 'class="area c0" fill="#dbf7f2"')],
    ['the colour of a class under the class of a suppressed area', view, 'second-sign', text => text.replace('class="area suppressed" fill="url(#map-hatch)"', 'class="area suppressed" fill="#dbf7f2"')],
    ['a number in the title of an area', view, 'number-for-suppressed', text => text.replace('<title>Nordertor: gesperrt</title>', '<title>Nordertor: 3,4 %</title>')],
    ['a number in the sentence', view, 'unexplained-number', text => text.replace('1 Gebiet gesperrt', '1 Gebiet gesperrt (3,4 %)')],
    ['a number in the description for search engines', view, 'unexplained-number', text => text.replace('name="description" content="', 'name="description" content="Mittel 7,7 %. ')],
    ['a number in a label for screen readers', view, 'unexplained-number', text => text.replace('aria-label="SGB-II-Quote', 'aria-label="Nordertor 3,4 SGB-II-Quote')],
    ['a bound of the map key', view, 'other-breaks', text => text.replace(/<span class="label">[^<]*<\/span>/, '<span class="label">von 3,4 bis unter 17,3</span>')],
    ['a count of the map key', view, 'other-count', text => text.replace(/<span aria-hidden="true">1<\/span>/, '<span aria-hidden="true">2</span>')],
    ['a bar of the map key', view, 'other-count', text => text.replace('<rect width="100" height="8"', '<rect width="37" height="8"')],
    ['a chart that nobody knows', view, 'unknown-drawing', text => text.replace('<section class="about">', '<svg class="chart"><rect width="34" height="8"/></svg><section class="about">')],
    ['a shape on the map that nobody knows', view, 'unknown-drawing', text => text.replace('<g class="labels"', '<g class="circles"><circle r="34"/></g><g class="labels"')],
    ['rows in the order of their values', view, 'other-order', text => text.replace(/(<tr data-area="01">.*<\/tr>)\n(<tr data-area="02">.*<\/tr>)/, '$2\n$1')],
    ['a key among the values of the viewer', view, 'unknown-attribute', text => text.replace('"publicUrl"', '"secret":3.4,"publicUrl"')],
    ['a reason in words', view, 'second-sign', text => text.replace('<td>gesperrt</td>', '<td>gesperrt, zum Schutz anderer Werte</td>')],
    ['a wrong value of a printed cell', view, 'other-value', text => text.replace('data-value="12.5">12,5', 'data-value="12.5">12,6')],
    ['the difference of a suppressed value', profile, 'number-for-suppressed', text => text.replace('<td class="numeric"></td><td>31.12.2024</td>', '<td class="numeric">−6,9</td><td>31.12.2024</td>')],
    ['a value in a profile', profile, 'number-for-suppressed', text => text.replace('>. <span', '>3,4 % <span')],
    ['a number in the small print of a profile', profile, 'unexplained-number', text => text.replace('<span class="detail">gesperrt</span>', '<span class="detail">gesperrt: 2</span>')],
    ['a title in a picture', picture, 'number-for-suppressed', text => text.replace('<title>Nordertor: gesperrt</title>', '<title>Nordertor: 3,4 %</title>')],
    ['a text in a picture', picture, 'unexplained-number', text => text.replace('</svg>\n</svg>', '</svg></svg>').replace(/<desc id="description">/, '<desc id="description">Median 7,7 %. ')],
    ['a bar in a picture', picture, 'unknown-drawing', text => text.replace('<rect x="880"', '<rect x="880" y="700" width="34" height="8"/><rect x="880"')],
    ['an attribute in a picture', picture, 'unknown-attribute', text => text.replace('data-area="02"', 'data-area="02" data-n="34"')],
    ['a column of a table file', table, 'unknown-attribute', text => text.replace(';Hinweis', ';Hinweis;Fälle').replace(';gesperrt', ';gesperrt;34')],
    ['a value in a table file', table, 'number-for-suppressed', text => text.replace(';.;;gesperrt', ';3,4;;gesperrt')],
    ['a class in a table file', table, 'number-for-suppressed', text => text.replace(';.;;gesperrt', ';.;1;gesperrt')],
    ['a head line of a table file', table, 'unexplained-number', text => text.replace('Einheit;%', 'Einheit;%\r\nMittelwert;7,7')],
    ['a value beside the status in JSON', data, 'number-for-suppressed', text => text.replace('"status":"suppressed"', '"status":"suppressed","value":3.4')],
    ['a value as text in JSON', data, 'number-for-suppressed', text => text.replace('"status":"suppressed"', '"status":"suppressed","value":"3.4"')],
    ['a key that nobody knows in JSON', data, 'unknown-attribute', text => text.replace('"status":"suppressed"', '"status":"suppressed","weight":16')],
    ['a key at the head of JSON', data, 'unknown-attribute', text => text.replace('"breaks"', '"mean":7.7,"breaks"')],
    ['a break in JSON', data, 'other-breaks', text => text.replace(/"breaks":\[/, '"breaks":[3.4,')],
    ['a reason in JSON', data, 'reason-for-suppressed', text => text.replace('"status":"suppressed"', '"status":"suppressed","reason":"unit-too-small"')],
    ['a sentence in JSON', data, 'unexplained-number', text => text.replace('"sentence":"', '"sentence":"Nordertor 3,4 %. ')],
    ['a property of a feature', geojson, 'unknown-attribute', text => text.replace('"status":"suppressed"', '"status":"suppressed","rule":"minimum-count"')],
    ['a third coordinate', geojson, 'unknown-attribute', text => text.replace('[9.22,52.64]', '[9.22,52.64,3.4]')],
    ['a number in the columns', columns, 'number-for-suppressed', text => text.replace('[12.5,null,null]', '[12.5,3.4,null]')],
    ['a column more', columns, 'unknown-cell', text => text.replace('[12.5,null,null]', '[12.5,null,null,3.4]')],
    ['a row more', columns, 'unknown-attribute', text => text.replace('[12.5,null,null]', '[12.5,null,null],[1,3.4,1]')],
    ['a reason in the columns', columns, 'reason-for-suppressed', text => text.replace('[null,null,"not-delivered"]]', '[null,"unit-too-small","not-delivered"]]')],
    ['a value in a row of the list', rows, 'number-for-suppressed', text => text.replace('"status":"suppressed"', '"status":"suppressed","value":3.4')],
    ['a status that says observed', rows, 'other-status', text => text.replace('"status":"suppressed"', '"status":"observed"')],
    ['a town in a profile for programs', profileData, 'other-value', text => text.replace('"value":10.25', '"value":10.26')],
    ['a number in the description of the tiles', /tiles\/e.*\/sozialraum\/sgb2-share\.json/, 'unknown-attribute', text => text.replace('"minzoom"', '"maximum":3.4,"minzoom"')],
    ['a number in the words of the API', /openapi\.json/, 'unknown-attribute', text => text.replace('"openapi":', '"example":3.4,"openapi":')],
  ]
  for (const [what, where, code, change] of leaks) {
    const { findings, path } = await plant(where, change)
    const found = findings.find(finding => finding.code === code && finding.path === path)
    t.ok(found, `${what}: ${code} in ${path}, got ${findings.slice(0, 3).map(finding => describeFinding(finding, 'en')).join('; ')}`)
  }
  const { findings } = await plant(view, text => text.replace('<td class="numeric">.</td>', '<td class="numeric" data-value="3.4">.</td>'))
  t.equal(findings[0]!.cell, suppressedCell, 'and with its cell')
  t.match(describeFinding(findings[0]!, 'de'), /A1 .*karte.* \[sozialraum\/02.*gesperrten Wert/)
})

t.test('an internal edition says so on every page, in every answer and picture; a public one nowhere', async t => {
  const notice = 'Interne Ausgabe – nicht weitergeben'
  const english = 'Internal edition – do not pass on'
  const internal: Edition = { ...clean, audience: 'internal' }
  const all = await collect(internal)
  t.strictSame((await auditArtefacts(internal, all)).findings.map(finding => describeFinding(finding, 'en')), [])

  const ribbon = `\n<p class="ribbon ribbon-internal"><strong>${notice}</strong></p>`
  const banner = /<rect width="1200" height="26"[^>]*>/
  const key = `"notice":"${notice}"`
  const start = /^\/tiny\?ausgabe=/
  const tilejson = /tiles\/e.*\/sozialraum\/sgb2-share\.json/
  const answers = [data, geojson, columns, profileData, rows, ...['editions', 'levels', 'areas', 'indicators'].map(name => new RegExp(`api/v1/${name}`))]
  const pages = [start, view, profile, /kennzahl\/sgb2-share/]
  const faults: Fault[] = [
    ...answers.flatMap((where): Fault[] => [
      ['an answer without it', where, 'no-notice', text => text.replace(new RegExp(`${key},|,${key}`), '')],
      ['an answer with another', where, 'other-notice', text => text.replace(key, '"notice":"Intern"')],
      ['an answer with a number', where, 'other-notice', text => text.replace(key, '"notice":3.4')],
      ['an answer in the other language', where, 'other-notice', text => text.replace(notice, english)],
    ]),
    ...pages.flatMap((where): Fault[] => [
      ['a page without the ribbon', where, 'no-notice', text => text.replace(ribbon, '')],
      ['a page without a word for search engines', where, 'no-notice', text => text.replace('noindex, nofollow', 'all')],
      ['a page with another ribbon', where, 'other-notice', text => text.replace(notice, 'Intern')],
    ]),
    ['a notice deeper in an answer', data, 'unknown-attribute', text => text.replace('"status":"suppressed"', `"status":"suppressed",${key}`)],
    ['a description of tiles without it', tilejson, 'no-notice', text => text.replace(`; ${notice}`, '')],
    ['a picture without the banner', picture, 'no-notice', text => text.replace(banner, '')],
    ['a picture without the words', picture, 'no-notice', text => text.replace(notice, '').replace(/<text x="600"[^>]*><\/text>/, '')],
    ['a picture with other words', picture, 'other-notice', text => text.replace(notice, 'Intern')],
    ['a second banner', picture, 'unknown-drawing', text => text.replace(banner, found => found + found)],
    ['a banner of another length', picture, 'unknown-drawing', text => text.replace('<rect width="1200" height="26"', '<rect width="340" height="26"')],
    ['a banner at another place', picture, 'unknown-drawing', text => text.replace('<rect width="1200" height="26"', '<rect x="34" width="1200" height="26"')],
    ['a number in the banner', picture, 'unexplained-number', text => text.replace(notice, `${notice} 3,4`)],
    ['a table file without it', table, 'no-notice', text => text.replace(`${notice}\r\n`, '')],
    ['a table file in the other language', table, 'other-notice', text => text.replace(notice, english)],
  ]
  await expectFaults(t, internal, all, faults)

  const leaks: Array<[where: RegExp, change: (text: string) => string]> = [
    ...answers.map((where): typeof leaks[number] => [where, text => text.replace('{', `{${key},`)]),
    [data, text => text.replace('{', '{"notice":null,')],
    [tilejson, text => text.replace('"attribution":"', `"attribution":"${english}; `)],
    [view, text => text.replace('</header>', `${ribbon}</header>`)],
    [view, text => text.replace('</header>', '<p class="ribbon ribbon-internal">Intern</p></header>')],
    [table, text => text.replace('Einheit;%', `Einheit;%\r\n${notice}`)],
    [picture, text => text.replace('<desc id="description">', `<desc id="description">${notice}`)],
  ]
  for (const [where, change] of leaks) {
    const { findings, path } = await plantAlone(clean, someArtefacts, where, change)
    t.ok(findings.find(finding => finding.code === 'other-notice' && finding.path === path), `a public edition that carries it: ${path}`)
  }
  t.match((await plantAlone(clean, someArtefacts, picture, text => text.replace('<rect x="880"', '<rect width="1200" height="26" fill="#e3ecfb"/><rect x="880"'))).findings, [{ code: 'unknown-drawing' }])
})

t.test('what a suppressed value lies between is the pair of the edition, in every file and language, and changes no look', async t => {
  const pairs: Record<string, NonNullable<Series['between']>> = {
    'sozialraum/sgb2-share': [[null, null, null], [null, [0, 25.75], null]],
    'sozialraum/sgb2-recipients': [[null, [1, 1234], null]],
    'stadt/sgb2-share': [[null], [[0.5, 98]]],
  }
  const withTown = honestEdition(series => series.level === 'stadt'
    ? { ...series, values: [[9.5], [null]], statuses: [['o'], ['s']] }
    // One suppressed cell of which nothing is told.
    : series.indicator === 'sgb2-share' ? { ...series, statuses: [series.statuses[0]!, ['o', 's', 's']], reasons: [series.reasons[0]!, [null, null, null]] } : series)
  const told = tinyEdition({ series: withTown.series.map(series => ({ ...withBreaks(series), between: pairs[`${series.level}/${series.indicator}`]! })) })
  const all = await collect(told)
  const textOf = (where: RegExp) => Buffer.from(all.find(({ path }) => where.test(path))!.bytes).toString()
  t.strictSame((await auditArtefacts(told, all)).findings.map(finding => describeFinding(finding, 'en')), [])
  t.match(textOf(view), '<td>gesperrt, zwischen 0 und 25,75</td>')
  t.match(textOf(/karte\/sgb2-recipients.*sprache=en/), 'suppressed, between 1 and 1,234')
  t.match(textOf(table), '02;Nordertor;.;;gesperrt, zwischen 0 und 25,75;0;25,75\r\n')
  t.match(textOf(data), '"status":"suppressed","between":[0,25.75]')

  const town = /karte\/sgb2-share\/2024-12-31\?ebene=stadt&ausgabe=/
  const faults: Fault[] = [
    ['another pair in a table row', view, 'other-between', text => text.replace('<td>gesperrt, zwischen 0 und 25,75</td>', '<td>gesperrt, zwischen 0 und 25</td>')],
    ['that of another cell', view, 'other-between', text => text.replace('<td>gesperrt, zwischen 0 und 25,75</td>', '<td>gesperrt, zwischen 0,5 und 98</td>')],
    ['none where there is one', view, 'other-between', text => text.replace('<td>gesperrt, zwischen 0 und 25,75</td>', '<td>gesperrt</td>')],
    ['one where there is none', view, 'other-between', text => text.replace('<td>gesperrt</td>', '<td>gesperrt, zwischen 0 und 25,75</td>')],
    ['two in one field', view, 'other-between', text => text.replace('<td>gesperrt, zwischen 0 und 25,75</td>', '<td>gesperrt, zwischen 0 und 25,75, gesperrt, zwischen 3 und 4</td>')],
    ['a third number', view, 'unexplained-number', text => text.replace('zwischen 0 und 25,75</td>', 'zwischen 0 und 25,75, wohl 7</td>')],
    ['a word that tells cells apart', view, 'second-sign', text => text.replace('zwischen 0 und 25,75</td>', 'zwischen 0 und 25,75, selbst klein</td>')],
    ['numbers of the other language', view, 'other-between', text => text.replace('zwischen 0 und 25,75</td>', 'zwischen 0 und 25.75</td>')],
    ['a class beside it', view, 'number-for-suppressed', text => text.replace('.</td><td class="numeric"></td><td>gesperrt, z', '.</td><td class="numeric">1</td><td>gesperrt, z')],
    ['one of a printed value', view, 'other-between', text => text.replace(/(<tr data-area="01">.*)<td><\/td>/, '$1<td>gesperrt, zwischen 0 und 25,75</td>')],
    ['another for the town', view, 'other-between', text => text.replace('<td>gesperrt, zwischen 0,5 und 98</td>', '<td>gesperrt, zwischen 1 und 98</td>')],
    ['another in the sentence', view, 'other-between', text => text.replaceAll('Stadt gesperrt, zwischen 0,5 und 98', 'Stadt gesperrt, zwischen 0,5 und 97')],
    ['another in the sentence of one area', town, 'other-between', text => text.replaceAll('Kleinstadt: gesperrt, zwischen 0,5 und 98.', 'Kleinstadt: gesperrt, zwischen 0,5 und 97.')],
    ['another on the map', view, 'other-between', text => text.replace('<title>Nordertor: gesperrt, zwischen 0 und 25,75', '<title>Nordertor: gesperrt, zwischen 0 und 25,7')],
    ['another in a picture', picture, 'other-between', text => text.replace('<title>Nordertor: gesperrt, zwischen 0 und 25,75', '<title>Nordertor: gesperrt, zwischen 2 und 25,75')],
    ['another in a profile', profile, 'other-between', text => text.replace('<span class="detail">gesperrt, zwischen 0 und 25,75', '<span class="detail">gesperrt, zwischen 0 und 26')],
    ['another for the town in a profile', profile, 'other-between', text => text.replace('<span class="detail">gesperrt, zwischen 0,5 und 98', '<span class="detail">gesperrt, zwischen 0,5 und 9,8')],
    ['another in a table file', table, 'other-between', text => text.replace('zwischen 0 und 25,75;0;25,75', 'zwischen 0 und 25,8;0;25,8')],
    ['another in the columns', table, 'other-between', text => text.replace('25,75;0;25,75', '25,75;0;25')],
    ['none in the columns', table, 'other-between', text => text.replace('25,75;0;25,75', '25,75;;')],
    ['one in the columns of another row', table, 'other-between', text => text.replace('gesperrt;;', 'gesperrt;0;25,75')],
    ['a column more', table, 'unknown-attribute', text => text.replace('25,75;0;25,75', '25,75;0;25,75;7')],
    ['another in JSON', data, 'other-between', text => text.replace('[0,25.75]', '[0,25.7]')],
    ['one that is no pair', data, 'other-between', text => text.replace('[0,25.75]', '[0,25.75,7]')],
    ['one as text', data, 'other-between', text => text.replace('[0,25.75]', '"0 bis 25.75"')],
    ['none in JSON', data, 'other-between', text => text.replace(',"between":[0,25.75]', '')],
    ['another for the town in JSON', data, 'other-between', text => text.replace('[0.5,98]', '[0.5,97]')],
    ['one where there is none in JSON', data, 'other-between', text => text.replace(/"status":"suppressed"}/, '"status":"suppressed","between":[0,25.75]}')],
    ['another of a feature', geojson, 'other-between', text => text.replace('[0,25.75]', '[1,25.75]')],
    ['another in a profile for programs', profileData, 'other-between', text => text.replace('[0,25.75]', '[1,25.75]')],
    ['another for the town in a profile for programs', profileData, 'other-between', text => text.replace('[0.5,98]', '[0.5,97]')],
    ['one in the rows of the list', rows, 'unknown-attribute', text => text.replace('"status":"suppressed"', '"status":"suppressed","between":[0,25.75]')],
    ['one in the columns of the values', columns, 'unknown-attribute', text => text.replace('"status":', '"between":[[null,[0,25.75],null]],"status":')],
  ]
  await expectFaults(t, told, all.filter(isPlain), faults)
  await expectFaults(t, told, all.filter(({ path }) => path.includes('sprache=en')), [
    ['another in a table row', /karte\/sgb2-recipients\/2024-12-31\?/, 'other-between', text => text.replace('<td>suppressed, between 1 and 1,234</td>', '<td>suppressed, between 1 and 1,235</td>')],
    ['numbers of the other language', /karte\/sgb2-recipients\/2024-12-31\?/, 'other-between', text => text.replace('<td>suppressed, between 1 and 1,234</td>', '<td>suppressed, between 1 and 1.234</td>')],
    ['another in a table file', table, 'other-between', text => text.replace('25.75;0;25.75', '25.75;0;25,75')],
  ])
  await expectFaults(t, clean, someArtefacts, [
    ['one in JSON of an edition without', data, 'other-between', text => text.replace('"status":"suppressed"', '"status":"suppressed","between":[0,25.75]')],
    ['one on a page of an edition without', view, 'other-between', text => text.replace('<td>gesperrt</td>', '<td>gesperrt, zwischen 0 und 25,75</td>')],
    ['columns of an edition without', table, 'unknown-attribute', text => text.replace(';Hinweis', ';Hinweis;mindestens;höchstens').replace(';gesperrt', ';gesperrt;0;25,75')],
  ])

  const sheet = async (fields: readonly string[]) => (await auditArtefacts(told, [{
    path: '/tiny/karte/sgb2-share/2024-12-31.xlsx',
    mediaType: sheetType,
    bytes: zipSync({ 'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData><row>${['Nordertor', '.', ...fields].map(text => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row></sheetData></worksheet>`) }),
  }], { isComplete: false })).findings.map(({ code }) => code)
  t.strictSame(await sheet(['gesperrt, zwischen 0 und 25,75']), [])
  t.strictSame(await sheet(['gesperrt, zwischen 0 und 25,75', '0', '25,75']), [])
  t.strictSame(await sheet(['gesperrt, zwischen 0 und 25']), ['other-between'])
  t.strictSame(await sheet(['gesperrt, zwischen 0 und 25,75', '0', '25']), ['number-for-suppressed'])

  const secrets = new Map([['sozialraum/02/sgb2-recipients/2024-12-31', 1234]])
  t.strictSame((await auditArtefacts(told, all, { secrets })).findings, [], 'a true value that is one of the two numbers cannot be searched for')
})

t.test('a leak in a tile is found: a value, a property, a number that no feature names', async t => {
  const target = someArtefacts.find(({ path, mediaType }) => mediaType.includes('vector-tile') && path.includes('sgb2-share'))!
  const auditWith = async (bytes: Uint8Array) => (await auditArtefacts(clean, someArtefacts.map(artefact => artefact === target ? { ...artefact, bytes } : artefact))).findings
  const codes = (findings: readonly ArtefactFinding[]) => findings.filter(({ path }) => path === target.path).map(({ code }) => code)
  t.strictSame(codes(await auditWith(changeLayer(target.bytes, 'areas', { key: 'v_2024_12_31', value: 3.4, area: '02' }))), ['number-for-suppressed'])
  t.match(codes(await auditWith(changeLayer(target.bytes, 'areas', { key: 'n', value: 34, area: '02' }))), ['unknown-attribute'])
  t.strictSame(codes(await auditWith(changeLayer(target.bytes, 'areas', { value: 3.4 }))), ['unknown-attribute'])
  t.match(codes(await auditWith(changeLayer(target.bytes, 'borders', { key: 'outer', value: 3.4 }))), ['unknown-attribute'])
  t.strictSame(codes(await auditWith(Buffer.from('no tile at all'))), ['unreadable'])
})

t.test('an area that is in no tile is found', async t => {
  const without = cleanArtefacts.map(artefact => artefact.mediaType.includes('vector-tile') && artefact.path.includes('sgb2-recipients')
    ? { ...artefact, bytes: dropArea(artefact.bytes, '03') }
    : artefact)
  const { findings } = await auditArtefacts(clean, without)
  t.match(findings, [{ code: 'never-seen', found: /sgb2-recipients: 03/ }])
  t.strictSame((await auditArtefacts(clean, without, { isComplete: false })).findings, [])
})

t.test('what is derived must follow from what is printed', async t => {
  const codesOf = async (edition: Edition) => (await auditArtefacts(edition, [], { isComplete: false })).findings.map(({ code, cell }) => `${code} ${cell}`)
  t.strictSame(await codesOf(tinyEdition()), Array<string>(3).fill('other-breaks null'), 'breaks that some other value gave')

  const printed = honestEdition(series => series.level === 'sozialraum' && series.indicator === 'sgb2-share'
    ? { ...series, values: [series.values[0]!, [12.5, 8, null]], statuses: [series.statuses[0]!, ['o', 'o', 'm']], classes: { method: 'manual', breaks: [0, 2000] } }
    : series)
  t.strictSame(await codesOf(printed), [`operand-suppressed ${suppressedCell}`], 'a share over a suppressed count')

  const counts = columnsOf('inhabitants', ['2023-12-31', '2024-12-31'], [[100, 200, null], [10000, 5000, 100]])
  const recipients = columnsOf('sgb2-recipients', ['2024-12-31'], [[1250, 400, 25]])
  const shares = (value: number) => columnsOf('sgb2-share', ['2024-12-31'], [[12.5, value, 25]])
  t.strictSame(await codesOf(tinyEdition({ indicators: [...clean.indicators, inhabitants()], series: [counts, recipients, shares(8)] })), [])
  t.strictSame(await codesOf(tinyEdition({ indicators: [...clean.indicators, inhabitants()], series: [counts, recipients, shares(8.1)] })), [`other-quotient ${suppressedCell}`])

  const verdict = await auditArtefacts(clean, [], { isComplete: false })
  t.equal(verdict.withoutOperands, 5, 'printed shares whose counts the edition does not have are counted')
})

t.test('what nobody can read is a finding, and so is a page or a list that nobody knows', async t => {
  const audit = async (artefact: Artefact) => (await auditArtefacts(clean, [artefact], { isComplete: false })).findings.map(({ code }) => code)
  const html = Buffer.from('<!doctype html><p>Nordertor</p>')
  t.strictSame(await audit({ path: '/tiny/karte/x.png', mediaType: 'image/png', bytes: Buffer.from('x') }), ['unreadable'])
  t.strictSame(await audit({ path: '/tiny/neu', mediaType: 'text/html', bytes: html }), ['unreadable'])
  t.strictSame(await audit({ path: '/tiny/api/v1/secrets', mediaType: 'application/json', bytes: Buffer.from('{}') }), ['unreadable'])
  t.strictSame(await audit({ path: '/tiny/api/v1/levels', mediaType: 'application/json', bytes: Buffer.from('{') }), ['unreadable'])
  t.strictSame(await audit({ path: '/tiny/karte/sgb2-share/2024-12-31.xlsx', mediaType: sheetType, bytes: Buffer.from('PK') }), ['unreadable'])
  t.strictSame(await audit({ path: '/assets/0/viewer.js', mediaType: 'text/javascript', bytes: Buffer.from('const limit = 4711') }), [], 'scripts hold no figures')
})

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const letterType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

t.test('office files are read row by row', async t => {
  const audit = async (mediaType: string, extension: string, parts: Record<string, string>) => (await auditArtefacts(clean, [{
    path: `/tiny/karte/sgb2-share/2024-12-31.${extension}`,
    mediaType,
    bytes: zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)]))),
  }], { isComplete: false })).findings.map(({ code, cell }) => [code, cell])

  const strings = '<sst><si><t>Altstadt</t></si><si><t>Nord</t><t>ertor</t></si></sst>'
  const sheet = (secret: string) => ({
    'xl/sharedStrings.xml': strings.replace('</t><t>', ''),
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData><row r="1"><c t="s"><v>0</v></c><c><v>12.5</v></c><c><v>1</v></c></row><row r="2"><c t="s"><v>1</v></c>${secret}</row></sheetData></worksheet>`,
  })
  t.strictSame(await audit(sheetType, 'xlsx', sheet('<c t="inlineStr"><is><t>.</t></is></c>')), [])
  t.strictSame(await audit(sheetType, 'xlsx', sheet('<c><v>3.4</v></c>')), [['number-for-suppressed', suppressedCell]])
  t.strictSame(await audit(sheetType, 'xlsx', sheet('<c t="inlineStr"><f>A1*0.27</f><is><t>.</t></is></c>')), [['number-for-suppressed', suppressedCell]], 'in a formula')
  t.strictSame(await audit(sheetType, 'xlsx', { ...sheet(''), 'xl/embedded.bin': 'x' }), [['unreadable', null]])

  const letter = (row: string) => ({ 'word/document.xml': `<w:document><w:body><w:p><w:r><w:t>SGB-II-</w:t></w:r><w:r><w:t>Quote am 31.12.2024</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Nordertor</w:t></w:r></w:p></w:tc>${row}</w:tr></w:tbl></w:body></w:document>` })
  const field = (text: string) => `<w:tc><w:p><w:r><w:t>${text}</w:t></w:r></w:p></w:tc>`
  t.strictSame(await audit(letterType, 'docx', letter(field('.'))), [])
  t.strictSame(await audit(letterType, 'docx', letter(field('3,4 %'))), [['number-for-suppressed', suppressedCell]])
  t.strictSame(await audit(letterType, 'docx', { 'word/document.xml': '<w:document><w:body><w:p><w:r><w:t>Mittelwert 7,7</w:t></w:r></w:p></w:body></w:document>' }), [['unexplained-number', null]])
})

t.test('the text of a PDF is read: inflated streams, escapes, glyph codes', async t => {
  const stream = (content: string, map = '') => Buffer.concat([
    Buffer.from('%PDF-1.7\n1 0 obj <</Filter/FlateDecode>> stream\n'), deflateSync(content), Buffer.from('\nendstream endobj\n2 0 obj <<>> stream\n'),
    Buffer.from(map), Buffer.from('\nendstream endobj\n%%EOF'),
  ])
  const lines = readPdfLines(stream(
    'BT /F1 12 Tf (Nordertor \\(West\\)) Tj 0 -14 Td [(3,) -20 (4)] TJ T* <00010002> Tj ET',
    'beginbfchar <0001> <0041> endbfchar beginbfrange <0002> <0003> <0042> endbfrange'))
  t.strictSame(lines, ['Nordertor (West)', '3,4', 'AB'])
  const object = (number: number, dictionary: string, content?: string) => Buffer.concat([Buffer.from(`${number} 0 obj <<${dictionary}>>`), ...content === undefined
    ? []
    : [Buffer.from('\nstream\n'), deflateSync(content), Buffer.from('\nendstream')], Buffer.from('\nendobj\n')])
  t.strictSame(readPdfLines(Buffer.concat([
    Buffer.from('%PDF-1.7\n'), object(1, '/Resources << /Font << /f0 2 0 R /f1 3 0 R >> >>'), object(2, '/ToUnicode 4 0 R'), object(3, '/ToUnicode 5 0 R'),
    object(4, '', 'beginbfchar <0001> <0033> <0002> <002c> <0003> <0034> endbfchar'), object(5, '', 'beginbfchar <0001> <0041> <0008> <0042> <0028> <0043> <0029> <0044> endbfchar'),
    object(6, '', 'BT /f0 9 Tf [(\\000\\001) 20 (\\000\\002\\000\\003)] TJ ET BT /f1 9 Tf (\\000\\001\\000\\b\\000(\\000)) Tj ET /Span <</ActualText (\\376\\377\\0007\\0009)>> BDC BT (\\000\\001) Tj ET'),
  ])), ['3,4', 'ABCD', 'A', '79'], 'two bytes per glyph, each font with its own codes, and what is read aloud instead')
  const audit = async (text: string) => (await auditArtefacts(clean, [{
    path: '/tiny/karte/sgb2-share/2024-12-31.pdf', mediaType: 'application/pdf', bytes: stream(`BT (${text}) Tj ET`),
  }], { isComplete: false })).findings.map(({ code }) => code)
  t.strictSame(await audit('SGB-II-Quote am 31.12.2024: 12,5'), [])
  t.strictSame(await audit('Nordertor 3,4'), ['unexplained-number'])
})

t.test('a distinctive secret is found in any notation and in any corner', async t => {
  const secrets = new Map([[suppressedCell, 7919.25], ['sozialraum/02/sgb2-recipients/2024-12-31', 7919], ['sozialraum/03/x/2024', 12], ['sozialraum/03/y/2024', 1250]])
  const found = async (artefact: Artefact) => (await auditArtefacts(clean, [artefact], { secrets, isComplete: false })).findings.filter(({ code }) => code === 'secret-found').length
  const start = cleanArtefacts.find(({ path }) => path.startsWith('/tiny?'))!
  const text = Buffer.from(start.bytes).toString()
  const inComment = (form: string): Artefact => ({ ...start, bytes: Buffer.from(text.replace('</body>', `<!-- ${form} --></body>`)) })
  for (const form of ['7919', '7.919', '7,919', '7 919', '7\u00A0919', "7'919", 'n=7919;', '%37%39%31%39', `data:;base64,${Buffer.from('7919').toString('base64')}`, '7919,25', '[1,7919,3]']) {
    t.ok(await found(inComment(form)) > 0, form)
  }
  for (const form of ['17919', '79190', '1.250', '12', '791']) t.equal(await found(inComment(form)), 0, `${form} is something else`)
  t.equal(await found({ ...start, bytes: gzipSync(inComment('7919').bytes) }), 1, 'compressed')
  t.equal(await found({ path: '/x.bin', mediaType: 'application/octet-stream', bytes: Buffer.from('…7919…') }), 1, 'in what nobody can read')
  const verdict = await auditArtefacts(clean, cleanArtefacts, { secrets })
  t.strictSame(verdict.canaries, { searched: 2, unsearchable: 2 }, 'what is short or printed elsewhere cannot be searched for')
  t.strictSame(verdict.findings, [])
  t.ok(readNumbers('von 1.234,5 bis 7 919').includes(1234.5))
})

t.test('the folder of a static export is read like the server', async t => {
  const folder = t.testdir({})
  for await (const { path: url, bytes } of artefacts(clean, await tilesOf(clean), { scope: 'files' })) {
    const file = path.join(folder, fileOfPath(url))
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(url.endsWith('.mvt') ? `${file}.gz` : file, url.endsWith('.mvt') ? gzipSync(bytes) : bytes)
  }
  await writeFile(path.join(folder, 'tiny/karte.html'), '<p>x</p>')
  const verdict = await auditArtefacts(clean, folderArtefacts(folder, { edition: clean, tiles: await tilesOf(clean) }))
  t.strictSame(verdict.findings.map(({ path, code }) => [path, code]), [['/tiny/karte', 'unreadable']])
  t.equal(verdict.cells.seen, 6)
})

t.test('scopes: all is every address; publish has every view with a suppressed cell; each has every tile of the lowest zoom', async t => {
  const count = (scope: 'quick' | 'publish' | 'all') => [...selectPaths(clean, { scope })].length
  t.ok(count('quick') < count('publish') && count('publish') < count('all'))
  const published = [...selectPaths(clean, { scope: 'publish' })].map(({ path }) => path)
  for (const format of ['', '.json', '.csv', '.geojson', '.svg']) t.ok(published.includes(`/tiny/karte/sgb2-recipients/2024-12-31${format}?ausgabe=${clean.id}`), format)
  const zooms = [...selectPaths(clean, { scope: 'all', tileLimit: 0 })].filter(({ kind }) => kind === 'joined-tile').map(({ path }) => path.split('/')[6])
  t.strictSame([...new Set(zooms)], ['9'])
})

t.test('two processes come to the same verdict as one', async t => {
  const tiles = await tilesOf(clean)
  const [{ formats, hash, findings, cells }, two] = await Promise.all([
    auditEdition(clean, tiles, { scope: 'publish', children: 1 }), auditEdition(clean, tiles, { scope: 'publish', children: 2 }),
  ])
  t.strictSame({ formats: two.formats, hash: two.hash, findings: two.findings, cells: two.cells }, { formats, hash, findings, cells })
  t.strictSame(findings, [])
})

function inhabitants (): Edition['indicators'][number] {
  return { ...clean.indicators[1]!, id: 'inhabitants', label: { de: 'Einwohner' } }
}

function columnsOf (indicator: string, periods: string[], values: Array<Array<number | null>>): Series {
  const statuses = values.map(row => row.map(value => value === null ? 'm' as const : 'o' as const))
  return {
    level: 'sozialraum',
    indicator,
    periods,
    values,
    statuses,
    reasons: statuses.map(row => row.map(status => status === 'm' ? 'not-delivered' as const : null)),
    flags: values.map(row => row.map(() => null)),
    classes: defaultClasses(values.flat().filter(value => value !== null), false),
  }
}

/** A tile with one number more: on a feature where there is a key, else in the table of values alone. */
function changeLayer (tile: Uint8Array, name: string, { key, value, area }: { key?: string, value: number, area?: string }): Uint8Array {
  return rewriteLayers(tile, name, fields => {
    const keys = fields.filter(({ field }) => field === 3)
    const values = fields.filter(({ field }) => field === 4)
    const texts = keys.map(({ bytes }) => Buffer.from(bytes).toString())
    const place = key === undefined ? -1 : texts.includes(key) ? texts.indexOf(key) : keys.length
    const areaValue = values.findIndex(({ bytes }) => Buffer.from(bytes.subarray(2)).toString() === area)
    const areaKey = texts.indexOf('area')
    const number = new PbfWriter()
    number.writeDoubleField(3, value)
    const changed = fields.map(entry => {
      if (entry.field !== 2 || place === -1) return entry
      const tags: number[] = []
      new PbfReader(entry.bytes).readFields((field, _, reader) => { if (field === 2) reader.readPackedVarint(tags) }, null)
      const isIt = area === undefined || tags.some((tag, i) => i % 2 === 0 && tag === areaKey && tags[i + 1] === areaValue)
      if (!isIt) return entry
      const kept = tags.flatMap((tag, i) => i % 2 === 0 && tag !== place ? [tag, tags[i + 1]!] : [])
      const writer = new PbfWriter()
      writer.writePackedVarint(2, [...kept, place, values.length])
      return { field: 2, bytes: writer.finish() }
    })
    const extraKey = place === keys.length && key !== undefined ? [{ field: 3, bytes: Buffer.from(key) as Uint8Array }] : []
    return [...changed, ...extraKey, { field: 4, bytes: number.finish() }]
  })
}

/** A tile without the features of one area. */
function dropArea (tile: Uint8Array, area: string): Uint8Array {
  return rewriteLayers(tile, 'areas', fields => {
    const values = fields.filter(({ field }) => field === 4)
    const index = values.findIndex(({ bytes }) => Buffer.from(bytes.subarray(2)).toString() === area)
    return fields.filter(({ field, bytes }) => {
      if (field !== 2) return true
      const tags: number[] = []
      new PbfReader(bytes).readFields((inside, _, reader) => { if (inside === 2) reader.readPackedVarint(tags) }, null)
      return !tags.some((tag, i) => i % 2 === 1 && tag === index)
    })
  })
}

interface LayerField { readonly field: number, readonly bytes: Uint8Array }

function rewriteLayers (tile: Uint8Array, name: string, change: (fields: LayerField[]) => LayerField[]): Uint8Array {
  const writer = new PbfWriter()
  new PbfReader(tile).readFields((field, _, reader) => {
    if (field !== 3) return
    const layer = reader.readBytes()
    const fields: LayerField[] = []
    const numbers: Array<[number, number]> = []
    new PbfReader(layer).readFields((inside, _, part) => {
      if (inside === 5 || inside === 15) numbers.push([inside, part.readVarint()])
      else fields.push({ field: inside, bytes: part.readBytes() })
    }, null)
    if (Buffer.from(fields.find(entry => entry.field === 1)!.bytes).toString() !== name) {
      writer.writeBytesField(3, layer)
      return
    }
    const written = new PbfWriter()
    for (const entry of change(fields)) written.writeBytesField(entry.field, entry.bytes)
    for (const [inside, number] of numbers) written.writeVarintField(inside, number)
    writer.writeBytesField(3, written.finish())
  }, null)
  return writer.finish()
}
