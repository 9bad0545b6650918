import { cp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { formatProblem, type Problem } from '../../core/problem.ts'
import { buildEdition, readPlaces } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import type { TableDelivery } from '../../pipeline/project-file/schema.ts'
import type { DeliveredTable } from '../../pipeline/read/table.ts'
import { areNamesOfPeople } from '../../pipeline/records/names.ts'
import { hasPersonInHead, headsOfPersons } from '../../pipeline/records/person-columns.ts'
import { refusePersons } from '../../pipeline/records/refuse-persons.ts'
import { scaffoldFolder } from '../../pipeline/scaffold/scaffold.ts'
import { planUpdate } from '../../pipeline/update/plan-update.ts'
import { smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

const fixtures = path.join(import.meta.dirname, '../../fixtures')

const tableOf = (heads: string, ...rows: string[]): DeliveredTable => ({
  file: 'x.csv', sheet: null, columns: heads.split(';'), encoding: 'utf-8', delimiter: ';', notation: {}, rows: rows.map((row, i) => ({ line: i + 2, fields: row.split(';') })),
})
const areaIn = (column: string) => ({ id: 'register', area: { column }, columns: { all: 'Anzahl' } }) as unknown as TableDelivery

t.test('names of people are told from names of areas', async t => {
  t.ok(areNamesOfPeople(['Müller, Anna', 'Yıldız, Mehmet', 'von der Heide, Karl-Heinz']))
  t.ok(areNamesOfPeople(['Anna Müller', 'Ohnegleichen Kuno', 'Piotr Nowak']))
  t.ok(areNamesOfPeople(['Anna', 'Kuno', 'Fatma', 'Wanda']), 'first names alone')
  t.notOk(areNamesOfPeople(['Neustadt Nord', 'Neustadt Süd', 'Altstadt', 'St. Martin', 'Marienberg', 'Paulsviertel']))
  t.notOk(areNamesOfPeople(['Anne-Frank-Schule', 'Peter Petersen Schule Mitte', 'Kita Anna', 'Schule 5']), 'nor schools')
  t.notOk(areNamesOfPeople(['Martin', 'Neustadt', 'Altstadt', 'Oststadt', 'Weststadt']), 'one such area')
  t.notOk(areNamesOfPeople(['Januar', 'Februar', 'August', 'Mai']), 'nor months')
})

t.test('texts without a letter are never names', async () => {
  await fc.assert(fc.property(fc.array(fc.stringMatching(/^[\d .,;:-]*$/)), texts => !areNamesOfPeople(texts)))
})

t.test('a first row of names is no head', async t => {
  t.ok(hasPersonInHead(tableOf('Müller, Anna;12;Nord', 'Schulz, Bernd;34;Süd', 'Kaya, Fatma;27;Nord')))
  t.ok(hasPersonInHead(tableOf('Müller;Anna;12', 'Schulz;Bernd;34', 'Kaya;Fatma;27')))
  t.ok(hasPersonInHead(tableOf('Ohnegleichen, Kuno;7', 'Schulz, Bernd;34', 'Kaya, Fatma;27')), 'though its own first name is rare')
  t.notOk(hasPersonInHead(tableOf('Person;Alter', 'Schulz, Bernd;34', 'Kaya, Fatma;27')), 'a head over names stays one')
  t.notOk(hasPersonInHead(tableOf('Gebiet;2023;2024', 'Neustadt Nord;5;6', 'Neustadt Süd;7;8')), 'years are heads')
})

t.test('a name and a year of birth per row, or an id that is nobody else’s, are persons; areas by year of birth are none', async t => {
  t.strictSame(headsOfPersons(tableOf('Name;Geburtsjahr;Ort', 'A;1950;x', 'B;1951;x', 'C;1950;y')), ['Name', 'Geburtsjahr'])
  t.strictSame(headsOfPersons(tableOf('Name;Geburtsjahr;Anzahl', 'Nord;1950;5', 'Nord;1951;6', 'Süd;1950;7', 'Süd;1951;8')), [])
  t.strictSame(headsOfPersons(tableOf('Name;Geburtsjahr;Anzahl', 'Nord;2023;5', 'Süd;2023;7')), [], 'one year of births')
  t.strictSame(headsOfPersons(tableOf('Versichertennummer;SR', 'A1;1', 'A2;1', 'A3;2')), ['Versichertennummer'])
  t.strictSame(headsOfPersons(tableOf('Aktenzeichen;SR;Anzahl', 'IV-3;1;5', 'IV-3;2;6', 'IV-3;3;7')), [], 'the office’s own, on every row')
})

t.test('names and ids in the column of the area are refused, though each stands there once', async t => {
  t.strictSame(codes(refusePersons(tableOf('Wer;Anzahl', 'Müller, Anna;1', 'Kaya, Fatma;2'), areaIn('Wer'))), ['records-persons'])
  t.strictSame(codes(refusePersons(tableOf('Nachname;Anzahl', 'Müller;1', 'Kaya;2'), areaIn('Nachname'))), ['records-persons'])
  t.strictSame(codes(refusePersons(tableOf('Aktenzeichen;Anzahl', 'a;1', 'b;2'), areaIn('Aktenzeichen'))), ['records-persons'])
  t.strictSame(refusePersons(tableOf('Name;Anzahl', 'Neustadt Nord;1', 'Neustadt Süd;2'), areaIn('Name')), [])
})

const people = ['Planted, Anna', 'Planted, Bernd', 'Planted, Fatma', 'Planted, Kuno']
const rows = people.map((name, i) => `${name};${i + 12};${i % 3 + 1}`).join('\n')
/** As the project wants them, but for the names in front. */
const fitting = people.map((name, i) => `${name};${i % 3 + 1};2025;10;5`).join('\n')
const said = (problems: readonly Problem[]) => JSON.stringify(problems) + problems.map(found => formatProblem(found, 'de') + formatProblem(found, 'en')).join('\n')

t.test('a planted name appears in no problem of a check, with or without a head, in whatever column', async t => {
  for (const text of [`${rows}\n`, `Wer;Alter;Nr\n${rows}\n`, `Wer;Nr;Jahr;Personen;SGB II\n${fitting}\n`]) {
    for (const column of ['Nr', 'Wer']) {
      const folder = t.testdir({ ...smallProject, 'people.csv': text, 'atlas.yaml': smallProject['atlas.yaml'].replace('column: Nr, pad', `column: ${column}, pad`) })
      const { project } = await readProject(folder)
      const { edition, problems } = await buildEdition(project!)
      t.equal(edition, undefined)
      t.notMatch(said(problems), /Planted|Fatma/)
    }
  }
})

t.test('nor where rows are counted by a column of names and the boundaries cannot be read', async t => {
  const folder = t.testdir({})
  await cp(path.join(fixtures, 'deliveries/person-rows-counted'), folder, { recursive: true })
  const file = path.join(folder, 'atlas.yaml')
  await writeFile(file, (await readFile(file, 'utf8')).replace('column: Gebiet }', 'column: Wer }'))
  await writeFile(path.join(folder, 'personen.csv'), `Wer;Geburtsdatum;Geschlecht\n${people.map(name => `${name};31.12.1980;w`).join('\n')}\n`)
  const { project } = await readProject(folder)
  const { edition, problems } = await buildEdition(project!)
  t.equal(edition, undefined)
  t.match(codes(problems), ['read-missing-file'])
  t.notMatch(said(problems), /Planted|Fatma/)
})

t.test('nor in what a scaffold writes and an update asks', async t => {
  for (const text of [`${rows}\n`, `Wer;Alter;Nr\n${rows}\n`, `Wer;Nr;Jahr;Personen;SGB II\n${fitting}\n`]) {
    const { 'atlas.yaml': _, ...deliveries } = smallProject
    const folder = t.testdir({ ...deliveries, 'liste-2024.csv': text })
    const { problems } = await scaffoldFolder(folder)
    t.notMatch(said(problems) + await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), /Planted|Fatma/)

    const root = t.testdir({ project: smallProject, in: { 'people-2025.csv': text } })
    const { project } = await readProject(path.join(root, 'project'))
    const { boundaries } = await readPlaces(project!)
    const planned = await planUpdate(project!, boundaries!.levels, [{ path: path.join(root, 'in/people-2025.csv') }])
    t.notMatch(said(planned.problems) + (planned.plan?.text ?? ''), /Planted|Fatma/)
  }
})
