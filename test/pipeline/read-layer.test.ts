import t from 'tap'
import iconv from 'iconv-lite'
import { strToU8, zipSync, type Zippable } from 'fflate'
import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { openArchive } from '../../pipeline/read/archive.ts'
import { readDbf, DbfError } from '../../pipeline/read/dbf.ts'
import { readLayer, type LayerOptions, type LayerResult, type SourceFeature } from '../../pipeline/read/layer.ts'
import { nestRings } from '../../pipeline/read/nest-rings.ts'
import { needsOpenData, openData } from '../open-data.ts'
import { codes } from './problem-codes.ts'
import { dbfBytes, shpBytes } from './shapefile-bytes.ts'

const prj = 'PROJCS["ETRS_1989_UTM_Zone_32N",GEOGCS["GCS_ETRS_1989",DATUM["D_ETRS_1989",SPHEROID["GRS_1980",6378137.0,298.257222101]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],' +
  'PARAMETER["Central_Meridian",9.0],PARAMETER["Scale_Factor",0.9996],UNIT["Meter",1.0]]'

const columns = [{ name: 'SR_NR', type: 'N', width: 4 }, { name: 'SR_NAME', type: 'C', width: 20 }, { name: 'SEIT', type: 'D', width: 8 }]
const rows = [['01', 'Altstadt', '20190101'], ['2', 'Süd', ''], ['003', 'Weiß', '00000000']]

/** A square with its south-west corner at x, y; clockwise as an outer ring of a shapefile. */
function square (x: number, y: number, side: number): number[] {
  return [x, y, x, y + side, x + side, y + side, x + side, y, x, y]
}

function reversed (ring: readonly number[]): number[] {
  const pairs = ring.flatMap((value, i) => i % 2 === 0 ? [[value, ring[i + 1]!]] : [])
  return pairs.toReversed().flat()
}

/** A sound shapefile of three areas; `overrides` replaces or (undefined) removes files. */
function shapefile (overrides: Record<string, Uint8Array | undefined> = {}): Record<string, Buffer> {
  const { shp, shx } = shpBytes([[square(0, 0, 10)], [square(10, 0, 10)], [square(20, 0, 10)]])
  const files = { 'gebiete.shp': shp, 'gebiete.shx': shx, 'gebiete.dbf': dbfBytes(columns, rows), 'gebiete.prj': Buffer.from(prj), ...overrides }
  return Object.fromEntries(Object.entries(files).flatMap(([name, bytes]) => bytes === undefined ? [] : [[name, Buffer.from(bytes)]]))
}

