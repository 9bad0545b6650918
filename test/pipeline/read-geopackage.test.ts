import t from 'tap'
import { strToU8, zipSync } from 'fflate'
import { readFile, readdir, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { readLayer, type LayerOptions, type LayerResult } from '../../pipeline/read/layer.ts'
import { readWkb } from '../../pipeline/read/wkb.ts'
import { needsOpenData, openData } from '../open-data.ts'
import { databaseBytes, gpkgGeometry, gpkgLayer, gpkgSchema, wkbLine, wkbMultiPolygon, wkbPoint, wkbPolygon } from './geopackage-bytes.ts'
import { codes } from './problem-codes.ts'

const square = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0]
const hole = [2, 2, 2, 4, 4, 4, 4, 2, 2, 2]

function town (): Buffer {
  const columns = '"Schlüssel" TEXT, "Einwohner" INTEGER, "Anteil" REAL, "bewohnt" BOOLEAN, "seit" DATE, "Foto" BLOB, "doppelt" INTEGER AS (1/0)'
  return databaseBytes(gpkgSchema + gpkgLayer('Stadtteile', columns), run => {
    const add = (...values: Array<string | number | Uint8Array | null>) => run('INSERT INTO Stadtteile VALUES (?, ?, ?, ?, ?, ?, ?, ?)', values)
    add(1, gpkgGeometry(wkbMultiPolygon([[square, hole]])), '01', 9007199254740991, 0.25, 1, '2019-01-01', Buffer.from('bild'))
    add(2, null, '02', null, null, null, null, null)
    add(5, gpkgGeometry(wkbPolygon([square])), ' 03', -1, 5, 0, null, null)
  })
}

async function read (t: TestFolders, bytes: Uint8Array, options: Partial<LayerOptions> = {}, name = 'stadt.gpkg'): Promise<LayerResult> {
  return await readLayer(path.join(t.testdir({ [name]: Buffer.from(bytes) }), name), { displayName: name, ...options })
}

t.test('readLayer reads a GeoPackage', async t => {
  t.test('with all attributes as text, keys with their zeros, calculated columns left out', async t => {
    const { layer, problems } = await read(t, town())
    t.same(codes(problems), ['read-unreadable-column', 'read-empty-shapes'])
    t.match(layer, { file: 'stadt.gpkg', crs: 'EPSG:25832', attributes: ['fid', 'Schlüssel', 'Einwohner', 'Anteil', 'bewohnt', 'seit', 'Foto'] })
    t.same(layer!.features.map(({ record, attributes }) => [record, ...Object.values(attributes)]), [
      [1, '1', '01', '9007199254740991', '0.25', 'true', '2019-01-01', ''],
      [3, '5', ' 03', '-1', '5', 'false', '', ''],
    ])
    t.same(layer!.features[0]!.parts, [[square, hole]])
  })

  t.test('whatever its name ends with, and within a zip', async t => {
    t.equal((await read(t, town(), {}, 'stadt.sqlite')).layer!.features.length, 2)
    const zipped = await read(t, zipSync({ 'daten/stadt.GPKG': town() }), {}, 'stadt.zip')
    t.match(zipped.layer, { file: 'stadt.zip/daten/stadt.GPKG', features: { length: 2 } })
  })

  t.test('only when told which table, where there are several', async t => {
    const bytes = databaseBytes(gpkgSchema + gpkgLayer('Bezirke', '') + gpkgLayer('Stadtteile', ''), run => {
      for (const table of ['Bezirke', 'Stadtteile']) run(`INSERT INTO "${table}" VALUES (1, ?)`, [gpkgGeometry(wkbPolygon([square]))])
    })
    t.match((await read(t, bytes)).problems, [{ code: 'read-several-layers', facts: { layers: '"Bezirke", "Stadtteile"' } }])
    t.match((await read(t, bytes, { layer: 'Stadteile' })).problems, [{ code: 'read-unknown-layer', facts: { guess: 'Stadtteile' } }])
    t.match(await read(t, bytes, { layer: 'Stadtteile' }), { layer: { file: 'stadt.gpkg/Stadtteile', features: [{ kind: 'polygon' }] }, problems: [] })
  })

  t.test('and leaves nothing behind, neither copies nor locks', async t => {
    const folder = t.testdir({ 'a.gpkg': town(), temporary: {} })
    t.intercept(os, 'tmpdir', { value: () => path.join(folder, 'temporary') })
    await readLayer(path.join(folder, 'a.gpkg'), { displayName: 'a.gpkg' })
    t.same(await readdir(folder), ['a.gpkg', 'temporary'])
    t.same(await readdir(path.join(folder, 'temporary')), [])
  })

  t.test('unless another program has it open', async t => {
    const folder = t.testdir({ 'a.gpkg': town(), 'a.gpkg-wal': 'pages' })
    t.match((await readLayer(path.join(folder, 'a.gpkg'), { displayName: 'a.gpkg' })).problems, [{ code: 'geopackage-unsaved', facts: { name: 'a.gpkg-wal' } }])
    const logged = town()
    logged[18] = logged[19] = 2
    await writeFile(path.join(folder, 'a.gpkg'), logged)
    await writeFile(path.join(folder, 'a.gpkg-wal'), '')
    t.equal((await readLayer(path.join(folder, 'a.gpkg'), { displayName: 'a.gpkg' })).layer?.features.length, 2, 'a log that is empty misses nothing')
  })
})

