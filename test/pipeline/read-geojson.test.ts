import t from 'tap'
import path from 'node:path'
import { JsonError, parseJson } from '../../pipeline/read/json.ts'
import { readLayer, type LayerOptions } from '../../pipeline/read/layer.ts'
import { codes } from './problem-codes.ts'

t.test('readLayer reads GeoJSON', async t => {
  const read = async (t: TestFolders, text: string | Buffer, options: Partial<LayerOptions> = {}) =>
    await readLayer(path.join(t.testdir({ 'g.geojson': text }), 'g.geojson'), { displayName: 'g.geojson', ...options })
  const ring = '[[[9,52],[10,52],[10,53],[9,52]]]'
  const feature = (properties: string, geometry = `{"type":"Polygon","coordinates":${ring}}`) => `{"type":"Feature","properties":${properties},"geometry":${geometry}}`
  const collection = (features: string[], members = '') => `{"type":"FeatureCollection",${members}"features":[${features.join(',')}]}`

  t.test('with attributes as the very text of the file', async t => {
    const { layer, problems } = await read(t, '\ufeff' + collection([
      feature('{"key":"01011101","number":12.50,"long":12345678901234567890,"null":null,"yes":true,"list":[1.0, 2],"__proto__":"x","umlaut":"Stra\\u00dfe \\"Süd\\""}'),
      feature('null'),
    ]))
    t.same(problems, [])
    t.same(layer!.attributes, ['key', 'number', 'long', 'null', 'yes', 'list', '__proto__', 'umlaut'])
    t.same(Object.values(layer!.features[0]!.attributes), ['01011101', '12.50', '12345678901234567890', '', 'true', '[1.0, 2]', 'x', 'Straße "Süd"'])
    t.equal(layer!.features[1]!.attributes.key, '')
    t.same(layer!.features[0]!.parts, [[[9, 52, 10, 52, 10, 53, 9, 52]]])
  })

  t.test('in the system it names', async t => {
    const crs = (name: string) => collection([feature('{}')], `"crs":{"type":"name","properties":{"name":"${name}"}},`)
    for (const [name, expected] of [['urn:ogc:def:crs:EPSG::25833', 'EPSG:25833'], ['urn:ogc:def:crs:EPSG:6.9:25832', 'EPSG:25832'], ['EPSG:31467', 'EPSG:31467'],
      ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'], ['http://www.opengis.net/def/crs/EPSG/0/3035', 'EPSG:3035'], ['http://www.opengis.net/def/crs/OGC/1.3/CRS84', 'EPSG:4326']] as const) {
      t.equal((await read(t, crs(name))).layer!.crs, expected, name)
    }
    t.equal((await read(t, collection([feature('{}')]))).layer!.crs, 'EPSG:4326')
    t.match(await read(t, crs('Gauß')), { layer: { crs: null }, problems: [{ code: 'read-unknown-crs-member' }] })
    t.match(await read(t, crs('Gauß'), { crs: 'EPSG:31467' }), { layer: { crs: 'EPSG:31467' }, problems: [] })
  })

  t.test('with all kinds of shapes', async t => {
    const { layer, problems } = await read(t, collection([
      feature('{}', '{"type":"LineString","coordinates":[[1,2,99],[3,4]]}'), feature('{}', '{"type":"MultiPoint","coordinates":[[1,2],[3,4]]}'),
      feature('{}', '{"type":"MultiLineString","coordinates":[[[1,2],[3,4]]]}'), feature('{}', '{"type":"Point","coordinates":[1,2]}'),
      feature('{}', `{"type":"MultiPolygon","coordinates":[${ring}]}`),
    ]))
    t.same(problems, [])
    t.same(layer!.features.map(({ kind, parts }) => [kind, parts]), [
      ['line', [[1, 2, 3, 4]]], ['point', [[1, 2], [3, 4]]], ['line', [[1, 2, 3, 4]]], ['point', [[1, 2]]], ['polygon', [[[9, 52, 10, 52, 10, 53, 9, 52]]]],
    ])
    t.match(await read(t, feature('{"a":1}')), { layer: { features: [{ attributes: { a: '1' } }] }, problems: [] }, 'a single feature')
  })

  t.test('and reports every bad feature at once', async t => {
    const { layer, problems } = await read(t, collection([
      feature('{}', 'null'),
      feature('{}', '{"type":"GeometryCollection","geometries":[]}'),
      feature('{}', '{"type":"Ployon","coordinates":[]}'),
      feature('{}', '{"type":"Polygon","coordinates":[[9,52],[10,52]]}'),
      feature('{}', '{"type":"Polygon","coordinates":[[["9","52"]]]}'),
      feature('[1]'),
      '{"type":"Fature"}', 'null',
      feature('{"n":1}', '{"type":"Polygon","coordinates":[[[9,52],[10,52],[10,53]]]}'),
    ]))
    t.same(codes(problems), ['read-geometry-collection', 'read-geometry-type', 'read-invalid-coordinates', 'read-invalid-coordinates', 'read-no-properties',
      'read-no-feature', 'read-no-feature', 'read-empty-shapes', 'read-open-rings'])
    t.same(problems.slice(0, 3).map(({ place }) => place.record), [2, 3, 4])
    t.same(layer!.features.map(({ record }) => record), [9])
  })

  const broken: Array<[name: string, text: string | Buffer, code: string, place: object]> = [
    ['nothing', '', 'read-empty-file', {}],
    ['no JSON', '{"type":\n  oops}', 'read-no-json', { line: 2, column: 3 }],
    ['a cut off file', '{"type":"FeatureCollection","features":[', 'read-no-json', { line: 1, column: 41 }],
    ['nesting without end', '['.repeat(100_000), 'read-no-json', { line: 1 }],
    ['TopoJSON', '{"type":"Topology"}', 'read-no-feature-collection', {}],
    ['a list', '[]', 'read-no-feature-collection', {}],
    ['null', 'null', 'read-no-feature-collection', {}],
    ['no features', '{"type":"FeatureCollection","features":[]}', 'read-no-features', {}],
    ['cp1252', Buffer.from(collection([feature('{"n":"Köln"}')]), 'latin1'), 'read-undecodable', { line: 1 }],
  ]
  for (const [name, text, code, place] of broken) {
    t.test(`refuses ${name}`, async t => {
      const { problems } = await read(t, text)
      t.same(codes(problems), [code])
      t.match(problems[0]!.place, place)
    })
  }

  t.test('unless somebody says that it is cp1252', async t => {
    const { layer } = await read(t, Buffer.from(collection([feature('{"n":"Köln"}')]), 'latin1'), { encoding: 'windows-1252' })
    t.equal(layer!.features[0]!.attributes.n, 'Köln')
  })

  t.test('agrees with JSON.parse on what is JSON', async t => {
    for (const text of ['{}', '[]', '{"a":[1,-0.5e3,true,false,null,"\\n\\u00e4\\ud83d\\ude00"]}', ' [ 1 , 2 ] ', '"x"', '0']) {
      const plain = (value: unknown): unknown => value instanceof Map ? Object.fromEntries([...value].map(([key, member]) => [key, plain(member)])) : Array.isArray(value) ? value.map(plain) : value
      t.same(plain(parseJson(text)), JSON.parse(text), text)
    }
    for (const text of ['', '{', '[1,]', '{"a":1,}', '{a:1}', "'a'", '01', '1.', '+1', '.5', 'NaN', '"\n"', '"\\x"', '[1]]', 'truee', '"abc']) {
      t.throws(() => parseJson(text), JsonError, text)
    }
  })
})

type TestFolders = Pick<typeof t, 'testdir'>
