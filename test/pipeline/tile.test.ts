import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t from 'tap'
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'
import { feature } from 'topojson-client'
import type { FeatureCollection, MultiPolygon as GeoMultiPolygon } from 'geojson'
import type { GeometryCollection, MultiLineString, Topology } from 'topojson-specification'
import type { Ring } from '../../core/area.ts'
import type { Tile } from '../../core/tile.ts'
import type { DrawnArea } from '../draw-areas.ts'
import { landArea, locate, signedArea } from '../../pipeline/ring.ts'
import { checkTile } from '../../pipeline/tile/check-tile.ts'
import { encodeLayers, toTags } from '../../pipeline/tile/encode.ts'
import { coverBounds, toDegrees, toWorld } from '../../pipeline/tile/mercator.ts'
import { cleanPolygon } from '../../pipeline/tile/rings.ts'
import { tileGeometry } from '../../pipeline/tile/tile.ts'
import { atZoom, crookedTown, toGeometry } from '../crooked-town.ts'
import { drawAreas } from '../draw-areas.ts'

const unit = (degrees: number): number => Math.round(degrees * 1e7)

type Position = readonly [x: number, y: number]

/** By counting how many rings are around the place: holes take away what outer rings give. */
const isWithin = (place: Position, rings: readonly Ring[]): boolean => rings.filter(ring => locate(place, ring) === 1).length % 2 === 1

function decode (tile: Tile): VectorTile {
  return new VectorTile(new PbfReader(gunzipSync(tile.gzip)))
}

t.test('the cover has whole tiles inside the matrix, also beyond the Mercator limit, at the poles and at 180°', async t => {
  t.strictSame(coverBounds({ west: -180, south: -90, east: 180, north: 90 }, 2), { minX: 0, minY: 0, maxX: 3, maxY: 3 })
  t.strictSame(coverBounds({ west: 10, south: 86, east: 11, north: 89 }, 3), { minX: 4, minY: 0, maxX: 4, maxY: 0 })
  t.strictSame(coverBounds({ west: 179, south: 0, east: 180, north: 1 }, 3), { minX: 7, minY: 3, maxX: 7, maxY: 4 })
  t.throws(() => coverBounds({ west: 9, south: 52, east: 10, north: 53 }, 8.5), { message: 'invalid zoom: 8.5; expected an integer from 0 to 24' })
})

t.test('the Mercator plane is left as it was entered', async t => {
  for (const [lon, lat] of [[9.2, 52.64], [-179.9, -85], [13.4050001, 0]] as const) {
    const degrees = toDegrees(toWorld(unit(lon), unit(lat)))
    t.strictSame(degrees.map(unit), [unit(lon), unit(lat)])
  }
})

t.test('what clipping leaves behind is cleaned: repeated points, spikes, empty rings, holes without land', async t => {
  t.strictSame(cleanPolygon([[0, 0, 4, 0, 4, 0, 4, 4, 4, 6, 4, 4, 0, 4, 0, 0]]), [[0, 0, 4, 0, 4, 4, 0, 4, 0, 0]])
  t.equal(cleanPolygon([[0, 0, 4, 0, 0, 0]]), undefined)
  t.equal(cleanPolygon([[0, 0, 4, 0, 8, 0, 0, 0], [1, 1, 2, 1, 2, 2, 1, 1]]), undefined, 'the hole goes with its outer ring')
  t.strictSame(cleanPolygon([[0, 0, 0, 9, 9, 9, 9, 0, 0, 0], [1, 1, 3, 1, 3, 3, 1, 1], [5, 5, 5, 5, 6, 6, 5, 5], [8, 8, 12, 8, 12, 12, 8, 8]]), [
    [0, 0, 9, 0, 9, 9, 0, 9, 0, 0], [1, 1, 3, 3, 3, 1, 1, 1],
  ], 'outer positive, hole negative; the flat hole and the one that sticks out are gone')
})

t.test('a property that vt-pbf would corrupt is refused', async t => {
  for (const name of ['constructor', 'toString', '__proto__', 'Name', 'v-2024', '', '2024']) {
    t.throws(() => toTags(Object.fromEntries([[name, 'x']])), { message: `invalid property name: ${name}; expected ^[a-z][a-z0-9_]{0,62}$` })
  }
  for (const value of [NaN, Infinity, 2 ** 60]) t.throws(() => toTags({ v_2024: value }), { message: /^invalid number for property v_2024/ })
  t.strictSame(toTags({ area: '01001000', v_2024: 0, gone: null, never: undefined }), { area: '01001000', v_2024: 0 })
})