t.test('the coordinate system of a GeoPackage is a number, a text or a question', async t => {
  const bytes = (srs: number) => databaseBytes(gpkgSchema + gpkgLayer('A', '', srs), run => { run('INSERT INTO A VALUES (1, ?)', [gpkgGeometry(wkbPolygon([square]))]) })
  t.match(await read(t, bytes(100001)), { layer: { crs: 'PROJCS["own"]' }, problems: [] })
  t.match(await read(t, bytes(-1)), { layer: { crs: null }, problems: [{ code: 'geopackage-no-crs' }] })
  t.match(await read(t, bytes(4711), { crs: 'EPSG:25833' }), { layer: { crs: 'EPSG:25833' }, problems: [] })
})

t.test('a GeoPackage that cannot be read is answered with a sentence', async t => {
  const shape = (blob: Uint8Array) => databaseBytes(gpkgSchema + gpkgLayer('A', ''), run => { run('INSERT INTO A VALUES (1, ?)', [blob]) })
  const view = `CREATE VIEW A AS WITH RECURSIVE n(fid) AS (SELECT 1 UNION ALL SELECT fid + 1 FROM n) SELECT fid, NULL AS geom FROM n;
    INSERT INTO gpkg_contents VALUES ('A', 'features', 'A', 25832); INSERT INTO gpkg_geometry_columns VALUES ('A', 'geom', 'POLYGON', 25832, 0, 0);`
  const collection = Buffer.from(wkbMultiPolygon([]))
  collection.writeUInt32LE(7, 1)
  const curve = Buffer.from(wkbPolygon([]))
  curve.writeUInt32LE(10, 1)
  const cases: Array<[name: string, bytes: Uint8Array, codes: string[]]> = [
    ['no database', Buffer.from('nichts'), ['geopackage-no-database']],
    ['an empty file', Buffer.alloc(0), ['geopackage-no-database']],
    ['a database of another kind', databaseBytes('CREATE TABLE a (b)'), ['geopackage-no-contents']],
    ['only raster images', databaseBytes(gpkgSchema), ['geopackage-no-layer']],
    ['a file cut off', town().subarray(0, 9000), ['geopackage-damaged']],
    ['a view that counts for ever', databaseBytes(gpkgSchema + view), ['geopackage-view']],
    ['an index that is a view', databaseBytes('CREATE TABLE gpkg_geometry_columns (a); CREATE VIEW gpkg_contents AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n'), ['geopackage-no-contents']],
    ['a collection', shape(gpkgGeometry(collection)), ['read-geometry-collection']],
    ['curves', shape(gpkgGeometry(curve)), ['read-geometry-type']],
    ['a shape that ends too early', shape(gpkgGeometry(wkbPolygon([square]).subarray(0, 60))), ['geopackage-damaged-shape']],
    ['a shape that promises four billion rings', shape(gpkgGeometry(Buffer.from('0103000000ffffffff', 'hex'))), ['geopackage-damaged-shape']],
    ['text instead of a shape', shape(Buffer.from('POLYGON')), ['geopackage-damaged-shape']],
    ['a ring that is not closed', shape(gpkgGeometry(wkbPolygon([square.slice(0, -2)]))), ['read-open-rings']],
    ['a shape that says it is empty', shape(gpkgGeometry(wkbPolygon([]), 0x11)), ['read-empty-shapes']],
    ['no row', databaseBytes(gpkgSchema + gpkgLayer('A', '')), ['read-no-features']],
  ]
  for (const [name, bytes, expected] of cases) t.same(codes((await read(t, bytes)).problems), expected, name)
})

