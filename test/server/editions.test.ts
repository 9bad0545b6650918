import t from 'tap'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import type { Edition } from '../../core/edition.ts'
import { parseConfig } from '../../server/config.ts'
import { openEditions } from '../../server/editions.ts'
import { serve } from '../../server/serve.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { StubStore, serveTiny, silentLogger, testAssets, tilesOf } from './serve-tiny.ts'

const tiny = tinyEdition()
const newer = tinyEdition({ notes: [{ de: 'Neu' }] })
const newest = tinyEdition({ notes: [{ de: 'Am neuesten' }] })

async function makeStore (...editions: Edition[]): Promise<StubStore> {
  return new StubStore(editions, (await Promise.all(editions.map(tilesOf))).flat())
}

const quiet = { audience: 'public', oldEditionBytes: 1e9, logger: silentLogger, pollSeconds: 0 } as const

function temporaryFolder (t: { teardown: (work: () => Promise<void>) => void }): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-editions-'))
  t.teardown(async () => await rm(folder, { recursive: true }))
  return folder
}

t.test('a request for current public content asks the store nothing, and survives that it is gone', async t => {
  const { get, store, edition } = await serveTiny(t)
  store.asked = []
  store.isAway = true
  const urls = [
    '/tiny', '/tiny/karte/sgb2-share/2024-12-31', '/tiny/karte/sgb2-share/2024-12-31.csv', '/tiny/gebiet/sozialraum/01', '/tiny/kennzahl/sgb2-share',
    `/tiny/values/${edition.id}/sozialraum/sgb2-share.json`, '/tiny/geometry/gaaaaaaaaaaaa/sozialraum.topo.json',
    '/tiny/tiles/gaaaaaaaaaaaa/sozialraum/9/269/167.mvt', `/tiny/tiles/${edition.id}/sozialraum/sgb2-share/9/269/167.mvt`,
    `/tiny/tiles/${edition.id}/sozialraum.json`, `/tiny/tiles/${edition.id}/sozialraum/sgb2-share.json`,
    '/tiny/api/v1/editions', '/tiny/api/v1/levels', '/tiny/api/v1/areas', '/tiny/api/v1/indicators',
    '/tiny/api/v1/values?level=sozialraum&indicator=sgb2-share', '/tiny/api/v1/openapi.json', '/health/ready', '/health/live',
  ]
  for (const url of urls) t.equal((await get(url)).statusCode, 200, url)
  t.strictSame(store.asked, [])
})

t.test('what only the store knows is a 503 with Retry-After while it is away, and says nothing of the reason', async t => {
  const { get, store } = await serveTiny(t)
  store.isAway = true
  for (const url of ['/tiny?ausgabe=e000000000000', '/tiny/values/e000000000000/sozialraum/sgb2-share.json', '/tiny/api/v1/levels?edition=e000000000000']) {
    const answer = await get(url)
    t.equal(answer.statusCode, 503, url)
    t.equal(answer.headers['retry-after'], '30')
    t.equal(answer.headers['cache-control'], 'no-store')
    t.notMatch(answer.body, /ECONNREFUSED|1250/)
  }
})

t.test('the server switches to a new edition at once, keeps the one before, and answers by id for both', async t => {
  const store = await makeStore(tiny, newer, newest)
  store.pointers = [{ atlas: 'tiny', edition: tiny.id, previous: null }]
  const editions = await openEditions({ ...quiet, store, cacheFolder: null })
  t.equal(editions.findCurrent('tiny')!.edition.id, tiny.id)
  store.asked = []
  store.pointers = [{ atlas: 'tiny', edition: newer.id, previous: tiny.id }]
  await editions.refresh()
  t.equal(editions.findCurrent('tiny')!.edition.id, newer.id)
  t.strictSame(store.asked, ['currentEditions', `loadEdition ${newer.id}`, 'listEditions tiny'], 'boundaries that are in memory are not loaded again')

  store.asked = []
  t.equal((await editions.findEdition('tiny', tiny.id))!.edition.id, tiny.id)
  t.strictSame(store.asked, [], 'the previous edition is in memory')
  t.equal((await editions.findEdition('tiny', newest.id))!.edition.id, newest.id)
  await editions.findEdition('tiny', newest.id)
  t.strictSame(store.asked, [`loadEdition ${newest.id}`], 'another one is loaded once')
  t.equal(await editions.findEdition('other', newest.id), undefined, 'and belongs to its atlas only')

  store.asked = []
  await editions.refresh()
  t.strictSame(store.asked, ['currentEditions'], 'a poll without news is one small query')
  await editions.close()
})

