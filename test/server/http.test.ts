import t from 'tap'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { chooseEncoding } from '../../server/accept-encoding.ts'
import { ByteCache } from '../../server/byte-cache.ts'
import { matchesEntityTag } from '../../server/entity-tag.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { serveTiny } from './serve-tiny.ts'

const year = 'public, max-age=31536000, immutable'
const week = 'public, max-age=604800, immutable'

/** One address of every kind that is negotiated, with the lifetime the contract gives it. */
const negotiated = (edition: string): Array<[url: string, cacheControl: string, type: string]> => [
  ['/tiny', 'no-cache', 'text/html; charset=utf-8'],
  ['/tiny/karte/sgb2-share/2024-12-31', 'no-cache', 'text/html; charset=utf-8'],
  ['/tiny/karte/sgb2-share/2024-12-31.json', 'no-cache', 'application/json; charset=utf-8'],
  ['/tiny/karte/sgb2-share/2024-12-31.csv', 'no-cache', 'text/csv; charset=utf-8'],
  ['/tiny/karte/sgb2-share/2024-12-31.geojson', 'no-cache', 'application/geo+json; charset=utf-8'],
  ['/tiny/karte/sgb2-share/2024-12-31.svg', 'no-cache', 'image/svg+xml; charset=utf-8'],
  ['/tiny/gebiet/sozialraum/01', 'no-cache', 'text/html; charset=utf-8'],
  ['/tiny/gebiet/sozialraum/01.json', 'no-cache', 'application/json; charset=utf-8'],
  ['/tiny/kennzahl/sgb2-share', 'no-cache', 'text/html; charset=utf-8'],
  ['/tiny/api/v1/levels', 'no-cache', 'application/json; charset=utf-8'],
  [`/tiny/values/${edition}/sozialraum/sgb2-share.json`, week, 'application/json; charset=utf-8'],
  [`/tiny/tiles/${edition}/sozialraum/sgb2-share/9/269/167.mvt`, week, 'application/vnd.mapbox-vector-tile'],
  ['/tiny/tiles/gaaaaaaaaaaaa/sozialraum/9/269/167.mvt', year, 'application/vnd.mapbox-vector-tile'],
  ['/tiny/geometry/gaaaaaaaaaaaa/sozialraum.topo.json', year, 'application/json; charset=utf-8'],
  [`/tiny/context/${edition}.geojson`, week, 'application/geo+json; charset=utf-8'],
  [`/tiny/tiles/${edition}/sozialraum.json`, 'public, max-age=60, stale-while-revalidate=3600', 'application/json; charset=utf-8'],
  [`/tiny/tiles/${edition}/sozialraum/sgb2-share.json`, 'public, max-age=60, stale-while-revalidate=3600', 'application/json; charset=utf-8'],
  ['/assets/0a1b/viewer.js', year, 'text/javascript; charset=utf-8'],
]

t.test('every negotiated answer has its lifetime, a strong tag per encoding, and says that it varies', async t => {
  const { get, app, edition } = await serveTiny(t)
  for (const [url, cacheControl, type] of negotiated(edition.id)) {
    await t.test(url, async t => {
      const plain = await get(url)
      t.equal(plain.statusCode, 200)
      t.equal(plain.headers['cache-control'], cacheControl)
      t.equal(plain.headers['content-type'], type)
      t.equal(plain.headers.vary, 'Accept-Encoding')
      t.match(plain.headers.etag, /^"[\w-]{22}"$/)
      t.equal(plain.headers['content-encoding'], undefined)
      t.equal(plain.headers['content-length'], String(plain.rawPayload.length))
      t.equal(plain.headers['x-content-type-options'], 'nosniff')

      const tags = new Set([plain.headers.etag])
      for (const [encoding, unpack] of [['gzip', gunzipSync], ['br', brotliDecompressSync]] as const) {
        const packed = await get(url, { 'accept-encoding': encoding })
        if (packed.headers['content-encoding'] === undefined) continue // not made in this encoding
        t.equal(packed.headers['content-encoding'], encoding)
        t.ok(unpack(packed.rawPayload).equals(plain.rawPayload), `${encoding} holds the same bytes`)
        t.notOk(tags.has(packed.headers.etag), `${encoding} has a tag of its own`)
        tags.add(packed.headers.etag)

        const unchanged = await get(url, { 'accept-encoding': encoding, 'if-none-match': `W/"other", W/${packed.headers.etag as string}` })
        t.equal(unchanged.statusCode, 304, 'If-None-Match is compared weakly, in a list')
        t.equal(unchanged.rawPayload.length, 0)
        for (const name of ['etag', 'cache-control', 'vary']) t.equal(unchanged.headers[name], packed.headers[name], `304 carries ${name}`)
        t.equal(unchanged.headers['content-length'], undefined)
      }
      t.ok(tags.size > 1, 'there is a compressed form')
      const other = await get(url, { 'accept-encoding': 'gzip', 'if-none-match': plain.headers.etag as string })
      t.equal(other.statusCode, 200, 'the tag of another encoding is another answer')

      const head = await app.inject({ method: 'HEAD', url })
      const { date: _, ...headHeaders } = head.headers
      const { date: __, ...getHeaders } = plain.headers
      t.strictSame(headHeaders, getHeaders, 'HEAD has the headers of GET')
      t.equal(head.rawPayload.length, 0, 'and no body')
    })
  }
})

