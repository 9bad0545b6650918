import t from 'tap'
import { mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import type { Edition } from '../../core/edition.ts'
import { openEditions } from '../../server/editions.ts'
import { editionPaths } from '../../server/paths.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { StubStore, serveTiny, silentLogger, testAssets, tilesOf } from './serve-tiny.ts'
import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { listEditionFiles } from '../../server/edition-file.ts'

const first = tinyEdition({ notes: [{ de: 'Erste' }] })
const second = tinyEdition({ notes: [{ de: 'Zweite' }] })
const reason = 'Zwei <Gebiete> vertauscht'

/** Paths that say something of the edition itself: not the geometry, which holds no figures, and not lists of the atlas. */
function ownPaths (edition: Edition): string[] {
  return [...editionPaths(edition)].map(({ path }) => path).filter(path => path.includes(edition.id))
}

t.test('a withdrawn edition is gone under every address, with reason and successor', async t => {
  const { get, store, editions } = await serveTiny(t, { editions: [first, second] })
  const own = ownPaths(second)
  t.ok(own.length > 400)
  for (const url of own.slice(0, 40)) t.notMatch(await get(url), { statusCode: 410 })
  store.withdraw(second.id, reason, first.id)
  await editions.refresh()
  store.asked = []
  store.isAway = true
  const wrong: string[] = []
  for (const url of own) {
    const { statusCode, headers, body } = await get(url, { 'accept-encoding': 'br' })
    const isPage = headers['content-type']?.toString().startsWith('text/html')
    const says = isPage
      ? body.includes('Zwei &lt;Gebiete&gt; vertauscht.') && body.includes(`href="${url.replaceAll(second.id, first.id).replaceAll('&', '&amp;')}"`)
      : headers['content-type'] === 'application/problem+json; charset=utf-8' && JSON.parse(body).reason === reason && JSON.parse(body).successor === first.id
    if (statusCode !== 410 || headers['cache-control'] !== 'no-cache' || headers.etag !== undefined || !says) wrong.push(`${statusCode} ${url}`)
  }
  t.strictSame(wrong, [])
  t.strictSame(store.asked, [], 'nobody asks the store, so it may be away')
  t.equal(editions.findCurrent('tiny')!.edition.id, first.id)
  t.match((await get('/tiny')).body, `aktuelle Ausgabe ${first.id}`)
  t.strictSame((await get('/tiny/api/v1/editions')).json().editions.map(({ id }: { id: string }) => id), [first.id])
  t.equal((await get('/tiny/tiles/gaaaaaaaaaaaa/sozialraum/9/269/167.mvt')).statusCode, 200, 'geometry that another edition has stays')
})

t.test('what it answered before is no excuse: a cache that asks with the old tag hears that it is gone', async t => {
  const { get, store, editions } = await serveTiny(t, { editions: [first, second] })
  const url = `/tiny/values/${second.id}/sozialraum/sgb2-share.json`
  const { headers } = await get(url)
  store.withdraw(second.id, reason, first.id)
  await editions.refresh()
  t.equal((await get(url, { 'if-none-match': headers.etag as string })).statusCode, 410)
})

t.test('the page of a withdrawal, in both languages', async t => {
  const { get, store, editions } = await serveTiny(t, { editions: [first, second] })
  store.withdraw(second.id, reason, first.id)
  await editions.refresh()
  const german = (await get(`/tiny/karte/sgb2-share/2024-12-31?ausgabe=${second.id}`)).body
  t.match(german, /<h1>Diese Ausgabe wurde zurückgezogen<\/h1>/)
  t.match(german, `An ihre Stelle tritt die Ausgabe ${first.id}.`)
  t.match(german, 'Zur Ausgabe, die an ihre Stelle tritt')
  t.match(german, 'Sozialraum-Atlas Kleinstadt', 'with the header of the atlas')
  const english = (await get(`/tiny/karte/sgb2-share/2024-12-31?ausgabe=${second.id}&sprache=en`)).body
  t.match(english, /<html lang="en"[^]*<h1>This edition was withdrawn<\/h1>[^]*Reason: Zwei &lt;Gebiete&gt; vertauscht\.[^]*takes its place/)
  const link = /kern-btn--primary" href="([^"]+)"/.exec(german)![1]!
  t.equal((await get(link)).statusCode, 200, 'and its link leads to the same view of the successor')
})

t.test('an atlas that took back everything says why, and shows nothing until something new is published', async t => {
  const { get, store, editions } = await serveTiny(t, { editions: [first] })
  store.withdraw(first.id, reason, null)
  await editions.refresh()
  for (const url of ['/tiny', '/tiny?sprache=en', '/tiny/karte/sgb2-share/2024-12-31', '/tiny/karte', '/tiny/gebiet/sozialraum/01.json', '/tiny/api/v1/levels',
    '/tiny/api/v1/editions', '/tiny/values/current/sozialraum/sgb2-share.json', '/tiny/tiles/current/sozialraum.json', ...ownPaths(first).slice(0, 5)]) {
    const answer = await get(url)
    t.equal(answer.statusCode, 410, url)
    t.match(answer.body, /vertauscht/)
  }
  t.match((await get('/tiny')).body, 'Eine andere Ausgabe ist zurzeit nicht veröffentlicht.')
  t.match((await get('/tiny/api/v1/levels')).json(), { successor: null, code: 'ATLAS_WITHDRAWN' })
  t.equal((await get('/nowhere')).statusCode, 404)
  t.equal((await get('/tiny/api/v1/levels?edition=e000000000000')).statusCode, 404)
  t.match((await get('/')).body, /noch kein Atlas veröffentlicht/)
  t.equal((await get('/health/ready')).statusCode, 200, 'there is nothing to wait for')

  store.editions.set(second.id, second)
  store.pointers = [{ ...store.pointers[0]!, edition: second.id }]
  await editions.refresh()
  t.equal((await get('/tiny')).statusCode, 200)
  t.match((await get(`/tiny/api/v1/levels?edition=${first.id}`)).json(), { status: 410, successor: second.id }, 'what came later is the successor then')
})

t.test('a successor that was withdrawn itself leads on to the next', async t => {
  const third = tinyEdition({ notes: [{ de: 'Dritte' }] })
  const { store, editions } = await serveTiny(t, { editions: [first, second, third] })
  const state = { atlas: 'tiny', edition: third.id, previous: null }
  const gone = (edition: string, successor: string) => ({ edition, reason, successor })
  store.pointers = [{ ...state, withdrawn: [gone(first.id, second.id), gone(second.id, third.id)] }]
  await editions.refresh()
  t.equal(editions.findWithdrawn('tiny', first.id)?.successor, third.id)
  store.pointers = [{ ...state, withdrawn: [gone(first.id, second.id), gone(second.id, first.id)] }]
  await editions.refresh()
  t.equal(editions.findWithdrawn('tiny', first.id)?.successor, third.id, 'a circle leads to what is current')
  t.equal(editions.findWithdrawn('tiny', third.id), undefined)
  t.equal(editions.findWithdrawn('other', first.id), undefined)
})

t.test('a running server lets go of current, previous and older editions, and of its file, at the next poll', async t => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-withdraw-'))
  t.teardown(async () => await rm(folder, { recursive: true }))
  const third = tinyEdition({ notes: [{ de: 'Dritte' }] })
  const store = new StubStore([first, second, third], await tilesOf(first))
  store.pointers = [{ atlas: 'tiny', edition: third.id, previous: second.id }]
  const editions = await openEditions({ store, audience: 'public', cacheFolder: folder, oldEditionBytes: 1e9, logger: silentLogger, pollSeconds: 0.01 })
  t.ok(await editions.findEdition('tiny', first.id))
  const until = async (isDone: () => boolean | Promise<boolean>) => {
    for (let i = 0; i < 300 && !await isDone(); i++) await new Promise(resolve => setTimeout(resolve, 10))
  }

  store.withdraw(first.id, reason, third.id)
  await until(() => editions.findWithdrawn('tiny', first.id) !== undefined)
  t.equal(await editions.findEdition('tiny', first.id), undefined, 'older')
  store.asked = []
  store.withdraw(third.id, reason, second.id)
  await until(() => editions.findCurrent('tiny')?.edition.id === second.id)
  t.equal(editions.findCurrent('tiny')?.edition.id, second.id, 'current')
  t.notOk(store.asked.some(what => what.startsWith('load')), 'the one before was in memory')
  t.equal(await editions.findEdition('tiny', third.id), undefined)
  t.strictSame(editions.listPublished('tiny').map(({ id }) => id), [second.id])
  await until(async () => (await listEditionFiles(folder, 'public')).get('tiny') === second.id)
  t.strictSame([...(await listEditionFiles(folder, 'public')).values()], [second.id], 'the file is that of the successor')

  store.withdraw(second.id, reason, null)
  await until(() => readdirSync(folder).length === 0)
  t.strictSame(readdirSync(folder), [], 'or there is none')
  t.equal(editions.findCurrent('tiny'), undefined)
  await editions.close()
})

t.test('an edition that is withdrawn while it is loaded is not shown, and a successor that cannot be loaded does not bring it back', async t => {
  const store = new StubStore([first, second], await tilesOf(first))
  store.pointers = [{ atlas: 'tiny', edition: second.id, previous: null }]
  const editions = await openEditions({ store, audience: 'public', cacheFolder: null, oldEditionBytes: 1e9, logger: silentLogger, pollSeconds: 0 })
  const load = store.loadEdition.bind(store)
  let release = () => {}
  store.loadEdition = async id => {
    await new Promise<void>(resolve => { release = resolve })
    return await load(id)
  }
  const loading = editions.findEdition('tiny', first.id)
  await new Promise(resolve => setTimeout(resolve, 5))
  const kept = store.editions.get(first.id)!
  store.withdraw(first.id, reason, second.id)
  store.editions.set(first.id, kept) // the answer of the store was under way
  await editions.refresh()
  release()
  t.equal(await loading, undefined)

  store.loadEdition = async () => { throw new Error('unreadable') }
  store.withdraw(second.id, reason, 'e111111111111')
  await editions.refresh()
  t.equal(editions.findCurrent('tiny'), undefined)
  t.equal(editions.isReady(), false)
  const app = await buildApp({ editions, config: parseConfig({}), assets: testAssets })
  t.teardown(() => app.close())
  t.equal((await app.inject('/tiny')).statusCode, 503, 'the successor may still come')
  t.equal((await app.inject(`/tiny?ausgabe=${second.id}`)).statusCode, 410)
})

t.test('an unknown geometry does not make the server load older editions one by one', async t => {
  const { store, editions } = await serveTiny(t, { editions: [first, second] })
  store.asked = []
  t.equal(await editions.findGeometry('tiny', 'g000000000000', 'sozialraum'), undefined)
  t.strictSame(store.asked, [])
})
