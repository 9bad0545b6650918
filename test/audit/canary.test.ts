import t from 'tap'
import type { LightMyRequestResponse } from 'fastify'
import type { Edition } from '../../core/edition.ts'
import type { Build } from '../../pipeline/build.ts'
import type { EditionSource } from '../../server/edition-source.ts'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import pg from 'pg'
import { artefacts, auditEdition } from '../../commands/artefacts.ts'
import { auditArtefacts } from '../../audit/artefacts/audit.ts'
import { describeFinding } from '../../audit/artefacts/finding.ts'
import { readTile } from '../../audit/artefacts/tile.ts'
import { cellId } from '../../core/release.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { cacheFolderOf } from '../../server/edition-file.ts'
import { openEditions } from '../../server/editions.ts'
import { editionPaths } from '../../server/paths.ts'
import { locateEmbedded } from '../../sql/embedded.ts'
import { openStore } from '../../sql/store.ts'
import { LogBook, silentLogger, testAssets } from '../server/serve-tiny.ts'
import { smallProject } from '../small-project.ts'

/*
 * Numbers that occur nowhere else are planted as counts below a high minimum. Whatever of them the
 * edition does not print must not leave the process in any form, by any door.
 */

/** `[area, period, inhabitants, recipients]`; all primes. */
const planted: ReadonlyArray<readonly [area: string, period: string, people: number, sgb2: number]> = [
  ['01', '2023-12-31', 1300021, 104729],
  ['02', '2023-12-31', 1299709, 7919],
  ['03', '2023-12-31', 1299721, 7907],
  ['01', '2024-12-31', 1310027, 104743],
  ['02', '2024-12-31', 1400017, 7883],
  ['03', '2024-12-31', 1400023, 104761],
]

const project = {
  ...smallProject,
  'atlas.yaml': smallProject['atlas.yaml'].replace('minimumCount: 3', 'minimumCount: 8000'),
  'people.csv': `Nr;Jahr;Personen;SGB II\n${planted.map(([area, period, people, sgb2]) => `${Number(area)};${period.slice(0, 4)};${people};${sgb2}\n`).join('')}`,
}

/** True values of the cells that the edition does not print: counts, and the shares that follow from them. */
function secretsOf (edition: Edition): Map<string, number> {
  const all = planted.flatMap(([area, period, people, sgb2]): Array<[string, number]> => [
    [cellId('sozialraum', area, 'people', period), people],
    [cellId('sozialraum', area, 'sgb2', period), sgb2],
    [cellId('sozialraum', area, 'sgb2-share', period), 100 * sgb2 / people],
  ])
  const printed = new Set(edition.series.flatMap(({ level, indicator, periods, statuses }) => statuses.flatMap((row, r) =>
    row.flatMap((status, column) => status === 'o' ? [cellId(level, edition.levels.find(({ id }) => id === level)!.areas[column]!.id, indicator, periods[r]!)] : []))))
  return new Map(all.filter(([cell]) => !printed.has(cell)))
}

/** Every way to write the planted counts; not as a part of a longer number. */
function formsOf (secrets: ReadonlyMap<string, number>): RegExp {
  const forms = [...secrets.values()].flatMap(value => {
    if (!Number.isInteger(value)) return [3, 4, 6].flatMap(digits => [value.toFixed(digits), value.toFixed(digits).replace('.', ',')]).filter(text => text.replace(/^0\D/, '').length >= 4)
    const grouped = String(value).replaceAll(/\B(?=(\d{3})+$)/g, ' ')
    return [String(value), ...['.', ',', ' ', '\u00A0', '\u202F', "'", '%20', '&#160;'].map(mark => grouped.replaceAll(' ', mark)),
      Buffer.from(String(value)).toString('hex'), [...String(value)].map(digit => `%3${digit}`).join('')]
  })
  return new RegExp(`(?<![\\d.,])(${forms.map(form => form.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|')})(?!\\d)`)
}

async function build (folder: string): Promise<Required<Pick<Build, 'edition' | 'tiles'>>> {
  const { project } = await readProject(folder)
  const { edition, tiles, problems } = await buildEdition(project!)
  if (!edition) throw new Error(problems.map(({ code }) => code).join(' '))
  return { edition, tiles }
}