t.test('readLayer reads a shapefile', async t => {
  const read = async (t: TestFolders, files: Record<string, Buffer>, options: Partial<LayerOptions> = {}): Promise<LayerResult> =>
    await readLayer(path.join(t.testdir(files), 'gebiete.shp'), { displayName: 'gebiete.shp', ...options })

  t.test('with keys as they are written and dates as text', async t => {
    const { layer, problems } = await read(t, shapefile())
    t.same(problems, [])
    t.match(layer, { file: 'gebiete.shp', crs: prj, attributes: ['SR_NR', 'SR_NAME', 'SEIT'] })
    t.same(layer!.features.map(({ record, attributes }) => [record, ...Object.values(attributes)]), [
      [1, '01', 'Altstadt', '2019-01-01'], [2, '2', 'Süd', ''], [3, '003', 'Weiß', ''],
    ])
    t.same(layer!.features[0]!.parts, [[square(0, 0, 10)]])
  })

  const defects: Array<[name: string, files: Record<string, Uint8Array | undefined>, codes: string[], isRead: boolean]> = [
    ['without .dbf', { 'gebiete.dbf': undefined }, ['read-missing-dbf'], false],
    ['without .shx', { 'gebiete.shx': undefined }, ['read-missing-shx'], true],
    ['without .prj', { 'gebiete.prj': undefined }, ['read-missing-prj'], true],
    ['without any companion, all at once', { 'gebiete.dbf': undefined, 'gebiete.shx': undefined, 'gebiete.prj': undefined }, ['read-missing-shx', 'read-missing-prj', 'read-missing-dbf'], false],
    ['with a .shp cut off within a record', { 'gebiete.shp': shpBytes([[square(0, 0, 10)]]).shp.subarray(0, 200) }, ['read-truncated-shp'], false],
    ['with a .shp cut off between records', { 'gebiete.shp': shapefile()['gebiete.shp']!.subarray(0, 100 + 136) }, ['read-truncated-shp'], false],
    ['with a .shp that is none', { 'gebiete.shp': Buffer.alloc(200) }, ['read-no-shapefile'], false],
    ['with an empty .shp', { 'gebiete.shp': Buffer.alloc(0) }, ['read-no-shapefile'], false],
    ['with shapes of 3D models', { 'gebiete.shp': shpBytes([[square(0, 0, 1)]], 31).shp }, ['read-shape-type'], false],
    ['with more rows than shapes', { 'gebiete.dbf': dbfBytes(columns, [...rows, ['4', 'x', '']]) }, ['read-record-counts'], false],
    ['with an index of another file', { 'gebiete.shx': shpBytes([[square(0, 0, 10)]]).shx }, ['read-record-counts'], false],
    ['with a .dbf cut off', { 'gebiete.dbf': dbfBytes(columns, rows).subarray(0, 200) }, ['read-truncated-dbf'], false],
    ['with a .dbf that is none', { 'gebiete.dbf': Buffer.from('Nr;Name\n1;Altstadt\n2;Süd und Nord\n') }, ['read-no-dbf'], false],
    ['with a .cpg nobody understands', { 'gebiete.cpg': Buffer.from('System') }, ['read-unknown-cpg'], true],
    ['with a .cpg that is wrong', { 'gebiete.cpg': Buffer.from('UTF-8'), 'gebiete.dbf': dbfBytes(columns, rows, { encode: text => iconv.encode(text, 'cp1252') }) }, ['read-undecodable-attribute'], true],
  ]
  for (const [name, files, expected, isRead] of defects) {
    t.test(name, async t => {
      const { layer, problems } = await read(t, shapefile(files))
      t.same(codes(problems), expected)
      t.equal(layer !== undefined, isRead)
    })
  }

  t.test('whose record count lies without harm', async t => {
    const files = shapefile()
    const shp = files['gebiete.shp']!
    shp.writeInt32BE(1_000_000, 100 + 136 + 4)
    t.match(codes((await read(t, files)).problems), ['read-truncated-shp'])
    shp.writeInt32BE(-5, 100 + 136 + 4)
    const { problems } = await read(t, files)
    t.match(problems, [{ code: 'read-damaged-shp', facts: { record: 2 } }])
    const points = shapefile()
    points['gebiete.shp']!.writeInt32LE(2_000_000_000, 100 + 8 + 40)
    t.match(await read(t, points), { problems: [{ code: 'read-damaged-shp', place: { record: 1 } }] })
  })

  t.test('without .prj where the project states the system', async t => {
    const { layer, problems } = await read(t, shapefile({ 'gebiete.prj': undefined }), { crs: 'EPSG:25832' })
    t.same(problems, [])
    t.equal(layer!.crs, 'EPSG:25832')
  })

  t.test('skipping deleted rows with their shapes and reporting records without one', async t => {
    const { shp, shx } = shpBytes([[square(0, 0, 10)], null, [square(20, 0, 10)]])
    const { layer, problems } = await read(t, shapefile({ 'gebiete.shp': shp, 'gebiete.shx': shx, 'gebiete.dbf': dbfBytes(columns, rows, { deleted: [1] }) }))
    t.same(layer!.features.map(({ record, attributes, parts }) => [record, attributes.SR_NR, parts]), [[3, '003', [[square(20, 0, 10)]]]])
    t.match(problems, [{ code: 'read-deleted-records', severity: 'note' }, { code: 'read-empty-shapes', severity: 'warning', facts: { count: 1 } }])
  })

  t.test('with upper-case endings, and with junk behind the end', async t => {
    const files = Object.fromEntries(Object.entries(shapefile()).map(([name, bytes]) => [name.replace('gebiete.shp', 'gebiete.shp').replace(/\.(dbf|shx|prj)$/, ending => ending.toUpperCase()), bytes]))
    files['gebiete.shp'] = Buffer.concat([files['gebiete.shp']!, Buffer.alloc(64)])
    const { layer, problems } = await read(t, files)
    t.same(problems, [])
    t.equal(layer!.features.length, 3)
  })

  t.test('giving every hole to its own ring: an island in a hole with a hole of its own', async t => {
    const [sea, lake, island, pond] = [square(0, 0, 100), reversed(square(10, 10, 80)), square(20, 20, 60), reversed(square(30, 30, 10))]
    const { shp, shx } = shpBytes([[sea, lake, island, pond]])
    const { layer, problems } = await read(t, shapefile({ 'gebiete.shp': shp, 'gebiete.shx': shx, 'gebiete.dbf': dbfBytes(columns, rows.slice(0, 1)) }))
    t.same(problems, [])
    t.same(layer!.features[0]!.parts, [[sea, lake], [island, pond]])
  })
})