t.test('a feature id that vt-pbf would change is refused', async t => {
  for (const id of [0, -5, 1.5, NaN, 2 ** 60]) {
    t.throws(() => encodeLayers({ areas: [{ type: 1, id, tags: {}, geometry: [[1, 1]] }] }), { message: `invalid feature id: ${id}; expected a positive integer` })
  }
})

t.test('the tiles of a town', async t => {
  const { geometry, areas } = toGeometry(crookedTown)
  const steps: Array<[number, number]> = []
  const { tiles, problems } = await tileGeometry({ geometry, areas, minZoom: 0, maxZoom: 12, onProgress: (done, total) => steps.push([done, total]) })
  t.strictSame(problems, [])

  t.test('are ordered by zoom, column and row, each once, and lie within the bounds', async t => {
    const places = tiles.tiles.map(({ z, x, y }) => [z, x, y] as const)
    t.strictSame(places, places.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]))
    t.equal(new Set(places.map(String)).size, places.length)
    for (const [z, x, y] of places) {
      const cover = coverBounds(geometry.bounds, z)
      t.ok(x >= cover.minX && x <= cover.maxX && y >= cover.minY && y <= cover.maxY)
    }
  })

  t.test('hold every area at every zoom under the same id, key as text', async t => {
    for (let zoom = 0; zoom <= 12; zoom++) {
      const found = new Map<number, unknown>()
      for (const tile of tiles.tiles.filter(({ z }) => z === zoom)) {
        const layer = decode(tile).layers['areas']!
        for (let i = 0; i < layer.length; i++) found.set(layer.feature(i).id!, { ...layer.feature(i).properties })
      }
      t.strictSame([...found].toSorted(([a], [b]) => a - b), areas.map(({ id, name }, i) => [i + 1, { area: id, name }]), `zoom ${zoom}`)
    }
  })

  t.test('are MVT version 2 of 4096 steps and follow the specification', async t => {
    for (const tile of tiles.tiles) {
      const bytes = gunzipSync(tile.gzip)
      t.strictSame(checkTile(bytes), [])
      t.ok(bytes.equals(brotliDecompressSync(tile.brotli)), 'both encodings hold the same bytes')
      for (const layer of Object.values(decode(tile).layers)) t.match(layer, { version: 2, extent: 4096 })
    }
  })

  t.test('leave no place of the town uncovered, and cover none twice', async t => {
    // Half steps are on no vertex; the outermost lie where tiles meet.
    const steps = [0.5, ...Array.from({ length: 30 }, (_, i) => 65.5 + 134 * i), 4095.5]
    let inside = 0
    for (const tile of tiles.tiles.filter(({ z }) => z >= 8)) {
      const drawn = atZoom(crookedTown, tile.z, tile.z === 12 ? 1 : 2).areas
      const layer = decode(tile).layers['areas']
      const cut = Array.from({ length: layer?.length ?? 0 }, (_, i) => layer!.feature(i))
        .map(area => ({ id: area.id!, rings: area.loadGeometry().map(points => points.flatMap(({ x, y }) => [x, y])) }))
      const differing: unknown[] = []
      for (const place of steps.flatMap(x => steps.map((y): Position => [x, y]))) {
        const world: Position = [tile.x * 4096 + place[0], tile.y * 4096 + place[1]]
        const found = cut.filter(({ rings }) => isWithin(place, rings)).map(({ id }) => id)
        const expected = drawn.flatMap((shape, i) => isWithin(world, shape.flat()) ? [i + 1] : [])
        if (found.length > 1 || String(found) !== String(expected)) differing.push({ place, found, expected })
        inside += found.length
      }
      t.strictSame(differing, [], `${tile.z}/${tile.x}/${tile.y}`)
    }
    t.ok(inside > 500, `${inside} places inside`)
  })

  t.test('label every area once at the last zoom, at the same place wherever there is room', async t => {
    const labels = tiles.tiles.flatMap(tile => {
      const layer = decode(tile).layers['labels']
      return Array.from({ length: layer?.length ?? 0 }, (_, i) => ({ z: tile.z, ...layer!.feature(i).properties }))
    }) as Array<{ z: number, area: string, r: number }>
    t.strictSame(labels.filter(({ z }) => z === 12).map(({ area }) => area).toSorted(), areas.map(({ id }) => id))
    t.equal(labels.filter(({ z }) => z === 0).length, 0, 'none where none can be read')
    for (const zoom of [9, 10, 11]) {
      const at = labels.filter(({ z }) => z === zoom).map(({ area }) => area)
      t.equal(new Set(at).size, at.length, `zoom ${zoom}`)
    }
    t.strictSame(labels.filter(({ z }) => z === 12).find(({ area }) => area === 'C')!.r, geometry.labels[2]!.radiusMetres)
  })

  t.test('have two kinds of borders, and no false line along the edge of a tile', async t => {
    for (const tile of tiles.tiles.filter(({ z }) => z === 12)) {
      const layer = decode(tile).layers['borders']
      for (let i = 0; i < (layer?.length ?? 0); i++) {
        const border = layer!.feature(i)
        t.strictSame(Object.keys(border.properties), ['outer'])
        t.equal(border.type, 2)
        for (const line of border.loadGeometry()) {
          for (let p = 1; p < line.length; p++) t.notOk(line[p]!.x === line[p - 1]!.x && [-64, 4160].includes(line[p]!.x))
        }
      }
    }
  })

  t.test('come with a topology of the whole level', async t => {
    const topology = JSON.parse(gunzipSync(tiles.topology!.gzip).toString()) as Topology<{ areas: GeometryCollection, borders: MultiLineString }>
    t.strictSame(topology.objects.areas.geometries.map(({ id, properties }) => ({ id, properties })),
      areas.map(({ id, name }, i) => ({ id: i + 1, properties: { area: id, name } })))
    const { features } = feature(topology, topology.objects.areas) as FeatureCollection<GeoMultiPolygon>
    const total = features.reduce((sum, { geometry: { coordinates } }) => (
      sum + landArea(coordinates.map(polygon => polygon.map(ring => ring.flat().map(unit))))), 0)
    t.ok(Math.abs(total / crookedTown.reduce((sum, { shape }) => sum + landArea(shape), 0) - 1) < 1e-3)
    t.ok(features.every(({ geometry: { coordinates } }) => signedArea(coordinates[0]![0]!.flat()) > 0), 'outer rings run counter-clockwise')
    const drawn = topology.objects.borders.arcs.flat().map(arc => arc < 0 ? ~arc : arc).toSorted((a, b) => a - b)
    t.strictSame(drawn, topology.arcs.map((_, i) => i), 'every arc is drawn once')
    t.strictSame(JSON.parse(brotliDecompressSync(tiles.topology!.brotli).toString()), topology)
  })

  t.test('are the same bytes the next time, and progress goes from zoom to zoom', async t => {
    const again = await tileGeometry({ geometry, areas, minZoom: 0, maxZoom: 12 })
    t.strictSame(again.tiles.tiles.map(({ gzip, brotli }) => [Buffer.from(gzip), Buffer.from(brotli)]), tiles.tiles.map(({ gzip, brotli }) => [Buffer.from(gzip), Buffer.from(brotli)]))
    t.equal(steps.length, 13)
    t.equal(steps.at(-1)![0], steps.at(-1)![1])
  })
})

