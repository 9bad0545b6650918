import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { german } from '../workshop/texts/de.ts'

/**
 * Finds what the documents claim and the project does not keep: links into nothing, commands that
 * do not exist, functions that were renamed, fixtures without provenance, records missing from
 * their index. `npm run docs` prints the sentences and fails if there is one.
 */

/** A Markdown file; `file` is its path from the root, with `/`. */
export interface Document { readonly file: string, readonly text: string }

const requiredDocuments = [
  'README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE', 'fixtures/README.md',
  'docs/life-of-a-value.md', 'docs/decisions/README.md', 'docs/decisions/0001-packages.md', 'docs/betrieb/einstellungen.md',
]

/** One sentence per lie, by document. */
function checkProject (root: string): string[] {
  const missing = requiredDocuments.filter(file => !existsSync(path.join(root, file)))
  if (missing.length > 0) return missing.map(file => `missing document: ${file}`)
  const documents = readDocuments(root)
  const manifest = JSON.parse(readText(root, 'package.json')) as Manifest
  return [
    ...documents.flatMap(document => [
      ...checkLinks(root, document),
      ...checkNamedCode(root, document),
      ...checkQuotes(root, document),
      ...checkScripts(document, Object.keys(manifest.scripts)),
      ...documentsQuotingPages.includes(document.file) ? checkPageNames(document, listTexts(german)) : [],
    ]),
    ...checkCommands(documents, listCommands(root)),
    ...checkFixtures(readText(root, 'fixtures/README.md'), listFiles(root, 'fixtures')),
    ...checkDecisions(readText(root, 'docs/decisions/README.md'), listFiles(root, 'docs/decisions')),
    ...checkPackages(readText(root, 'docs/decisions/0001-packages.md'), manifest),
    ...checkUse(manifest, readCode(root)),
    ...checkSettings(readText(root, 'docs/betrieb/einstellungen.md'), readSettings(root)),
  ]
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
}

/** Relative links lead to a file, and their `#anchor` to a heading of it. */
export function checkLinks (root: string, { file, text }: Document): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, target]) => {
    if (/^[a-z]+:/.test(target!)) return []
    const [linked, anchor] = target!.split('#')
    const found = linked === '' ? file : path.posix.join(path.posix.dirname(file), linked!)
    if (!existsSync(path.join(root, found))) return [`${file}: broken link: ${target}; no such file`]
    if (anchor === undefined || !found.endsWith('.md')) return []
    return listAnchors(readText(root, found)).includes(anchor) ? [] : [`${file}: broken link: ${target}; no such heading`]
  })
}

/** As GitHub and GitLab make them: lower case, punctuation gone, blanks to hyphens. */
function listAnchors (text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => (
    heading!.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(/\s/g, '-')))
}

const codeFolders = ['core', 'pipeline', 'audit', 'commands', 'render', 'sql', 'server', 'viewer', 'fixtures', 'examples', 'test', 'bench', 'fonts', 'docs', 'bin', 'release']

/** `` `core/cell.ts` `` exists, and `` `core/cell.ts:observed` `` is declared in it. */
export function checkNamedCode (root: string, { file, text }: Document): string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '')
  return [...prose.matchAll(/`([\w./-]+?\.ts|[\w-]+\/[\w./-]*)(?::(\w+))?`/g)].flatMap(([, named, name]) => {
    const isOurs = codeFolders.includes(named!.split('/')[0]!) || /^\w+\.ts$/.test(named!)
    if (!isOurs) return []
    if (!existsSync(path.join(root, named!))) return [`${file}: unknown file: ${named}`]
    if (name === undefined) return []
    const declared = new RegExp(`\\b(?:function\\*?|const|class|interface|type) ${name}\\b`).test(readText(root, named!))
    return declared ? [] : [`${file}: unknown function: ${named}:${name}`]
  })
}

