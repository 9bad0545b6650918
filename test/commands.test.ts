import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import t from 'tap'
import { artefacts, auditEdition } from '../commands/artefacts.ts'
import { attackCells } from '../commands/attack-cells.ts'
import { audit } from '../commands/audit.ts'
import { backup, restore } from '../commands/backup.ts'
import { build } from '../commands/build.ts'
import { UsageError, type Command, type Options } from '../commands/call.ts'
import { check } from '../commands/check.ts'
import { editions } from '../commands/editions.ts'
import { explain } from '../commands/explain.ts'
import { getEdition, loadAllTiles, publish, publishStored } from '../commands/publish.ts'
import { release } from '../commands/release.ts'
import { withdraw } from '../commands/withdraw.ts'
import { printedCells } from '../audit/artefacts/audit.ts'
import type { Edition, Language } from '../core/edition.ts'
import { formatProblem } from '../core/problem.ts'
import { VaultError } from '../pipeline/vault/error.ts'
import { ledgerView, openLedger } from '../pipeline/vault/ledger.ts'
import { openVault } from '../pipeline/vault/vault.ts'
import { buildApp } from '../server/app.ts'
import { parseConfig } from '../server/config.ts'
import { openEditions } from '../server/editions.ts'
import { findOwner } from '../sql/embedded-lock.ts'
import { locateEmbedded } from '../sql/embedded.ts'
import { StoreError } from '../sql/errors.ts'
import { openStore, type Store } from '../sql/store.ts'
import { codes } from './pipeline/problem-codes.ts'
import { silentLogger, testAssets } from './server/serve-tiny.ts'
import { changedProject, smallProject } from './small-project.ts'

/*
 * What every command answers. They run in this process, one after the other on one database, which
 * is kept open; what the program makes of it at a terminal is in `atlas.test.ts`.
 */

const parent = mkdtempSync(path.join(os.tmpdir(), 'atlas-commands-'))
const [dataDir, dataThere] = [path.join(parent, 'data'), path.join(parent, 'there')]
const project = path.join(parent, 'project')
const vaultDir = path.join(parent, 'vault')
const [out, err] = [t.capture(console, 'log'), t.capture(console, 'error')]

t.after(async () => {
  for (const folder of [dataDir, dataThere]) while (findOwner(folder)) await delay(100) // it outlives its last user by some seconds
  rmSync(parent, { recursive: true, force: true })
})

interface Answer { readonly code: number, readonly out: string, readonly err: string }

/** As the program does: failures that a person can act on are sentences. */
async function run (command: Command['run'], args: readonly string[], options: Options = {}, { language = 'de' as Language, data = dataDir, vault = vaultDir } = {}): Promise<Answer> {
  const textOf = (lines: ReadonlyArray<{ args: unknown[] }>) => lines.map(({ args }) => args.join(' ')).join('\n')
  out()
  err()
  try {
    const code = await command({ arguments: args, options, language, config: parseConfig({ ATLAS_DATA: data, ATLAS_VAULT: vault }) })
    return { code, out: textOf(out()), err: textOf(err()) }
  } catch (error) {
    if (error instanceof StoreError || error instanceof VaultError) return { code: 1, out: textOf(out()), err: codes([error.problem])[0] + formatProblem(error.problem, language) }
    if (error instanceof UsageError) return { code: 1, out: '', err: `usage ${error.message}` }
    throw error
  }
}

const lastLine = ({ out }: Answer) => out.split('\n').at(-1)!
const listing = async () => (await run(editions, [])).out

/** Every file of the vault that counts for what may be published. */
function vaultContent (): string {
  return JSON.stringify(readdirSync(vaultDir, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile() && !entry.name.includes('lock'))
    .map(({ parentPath, name }) => [path.join(parentPath, name), readFileSync(path.join(parentPath, name), 'base64')]).toSorted())
}

/** 2021 lacks an area, in 2022 the publisher suppressed one, 2023 has a small count, 2024 one that somebody suppressed by hand. */
const table = `Nr;Jahr;Personen;SGB II
1;2021;1000;101
2;2021;2000;201
3;2021;500;…
1;2022;1000;95
2;2022;2000;*
3;2022;500;45
1;2023;1000;100
2;2023;2000;2
3;2023;500;50
1;2024;1100;110
2;2024;2100;210
3;2024;600;60
`
const withRules = (text: string) => text
  .replace('    columns: {', "    legend: { '…': pending }\n    columns: {") +
  "manual:\n  - { indicator: sgb2, level: sozialraum, area: '01', period: 2024-12-31, because: Prozess }\n"

