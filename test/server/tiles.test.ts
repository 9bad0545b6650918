import t from 'tap'
import type { Series } from '../../core/edition.ts'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader, PbfWriter } from 'pbf'
import { gunzipSync } from 'node:zlib'
import { checkTile } from '../../pipeline/tile/check-tile.ts'
import { encodeLayers } from '../../pipeline/tile/encode.ts'
import { joinTile, joinedPeriodLimit, newestPeriods } from '../../server/joined-tile.ts'
import { isInMatrix, parseTileAddress, tileBounds, touchesBounds } from '../../server/tile-address.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { serveTiny } from './serve-tiny.ts'

/** Properties of layer `areas` by area id, and the number of features in every layer. */
function readTile (bytes: Uint8Array) {
  const { layers } = new VectorTile(new PbfReader(bytes))
  const features = Object.fromEntries(Object.entries(layers).map(([name, layer]) =>
    [name, Array.from({ length: layer.length }, (_, i) => layer.feature(i))]))
  return {
    areas: Object.fromEntries((features.areas ?? []).map(({ id, properties }) => [id, { ...properties }])),
    geometry: Object.entries(features).map(([name, list]) => [name, list.map(feature => feature.loadGeometry())]),
  }
}

t.test('a joined tile has a status for every area and a value only where one is observed', async t => {
  const { get, edition } = await serveTiny(t)
  const bytes = (await get(`/tiny/tiles/${edition.id}/sozialraum/sgb2-share/10/538/335.mvt`)).rawPayload
  t.strictSame(checkTile(bytes), [], 'it is valid MVT 2.1')
  t.strictSame(readTile(bytes).areas, {
    1: { area: '01', name: 'Altstadt', s_2023_12_31: 'o', v_2023_12_31: 1234.5, s_2024_12_31: 'o', v_2024_12_31: 12.5 },
    2: { area: '02', name: 'Nordertor', s_2023_12_31: 'o', v_2023_12_31: 8.25, s_2024_12_31: 's' },
    3: { area: '03', name: 'Süd <& Groß>', s_2023_12_31: 'm', s_2024_12_31: 'm' },
  })
  const plain = (await get('/tiny/tiles/gaaaaaaaaaaaa/sozialraum/10/538/335.mvt')).rawPayload
  t.strictSame(readTile(bytes).geometry, readTile(plain).geometry, 'every layer has the geometry of the geometry tile')
})

t.test('every tile of the pyramid, joined, is valid', async t => {
  const { get, edition, store } = await serveTiny(t)
  const { tiles } = store.tiles.get('gaaaaaaaaaaaa')!
  for (const { z, x, y } of tiles) {
    const answer = await get(`/tiny/tiles/${edition.id}/sozialraum/sgb2-share/${z}/${x}/${y}.mvt`, { 'accept-encoding': 'br, gzip' })
    t.equal(answer.headers['content-encoding'], 'gzip')
    t.strictSame(checkTile(gunzipSync(answer.rawPayload)), [], `${z}/${x}/${y}`)
  }
})

t.test('periods are chosen by their id; one choice has one answer however it is written', async t => {
  const { get, edition } = await serveTiny(t)
  const url = (query: string) => `/tiny/tiles/${edition.id}/sozialraum/sgb2-share/10/538/335.mvt${query}`
  t.strictSame(Object.keys(readTile((await get(url('?periods=2023-12-31'))).rawPayload).areas[1]!), ['area', 'name', 's_2023_12_31', 'v_2023_12_31'])
  const [one, other] = [await get(url('?periods=2024-12-31,2023-12-31')), await get(url(''))]
  t.equal(one.headers.etag, other.headers.etag)
  const unknown = await get(url('?periods=2022'))
  t.match(unknown.json(), { status: 400, valid: ['2023-12-31', '2024-12-31'] })
})

t.test('without a choice a tile has the newest twelve periods', async t => {
  const periods = Array.from({ length: 20 }, (_, i) => String(2000 + i))
  t.strictSame(newestPeriods({ periods } as unknown as Series), periods.slice(-joinedPeriodLimit))
  t.equal(joinedPeriodLimit, 12)
})

