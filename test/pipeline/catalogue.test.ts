import t from 'tap'
import fc from 'fast-check'
import { Compile } from 'typebox/compile'
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { writeXlsx } from 'hucre/xlsx'
import { formatProblem } from '../../core/problem.ts'
import { CatalogueFile, listOperands, readCatalogue } from '../../pipeline/catalogue/catalogue.ts'
import { readIndicatorWorkbook, writeIndicatorWorkbook, type IndicatorSettings } from '../../pipeline/catalogue/workbook.ts'
import { writeProjectWorkbook } from '../../pipeline/catalogue/project-workbook.ts'
import { writeCatalogueDocument } from '../../pipeline/catalogue/write-document.ts'
import { parseProjectFile } from '../../pipeline/project-file/parse.ts'
import { readProject, toLocalised } from '../../pipeline/project-file/project.ts'
import { listOf } from '../../pipeline/project-file/list-of.ts'
import { referenceProblems } from '../../pipeline/project-file/references.ts'
import { knownHeads } from '../../pipeline/recognise/synonyms.ts'
import { smallProject } from '../small-project.ts'

const head = `atlas: tiny
title: Atlas
municipality: Kleinstadt
dataStatus: synthetic
licence: { name: CC0 1.0, url: 'https://example.org' }
contact: { name: Sozialplanung, email: s@example.org }
bounds: [8.9, 52.4, 9.2, 52.6]
start: youth-ratio
levels:
  - { id: sozialraum, label: Sozialraum, labelPlural: Sozialräume, validFrom: 2020-01-01, boundaries: { file: a.geojson, key: { column: nr }, name: { column: name } } }
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
    files: [a.csv]
    area: { column: Gebiet }
    period: { value: 2023-12-31 }
`
const ages = ['age-0-2', 'age-3-14', 'age-15-17', 'age-18-19', 'age-20-64']
const columns = `    columns: { ${ages.map(id => `${id}: Spalte ${id}`).join(', ')} }\n`
const uses = ages.map(id => `  - { use: ${id} }\n`).join('')

function read (text: string) {
  const { file, locate, problems } = parseProjectFile(text, 'atlas.yaml')
  return { file, texts: [...problems, ...(file ? referenceProblems(file, locate) : [])].map(found => formatProblem(found, 'de')) }
}

t.test('the catalogue keeps to its form, in both languages, and names nothing that it does not have', async t => {
  const catalogue = readCatalogue()
  t.strictSame([...Compile(CatalogueFile).Errors(catalogue)], [])
  const ids = catalogue.indicators.map(({ id }) => id)
  t.equal(new Set(ids).size, ids.length, 'every id once')
  t.ok(ids.length >= 40)
  for (const entry of catalogue.indicators) {
    const isQuotient = entry.kind === 'share' || entry.kind === 'ratio'
    t.equal(listOperands(entry).length > 0, isQuotient, `${entry.id} has a formula if it is computed`)
    for (const operand of listOperands(entry)) t.equal(catalogue.indicators.find(({ id }) => id === operand)?.kind, 'count', `${entry.id}: ${operand}`)
    t.ok(catalogue.themes.some(({ id }) => id === entry.theme), `${entry.id}: theme`)
    t.ok(catalogue.sources[entry.source], `${entry.id}: source`)
    t.equal(entry.kind === 'share' && entry.minus !== undefined, false, `${entry.id}: a share has no minus`)
    t.match(entry.definition.de, /\.$/, `${entry.id}: a sentence`)
    t.match(entry.definition.en, /\.$/, `${entry.id}: a sentence`)
  }
})

t.test('what the starter set of the field asks for is there', async t => {
  const ids = readCatalogue().indicators.map(({ id }) => id)
  const wanted = [
    'old-age-ratio', 'youth-ratio', 'dependency-ratio', 'greying-index', 'sgb2-share', 'elb-share', 'child-poverty-share', 'sgb2-sgb12-share', 'unemployment-share',
    'long-term-unemployment-share', 'transfer-share', 'old-age-poverty-share', 'single-parent-share', 'benefit-communities-single-parent-share', 'migration-background-share',
    'foreigners-share', 'migration-balance', 'migration-volume', 'residence-5-years-share', 'arrival-departure-ratio', 'birth-death-ratio', 'benefit-communities-children-share',
    'population-density', 'mean-age', 'one-person-household-share', 'kita-share', 'language-share', 'gymnasium-share', 'hze-ratio',
  ]
  t.strictSame(wanted.filter(id => !ids.includes(id)), [])
})

