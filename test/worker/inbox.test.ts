import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { strToU8, zipSync } from 'fflate'
import t, { type Test } from 'tap'
import { inboxLimits, listInbox, receiveFile, removeFromInbox, sweepInbox, withNamedFiles, type InboxLimits } from '../../worker/inbox.ts'
import { safeName } from '../../worker/safe-name.ts'

async function makeFolder (t: Test): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'atlas-inbox-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function send (folder: string, name: string, content: string | Uint8Array, limits: InboxLimits = inboxLimits) {
  return receiveFile({ folder, name, by: 'Anna', body: Readable.from([Buffer.from(content)]), limits })
}

/** Zip whose entries have no content worth naming. */
function zipOf (...names: string[]): Uint8Array {
  return zipSync(Object.fromEntries(names.map(name => [name, strToU8('x')])))
}

const csv = 'Nr;Jahr;Personen\n1;2023;100\n'

t.test('a file lies in the inbox under the hash of its content, for its owner alone, with name, size and sender', async t => {
  const folder = await makeFolder(t)
  const received = await send(folder, 'C:\\Ablage\\Einwohner 2023.csv', csv)
  const sha256 = createHash('sha256').update(csv).digest('hex')
  t.match(received, { file: { sha256, name: 'Einwohner 2023.csv', type: 'csv', sizeBytes: csv.length, by: 'Anna' }, isRepeated: false })
  t.match(await listInbox(folder), [{ sha256 }])
  t.equal(await readFile(path.join(folder, 'inbox', sha256), 'utf8'), csv)
  t.equal((await stat(path.join(folder, 'inbox', sha256))).mode & 0o777, 0o600)
  t.equal((await stat(path.join(folder, 'inbox'))).mode & 0o777, 0o700)
})

t.test('the same content a second time is said, and is there once', async t => {
  const folder = await makeFolder(t)
  await send(folder, 'a.csv', csv)
  t.match(await send(folder, 'kopie.csv', csv), { isRepeated: true, file: { name: 'a.csv' } })
  t.equal((await listInbox(folder)).length, 1)
})

t.test('an upload that breaks off leaves nothing', async t => {
  const folder = await makeFolder(t)
  const body = Readable.from((async function * () {
    yield Buffer.from(csv)
    throw new Error('aborted')
  })())
  await t.rejects(receiveFile({ folder, name: 'a.csv', by: 'Anna', body }), { message: 'aborted' })
  t.same(await readdir(path.join(folder, 'inbox')), [])
})

t.test('what a process left that was killed is cleared away; what was taken stays', async t => {
  const folder = await makeFolder(t)
  await send(folder, 'a.csv', csv)
  for (const name of ['half.part', 'f'.repeat(64), `${'e'.repeat(64)}.json`]) await writeFile(path.join(folder, 'inbox', name), 'x')
  await sweepInbox(folder)
  const [file] = await listInbox(folder)
  t.same(new Set(await readdir(path.join(folder, 'inbox'))), new Set([file!.sha256, `${file!.sha256}.json`]))
  t.ok(await removeFromInbox(folder, file!.sha256))
  t.notOk(await removeFromInbox(folder, file!.sha256))
  t.notOk(await removeFromInbox(folder, '../../atlas'))
  t.same(await readdir(path.join(folder, 'inbox')), [])
})

t.test('the limits are held, whatever the sender says about the size', async t => {
  const folder = await makeFolder(t)
  t.match(await send(folder, 'a.csv', csv, { ...inboxLimits, fileBytes: 10 }), { problem: { code: 'worker-file-too-large' } })
  t.match(await receiveFile({ folder, name: 'a.csv', by: 'Anna', body: Readable.from([]), statedBytes: 1e12 }), { problem: { code: 'worker-file-too-large' } })
  t.match(await send(folder, 'a.csv', csv, { ...inboxLimits, freeBytes: 1e18 }), { problem: { code: 'worker-disk-full' } })
  t.match(await send(folder, 'a.csv', csv, { ...inboxLimits, files: 0 }), { problem: { code: 'worker-inbox-full' } })
  t.same(await readdir(path.join(folder, 'inbox')), [])
})