const folder = t.testdir({ project, data: {} })
const { edition, tiles } = await build(path.join(folder, 'project'))
const secrets = secretsOf(edition)
const forms = formsOf(secrets)
const dataDir = path.join(folder, 'data')

t.test('the planted values are suppressed, and the search would find them', async t => {
  t.ok(secrets.has('sozialraum/02/sgb2/2023-12-31') && secrets.has('sozialraum/02/sgb2-share/2023-12-31'))
  t.ok(secrets.size < 18, 'not everything is suppressed')
  for (const text of ['7919', '"n":7919}', '7.919 Personen', '7 919', '%37%39%31%39', '0,6093']) t.ok(forms.test(text), text)
  for (const text of ['17919', '79190', '1.300.021 Personen']) t.notOk(forms.test(text), text)
})

t.test('the audit of finished bytes finds nothing, and searches for every distinctive secret', async t => {
  const verdict = await auditEdition(edition, tiles, { scope: 'all', children: 1, secrets })
  t.strictSame(verdict.findings.map(finding => describeFinding(finding, 'en')), [])
  t.ok(verdict.canaries!.searched >= secrets.size - 2, `${verdict.canaries!.searched} of ${secrets.size}`)
  t.equal(verdict.cells.seen, verdict.cells.printed)
  t.equal(verdict.withoutOperands, 0)
})

t.test('an edition into which a secret slipped is caught by the same audit', async t => {
  const leaky: Edition = { ...edition, notes: [...edition.notes, { de: 'Gebiet 2 zählte 7.919 Personen.' }] }
  const { findings } = await auditEdition(leaky, tiles, { scope: 'quick', children: 1, secrets })
  t.match(findings.find(({ code }) => code === 'secret-found'), { cell: 'sozialraum/02/sgb2/2023-12-31', found: /7\.919/, path: /^\/small/ })
  const list = []
  for await (const artefact of artefacts(edition, tiles, { scope: 'quick' })) list.push(artefact)
  const header = { path: '/assets/0/viewer.js', mediaType: 'text/javascript', bytes: Buffer.from('7919') }
  t.strictSame((await auditArtefacts(edition, [...list, header], { secrets })).findings, [], 'scripts are the same for every atlas')
})