t.test('readWkb', async t => {
  t.same(readWkb(wkbPoint(1, 2)), { kind: 'point', parts: [[1, 2]] })
  t.same(readWkb(wkbPoint(NaN, NaN)), undefined, 'a point without a position is no shape')
  t.same(readWkb(wkbLine([0, 0, 1, 1])), { kind: 'line', parts: [[0, 0, 1, 1]] })
  const high = square.flatMap((value, i) => i % 2 === 0 ? [value] : [value, 7])
  t.same(readWkb(wkbPolygon([high], { code: 1000, dimensions: 3 })), { kind: 'polygon', parts: [[square]] }, 'heights are dropped')
  t.same(readWkb(wkbPolygon([high], { code: 0x80000000, dimensions: 3 })), { kind: 'polygon', parts: [[square]] }, 'as PostGIS marks them too')
})

t.test('a folder of layers asks which is meant, in any case of the endings', async t => {
  const geojson = JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: { nr: '01' }, geometry: { type: 'Point', coordinates: [9, 52] } }] })
  const folder = t.testdir({ both: { 'a.GeoJSON': geojson, 'b.GPKG': town(), 'liesmich.txt': '' }, one: { 'a.GEOJSON': geojson, 'liesmich.txt': '' }, none: { 'a.txt': '' } })
  const open = async (name: string, layer?: string) => await readLayer(path.join(folder, name), { displayName: name, layer })
  t.match((await open('both')).problems, [{ code: 'read-several-layers', facts: { layers: '"a", "Stadtteile"' } }])
  t.match((await open('both', 'Stadtteile')).layer, { file: 'both/b.GPKG' })
  t.match(await open('one'), { layer: { file: 'one/a.GEOJSON', features: { length: 1 } }, problems: [] })
  t.match((await open('none')).problems, [{ code: 'read-folder-no-layer' }])
  t.match((await read(t, zipSync({ 'b.gpkg': strToU8('nichts') }), {}, 'a.zip')).problems, [{ code: 'geopackage-no-database', place: { file: 'a.zip/b.gpkg' } }])
})

t.test('the rivers of another reader are read as GDAL reads them', needsOpenData('torture/geopackage'), async t => {
  const folder = openData('torture/geopackage')
  const { layer, problems } = await readLayer(path.join(folder, 'rivers_small.gpkg'), { displayName: 'rivers' })
  t.same(problems, [])
  t.equal(layer!.crs, 'EPSG:3857')
  const expected = JSON.parse(await readFile(path.join(folder, 'rivers_small.geojson'), 'utf8')).features[0]
  t.equal(layer!.features[0]!.attributes['property_1'], expected.properties.property_1)
  t.equal((layer!.features[0]!.parts as number[][])[0]!.length, expected.geometry.coordinates.length * 2)
  t.match((await readLayer(path.join(folder, 'rivers_multi.gpkg'), { displayName: 'rivers' })).problems, [{ code: 'read-several-layers' }])
})

type TestFolders = Pick<typeof t, 'testdir'>
