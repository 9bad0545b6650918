import t from 'tap'
import { tinyEdition } from '../tiny-edition.ts'
import { serveTiny } from './serve-tiny.ts'

t.test('search engines are kept from what programs read, and from everything internal', async t => {
  const open = await serveTiny(t)
  t.match((await open.get('/robots.txt')).body, /^User-agent: \*\nDisallow: \/\*\/api\/\n/)
  t.notMatch((await open.get('/robots.txt')).body, 'tiny', 'no name of an atlas')
  t.notMatch((await open.get('/robots.txt')).body, /^Disallow: \/$/m)
  const inside = await serveTiny(t, { editions: [tinyEdition({ audience: 'internal' })], env: { ATLAS_AUDIENCE: 'internal', ATLAS_AUTH: 'proxy' } })
  t.equal((await inside.get('/robots.txt')).body, 'User-agent: *\nDisallow: /\n')
  t.equal((await inside.get('/tiny')).headers['x-robots-tag'], 'noindex, nofollow')
})

t.test('a page of an older edition is not to be listed, and a page of the current one is', async t => {
  const older = tinyEdition()
  const newer = tinyEdition({ atlas: { ...older.atlas, title: 'Neuer' } })
  const { get } = await serveTiny(t, { editions: [older, newer] })
  t.match((await get(`/tiny?ausgabe=${older.id}`)).body, '<meta name="robots" content="noindex">')
  t.notMatch((await get('/tiny')).body, 'name="robots"')
  t.notMatch((await get(`/tiny?ausgabe=${newer.id}`)).body, 'name="robots"')
})

t.test('one page has one canonical address, whatever was appended to the one it was reached by', async t => {
  const { get } = await serveTiny(t)
  t.match((await get('/tiny?sprache=de')).body, '<link rel="canonical" href="https://atlas.example/tiny')
  const shared = await get('/tiny?utm_source=brief')
  t.equal(shared.statusCode, 302)
  t.equal(shared.headers.location, '/tiny')
})