t.test('what a file is stands in its bytes, not in its name', async t => {
  const folder = await makeFolder(t)
  const shape = Buffer.alloc(100)
  shape.writeInt32BE(9994, 0)
  shape.writeInt32LE(1000, 28)
  const cases: ReadonlyArray<readonly [name: string, content: string | Uint8Array, type: string]> = [
    ['liste.csv', zipOf('xl/workbook.xml', 'xl/worksheets/sheet1.xml'), 'xlsx'],
    ['x.xlsx', zipOf('mimetype', 'content.xml'), 'ods'],
    ['grenzen.zip', zipOf('g/a.shp', 'g/a.dbf'), 'zip'],
    ['alt.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'xls'],
    ['grenzen.geojson', '{"type":"FeatureCollection","features":[]}', 'geojson'],
    ['grenzen', 'SQLite format 3\0', 'gpkg'],
    ['a.shp', shape, 'shp'],
    ['a.cpg', 'UTF-8', 'cpg'],
    ['a.txt', '\ufeffNr;Wert\n1;2', 'csv'],
  ]
  for (const [name, content, type] of cases) t.match(await send(folder, name, content), { file: { name, type } }, name)
})

t.test('what can be no delivery is refused with the reason, and leaves nothing', async t => {
  const folder = await makeFolder(t)
  const protectedWorkbook = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1024 * 1024 + 3), Buffer.from('EncryptedPackage', 'utf16le')])
  const sheets = Array.from({ length: 200 }, (_, i) => `xl/worksheets/sheet${i + 1}.xml`)
  const cases: ReadonlyArray<readonly [name: string, content: string | Uint8Array, code: string]> = [
    ['a.csv', '', 'read-empty-file'],
    ['brief.pdf', '%PDF-1.7', 'worker-unknown-type'],
    ['liste.csv', '%PDF-1.7', 'worker-unknown-type'],
    ['liste.csv', '<html><script>alert(1)</script>', 'worker-unknown-type'],
    ['liste.csv', 'MZ\0\0', 'worker-unknown-type'],
    ['liste.csv', '#!/bin/sh\nrm -rf /', 'worker-unknown-type'],
    ['programm.exe', 'a;b\n1;2', 'worker-unknown-type'],
    ['bilder.zip', zipOf('a.png'), 'worker-unknown-type'],
    ['a.zip', zipOf('a.shp', 'b.zip'), 'worker-zip-in-zip'],
    ['a.zip', zipOf('../a.shp'), 'read-zip-unsafe-name'],
    ['a.zip', zipOf('a.shp').subarray(0, 40), 'read-zip-damaged'],
    ['a.xlsx', protectedWorkbook, 'read-encrypted-workbook'],
    ['a.xlsx', zipOf('xl/workbook.xml', ...sheets), 'worker-too-many-sheets'],
  ]
  for (const [name, content, code] of cases) t.match(await send(folder, name, content), { problem: { code } }, `${name}: ${code}`)
  t.same(await readdir(path.join(folder, 'inbox')), [])
})

t.test('the name that was sent never leads anywhere', async t => {
  t.equal(safeName('../../etc/passwd', 'csv'), 'passwd.csv')
  t.equal(safeName('..\\..\\atlas.yaml', 'csv'), 'atlas.csv')
  t.equal(safeName('.htaccess', 'csv'), 'htaccess.csv')
  t.equal(safeName('..', 'csv'), 'datei.csv')
  t.equal(safeName('CON.csv', 'csv'), 'CON_.csv')
  t.equal(safeName('a;rm -rf $(x)\u202e\n.csv', 'csv'), 'a_rm -rf _(x)_.csv')
  t.equal(safeName(`${'ä'.repeat(300)}.csv`, 'csv').length, 84)
  t.equal(safeName('Ko\u0308ln 2024.xlsx', 'xlsx'), 'Köln 2024.xlsx')
})

t.test('the reader sees the files under their names for as long as it works, and no two in one place', async t => {
  const folder = await makeFolder(t)
  await send(folder, 'a.csv', csv)
  await send(folder, '../A.csv', `${csv}2;2023;50\n`)
  const seen = await withNamedFiles(folder, await listInbox(folder), async paths => [...paths.values()])
  t.same(new Set(seen.map(file => path.basename(file).toLowerCase())), new Set(['a.csv', 'a-2.csv']))
  t.notOk(await stat(path.dirname(seen[0]!)).catch(() => undefined))
  t.equal((await listInbox(folder)).length, 2)
})

t.test('an upload of 50 MB takes no more memory than one of 1 MB', async t => {
  const folder = await makeFolder(t)
  const line = Buffer.from(`${'1;2023;100;'.repeat(5957)}\n`)
  const body = Readable.from((async function * () {
    for (let sent = 0; sent < 50e6; sent += line.length) yield line
  })())
  const before = process.memoryUsage().rss
  let peak = before
  const watching = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss) }, 10)
  t.match(await receiveFile({ folder, name: 'gross.csv', by: 'Anna', body }), { file: { type: 'csv' } })
  clearInterval(watching)
  t.ok(peak - before < 50e6, `${Math.round((peak - before) / 1e6)} MB`)
})