t.test('an area that is called like a status does not make two equal values', async t => {
  const square = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]] as const
  const tile = encodeLayers({ areas: [{ type: 3, id: 1, tags: { area: 's', name: 'o' }, geometry: square as never }] })
  const series = { ...tinyEdition().series[0]!, periods: ['2024'], values: [[-0.5]], statuses: [['o' as const]] }
  const joined = joinTile(tile, series, ['2024'])
  t.strictSame(checkTile(joined), [])
  t.strictSame(readTile(joined).areas[1], { area: 's', name: 'o', s_2024: 'o', v_2024: -0.5 })
})

t.test('joinTile refuses what does not belong together', async t => {
  const [series] = tinyEdition().series
  const square = [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]] as const
  const foreign = encodeLayers({ areas: [{ type: 3, id: 9, tags: { area: '09' }, geometry: square as never }] })
  t.throws(() => joinTile(foreign, series!, ['2024-12-31']), new RangeError('no area with feature id 9'))
  t.throws(() => joinTile(foreign, series!, ['1999']), new RangeError('unknown period: 1999'))
  const broken = new PbfWriter()
  broken.writeVarintField(3, 7)
  t.throws(() => joinTile(broken.finish(), series!, []), RangeError)
  t.equal(joinTile(new Uint8Array(), series!, []).length, 0, 'an empty tile stays empty')
})

t.test('a joined tile of 542 areas and twelve periods is valid and holds them all', async t => {
  const count = 542
  const ring = Array.from({ length: 101 }, (_, i) => [Math.round(2048 + 900 * Math.cos(i / 50 * Math.PI)), Math.round(2048 + 900 * Math.sin(i / 50 * Math.PI))])
  const tile = encodeLayers({ areas: Array.from({ length: count }, (_, i) => ({ type: 3 as const, id: i + 1, tags: { area: String(i), name: `Area ${i}` }, geometry: [ring] as never })) })
  const periods = Array.from({ length: 12 }, (_, i) => String(2013 + i))
  const series: Series = {
    ...tinyEdition().series[0]!,
    periods,
    values: periods.map((_, p) => Array.from({ length: count }, (_, a) => (p * 7919 + a * 104729) % 1000 / 10)),
    statuses: periods.map(() => Array.from({ length: count }, () => 'o' as const)),
  }
  const joined = joinTile(tile, series, periods)
  t.strictSame(checkTile(joined), [])
  const { areas } = readTile(joined)
  t.equal(Object.keys(areas).length, count)
  t.equal(areas[542]!.v_2024, series.values[11]![541])
})

t.test('addresses of tiles', async t => {
  const { get, edition } = await serveTiny(t)
  const cases: Array<[status: number, place: string]> = [
    [200, '9/269/167'],
    [204, '11/1076/671'],
    [204, '12/2152/1342'],
    [404, '9/269/168'], // beside the bounds
    [404, '8/134/83'], // below the smallest zoom
    [404, '13/4304/2680'], // above the largest
    [404, '9/512/167'], // outside the matrix
    [404, '9/269/512'],
    [404, '9/781/167'], // 269 + 512: would wrap around the earth
    [404, '9/2147483647/167'],
    [404, '99/0/0'],
    [400, '09/269/167'],
    [400, '9/269/0167'],
    [400, '9/269.0/167'],
    [400, '9/269/-167'],
    [400, '9/2.69e2/167'],
    [400, '9/%20269/167'],
    [400, '9/+269/167'],
    [400, 'NaN/0/0'],
    [400, '9/269/167@2x'],
  ]
  const start = tinyEdition().geometries[0]!.bounds
  t.ok(touchesBounds({ z: 9, x: 269, y: 167 }, start))
  for (const [status, place] of cases) {
    for (const root of ['gaaaaaaaaaaaa/sozialraum', `${edition.id}/sozialraum/sgb2-share`]) {
      const answer = await get(`/tiny/tiles/${root}/${place}.mvt`)
      const [z, x, y] = place.split('/').map(Number) as [number, number, number]
      // Which tiles of the border are empty is decided by the cover of the bounds, not by hand.
      const expected = status === 204 && !touchesBounds({ z, x, y }, start) ? 404 : status
      t.equal(answer.statusCode, expected, `${expected} ${root}/${place}`)
      t.notMatch(expected >= 400 ? answer.headers['cache-control'] : '', /immutable/)
    }
  }
})

