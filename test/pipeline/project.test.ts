import t from 'tap'
import { readFile } from 'node:fs/promises'
import { formatProblem } from '../../core/problem.ts'
import { findCode, knownCrs, parseEpsgCode, toProj4 } from '../../pipeline/project/crs.ts'
import { findOperation, makeOperation, type Operation } from '../../pipeline/project/operation.ts'
import { parseWkt } from '../../pipeline/project/wkt.ts'
import { projectLayer } from '../../pipeline/project/project-layer.ts'
import type { SourceFeature, SourceLayer } from '../../pipeline/read/layer.ts'

const nienburg = { west: 9, south: 52.5, east: 9.4, north: 52.8 }

function layerOf (crs: string | null, ...features: SourceFeature[]): SourceLayer {
  return { file: 'gebiete.shp', crs, attributes: [], features }
}

function polygon (record: number, ...rings: number[][]): SourceFeature {
  return { record, attributes: {}, kind: 'polygon', parts: [rings] }
}

/** A square of 100 m (or of 0.001 degrees) with its south-west corner there, clockwise as in a shapefile. */
function square (x: number, y: number, side = 100): number[] {
  return [x, y, x, y + side, x + side, y + side, x + side, y, x, y]
}

function getOperation (text: string): Operation {
  const operation = findOperation(text)
  if ('fault' in operation) throw new RangeError(operation.found)
  return operation
}

/** On a sphere, which is near enough to say how many millimetres two answers differ. */
function distanceMetres ([lonA, latA]: readonly [number, number], [lonB, latB]: readonly [number, number]): number {
  const metresPerDegree = 111_320
  return Math.hypot((lonA - lonB) * metresPerDegree * Math.cos(latA * Math.PI / 180), (latA - latB) * metresPerDegree)
}

t.test('every known system agrees with PROJ 9.1.1 and its BETA2007 grid to a millimetre', async t => {
  const points = JSON.parse(await readFile('fixtures/projection/points.json', 'utf8')) as Array<{ crs: string, place: string, x: number, y: number, lon: number, lat: number }>
  t.ok(points.length >= 20)
  let farthest = 0
  for (const { crs, place, x, y, lon, lat } of points) {
    const found = getOperation(crs).toLonLat(x, y)
    if (found === 'outside-grid') throw new RangeError(`${crs} ${place} is outside of the grid`)
    const metres = distanceMetres(found, [lon, lat])
    t.ok(metres < 0.001, `${crs} ${place}: ${metres.toFixed(5)} m`)
    farthest = Math.max(farthest, metres)
  }
  t.comment(`farthest from PROJ: ${(farthest * 1000).toFixed(3)} mm`)
})

t.test('a datum without its shift would be 190 m off, which is why DHDN goes through the grid', async t => {
  const hamburg = [3565931.019, 5935973.212] as const
  const right = getOperation('EPSG:31467').toLonLat(...hamburg)
  const wrong = makeOperation({ ...knownCrs.get('EPSG:31467')!, datum: 'WGS 84' }, 'no shift').toLonLat(...hamburg)
  if (right === 'outside-grid' || wrong === 'outside-grid') throw new RangeError('Hamburg is in the grid')
  t.ok(distanceMetres(right, wrong) > 100)
  t.match(toProj4(knownCrs.get('EPSG:31467')!), /ellps=bessel/)
})

