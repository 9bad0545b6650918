import t from 'tap'
import type { Edition } from '../../core/edition.ts'
import type { Served } from './serve-tiny.ts'
import { editionPaths, listPaths } from '../../server/paths.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { serveTiny } from './serve-tiny.ts'

/** Routes that show nothing of an edition. */
const apart = ['/health/live', '/health/ready', '/robots.txt', '/assets/*']

/** Patterns of the routes that answered, from the log. */
function answeredRoutes ({ log }: Served): Set<string> {
  return new Set(log.lines.map(line => (JSON.parse(line) as { route: string }).route))
}

t.test('every route is reached by some path of an edition, and every path is answered', async t => {
  for (const address of ['pinned', 'current'] as const) {
    const served = await serveTiny(t)
    const kinds = new Set<string>()
    for (const { path, kind } of editionPaths(served.edition, { address })) {
      const { statusCode, headers } = await served.get(path)
      const expected = kind === 'form' || path === '/' ? [302] : kind.endsWith('tile') ? [200, 204] : [200]
      if (!expected.includes(statusCode)) t.fail(`${path} (${kind}) answers ${statusCode}`)
      if (statusCode === 302) t.ok(headers.location, path)
      kinds.add(kind)
    }
    t.ok(kinds.size > 12)
    t.strictSame(served.routes.filter(route => !apart.includes(route) && !answeredRoutes(served).has(route)), [],
      'a new route needs a path in server/paths.ts, or nobody audits what it answers')
  }
})

t.test('every cell has its view, its twins in both languages, its rows and its tile', async t => {
  const edition = tinyEdition()
  const paths = new Set([...editionPaths(edition)].map(({ path }) => path))
  for (const { level, indicator, periods } of edition.series) {
    for (const period of periods) {
      const place = level === 'sozialraum' ? '' : `ebene=${level}&`
      for (const format of ['', '.csv', '.json', '.geojson', '.svg']) {
        for (const language of ['', '&sprache=en']) {
          const path = `/tiny/karte/${indicator}/${period}${format}?${place}ausgabe=${edition.id}${language}`
          t.ok(paths.has(path), path)
        }
      }
      t.ok(paths.has(`/tiny/api/v1/values?level=${level}&indicator=${indicator}&period=${period}&edition=${edition.id}`))
    }
    t.ok(paths.has(`/tiny/values/${edition.id}/${level}/${indicator}.json`))
  }
  const count = (list: Edition) => [...editionPaths(list)].length
  t.equal(paths.size, count(edition), 'each once')
})

t.test('every tile there is has its path, also at the edge of the world', async t => {
  const { store, edition } = await serveTiny(t)
  const paths = new Set([...editionPaths(edition)].map(({ path }) => path))
  for (const { id, geometry } of edition.levels) {
    for (const { z, x, y } of store.tiles.get(geometry)!.tiles) t.ok(paths.has(`/tiny/tiles/${geometry}/${id}/${z}/${x}/${y}.mvt`))
  }
  const world = { west: -180, south: -85.05, east: 180, north: 85.05 }
  const wide = tinyEdition({
    atlas: { ...edition.atlas, tiles: { minZoom: 0, maxZoom: 1 } },
    geometries: edition.geometries.map(geometry => ({ ...geometry, bounds: world })),
  })
  t.equal([...editionPaths(wide)].filter(({ kind, path }) => kind === 'geometry-tile' && path.includes('/stadt/')).length, 1 + 4)
})

t.test('tiles with more periods than a tile carries are there with all of them', async t => {
  const periods = Array.from({ length: 14 }, (_, i) => String(2010 + i))
  const tiny = tinyEdition()
  const fill = <T>(value: T) => periods.map(() => [value, value, value])
  const edition = tinyEdition({
    indicators: tiny.indicators.map(indicator => ({ ...indicator, periods: periods.map(period => ({ ...indicator.periods[0]!, period })) })),
    series: [{ ...tiny.series[0]!, periods, values: fill(1), statuses: fill('o' as const), reasons: fill(null), flags: fill(null) }],
  })
  const { get } = await serveTiny(t, { editions: [edition] })
  const [path] = [...editionPaths(edition)].filter(({ path }) => path.includes('?periods=')).map(({ path }) => path)
  t.equal((await get(path!)).statusCode, 200)
})

t.test('what a cache must let go of: pages and files one by one, joined tiles by their beginning, no geometry', async t => {
  const edition = tinyEdition()
  const named = [...listPaths(edition, { wasCurrent: false })]
  t.ok(named.every(path => !path.includes('gaaaaaaaaaaaa')))
  t.strictSame(named.filter(path => path.endsWith('/')), edition.series.map(({ level, indicator }) => `/tiny/tiles/${edition.id}/${level}/${indicator}/`))
  t.ok(named.includes(`/tiny?ausgabe=${edition.id}`))
  t.notOk(named.includes('/tiny'))
  const all = [...listPaths(edition)]
  t.ok(all.includes('/tiny') && all.includes('/tiny/karte/sgb2-share/2024-12-31.csv'))
  t.equal(new Set(all).size, all.length)
})