t.test('nestRings', async t => {
  const [outer, hole, other] = [square(0, 0, 10), square(2, 2, 2), square(20, 0, 5)]
  t.test('sorts by containment whichever way the rings run', async t => {
    for (const rings of [[outer, reversed(hole), other], [reversed(outer), hole, reversed(other)], [reversed(hole), other, outer]]) {
      const { polygons, sameDirection } = nestRings(rings)
      t.same(polygons.map(polygon => polygon.length).toSorted(), [1, 2])
      t.equal(sameDirection, 0)
    }
  })
  t.test('says when a hole runs like its outer ring', async t => {
    t.match(nestRings([outer, hole]), { polygons: [[outer, hole]], sameDirection: 1 })
  })
  t.test('keeps neighbours, twins and holes that touch their outer ring apart', async t => {
    t.equal(nestRings([outer, square(10, 0, 5)]).polygons.length, 2)
    t.equal(nestRings([outer, outer]).polygons.length, 2)
    t.equal(nestRings([outer, [0, 0, 5, 5, 10, 0, 0, 0]]).polygons.length, 1)
    t.equal(nestRings([outer, [0, 0, 10, 10, 0, 10, 0, 0]]).polygons.length, 1, 'all corners on the outer ring')
    t.equal(nestRings([]).polygons.length, 0)
    t.equal(nestRings([[1, 1]]).polygons.length, 1)
  })
})

t.test('readDbf', async t => {
  const text = [{ name: 'NAME', type: 'C', width: 12 }]
  const bytes = (encoding: string, languageByte = 0) => dbfBytes(text, [['Größe']], { languageByte, encode: value => iconv.encode(value, encoding as 'cp1252') })

  t.test('takes the encoding that was stated, then .cpg, language byte, UTF-8, windows-1252', async t => {
    const name = (buffer: Buffer, options = {}) => readDbf(buffer, options).records[0]!.NAME
    t.equal(name(bytes('cp850'), { stated: 'cp850', cpg: 'UTF-8' }), 'Größe')
    t.equal(name(bytes('utf8', 0x57), { cpg: 'UTF-8' }), 'Größe')
    t.equal(name(bytes('cp850'), { cpg: 'CP850\r\n' }), 'Größe')
    t.equal(name(bytes('cp850', 0x02)), 'Größe')
    t.equal(name(bytes('cp1252', 0x57)), 'Größe')
    t.equal(name(bytes('utf8')), 'Größe')
    t.equal(name(bytes('cp1252')), 'Größe')
    t.equal(readDbf(bytes('utf8', 0x57)).looksLikeUtf8, true)
  })

  t.test('tolerates column types of other programs', async t => {
    const table = readDbf(dbfBytes([{ name: 'ID', type: 'I', width: 4 }, { name: 'MEMO', type: 'M', width: 10 }, { name: 'X', type: '?', width: 3 }, { name: 'JA', type: 'L', width: 1 }],
      [['\x02\0\0\0', '', 'ab', '?'], ['', '', '', 'T']], {}))
    t.match(table.records[0], { ID: '2', MEMO: '', X: 'ab', JA: '' })
    t.match(table.records[1], { JA: 'T' })
    t.same(table.unreadable, ['MEMO'])
  })

  t.test('keeps columns apart whose names were cut to the same ten letters', async t => {
    const cut = [{ name: 'EINWOHNERZ', type: 'N', width: 3 }, { name: 'EINWOHNERZ', type: 'N', width: 3 }]
    t.same(readDbf(dbfBytes(cut, [['1', '2']])).records[0], { EINWOHNERZ: '1', EINWOHNERZ_1: '2' })
  })

  t.test('refuses what is no table', async t => {
    t.throws(() => readDbf(Buffer.alloc(10)), DbfError)
    t.throws(() => readDbf(Buffer.alloc(100)), DbfError)
    t.throws(() => readDbf(dbfBytes(text, [['a'], ['b']]).subarray(0, -13)), new DbfError('truncated', 2, 1))
  })
})