t.test('what is new is told beside the edition, and a corrected note reaches readers without a new one', async t => {
  const store = await makeStore(tiny, newer)
  store.pointers = [{ atlas: 'tiny', edition: tiny.id, previous: null }]
  const editions = await openEditions({ ...quiet, store, cacheFolder: null })
  t.strictSame(editions.findNews('tiny'), { note: null, changes: null })
  t.equal(editions.findNews('other'), undefined)
  store.pointers = [{ atlas: 'tiny', edition: newer.id, previous: tiny.id, note: { de: 'Neu.' } }]
  await editions.refresh()
  t.match(editions.findNews('tiny'), { note: { de: 'Neu.' }, changes: { newIndicators: [], newPeriods: [], restated: [] } })
  store.pointers = [{ ...store.pointers[0]!, note: { de: 'Neu gerechnet.' } }]
  await editions.refresh()
  t.equal(editions.findNews('tiny')?.note?.de, 'Neu gerechnet.')
  await editions.close()
})

t.test('an unknown id is asked for once, however often it is requested', async t => {
  const store = await makeStore(tiny)
  const editions = await openEditions({ ...quiet, store, cacheFolder: null })
  store.asked = []
  for (let i = 0; i < 5; i++) t.equal(await editions.findEdition('tiny', 'e000000000000'), undefined)
  t.equal(store.asked.length, 1)
  for (let i = 0; i < 5; i++) t.equal(await editions.findGeometry('tiny', 'gcccccccccccc', 'sozialraum'), undefined)
  t.equal(store.asked.length, 1)
})

t.test('boundaries of an older edition are found, so that its map works after a restart', async t => {
  const reshaped = tinyEdition({
    levels: tiny.levels.map(level => level.id === 'sozialraum' ? { ...level, geometry: 'gdddddddddddd' } : level),
    geometries: tiny.geometries.map(geometry => geometry.id === 'gaaaaaaaaaaaa' ? { ...geometry, id: 'gdddddddddddd' } : geometry),
  })
  const { get } = await serveTiny(t, { editions: [reshaped, tiny] })
  t.equal((await get('/tiny/tiles/gdddddddddddd/sozialraum/9/269/167.mvt')).statusCode, 200)
  t.equal((await get('/tiny/geometry/gdddddddddddd/sozialraum.topo.json')).statusCode, 200)
  t.equal((await get('/tiny/tiles/gdddddddddddd/stadt/9/269/167.mvt')).statusCode, 404, 'under their own level only')
})

t.test('old editions take no more memory than they may', async t => {
  const store = await makeStore(tiny, newer, newest)
  store.pointers = [{ atlas: 'tiny', edition: tiny.id, previous: null }]
  const editions = await openEditions({ ...quiet, oldEditionBytes: 1, store, cacheFolder: null })
  store.asked = []
  for (const id of [newer.id, newer.id]) t.equal((await editions.findEdition('tiny', id))!.edition.id, id)
  t.equal(store.asked.filter(what => what.startsWith('loadEdition')).length, 2, 'with no room it is loaded each time')
})

t.test('an edition of another audience is never served, whatever the store hands out', async t => {
  const internal = tinyEdition({ audience: 'internal' })
  const store = await makeStore(tiny, internal)
  store.pointers = [{ atlas: 'tiny', edition: tiny.id, previous: internal.id }]
  const editions = await openEditions({ ...quiet, store, cacheFolder: null })
  t.equal(await editions.findEdition('tiny', internal.id), undefined)
  store.pointers = [{ atlas: 'tiny', edition: internal.id, previous: null }]
  await editions.refresh()
  t.equal(editions.findCurrent('tiny')!.edition.id, tiny.id, 'the public one stays')
})

t.test('a current edition that cannot be loaded leaves the one before in place', async t => {
  const store = await makeStore(tiny)
  const editions = await openEditions({ ...quiet, store, cacheFolder: null })
  store.pointers = [{ atlas: 'tiny', edition: newer.id, previous: tiny.id }]
  await editions.refresh()
  t.equal(editions.findCurrent('tiny')!.edition.id, tiny.id)
  t.equal(editions.isReady(), true)
  store.pointers = [...store.pointers, { atlas: 'other', edition: newest.id, previous: null }]
  await editions.refresh()
  t.equal(editions.isReady(), false, 'an atlas with nothing to show makes the server not ready')
})

t.test('a start without the store serves what the last run kept', async t => {
  const cacheFolder = path.join(temporaryFolder(t), 'cache')
  const store = await makeStore(tiny)
  const first = await openEditions({ ...quiet, store, cacheFolder })
  await first.close()
  t.strictSame(readdirSync(cacheFolder), ['public.tiny.edition'], 'nothing half-written stays behind')
  t.equal(statSync(path.join(cacheFolder, 'public.tiny.edition')).mode & 0o077, 0, 'for the owner only')

  store.isAway = true
  const warnings: object[] = []
  const second = await openEditions({ ...quiet, store, cacheFolder, logger: { info: () => undefined, warn: (facts: unknown) => { warnings.push(facts as object) } } })
  t.strictSame(second.findCurrent('tiny')!.edition, tiny)
  t.equal(second.isReady(), true)
  t.strictSame(warnings, [{ code: 'ATLAS_STORE_AWAY', cause: 'ECONNREFUSED' }], 'the log has the code and not what the database quoted')

  store.isAway = false
  store.asked = []
  await second.refresh()
  t.notOk(store.asked.some(what => what.startsWith('load')), 'nothing is loaded again')
  await second.close()

  store.pointers = []
  const third = await openEditions({ ...quiet, store, cacheFolder })
  await third.close()
  t.strictSame(readdirSync(cacheFolder), [], 'what is withdrawn is not kept')
})

