import { readFile, writeFile } from 'node:fs/promises'
import t from 'tap'
import { formatProblem, hasErrors } from '../../core/problem.ts'
import { parseProjectFile } from '../../pipeline/project-file/parse.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { referenceProblems } from '../../pipeline/project-file/references.ts'
import { ProjectFile } from '../../pipeline/project-file/schema.ts'

const whole = `atlas: tiny
title: Atlas
municipality: Kleinstadt
dataStatus: synthetic
licence: { name: CC0, url: 'https://example.org' }
contact: { name: Planung, email: p@example.org }
bounds: [9, 52, 10, 53]
start: inhabitants
levels:
  - id: stadt
    label: Stadt
    labelPlural: Städte
    validFrom: 2000-01-01
    boundaries: { file: stadt.geojson, key: { column: id }, name: { column: name } }
themes:
  - { id: population, label: Bevölkerung }
deliveries:
  - id: register
    title: Bestand
    publisher: Stadt
    licence: { name: CC0, url: 'https://example.org' }
    attribution: Stadt
    minimumCount: 3
    legalBasis: Satzung
    mayBePassedOn: true
    level: stadt
    files: [einwohner.csv]
    area: { column: id }
    period: { column: Jahr }
    columns: { inhabitants: Einwohner }
indicators:
  - { id: inhabitants, theme: population, kind: count, label: Einwohner, definition: Alle., decimals: 0 }
`

function problemsIn (text: string): string[] {
  const { file, locate, problems } = parseProjectFile(text, 'atlas.yaml')
  return (file ? referenceProblems(file, locate) : problems).map(found => formatProblem(found, 'de'))
}

t.test('a project file in order has nothing to report', async t => {
  t.strictSame(problemsIn(whole), [])
})

t.test('broken YAML is reported with line and column, in both languages', async t => {
  const { problems } = parseProjectFile('atlas: tiny\ntitle: "offen\n', 'atlas.yaml')
  t.match(formatProblem(problems[0]!, 'de'), /^atlas\.yaml:3:1: die Datei ist kein gültiges YAML/)
  t.match(formatProblem(problems[0]!, 'en'), /^atlas\.yaml:3:1: the file is not valid YAML/)
})

t.test('an unknown key is refused with its place, what would be valid, and a guess', async t => {
  const said = problemsIn(whole.replace('municipality:', 'munizipality:')).find(text => text.includes('unbekannter'))
  t.match(said, /^atlas\.yaml:3:1: unbekannter Eintrag „munizipality“; erwartet: einer von atlas, title, municipality/)
  t.match(said, /Gemeint ist vielleicht „municipality“/)
})

t.test('every mistake of the file is said in one go', async t => {
  const said = problemsIn(whole
    .replace('dataStatus: synthetic', 'dataStatus: erfunden')
    .replace('minimumCount: 3', 'minimumCount: 1')
    .replace('    legalBasis: Satzung\n', '')
    .replace('kind: count', 'kind: zahl')
    .replace('decimals: 0', 'decimals: viele'))
  t.equal(said.length, 5)
  for (const part of ['dataStatus', 'minimumCount', 'legalBasis', 'synthetic, open-data, official', 'count, share, ratio, measure']) {
    t.ok(said.some(text => text.includes(part)), part)
  }
})

t.test('a name that points at nothing is refused where it stands', async t => {
  const [start] = problemsIn(whole.replace('start: inhabitants', 'start: inhabitant'))
  t.match(start, /^atlas\.yaml:8:1: „start“ nennt „inhabitant“, das es nicht gibt/)
  const [column] = problemsIn(whole.replace('columns: { inhabitants:', 'columns: { einwohner:'))
  t.match(column, /„einwohner“/)
})

t.test('a delivery states its minimum count or why it needs none, and that it may be passed on', async t => {
  t.match(problemsIn(whole.replace('minimumCount: 3', 'minimumCount: none'))[0], /aber nicht warum/)
  t.strictSame(problemsIn(whole.replace('minimumCount: 3', 'minimumCount: none\n    because: öffentlich')), [])
  t.match(problemsIn(whole.replace('mayBePassedOn: true', 'mayBePassedOn: false'))[0], /darf nicht weitergegeben werden/)
  t.match(problemsIn(whole.replace('    minimumCount: 3\n', ''))[0], /„minimumCount“ fehlt/)
})

