import { createHash } from 'node:crypto'
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { Language } from './core/edition.ts'
import { formatProblem, hasErrors, problem, type Problem } from './core/problem.ts'
import { buildEdition, type Build } from './pipeline/build.ts'
import type { ProgressStep } from './pipeline/progress.ts'
import { readProject } from './pipeline/project-file/project.ts'
import { publishEdition } from './pipeline/publish.ts'
import { ConfigError, parseConfig, type Config } from './server/config.ts'
import type { EditionStore } from './server/editions.ts'
import { openStore, type Store } from './sql/store.ts'
import { StoreError } from './sql/errors.ts'

/*
 * The command line and composition root: here the parts meet that do not know each other. Exit code
 * 0 only when the thing named was done.
 */

const options = {
  data: { type: 'string' },
  publish: { type: 'boolean' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

interface Call {
  readonly arguments: readonly string[]
  readonly dataFolder: string | undefined
  readonly publish: boolean
  readonly language: Language
  readonly config: Config
}

interface Command {
  readonly form: string
  readonly says: Readonly<Record<Language, string>>
  readonly run: (call: Call) => Promise<number>
}

const commands: Readonly<Record<string, Command>> = {
  check: {
    form: 'check PROJECT [--data DIR]',
    says: { de: 'prüft Projektdatei und Lieferungen, schreibt nichts', en: 'checks project file and deliveries, writes nothing' },
    run: check,
  },
  build: {
    form: 'build PROJECT [--data DIR] [--publish]',
    says: { de: 'macht aus Lieferungen eine Ausgabe', en: 'makes an edition of deliveries' },
    run: build,
  },
  publish: {
    form: 'publish EDITION',
    says: { de: 'macht eine Ausgabe zur aktuellen', en: 'makes an edition the current one' },
    run: publish,
  },
  rollback: {
    form: 'rollback ATLAS',
    says: { de: 'kehrt zur vorigen Ausgabe zurück', en: 'returns to the previous edition' },
    run: rollback,
  },
  editions: {
    form: 'editions [ATLAS]',
    says: { de: 'zeigt alle Ausgaben', en: 'lists all editions' },
    run: editions,
  },
  prune: {
    form: 'prune',
    says: { de: 'löscht Entwürfe, die älter als sieben Tage sind', en: 'deletes drafts older than seven days' },
    run: prune,
  },
  migrate: {
    form: 'migrate',
    says: { de: 'bringt die Datenbank auf den Stand des Programms', en: 'brings the database up to the program' },
    run: migrate,
  },
  serve: {
    form: 'serve',
    says: { de: 'startet den Server', en: 'starts the server' },
    run: startServer,
  },
  demo: {
    form: 'demo',
    says: { de: 'baut den Musteratlas und zeigt ihn', en: 'builds the sample atlas and serves it' },
    run: demo,
  },
}

/** Station of the progress line on the screen; above `main`, which runs before the end of this module does. */
let shownStation: string | undefined

process.exitCode = await main(process.argv.slice(2))

async function main (argv: readonly string[]): Promise<number> {
  let language: Language = 'de'
  try {
    const { values, positionals: [name, ...rest] } = parseArgs({ args: [...argv], options, allowPositionals: true })
    if (values.lang === 'en') language = 'en'
    const command = name === undefined ? undefined : commands[name]
    if (!command || values.help) {
      console.log(usage(language))
      return values.help ? 0 : 2
    }
    return await command.run({
      arguments: rest, dataFolder: values.data, publish: values.publish ?? false, language, config: parseConfig(process.env),
    })
  } catch (error) {
    return explain(error, language)
  }
}

function usage (language: Language): string {
  const width = Math.max(...Object.values(commands).map(({ form }) => form.length))
  return Object.values(commands).map(({ form, says }) => `npx atlas ${form.padEnd(width)}  ${says[language]}`).join('\n')
}

/** Failures a person can act on are told in a sentence; the rest is a defect and keeps its trace. */
function explain (error: unknown, language: Language): number {
  if (error instanceof StoreError) console.error(formatProblem(error.problem, language))
  else if (isDiskFull(error)) console.error(formatProblem(problem('publish-disk-full', {}, { database: 'ATLAS_DATA', message: error.message }), language))
  else if (error instanceof ConfigError || isUsageError(error)) console.error(error.message)
  else console.error(error)
  return 1
}

function isDiskFull (error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

function isUsageError (error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}

async function check ({ arguments: [folder], dataFolder, language }: Call): Promise<number> {
  const { project, problems } = await readProject(folder ?? '.', dataFolder)
  const { problems: found } = project ? await buildEdition(project, { checkOnly: true }) : { problems: [] }
  return report([...problems, ...found], language) ? 1 : 0
}

async function build (call: Call): Promise<number> {
  const { arguments: [folder], dataFolder, language } = call
  const { project, problems } = await readProject(folder ?? '.', dataFolder)
  if (!project) return report(problems, language) ? 1 : 0
  return withStore(call, 'pipeline', async store => {
    const made = await buildEdition(project, { onProgress: showProgress, hasTiles: (geometry, minZoom, maxZoom) => store.hasTiles(geometry, minZoom, maxZoom) })
    if (report([...problems, ...made.problems], language) || !made.edition) return 1
    await saveBuild(store, made)
    const refused = call.publish ? await publishEdition(store, made.edition.id) : []
    if (report(refused, language)) return 1
    console.log(made.edition.id)
    return 0
  })
}

async function publish (call: Call): Promise<number> {
  const [edition] = required(call, 'EDITION')
  return withStore(call, 'pipeline', async store => report(await publishEdition(store, edition), call.language) ? 1 : 0)
}

async function rollback (call: Call): Promise<number> {
  const [atlas] = required(call, 'ATLAS')
  return withStore(call, 'pipeline', async store => {
    const { edition } = await store.rollback(atlas, call.config.audience)
    console.log(edition)
    return 0
  })
}

async function editions (call: Call): Promise<number> {
  return withStore(call, 'pipeline', async store => {
    for (const { id, atlas, audience, state, publishedAt } of await store.listEditions(call.arguments[0])) {
      console.log([id, atlas, audience, state, publishedAt ?? ''].join('\t'))
    }
    return 0
  })
}

async function prune (call: Call): Promise<number> {
  return withStore(call, 'pipeline', async store => {
    await store.pruneDrafts()
    return 0
  })
}

async function migrate (call: Call): Promise<number> {
  return withStore(call, 'owner', async store => {
    await store.migrate()
    return 0
  })
}

async function startServer (call: Call): Promise<number> {
  const { config } = call
  // Only this command needs the server and the bundler; the others start faster without them.
  const [{ serve }, { loadAssets }] = await Promise.all([import('./server/serve.ts'), import('./bundle.ts')])
  const [store, assets] = await Promise.all([openForServing(call), loadAssets()])
  const server = await serve({ store, config, assets, logger: { level: 'warn' } })
  const { intro, stop } = {
    de: { intro: 'Der Atlas ist zu sehen unter', stop: 'Strg+C beendet ihn.' },
    en: { intro: 'The atlas can be seen at', stop: 'Ctrl+C ends it.' },
  }[call.language]
  console.log(`${intro} ${server.url}/\n${stop}`)

  await new Promise<void>(resolve => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await server.close()
  await store.close()
  return 0
}

/** Builds the sample atlas unless nothing changed since the last time, then serves it. */
async function demo (call: Call): Promise<number> {
  const folder = path.join(import.meta.dirname, 'fixtures/musterstadt')
  const stamp = path.join(call.config.dataDir, 'demo-built')
  const fingerprint = await hashFolder(folder)
  if (await readFile(stamp, 'utf8').catch(() => '') !== fingerprint) {
    const code = await build({ ...call, arguments: [folder], publish: true })
    if (code !== 0) return code
    await mkdir(call.config.dataDir, { recursive: true })
    await writeFile(stamp, fingerprint)
  }
  return startServer(call)
}

async function hashFolder (folder: string): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  for (const file of entries.filter(entry => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name)).toSorted()) {
    hash.update(path.relative(folder, file)).update('\0').update(await readFile(file)).update('\0')
  }
  return hash.digest('hex')
}

async function saveBuild (store: Store, { edition, tiles }: Build): Promise<void> {
  await store.saveEdition(edition!, tiles, (done, total) => showProgress({ station: 'publish', done, total, label: edition!.id }))
  endProgress()
}

async function open ({ config }: Call, role: 'owner' | 'pipeline' | 'server'): Promise<Store> {
  const databaseUrl = role === 'server' ? config.databaseReadUrl ?? config.databaseUrl : config.databaseUrl
  return openStore({
    dataDir: config.dataDir,
    role,
    audience: config.audience,
    // Whoever starts a server should know what it stands on; a build of a minute need not be told each time.
    log: message => { if (role === 'server') console.error(message) },
    ...(databaseUrl === null ? {} : { databaseUrl }),
  })
}

/**
 * The store as a server needs it: one that cannot be reached now is asked again with every question,
 * because the server has the editions of its last run. A store of another version is refused.
 */
async function openForServing (call: Call): Promise<EditionStore & { close (): Promise<void> }> {
  let store: Promise<Store> | undefined
  const reach = () => {
    store ??= open(call, 'server')
    store.catch(() => { store = undefined })
    return store
  }
  await reach().catch((error: unknown) => {
    if (!(error instanceof StoreError) || error.code !== 'publish-database-away') throw error
    explain(error, call.language)
  })
  return {
    currentEditions: async () => (await reach()).currentEditions(),
    listEditions: async atlas => (await reach()).listEditions(atlas),
    loadEdition: async id => (await reach()).loadEdition(id),
    loadTiles: async id => (await reach()).loadTiles(id),
    close: async () => (await store)?.close(),
  }
}

async function withStore (call: Call, role: 'owner' | 'pipeline', work: (store: Store) => Promise<number>): Promise<number> {
  const store = await open(call, role)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

function required ({ arguments: given }: Call, name: string): [string] {
  const [first] = given
  if (first === undefined) throw Object.assign(new Error(`missing ${name}\n${usage('de')}`), { code: 'ERR_PARSE_ARGS_MISSING' })
  return [first]
}

/** Prints problems, the stopping ones last where the eye rests; says whether there are any of those. */
function report (problems: readonly Problem[], language: Language): boolean {
  endProgress()
  const order = { note: 0, warning: 1, error: 2 } as const
  const marks = { note: 'ℹ', warning: '⚠', error: '✗' } as const
  for (const found of problems.toSorted((a, b) => order[a.severity] - order[b.severity])) {
    console.error(`${marks[found.severity]} ${formatProblem(found, language)}`)
  }
  return hasErrors(problems)
}

/** One line that overwrites itself where somebody watches; else one line per station. */
function showProgress ({ station, done, total, label }: ProgressStep): void {
  if (process.stderr.isTTY) {
    process.stderr.write(`\r\x1b[2K${station} ${done}/${total} ${label}`)
  } else if (station !== shownStation) {
    console.error(`${station} …`)
  }
  shownStation = station
}

function endProgress (): void {
  if (process.stderr.isTTY && shownStation !== undefined) process.stderr.write('\r\x1b[2K')
  shownStation = undefined
}