t.test('a column head that is recognised as an indicator of the catalogue means the same kind of figure there', async t => {
  const catalogue = new Map(readCatalogue().indicators.map(entry => [entry.id, entry]))
  for (const { id, kind } of knownHeads) {
    const entry = catalogue.get(id)
    if (entry && entry.kind === 'count') t.ok(kind === 'count' || id === 'area-hectares', `${id} is a count`)
  }
})

t.test('the document is that of the data', async t => {
  const file = path.join(import.meta.dirname, '../../docs/kennzahlenkatalog.md')
  if (process.env.BLESS) await writeFile(file, writeCatalogueDocument())
  t.equal(await readFile(file, 'utf8'), writeCatalogueDocument(), 'npm run bless writes it anew')
})

t.test('an entry of the catalogue fills in an indicator, and its themes', async t => {
  const { file, texts } = read(`${head}${columns}indicators:\n  - { use: youth-ratio }\n${uses}`)
  t.strictSame(texts, [])
  t.match(file?.indicators[0], { id: 'youth-ratio', kind: 'ratio', theme: 'population', numerator: ages.slice(0, 4), denominator: ['age-20-64'], factor: 100, label: { de: 'Jugendquotient' } })
  t.notOk(Object.hasOwn(file!.indicators[0]!, 'use'))
  t.strictSame(file?.themes, [{ id: 'population', label: { de: 'Bevölkerung', en: 'Population' } }])
})

t.test('what the project says itself goes before the catalogue', async t => {
  const own = `themes: [{ id: alter, label: Alter }]\n${head}${columns}indicators:\n  - { use: youth-ratio, theme: alter, label: Jugend, denominator: age-3-14 }\n${uses}`
  const { file, texts } = read(own)
  t.strictSame(texts, [])
  t.match(file?.indicators[0], { theme: 'alter', label: 'Jugend', denominator: 'age-3-14', decimals: 1 })
  t.strictSame(file?.themes.map(({ id }) => id), ['alter', 'population'])
})

t.test('a count that is used under another name is found in the formulas', async t => {
  const renamed = `${head.replace('start: youth-ratio', 'start: jugend')}    columns: { kinder: A, age-3-14: B, age-15-17: C, age-18-19: D, age-20-64: E }\nindicators:\n  - { use: youth-ratio, id: jugend }\n${uses.replace('{ use: age-0-2 }', '{ use: age-0-2, id: kinder }')}`
  const { file, texts } = read(renamed)
  t.strictSame(texts, [])
  t.strictSame(file?.indicators[0]?.numerator, ['kinder', 'age-3-14', 'age-15-17', 'age-18-19'])
})

t.test('counts that nobody declares are named as lines to copy', async t => {
  const { texts } = read(`${head}    columns: { age-20-64: E }\nindicators:\n  - { use: youth-ratio }\n  - { use: age-20-64 }\n`)
  t.equal(texts.length, 1)
  t.match(texts[0], 'atlas.yaml:26:7: youth-ratio wird aus Fallzahlen gerechnet, die das Projekt nicht nennt: age-0-2, age-3-14, age-15-17, age-18-19')
  t.match(texts[0], '  - { use: age-0-2 }\n  - { use: age-3-14 }')
})

t.test('a rate that is delivered without its counts is a measure', async t => {
  const text = `${head.replace('minimumCount: 3', 'minimumCount: none\n    because: Die Quote ist veröffentlicht.')}    columns: { youth-ratio: Quote }\nindicators:\n  - { use: youth-ratio, kind: measure }\n`
  const { file, texts } = read(text)
  t.strictSame(texts, [])
  t.equal(file?.indicators[0]?.numerator, undefined)
  t.equal(file?.indicators[0]?.factor, undefined)
})

t.test('an unknown name is guessed, and the places of all others are still right', async t => {
  const { texts } = read(`${head}${columns}indicators:\n  - { use: youth-ration }\n${uses}  - { use: women, decimals: viele }\n`)
  t.match(texts[0], /^atlas\.yaml:26:7: der Kennzahlenkatalog hat keinen Eintrag „youth-ration“.*\n.*Gemeint ist vielleicht „youth-ratio“/s)
  t.match(texts[1], /^atlas\.yaml:32:19: .*decimals/)
  t.equal(texts.length, 2)
})

const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/)
const line = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }), fc.constantFrom('=1+1', '-5', '@SUM(A1)', "'=x", '+49', 'a; b', 'a\\;b', '\\n', 'Größe „x“', '1.234'))
  .map(text => text.normalize('NFC').replaceAll(/[\p{C}\u2028\u2029]/gu, '').trim()).filter(text => text !== '')