t.test('openArchive', async t => {
  const open = (files: Zippable) => openArchive(zipSync(files), 'x.zip')
  t.test('lists files with their folders, without what macOS adds', async t => {
    const { entries, problems } = open({ 'ordner/A.SHP': strToU8('shp'), '__MACOSX/ordner/._A.SHP': strToU8('x'), 'ordner/.DS_Store': strToU8('x') })
    t.same(problems, [])
    t.same(entries.map(({ name }) => name), ['ordner/A.SHP'])
    t.same(Buffer.from(entries[0]!.read()).toString(), 'shp')
  })

  t.test('refuses names that lead out of the folder', async t => {
    for (const name of ['../a.shp', 'a/../../b.shp', '/etc/a.shp', 'C:\\a.shp', '..\\a.shp', '\\\\server\\a.shp']) {
      const { entries, problems } = open({ [name]: strToU8('x') })
      t.same(codes(problems), ['read-zip-unsafe-name'], name)
      t.same(entries, [])
    }
  })

  t.test('refuses bombs by what they say, and never inflates more than they say', async t => {
    const bomb = zipSync({ 'a.shp': new Uint8Array(20 * 1024 * 1024) })
    t.same(codes(openArchive(bomb, 'x.zip').problems), ['read-zip-bomb'])
    new DataView(bomb.buffer, bomb.byteOffset).setUint32(directoryOf(bomb) + 24, 100, true)
    const { entries, problems } = openArchive(bomb, 'x.zip')
    t.same(problems, [])
    t.throws(() => entries[0]!.read(), { name: 'DamagedEntryError' })
    const large = zipSync({ 'a.shp': [strToU8('x'), { level: 0 }] })
    const view = new DataView(large.buffer, large.byteOffset)
    view.setUint32(directoryOf(large) + 24, 0x7fffffff, true)
    view.setUint32(directoryOf(large) + 20, 0x7fffffff, true)
    t.same(codes(openArchive(large, 'x.zip').problems), ['read-zip-too-large'])
  })

  t.test('refuses empty, encrypted, exotic and damaged archives', async t => {
    t.same(codes(open({}).problems), ['read-zip-empty'])
    t.same(codes(open({ '__MACOSX/a': strToU8('') }).problems), ['read-zip-empty'])
    t.same(codes(openArchive(strToU8('PK'), 'x.zip').problems), ['read-zip-damaged'])
    const change = (offset: number, value: number) => {
      const bytes = zipSync({ 'a.shp': strToU8('abcabcabc') })
      new DataView(bytes.buffer, bytes.byteOffset).setUint16(directoryOf(bytes) + offset, value, true)
      return openArchive(bytes, 'x.zip')
    }
    t.same(codes(change(8, 1).problems), ['read-zip-encrypted'])
    t.same(codes(change(10, 14).problems), ['read-zip-method'])
    t.throws(() => change(16, 0x1234).entries[0]!.read(), { name: 'DamagedEntryError' })
    t.throws(() => change(42, 0xffff).entries[0]!.read(), { name: 'DamagedEntryError' })
  })
})

/** Where the first record of the central directory begins. */
function directoryOf (bytes: Uint8Array): number {
  return Buffer.from(bytes).indexOf(Buffer.from('PK\x01\x02'))
}

t.test('readLayer reads an archive', async t => {
  const zip = async (t: TestFolders, files: Zippable, options: Partial<LayerOptions> = {}) => {
    const folder = t.testdir({ 'x.zip': Buffer.from(zipSync(files)) })
    return await readLayer(path.join(folder, 'x.zip'), { displayName: 'x.zip', ...options })
  }
  const renamed = (name: string) => Object.fromEntries(Object.entries(shapefile()).map(([file, bytes]) => [file.replace('gebiete', name), new Uint8Array(bytes)]))

  t.test('with folders and endings in any case', async t => {
    const files = Object.fromEntries(Object.entries(renamed('Daten/2019/Gebiete')).map(([name, bytes]) => [name.replace('.dbf', '.DBF').replace('.shp', '.Shp'), bytes]))
    const { layer, problems } = await zip(t, { ...files, 'Daten/liesmich.txt': strToU8('x') })
    t.same(problems, [])
    t.match(layer, { file: 'x.zip/Daten/2019/Gebiete.Shp', features: { length: 3 } })
  })

  t.test('with several layers only when told which', async t => {
    const files = { ...renamed('bezirke'), ...renamed('stadtteile') }
    t.match((await zip(t, files)).problems, [{ code: 'read-several-layers', facts: { layers: '"bezirke", "stadtteile"' } }])
    t.match((await zip(t, files, { layer: 'stadteile' })).problems, [{ code: 'read-unknown-layer', facts: { guess: 'stadtteile' } }])
    t.match((await zip(t, files, { layer: 'stadtteile' })).layer, { file: 'x.zip/stadtteile.shp' })
  })

  t.test('and says what is wrong with it', async t => {
    t.same(codes((await zip(t, { 'a.txt': strToU8('x') })).problems), ['read-zip-no-layer'])
    t.same(codes((await zip(t, {})).problems), ['read-zip-empty'])
    const folder = t.testdir({ 'kaputt.zip': 'no zip', 'karte.kml': '<kml/>', 'kreise.gpkg': 'x' })
    t.same(codes((await readLayer(path.join(folder, 'kaputt.zip'), { displayName: 'kaputt.zip' })).problems), ['read-zip-damaged'])
    t.same(codes((await readLayer(path.join(folder, 'karte.kml'), { displayName: 'karte.kml' })).problems), ['read-unknown-layer-format'])
    t.same(codes((await readLayer(path.join(folder, 'fehlt.shp'), { displayName: 'fehlt.shp' })).problems), ['read-missing-file'])
    t.same(codes((await readLayer(path.join(folder, 'karte.kml'), { displayName: 'karte.kml', encoding: 'klingonisch' })).problems), ['read-unknown-encoding'])
  })
})