t.test('a .prj is recognised by its numbers, whatever its name', async t => {
  const esri = (name: string, datum: string, projection: string, parameters: Record<string, number>) =>
    `PROJCS["${name}",GEOGCS["GCS",DATUM["${datum}",SPHEROID["S",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],` +
    `PROJECTION["${projection}"],${Object.entries(parameters).map(([key, value]) => `PARAMETER["${key}",${value}]`).join(',')},UNIT["Meter",1.0]]`
  const utm = { False_Easting: 500000.0, False_Northing: 0.0, Central_Meridian: 9.0, Scale_Factor: 0.9996, Latitude_Of_Origin: 0.0 }
  const source = (text: string) => getOperation(text).source

  t.equal(source(esri('ETRS_1989_UTM_Zone_32N', 'D_ETRS_1989', 'Transverse_Mercator', utm)), 'EPSG:25832')
  t.equal(source(esri('WGS_1984_UTM_Zone_32N', 'D_WGS_1984', 'Transverse_Mercator', utm)), 'EPSG:32632')
  t.equal(source(esri('ETRS89 / UTM zone 33N', 'European_Terrestrial_Reference_System_1989', 'Transverse_Mercator', { ...utm, Central_Meridian: 15 })), 'EPSG:25833')
  t.equal(source(esri('ETRS_1989_UTM_Zone_32N', 'D_ETRS_1989', 'Transverse_Mercator', { ...utm, False_Easting: 32500000 })), 'EPSG:4647', 'the name lies')
  t.equal(source(esri('DHDN_3_Degree_Gauss_Zone_3', 'D_Deutsches_Hauptdreiecksnetz', 'Gauss_Kruger', { ...utm, False_Easting: 3500000, Scale_Factor: 1 })), 'EPSG:31467')
  t.equal(source(esri('DHDN_Soldner_Berlin', 'D_Deutsches_Hauptdreiecksnetz', 'Cassini', {
    False_Easting: 40000, False_Northing: 10000, Central_Meridian: 13.62720366666667, Scale_Factor: 1, Latitude_Of_Origin: 52.41864827777778,
  })), 'EPSG:3068')
  t.equal(source(esri('ETRS_1989_LAEA', 'D_ETRS_1989', 'Lambert_Azimuthal_Equal_Area', {
    False_Easting: 4321000, False_Northing: 3210000, Central_Meridian: 10, Latitude_Of_Origin: 52,
  })), 'EPSG:3035')
  t.equal(source('GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["Degree",0.017453292519943295]]'), 'EPSG:4326')
  t.equal(source('PROJCRS["ETRS89 / UTM zone 32N",BASEGEOGCRS["ETRS89",ID["EPSG",4258]],CONVERSION["UTM zone 32N"],ID["EPSG",25832]]'), 'EPSG:25832', 'WKT 2 by its code')

  const local = esri('Local', 'D_ETRS_1989', 'Transverse_Mercator', { ...utm, Central_Meridian: 9.2, False_Easting: 1000 })
  t.equal(source(local), '.prj', 'a system of its own is computed')
  const central = getOperation(local).toLonLat(1000, 5832300)
  if (central === 'outside-grid') throw new RangeError('no grid is used here')
  t.ok(distanceMetres(central, [9.2, 52.6406768]) < 0.1)

  t.match(parseWkt(esri('S42', 'D_Pulkovo_1942', 'Gauss_Kruger', utm)), { fault: 'datum', found: 'D_Pulkovo_1942' })
  t.match(parseWkt(esri('x', 'D_ETRS_1989', 'Krovak', utm)), { fault: 'method', found: 'Krovak' })
  t.match(parseWkt('GEOGCS["x",DATUM["D_WGS_1984",SPHEROID["x",1,2]],PRIMEM["Ferro",-17.6666],UNIT["Degree",0.0174]]'), { fault: 'meridian' })
  for (const broken of ['', 'garbage', 'PROJCS[', 'PROJCS["x"', 'LOCAL_CS["x"]', 'a["b",constructor["c"]]']) {
    t.match(parseWkt(broken), { fault: 'no-wkt' }, JSON.stringify(broken))
  }
  t.same([...knownCrs].filter(([, crs]) => findCode(crs) === undefined), [])
})

t.test('a code is read in the ways people write it', async t => {
  for (const text of ['EPSG:25832', 'epsg:25832', '25832', 'urn:ogc:def:crs:EPSG::25832', ' EPSG:25832 ']) t.equal(parseEpsgCode(text), 'EPSG:25832', text)
  for (const text of ['', 'EPSG', 'EPSG:', 'UTM 32', 'EPSG:25832x']) t.equal(parseEpsgCode(text), undefined, text)
})