t.test('a count that no delivery holds is a warning, a share without denominator an error', async t => {
  const orphan = parseProjectFile(`${whole}  - { id: births, theme: population, kind: count, label: Geburten, definition: Alle., decimals: 0 }\n`, 'atlas.yaml')
  const problems = referenceProblems(orphan.file!, orphan.locate)
  t.match(problems.map(({ code }) => code), ['project-file-undelivered'])
  t.equal(hasErrors(problems), false)
  t.match(problemsIn(`${whole}  - { id: rate, theme: population, kind: share, label: Anteil, definition: Alle., decimals: 0, numerator: inhabitants }\n`)[0], /„denominator“ fehlt/)
})

t.test('keys keep their digits as they are written', async t => {
  const { file } = parseProjectFile(whole.replace('area: { column: id }', 'area: { value: 007 }'), 'atlas.yaml')
  t.equal(file!.deliveries[0]!.area.value, '007')
})

t.test('a day that does not exist and descending breaks are refused', async t => {
  t.match(problemsIn(whole.replace('2000-01-01', '2023-02-29'))[0], /ein Tag, den es gibt/)
  t.match(problemsIn(whole.replace('decimals: 0 }', 'decimals: 0, breaks: [3, 2] }'))[0], /aufsteigende Klassengrenzen/)
})

t.test('what would lead a build astray is refused before it starts', async t => {
  const cases: Array<[mistake: string, from: string, to: string, says: RegExp]> = [
    ['a reserved address', 'atlas: tiny', 'atlas: health', /„atlas“ ist "health"/],
    ['bounds the wrong way round', '[9, 52, 10, 53]', '[10, 52, 9, 53]', /West kleiner als Ost/],
    ['zooms the wrong way round', 'start: inhabitants', 'tiles: { minZoom: 9, maxZoom: 8 }\nstart: inhabitants', /nicht größer als maxZoom/],
    ['a level that ends before it begins', 'validFrom: 2000-01-01', 'validFrom: 2000-01-01\n    validTo: 1999-12-31', /ein Tag nach validFrom/],
    ['a broken regular expression', 'key: { column: id }', "key: { column: id, extract: '(' }", /ein regulärer Ausdruck/],
    ['a share with something subtracted', 'kind: count', 'kind: share, numerator: inhabitants, denominator: inhabitants, minus: inhabitants', /nur bei kind: ratio/],
    ['a minimum count that gives every hidden count away', 'minimumCount: 3', 'minimumCount: 2', /minimumCount/],
  ]
  for (const [mistake, from, to, says] of cases) {
    t.ok(problemsIn(whole.replace(from, to)).some(text => says.test(text)), `${mistake}: ${problemsIn(whole.replace(from, to)).join(' | ')}`)
  }
  const circle = whole.replace('themes:', `  - id: bezirk
    label: Bezirk
    labelPlural: Bezirke
    validFrom: 2000-01-01
    parent: stadt
    boundaries: { dissolve: stadt, id: b, areaName: B }
themes:`).replace('validFrom: 2000-01-01', 'validFrom: 2000-01-01\n    parent: bezirk')
  t.ok(problemsIn(circle).some(text => text.includes('nicht wieder auf diese zurückführt')), 'levels in a circle')
})

t.test('a folder without atlas.yaml says what to name instead', async t => {
  const { project, problems } = await readProject(t.testdir({}))
  t.equal(project, undefined)
  t.match(problems.map(({ code }) => code), ['project-file-missing'])
})

t.test('the published schema is that of the program', async t => {
  const file = new URL('../../docs/atlas.schema.json', import.meta.url)
  const schema = `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...ProjectFile }, null, 2)}\n`
  if (process.env.BLESS) await writeFile(file, schema)
  t.equal(await readFile(file, 'utf8'), schema, 'npm run bless writes it anew')
})
