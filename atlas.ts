import { parseArgs } from 'node:util'
import { audit } from './commands/audit.ts'
import { backup, restore } from './commands/backup.ts'
import { build } from './commands/build.ts'
import { UsageError, type Command } from './commands/call.ts'
import { check } from './commands/check.ts'
import { demo } from './commands/demo.ts'
import { editions, migrate, prune, rollback } from './commands/editions.ts'
import { exportAtlas } from './commands/export.ts'
import { explain } from './commands/explain.ts'
import { forget } from './commands/forget.ts'
import { pack, receive } from './commands/pack.ts'
import { privacy } from './commands/privacy.ts'
import { publish } from './commands/publish.ts'
import { tellFindings } from './commands/parent.ts'
import { release } from './commands/release.ts'
import { request } from './commands/request.ts'
import { scaffold } from './commands/scaffold.ts'
import { send } from './commands/send.ts'
import { serve } from './commands/serve.ts'
import { update } from './commands/update.ts'
import { withdraw } from './commands/withdraw.ts'
import { worker } from './commands/worker.ts'
import { workshop } from './commands/workshop.ts'
import type { Language } from './core/edition.ts'
import { formatProblem, problem, type Problem } from './core/problem.ts'
import { VaultError } from './pipeline/vault/error.ts'
import { ConfigError, parseConfig } from './server/config.ts'
import { StoreError } from './sql/errors.ts'

/*
 * The command line. What a command does, and where the rooms meet that do not know each other, is
 * in commands/. Exit code 0 only when the thing named was done.
 */

