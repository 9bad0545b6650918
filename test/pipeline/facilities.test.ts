import t, { type Test } from 'tap'
import fc from 'fast-check'
import { writeFile } from 'node:fs/promises'
import { formatProblem, type Problem } from '../../core/problem.ts'
import { findSeries, type Edition } from '../../core/edition.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { findHiddenPlace } from '../../pipeline/facilities/hidden-places.ts'
import { isPersonalHead } from '../../pipeline/facilities/personal-heads.ts'
import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { forgetOf } from '../../commands/forget.ts'
import { listDeliveredFiles } from '../../pipeline/build.ts'
import { keepDeliveries } from '../../pipeline/vault/deliveries.ts'
import { openVault } from '../../pipeline/vault/vault.ts'
import { parseConfig } from '../../server/config.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

const layer = `facilities:
  - id: kitas
    label: Kitas
    publisher: Kleinstadt
    licence: { name: CC0 1.0, url: 'https://creativecommons.org/publicdomain/zero/1.0/' }
    attribution: Kleinstadt, Jugendamt
    referenceDate: 2024-12-31
    legalBasis: veröffentlicht
    mayBePassedOn: true
    files: [kitas.csv]
    x: Lon
    y: Lat
    key: Nr
    name: Name
    kind: Kindertagesstätte
    attributes: { address: [Straße, PLZ], capacity: Plätze, provider: Träger }
    level: sozialraum
    counts: { kita-count: count, kita-places: { sum: capacity } }
`
const counts = `  - { id: kita-count, theme: income, kind: count, label: Kitas, definition: Alle., decimals: 0 }
  - { id: kita-places, theme: income, kind: count, label: Plätze, definition: Alle., decimals: 0 }
  - { id: places-per-100, theme: income, kind: ratio, label: Plätze je 100, definition: Alle., decimals: 1, numerator: kita-places, denominator: people }
`
const head = 'Nr;Name;Straße;PLZ;Plätze;Träger;Leitung;Telefon;Lon;Lat'
const rows = [
  'k2;Sternchen;Am Markt 1;31582;60;Kirche;Erika Muster;05021 1234567;9,03;52,51',
  'k1;Weserkinder;Hauptstraße 2;31582;40;Stadt;Max Muster;;9.05;52.515',
  'k3;Zwerge;Hauptstraße 4;31582;30;Stadt;;;9.05;52.505',
]

async function build (t: Pick<Test, 'testdir'>, { list = rows, change = (text: string) => text } = {}): Promise<{ edition?: Edition, problems: Problem[], said: string[] }> {
  const folder = t.testdir({ ...smallProject, 'atlas.yaml': change(`${smallProject['atlas.yaml']}${counts}${layer}`), 'kitas.csv': [head, ...list].join('\n') })
  const { project, problems } = await readProject(folder)
  if (!project) return { problems, said: problems.map(found => formatProblem(found, 'de')) }
  const made = await buildEdition(project, { hasTiles: async () => true })
  const found = made.problems.filter(({ place, code }) => place.file === 'kitas.csv' && !code.startsWith('layout-'))
  return { ...made.edition && { edition: made.edition }, problems: found, said: found.map(problem => formatProblem(problem, 'de')) }
}

t.test('a list of facilities is noted in the vault and not copied, because it may name people; it is forgotten as a delivery is', async t => {
  const folder = t.testdir({ project: { ...smallProject, 'atlas.yaml': `${smallProject['atlas.yaml']}${counts}${layer.replace('mayBePassedOn: true', "mayBePassedOn: true\n    retention: '2020-12-31'")}`, 'kitas.csv': [head, ...rows].join('\n') }, vault: {} })
  const { project } = await readProject(path.join(folder, 'project'))
  const vault = await openVault({ folder: path.join(folder, 'vault'), isSynthetic: true })
  const kept = await keepDeliveries(vault, 'e0123456789ab', listDeliveredFiles(project!, 'public'))
  t.match(kept.find(({ name }) => name === 'kitas.csv'), { deliveries: ['kitas'], isPersonal: true })
  t.equal(readdirSync(path.join(vault.folder, 'deliveries')).length, kept.length - 1)
  const call = { arguments: [], options: {}, language: 'de', config: parseConfig({ ATLAS_VAULT: vault.folder }) } as const
  const said = await forgetOf(call, project!, 'kitas', new Date('2026-01-01T12:00:00Z'))
  t.ok(codes(said).includes('vault-forgotten'))
  t.notOk(existsSync(path.join(folder, 'project', 'kitas.csv')))
  t.ok(existsSync(path.join(folder, 'project', 'people.csv')))
})

