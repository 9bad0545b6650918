import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { parseDocument } from 'yaml'
import { formatProblem } from '../../core/problem.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { parseProjectFile } from '../../pipeline/project-file/parse.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import type { ProjectFile } from '../../pipeline/project-file/schema.ts'
import { keepOutOfGit } from '../../pipeline/scaffold/gitignore.ts'
import { scaffoldFolder } from '../../pipeline/scaffold/scaffold.ts'
import { check, quoted, yamlFlow, yamlText } from '../../pipeline/scaffold/yaml-text.ts'
import { fillGaps } from '../fill-gaps.ts'
import { needsOpenData, openData } from '../open-data.ts'
import { smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

const fixtures = path.join(import.meta.dirname, '../../fixtures')

/** Fills the gaps of a scaffolded file and returns what it says. */
async function fill (file: string): Promise<ProjectFile> {
  const text = fillGaps(await readFile(file, 'utf8'))
  await writeFile(file, text)
  const parsed = parseProjectFile(text, file)
  if (!parsed.file) throw new RangeError(parsed.problems.map(found => formatProblem(found, 'de')).join('\n'))
  return parsed.file
}

/** Errors that `check` finds in a project once its gaps are filled. */
async function checkErrors (file: string, data: string): Promise<string[]> {
  const { project, problems } = await readProject(file, data)
  if (!project) return problems.map(found => formatProblem(found, 'de'))
  const checked = await buildEdition(project, { checkOnly: true })
  return checked.problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)
}

/** Value columns of a hand-made project that the scaffold maps too: at all, and to the same indicator. */
function compareColumns (made: ProjectFile, wanted: ProjectFile): { columns: number, found: number, same: number } {
  const list = ({ deliveries }: ProjectFile) => deliveries.flatMap(({ files, columns, indicator }) => {
    const file = path.basename(typeof files.at(-1) === 'string' ? files.at(-1) as string : (files.at(-1) as { file: string }).file)
    const lookUp = Object.entries(indicator?.lookUp ?? {}).map(([head, id]) => [String(id), head] as const)
    return [...Object.entries(columns ?? {}), ...lookUp].map(([id, head]) => ({ key: `${file}|${String(head).trim()}`, id }))
  })
  const there = new Map(list(made).map(({ key, id }) => [key, id]))
  const all = list(wanted)
  return { columns: all.length, found: all.filter(({ key }) => there.has(key)).length, same: all.filter(({ key, id }) => there.get(key) === id).length }
}

async function musterstadt (t: Test): Promise<string> {
  const folder = path.join(t.testdir(), 'musterstadt')
  for (const part of ['boundaries', 'tables']) await cp(path.join(fixtures, 'musterstadt', part), path.join(folder, part), { recursive: true })
  return folder
}

t.test('of a town’s deliveries alone a project is made that the check accepts', async t => {
  const folder = await musterstadt(t)
  const { problems, written, plan } = await scaffoldFolder(folder)
  const file = path.join(folder, 'atlas.yaml')
  t.strictSame(written, [file])
  t.strictSame([...new Set(codes(problems))], ['scaffold-level', 'scaffold-delivery'], 'everything is used')
  t.strictSame(plan!.levels.map(({ id, validFrom, validTo }) => [id, validFrom.value, validTo]), [
    ['sozialraum', '2019-01-01', null], ['berichtsgebiet', '2013-01-01', null], ['sozialraum-2018', '2000-01-01', '2018-12-31'],
  ])

  const unfilled = await readProject(file)
  t.strictSame([...new Set(codes(unfilled.problems))], ['scaffold-gap'], 'fail closed: nothing is built before a person said the terms')
  t.ok(['minimumCount', 'legalBasis', 'mayBePassedOn', 'licence.name', 'contact.email'].every(key => unfilled.problems.some(({ facts }) => facts.key === key)))

  const made = await fill(file)
  t.strictSame(await checkErrors(file, folder), [])
  const wanted = parseProjectFile(await readFile(path.join(fixtures, 'musterstadt/atlas.yaml'), 'utf8'), 'atlas.yaml').file!
  const counts = compareColumns(made, wanted)
  t.equal(counts.found, counts.columns, `every one of ${counts.columns} columns is found`)
  t.ok(counts.same >= 0.95 * counts.columns, `${counts.same} of ${counts.columns} are the same indicator`)
  t.comment(`Musterstadt: ${JSON.stringify(counts)}`)
})

