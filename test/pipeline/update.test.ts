import { lstat, readFile, readdir, rename, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import fc from 'fast-check'
import t, { type Test } from 'tap'
import { parseDocument } from 'yaml'
import { hasErrors } from '../../core/problem.ts'
import { readPlaces } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { applyUpdate } from '../../pipeline/update/apply-update.ts'
import { editProject, type ProjectEdit } from '../../pipeline/update/edit-text.ts'
import { nameSimilarity, periodOfName, shiftPeriod, stemOf } from '../../pipeline/update/name.ts'
import { parseGiven, planUpdate } from '../../pipeline/update/plan-update.ts'
import { smallProject } from '../small-project.ts'
import { codes } from './problem-codes.ts'

const next = 'Nr;Jahr;Personen;SGB II\n1;2025;1200;120\n2;2025;2200;220\n3;2025;700;70\n'

/** A second delivery of the same shape, whose files are one per year. */
const twoDeliveries = smallProject['atlas.yaml'].replace('indicators:\n', `  - id: births
    title: Geburten
    publisher: Kleinstadt
    licence: { name: CC0 1.0, url: 'https://example.org' }
    attribution: Kleinstadt
    minimumCount: 3
    legalBasis: Satzung
    mayBePassedOn: true
    level: sozialraum
    files:
      - { file: geburten-2023.csv, period: 2023 }  # erste Lieferung
      - { file: geburten-2024.csv, period: 2024 }
    area: { column: Nr, pad: 2 }
    columns: { births: Geburten }
indicators:
  - { id: births, theme: income, kind: count, label: Geburten, definition: Alle., decimals: 0 }
`)

const births = (...counts: number[]) => `Nr;Geburten\n${counts.map((count, index) => `${index + 1};${count}`).join('\n')}\n`

async function plan (t: Test, given: Readonly<Record<string, string>>, { yaml = twoDeliveries, named = (file: string) => file } = {}) {
  const root = t.testdir({ project: { ...smallProject, 'atlas.yaml': yaml, 'geburten-2023.csv': births(10, 20, 30), 'geburten-2024.csv': births(11, 21, 31) }, in: { ...given } })
  const folder = path.join(root, 'project')
  const { project } = await readProject(folder)
  const { boundaries } = await readPlaces(project!)
  const files = Object.keys(given).map(file => {
    const { path: name, ...rest } = parseGiven(named(file))
    return { path: path.join(root, 'in', name), ...rest }
  })
  const planned = await planUpdate(project!, boundaries!.levels, files)
  return { folder, ...planned, codes: codes(planned.problems), yaml: async () => readFile(path.join(folder, 'atlas.yaml'), 'utf8') }
}

t.test('what one delivery of a table takes, the others of the same table take too, and the file is copied once', async t => {
  const register = / {2}- id: register\n[^]*?(?=indicators:\n)/.exec(smallProject['atlas.yaml'])![0]
  const half = (id: string, columns: string) => register.replace('id: register', `id: ${id}`).replace(/columns: .*/, `columns: ${columns}`)
  const yaml = smallProject['atlas.yaml'].replace(register, half('people', '{ people: Personen }') + half('benefits', '{ sgb2: SGB II }'))
  const { plan: planned, codes, folder } = await plan(t, { 'people-2025.csv': next }, { yaml })
  t.strictSame(codes, ['update-recognised', 'update-recognised'])
  t.equal(planned!.copies.length, 1)
  await applyUpdate(planned!)
  t.strictSame(planned!.project.file.deliveries.map(({ files }) => files), [['people.csv', 'people-2025.csv'], ['people.csv', 'people-2025.csv']])
  t.strictSame((await readdir(folder)).filter(name => name.startsWith('people')).toSorted(), ['people-2025.csv', 'people.csv'])
})

t.test('next year is recognised by columns, keys and name, and stands beside the years before', async t => {
  const { plan: planned, codes, folder, yaml } = await plan(t, { 'people-2025.csv': next })
  t.strictSame(codes, ['update-recognised'])
  t.equal(await yaml(), twoDeliveries, 'a plan changes nothing')
  await applyUpdate(planned!)
  t.equal(await yaml(), twoDeliveries.replace('files: [people.csv]', 'files: [people.csv, people-2025.csv]'), 'every other byte stays')
  t.equal(await readFile(path.join(folder, 'people-2025.csv'), 'utf8'), next)
})

t.test('a delivery of one file per year learns the period from the name of the file', async t => {
  const { plan: planned, codes, yaml } = await plan(t, { 'geburten-2025.csv': births(12, 22, 32) })
  t.strictSame(codes, ['update-recognised'])
  await applyUpdate(planned!)
  t.match(await yaml(), '      - { file: geburten-2024.csv, period: 2024 }\n      - { file: geburten-2025.csv, period: 2025 }\n    area:')
  t.match(await yaml(), '# erste Lieferung', 'remarks stay')
})

t.test('a name without a year asks for the period, and takes it when it is given', async t => {
  t.strictSame((await plan(t, { 'geburten.csv': births(12, 22, 32) })).codes, ['update-period-unknown'])
  const { codes, plan: planned } = await plan(t, { 'geburten.csv': births(12, 22, 32) }, { named: file => `births@2025=${file}` })
  t.strictSame(codes, ['update-recognised'])
  t.match(planned!.text, '{ file: geburten.csv, period: 2025 }')
})

t.test('a corrected file takes the place of the old one, which is kept', async t => {
  const corrected = smallProject['people.csv'].replace('2;2024;2100;210', '2;2024;2150;215')
  const { plan: planned, codes, folder, yaml } = await plan(t, { 'people.csv': corrected })
  t.strictSame(codes, ['update-recognised', 'update-replaces'])
  await applyUpdate(planned!)
  t.equal(await yaml(), twoDeliveries)
  t.equal(await readFile(path.join(folder, 'people.csv'), 'utf8'), corrected)
  t.equal(await readFile(path.join(folder, 'people.ersetzt-1.csv'), 'utf8'), smallProject['people.csv'])
})

t.test('a longer series under another name replaces the entry of the shorter one', async t => {
  const { plan: planned, codes } = await plan(t, { 'people-2023-2025.csv': `${smallProject['people.csv']}1;2025;1200;120\n2;2025;2200;220\n3;2025;700;70\n` })
  t.strictSame(codes, ['update-recognised', 'update-replaces'])
  t.match(planned!.text, 'files: [people-2023-2025.csv]')
})

t.test('a file that repeats one year of a series is refused: two values are none', async t => {
  const { plan: planned, codes } = await plan(t, { 'people-2024.csv': 'Nr;Jahr;Personen;SGB II\n1;2024;1100;110\n2;2024;2150;215\n3;2024;600;60\n' })
  t.strictSame(codes, ['update-partial-overlap'])
  t.equal(planned, undefined)
})

t.test('the same file twice changes nothing and says so', async t => {
  const { plan: planned, codes } = await plan(t, { 'bestand-kopie.csv': smallProject['people.csv'] })
  t.strictSame(codes, ['update-same-file'])
  t.equal(planned!.text, twoDeliveries)
  t.strictSame(planned!.copies, [])
})

t.test('a renamed column is remembered as a second spelling', async t => {
  const { plan: planned, codes } = await plan(t, { 'people-2025.csv': next.replace('SGB II', 'Personen in SGB II') })
  t.strictSame(codes, ['update-column-renamed', 'update-recognised'])
  t.match(planned!.text, 'columns: { people: Personen, sgb2: [SGB II, Personen in SGB II] }')
})

t.test('a column that is gone stops the update and shows the line to write', async t => {
  const { plan: planned, problems, codes } = await plan(t, { 'people-2025.csv': next.replace('SGB II', 'Neuntes Merkmal') }, { named: file => `register=${file}` })
  t.strictSame(codes.filter(code => code !== 'update-recognised'), ['update-column-missing'])
  t.ok(hasErrors(problems))
  t.equal(planned, undefined)
})

t.test('a file that fits nothing, or two deliveries alike, names the candidates', async t => {
  t.strictSame((await plan(t, { 'wetter.csv': 'Ort;Regen\nA;1\nB;2\n' })).codes, ['update-unknown-file'])
  const twins = twoDeliveries.replace('  - id: births\n    title', `  - id: moved
    title: Zuzüge
    publisher: Kleinstadt
    licence: { name: CC0 1.0, url: 'https://example.org' }
    attribution: Kleinstadt
    minimumCount: 3
    legalBasis: Satzung
    mayBePassedOn: true
    level: sozialraum
    files: [{ file: geburten-2023.csv, period: 2022 }]
    area: { column: Nr, pad: 2 }
    columns: { moved: Geburten }
  - id: births
    title`).replace('indicators:\n', 'indicators:\n  - { id: moved, theme: income, kind: count, label: Zuzüge, definition: Alle., decimals: 0 }\n')
  const { codes, problems } = await plan(t, { 'geburten-2025.csv': births(12, 22, 32) }, { yaml: twins })
  t.strictSame(codes, ['update-ambiguous-file'])
  t.match(problems[0]!.facts.candidates, { de: /births \(.*moved \(|moved \(.*births \(/ })
})

t.test('boundaries and unknown deliveries are refused with the way to go', async t => {
  t.strictSame((await plan(t, { 'areas-2026.geojson': smallProject['areas.geojson'] })).codes, ['update-boundaries'])
  t.strictSame((await plan(t, { 'people-2025.csv': next }, { named: file => `registr=${file}` })).codes, ['update-unknown-delivery'])
})

t.test('one file in doubt stops all of them', async t => {
  const { plan: planned, codes } = await plan(t, { 'people-2025.csv': next, 'wetter.csv': 'Ort;Regen\nA;1\n' })
  t.strictSame(codes, ['update-recognised', 'update-unknown-file'])
  t.equal(planned, undefined)
})

t.test('where copying fails the project is the old one again', async t => {
  const { plan: planned, folder, yaml } = await plan(t, { 'people-2025.csv': next })
  const names = (await readdir(folder)).toSorted()
  await t.rejects(applyUpdate({ ...planned!, copies: [...planned!.copies, { from: path.join(folder, 'missing.csv'), file: 'x.csv', to: path.join(folder, 'x.csv'), keep: null }] }))
  t.strictSame((await readdir(folder)).toSorted(), names)
  t.equal(await yaml(), twoDeliveries)
})

t.test('a project file that is a link stays one, and what it leads to is written', async t => {
  const { plan: planned, folder } = await plan(t, { 'people-2025.csv': next })
  const [link, target] = [path.join(folder, 'atlas.yaml'), path.join(folder, '..', 'echt.yaml')]
  await rename(link, target)
  await symlink('../echt.yaml', link)
  await applyUpdate(planned!)
  t.ok((await lstat(link)).isSymbolicLink())
  t.match(await readFile(target, 'utf8'), 'people-2025.csv')
})

t.test('a delivered file that is a link arrives as a file; nothing is written through a link that lies in the way', async t => {
  const { plan: planned, folder } = await plan(t, { 'people-2025.csv': next })
  const [copy] = planned!.copies
  await rename(copy!.from, `${copy!.from}.echt`)
  await symlink(`${path.basename(copy!.from)}.echt`, copy!.from)
  const other = path.join(folder, 'fremd.txt')
  await writeFile(other, 'fremd')
  await symlink('fremd.txt', `${copy!.to}.neu`)
  await symlink('fremd.txt', path.join(folder, 'atlas.yaml.neu'))
  await applyUpdate(planned!)
  t.ok((await lstat(copy!.to)).isFile())
  t.equal(await readFile(copy!.to, 'utf8'), next)
  t.equal(await readFile(other, 'utf8'), 'fremd')
})

t.test('a name without its year is what stays the same', async t => {
  for (const [a, b] of [['Bestand_2024.xlsx', 'bestand-2025.csv'], ['EWR202012E_Matrix.csv', 'EWR202112E_Matrix.csv'], ['a 31.12.2024.csv', 'a 31.12.2025 final.csv'], ['people.csv', 'people (1).csv']] as const) {
    t.equal(stemOf(a), stemOf(b), `${a} and ${b}`)
    t.equal(nameSimilarity(a, b), 1)
  }
  t.ok(nameSimilarity('a-b.csv', 'a-c.csv') < 1)
})

t.test('a period moves by whole years', async t => {
  t.strictSame(['2024', '2024-12-31', '2024-q3', '2024-25', '2022-2024', '2024-02-29'].map(period => shiftPeriod(period, 1)), ['2025', '2025-12-31', '2025-q3', '2025-26', '2023-2025', '2025-02-28'])
  t.equal(shiftPeriod('1999-00', 100), '2099-00')
  t.equal(periodOfName('x-2025.csv', { file: 'x-2024.csv', period: '2024-12-31' }), '2025-12-31')
  t.equal(periodOfName('x.csv', { file: 'x-2024.csv', period: '2024' }), undefined)
})

t.test('edits change the lists they name and nothing else, in flow and in block', async () => {
  const name = fc.stringMatching(/^[a-zäA-Z0-9 ,'#:{}[\]-]{1,12}$/)
  const edits: fc.Arbitrary<ProjectEdit> = fc.oneof(
    fc.record({ kind: fc.constant('add-file' as const), delivery: fc.constantFrom(0, 1), file: name, period: fc.constantFrom(null, '2025', '2025-12-31') }),
    fc.record({ kind: fc.constant('add-head' as const), delivery: fc.constant(0), indicator: fc.constantFrom('people', 'sgb2'), head: name }),
  )
  fc.assert(fc.property(fc.array(edits, { maxLength: 4 }), wishes => {
    const changed = parseDocument(editProject(twoDeliveries, wishes))
    if (changed.errors.length > 0) return false
    const before = parseDocument(twoDeliveries).toJS() as { deliveries: Array<{ files: unknown[], columns: Record<string, unknown> }> }
    const after = changed.toJS() as typeof before
    for (const edit of wishes) {
      if (edit.kind === 'add-file') before.deliveries[edit.delivery]!.files.push(edit.period === null ? edit.file : { file: edit.file, period: edit.period === '2025' ? 2025 : edit.period })
      if (edit.kind === 'add-head') before.deliveries[0]!.columns[edit.indicator] = [before.deliveries[0]!.columns[edit.indicator], edit.head].flat()
    }
    return JSON.stringify(before) === JSON.stringify(after)
  }), { numRuns: 200 })
})

t.test('entries are replaced and dropped with the lines they stand on', async t => {
  const text = 'deliveries:\n  - files:\n      - a.csv # eins\n      - b.csv\n      - c.csv\n  - files: [a.csv, b.csv, c.csv]\n'
  t.equal(editProject(text, [{ kind: 'replace-file', delivery: 0, entry: 0, file: 'x.csv', period: null }, { kind: 'drop-file', delivery: 0, entry: 1 }, { kind: 'drop-file', delivery: 1, entry: 2 }, { kind: 'drop-file', delivery: 1, entry: 0 }]),
    'deliveries:\n  - files:\n      - x.csv # eins\n      - c.csv\n  - files: [b.csv]\n')
})

t.test('a file that is in its place already is taken as it is', async t => {
  const root = t.testdir({ ...smallProject })
  await writeFile(path.join(root, 'people-2025.csv'), next)
  const { project } = await readProject(root)
  const { boundaries } = await readPlaces(project!)
  const { plan: planned } = await planUpdate(project!, boundaries!.levels, [{ path: path.join(root, 'people-2025.csv') }])
  t.strictSame(planned!.copies, [])
  t.match(planned!.text, 'files: [people.csv, people-2025.csv]')
})
