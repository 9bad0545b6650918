import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import t from 'tap'
import { backup } from '../commands/archive/backup.ts'
import { restore } from '../commands/archive/restore.ts'
import { replayOrder } from '../commands/archive/show-again.ts'
import type { Audience, Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { formatProblem } from '../core/problem.ts'
import { writeEditionCells, readEditionCells } from '../pipeline/vault/edition-cells.ts'
import { keepDeliveries } from '../pipeline/vault/deliveries.ts'
import { VaultError } from '../pipeline/vault/error.ts'
import { ledgerView, openLedger, recordPublication } from '../pipeline/vault/ledger.ts'
import { writeReport } from '../pipeline/vault/reports.ts'
import { readTar, tarEnd, tarHeader, tarPadding } from '../pipeline/vault/tar.ts'
import { openVault } from '../pipeline/vault/vault.ts'
import { findOwner } from '../sql/embedded-lock.ts'
import type { Database } from '../sql/connection.ts'
import { openDatabase } from '../sql/open.ts'
import { openStore, type Store } from '../sql/store.ts'
import { codes } from './pipeline/problem-codes.ts'
import { tinyEdition } from './tiny-edition.ts'

const parent = mkdtempSync(path.join(os.tmpdir(), 'atlas-backup-'))
const [here, there] = [path.join(parent, 'here'), path.join(parent, 'there')]
const [dataHere, vaultHere] = [path.join(here, 'data'), path.join(here, 'vault')]
const [dataThere, vaultThere] = [path.join(there, 'data'), path.join(there, 'project', 'vault')]
const file = path.join(parent, 'sicherung.tar.gz')
const cell = 'sozialraum/02/sgb2-recipients/2024-12-31'

const open = (dataDir: string) => openStore({ dataDir, role: 'pipeline', log: () => {} })

// An open connection keeps this process from its end.
t.afterEach(async () => await database.close())
t.after(async () => {
  // The embedded database ends a moment after its last user.
  for (const dataDir of [dataHere, dataThere]) await untilEnded(dataDir)
  rmSync(parent, { recursive: true, force: true })
})

const database = connectionTo(dataThere)
const places = { vaultFolderOf: () => vaultThere, projectsDir: path.join(there, 'projekte'), dataDir: dataThere, database }

/** Opened when it is first asked. */
function connectionTo (dataDir: string): Database {
  let opened: Promise<Database> | undefined
  const open = () => (opened ??= openDatabase({ dataDir, role: 'pipeline', log: () => {} }))
  return {
    engine: 'embedded',
    query: async (sql, values) => await (await open()).query(sql, values),
    run: async sql => await (await open()).run(sql),
    transaction: async work => await (await open()).transaction(work),
    async close () {
      const closing = opened
      opened = undefined
      await (await closing)?.close()
    },
  }
}

const edition = (title: string, audience: Audience = 'public') => tinyEdition({ atlas: { ...tinyEdition().atlas, title }, audience })

const tiles: GeometryTiles = {
  geometry: 'gaaaaaaaaaaaa',
  minZoom: 9,
  maxZoom: 12,
  tiles: [
    { z: 9, x: 269, y: 167, gzip: Buffer.from('nine, gzip'), brotli: Buffer.from('nine, brotli') },
    { z: 10, x: 538, y: 335, gzip: Buffer.alloc(70_000, 7), brotli: Buffer.from([0, 10, 13]) },
  ],
  topology: { gzip: Buffer.from('topology, gzip'), brotli: Buffer.from('topology, brotli') },
}

/** Publishes as a build does: between two lines of the ledger. */
async function publish (store: Store, vaultFolder: string, made: Edition): Promise<void> {
  const vault = await openVault({ folder: vaultFolder, isSynthetic: false })
  const ledger = await openLedger({ vault, atlas: 'tiny', firstEdition: false, isRequired: false, publishedEditions: [] })
  const { id, audience } = made
  await store.saveEdition(made, [tiles])
  await writeEditionCells(vault, { atlas: 'tiny', edition: id, audience, policy: 'p1', basis: ledgerView(ledger, audience).editions }, [{ id: cell, value: 2, status: 'S' }])
  const { head, cells } = await readEditionCells(vault, id)
  await recordPublication(ledger, { ...head, cells }, { publish: () => store.publish(id), findState: async () => undefined })
}

/** What people see of a store, without the times of their own clock. */
async function picture (store: Store): Promise<unknown> {
  const editions = (await store.listEditions()).map(({ id, audience, state, withdrawal }) => ({ id, audience, state, withdrawn: withdrawal && [withdrawal.reason, withdrawal.successor] }))
  return { editions, shown: await store.currentEditions() }
}

async function refusal (work: Promise<unknown>): Promise<string> {
  try {
    await work
  } catch (error) {
    if (error instanceof VaultError) return codes([error.problem])[0]!
    throw error
  }
  return 'not refused'
}

/** Every file below a folder with its content. */
function contentOf (folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return Object.fromEntries(entries.map(({ parentPath, name }) => path.join(parentPath, name)).toSorted().map(name => [path.relative(folder, name), readFileSync(name, 'base64')]))
}

const [one, two, three, four] = ['eins', 'zwei', 'drei', 'vier'].map(title => edition(title)) as [Edition, Edition, Edition, Edition]
const draft = edition('Entwurf')
const inside = edition('innen', 'internal')

t.test('everything is in one file that only its owner can read', async t => {
  const store = await open(dataHere)
  for (const made of [one, two, three]) await publish(store, vaultHere, made)
  await store.rollback('tiny', 'public')
  await publish(store, vaultHere, four)
  await publish(store, vaultHere, inside)
  await store.rollback('tiny', 'public')
  await store.saveEdition(draft, [])
  await store.withdraw(three.id, { reason: 'Zahlendreher', successor: two.id })
  const vault = await openVault({ folder: vaultHere, isSynthetic: false })
  await keepDeliveries(vault, one.id, [{ name: 'README.md', path: 'README.md' }])
  await writeReport(vault, one.id, 'geheimhaltung.json', '')

  const problems = await backup(store, new Map([['tiny', vaultHere]]), file)
  t.strictSame(codes(problems), ['backup-written'])
  t.match(formatProblem(problems[0]!, 'de'), /so geheim wie der Tresor/)
  t.equal(statSync(file).mode & 0o777, 0o600)
  t.equal(await refusal(backup(store, new Map(), file)), 'backup-exists')
  t.equal(await refusal(backup(store, new Map([['tiny', path.join(here, 'moved')]]), `${file}.2`)), 'backup-vault-missing')
  t.notOk(existsSync(`${file}.2`))
  await store.close()

  const names = []
  let bytes = 0
  for await (const { name, content } of readTar(chunks(gunzipSync(readFileSync(file)), 1000))) {
    names.push(name)
    for await (const part of content) bytes += part.length
  }
  t.equal(names.filter(name => name.startsWith('tiles/')).length, 1, 'tiles of a geometry only once')
  t.equal(names.filter(name => name.startsWith('editions/')).length, 6)
  t.equal(names.at(-1), 'contents.json')
  t.ok(bytes > 70_000)
})

t.test('a file that is cut, changed, or no backup leaves nothing behind', async t => {
  const store = await open(dataThere)
  const good = readFileSync(file)
  const unpacked = gunzipSync(good)
  const changed = (from: string, to: string) => gzipSync(Buffer.from(unpacked.toString('latin1').replace(from, to), 'latin1'))
  const value = unpacked.toString('latin1').includes('1234.5')
  t.ok(value)
  for (const [trait, bytes, code] of [
    ['cut in the middle', good.subarray(0, good.length / 2), 'backup-unreadable'],
    ['without its last bytes', good.subarray(0, -10), 'backup-unreadable'],
    ['cut before it was packed', gzipSync(unpacked.subarray(0, 512 * Math.floor(unpacked.length / 1024))), 'backup-unreadable'],
    ['empty', Buffer.alloc(0), 'backup-unreadable'],
    ['of another kind', Buffer.from('Nr;Jahr\n1;2023\n'), 'backup-unreadable'],
    ['an archive of something else', gzipSync(await archive({ 'people.csv': 'Nr' })), 'backup-unreadable'],
    ['an empty archive', gzipSync(tarEnd()), 'backup-unreadable'],
    ['of a later program', gzipSync(await archive({ version: 'sozialraum-atlas backup 3\n' })), 'backup-version'],
    ['with another figure', changed('1234.5', '1234.6'), 'backup-unreadable'],
    ['with another line in the ledger', changed('"status":"S"', '"status":"P"'), 'backup-unreadable'],
    ['with another secret', changed(readFileSync(path.join(vaultHere, 'secret'), 'utf8').trim(), 'f'.repeat(64)), 'backup-unreadable'],
    ['that leads out of the vault', gzipSync(await archive({ version: 'sozialraum-atlas backup 1\n', 'vaults/tiny/../../x': '' })), 'backup-unreadable'],
  ] as const) {
    const bad = path.join(parent, 'bad.tar.gz')
    writeFileSync(bad, bytes)
    t.equal(await refusal(restore({ store, file: bad, ...places })), code, trait)
    t.strictSame(await store.listEditions(), [], trait)
    t.strictSame(readdirSync(there), ['data'], trait)
  }
  t.equal(await refusal(restore({ store, file: path.join(parent, 'nowhere'), ...places })), 'backup-unreadable')
  mkdirSync(vaultThere, { recursive: true })
  writeFileSync(path.join(vaultThere, 'secret'), 'of something else')
  t.equal(await refusal(restore({ store, file, ...places })), 'backup-vault-not-empty')
  t.strictSame(readdirSync(path.dirname(vaultThere)), ['vault'], 'which is left as it was')
  rmSync(path.join(vaultThere, 'secret'))
  await store.close()
})

const datesOf = async (store: Store) => (await store.listEditions()).map(({ id, publishedAt, withdrawal }) => [id, publishedAt, withdrawal?.at]).toSorted()

t.test('on an empty machine everything is back: what is shown, what comes with a rollback, and the ledger', async t => {
  const [before, after] = [await open(dataHere), await open(dataThere)]
  const copied = path.join(there, 'kopie.tar.gz')
  copyFileSync(file, copied)
  chmodSync(copied, 0o644)
  const { problems, vaultFolders } = await restore({ store: after, file: copied, ...places })
  t.strictSame(codes(problems), ['backup-restored'])
  t.strictSame([...vaultFolders], [['tiny', vaultThere]])
  t.strictSame(await picture(after), await picture(before))
  t.strictSame(await datesOf(after), await datesOf(before), 'with the days on which they were published and withdrawn')
  for (const { id } of await before.listEditions()) t.strictSame(await after.loadEdition(id), await before.loadEdition(id), id)
  t.strictSame(await after.loadTiles('gaaaaaaaaaaaa'), await before.loadTiles('gaaaaaaaaaaaa'))
  t.strictSame(contentOf(vaultThere), contentOf(vaultHere))
  t.equal(statSync(vaultThere).mode & 0o777, 0o700)
  t.equal(statSync(path.join(vaultThere, 'reports', one.id)).mode & 0o777, 0o700)
  t.equal(statSync(path.join(vaultThere, 'ledger.jsonl')).mode & 0o777, 0o600)
  t.equal(await refusal(restore({ store: after, file, ...places })), 'backup-store-not-empty')

  await publish(after, vaultThere, edition('fünf'))
  const vault = await openVault({ folder: vaultThere, isSynthetic: false })
  const published = (await after.listEditions()).filter(({ publishedAt }) => publishedAt !== null).map(({ id }) => id)
  const ledger = await openLedger({ vault, atlas: 'tiny', firstEdition: false, isRequired: true, publishedEditions: published })
  t.strictSame(ledgerView(ledger, 'public').editions, [one, two, three, four, edition('fünf')].map(({ id }) => id), 'the next build knows them all')
  t.equal(ledgerView(ledger, 'public').findLedgerCells(cell)[0]?.edition, one.id)
  t.equal((await after.rollback('tiny', 'public')).edition, two.id)
  t.equal((await after.rollback('tiny', 'public')).edition, one.id)
  await Promise.all([before.close(), after.close()])
})

t.test('what a rollback left behind is published again without being what one goes back to', async t => {
  t.strictSame(replayOrder(['a', 'b', 'c'], { edition: 'c', previous: 'b' }), { before: ['a', 'b', 'c'], after: [] })
  t.strictSame(replayOrder(['a', 'b', 'c'], { edition: 'b', previous: 'a' }), { before: ['a', 'b'], after: ['c'] })
  t.strictSame(replayOrder(['a', 'b', 'c'], { edition: 'a', previous: null }), { before: ['a'], after: ['b', 'c'] })
  t.strictSame(replayOrder(['a', 'b', 'c'], { edition: 'a', previous: 'c' }), { before: ['b', 'c', 'a'], after: [] }, 'an old one that was published again')
  t.strictSame(replayOrder(['a', 'b'], { edition: null, previous: null }), { before: ['a'], after: ['b'] }, 'everything was withdrawn')
})

async function archive (files: Readonly<Record<string, string>>): Promise<Buffer> {
  return Buffer.concat([...Object.entries(files).flatMap(([name, text]) => [tarHeader(name, text.length), Buffer.from(text), tarPadding(text.length)]), tarEnd()])
}

async function * chunks (bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += length) yield bytes.subarray(start, start + length)
}

async function untilEnded (dataDir: string): Promise<void> {
  for (let attempt = 0; findOwner(dataDir); attempt++) {
    if (attempt > 200) throw new Error('the database process does not end')
    await delay(100)
  }
}