const block = fc.oneof(line, fc.tuple(line, line).map(([a, b]) => `${a}\n${b}`))
const localised = (text: fc.Arbitrary<string>) => fc.oneof(text, fc.record({ de: text, en: text }, { noNullPrototype: true }))
const period = fc.constantFrom('2024', '2024-12-31', '2024-q1', '2024-25', '2022-2024')
const ids = fc.oneof(id, fc.array(id, { minLength: 1, maxLength: 4 }))
const settings: fc.Arbitrary<IndicatorSettings> = fc.record({
  id,
  use: id,
  theme: id,
  kind: fc.constantFrom('count', 'share', 'ratio', 'measure'),
  label: localised(line),
  definition: localised(block),
  unit: localised(line),
  decimals: fc.integer({ min: 0, max: 6 }),
  factor: fc.oneof(fc.constantFrom(1, 100, 1000), fc.double({ min: 1e-6, max: 1e6, noNaN: true })),
  numerator: ids,
  minus: ids,
  denominator: ids,
  parts: fc.array(id, { minLength: 2, maxLength: 4 }),
  published: fc.boolean(),
  denominatorPeriod: fc.constantFrom('same', 'previous'),
  signed: fc.boolean(),
  palette: fc.constantFrom('petrol', 'moos', 'beere', 'div'),
  notes: fc.array(localised(block), { minLength: 1, maxLength: 3 }),
  changes: fc.array(fc.record({ from: period, note: localised(block) }, { noNullPrototype: true }), { minLength: 1, maxLength: 3 }),
  breaks: fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 2, maxLength: 8 }),
}, { requiredKeys: ['id'], noNullPrototype: true }) as fc.Arbitrary<IndicatorSettings>

/** The same settings in one form: one id or a list of one, a German text or `{ de }`, zero without a sign. */
function plain ({ numerator, minus, denominator, label, definition, unit, notes, changes, breaks, ...rest }: IndicatorSettings) {
  const lists = Object.entries({ numerator, minus, denominator }).map(([key, list]) => [key, listOf(list)])
  return {
    ...rest,
    ...Object.fromEntries(lists),
    ...Object.fromEntries(Object.entries({ label, definition, unit }).map(([key, text]) => [key, text === undefined ? undefined : toLocalised(text)])),
    notes: (notes ?? []).map(toLocalised),
    changes: (changes ?? []).map(({ from, note }) => ({ from: String(from), note: toLocalised(note) })),
    breaks: (breaks ?? []).map(bound => bound === 0 ? 0 : bound),
  }
}

t.test('any settings come back from a workbook as they were', async t => {
  const mapping = fc.record({ delivery: id, indicator: id, heads: fc.array(line, { minLength: 1, maxLength: 3 }) }, { noNullPrototype: true })
  await fc.assert(fc.asyncProperty(fc.array(settings, { maxLength: 4 }), fc.array(mapping, { maxLength: 3 }), async (entries, mappings) => {
    const { entries: found, columns, problems } = await readIndicatorWorkbook(await writeIndicatorWorkbook(entries, mappings), 'kennzahlen.xlsx')
    t.strictSame(problems, [])
    t.strictSame(found.map(plain), entries.map(plain))
    t.strictSame(columns.map(({ place: _, ...rest }) => rest), mappings)
  }), { numRuns: 60 })
})

t.test('a translation stays beside its text where others before it have none', async t => {
  const entries: IndicatorSettings[] = [{ id: 'a', notes: ['Eins.', { de: 'Zwei.', en: 'Two.' }], changes: [{ from: '2022', note: 'Neu.' }, { from: '2024', note: { de: 'Anders.', en: 'Other.' } }] }]
  const { entries: found } = await readIndicatorWorkbook(await writeIndicatorWorkbook(entries), 'kennzahlen.xlsx')
  t.strictSame(found, entries)
})

t.test('the same settings give the same bytes, and no cell of them is a formula', async t => {
  const entries: IndicatorSettings[] = [{ id: 'a', label: '=HYPERLINK("http://x")', definition: '@SUM(A1)', notes: ['-1'] }]
  const bytes = await writeIndicatorWorkbook(entries)
  t.same(bytes, await writeIndicatorWorkbook(entries))
  const { unzipSync, strFromU8 } = await import('fflate')
  const parts = Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)] as const)
  for (const [name, text] of parts.filter(([name]) => name.startsWith('xl/worksheets/'))) t.notMatch(text, /<f[ >]/, name)
  const texts = parts.map(([, text]) => text).join('')
  t.match(texts, /(?:'|&apos;|&#39;)=HYPERLINK/)
  t.notMatch(texts, />=HYPERLINK/)
})