t.test('readLayer on the open data', needsOpenData('torture'), async t => {
  t.test('agrees with the expected shapes of the shapefile package, attributes aside', async t => {
    const folder = openData('torture/shapefile-mbostock')
    const names = (await readdir(folder)).filter(name => name.endsWith('.dbf')).map(name => path.parse(name).name)
    for (const name of names) {
      const { layer, problems } = await readLayer(`${folder}/${name}.shp`, { displayName: name, crs: 'EPSG:4326', ...(name === 'latin1-property' ? { encoding: 'latin1' } : {}) })
      const expected = JSON.parse(await readFile(`${folder}/${name}.json`, 'utf8')) as { features: Array<{ geometry: Shape | null, properties: Record<string, unknown> }> }
      t.same(codes(problems.filter(({ severity }) => severity === 'error')), name === 'empty' ? ['read-no-features'] : [], name)
      const shapes = expected.features.filter(({ geometry }) => geometry !== null)
      t.same(layer!.features.map(pointsOf), shapes.map(({ geometry }) => (geometry!.coordinates as unknown[]).flat(9)), name)
      for (const [i, { properties }] of shapes.entries()) {
        for (const [column, value] of Object.entries(properties).filter(([, value]) => typeof value === 'string' && !name.startsWith('date'))) {
          t.equal(layer!.features[i]!.attributes[column], String(value).trimEnd(), `${name}.${column}`)
        }
      }
    }
    const dates = await readLayer(`${folder}/date-property.shp`, { displayName: 'dates' })
    t.match(dates.layer!.features[0]!.attributes, { date: '2013-01-02' })
  })

  t.test('never throws on bad GeoJSON and takes the good', async t => {
    for (const kind of ['bad', 'good']) {
      const folder = openData(`torture/geojsonhint/${kind}`)
      for (const name of (await readdir(folder)).filter(name => name.endsWith('.geojson'))) {
        const { layer, problems } = await readLayer(path.join(folder, name), { displayName: name })
        t.ok(layer !== undefined || problems.length > 0, name)
        codes(problems)
      }
    }
  })

  t.test('finds every area of Flensburg and of Germany', async t => {
    const flensburg = await readLayer(openData('flensburg/flensburg_stadtteile.zip'), { displayName: 'stadtteile.zip' })
    t.match(flensburg, { layer: { features: { length: 13 } }, problems: [] })
    t.match(flensburg.layer!.features[0]!.attributes, { AREA_ID: 'STGT03', AREA_NAME: '03 Nordstadt', LEVEL_NAME: 'STADT- ODER GEMEINDETEIL' })
    const districts = await readLayer(openData('germany/vg5000_gk3/VG5000_KRS.shp'), { displayName: 'VG5000_KRS.shp' })
    t.match(districts, { layer: { features: { length: 401 } }, problems: [] })
    t.match(districts.layer!.features[0]!.attributes, { AGS: '01001', GEN: 'Flensburg', BEGINN: '2019-10-04' })
  })
})

interface Shape { readonly coordinates: unknown }

function pointsOf ({ kind, parts }: SourceFeature): number[] {
  return (kind === 'polygon' ? parts.flat() : parts).flat()
}

type TestFolders = Pick<typeof t, 'testdir'>