/** Lines quoted in a block that opens with ```csv and the name of a file are lines of that file. */
export function checkQuotes (root: string, { file, text }: Document): string[] {
  return [...text.matchAll(/^```csv (\S+)\n([\s\S]*?)^```/gm)].flatMap(([, source, quoted]) => {
    if (!existsSync(path.join(root, source!))) return [`${file}: unknown file: ${source}`]
    const lines = new Set(readFileSync(path.join(root, source!), 'latin1').split(/\r?\n/))
    return quoted!.trimEnd().split('\n').filter(line => !lines.has(line)).map(line => `${file}: ${source} has no line: ${line}`)
  })
}

/** Where „…“ always quotes a page, a field or a button. */
const documentsQuotingPages = ['docs/jahreslauf.md']

/** Signs of the public pages that such a document may quote too. */
const publicWords = ['nicht geliefert']

/** Every „…“ is a text of the Werkstatt, word for word. */
export function checkPageNames ({ file, text }: Document, texts: readonly string[]): string[] {
  return [...text.matchAll(/„([^“]+)“/g)].map(([, name]) => name!)
    .filter(name => !texts.includes(name) && !publicWords.includes(name))
    .map(name => `${file}: unknown page or button: „${name}“; workshop/texts/de.ts has no such text`)
}

/** All texts of a catalogue that need no filling in. */
export function listTexts (part: unknown): string[] {
  if (typeof part === 'string') return [part]
  return typeof part === 'object' && part !== null ? Object.values(part).flatMap(listTexts) : []
}

/** Every `npm run NAME`, and `npm test`, is a script of package.json. */
export function checkScripts ({ file, text }: Document, scripts: readonly string[]): string[] {
  return [...text.matchAll(/\bnpm (?:run ([\w:-]+)|test\b)/g)]
    .map(([, name]) => name ?? 'test')
    .filter(name => !scripts.includes(name))
    .map(name => `${file}: unknown script: npm run ${name}; package.json has ${scripts.join(', ')}`)
}

/** Every `npx atlas NAME` is a command that `--help` lists. */
export function checkCommands (documents: readonly Document[], commands: readonly string[]): string[] {
  return documents.flatMap(({ file, text }) => [...text.matchAll(/\b(?:npx|bin\/|docker compose exec atlas) ?atlas(?:\.js)? ([a-z]+)\b/g)]
    .filter(([, name]) => !commands.includes(name!))
    .map(([, name]) => `${file}: unknown command: npx atlas ${name}; known are ${commands.join(', ')}`))
}

/** The word behind `npx atlas` in every line of the help. */
function listCommands (root: string): string[] {
  const help = execFileSync(process.execPath, [path.join(root, 'bin/atlas.js'), '--help'], { encoding: 'utf8' })
  return [...new Set([...help.matchAll(/^npx atlas ([a-z]+)\b/gm)].map(([, name]) => name!))]
}