t.test('a tile within the bounds where nothing is drawn is an empty answer that may be kept', async t => {
  const edition = tinyEdition()
  const wide = edition.geometries.map(geometry => ({ ...geometry, bounds: { west: 9.0, south: 52.5, east: 9.5, north: 52.8 } }))
  const { get, app } = await serveTiny(t, { editions: [tinyEdition({ geometries: wide })] })
  for (const method of ['GET', 'HEAD'] as const) {
    const answer = await app.inject({ method, url: '/tiny/tiles/gaaaaaaaaaaaa/sozialraum/12/2150/1342.mvt' })
    t.equal(answer.statusCode, 204)
    t.equal(answer.rawPayload.length, 0)
    t.equal(answer.headers['content-length'], undefined)
    t.equal(answer.headers['cache-control'], 'public, max-age=31536000, immutable')
  }
  const id = (await get('/tiny/api/v1/editions')).json().current
  t.match(await get(`/tiny/tiles/${id}/sozialraum/sgb2-share/12/2150/1342.mvt`), { statusCode: 204, headers: { 'cache-control': 'public, max-age=604800, immutable' } })
})

t.test('parseTileAddress, isInMatrix, tileBounds', async t => {
  t.strictSame(parseTileAddress({ z: '0', x: '0', y: '0' }), { z: 0, x: 0, y: 0 })
  t.equal(parseTileAddress({ z: '', x: '0', y: '0' }), undefined)
  t.equal(isInMatrix({ z: 0, x: 0, y: 0 }), true)
  t.equal(isInMatrix({ z: 0, x: 1, y: 0 }), false)
  t.strictSame(tileBounds({ z: 1, x: 0, y: 1 }), { west: -180, south: -85.05112877980659, east: 0, north: 0 })
})

t.test('TileJSON names absolute addresses from the configuration, bounds, zooms and fields', async t => {
  const { get, edition } = await serveTiny(t)
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }
  const geometry = (await get(`/tiny/tiles/${edition.id}/sozialraum.json`, headers)).json()
  t.match(geometry, {
    tilejson: '3.0.0',
    tiles: ['https://atlas.example/tiny/tiles/gaaaaaaaaaaaa/sozialraum/{z}/{x}/{y}.mvt'],
    minzoom: 9,
    maxzoom: 12,
    bounds: [9.2, 52.64, 9.26, 52.66],
    attribution: 'Kleinstadt',
  })
  t.strictSame(geometry.vector_layers.map(({ id }: { id: string }) => id), ['areas', 'borders', 'labels'])
  const joined = (await get(`/tiny/tiles/${edition.id}/sozialraum/sgb2-share.json?periods=2024-12-31`, headers)).json()
  t.strictSame(joined.tiles, [`https://atlas.example/tiny/tiles/${edition.id}/sozialraum/sgb2-share/{z}/{x}/{y}.mvt?periods=2024-12-31`])
  t.strictSame(joined.vector_layers[0].fields, { area: 'String', name: 'String', s_2024_12_31: 'String', v_2024_12_31: 'Number' })
  t.equal(joined.attribution, 'Kleinstadt; Statistik der Bundesagentur für Arbeit; Kleinstadt, Einwohnermelderegister')

  const place = joined.tiles[0].replace('https://atlas.example', '').replace('{z}', '10').replace('{x}', '538').replace('{y}', '335')
  const tile = readTile((await get(place)).rawPayload)
  t.strictSame(Object.keys(tile.areas[1]!).toSorted(), Object.keys(joined.vector_layers[0].fields).toSorted(), 'the fields are those of the tiles')
})

t.test('without a public address TileJSON names this machine', async t => {
  const { get, edition } = await serveTiny(t, { env: { ATLAS_PUBLIC_URL: '', ATLAS_HOST: '0.0.0.0', ATLAS_PORT: '9000' } })
  t.match((await get(`/tiny/tiles/${edition.id}/stadt.json`, { host: 'evil.example' })).json().tiles[0], /^http:\/\/localhost:9000\/tiny\/tiles\//)
})

t.test('boundaries above the area limit have no topology and say where the tiles are', async t => {
  const { get, editions } = await serveTiny(t)
  const { tileSet } = editions.findCurrent('tiny')!.levels.get('sozialraum')!
  Object.assign(tileSet, { topology: null })
  t.match((await get('/tiny/geometry/gaaaaaaaaaaaa/sozialraum.topo.json')).json(), { status: 404, code: 'ATLAS_NO_TOPOLOGY', valid: ['/tiny/tiles/gaaaaaaaaaaaa/sozialraum/{z}/{x}/{y}.mvt'] })
})