t.test('facilities are shown with what the project allows, counted per area, and held against a population', async t => {
  const { edition, problems } = await build(t)
  t.strictSame(codes(problems), ['facilities-columns-left-out'])
  const [kitas] = edition!.facilities!
  t.strictSame(kitas!.facilities.map(({ id }) => id), ['k1', 'k2', 'k3'])
  t.strictSame(kitas!.facilities[1], { id: 'k2', name: 'Sternchen', kind: 'Kindertagesstätte', lon: 90_300_000, lat: 525_100_000, attributes: { address: 'Am Markt 1 31582', capacity: '60', provider: 'Kirche' } })
  t.strictSame(findSeries(edition!, 'sozialraum', 'kita-count')!.values, [[1, 2, 0]])
  t.strictSame(findSeries(edition!, 'stadt', 'kita-places')!.values, [[130]])
  t.strictSame(findSeries(edition!, 'sozialraum', 'places-per-100')!.values, [[5.455, 3.333, 0]])
  t.strictSame(edition!.indicators.find(({ id }) => id === 'kita-count')!.periods[0]!.deliveries, ['kitas'])
  t.equal(edition!.deliveries.find(({ id }) => id === 'kitas')!.attribution, 'Kleinstadt, Jugendamt')
})

t.test('nobody who works there and no way to reach them is in an edition', async t => {
  const { edition } = await build(t)
  const text = JSON.stringify(edition)
  for (const secret of ['Muster"', 'Erika', '05021', 'Leitung']) t.notOk(text.includes(secret), secret)
  const named = await build(t, { change: text => text.replace('provider: Träger', 'provider: Leitung') })
  t.match(named.said[0], /Spalte „Leitung“ sieht nach Angaben zu Personen aus/)
  for (const provider of ['Frau Muster', 'info@kita.example', '0171 123 45 67']) {
    const { problems } = await build(t, { list: [rows[0]!.replace('Kirche', provider)] })
    t.ok(codes(problems).includes('facilities-personal-text'), provider)
  }
})

t.test('heads that name persons are known in many words', async t => {
  for (const name of ['Leitung', 'Kita-Leitung', 'Ansprechpartner/in', 'Kontakt', 'E-Mail', 'e_tel', 'Telefon', 'Handy', 'Name der Leiterin', 'Geschäftsführung', 'Mobilfunk', 'Inhaberin']) t.ok(isPersonalHead(name), name)
  for (const name of ['Name', 'e_name', 'Träger', 't_name', 'Straße', 'Plätze', 'institution', 'capacity', 'Anschrift', 'Stadtteil', 'Personalschlüssel', 'Hotel', 'Leitbild']) t.notOk(isPersonalHead(name), name)
})

t.test('shelters, child-minders and homes of few are refused as points and as counts, unless they are left out', async t => {
  for (const name of ['Frauenhaus Kleinstadt', 'Frauen-Haus', 'Schutzwohnung 3', 'Kindertagespflege Sonnenschein', 'Tagesmutter', 'GEMEINSCHAFTSUNTERKUNFT', 'Mädchenzuflucht', 'Inobhutnahme']) {
    const { edition, problems, said } = await build(t, { list: [...rows, `k9;${name};;;5;;;;9.05;52.51`] })
    t.equal(edition, undefined, name)
    t.strictSame(codes(problems).filter(code => code === 'facilities-hidden-place').length, 1, name)
    t.notOk(said.join().includes(name), 'the report does not repeat it')
  }
  const { edition } = await build(t, { list: [...rows, 'k9;Frauenhaus;;;5;;;;9.05;52.51'], change: text => text.replace('    level: sozialraum\n    counts', '    exclude: { Nr: k9 }\n    level: sozialraum\n    counts') })
  t.equal(edition!.facilities![0]!.facilities.length, 3)
  for (const name of ['Kita Frauenstraße', 'Tagespflege für Senioren', 'Beratungsstelle für Frauen', 'Hauskrankenpflege', 'Jugendhaus', 'Haus der Familie']) t.equal(findHiddenPlace(name), undefined, name)
})

t.test('a shelter is refused too where only a column that nobody named says what it is', async t => {
  const list = (extra: string) => [...rows.map(row => row.replace('Erika Muster', '')), `k9;Haus Luise;Waldweg 3;31582;12;Verein;${extra};;9,03;52,51`]
  const { edition, problems } = await build(t, { list: list('Frauenhaus') })
  t.equal(edition, undefined)
  t.ok(codes(problems).includes('facilities-hidden-place'))
  const { edition: other } = await build(t, { list: [...rows, 'k9;Beratung;Markt 3;31582;12;Frauenhaus Kleinstadt e. V.;;;9,03;52,51'] })
  t.ok(other, 'whoever runs a shelter may run a public place too')
})