t.test('projectLayer', async t => {
  await t.test('answers integers of 1e-7 degree, outer rings counter-clockwise, holes clockwise, closed', async t => {
    const hole = [514130, 5832330, 514160, 5832330, 514160, 5832360, 514130, 5832330]
    const { shapes, operation, problems } = projectLayer(layerOf('EPSG:25832', polygon(1, square(514108.45, 5832300.738), hole)), { bounds: nienburg })
    t.same(problems, [])
    t.equal(operation, 'EPSG:25832 → EPSG:4326')
    const [outer, inner] = shapes![0]!.polygons[0]!
    t.same(outer!.slice(0, 2), [92085000, 526405000])
    t.same(outer!.slice(0, 2), outer!.slice(-2))
    t.ok(outer!.every(Number.isInteger))
    t.ok(areaSign(outer!) > 0)
    t.ok(areaSign(inner!) < 0)
  })

  await t.test('closes open rings, drops repeated points, and keeps degrees exactly', async t => {
    const ring = [9.1, 52.6, 9.1, 52.6, 9.2, 52.6, 9.20000000001, 52.6, 9.2, 52.7]
    const { shapes } = projectLayer(layerOf('EPSG:4326', polygon(1, ring)), { bounds: nienburg })
    t.same(shapes![0]!.polygons, [[[91000000, 526000000, 92000000, 526000000, 92000000, 527000000, 91000000, 526000000]]])
  })

  await t.test('keeps lines open and says that points are no areas', async t => {
    const { shapes, problems } = projectLayer(layerOf('EPSG:4326',
      { record: 1, attributes: { NAME: 'Weser' }, kind: 'line', parts: [[9.1, 52.6, 9.2, 52.7]] },
      { record: 2, attributes: {}, kind: 'point', parts: [[9.1, 52.6]] }), { bounds: nienburg })
    t.same(shapes![0], { record: 1, attributes: { NAME: 'Weser' }, polygons: [], lines: [[91000000, 526000000, 92000000, 527000000]] })
    t.match(problems, [{ code: 'project-points', severity: 'warning' }])
  })

  await t.test('prefers the system the project states', async t => {
    const { operation, problems } = projectLayer(layerOf('EPSG:25833', polygon(1, square(514108, 5832300))), { bounds: nienburg, crs: 'EPSG:25832' })
    t.equal(operation, 'EPSG:25832 → EPSG:4326')
    t.same(problems, [])
  })

  const refusals: Array<[name: string, crs: string, ring: number[], expected: { code: string, next: RegExp }]> = [
    ['swapped axes', 'EPSG:25832', square(5832300, 514108), { code: 'project-outside-bounds', next: /Achsen sind vertauscht/ }],
    ['latitude before longitude', 'EPSG:4326', square(52.64, 9.2, 0.001), { code: 'project-outside-bounds', next: /Achsen sind vertauscht/ }],
    ['eastings with zone prefix read as 25832', 'EPSG:25832', square(32514108, 5832300), { code: 'project-not-finite', next: /EPSG:4647/ }],
    ['the neighbouring zone', 'EPSG:25833', square(514108, 5832300), { code: 'project-outside-bounds', next: /EPSG:25832/ }],
    ['metres read as degrees', 'EPSG:4326', square(514108, 5832300), { code: 'project-not-finite', next: /EPSG:25832/ }],
    ['degrees read as metres', 'EPSG:25832', square(9.2, 52.64, 0.001), { code: 'project-outside-bounds', next: /EPSG:4326/ }],
    ['Gauss-Krüger read as UTM', 'EPSG:25832', square(3514186, 5834194), { code: 'project-outside-bounds', next: /EPSG:31467/ }],
    ['a place outside the grid', 'EPSG:31467', square(3514186, 4834194), { code: 'project-outside-grid', next: /Beim Absender/ }],
    ['another town', 'EPSG:25832', square(527866, 6070763), { code: 'project-outside-bounds', next: /Beim Absender/ }],
    ['no numbers at all', 'EPSG:25832', [NaN, NaN, 1, 2, 3, 4, NaN, NaN], { code: 'project-not-finite', next: /Beim Absender/ }],
  ]
  for (const [name, crs, ring, { code, next }] of refusals) {
    await t.test(`refuses ${name} and says what would fit`, async t => {
      const { shapes, problems } = projectLayer(layerOf(crs, polygon(1, ring)), { bounds: nienburg })
      t.equal(shapes, undefined)
      t.match(problems, [{ code, severity: 'error' }])
      t.match(formatProblem(problems[0]!, 'de'), next)
      t.notMatch(formatProblem(problems[0]!, 'en'), /\{\w+\}/)
    })
  }

  await t.test('says in words where a layer lies instead', async t => {
    const { problems } = projectLayer(layerOf('EPSG:4326', polygon(1, square(52.64, 9.2, 0.02))), { bounds: nienburg })
    t.match(formatProblem(problems[0]!, 'de'), 'gelesen als EPSG:4326 liegt die Ebene bei 52,65° östlicher Länge und 9,21° nördlicher Breite')
  })

  await t.test('names the records that alone lie outside', async t => {
    const { problems } = projectLayer(layerOf('EPSG:25832', polygon(1, square(514108, 5832300)), polygon(7, square(600000, 5832300))), { bounds: nienburg })
    t.match(problems, [{ code: 'project-partly-outside-bounds', place: { file: 'gebiete.shp', record: 7 }, facts: { count: 1, of: 2 } }])
  })

  await t.test('refuses what it cannot compute, naming what it can', async t => {
    for (const [crs, code] of [['EPSG:2398', 'project-unknown-crs'], ['UTM', 'project-unknown-crs'],
      ['GEOGCS["x",DATUM["D_Pulkovo_1942",SPHEROID["x",1,2]]]', 'project-unknown-datum']] as const) {
      const { shapes, problems } = projectLayer(layerOf(crs, polygon(1, square(1, 1))), { bounds: nienburg })
      t.equal(shapes, undefined)
      t.match(problems, [{ code }])
    }
    const { problems } = projectLayer(layerOf('EPSG:2398'), { bounds: nienburg })
    t.match(formatProblem(problems[0]!, 'de'), 'EPSG:25832')
    t.same(projectLayer(layerOf(null, polygon(1, square(1, 1))), { bounds: nienburg }), { operation: '', problems: [] })
  })
})

function areaSign (ring: readonly number[]): number {
  let sum = 0
  for (let i = 0; i + 3 < ring.length; i += 2) sum += (ring[i]! - ring[0]!) * (ring[i + 3]! - ring[1]!) - (ring[i + 2]! - ring[0]!) * (ring[i + 1]! - ring[1]!)
  return Math.sign(sum)
}
