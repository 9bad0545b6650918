import t from 'tap'
import {
  checkCommands, checkDecisions, checkFixtures, checkLinks, checkNamedCode, checkPackages, checkPageNames, checkQuotes, checkScripts, checkSettings, checkUse, listTexts,
} from '../docs/check.ts'

t.test('a link must lead to a file, and its anchor to a heading', async t => {
  const root = t.testdir({ docs: { 'b.md': '# Größe & Maß der Karte\n' }, 'a.md': '' })
  const check = (text: string) => checkLinks(root, { file: 'docs/a.md', text })
  t.strictSame(check('[b](b.md) [b](b.md#größe--maß-der-karte) [up](../a.md) [away](https://example.org/x)'), [])
  t.strictSame(check('[b](c.md)'), ['docs/a.md: broken link: c.md; no such file'])
  t.strictSame(check('[b](b.md#masse)'), ['docs/a.md: broken link: b.md#masse; no such heading'])
})

t.test('a function that was renamed makes the document wrong', async t => {
  const root = t.testdir({ core: { 'cell.ts': 'export const suppressed = 1\nexport function observed () {}' } })
  const check = (text: string) => checkNamedCode(root, { file: 'a.md', text })
  t.strictSame(check('`core/cell.ts:observed`, `core/cell.ts:suppressed`, `core/`, `notes/mine.ts:x`'), [])
  t.strictSame(check('`core/cell.ts:observe`'), ['a.md: unknown function: core/cell.ts:observe'])
  t.strictSame(check('`core/number.ts`'), ['a.md: unknown file: core/number.ts'])
  t.strictSame(check('```\n`core/number.ts`\n```'), [], 'an example is not a claim')
})

t.test('a line quoted from a file must stand in it', async t => {
  const root = t.testdir({ 'a.csv': '01;Altstadt;12\r\n02;Nordertor;34\r\n' })
  t.strictSame(checkQuotes(root, { file: 'a.md', text: '```csv a.csv\n02;Nordertor;34\n```\n' }), [])
  t.strictSame(checkQuotes(root, { file: 'a.md', text: '```csv a.csv\n02;Nordertor;35\n```\n' }), ['a.md: a.csv has no line: 02;Nordertor;35'])
})

t.test('a command in a document must exist', async t => {
  const text = 'npm run demo, npm test, npm run test:west and npm run docs\n`npx atlas build x`, `npx atlas bild x`'
  t.strictSame(checkScripts({ file: 'a.md', text }, ['demo', 'test', 'docs']),
    ['a.md: unknown script: npm run test:west; package.json has demo, test, docs'])
  t.strictSame(checkCommands([{ file: 'a.md', text }], ['build']), ['a.md: unknown command: npx atlas bild; known are build'])
})

t.test('a page or a button that was renamed makes the document wrong', async t => {
  const texts = listTexts({ people: { title: 'Leute', roles: ['Leitung'], link: (name: string) => `Link für ${name}` } })
  const check = (text: string) => checkPageNames({ file: 'a.md', text }, texts)
  t.strictSame(check('Unter „Leute“ steht, wer „Leitung“ ist.'), [])
  t.strictSame(check('Unter „Personen“.'), ['a.md: unknown page or button: „Personen“; workshop/texts/de.ts has no such text'])
})

t.test('a fixture is described under its own path or that of a folder above it', async t => {
  const readme = '# Fixtures\n\n## town/\nMade up.\n\n### bad/lost-zero.csv\nBy hand.\n'
  t.strictSame(checkFixtures(readme, ['README.md', 'make.ts', 'town/atlas.yaml', 'town/tables/a.csv', 'bad/lost-zero.csv']), [])
  t.strictSame(checkFixtures(readme, ['town/atlas.yaml', 'bad/empty.zip']), [
    'fixtures/README.md: missing fixture: bad/empty.zip; expected a heading with its path, provenance and trait',
    'fixtures/README.md: unknown fixture: bad/lost-zero.csv',
  ])
})

t.test('every decision is in the index, under a number of its own', async t => {
  t.strictSame(checkDecisions('[1](0001-a.md)', ['README.md', '0001-a.md']), [])
  t.strictSame(checkDecisions('[1](0001-a.md)', ['0001-a.md', '0001-b.md']), [
    'docs/decisions/README.md: missing record: 0001-b.md',
    'docs/decisions/0001-b.md: number used twice',
  ])
})

t.test('a package that nothing imports is named', async t => {
  const manifest = { dependencies: { pg: '8', hucre: '1' }, devDependencies: { tap: '21', '@types/pg': '8', axe: '4' }, scripts: { test: 'tap' } }
  t.strictSame(checkUse(manifest, "import pg from 'pg'\nimport { read } from 'hucre/xlsx'"), ['package.json: unused package: axe; nothing imports it'])
})

t.test('packages and settings are described, all of them and no others', async t => {
  const manifest = { dependencies: { pg: '8' }, devDependencies: { tap: '21' } }
  t.strictSame(checkPackages('| `pg` | driver |\n| `tap` | tests |', manifest), [])
  t.match(checkPackages('| `pg` | driver |\n| `mysql` | driver |', manifest), [/missing package: tap/, /unknown package: mysql/])
  t.strictSame(checkSettings('| `ATLAS_PORT` | 8080 |', ['ATLAS_PORT']), [])
  t.match(checkSettings('| `ATLAS_PROT` | 8080 |', ['ATLAS_PORT']), [/missing setting: ATLAS_PORT/, /unknown setting: ATLAS_PROT/])
})
