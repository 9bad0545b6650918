import t from 'tap'
import { auditEdition } from '../../commands/artefacts.ts'
import { editionPaths } from '../../server/paths.ts'
import { withoutBase } from '../../server/base-path.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { serveTiny, testAssets, tilesOf } from './serve-tiny.ts'

const publicUrl = 'https://town.example/sozialatlas'
const base = '/sozialatlas'

t.test('what lies beside the base is not below it', async t => {
  t.equal(withoutBase('/sozialatlas', base), '/')
  t.equal(withoutBase('/sozialatlas?sprache=en', base), '/?sprache=en')
  t.equal(withoutBase('/sozialatlas/town', base), '/town')
  t.equal(withoutBase('/sozialatlas2/town', base), undefined)
  t.equal(withoutBase('/town', base), undefined)
  t.equal(withoutBase('/town', ''), '/town')
})

t.test('every link of every page stays below the base path and is answered', async t => {
  const { get, edition } = await serveTiny(t, { env: { ATLAS_PUBLIC_URL: publicUrl } })
  const assets = new Set(Object.values(testAssets.urls).map(url => `${base}${url}`))
  const waiting = new Set([base, ...[...editionPaths(edition, { address: 'current' })].filter(({ kind }) => kind === 'page').map(({ path }) => `${base}${path}`)])
  const outside: string[] = []
  const dead: string[] = []
  // A set that grows while it is walked is walked to its end.
  for (const url of waiting) {
    const { statusCode, headers, body } = await get(url)
    if (statusCode >= 400) dead.push(`${statusCode} ${url}`)
    const type = String(headers['content-type'])
    const found = headers.location !== undefined ? [String(headers.location)] : type.startsWith('text/html') ? linksOf(body) : []
    for (const link of found) {
      const path = link.replace('https://town.example/', '/').split('#')[0]!
      if (!path.startsWith(`${base}/`)) outside.push(`${link} in ${url}`)
      else if (!assets.has(path)) waiting.add(path)
    }
  }
  t.strictSame(outside, [])
  t.strictSame(dead, [])
  t.ok(waiting.size > 50, `${waiting.size} addresses`)
})

/** Addresses of ours in a page; those that its script asks for are tried in a real browser. */
function linksOf (html: string): string[] {
  const attributes = [...html.matchAll(/(?:href|src|action)="([^"]+)"/g)].map(([, link]) => link!.replaceAll('&amp;', '&'))
  return attributes.filter(link => !/^(#|mailto:|https:\/\/(?!town\.example))/.test(link))
}

t.test('descriptions for programs name the base path, and their tiles are there', async t => {
  const { get, edition } = await serveTiny(t, { env: { ATLAS_PUBLIC_URL: publicUrl } })
  const { servers } = (await get(`${base}/tiny/api/v1/openapi.json`)).json() as { servers: Array<{ url: string }> }
  t.equal(servers[0]!.url, `${publicUrl}/tiny`)
  const { id } = edition.levels[0]!
  const { tiles, minzoom } = (await get(`${base}/tiny/tiles/${edition.id}/${id}.json`)).json() as { tiles: [string], minzoom: number }
  t.ok(tiles[0].startsWith(`${publicUrl}/tiny/tiles/`))
  const place = [...editionPaths(edition)].find(({ kind }) => kind === 'geometry-tile')!.path.match(/\d+\/\d+\/\d+(?=\.mvt$)/)![0]
  t.equal(Number(place.split('/')[0]), minzoom)
  const tile = tiles[0].replace('https://town.example', '').replace('{z}/{x}/{y}', place)
  t.ok([200, 204].includes((await get(tile)).statusCode), tile)
  t.match((await get(`${base}/tiny/values/current/${id}/sgb2-share.json`)).headers.location, new RegExp(`^${base}/tiny/values/${edition.id}/`))
})

t.test('without the base there is nothing but the health of the process, whatever a client calls itself', async t => {
  const { get } = await serveTiny(t, { env: { ATLAS_PUBLIC_URL: publicUrl } })
  for (const url of ['/', '/tiny', '/tiny/api/v1/levels', '/assets/0a1b/viewer.js', '/sozialatlas2/tiny', '//town.example/sozialatlas/tiny']) {
    t.equal((await get(url)).statusCode, 404, url)
  }
  t.equal((await get('/health/ready')).statusCode, 200)
  t.equal((await get(`${base}/health/ready`)).statusCode, 200)
  t.equal((await get(`${base}/assets/0a1b/viewer.js`)).statusCode, 200)
  const plain = await get(`${base}/tiny`)
  const lied = await get(`${base}/tiny`, { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-prefix': '/evil', 'x-forwarded-proto': 'gopher' })
  t.equal(lied.body, plain.body)
  t.equal(lied.headers.etag, plain.headers.etag)
})

t.test('errors lead to places below the base path, for people and for programs', async t => {
  const { get } = await serveTiny(t, { env: { ATLAS_PUBLIC_URL: publicUrl } })
  t.match((await get(`${base}/nowhere`)).body, /href="\/sozialatlas\/"/)
  const { nearest } = (await get(`${base}/tiny/karte/sgb2-share/1999.json`)).json() as { nearest: string }
  t.ok(nearest.startsWith(`${base}/tiny/karte/`), nearest)
  t.equal((await get(`${base}/tiny/`)).headers.location, `${base}/tiny`)
})

t.test('an atlas may have the name of the base path', async t => {
  const { get } = await serveTiny(t, { env: { ATLAS_PUBLIC_URL: 'https://town.example/tiny' } })
  t.equal((await get('/tiny')).headers.location, '/tiny/tiny')
  t.equal((await get('/tiny/tiny')).statusCode, 200)
})

t.test('the audit of finished bytes reads pages below a base path, digits in it or not', async t => {
  const edition = tinyEdition()
  const tiles = await tilesOf(edition)
  const read = async (publicUrl: string) => (await auditEdition(edition, tiles, { scope: 'quick', publicUrl })).findings.map(({ code, path, cell }) => `${code} ${path} ${cell}`)
  t.strictSame(await read('https://town24.example/atlas_2024'), await read('https://town24.example'), 'of this made-up edition it finds something either way')
})