t.test('however a shelter is spelt, it is found', async () => {
  fc.assert(fc.property(fc.constantFrom('Frauenhaus', 'Schutzwohnung', 'Kindertagespflege'), fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }), fc.nat({ max: 10 }), fc.constantFrom(' ', '-', '_', '/', ''), (word, capitals, at, gap) => {
    const written = [...word].map((letter, i) => capitals[i] ? letter.toUpperCase() : letter.toLowerCase()).join('')
    return findHiddenPlace(`AWO ${written.slice(0, at)}${gap}${written.slice(at)} e. V.`) !== undefined
  }))
})

t.test('what lies nowhere, elsewhere, or twice is reported with its lines', async t => {
  const codesOf = async (list: string[]) => codes((await build(t, { list })).problems).filter(code => code !== 'facilities-columns-left-out')
  t.strictSame(await codesOf([...rows, 'k4;Ohne;;;1;;;;;']), ['facilities-no-place'])
  t.strictSame(await codesOf([...rows, 'k4;Null;;;1;;;;0;0']), ['facilities-no-place'])
  t.strictSame(await codesOf([...rows, 'k4;Fern;;;1;;;;13.4;52.5']), ['facilities-outside'])
  t.strictSame(await codesOf([...rows, 'k4;Nachbar;;;1;;;;9.5;52.51']), ['facilities-outside-areas'])
  t.strictSame(await codesOf([...rows, rows[0]!]), ['facilities-key-twice'])
  t.strictSame(await codesOf([...rows, rows[0]!.replace('k2', 'k7')]), ['facilities-place-twice'])
  t.strictSame(await codesOf([...rows, 'k4;Viele;;;etwa 20;;;;9.03;52.51']), ['facilities-no-capacity'])
  const swapped = await build(t, { list: rows.map(row => row.split(';')).map(fields => [...fields.slice(0, 8), fields[9], fields[8]].join(';')) })
  t.match(swapped.said.join('\n'), /alle 3 Einrichtungen liegen außerhalb der Grenzen.*Die Achsen sind vertauscht/s)
})

t.test('coordinates may stand in any known system, and the wrong one is guessed', async t => {
  const utm = ['k1;A;;;1;;;;502061;5817800', 'k2;B;;;1;;;;503417;5817800']
  t.match((await build(t, { list: utm })).said.join('\n'), /crs: EPSG:25832 angeben/)
  const { edition } = await build(t, { list: utm, change: text => text.replace('    x: Lon', '    crs: EPSG:25832\n    x: Lon') })
  t.strictSame(findSeries(edition!, 'sozialraum', 'kita-count')!.values, [[1, 1, 0]])
})

t.test('an unknown number of places makes the sum of its area unknown, not smaller', async t => {
  const { edition } = await build(t, { list: [...rows, 'k4;Viele;;;;;;;9.03;52.51'] })
  t.strictSame(findSeries(edition!, 'sozialraum', 'kita-places')!.values, [[null, 70, 0]])
  t.strictSame(findSeries(edition!, 'sozialraum', 'kita-count')!.values, [[2, 2, 0]])
})

t.test('GeoJSON points need no columns of coordinates', async t => {
  const features = rows.map(row => row.split(';')).map(([nr, name,,, places]) => ({ type: 'Feature', properties: { Nr: nr, Name: name, Plätze: Number(places), Straße: 'x', PLZ: '1', Träger: null }, geometry: { type: 'Point', coordinates: [9.03, 52.51 + Number(nr!.slice(1)) / 1000] } }))
  const folder = t.testdir({ ...smallProject, 'atlas.yaml': `${smallProject['atlas.yaml']}${counts}${layer.replace('kitas.csv', 'kitas.geojson').replace('    x: Lon\n    y: Lat\n', '')}` })
  await writeFile(path.join(folder, 'kitas.geojson'), JSON.stringify({ type: 'FeatureCollection', features }))
  const { project } = await readProject(folder)
  const { edition } = await buildEdition(project!, { hasTiles: async () => true })
  t.strictSame(findSeries(edition!, 'sozialraum', 'kita-places')!.values, [[130, 0, 0]])
  t.notOk('provider' in edition!.facilities![0]!.facilities[0]!.attributes, 'null is no provider')
})
