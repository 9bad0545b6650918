import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync, gzipSync } from 'node:zlib'
import t from 'tap'
import { pack } from '../commands/package/pack.ts'
import { receive, type Receiving } from '../commands/package/receive.ts'
import type { Audience, Edition } from '../core/edition.ts'
import { problem } from '../core/problem.ts'
import { findOwner } from '../sql/embedded-lock.ts'
import { openStore, type Store } from '../sql/store.ts'
import { codes } from './pipeline/problem-codes.ts'
import { tinyEdition } from './tiny-edition.ts'

t.test('an edition goes as a file from the machine that builds to the one that shows', async t => {
  const parent = mkdtempSync(path.join(os.tmpdir(), 'atlas-package-'))
  const folders = [path.join(parent, 'office'), path.join(parent, 'public')] as const
  t.after(async () => {
    for (const folder of folders) while (findOwner(folder)) await delay(100)
    rmSync(parent, { recursive: true, force: true })
  })
  const [office, shop] = await Promise.all(folders.map(dataDir => openStore({ dataDir, role: 'pipeline', log: () => {} }))) as [Store, Store]
  const titled = (title: string, audience: Audience = 'public') => tinyEdition({ atlas: { ...tinyEdition().atlas, title }, audience })
  const [first, second, third, draft] = [titled('eins'), titled('zwei'), titled('drei'), titled('Entwurf')]
  const internal = titled('intern', 'internal')
  const tiles = { geometry: first.geometries[0]!.id, minZoom: 9, maxZoom: 9, tiles: [{ z: 9, x: 269, y: 167, gzip: Buffer.from('nine'), brotli: Buffer.from('nine!') }], topology: null }
  for (const edition of [first, second, third, draft, internal]) await office.saveEdition(edition, [tiles])

  const fileOf = ({ id }: Edition) => path.join(parent, `${id}.atlas`)
  async function publishAndPack (edition: Edition): Promise<string> {
    await office.publish(edition.id)
    t.same(codes(await pack(office, edition, fileOf(edition))), ['package-written'])
    return fileOf(edition)
  }
  const take = async (file: string, changes: Partial<Receiving> = {}) =>
    codes(await receive({ store: shop, file, audience: 'public', ownAtlases: new Set(), auditBytes: async () => [], ...changes }))
  const shown = async () => (await shop.currentEditions()).find(({ audience }) => audience === 'public')?.edition

  await t.test('it arrives whole, with its tiles, and is shown; sent again it changes nothing', async t => {
    const file = await publishAndPack(first)
    t.same(await take(file), ['package-received'])
    t.equal(await shown(), first.id)
    t.same(await shop.loadEdition(first.id), first)
    t.same((await shop.loadTiles(tiles.geometry))?.tiles.map(({ gzip }) => Buffer.from(gzip).toString()), ['nine'])
    t.same(await take(file), ['package-known'])
    t.same(codes(await pack(office, first, file)), ['package-exists'])
  })

  await t.test('a draft is not packed, because no ledger knows it', async t => {
    t.same(codes(await pack(office, draft, fileOf(draft))), ['package-not-published'])
    t.notOk(existsSync(fileOf(draft)))
  })

  await t.test('an older file does not undo what came after it; a withdrawn edition is taken back here too and stays away', async t => {
    t.same(await take(await publishAndPack(second)), ['package-received'])
    t.same(await take(fileOf(first)), ['package-known'])
    t.equal(await shown(), second.id)
    await office.publish(third.id)
    await office.withdraw(second.id, { reason: 'falsche Zahl', successor: third.id })
    t.same(codes(await pack(office, third, fileOf(third))), ['package-written'])
    t.same(await take(fileOf(third)), ['package-received', 'publish-withdrawal-done'])
    t.equal(await shown(), third.id)
    t.match((await shop.listEditions()).find(({ id }) => id === second.id)?.withdrawal, { reason: 'falsche Zahl', successor: third.id })
    t.same(await take(fileOf(second)), ['package-withdrawn'])
  })

  await t.test('what fails the audit, is for others, for another atlas or for one that is built here changes nothing', async t => {
    const fourth = titled('vier')
    await office.saveEdition(fourth, [tiles])
    const file = await publishAndPack(fourth)
    t.same(await take(file, { auditBytes: async () => [problem('audit-bytes-finding', {}, { finding: { de: '7', en: '7' } })] }), ['audit-bytes-finding'])
    t.same(await take(file, { ownAtlases: new Set([fourth.atlas.id]) }), ['package-own-atlas'])
    t.same(await take(file, { atlas: 'other' }), ['package-other-atlas'])
    t.same(await take(await publishAndPack(internal)), ['package-other-audience'])
    t.equal(await shown(), third.id)
    t.notOk((await shop.listEditions()).some(({ id }) => id === fourth.id || id === internal.id))
  })

  await t.test('a file that was cut, changed or is none is refused', async t => {
    const whole = readFileSync(fileOf(first))
    const broken = path.join(parent, 'broken.atlas')
    const plain = gunzipSync(whole)
    const changed = Buffer.from(plain)
    changed[changed.indexOf('nine!')] = 0x4e
    const other = Buffer.from(plain.toString('latin1').replace('edition 1\n', 'edition 9\n'), 'latin1')
    const cases: ReadonlyArray<readonly [bytes: Buffer, code: string]> = [
      [whole.subarray(0, whole.length - 20), 'package-unreadable'],
      [gzipSync(changed), 'package-unreadable'],
      [gzipSync(other), 'package-version'],
      [Buffer.from('no archive'), 'package-unreadable'],
    ]
    for (const [bytes, code] of cases) {
      writeFileSync(broken, bytes)
      await t.rejects(take(broken), { code })
    }
    await t.rejects(take(path.join(parent, 'nothing.atlas')), { code: 'package-unreadable' })
    t.equal(await shown(), third.id)
  })
  await office.close()
  await shop.close()
})
