import t from 'tap'
import path from 'node:path'
import { formatProblem } from '../../core/problem.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'

const areas = path.join(import.meta.dirname, '../../fixtures/deliveries/town/areas.geojson')
const head = `atlas: musterort
title: Atlas
municipality: Musterort
dataStatus: synthetic
licence: { name: CC0 1.0, url: 'https://example.org' }
contact: { name: Sozialplanung, email: s@example.org }
bounds: [8.9, 52.4, 9.2, 52.6]
start: women-share
levels:
  - id: sozialraum
    label: Sozialraum
    labelPlural: Sozialräume
    validFrom: 2020-01-01
    boundaries: { file: areas.geojson, key: { column: nr }, name: { column: name } }
deliveries:
  - id: register
    title: Einwohner
    publisher: Stadt
    licence: { name: CC0 1.0, url: 'https://example.org' }
    attribution: Stadt
    minimumCount: 3
    legalBasis: Satzung
    mayBePassedOn: true
    level: sozialraum
    files: [frauen.csv]
    area: { column: Nr }
    period: { value: 2024-12-31 }
    columns: { women: Frauen, inhabitants: Einwohner, secret: Geheim }
indicators:
  - { use: women-share, changes: [{ from: 2024-12-31, note: Neu gezählt. }, { from: 2021-12-31, note: { de: Anders gezählt., en: Counted otherwise. } }] }
  - { use: women }
  - { use: inhabitants }
  - { id: secret, theme: population, kind: count, label: X, definition: X., decimals: 0, published: false }
`
const counts = 'Nr;Frauen;Einwohner;Geheim\n01;210;412;9\n02;190;388;9\n03;255;505;9\n04;150;297;9\n05;322;640;9\n06;171;351;9\n'
const terms = "source: Landesamt, licence: { name: CC0 1.0, url: 'https://example.org' }"
const value = "{ indicator: women-share, period: 2024-12-31, value: 50.6, unit: '%', differs: false }"

/** Builds the town with these reference areas; problems as a colleague reads them. */
async function build (references: string, table = '', language: 'de' | 'en' = 'de', frauen = counts, more = '') {
  const folder = t.testdir({ 'atlas.yaml': `${head}${more}references:\n${references}\n`, 'frauen.csv': frauen, 'areas.geojson': t.fixture('symlink', areas), 'vergleich.csv': table })
  const { project, problems } = await readProject(folder)
  const built = project ? await buildEdition(project) : undefined
  const all = [...project ? [] : problems, ...built?.problems ?? []].filter(({ severity }) => severity !== 'note')
  return { edition: built?.edition, codes: all.map(({ code }) => code), texts: all.map(found => formatProblem(found, language).replaceAll(`${folder}/`, '')) }
}

t.test('figures of others stand in the edition with source, day and licence, in the order of the project', async t => {
  const { edition, texts } = await build(`  - { id: land, name: { de: Musterland, en: The state }, kind: state, ${terms}, values: [${value}] }
  - { id: kreis, name: Musterkreis, kind: district, ${terms}, values: [${value}] }`)
  t.strictSame(texts, [])
  t.strictSame(edition?.references?.map(({ id, name, kind }) => ({ id, name, kind })), [
    { id: 'land', name: { de: 'Musterland', en: 'The state' }, kind: 'state' },
    { id: 'kreis', name: { de: 'Musterkreis' }, kind: 'district' },
  ])
  t.strictSame(edition?.references?.[0]?.values, [{
    indicator: 'women-share', period: '2024-12-31', value: 50.6, source: 'Landesamt', referenceDate: '2024-12-31', licence: { name: 'CC0 1.0', url: 'https://example.org' }, differs: null,
  }])
})

t.test('breaks in the line come with the indicator, oldest first', async t => {
  const { edition } = await build(`  - { id: land, name: Musterland, kind: state, ${terms}, values: [${value}] }`)
  t.strictSame(edition?.indicators.find(({ id }) => id === 'women-share')?.changes, [
    { from: '2021-12-31', note: { de: 'Anders gezählt.', en: 'Counted otherwise.' } }, { from: '2024-12-31', note: { de: 'Neu gezählt.' } },
  ])
})

t.test('an edition without reference areas says nothing of them', async t => {
  const { edition } = await build('  []')
  t.ok(edition)
  t.notOk(Object.hasOwn(edition!, 'references'))
})

t.test('a table of several areas is read with German heads, dates and decimal commas', async t => {
  const table = 'Gebiet;Kennung;Zeitraum;Wert;Einheit;Stichtag\nland;women-share;31.12.2024;50,6;Prozent;\nbund;women-share;31.12.2024;50,7;Prozent;30.06.2024\n'
  const { edition, texts } = await build(`  - { id: land, name: Musterland, kind: state, ${terms}, differs: false, file: vergleich.csv }
  - { id: bund, name: Deutschland, kind: nation, ${terms}, differs: false, file: vergleich.csv }`, table)
  t.strictSame(edition?.references?.map(({ id, values }) => [id, values[0]?.value, values[0]?.period, values[0]?.referenceDate]), [['land', 50.6, '2024-12-31', '2024-12-31'], ['bund', 50.7, '2024-12-31', '2024-06-30']])
  t.match(texts, [/Deutschland zu women-share gilt für den 30\.06\.2024|Deutschland zu women-share gilt für den 30\.6\.2024/])
})