t.test('a tile that would be too large loses detail first, and is an error only then', async t => {
  const { geometry, areas } = toGeometry(crookedTown)
  const size = async (limitBytes: number): Promise<{ bytes: number, codes: string[] }> => {
    const { tiles, problems } = await tileGeometry({ geometry, areas, minZoom: 10, maxZoom: 10, limitBytes })
    return { bytes: Math.max(...tiles.tiles.map(({ gzip }) => gzip.length)), codes: problems.map(({ code }) => code) }
  }
  const full = await size(500_000)
  const less = await size(full.bytes - 1)
  t.ok(less.bytes < full.bytes)
  t.strictSame(less.codes, [])
  t.strictSame((await size(100)).codes, ['tile-too-large'])
})

t.test('above 1,500 areas there is no topology, and the tiles still hold every area', async t => {
  const many: DrawnArea[] = Array.from({ length: 1501 }, (_, i) => {
    const [cell] = drawAreas('A', { origin: [92_000_000 + (i % 40) * 1000, 526_400_000 + Math.floor(i / 40) * 1000], cell: 1000 })
    return { ...cell!, id: String(i).padStart(4, '0'), record: i + 1 }
  })
  const { geometry, areas } = toGeometry(many)
  const { tiles, problems } = await tileGeometry({ geometry, areas, minZoom: 8, maxZoom: 8 })
  t.equal(tiles.topology, null)
  t.strictSame(problems, [])
  t.equal(tiles.tiles.reduce((sum, tile) => sum + decode(tile).layers['areas']!.length, 0), 1501)
})

t.test('an impossible zoom range is refused', async t => {
  const { geometry, areas } = toGeometry(drawAreas('A'))
  await t.rejects(tileGeometry({ geometry, areas, minZoom: 9, maxZoom: 8 }), { message: 'invalid zoom range: 9 to 8' })
})
