import t from 'tap'
import { buildApp } from '../../server/app.ts'
import { parseConfig } from '../../server/config.ts'
import { openEditions } from '../../server/editions.ts'
import { makeMetrics } from '../../server/metrics.ts'
import { openMetricsPort } from '../../server/metrics-port.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { silentLogger, StubStore, testAssets, tilesOf } from './serve-tiny.ts'

async function serveMeasured (t: { teardown: (close: () => Promise<void>) => void }) {
  const edition = tinyEdition()
  const store = new StubStore([edition], await tilesOf(edition))
  const config = parseConfig({ ATLAS_PUBLIC_URL: 'https://atlas.example' })
  const editions = await openEditions({ store, audience: 'public', cacheFolder: null, oldEditionBytes: 1e6, logger: silentLogger, pollSeconds: 0 })
  const metrics = makeMetrics()
  const routes: string[] = []
  const app = await buildApp({ editions, config, assets: testAssets, metrics, onRoute: pattern => { routes.push(pattern) } })
  t.teardown(async () => { await app.close(); await editions.close() })
  return { app, metrics, editions, store, routes, edition }
}

/** Names and values of all labels. */
function labelsOf (text: string): Array<[name: string, value: string]> {
  return [...text.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!])
}

t.test('answers are counted by pattern of the route and status, with how long they took', async t => {
  const { app, metrics } = await serveMeasured(t)
  for (const url of ['/tiny', '/tiny', '/nowhere', '/health/live']) await app.inject({ url })
  const text = metrics.format()
  t.match(text, 'atlas_requests_total{method="GET",route="/:atlas",status="200"} 2')
  t.match(text, 'atlas_requests_total{method="GET",route="/:atlas",status="404"} 1')
  t.match(text, 'atlas_request_duration_seconds_count{route="/:atlas"} 3')
  t.match(text, 'atlas_request_duration_seconds_bucket{route="/:atlas",le="+Inf"} 3')
  t.match(text, /atlas_cache_bytes\{cache="pages"\} [1-9]/)
  t.match(text, 'atlas_editions_loaded{kind="kept"} 1')
  t.match(text, /atlas_process_memory_bytes\{kind="resident"\} [1-9]\d{6}/)
  t.match(text, 'atlas_ready 1')
})

t.test('no label holds an address, a parameter, an id or a word that somebody typed', async t => {
  const { app, metrics, routes, edition } = await serveMeasured(t)
  const secrets = ['geheim-4711', '203.0.113.9', 'mueller', 'sgb2-share', edition.id]
  for (const url of ['/geheim-4711', '/tiny?gebiete=geheim-4711', '/tiny/karte/sgb2-share/2024-12-31', `/tiny/values/${edition.id}/sozialraum/sgb2-share.json`, '/a/b/c/d/e/geheim-4711/%22%7Dmueller', '/tiny/gebiet/sozialraum/mueller%0Ax']) {
    for (const method of ['GET', 'HEAD', 'POST', 'PATCH'] as const) {
      await app.inject({ method, url, headers: { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'mueller', host: 'geheim-4711' } })
    }
  }
  const text = metrics.format()
  for (const secret of secrets) t.notMatch(text, secret)
  const allowed: Readonly<Record<string, (value: string) => boolean>> = {
    route: value => routes.includes(value) || value === 'none',
    method: value => ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'other'].includes(value),
    status: value => /^[2-5]\d\d$/.test(value),
    le: value => value === '+Inf' || Number(value) > 0,
    kind: value => ['kept', 'older', 'resident', 'heap', 'external', 'buffers'].includes(value),
    cache: value => ['editions', 'pages', 'tiles'].includes(value),
  }
  for (const [name, value] of labelsOf(text)) t.ok(allowed[name]?.(value), `${name}="${value}"`)
  t.ok(labelsOf(text).some(([, value]) => value === 'other'))
})

t.test('every line is one that Prometheus reads', async t => {
  const { app, metrics } = await serveMeasured(t)
  await app.inject({ url: '/tiny' })
  for (const line of metrics.format().trimEnd().split('\n')) {
    t.match(line, /^(# (HELP|TYPE) atlas_\w+ .+|atlas_\w+(\{\w+="[^"]*"(,\w+="[^"]*")*\})? -?\d[\d.e+-]*)$/)
  }
})

t.test('a database that is away shows in the age of the pointers and in failures', async t => {
  const edition = tinyEdition()
  const store = new StubStore([edition], await tilesOf(edition))
  const editions = await openEditions({ store, audience: 'public', cacheFolder: null, oldEditionBytes: 1e6, logger: silentLogger, pollSeconds: 0.02 })
  t.teardown(() => editions.close())
  t.equal(editions.status().pollFailures, 0)
  store.isAway = true
  await new Promise(resolve => { setTimeout(resolve, 200) })
  t.ok(editions.status().pollFailures > 1)
  const metrics = makeMetrics({ now: () => editions.status().readAt! + 90_000 })
  metrics.watch({ editions, caches: { pages: { sizeBytes: 1 }, tiles: { sizeBytes: 2 } } })
  t.match(metrics.format(), 'atlas_pointer_age_seconds 90\n')
})

t.test('the port is of this machine alone and answers nothing else', async t => {
  const port = await openMetricsPort(makeMetrics(), 0)
  t.teardown(() => port.close())
  const answer = await fetch(`http://127.0.0.1:${port.port}/metrics`)
  t.equal(answer.status, 200)
  t.equal(answer.headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8')
  t.match(await answer.text(), 'atlas_process_uptime_seconds')
  t.equal((await fetch(`http://127.0.0.1:${port.port}/tiny`)).status, 404)
  t.equal((await fetch(`http://127.0.0.1:${port.port}/metrics`, { method: 'POST' })).status, 404)
  await t.rejects(fetch(`http://127.0.0.2:${port.port}/metrics`), 'another address of the same machine is none')
})