t.test('mistakes of a table name the place and quote what stands there', async t => {
  const table = 'Gebiet;Kennung;Zeitraum;Wert;Stichtag\nland;woman-share;31.12.2024;50,6;\nland;women-share;irgendwann;viel;gestern\nmars;women-share;31.12.2024;1;\nland;secret;31.12.2024;1;\n'
  const { edition, texts } = await build(`  - { id: land, name: Musterland, kind: state, ${terms}, unit: '%', differs: false, file: vergleich.csv }`, table)
  t.notOk(edition)
  t.match(texts, [/vergleich\.csv:2.*woman-share[^]*Gemeint ist vielleicht „women-share“/, /:3.*„irgendwann“ ist kein Zeitraum/, /:3.*für Musterland steht „viel“ statt einer Zahl/, /:3.*„gestern“ ist kein Zeitraum/, /:4.*„mars“/, /:5.*secret/])
})

t.test('a different definition, another day and what nobody said are to be looked at', async t => {
  const { edition, texts } = await build(`  - { id: land, name: Musterland, kind: state, ${terms}, values: [{ indicator: women-share, period: 2024-12-31, value: 50.6, unit: '%', referenceDate: 2023-12-31, differs: Mikrozensus }] }
  - { id: bund, name: Deutschland, kind: nation, ${terms}, values: [{ indicator: women-share, period: 2024-12-31, value: 50.6 }] }`)
  t.match(texts, [
    /Musterland zu women-share gilt für den 31\.12\.2023, der Atlas zeigt den 31\.12\.2024/,
    /Musterland zu women-share ist anders definiert: Mikrozensus/,
    /bei Deutschland sagt niemand, ob die Werte wie hier definiert sind/,
    /bei Deutschland steht keine Einheit/,
  ])
  t.strictSame(edition?.references?.[0]?.values[0]?.differs, { de: 'Mikrozensus' })
})

t.test('a figure without its period, in another unit or stated twice is refused', async t => {
  const land = (figures: string) => `  - { id: land, name: Musterland, kind: state, ${terms}, values: [${figures}] }`
  t.match((await build(land(value.replace('2024-12-31', '2023-12-31')))).texts, [/keinen Zeitraum 2023-12-31; erwartet: einen der Zeiträume 2024-12-31/])
  t.match((await build(land(value.replace("'%'", 'je 1.000')))).texts, [/steht in „je 1\.000“, der Atlas in „%“/])
  t.match((await build(land(`${value}, ${value}`))).codes, ['catalogue-reference-twice'])
  t.match((await build(land(value.replace('women-share', 'women-shares')))).texts, [/women-shares[^]*Gemeint ist vielleicht „women-share“/])
  t.match((await build(land(value.replace('50.6', 'viel')))).codes, ['project-file-invalid-value'])
})

t.test('the town itself is no reference area, however its name is written: its own total would pass the protection', async t => {
  for (const name of ['Musterort', 'Stadt Musterort', 'Musterort, Stadt', 'Kreisfreie Stadt Musterort', 'MUSTERORT insgesamt', 'Stadt insgesamt', 'Gesamtstadt', 'Nordertor', '{ de: Vergleich, en: City of Musterort }']) {
    const { edition, codes } = await build(`  - { id: x, name: ${name.startsWith('{') ? name : `'${name}'`}, kind: other, ${terms}, values: [${value}] }`)
    t.strictSame([edition, codes], [undefined, ['catalogue-reference-own-area']], name)
  }
  const { texts } = await build(`  - { id: musterort, name: Vergleich, kind: other, ${terms}, values: [${value}] }`)
  t.match(texts, [/„musterort“ ist ein Gebiet dieses Atlas selbst/])
  t.strictSame((await build(`  - { id: kreis, name: Landkreis Musterort, kind: district, ${terms}, values: [${value}] }`)).codes, [], 'a Landkreis of the same name is another area')
})

/** Women: 1298 in all, or 1090 with two in the first area. */
const withSecret = counts.replace('01;210', '01;2')
const women = (id: string, name: string, value: number) => `  - { id: ${id}, name: ${name}, kind: district, ${terms}, values: [{ indicator: women, period: 2024-12-31, value: ${value}, differs: false }] }`
const tells = 'catalogue-reference-tells-town'

t.test('reference areas that come to a town that is kept secret are refused, whatever they are called', async t => {
  const codesOf = async (...rows: string[]) => (await build(rows.join('\n'), '', 'de', withSecret)).codes
  t.strictSame(await codesOf(women('kreis', 'Musterkreis', 5000), women('um', 'Umland', 3910)), [tells], '5000 - 3910 = 1090, less the five areas that are printed')
  t.strictSame(await codesOf(women('kern', 'Kernort', 1090)), [tells])
  t.strictSame(await codesOf(women('land', 'Land', 90_000), women('um', 'Umland', 3910), women('rest', 'Übriges', 85_000)), [tells])
  t.strictSame(await codesOf(women('kreis', 'Musterkreis', 5000), women('um', 'Umland', 3911)), [], 'another number')
  t.strictSame(await codesOf(women('kreis', 'Musterkreis', 5000), women('um', 'Musterkreis ohne Musterort', 3911)), [tells], 'nearly that number, and called so')
  t.strictSame(await codesOf(women('kreis', 'Musterkreis', 5000), women('um', 'Kreis ohne die Stadt', 3911)), [tells])
  t.strictSame(await codesOf(women('um', 'Kreis ohne Stadt', 3911)), [], 'alone it tells nothing')
  const { texts, edition } = await build([women('kreis', 'Musterkreis', 5000), women('um', 'Umland', 3910)].join('\n'), '', 'de', withSecret)
  t.equal(edition, undefined)
  t.match(texts[0], /Musterkreis − Umland/)
  t.notMatch(texts.join(), /1\.?090/)
})

t.test('a town that is printed, or that others print, may stand beside the Kreis with and without it', async t => {
  const rows = [women('kreis', 'Musterkreis', 5000), women('um', 'Musterkreis ohne Musterort', 3702)].join('\n')
  t.strictSame((await build(rows)).codes, [])
})
