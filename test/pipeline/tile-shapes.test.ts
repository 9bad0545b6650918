import t from 'tap'
import type { MultiPolygon, Ring } from '../../core/area.ts'
import type { DrawnArea } from '../draw-areas.ts'
import { crossingPoint, findCrossings } from '../../pipeline/check/crossing.ts'
import { outline } from '../../pipeline/check/outline.ts'
import { toSegments } from '../../pipeline/check/repair.ts'
import { landArea, locate, signedArea } from '../../pipeline/ring.ts'
import { checkShapes } from '../../pipeline/check/shapes.ts'
import { dissolve } from '../../pipeline/tile/dissolve.ts'
import { labelPoint, makeGeometry } from '../../pipeline/tile/geometry.ts'
import { gridSize } from '../../pipeline/tile/mercator.ts'
import { atZoom, crookedTown, toGeometry } from '../crooked-town.ts'
import { bendBorders, drawAreas } from '../draw-areas.ts'

const unit = (degrees: number): number => Math.round(degrees * 1e7)

t.strictSame(checkShapes(crookedTown, { file: 'town', level: 'area' }).problems, [], 'the town itself is sound')

const isSquare = (shape: MultiPolygon): boolean => landArea(shape) === 4 && shape[0]![0]!.length === 10

type Position = readonly [x: number, y: number]

const countPoints = (shapes: readonly MultiPolygon[]): number => shapes.flat(2).reduce((sum, ring) => sum + ring.length / 2, 0)

t.test('the id of a geometry follows its areas: ids, names and coordinates, nothing else', async t => {
  const { geometry } = toGeometry(drawAreas('A B'))
  t.match(geometry.id, /^g[0-9a-f]{12}$/)
  t.equal(toGeometry(drawAreas('A B')).geometry.id, geometry.id)
  t.not(toGeometry(drawAreas('A B', { cell: 100_001 })).geometry.id, geometry.id)
  t.not(toGeometry(drawAreas('A C')).geometry.id, geometry.id)
  t.not(makeGeometry(drawAreas('A B').map(area => ({ ...area, name: 'other' }))).id, geometry.id)
  t.strictSame(geometry.bounds, { west: 9.2, south: 52.64, east: 9.22, north: 52.65 })
})

t.test('a label stands inside its area, where there is most room, never at a corner', async t => {
  const [u] = drawAreas(`
    U . U
    U . U
    U U U
  `)
  const { position, radiusMetres } = labelPoint(u!.shape)
  t.equal(locate(position, u!.shape[0]![0]!), 1)
  t.ok(radiusMetres > 555 && radiusMetres <= 562, `${radiusMetres} m: the largest circle in a corner of cells 676 m wide and 1112 m high has 562 m`)

  const [, ring] = drawAreas(`
    R R R R R
    R C R R R
    R R R R R
  `)
  const around = labelPoint(ring!.shape)
  t.equal(locate(around.position, ring!.shape[0]![1]!), -1, 'not in the hole')

  const [parts] = drawAreas('A . A A')
  t.ok(labelPoint(parts!.shape).position[0] > unit(9.22), 'in the larger part')
})

t.test('a label of an area of a few metres is still inside', async t => {
  const [tiny] = drawAreas('A', { cell: 400 })
  const { position, radiusMetres } = labelPoint(tiny!.shape)
  t.equal(locate(position, tiny!.shape[0]![0]!), 1)
  t.equal(radiusMetres, 1)
})

t.test('dissolved areas are one outline with the land of all of them', async t => {
  const shapes = crookedTown.map(({ shape }) => shape)
  const whole = dissolve(shapes)
  t.equal(landArea(whole), shapes.reduce((sum, shape) => sum + landArea(shape), 0))
  t.equal(whole.length, 2, 'the exclave G is a part of its own')
})