t.test('no answer, header, log line, error, listing, file or table of the database holds a planted value', async t => {
  const store = await openStore({ dataDir, role: 'pipeline', log: () => {} })
  await store.saveEdition(edition, tiles)
  await store.publish(edition.id)
  const config = parseConfig({ ATLAS_PUBLIC_URL: 'https://atlas.example' })
  const editions: EditionSource = await openEditions({
    store, audience: 'public', cacheFolder: cacheFolderOf(dataDir), oldEditionBytes: config.oldEditionBytes, logger: silentLogger, pollSeconds: 0,
  })
  const log = new LogBook()
  const app = await buildApp({ editions, config, assets: testAssets, logger: { level: 'trace', stream: log } })

  let [answers, bytes] = [0, 0]
  const search = (name: string, text: string) => {
    const found = forms.exec(text)
    if (found) t.fail(`${name} holds ${found[0]}`)
  }
  const ask = async (url: string, headers: Record<string, string> = {}) => {
    const response = await app.inject({ url, headers })
    answers++
    bytes += response.rawPayload.length
    for (const text of textsOf(url, response)) search(url, text)
    search(`headers of ${url}`, JSON.stringify(response.headers))
    return response
  }
  for (const address of ['pinned', 'current'] as const) {
    for (const { path: url } of editionPaths(edition, { address })) if (!/\/1[12]\//.test(url)) await ask(url)
  }
  t.equal((await ask('/small', { 'accept-encoding': 'br' })).headers['content-encoding'], 'br')
  const mistakes = [
    '/unknown', '/small/gebiet/sozialraum/99', '/small/gebiet/sozialraum/02.pdf', '/small/karte/sgb2/1999', '/small/karte/sgb2/2023-12-31.xlsx',
    '/small/karte/sgb2/2023-12-31?gebiete=99', '/small/karte/sgb2/2023-12-31.json?klassen=manual:1,x', '/small/api/v1/values?level=sozialraum',
    '/small/api/v1/values?level=sozialraum&indicator=sgb2&period=2023-12-31&status=s', `/small/tiles/${edition.id}/sozialraum/sgb2/99/0/0.mvt`,
    `/small/values/${edition.id}/sozialraum/none.json`, '/small/karte/sgb2/2023-12-31?ausgabe=e000000000000', '/small/../vault/secret',
  ]
  for (const url of mistakes) t.ok((await ask(url)).statusCode >= 400, url)
  t.ok(answers > 300 && bytes > 1e6, `${answers} answers, ${bytes} bytes`)
  t.ok(log.lines.length >= answers)
  for (const line of log.lines) search('log', line)

  // Texts and shapes lie compressed in the database.
  const { geometries, ...document } = (await store.loadEdition(edition.id))!
  t.ok(geometries.length > 0)
  search('stored edition', JSON.stringify(document))
  const rows = await dumpDatabase(dataDir)
  t.ok(rows.length > 50, `${rows.length} rows`)
  for (const { table, row } of rows) search(`table ${table}`, row)

  await app.close()
  await editions.close()
  await store.close()
  search('atlas editions', await listing(dataDir))

  const kept = await readdir(cacheFolderOf(dataDir))
  t.ok(kept.length > 0)
  for (const name of kept) for (const text of unpack(await readFile(path.join(cacheFolderOf(dataDir), name)))) search(`file ${name}`, text)
  const numbers = [...secrets.values()].filter(Number.isInteger).flatMap(doublesOf)
  t.ok((await filesWith(dataDir, edition.series.flatMap(({ values }) => values.flat()).filter(value => value !== null && value > 1e6).slice(0, 1).flatMap(value => doublesOf(value!)))).length > 0,
    'a printed count stands in the files of the database')
  t.strictSame(await filesWith(dataDir, numbers), [], 'an unprinted one in none of them')
})

/** The body as text, tiles decoded. */
function textsOf (url: string, { rawPayload, headers, statusCode }: LightMyRequestResponse): string[] {
  const encoding = headers['content-encoding']
  const body = encoding === 'br' ? brotliDecompressSync(rawPayload) : encoding === 'gzip' ? gunzipSync(rawPayload) : rawPayload
  if (!url.includes('.mvt') || statusCode !== 200) return [withoutPlaces(body.toString('utf8'))]
  return readTile(body).flatMap(({ keys, features, unused }) => [
    keys.join('\n'), unused.join('\n'), ...features.map(({ tags }) => [...tags].map(([key, value]) => `${key}=${value}`).join('\n')),
  ])
}

/** Outlines are numbers in plenty, and none of them a count. */
function withoutPlaces (text: string): string {
  return text.replaceAll(/ d="[^"]*"/g, '').replaceAll(/"(coordinates|arcs)":\[[-\d.,\s[\]e]*\]/g, '')
}

function unpack (bytes: Buffer): string[] {
  const texts = [bytes.toString('latin1')]
  for (const open of [gunzipSync, brotliDecompressSync]) {
    try {
      texts.push(open(bytes).toString('latin1'))
    } catch {
      // not packed this way
    }
  }
  return texts
}

/** Every row of every table as text. */
async function dumpDatabase (dataDir: string): Promise<Array<{ table: string, row: string }>> {
  const client = new pg.Client({ host: await locateEmbedded(dataDir), user: 'postgres', database: 'postgres' })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')")
    const found = []
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select replace(one::text, '\\x', '') as row from ${name} one`)
      found.push(...rows.map(({ row }) => ({ table: name, row: name.includes('tile') || name.includes('geometr') ? '' : row })))
    }
    return found
  } finally {
    await client.end()
  }
}

async function listing (dataDir: string): Promise<string> {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../../bin/atlas.js'), 'editions'], {
    env: { ...process.env, NODE_OPTIONS: '', ATLAS_DATA: dataDir }, stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => { text += String(chunk) })
  await once(child, 'close')
  if (!text.includes(edition.id)) throw new Error(`atlas editions does not list the edition: ${text}`)
  return text
}

/** How a column of doubles keeps a number. */
function doublesOf (value: number): Buffer[] {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return [bytes]
}

/** Names of the files below a folder that hold one of the byte sequences. */
async function filesWith (folder: string, sequences: readonly Buffer[]): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter(one => one.isFile())) {
    const bytes = await readFile(path.join(entry.parentPath, entry.name)).catch(() => Buffer.alloc(0))
    if (sequences.some(sequence => bytes.includes(sequence))) found.push(path.join(entry.parentPath, entry.name))
  }
  return found
}