t.test('redirects live for a minute and name no host', async t => {
  const { get, edition } = await serveTiny(t)
  const cases: Array<[url: string, location: string]> = [
    ['/', '/tiny'],
    ['/tiny/', '/tiny'],
    ['/tiny/karte/sgb2-share/2024-12-31/', '/tiny/karte/sgb2-share/2024-12-31'],
    ['/tiny/values/current/sozialraum/sgb2-share.json', `/tiny/values/${edition.id}/sozialraum/sgb2-share.json`],
    ['/tiny/context/current.geojson', `/tiny/context/${edition.id}.geojson`],
    ['/tiny/tiles/current/sozialraum.json', `/tiny/tiles/${edition.id}/sozialraum.json`],
    ['/tiny/tiles/%63urrent/sozialraum.json', `/tiny/tiles/${edition.id}/sozialraum.json`],
    ['/tiny/tiles/current/sozialraum/sgb2-share.json?periods=2024-12-31', `/tiny/tiles/${edition.id}/sozialraum/sgb2-share.json?periods=2024-12-31`],
    ['/tiny/tiles/current/sozialraum/sgb2-share/9/269/167.mvt', `/tiny/tiles/${edition.id}/sozialraum/sgb2-share/9/269/167.mvt`],
  ]
  for (const [url, location] of cases) {
    const answer = await get(url, { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' })
    t.equal(answer.statusCode, 302, url)
    t.equal(answer.headers.location, location)
    t.equal(answer.headers['cache-control'], 'public, max-age=60')
  }
  t.equal((await get('//evil.example/')).statusCode, 404, 'two slashes in front are not redirected to another host')
})

t.test('errors are readable for people, problem details for programs, and never kept for long', async t => {
  const { get, edition } = await serveTiny(t)
  const page = 'text/html; charset=utf-8'
  const problem = 'application/problem+json; charset=utf-8'
  const cases: Array<[status: number, url: string, type: string]> = [
    [404, '/nowhere', page],
    [404, '/tiny/nowhere', page],
    [400, '/%zz', page],
    [414, `/${'a'.repeat(300)}`, page],
    [404, '/tiny/karte/unknown/2024-12-31', page],
    [404, '/tiny/karte/sgb2-share/2099', page],
    [404, '/tiny/karte/sgb2-share/gestern', page],
    [400, '/tiny/karte/sgb2-share/2024-12-31?ansicht=kuchen', page],
    [404, '/tiny/karte/sgb2-share/2024-12-31?ausgabe=e000000000000', page],
    [404, '/tiny/gebiet/unknown/01', page],
    [404, '/tiny/gebiet/sozialraum/99', page],
    [404, '/tiny/kennzahl/unknown', page],
    [400, '/tiny?sprache=fr', page],
    [400, '/tiny?sprache=de&sprache=en', page],
    [501, '/tiny/karte/sgb2-share/2024-12-31.pdf', problem],
    [501, '/tiny/gebiet/sozialraum/01.docx', problem],
    [404, '/tiny/karte/sgb2-share/2024-12-31.exe', problem],
    [400, '/tiny/karte/sgb2-share/2024-12-31.json?utm_source=x', problem],
    [400, '/tiny/karte/sgb2-share/2024-12-31.csv?seite=0', problem],
    [400, '/tiny/gebiet/sozialraum/01.json?x=1', problem],
    [404, '/nowhere/api/v1/levels', problem],
    [404, '/tiny/api/v1/nowhere', problem],
    [400, '/tiny/api/v1/levels?indikator=x', problem],
    [400, '/tiny/api/v1/levels?edition=../etc', problem],
    [400, '/tiny/api/v1/values?level=sozialraum', problem],
    [400, '/tiny/api/v1/values?level=sozialraum&indicator=sgb2-share&indicator=sgb2-share', problem],
    [404, '/tiny/api/v1/values?level=sozialraum&indicator=sgb2-share&period=1999', problem],
    [404, '/tiny/api/v1/values?level=stadt&indicator=sgb2-recipients', problem],
    [400, `/tiny/values/${edition.id}/sozialraum/sgb2-share.json?v=2`, problem],
    [404, '/tiny/values/e000000000000/sozialraum/sgb2-share.json', problem],
    [404, '/tiny/values/__proto__/sozialraum/sgb2-share.json', problem],
    [404, `/tiny/values/${edition.id}/sozialraum/constructor.json`, problem],
    [404, '/tiny/geometry/gcccccccccccc/sozialraum.topo.json', problem],
    [404, '/tiny/geometry/gbbbbbbbbbbbb/sozialraum.topo.json', problem],
    [404, '/assets/0a1b/../../package.json', problem],
    [404, '/assets/none.js', problem],
    [404, '/health/else', problem],
  ]
  for (const [status, url, type] of cases) {
    const answer = await get(url)
    t.equal(answer.statusCode, status, `${status} ${url}`)
    t.equal(answer.headers['content-type'], type, `${url} is ${type}`)
    t.equal(answer.headers['cache-control'], type === problem ? 'public, max-age=60' : 'no-cache')
    t.equal(answer.headers.etag, undefined)
    if (type === problem) t.match(answer.json(), { type: 'about:blank', status, code: /^[A-Z_]+$/, title: String, detail: String })
  }
})

t.test('methods that change something are refused with what is allowed', async t => {
  const { app } = await serveTiny(t)
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH'] as const) {
    const answer = await app.inject({ method, url: '/tiny/api/v1/levels' })
    t.equal(answer.statusCode, 405, method)
    t.equal(answer.headers.allow, 'GET, HEAD, OPTIONS')
  }
  t.equal((await app.inject({ method: 'OPTIONS', url: '/tiny' })).statusCode, 204)
})

t.test('an unexpected failure tells the reader nothing and the log only the code and the place', async t => {
  const { get, app, editions, log } = await serveTiny(t)
  const { edition } = editions.findCurrent('tiny')!
  const fail = () => {
    throw Object.assign(new Error('the secret count is 7'), { code: 'E_SECRET' })
  }
  Object.defineProperty(edition, 'themes', { get: fail })
  for (const [url, type] of [['/tiny', 'text/html; charset=utf-8'], ['/tiny/api/v1/indicators', 'application/problem+json; charset=utf-8']] as const) {
    const answer = await get(url)
    t.equal(answer.statusCode, 500)
    t.equal(answer.headers['content-type'], type)
    t.equal(answer.headers['cache-control'], 'no-store')
    t.notMatch(answer.body, /secret|E_SECRET|\.ts/i)
  }
  const errors = log.lines.filter(line => JSON.parse(line).level >= 50)
  t.ok(errors.length >= 2)
  for (const line of errors) {
    t.notMatch(line, /secret count/)
    t.match(line, /E_SECRET/)
  }

  Object.defineProperty(edition, 'atlas', { get: fail })
  const worst = await get('/tiny')
  t.match(worst, { statusCode: 500, body: '500 Internal Server Error' }, 'also where the error page itself cannot be made')
  t.equal((await app.inject('/health/live')).statusCode, 200)
})

t.test('the log has the pattern of the path and no query, so that nobody can see who looked at what', async t => {
  const { get, log } = await serveTiny(t)
  await get('/tiny/gebiet/sozialraum/01?sprache=en', { 'user-agent': 'reader', referer: 'https://a.example/' })
  const line = JSON.parse(log.lines.at(-1)!)
  t.match(line, { method: 'GET', route: '/:atlas/gebiet/:level/:file', status: 200, ms: Number })
  t.notMatch(log.lines.join(), /sprache=en|127\.0\.0\.1|reader|a\.example/)
})

t.test('pages allow this server and nothing else; nothing sets a cookie; data may be read from anywhere', async t => {
  const { get } = await serveTiny(t)
  for (const url of ['/tiny', '/tiny/karte/sgb2-share/2024-12-31', '/tiny/karte/sgb2-share/2024-12-31.svg', '/nowhere']) {
    const { headers } = await get(url)
    t.match(headers['content-security-policy'], /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'$/, url)
    t.notMatch(headers['content-security-policy'], /unsafe|blob:|http/)
    t.equal(headers['set-cookie'], undefined)
    t.ok(headers['referrer-policy'])
    t.ok(headers['permissions-policy'])
  }
  t.equal((await get('/tiny')).headers['access-control-allow-origin'], undefined)
  for (const url of ['/tiny/api/v1/levels', '/tiny/karte/sgb2-share/2024-12-31.json', '/tiny/tiles/gaaaaaaaaaaaa/sozialraum/9/269/167.mvt', '/tiny/api/v1/nowhere']) {
    t.equal((await get(url)).headers['access-control-allow-origin'], '*', url)
  }
})

t.test('an internal server lets no shared cache keep anything and no other site read it', async t => {
  const { get, edition } = await serveTiny(t, { editions: [tinyEdition({ audience: 'internal' })], env: { ATLAS_AUDIENCE: 'internal', ATLAS_AUTH: 'proxy' } })
  const { headers } = await get(`/tiny/values/${edition.id}/sozialraum/sgb2-share.json`)
  t.equal(headers['cache-control'], 'private, max-age=604800, immutable')
  t.equal(headers['access-control-allow-origin'], undefined)
  t.equal((await get('/tiny')).headers['cache-control'], 'private, no-cache')
})

t.test('chooseEncoding', async t => {
  const cases: Array<[header: string | undefined, expected: string]> = [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;Q=1.0', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.9', 'gzip'],
    ['br;q=0, gzip;q=0', 'identity'],
    ['*', 'br'],
    ['*;q=0.1, gzip', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['identity, br;q=0.5', 'identity'],
    ['identity;q=0', 'identity'],
    ['deflate', 'identity'],
    ['gzip;q=abc', 'identity'],
    ['gzip;q=2', 'identity'],
    [',,gzip,', 'gzip'],
  ]
  for (const [header, expected] of cases) t.equal(chooseEncoding(header, ['br', 'gzip']), expected, `"${header}" gets ${expected}`)
  t.equal(chooseEncoding('br, gzip', ['gzip']), 'gzip', 'what does not exist is not chosen')
  t.equal(chooseEncoding('br', ['gzip']), 'identity')
})

t.test('matchesEntityTag', async t => {
  const cases: Array<[header: string | undefined, expected: boolean]> = [
    [undefined, false],
    ['"a"', true],
    ['W/"a"', true],
    ['"b"', false],
    ['"b", "a"', true],
    ['"b",W/"a"', true],
    ['"b,\\"a"', false],
    ['"x,y", "a"', true],
    ['*', true],
    ['a', false],
    ['', false],
  ]
  for (const [header, expected] of cases) t.equal(matchesEntityTag(header, '"a"'), expected, `${header} ${expected ? 'matches' : 'does not match'} "a"`)
})

t.test('ByteCache makes a value once for all who ask at the same time, and never holds more than its limit', async t => {
  const cache = new ByteCache<string>({ limitBytes: 10, sizeOf: text => text.length })
  let made = 0
  const make = async () => {
    made++
    return 'four'
  }
  t.strictSame(await Promise.all([cache.get('a', make), cache.get('a', make)]), ['four', 'four'])
  t.equal(made, 1)
  await cache.get('b', () => 'four')
  cache.find('a')
  await cache.get('c', () => 'four')
  t.equal(cache.find('b'), undefined, 'what was not used for the longest time goes first')
  t.ok(cache.find('a'))
  t.equal(cache.sizeBytes, 8)
  t.equal(await cache.get('d', () => 'more than ten'), 'more than ten', 'what is too large is made, not kept')
  t.equal(cache.sizeBytes, 8)
  await t.rejects(Promise.all([cache.get('e', () => { throw new Error('no') }), cache.get('e', () => 'never')]), { message: 'no' })
  t.equal(await cache.get('e', () => 'yes'), 'yes', 'a failure is not kept')
})