t.test('mistakes of a workbook name their cell', async t => {
  const rows = [['Kennung', 'Art', 'Name', 'Nachkomastellen', 'Faktor', 'Brüche', 'Name (englisch)', '# intern'], ['a', 'Anteile', '', null, 'viel', 'ohne Zeitraum', 'A', 'egal']]
  const bytes = await writeXlsx({ sheets: [{ name: 'Kennzahlen', rows }, { name: 'Spalten', rows: [['Lieferung', 'Kennung', 'Spaltenkopf'], ['register', '', 'X']] }] })
  const { problems } = await readIndicatorWorkbook(bytes, 'kennzahlen.xlsx')
  const texts = problems.map(found => formatProblem(found, 'de'))
  t.match(texts, [
    /^kennzahlen\.xlsx \(Kennzahlen!D1\): unbekannte Spalte „Nachkomastellen“[^]*Gemeint ist vielleicht „Nachkommastellen“/,
    /Kennzahlen!B2\): in der Spalte „Art“ steht „Anteile“; erwartet: Anzahl, Anteil, Verhältnis, Messwert/,
    /Kennzahlen!E2\): in der Spalte „Faktor“ steht „viel“/,
    /Kennzahlen!G2\): in der Spalte „Name \(englisch\)“ steht „A“; erwartet: auch der deutsche Text/,
    /Kennzahlen!F2\): in der Spalte „Brüche“ steht „ohne Zeitraum“/,
    /Spalten!B2\): in der Spalte „Kennung“ steht „“/,
  ])
  t.equal(texts.length, 6)
})

t.test('a formula that nobody calculated is no blank cell, except in notes of one\'s own', async t => {
  const rows = [['Kennung', 'Name', '# intern'], ['a', 'A', null]]
  const cells = (at: string) => new Map([[at, { formula: 'B1&"x"' }]])
  const book = (at: string) => writeXlsx({ sheets: [{ name: 'Kennzahlen', rows, cells: cells(at) }] })
  const { problems } = await readIndicatorWorkbook(await book('1,1'), 'kennzahlen.xlsx')
  t.match(problems.map(({ code, place }) => [code, place.cell]), [['read-uncalculated-cells', 'Kennzahlen!B2']])
  t.strictSame((await readIndicatorWorkbook(await book('1,2'), 'kennzahlen.xlsx')).problems, [])
})

t.test('a project whose indicators stand in a workbook is read like any other, and mistakes in it name cells', async t => {
  const project = (extra: IndicatorSettings[] = [], text = head) => async () => t.testdir({
    'atlas.yaml': `${text}indicatorsFile: kennzahlen.xlsx\n`,
    'kennzahlen.xlsx': Buffer.from(await writeIndicatorWorkbook([{ use: 'youth-ratio' }, ...ages.map(use => ({ use })), ...extra], ages.map(indicator => ({ delivery: 'register', indicator, heads: [`Spalte ${indicator}`, 'alt'] })))),
  })
  const good = await readProject(await project()())
  t.strictSame(good.problems, [])
  t.strictSame(good.project?.file.indicators.map(({ id }) => id), ['youth-ratio', ...ages])
  t.strictSame(good.project?.file.deliveries[0]?.columns?.['age-0-2'], ['Spalte age-0-2', 'alt'])

  const wrong = await readProject(await project([{ id: 'x', theme: 'population', kind: 'share', label: 'X', definition: 'X.', decimals: 1, numerator: 'age-0-2', denominator: 'age-0-3' }])())
  t.match(wrong.problems.map(found => formatProblem(found, 'de')), [/^kennzahlen\.xlsx \(Kennzahlen!N8\): .*age-0-3/])
  const missing = await readProject(t.testdir({ 'atlas.yaml': `${head}indicatorsFile: ../kennzahlen.xlsx\n` }))
  t.match(missing.problems.map(({ code }) => code)[0], 'catalogue-workbook-missing')
})

t.test('the indicators of a project become a workbook, which reads back the same and is never overwritten', async t => {
  const folder = t.testdir(smallProject)
  const { project } = await readProject(folder)
  const target = path.join(folder, 'kennzahlen.xlsx')
  t.strictSame((await writeProjectWorkbook(project!, target)).map(({ code }) => code), ['catalogue-workbook-written'])
  const before = await readFile(target)
  const back = await readIndicatorWorkbook(before, 'kennzahlen.xlsx')
  t.strictSame([back.problems, back.entries.map(({ id }) => id)], [[], ['sgb2-share', 'sgb2', 'people']])
  t.match(back.columns, [{ delivery: 'register', indicator: 'people', heads: ['Personen'] }, { delivery: 'register', indicator: 'sgb2', heads: ['SGB II'] }])
  t.strictSame((await writeProjectWorkbook(project!, target)).map(({ code }) => code), ['catalogue-workbook-exists'])
  t.ok(before.equals(await readFile(target)))
})