t.test('dissolving keeps lakes and islands, and parts that only touch at a corner stay apart', async t => {
  const lake = dissolve(drawAreas(`
    A A A B B
    A . . . B
    A . C . B
    A . . . B
    A A B B B
  `).map(({ shape }) => shape))
  t.strictSame(lake.map(polygon => polygon.length), [2, 1])
  t.strictSame(dissolve(drawAreas(`
    A .
    . B
  `).map(({ shape }) => shape)).map(polygon => polygon.length), [1, 1])
  t.strictSame(dissolve(drawAreas(`
    A A A
    A . B
    B B .
  `).map(({ shape }) => shape)).map(polygon => polygon.length), [2], 'a lake that touches the shore at a corner')
})

t.test('an overlap between areas vanishes when they are dissolved', async t => {
  const [a] = drawAreas('A A')
  const [b] = drawAreas('B', { origin: [92_050_000, 526_420_000], cell: 20_000 })
  t.strictSame(dissolve([a!.shape, b!.shape]), a!.shape)
})

t.test('a crack between neighbours that do not share their vertices is closed, a lake stays', async t => {
  const [a, b] = drawAreas(`
    A B
    A B
    A B
  `)
  // A metre is 148 units of 1e-7 degree along this parallel; the new vertex bends the middle of the border.
  const dented = (metres: number): MultiPolygon => [[b!.shape[0]![0]!.flatMap((n, i, ring) => (
    i < ring.length - 1 && ring[i - 1] === 92_100_000 && n === 526_600_000 ? [n, 92_100_000 + Math.round(148 * metres), 526_550_000] : [n]))]]
  t.strictSame(checkShapes([a!, { ...b!, shape: dented(1) }], { file: 'town', level: 'area' }).problems.map(({ code }) => code), ['check-gaps'])
  t.equal(dissolve([a!.shape, dented(1)])[0]!.length, 1)
  t.equal(dissolve([a!.shape, dented(20)])[0]!.length, 2)
})

t.test('every ring of an outline is simple, whatever touches whatever', async t => {
  for (const ring of outline(drawAreas(`
    A . B .
    . C . D
    E . F .
  `).map(({ shape }) => shape))) {
    const positions = Array.from({ length: ring.length / 2 - 1 }, (_, i) => `${ring[2 * i]} ${ring[2 * i + 1]}`)
    t.equal(new Set(positions).size, positions.length)
  }
})

t.test('no gap opens and nothing overlaps at any zoom: the areas together are their outline', async t => {
  for (let zoom = 7; zoom <= 14; zoom++) {
    const { areas } = atZoom(crookedTown, zoom)
    const sum = areas.reduce((total, shape) => total + landArea(shape), 0)
    const around = outline(areas).reduce((total, ring) => total + signedArea(ring), 0)
    t.equal(sum, around, `zoom ${zoom}`)
    const [exact] = [atZoom(crookedTown, zoom, 0).areas.reduce((total, shape) => total + landArea(shape), 0)]
    t.ok(Math.abs(sum / exact - 1) < 0.02, `zoom ${zoom}: ${sum} of ${exact} square steps`)
    // All that is left of 0 % uncovered: no ring of the outline runs round a gap.
    t.strictSame(outline(areas).filter(ring => signedArea(ring) < 0), [])
  }
})

t.test('a smaller zoom has less detail', async t => {
  const points = [8, 9, 10, 11, 12].map(zoom => countPoints(atZoom(crookedTown, zoom).areas))
  t.strictSame(points, points.toSorted((a, b) => a - b))
  t.ok(points[0]! < points[4]! / 3, points.join())
})

t.test('no area is lost at any zoom: where nothing is left of it, a square stands at its label', async t => {
  for (let zoom = 0; zoom <= 12; zoom++) {
    const { areas } = atZoom(crookedTown, zoom)
    t.equal(areas.filter(shape => shape.length > 0 && landArea(shape) > 0).length, crookedTown.length, `zoom ${zoom}`)
  }
  t.ok(atZoom(crookedTown, 0).areas.every(isSquare))
  t.notOk(atZoom(crookedTown, 12).areas.some(isSquare))
})

