import t from 'tap'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Edition } from '../../core/edition.ts'
import { prepareEdition } from '../../server/loaded-edition.ts'
import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { openEditions } from '../../server/editions.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { silentLogger, StubStore, testAssets, tilesOf } from './serve-tiny.ts'

/* Many atlases on one server: those that nobody looks at rest, and nobody notices. */

const tiny = tinyEdition()
const tiles = await tilesOf(tiny)
const size = prepareEdition(tiny, new Map(), tiles).sizeBytes

function town (number: number, notes: Edition['notes'] = []): Edition {
  return tinyEdition({ atlas: { ...tiny.atlas, id: `stadt-${String(number).padStart(3, '0')}`, municipality: `Stadt ${number}` }, notes })
}

const towns = (count: number) => Array.from({ length: count }, (_, number) => town(number))
const options = { audience: 'public', oldEditionBytes: 0, logger: silentLogger, pollSeconds: 0, cacheFolder: null, eagerSeconds: 60 } as const
const config = parseConfig({ ATLAS_PUBLIC_URL: 'https://atlas.example' })

t.test('200 atlases answer from the memory of three, and each is loaded when somebody asks', async t => {
  const store = new StubStore(towns(200), tiles)
  const editions = await openEditions({ ...options, store, currentEditionBytes: 3.5 * size })
  t.equal(editions.isReady(), true)
  t.equal(store.asked.filter(what => what.startsWith('loadEdition')).length, 3, 'a start loads what there is room for')
  const app = await buildApp({ editions, config, assets: testAssets })
  for (const { atlas } of [...store.editions.values(), ...store.editions.values()]) {
    const { statusCode, body } = await app.inject(`/${atlas.id}/karte/sgb2-share/2024-12-31`)
    t.equal(statusCode, 200)
    t.match(body, atlas.municipality)
    t.ok(editions.status().kept <= 3)
  }
  t.match(editions.status(), { atlases: 3, resting: 197, isReady: true })
  const { body } = await app.inject('/')
  t.equal(body.match(/Stadt \d+/g)?.length, 200, 'the first page lists all')
  store.asked = []
  await app.inject('/')
  t.strictSame(store.asked, [], 'and asks once')
  t.equal((await app.inject('/stadt-777')).statusCode, 404)
  t.equal((await app.inject('/stadt-777/api/v1/levels')).json<{ valid: string[] }>().valid.length, 200)
  await app.close()
})

t.test('the one that nobody asked for longest goes first, never one in use, and never the last', async t => {
  const store = new StubStore(towns(3), tiles)
  const editions = await openEditions({ ...options, store, currentEditionBytes: size })
  const inMemory = () => editions.listCurrent().map(({ edition }) => edition.atlas.id)
  t.strictSame(inMemory(), ['stadt-000'])
  const [first, second] = await Promise.all([editions.use('stadt-000'), editions.use('stadt-001')])
  t.strictSame(inMemory(), ['stadt-000', 'stadt-001'], 'both are in use')
  first()
  first()
  t.strictSame(inMemory(), ['stadt-001'])
  second()
  t.strictSame(inMemory(), ['stadt-001'])
  ;(await editions.use('stadt-002'))()
  t.strictSame(inMemory(), ['stadt-002'])

  const small = await openEditions({ ...options, store: new StubStore(towns(1), tiles), currentEditionBytes: 1 })
  ;(await small.use('stadt-000'))()
  t.strictSame(small.listCurrent().map(({ edition }) => edition.atlas.id), ['stadt-000'], 'larger than it may be, and still there')
})

t.test('who asks at the same time waits for one and the same', async t => {
  const store = new StubStore(towns(2), tiles)
  const editions = await openEditions({ ...options, store, currentEditionBytes: size })
  store.asked = []
  const held = await Promise.all(Array.from({ length: 5 }, async () => await editions.use('stadt-001')))
  t.equal(store.asked.filter(what => what.startsWith('loadEdition')).length, 1)
  for (const release of held) release()
  t.strictSame(editions.listCurrent().length, 1)
})