/** Every fixture stands below a heading with its path or that of a folder above it, and no heading is left over. */
export function checkFixtures (readme: string, files: readonly string[]): string[] {
  const headings = [...readme.matchAll(/^##+ `?([\w./-]+?)\/?`?$/gm)].map(([, heading]) => heading!)
  const covers = (heading: string, file: string) => file === heading || file.startsWith(`${heading}/`)
  const fixtures = files.filter(file => file !== 'README.md' && !file.endsWith('.ts'))
  return [
    ...fixtures.filter(file => !headings.some(heading => covers(heading, file)))
      .map(file => `fixtures/README.md: missing fixture: ${file}; expected a heading with its path, provenance and trait`),
    ...headings.filter(heading => !files.some(file => covers(heading, file)))
      .map(heading => `fixtures/README.md: unknown fixture: ${heading}`),
  ]
}

/** Every record is linked in the index, and no number is used twice. */
export function checkDecisions (index: string, files: readonly string[]): string[] {
  const records = files.filter(file => file !== 'README.md')
  const numbers = records.map(file => file.slice(0, 4))
  return [
    ...records.filter(file => !index.includes(`(${file})`)).map(file => `docs/decisions/README.md: missing record: ${file}`),
    ...records.filter((_, i) => numbers.indexOf(numbers[i]!) !== i).map(file => `docs/decisions/${file}: number used twice`),
    ...records.filter(file => !/^\d{4}-[a-z0-9-]+\.md$/.test(file)).map(file => `docs/decisions/${file}: invalid name; expected 0042-in-words.md`),
  ]
}

/** Every package of package.json has its row in the record, and no row is left over. */
export function checkPackages (record: string, { dependencies, devDependencies }: Pick<Manifest, 'dependencies' | 'devDependencies'>): string[] {
  const file = 'docs/decisions/0001-packages.md'
  const packages = Object.keys({ ...dependencies, ...devDependencies })
  const rows = [...record.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name!)
  return [
    ...packages.filter(name => !rows.includes(name)).map(name => `${file}: missing package: ${name}; expected why, licence and size`),
    ...rows.filter(name => !packages.includes(name)).map(name => `${file}: unknown package: ${name}; package.json does not name it`),
  ]
}

/** Every package is named by some code or script; what only brings types is not looked for. */
export function checkUse ({ dependencies, devDependencies, scripts }: Manifest, code: string): string[] {
  const commands = Object.values(scripts).flatMap(script => script.split(' '))
  const isUsed = (name: string) => commands.includes(name) || [`'${name}'`, `'${name}/`, `node_modules/${name}/`].some(form => code.includes(form))
  return Object.keys({ ...dependencies, ...devDependencies })
    .filter(name => !name.startsWith('@types/') && !isUsed(name))
    .map(name => `package.json: unused package: ${name}; nothing imports it`)
}

/** The table of settings and the code that reads them name the same ones. */
export function checkSettings (table: string, known: readonly string[]): string[] {
  const file = 'docs/betrieb/einstellungen.md'
  const described = [...table.matchAll(/^\| `((?:ATLAS|DATABASE)_\w+)`/gm)].map(([, name]) => name!)
  return [
    ...known.filter(name => !described.includes(name)).map(name => `${file}: missing setting: ${name}`),
    ...described.filter(name => !known.includes(name)).map(name => `${file}: unknown setting: ${name}; no code reads it`),
  ]
}

/** Only atlas.ts and config.ts files read the environment. */
function readSettings (root: string): string[] {
  const readers = ['atlas.ts', 'config.ts', 'server/config.ts', 'sql/config.ts', 'pipeline/config.ts'].filter(file => existsSync(path.join(root, file)))
  const names = readers.flatMap(file => [...readText(root, file).matchAll(/\b((?:ATLAS|DATABASE)_[A-Z_]*[A-Z])\b/g)])
  return [...new Set(names.map(([, name]) => name!))]
}

function readDocuments (root: string): Document[] {
  return listFiles(root, '.').filter(file => file.endsWith('.md')).map(file => ({ file, text: readText(root, file) }))
}

/** All code of the project in one text. */
function readCode (root: string): string {
  return listFiles(root, '.').filter(file => /\.[jt]s$/.test(file)).map(file => readText(root, file)).join('\n')
}

const notOurs = ['node_modules', 'dist', 'dist-release', 'data', '.git', '.tap', '.built']

/** Files below `folder`, as paths from it with `/`, sorted by code unit. */
function listFiles (root: string, folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap(entry => {
    if (entry.isFile()) return [entry.name]
    if (!entry.isDirectory() || notOurs.includes(entry.name)) return []
    return listFiles(root, path.join(folder, entry.name)).map(file => `${entry.name}/${file}`)
  }).toSorted()
}

function readText (root: string, file: string): string {
  return readFileSync(path.join(root, file), 'utf8')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lies = checkProject(path.dirname(import.meta.dirname))
  for (const lie of lies) console.error(lie)
  console.log(lies.length === 0 ? 'docs: every link, command, function and fixture exists' : `docs: ${lies.length} to correct`)
  process.exitCode = lies.length === 0 ? 0 : 1
}