t.test('an enclave and an island, whose border is one closed arc, keep their shape while it can be seen', async t => {
  const drawn = bendBorders(drawAreas(`
    A A A . .
    A B A . C
    A A A . .
  `), 6)
  for (const zoom of [8, 9, 10]) {
    // A tolerance as large as a cell would leave nothing but the ends of its arc.
    const { areas: [a, b, c] } = atZoom(drawn, zoom, 40 * 2 ** (zoom - 8))
    for (const shape of [b!, c!]) t.ok(!isSquare(shape) && landArea(shape) > 4, `zoom ${zoom}`)
    t.equal(a![0]!.length, 2, 'the enclave is still a hole of the area around it')
  }
})

t.test('borders that simplifying would make cross get their detail back', async t => {
  // A narrow bay, and an island that reaches out of it: the bay is not worth its points, the island is.
  const near = (...positions: Position[]): Ring => positions.flatMap(([x, y]) => [92_000_000 + x * 100, 526_400_000 + y * 100])
  const coast = near([0, 0], [1000, 0], [1000, 1000], [520, 1000], [510, 500], [490, 500], [480, 1000], [0, 1000], [0, 0])
  const island = near([495, 900], [505, 900], [505, 1500], [495, 1500], [495, 900])
  const drawn = [coast, island].map((ring, i): DrawnArea => ({ id: String(i), name: '', record: i + 1, shape: [[ring]] }))
  const { areas: [land, off] } = atZoom(drawn, 16, 1000)
  for (let i = 0; i < off![0]![0]!.length; i += 2) {
    t.equal(locate([off![0]![0]![i]!, off![0]![0]![i + 1]!], land![0]![0]!), -1, 'the island is still off the coast')
  }
})

t.test('borders do not cross, also where rounding has moved their points', async t => {
  // The southern area has one long straight edge; the northern one keeps a third of a step off it, with many points.
  const step = 360e7 / gridSize(12)
  const near = (...positions: Position[]): Ring => positions.flatMap(([x, y]) => [92_000_000 + Math.round(x * step), 526_400_000 + Math.round(y * step * 0.607)])
  const south = near([0, -50], [99, -50], [99, 9.9], [0, 0], [0, -50])
  const edge = Array.from({ length: 34 }, (_, i): Position => [3 * i, 0.3 * i + 0.33])
  const north = near(...edge, [99, 50], [0, 50], edge[0]!)
  const drawn = [south, north].map((ring, i): DrawnArea => ({ id: String(i), name: '', record: i + 1, shape: [[ring]] }))
  t.strictSame(checkShapes(drawn, { file: 'town', level: 'area' }).problems, [])
  const { borders } = atZoom(drawn, 12, 0)
  const segments = toSegments(borders.map(({ line }) => line))
  t.strictSame(findCrossings(segments).filter(pair => crossingPoint(segments, ...pair)), [])
})

t.test('every border is drawn once, and the outer ones are told apart', async t => {
  const { areas, borders } = atZoom(crookedTown, 12)
  const uses = new Map<string, { rings: number, lines: number, outer: boolean }>()
  const use = (line: readonly number[], count: (edge: { rings: number, lines: number, outer: boolean }) => void): void => {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const key = [`${line[i]} ${line[i + 1]}`, `${line[i + 2]} ${line[i + 3]}`].toSorted().join()
      if (!uses.has(key)) uses.set(key, { rings: 0, lines: 0, outer: false })
      count(uses.get(key)!)
    }
  }
  for (const ring of areas.flat(2)) use(ring, edge => { edge.rings++ })
  for (const { line, outer } of borders) {
    use(line, edge => {
      edge.lines++
      edge.outer = outer
    })
  }
  t.ok([...uses.values()].every(({ lines }) => lines === 1))
  t.ok([...uses.values()].every(({ rings, outer }) => rings === (outer ? 1 : 2)))
})