t.test('an atlas at rest follows its pointer, its note and its withdrawals', async t => {
  const [a, b, newer] = [town(0), town(1), town(1, [{ de: 'Neu' }])]
  const store = new StubStore([a, b], tiles)
  const editions = await openEditions({ ...options, store, currentEditionBytes: size })
  store.editions.set(newer.id, newer)
  store.pointers = store.pointers.map(pointer => pointer.atlas === b.atlas.id ? { ...pointer, edition: newer.id, previous: b.id } : pointer)
  store.asked = []
  await editions.refresh()
  t.strictSame(store.asked, ['currentEditions'], 'nothing is loaded before somebody asks')
  ;(await editions.use(b.atlas.id))()
  t.equal(editions.findCurrent(b.atlas.id)?.edition.id, newer.id)

  ;(await editions.use(a.atlas.id))()
  t.equal(editions.findCurrent(b.atlas.id), undefined)
  store.withdraw(newer.id, 'falsch', b.id)
  await editions.refresh()
  ;(await editions.use(b.atlas.id))()
  t.equal(editions.findCurrent(b.atlas.id)?.edition.id, b.id)
})

t.test('what is withdrawn while it is on its way is not shown', async t => {
  const [a, b, newer] = [town(0), town(1), town(1, [{ de: 'Neu' }])]
  const store = new StubStore([a, b, newer], tiles)
  const editions = await openEditions({ ...options, store, currentEditionBytes: size })
  t.equal(editions.findCurrent(b.atlas.id), undefined)
  const load = store.loadEdition.bind(store)
  store.loadEdition = async id => {
    const found = await load(id)
    if (id === newer.id) {
      store.withdraw(newer.id, 'falsch', b.id)
      await editions.refresh()
    }
    return found
  }
  ;(await editions.use(b.atlas.id))()
  t.equal(editions.findCurrent(b.atlas.id)?.edition.id, b.id)
})

t.test('while the store is away a kept file wakes an atlas, and without one it is a 503 that passes', async t => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-resting-'))
  t.teardown(async () => await rm(folder, { recursive: true }))
  const store = new StubStore(towns(3), tiles)
  const editions = await openEditions({ ...options, store, cacheFolder: folder, currentEditionBytes: size })
  const app = await buildApp({ editions, config, assets: testAssets })
  t.equal((await app.inject('/stadt-001')).statusCode, 200)
  t.equal((await app.inject('/stadt-000')).statusCode, 200)
  store.isAway = true
  t.equal((await app.inject('/stadt-001')).statusCode, 200, 'from its file')
  const refused = await app.inject('/stadt-002')
  t.equal(refused.statusCode, 503)
  t.equal(refused.headers['retry-after'], '30')
  t.notMatch(refused.body, /1250|refused/)
  store.asked = []
  await app.inject('/stadt-002')
  t.strictSame(store.asked, [], 'it is not asked again with every request')
  t.equal(editions.isReady(), true, 'the others are served')
  t.match((await app.inject('/')).body, /Stadt 0.*Stadt 1/s, 'the list has what is known')
  await app.close()
  await editions.close()

  const again = await openEditions({ ...options, store, cacheFolder: folder, currentEditionBytes: size })
  t.strictSame(again.listAtlases(), ['stadt-000', 'stadt-001'], 'a start without the store reads the heads of all files')
  t.equal(again.status().atlases, 1, 'and loads what there is room for')
  await again.close()
})

t.test('a reader who goes away gives back what was held', async t => {
  const store = new StubStore(towns(2), tiles)
  const editions = await openEditions({ ...options, store, currentEditionBytes: size })
  const app = await buildApp({ editions, config, assets: testAssets })
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  const leaving = new AbortController()
  const asked = fetch(`${origin}/stadt-001`, { signal: leaving.signal }).catch(() => 'gone')
  leaving.abort()
  t.equal(await asked, 'gone')
  for (const atlas of ['stadt-000', 'stadt-001', 'stadt-000']) await (await fetch(`${origin}/${atlas}`)).text()
  await app.close()
  t.equal(editions.status().atlases, 1)
})