t.test('every guess carries a remark, and every remark survives as YAML', async t => {
  const folder = await musterstadt(t)
  await scaffoldFolder(folder)
  const text = await readFile(path.join(folder, 'atlas.yaml'), 'utf8')
  t.strictSame(parseDocument(text).errors, [])
  for (const guess of [/^ {4}validFrom: .*# bitte prüfen/m, /^ {4}area: .*# bitte prüfen: .*Texten sind Gebiete/m, /^ {4}period: .*# bitte prüfen/m, /^ {4}totals: .*# bitte prüfen/m]) t.match(text, guess)
})

t.test('a project file is never overwritten, and one elsewhere can be asked for', async t => {
  const { 'atlas.yaml': mine, ...deliveries } = smallProject
  const folder = t.testdir({ ...deliveries, 'atlas.yaml': mine })
  t.strictSame(codes((await scaffoldFolder(folder)).problems), ['scaffold-file-exists'])
  t.equal(await readFile(path.join(folder, 'atlas.yaml'), 'utf8'), mine)
  const other = path.join(folder, 'vorschlag.yaml')
  t.strictSame((await scaffoldFolder(folder, other)).written, [other])
})

t.test('without boundaries, tables or a folder nothing is written and the reason is said', async t => {
  const { 'areas.geojson': areas, 'people.csv': people } = smallProject
  t.ok(codes((await scaffoldFolder(t.testdir({ 'people.csv': people! }))).problems).includes('scaffold-no-boundaries'))
  const folder = t.testdir({ 'areas.geojson': areas! })
  t.ok(codes((await scaffoldFolder(folder)).problems).includes('scaffold-no-tables'))
  await t.rejects(readFile(path.join(folder, 'atlas.yaml')))
  t.strictSame(codes((await scaffoldFolder(path.join(folder, 'nirgends'))).problems), ['scaffold-missing-folder'])
})

t.test('lists of persons are left out, with the way they could come in', async t => {
  const { 'atlas.yaml': _, ...deliveries } = smallProject
  const folder = t.testdir({ ...deliveries, 'faelle-2024.csv': 'Nachname;Vorname;Geburtsdatum;Nr;Betrag\nX;Y;01.02.2003;1;5\nX;Z;01.02.2004;2;6\nX;W;01.02.2004;3;6\n' })
  const { problems, plan } = await scaffoldFolder(folder)
  t.match(problems.find(({ code }) => code === 'scaffold-left-out'), { place: { file: 'faelle-2024.csv' }, facts: { why: { de: /einzelnen Personen/ } } })
  t.strictSame(plan!.deliveries.map(({ id }) => id), ['people'])
})

t.test('files of many years are one delivery', async t => {
  const { 'areas.geojson': areas } = smallProject
  const year = (count: number) => `Nr;Geburten\n1;${count}\n2;20\n3;30\n`
  const folder = t.testdir({ 'areas.geojson': areas!, 'geburten-2023.csv': year(10), 'geburten-2024.csv': year(11) })
  const { plan } = await scaffoldFolder(folder)
  t.match(plan!.deliveries, [{ id: 'geburten', files: [{ file: 'geburten-2023.csv', period: '2023' }, { file: 'geburten-2024.csv', period: '2024' }] }])
  await fill(path.join(folder, 'atlas.yaml'))
  t.strictSame(await checkErrors(path.join(folder, 'atlas.yaml'), folder), [])
})

t.test('raw counts are kept out of git, and what was ignored already stays so', async t => {
  const folder = t.testdir({ '.gitignore': 'notizen.txt\nvault/' })
  const added = await keepOutOfGit(folder)
  t.notOk(added.includes('vault/'))
  const text = await readFile(path.join(folder, '.gitignore'), 'utf8')
  t.match(text, /^notizen\.txt\nvault\/\n#.*\ntables\/\n/)
  t.strictSame(await keepOutOfGit(folder), [], 'a second time there is nothing to add')
})

t.test('texts stand in YAML as what they are', async t => {
  for (const text of ['a', 'Süd: Nord', '01', '1e3', 'true', "O'Brien", '# x', '- x', '[a, b]', 'a # b', '2024-12-31', 'ja, nein', '', 'a\tb', ' a', 'no', '*', '&a', '!x', '{}', 'x:']) {
    t.equal(String((parseDocument(`[${yamlText(text)}]`).toJS() as unknown[])[0]), text, JSON.stringify(text))
    t.equal(String((parseDocument(`k: ${yamlText(text)}`).toJS() as { k: unknown }).k), text)
  }
})

t.test('no name of a file, a column or an area breaks out of its place in YAML', async t => {
  const signs = ['a', '1', '#', ':', "'", '"', '\n', '\r', '\t', '\u0085', '\u2028', '\ufeff', '\u202e', '&', '*', '!', ',', '{', '}', '[', ']', '-', '\\', '.', ' ']
  fc.assert(fc.property(fc.array(fc.constantFrom(...signs)).map(list => list.join('')), text => {
    const lines = [`block: ${yamlText(text)}${check(text)}`, `flow: ${yamlFlow({ of: text })}${check(text)}`, 'keys:', `  ${quoted(text)}: ${quoted(text)}${check(text)}`]
    const read = parseDocument(lines.join('\n'))
    return read.errors.length === 0 && JSON.stringify(read.toJS()) === JSON.stringify({ block: text, flow: { of: text }, keys: { [text]: text } })
  }))
  t.pass('it reads back as written')
})

t.test('a real folder of open data becomes a project', needsOpenData('flensburg'), async t => {
  const file = path.join(t.testdir(), 'atlas.yaml')
  await scaffoldFolder(openData('flensburg'), file)
  const made = await fill(file)
  const wanted = parseProjectFile(await readFile(path.join(import.meta.dirname, '../../examples/flensburg/atlas.yaml'), 'utf8'), 'atlas.yaml').file!
  const counts = compareColumns(made, wanted)
  t.comment(`Flensburg: ${JSON.stringify(counts)}`)
  t.equal(counts.found, counts.columns, `every one of ${counts.columns} columns is found`)
  t.strictSame([...new Set(await checkErrors(file, openData('flensburg')))], ['structure-parts-differ'], 'two sums of the source differ; nothing else is in the way')
  await rm(file)
})