t.test('without the store and without files the server is not ready, and becomes it later', async t => {
  const store = await makeStore(tiny)
  store.isAway = true
  const editions = await openEditions({ ...quiet, store, cacheFolder: path.join(temporaryFolder(t), 'none') })
  t.equal(editions.isReady(), false)
  t.strictSame(editions.listCurrent(), [])
  store.isAway = false
  await editions.refresh()
  t.equal(editions.isReady(), true)
  await editions.close()
})

t.test('a damaged, foreign or outdated file counts as none', async t => {
  const cacheFolder = path.join(temporaryFolder(t), 'cache')
  const store = await makeStore(tiny)
  await (await openEditions({ ...quiet, store, cacheFolder })).close()
  const file = path.join(cacheFolder, 'public.tiny.edition')
  const good = readFileSync(file)
  store.isAway = true
  const flipped = Buffer.from(good)
  flipped[good.length - 100]! ^= 1
  const bodyStart = good.indexOf('\n') + 1 + 32
  const newerBody = Buffer.from(good.subarray(bodyStart))
  newerBody[1] = 99 // the version of V8's format
  const newerNode = Buffer.concat([good.subarray(0, bodyStart - 32), createHash('sha256').update(newerBody).digest(), newerBody])
  const cases: Array<[trait: string, bytes: Buffer]> = [
    ['truncated', good.subarray(0, good.length / 2)],
    ['empty', Buffer.alloc(0)],
    ['one bit flipped', flipped],
    ['of a newer Node', newerNode],
    ['of another version', Buffer.concat([Buffer.from('atlas-cache 0.0\n'), good.subarray(16)])],
  ]
  for (const [trait, bytes] of cases) {
    writeFileSync(file, bytes)
    const editions = await openEditions({ ...quiet, store, cacheFolder })
    t.strictSame(editions.listCurrent(), [], trait)
    await editions.close()
  }
  writeFileSync(path.join(cacheFolder, 'internal.tiny.edition'), good)
  const internal = await openEditions({ ...quiet, audience: 'internal', store, cacheFolder })
  t.strictSame(internal.listCurrent(), [], 'a public edition under an internal name')
})

t.test('a cache folder that cannot be written is a warning, not a failure', async t => {
  const folder = temporaryFolder(t)
  writeFileSync(path.join(folder, 'cache'), 'a file where the folder should be')
  const codes: unknown[] = []
  const editions = await openEditions({
    ...quiet,
    store: await makeStore(tiny),
    cacheFolder: path.join(folder, 'cache'),
    logger: { info: () => undefined, warn: (facts: unknown) => { codes.push((facts as { code: string }).code) } },
  })
  await editions.close()
  t.equal(editions.findCurrent('tiny')!.edition.id, tiny.id)
  t.strictSame(codes, ['ATLAS_CACHE_NOT_WRITTEN'])
})

t.test('polling follows the pointer by itself and does not keep the process alive', async t => {
  const store = await makeStore(tiny, newer)
  store.pointers = [{ atlas: 'tiny', edition: tiny.id, previous: null }]
  const editions = await openEditions({ ...quiet, store, cacheFolder: null, pollSeconds: 0.01 })
  store.pointers = [{ atlas: 'tiny', edition: newer.id, previous: tiny.id }]
  for (let i = 0; i < 200 && editions.findCurrent('tiny')!.edition.id !== newer.id; i++) await new Promise(resolve => setTimeout(resolve, 10))
  t.equal(editions.findCurrent('tiny')!.edition.id, newer.id)
  await editions.close()
})

t.test('a server listens, answers over a real socket, and closing it finishes what is under way', async t => {
  const config = parseConfig({ ATLAS_PORT: '0', ATLAS_DATA: temporaryFolder(t) })
  const server = await serve({ store: await makeStore(tiny), config, assets: testAssets })
  const page = await fetch(`${server.url}/tiny`, { headers: { 'accept-encoding': 'br' } })
  t.equal(page.status, 200)
  t.match(await page.text(), /Sozialraum-Atlas Kleinstadt/)
  const { port } = new URL(server.url)
  t.equal((await (await fetch(`${server.url}/tiny/tiles/${tiny.id}/stadt.json`)).json() as { tiles: string[] }).tiles[0]!.startsWith(`http://127.0.0.1:${port}/`), true)
  const head = await fetch(`${server.url}/tiny/tiles/gaaaaaaaaaaaa/sozialraum/9/269/167.mvt`, { method: 'HEAD', headers: { 'accept-encoding': 'gzip' } })
  t.ok(Number(head.headers.get('content-length')) > 0)
  await server.close()
  const again = createServer()
  await new Promise<void>((resolve, reject) => again.once('error', reject).listen(Number(port), '127.0.0.1', () => again.close(() => resolve())))
  t.pass('the port is free again')
})
