import { readFile, writeFile } from 'node:fs/promises'
import t from 'tap'
import { formatProblem, hasErrors } from '../../core/problem.ts'
import { parseProjectFile } from '../../pipeline/project-file/parse.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { referenceProblems } from '../../pipeline/project-file/references.ts'
import { publishedSchema } from '../../pipeline/project-file/published-schema.ts'

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
  t.match(problemsIn(whole.replace('    minimumCount: 3\n', ''))[0], /keins von beiden; erwartet: genau eins von beiden: minimumCount oder preset/)
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
  t.equal(file!.deliveries[0]!.area?.value, '007')
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

/** Two counts, one of them unpublished, under rules, with everything that may be said about them. */
const ruled = whole
  .replace('    minimumCount: 3\n', `    preset: kommunal5
    rules: { units: { of: homes, minimum: 3 }, internal: { minimumCount: 3, areaFloor: 0 } }
    retention: 2030-12-31
`)
  .replace('columns: { inhabitants: Einwohner }', 'columns: { inhabitants: Einwohner, homes: Haushalte }')
  .replace('levels:', 'population: inhabitants\naudiences: [public, internal]\nintervals: true\nlevels:') + `  - { id: homes, theme: population, kind: count, label: Haushalte, definition: Alle., decimals: 0, published: false }
external: [{ source: Landesamt, level: stadt, indicators: [inhabitants], periods: [2024], values: { 01: 7000 } }]
manual: [{ indicator: inhabitants, level: stadt, area: 01, period: 2024, because: Unterkunft }]
`

t.test('rules, audiences and what others publish may stand in a project file, and keys stay text', async t => {
  t.strictSame(problemsIn(ruled), [])
  const { file } = parseProjectFile(ruled, 'atlas.yaml')
  t.strictSame([Object.keys(file!.external![0]!.values!), file!.manual![0]!.area], [['01'], '01'])
})