const commands: Readonly<Record<string, Command>> = {
  check: {
    form: 'check PROJECT|FILE [--data DIR]',
    says: { de: 'prüft Projektdatei und Lieferungen, oder eine Datei allein', en: 'checks project file and deliveries, or one file alone' },
    run: check,
  },
  build: {
    form: 'build PROJECT [--data DIR] [--publish] [--first-edition]',
    says: { de: 'macht aus Lieferungen eine Ausgabe', en: 'makes an edition of deliveries' },
    run: build,
  },
  publish: {
    form: 'publish EDITION [--note TEXT [--note-en TEXT]]',
    says: { de: 'macht eine Ausgabe zur aktuellen', en: 'makes an edition the current one' },
    run: publish,
  },
  rollback: {
    form: 'rollback ATLAS',
    says: { de: 'kehrt zur vorigen Ausgabe zurück', en: 'returns to the previous edition' },
    run: rollback,
  },
  withdraw: {
    form: 'withdraw EDITION --reason TEXT [--successor EDITION]',
    says: { de: 'zieht eine veröffentlichte Ausgabe zurück', en: 'takes a published edition back' },
    run: withdraw,
  },
  audit: {
    form: 'audit EDITION|DIR',
    says: { de: 'liest alles, was eine Ausgabe sagt, und greift es an', en: 'reads all that an edition says, and attacks it' },
    run: audit,
  },
  explain: {
    form: 'explain CELL [EDITION]',
    says: { de: 'sagt, warum eine Zahl gezeigt oder gesperrt ist', en: 'says why a figure is shown or suppressed' },
    run: explain,
  },
  release: {
    form: 'release EDITION CELL… --reason TEXT --by NAME',
    says: { de: 'gibt gesperrte Zahlen für spätere Ausgaben frei', en: 'frees suppressed figures for later editions' },
    run: release,
  },
  scaffold: {
    form: 'scaffold FOLDER | scaffold PROJECT --excel | scaffold --zensus GRID.csv BOUNDARIES [--prefix KEY] [-o FOLDER]',
    says: { de: 'schreibt zu einem Ordner voller Lieferungen, oder zu Grenzen und Zensusgitter, eine Projektdatei', en: 'writes a project file for a folder of deliveries, or for boundaries and the census grid' },
    run: scaffold,
  },
  update: {
    form: 'update PROJECT FILE… | DELIVERY=FILE | DELIVERY@PERIOD=FILE [--data DIR]',
    says: { de: 'nimmt neue Lieferungen auf und sagt, was sich ändert', en: 'takes new deliveries in and says what changes' },
    run: update,
  },
  request: {
    form: 'request PROJECT [--data DIR] [-o FOLDER]',
    says: { de: 'schreibt die Datenanforderungen an die Datenhalter', en: 'writes the data requests to the publishers' },
    run: request,
  },
  privacy: {
    form: 'privacy PROJECT [--data DIR] [-o FILE]',
    says: { de: 'schreibt das Verzeichnis von Verarbeitungstätigkeiten für den Datenschutz', en: 'writes the record of processing activities for data protection' },
    run: privacy,
  },
  forget: {
    form: 'forget PROJECT DELIVERY [--reason TEXT --by NAME]',
    says: { de: 'löscht die Rohwerte einer Lieferung nach ihrer Frist', en: 'deletes the raw counts of a delivery after its term' },
    run: forget,
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
  pack: {
    form: 'pack EDITION [-o FILE]',
    says: { de: 'schreibt eine veröffentlichte Ausgabe in eine Datei', en: 'writes a published edition into a file' },
    run: pack,
  },
  receive: {
    form: 'receive FILE [ATLAS]',
    says: { de: 'zeigt eine Ausgabe, die ein anderer Rechner gebaut und gepackt hat', en: 'shows an edition that another machine built and packed' },
    run: receive,
  },
  send: {
    form: 'send FILE URL',
    says: { de: 'bringt eine Ausgabe oder Lieferung in die Werkstatt eines anderen Rechners', en: 'brings an edition or a delivery to the Werkstatt of another machine' },
    run: send,
  },
  export: {
    form: 'export DIR [ATLAS]',
    says: { de: 'schreibt den öffentlichen Atlas als Ordner von Dateien', en: 'writes the public atlas as a folder of files' },
    run: exportAtlas,
  },
  backup: {
    form: 'backup FILE',
    says: { de: 'sichert alle Ausgaben und Tresore', en: 'saves all editions and vaults' },
    run: backup,
  },
  restore: {
    form: 'restore FILE',
    says: { de: 'stellt eine Sicherung auf einem leeren Rechner wieder her', en: 'puts a backup back on an empty machine' },
    run: restore,
  },
  migrate: {
    form: 'migrate',
    says: { de: 'bringt die Datenbank auf den Stand des Programms', en: 'brings the database up to the program' },
    run: migrate,
  },
  serve: {
    form: 'serve',
    says: { de: 'startet den Server', en: 'starts the server' },
    run: serve,
  },
  workshop: {
    form: 'workshop',
    says: { de: 'startet die Werkstatt, in der ein Atlas im Browser gepflegt wird', en: 'starts the workshop, in which an atlas is kept up in the browser' },
    run: workshop,
  },
  worker: {
    form: 'worker',
    says: { de: 'führt aus, was in der Werkstatt in Auftrag gegeben wird', en: 'does what the workshop asks for' },
    run: worker,
  },
  demo: {
    form: 'demo',
    says: { de: 'baut den Musteratlas und zeigt ihn', en: 'builds the sample atlas and serves it' },
    run: demo,
  },
}

const options = {
  data: { type: 'string' },
  publish: { type: 'boolean' },
  'first-edition': { type: 'boolean' },
  excel: { type: 'boolean' },
  reason: { type: 'string' },
  successor: { type: 'string' },
  by: { type: 'string' },
  note: { type: 'string' },
  'note-en': { type: 'string' },
  zensus: { type: 'string' },
  prefix: { type: 'string' },
  output: { type: 'string', short: 'o' },
  lang: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const

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
    return await command.run({ arguments: rest, options: values, language, config: parseConfig(process.env) })
  } catch (error) {
    return tell(error, language)
  }
}

function usage (language: Language): string {
  const width = Math.max(...Object.values(commands).map(({ form }) => form.length))
  const lines = Object.values(commands).map(({ form, says }) => `npx atlas ${form.padEnd(width)}  ${says[language]}`)
  return [...lines, language === 'de' ? '--lang en: auf Englisch' : '--lang de: in German'].join('\n')
}

/** Failures a person can act on are told in a sentence; the rest is a defect and keeps its trace. */
function tell (error: unknown, language: Language): number {
  const found = problemOf(error)
  if (found) {
    console.error(formatProblem(found, language))
    tellFindings([found])
  } else if (error instanceof UsageError) console.error(`${error.message}\n${usage(language)}`)
  else if (error instanceof ConfigError || isArgumentError(error)) console.error(error.message)
  else console.error(error)
  return 1
}

/** What the Werkstatt learns as well, by its code. */
function problemOf (error: unknown): Problem | undefined {
  if (error instanceof StoreError || error instanceof VaultError) return error.problem
  return isDiskFull(error) ? problem('publish-disk-full', {}, { database: 'ATLAS_DATA', message: error.message }) : undefined
}

function isDiskFull (error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ENOSPC'
}

function isArgumentError (error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