await t.test('the commands', async t => {
  const source = t.testdir({ project: { ...smallProject, 'people.csv': table, 'atlas.yaml': withRules(smallProject['atlas.yaml']) } })
  cpSync(path.join(source, 'project'), project, { recursive: true })
  const store = await openStore({ dataDir, role: 'pipeline', log: () => {} })
  t.teardown(() => store.close())

  let first = ''
  let edition: Edition | undefined
  await t.test('check says what stays visible, and writes its report into the vault folder and nothing else', async t => {
    const answer = await run(check, [project])
    t.match(answer.err, /^Nichts hält die Ausgabe auf|\nNichts hält die Ausgabe auf/)
    t.match(answer.err, path.join(vaultDir, 'reports', 'pruefbericht.html'))
    t.match(answer, { code: 0, out: /Was bleibt sichtbar[^]*sozialraum[^]*sgb2/ })
    t.match(await run(check, [project], {}, { language: 'en' }), { code: 0, out: /What stays visible/ })
    t.strictSame(readdirSync(vaultDir), ['reports'], 'neither secret nor ledger')
    t.strictSame(readdirSync(path.join(vaultDir, 'reports')), ['pruefbericht.html', 'pruefbericht.json', 'pruefbericht.sichtbar.json'])
    const modeOf = (name: string) => statSync(path.join(vaultDir, name)).mode & 0o777
    t.strictSame(['', 'reports', 'reports/pruefbericht.html', 'reports/pruefbericht.json'].map(modeOf), [0o700, 0o700, 0o600, 0o600])
    t.match(JSON.parse(readFileSync(path.join(vaultDir, 'reports/pruefbericht.json'), 'utf8')), { format: 1, notice: 'internal, contains raw figures', language: 'en' })
    t.equal(await listing(), '')
  })

  await t.test('check of a file alone says what was recognised and what is wrong with it', async t => {
    const answer = await run(check, [path.join(project, 'people.csv')])
    t.match(answer, { code: 0, out: /people\.csv: Textdatei.*„;“[^]*Spalten:[^]*„SGB II“, zum Beispiel „101“/ })
    t.match(await run(check, [path.join(project, 'areas.geojson')], {}, { language: 'en' }), { code: 0, out: /areas\.geojson: layer of \d+ records \(polygons\)[^]*"name", for example "Gebiet 1"/ })
    const broken = path.join(parent, 'broken.csv')
    writeFileSync(broken, 'a;b\n"1;2\n')
    t.match(await run(check, [broken]), { code: 1, err: /hält die Ausgabe auf/ })
  })

  await t.test('build --publish says the id last, and audits cells and bytes', async t => {
    const answer = await run(build, [project], { publish: true })
    t.match(answer, { code: 0, err: /Prüfung der fertigen Bytes: \d+ Seiten/ })
    first = lastLine(answer)
    t.match(first, /^e[0-9a-f]{12}$/)
    t.match(await listing(), `${first}\tsmall\tpublic\tcurrent`)
    edition = await getEdition(store, first)
  })

  const ask = async (cell: string, language: Language = 'de', ...more: string[]) => run(explain, [cell, ...more], {}, { language })
  /** The area that protects area 02 of 2023. */
  const partner = async () => {
    for (const cell of ['sozialraum/01', 'sozialraum/03', 'stadt/kleinstadt'].map(area => `${area}/sgb2/2023-12-31`)) if (/komplementäre/.test((await ask(cell)).err)) return cell
    throw new Error('nothing protects it')
  }

  await t.test('explain says to the planner why a figure stands as it does', async t => {
    const cases: Array<[cell: string, german: RegExp, english: RegExp]> = [
      ['sozialraum/02/sgb2/2024-12-31', /(wird gezeigt|komplementäre)/, /(is shown|complementary)/],
      ['sozialraum/01/people/2023-12-31', /wird gezeigt/, /is shown/],
      ['sozialraum/02/sgb2/2023-12-31', /gesperrt.*unter der Mindestfallzahl/, /suppressed.*below the minimum count/],
      [await partner(), /gesperrt.*komplementäre Geheimhaltung/, /suppressed.*complementary suppression/],
      ['sozialraum/02/sgb2/2022-12-31', /gesperrt.*Datenhalter/, /suppressed.*publisher/],
      ['sozialraum/01/sgb2/2024-12-31', /gesperrt.*manual/, /suppressed.*manual/],
      ['sozialraum/02/sgb2-share/2023-12-31', /gesperrt.*aus sozialraum\/02\/sgb2\/2023-12-31 berechnet/, /suppressed.*computed from sozialraum\/02\/sgb2\/2023-12-31/],
      ['sozialraum/03/sgb2/2021-12-31', /keinen Wert/, /no value/],
    ]
    for (const [cell, german, english] of cases) {
      t.match(await ask(cell), { code: 0, out: '', err: german }, cell)
      t.match(await ask(cell, 'en', first), { code: 0, out: '', err: english }, cell)
    }
    for (const cell of ['sozialraum/09/sgb2/2023-12-31', 'sozialraum/02/nothing/2023-12-31', 'sozialraum/02', 'x']) {
      t.match(await ask(cell), { code: 1, err: /keine Zahl .* in der Ausgabe.*Ebene\/Gebiet\/Kennzahl\/Zeitraum, zum Beispiel sozialraum\// }, cell)
      t.match(await ask(cell, 'en'), { code: 1, err: /no figure/ }, cell)
    }
    t.match(await run(explain, []), { code: 1, err: /usage/ })
    t.match(await ask('sozialraum/02/sgb2/2023-12-31', 'de', 'e000000000000'), { code: 1, err: /e000000000000/ })
    t.notMatch((await ask('sozialraum/02/sgb2/2023-12-31')).err.replaceAll('sozialraum/02/sgb2/2023-12-31', ''), /\d/, 'the figure itself is not said')
  })

  await t.test('the public is not told which of the suppressed figures are small', async t => {
    const told: string[] = []
    for await (const { path, mediaType, bytes } of artefacts(edition!, await loadAllTiles(store, edition!), { scope: 'quick' })) {
      if (/json|html|csv|svg/.test(mediaType) && /komplementär|complementary|minimum-count|Prozess/i.test(Buffer.from(bytes).toString('utf8'))) told.push(path)
    }
    t.strictSame(told, [], 'no rule and no reason of the editor is in any text')

    const { get, close } = await serve(store)
    const rowOf = async (cell: string, indicator: string) => {
      const [level, area] = cell.split('/') as [string, string]
      const { values } = JSON.parse(await get(`/small/api/v1/values?level=${level}&indicator=${indicator}&period=2023-12-31`)) as { values: Array<{ area: string }> }
      return JSON.stringify(values.find(row => row.area === area), (key, value: unknown) => key === 'area' || key === 'areaName' ? undefined : value)
    }
    for (const indicator of ['sgb2', 'sgb2-share']) t.equal(await rowOf(await partner(), indicator), await rowOf('sozialraum/02/sgb2/2023-12-31', indicator))
    await close()
  })

  await t.test('audit reads every byte and attacks with what it read', async t => {
    t.match(await run(audit, [first]), { code: 0, err: /\d+ Seiten, Dateien und Kacheln gelesen, \d+ Aussagen geprüft[^]*[1-9]\d* geschützte Fallzahlen in [1-9]\d* Blöcken[^]*errechenbar 0/ })
    t.match(await run(audit, ['e000000000000']), { code: 1, err: /e000000000000/ })
    t.match(await run(audit, [source]), { code: 1 }, 'a folder that holds no edition')
  })

  await t.test('an edition that says one figure more is broken by arithmetic, and not published', async t => {
    const protector = await partner()
    const doctored = reveal(edition!, protector, { 'sozialraum/01': 100, 'sozialraum/03': 50, 'stadt/kleinstadt': 152 })
    const tiles = await loadAllTiles(store, edition!)
    const vault = await openVault({ folder: vaultDir, isSynthetic: true })
    const verdict = await auditEdition(doctored, tiles, { scope: 'quick', children: 1 })
    const found = await attackCells(vault, first, printedCells(verdict))
    t.match(found, [{ code: 'audit-cell-finding', facts: { cell: 'sozialraum/02/sgb2/2023-12-31', arithmetic: 'x = 152 - 100 - 50' } }])

    const problems = await publishStored({ config: parseConfig({ ATLAS_DATA: dataDir }) }, { ...store, publish: async () => { throw new Error('published') } }, vault, doctored)
    t.ok(problems.some(({ code, facts }) => code === 'audit-bytes-finding' && JSON.stringify(facts).includes(protector)), 'the finished bytes hold a figure that was never cleared')
  })

  /** A draft that could be published at any time. */
  let draft = ''
  const nextProject = () => changedProject(project, path.join(parent, 'next'), 'people.csv', () => `${table}1;2025;1200;115\n2;2025;2200;1\n3;2025;700;65\n`)

  await t.test('with a backup the series goes on elsewhere as if nothing had happened', async t => {
    const file = path.join(parent, 'backup.tar.gz')
    t.match(await run(backup, [file]), { code: 0, err: /Sicherung ist geschrieben/ })
    t.match(await run(backup, [file]), { code: 1, err: /^backup-exists/ })
    t.match(await run(backup, []), { code: 1, err: /^usage/ })
    const there = { data: dataThere, vault: path.join(parent, 'vault-there') }
    const other = await openStore({ dataDir: dataThere, role: 'pipeline', log: () => {} })
    try {
      t.match(await run(restore, [file], {}, there), { code: 0, err: /zurückgespielt/ })
      t.match(await run(restore, [file], {}, there), { code: 1, err: /^backup-store-not-empty/ })
      t.match((await run(editions, [], {}, there)).out, `${first}\tsmall\tpublic\tcurrent`)
      const [here, elsewhere] = [await run(build, [await nextProject()]), await run(build, [await nextProject()], { publish: true }, there)]
      draft = lastLine(here)
      t.match([here.code, elsewhere.code], [0, 0])
      t.equal(lastLine(elsewhere), draft, 'same files, secret and ledger: same edition')
      t.notMatch(elsewhere.err, /neues Buch/)
      const { series } = (await other.loadEdition(draft))!
      for (const { level, indicator, periods, statuses } of series) {
        const before = edition!.series.find(one => one.level === level && one.indicator === indicator)!
        for (const [row, period] of before.periods.entries()) t.strictSame(statuses[periods.indexOf(period)], before.statuses[row], `${level} ${indicator} ${period}`)
      }
    } finally {
      await other.close()
    }
  })

  await t.test('without its ledger, its whole ledger and its secret nothing is built and nothing published', async t => {
    const [ledger, secret] = [path.join(vaultDir, 'ledger.jsonl'), path.join(vaultDir, 'secret')]
    const whole = path.join(parent, 'whole')
    cpSync(vaultDir, whole, { recursive: true })
    const damages: Array<[code: string, damage: () => void]> = [
      ['vault-ledger-lost', () => rmSync(ledger)],
      ['vault-ledger-missing', () => { for (const file of [ledger, path.join(vaultDir, 'ledger.head')]) rmSync(file) }],
      ['vault-ledger-truncated', () => truncateSync(ledger, readFileSync(ledger, 'utf8').indexOf('\n') + 1)],
      ['vault-ledger-edited', () => writeFileSync(ledger, readFileSync(ledger, 'utf8').replace('"status":"S"', '"status":"P"'))],
      ['vault-ledger-other-secret', () => writeFileSync(secret, `${'f'.repeat(64)}\n`)],
      ['vault-secret-missing', () => rmSync(secret)],
    ]
    for (const [code, damage] of damages) {
      damage()
      const [content, list] = [vaultContent(), await listing()]
      const isLost = (answer: Answer) => answer.code === 1 && answer.out === '' && answer.err.startsWith(code)
      t.ok(isLost(await run(build, [await nextProject()], { publish: true })), `build: ${code}`)
      t.ok(isLost(await run(publish, [draft])), `publish: ${code}`)
      t.equal(await listing(), list, 'the old edition stays current')
      t.ok(vaultContent() === content, 'and nothing was written')
      rmSync(vaultDir, { recursive: true })
      cpSync(whole, vaultDir, { recursive: true })
    }
    t.match(await run(publish, [draft]), { code: 0 }, 'with all of them it is published')
    t.match(await listing(), `${draft}\tsmall\tpublic\tcurrent`)
  })

  await t.test('an edition whose stored cells were changed is neither audited nor published', async t => {
    const tampered = lastLine(await run(build, [await changedProject(project, path.join(parent, 'tampered'), 'people.csv', text => text.replace('1;2024;1100', '1;2024;1200'))]))
    const database = new pg.Client({ host: await locateEmbedded(dataDir), user: 'postgres', database: 'postgres' })
    await database.connect()
    const ofEdition = 'select series_key from atlas.series join atlas.editions using (edition_key) where edition = $1'
    const { rowCount } = await database.query(`update atlas.cells set status = 'o', value = 2 where status = 's' and series_key in (${ofEdition})`, [tampered]).finally(() => database.end())
    t.ok(rowCount)
    const list = await listing()
    for (const command of [publish, audit]) t.match(await run(command, [tampered]), { code: 1, err: /^publish-edition-damaged/ })
    t.equal(await listing(), list)
  })

  await t.test('before withdrawing one says why; then every address is gone, and is printed for the caches', async t => {
    const { get, close, refresh } = await serve(store)
    t.match(await run(withdraw, [first]), { code: 1, err: 'usage missing --reason' })
    t.match(await run(withdraw, [], { reason: 'Fehler' }), { code: 1, err: /^usage/ })
    t.match(await run(withdraw, ['e000000000000'], { reason: 'Fehler' }), { code: 1, err: /^publish-unknown-edition/ })
    t.match(await run(release, [first, 'sozialraum/02/sgb2/2023-12-31'], { reason: 'Prüfung' }), { code: 1, err: 'usage missing --by' })
    t.match(await listing(), `${first}\tsmall\tpublic\tpublished`)

    const answer = await run(withdraw, [first], { reason: 'Fehler in 2024' })
    t.equal(answer.code, 0)
    const paths = answer.out.split('\n')
    t.ok(paths.length > 20 && paths.every(path => path.startsWith('/')))
    t.ok(paths.includes(`/small/values/${first}/sozialraum/sgb2.json`))
    t.match(await listing(), `${first}\tsmall\tpublic\twithdrawn`)
    await refresh()
    for (const path of paths.filter(path => path.includes(first)).slice(0, 5)) t.match(await get(path, 410), /Fehler in 2024/)
    await close()

    t.ok((await listSeen()).includes(first), 'the ledger keeps it')
    const again = await run(build, [await nextProject()], { publish: true })
    t.match(again, { code: 0, out: draft }, 'and later builds know it: nothing is decided anew')
  })
})

/** A server on the store, as the public sees it. */
async function serve (store: Store): Promise<{ get (url: string, statusCode?: number): Promise<string>, refresh (): Promise<unknown>, close (): Promise<void> }> {
  const source = await openEditions({ store, audience: 'public', cacheFolder: null, oldEditionBytes: 1e7, logger: silentLogger, pollSeconds: 0 })
  const app = await buildApp({ editions: source, config: parseConfig({}), assets: testAssets })
  return {
    async get (url, wanted = 200) {
      const { statusCode, body } = await app.inject({ url })
      if (statusCode !== wanted) throw new Error(`${url} answers ${statusCode}: ${body.slice(0, 200)}`)
      return body
    },
    refresh: () => source.refresh(),
    async close () {
      await app.close()
      await source.close()
    },
  }
}

/** Editions that the ledger counts as seen. */
async function listSeen (): Promise<readonly string[]> {
  const vault = await openVault({ folder: vaultDir, isSynthetic: true })
  return ledgerView(await openLedger({ vault, atlas: 'small', firstEdition: false, isRequired: true, publishedEditions: [] }), 'public').editions
}

/** The edition with one more number in it. */
function reveal (edition: Edition, cell: string, values: Readonly<Record<string, number>>): Edition {
  const [levelId, areaId, indicator, period] = cell.split('/') as [string, string, string, string]
  const column = edition.levels.find(({ id }) => id === levelId)!.areas.findIndex(({ id }) => id === areaId)
  return {
    ...edition,
    series: edition.series.map(series => {
      if (series.level !== levelId || series.indicator !== indicator) return series
      const row = series.periods.indexOf(period)
      const put = <Item>(rows: readonly (readonly Item[])[], item: Item) => rows.map((items, index) => index === row ? items.map((old, at) => at === column ? item : old) : items)
      return { ...series, values: put(series.values, values[`${levelId}/${areaId}`]!), statuses: put(series.statuses, 'o') }
    }),
  }
}