t.test('what is wrong with the rules is said with its place, what would be right, in both languages', async t => {
  const dominance = 'units: { of: homes, minimum: 3 }, dominance: { percent: 10, largest: homes, second: top }'
  const measure = '  - { id: age, theme: population, kind: measure, label: Alter, definition: Mittel., decimals: 1 }\nexternal:'
  const cases: Array<[mistake: string, from: string, to: string, stands: string, says: RegExp]> = [
    ['an unknown rule', 'areaFloor: 0', 'areaFlor: 0', 'rules:', /„areaFlor“; erwartet: einer von minimumCount, remainder, rateFloor, areaFloor.*\n.*„areaFloor“/],
    ['an unknown preset', 'preset: kommunal5', 'preset: kommunal6', 'preset:', /„preset“ ist "kommunal6"; erwartet: ba3, kommunal5, streng10/],
    ['an unknown method', 'minimumCount: 3', 'method: round3', 'rules:', /erwartet: suppress, round5/],
    ['preset and minimum count at once', 'preset: kommunal5', 'preset: kommunal5\n    minimumCount: 5', 'preset:', /beides; erwartet: genau eins von beiden: minimumCount oder preset/],
    ['neither of them', '    preset: kommunal5\n', '', '- id: register', /keins von beiden/],
    ['no reason for no minimum inside the house', 'internal: { minimumCount: 3', 'internal: { minimumCount: none', 'rules:', /aber nicht warum/],
    ['an area floor without inhabitants', 'population: inhabitants\n', '', 'atlas:', /„population“ fehlt; erwartet: population: die Fallzahl/],
    ['unknown inhabitants', 'population: inhabitants', 'population: people', 'population:', /„population“ nennt „people“/],
    ['unpublished inhabitants', 'population: inhabitants', 'population: homes', 'population:', /nicht published: false/],
    ['unknown units', 'of: homes', 'of: home', 'rules:', /„of“ nennt „home“, das es nicht gibt/],
    ['an unknown contribution', 'units: { of: homes, minimum: 3 }', dominance, 'rules:', /„second“ nennt „top“/],
    ['a contribution that is printed', 'units: { of: homes, minimum: 3 }', dominance.replace('top', 'inhabitants'), 'rules:', /ein einzelner Beitrag wird nie gezeigt/],
    ['a day that does not exist', 'retention: 2030-12-31', 'retention: 2030-02-30', 'retention:', /„retention“ ist "2030-02-30"/],
    ['an unpublished start', 'start: inhabitants', 'start: homes', 'start:', /ein Indikator, der gezeigt wird/],
    ['a share of an unpublished count', 'external:', '  - { id: r, theme: population, kind: share, label: A, definition: A., decimals: 0, numerator: homes, denominator: inhabitants }\nexternal:', 'id: r,', /„numerator“ ist "homes"; erwartet: ein Indikator, der gezeigt wird/],
    ['a measure under a minimum count', 'external:', measure, 'preset:', /enthält aber das Maß „age“/],
    ['external figures of an unknown level', 'level: stadt, indicators', 'level: statd, indicators', 'external:', /„level“ nennt „statd“/],
    ['external figures of an unknown count', 'indicators: [inhabitants]', 'indicators: [people]', 'external:', /„indicators“ nennt „people“/],
    ['external figures of no period', 'periods: [2024]', 'periods: [Dezember]', 'external:', /„period“ ist "Dezember"/],
    ['external values of all periods', 'periods: [2024], ', '', 'external:', /indicators und periods mit je genau einem Eintrag/],
    ['a suppression of an unknown indicator', 'manual: [{ indicator: inhabitants', 'manual: [{ indicator: people', 'manual:', /„indicator“ nennt „people“/],
    ['a suppression on an unknown level', 'level: stadt, area', 'level: land, area', 'manual:', /„level“ nennt „land“/],
    ['a suppression without a reason', ', because: Unterkunft', '', 'manual:', /„because“ fehlt/],
    ['an unknown part', 'published: false }', 'published: false, parts: [inhabitants, cats] }', 'id: homes', /„parts“ nennt „cats“/],
    ['a count that is a part of itself', 'published: false }', 'published: false, parts: [inhabitants, homes] }', 'id: homes', /„parts“ nennt „homes“/],
    ['a part that stands twice', 'published: false }', 'published: false, parts: [inhabitants, inhabitants] }', 'id: homes', /kommt zweimal vor/],
    ['a start that is not passed on', 'mayBePassedOn: true', 'mayBePassedOn: false', 'start:', /die weitergegeben werden dürfen/],
    ['an unknown audience', '[public, internal]', '[public, intern]', 'audiences:', /„audiences“ ist "intern"; erwartet: public, internal/],
  ]
  for (const [mistake, from, to, stands, says] of cases) {
    t.ok(ruled.includes(from), `${mistake}: ${from}`)
    const changed = ruled.replace(from, to)
    const text = to === measure ? changed.replace('homes: Haushalte', 'homes: Haushalte, age: Alter') : changed
    const { file, locate, problems } = parseProjectFile(text, 'atlas.yaml')
    const found = file ? referenceProblems(file, locate) : problems
    const said = found.find(problem => says.test(formatProblem(problem, 'de')))
    t.ok(said, `${mistake}: ${problemsIn(text).join(' | ')}`)
    t.match(text.split('\n')[said!.place.line! - 1], stands, `${mistake}: its line`)
    t.ok(said?.severity === 'error' && !/\{\w+\}|undefined|\[object/.test(formatProblem(said, 'de') + formatProblem(said, 'en')), `${mistake}, with every fact`)
  }
})

t.test('parts that lead back, and a count that one delivery rounds and another suppresses, are refused', async t => {
  const circle = ruled
    .replace('decimals: 0 }', 'decimals: 0, parts: [homes, flats] }')
    .replace('published: false }', 'published: false, parts: [inhabitants, flats] }')
    .replace('external:', '  - { id: flats, theme: population, kind: count, label: W, definition: W., decimals: 0 }\nexternal:')
  t.equal(problemsIn(circle).filter(text => text.includes('nicht selbst aus dieser zusammengesetzt')).length, 2)
  t.match(problemsIn(whole.replace('kind: count,', 'kind: measure, parts: [inhabitants, inhabitants],')).join(), /nur bei kind: count/)
  const second = / {2}- id: register[^]*?(?=indicators:)/.exec(whole)![0].replace('id: register', 'id: second').replace('minimumCount: 3', 'minimumCount: 3\n    rules: { method: round5 }')
  t.match(problemsIn(whole.replace('indicators:', `${second}indicators:`)), [/^atlas\.yaml:37:14: der Indikator „inhabitants“ wird aus der Lieferung „register“ nach einer anderen Methode geschützt als aus „second“/])
})

t.test('what is rounded for the public is not suppressed inside: the readers there have both', async t => {
  const round = (rules: string) => problemsIn(whole.replace('atlas: tiny', 'atlas: tiny\naudiences: [public, internal]').replace('minimumCount: 3', `minimumCount: 3\n    rules: { ${rules} }`))
  t.match(round('method: round5, internal: { method: suppress }').join(), /„inhabitants“ aus der Lieferung „register“ ist öffentlich gerundet und intern gesperrt/)
  t.strictSame(round('method: round5'), [])
  t.strictSame(round('internal: { method: round5 }'), [])
})

t.test('the largest contributions go with exactly one count', async t => {
  const firms = whole
    .replace('minimumCount: 3', 'minimumCount: 3\n    rules: { dominance: { percent: 10, largest: top, second: next } }')
    .replace('inhabitants: Einwohner', 'inhabitants: Umsatz, top: Größter, next: Zweiter') +
    ['top', 'next'].map(id => `  - { id: ${id}, theme: population, kind: count, label: B, definition: B., decimals: 0, published: false }\n`).join('')
  t.strictSame(problemsIn(firms), [])
  const two = firms.replace('top: Größter', 'top: Größter, staff: Beschäftigte') + '  - { id: staff, theme: population, kind: count, label: B, definition: B., decimals: 0 }\n'
  t.match(problemsIn(two), [/„dominance“ ist .*; erwartet: zwei Beiträge zu der einen Fallzahl/])
})

t.test('what may not be passed on is for the house alone', async t => {
  const held = ruled.replace('indicators:\n', `  - { id: inside, title: B, publisher: S, licence: { name: C, url: 'https://example.org' }, attribution: S, minimumCount: 3, legalBasis: S, mayBePassedOn: false, level: stadt, files: [b.csv], area: { column: id }, period: { column: Jahr }, columns: { cats: Katzen } }
indicators:
  - { id: cats, theme: population, kind: count, label: Katzen, definition: Alle., decimals: 0 }
`)
  t.strictSame(problemsIn(held), [])
  t.match(problemsIn(held.replace('audiences: [public, internal]\n', '')), [/darf nicht weitergegeben werden.*\n.*audiences: \[public, internal\]/])
})

t.test('a file that refers to one anchor too often is a problem with a place, not a crash', async t => {
  const text = whole.replace('licence: {', 'licence: &l {') + `many: [${Array.from({ length: 150 }, () => '*l').join(', ')}]\n`
  const { file, problems } = parseProjectFile(text, 'atlas.yaml')
  t.equal(file, undefined)
  t.match(problems, [{ code: 'project-file-aliases', place: { file: 'atlas.yaml' } }])
})

t.test('a folder without atlas.yaml says what to name instead', async t => {
  const { project, problems } = await readProject(t.testdir({}))
  t.equal(project, undefined)
  t.match(problems.map(({ code }) => code), ['project-file-missing'])
})

t.test('the published schema is that of the program', async t => {
  const file = new URL('../../docs/atlas.schema.json', import.meta.url)
  const schema = `${JSON.stringify(publishedSchema(), null, 2)}\n`
  if (process.env.BLESS) await writeFile(file, schema)
  t.equal(await readFile(file, 'utf8'), schema, 'npm run bless writes it anew')
})
