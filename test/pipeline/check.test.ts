import { readFileSync } from 'node:fs'
import t from 'tap'
import type { MultiPolygon, Ring } from '../../core/area.ts'
import type { DeliveredShape } from '../../pipeline/check/shapes.ts'
import { formatProblem, type Problem } from '../../core/problem.ts'
import { findCrossings } from '../../pipeline/check/crossing.ts'
import { overlapArea } from '../../pipeline/check/overlap.ts'
import { landArea, locate, signedArea, withoutSpikes } from '../../pipeline/ring.ts'
import { checkShapes } from '../../pipeline/check/shapes.ts'
import { readLayer } from '../../pipeline/read/layer.ts'
import { projectLayer } from '../../pipeline/project/project-layer.ts'
import { drawAreas } from '../draw-areas.ts'
import { needsOpenData, openData } from '../open-data.ts'
import { codes } from './problem-codes.ts'

/** Positions near Nienburg, `[x, y]` in steps of 0.0001 degree, as a ring; closed unless it says so. */
function ring (...positions: ReadonlyArray<readonly [number, number]>): Ring {
  return positions.flatMap(([x, y]) => [92_000_000 + x * 1000, 526_400_000 + y * 1000])
}

function area (id: string, shape: MultiPolygon): DeliveredShape {
  return { id, name: `Gebiet ${id}`, record: Number(id), shape }
}

function check (...areas: DeliveredShape[]): { shapes: DeliveredShape[], problems: Problem[], codes: string[] } {
  const { shapes, problems } = checkShapes(areas, { file: 'gebiete.zip', level: 'sozialraum' })
  return { shapes, problems, codes: codes(problems) }
}

const square = ring([0, 0], [10, 0], [10, 10], [0, 10], [0, 0])

t.test('sound areas pass without a word, and come back the same', async t => {
  const areas = drawAreas(`
    A A B
    A C B
    D D D
  `)
  const { shapes, problems } = check(...areas)
  t.strictSame(problems, [])
  t.strictSame(shapes.map(({ shape }) => landArea(shape)), areas.map(({ shape }) => landArea(shape)))
})

t.test('outer rings come out counter-clockwise and holes clockwise, however they were delivered', async t => {
  const hole = ring([2, 2], [4, 2], [4, 4], [2, 4], [2, 2])
  const { shapes: [only], problems } = check(area('1', [[[...square].reverse().flatMap((_, i, all) => i % 2 ? [all[i]!, all[i - 1]!] : []), hole]]))
  t.ok(signedArea(only!.shape[0]![0]!) > 0)
  t.ok(signedArea(only!.shape[0]![1]!) < 0)
  t.strictSame(codes(problems), ['check-gaps'], 'a hole nobody fills is reported as a gap')
})

t.test('a ring that encloses nothing is left out and named with its place', async t => {
  const { shapes, problems, codes } = check(
    area('1', [[square], [ring([20, 0], [21, 0], [20, 0])], [ring([30, 0], [31, 0], [32, 0], [30, 0])]]),
  )
  t.strictSame(codes, ['check-too-few-points', 'check-zero-area'])
  t.equal(shapes[0]!.shape.length, 1)
  t.match(problems[0], { severity: 'warning', place: { file: 'gebiete.zip', record: 1 }, facts: { area: '1', place: '9.20200, 52.64000', points: 3 } })
})

t.test('an area of which nothing is left is an error', async t => {
  const { shapes, problems, codes } = check(area('1', [[ring([0, 0], [1, 0], [0, 0])]]), area('2', []))
  t.strictSame(codes, ['check-too-few-points', 'check-empty-shape', 'check-empty-shape'])
  t.strictSame(shapes, [])
  t.equal(problems[1]!.severity, 'error')
})

t.test('a ring that is not closed is closed, and the length of the new line is told', async t => {
  const { shapes: [only], problems } = check(area('1', [[square.slice(0, -2)]]))
  t.match(problems, [{ code: 'check-unclosed-ring', facts: { metres: 111 } }])
  t.equal(landArea(only!.shape), signedArea(square))
})

t.test('repeated points and spikes vanish, also where the ring closes', async t => {
  t.strictSame(withoutSpikes([0, 0, 0, 0, 4, 0, 6, 0, 4, 0, 4, 4, 0, 4, 0, 0]), [0, 0, 4, 0, 4, 4, 0, 4, 0, 0])
  t.strictSame(withoutSpikes([-3, 0, 0, 0, 4, 0, 4, 4, 0, 4, 0, 0, -3, 0]), [0, 0, 4, 0, 4, 4, 0, 4, 0, 0])
  t.strictSame(withoutSpikes([0, 0, 4, 0, 8, 0, 4, 0, 0, 0]), [])
})

t.test('a ring that touches itself at a vertex is cut apart there without changing the area', async t => {
  const pinched = ring([0, 0], [20, 0], [20, 20], [10, 20], [12, 10], [8, 10], [10, 20], [0, 20], [0, 0])
  const { shapes: [only], problems } = check(area('1', [[pinched]]))
  t.match(problems[0], { code: 'check-self-intersection-repaired', severity: 'warning', facts: { place: '9.20100, 52.64200', squareMetres: 0 } })
  t.equal(only!.shape.length, 1)
  t.equal(only!.shape[0]!.length, 2, 'the bay that touches the edge is a hole')
  t.equal(landArea(only!.shape), signedArea(pinched))
})

t.test('the small eye of a bow-tie is cut off, and the change of area is told', async t => {
  const crossed = ring([0, 0], [100, 0], [100, 100], [51, 100], [50, 101], [51, 101], [50, 100], [0, 100], [0, 0])
  const { shapes: [only], problems } = check(area('1', [[crossed]]))
  t.match(problems, [{ code: 'check-self-intersection-repaired', place: { record: 1 } }])
  t.ok(Number(problems[0]!.facts['squareMetres']) > 0)
  t.ok(Math.abs(landArea(only!.shape) / signedArea(crossed) - 1) < 0.001)
  t.strictSame(check(only!).problems, [], 'what was repaired is sound')
})

t.test('a bow-tie with two large eyes has two readings and is refused with its place', async t => {
  const { shapes, problems } = check(area('1', [[ring([0, 0], [10, 10], [10, 0], [0, 10], [0, 0])]]), area('2', [[ring([20, 0], [30, 0], [30, 10], [20, 0])]]))
  t.match(problems, [{ code: 'check-self-intersection', severity: 'error', facts: { area: '1', place: '9.20050, 52.64050' } }])
  t.strictSame(shapes.map(({ id }) => id), ['2'])
  t.match(formatProblem(problems[0]!, 'de'), /^gebiete\.zip \(Datensatz 1\): die Grenze des Gebiets „1“ \(Gebiet 1\) kreuzt sich selbst bei 9\.20050, 52\.64050/)
})

t.test('a hole outside its ring is refused', async t => {
  const { codes } = check(area('1', [[square, ring([20, 20], [24, 20], [24, 24], [20, 24], [20, 20])]]))
  t.strictSame(codes, ['check-self-intersection'])
})

t.test('parts of one area that share an edge become one part without a word', async t => {
  const [a, b] = drawAreas('A B')
  const { shapes: [only], problems } = check(area('1', [...a!.shape, ...b!.shape]))
  t.strictSame(problems, [])
  t.equal(only!.shape.length, 1)
})

t.test('an overlap of more than 1 % of the smaller area is an error with its size', async t => {
  const { problems } = check(area('1', [[square]]), area('2', [[ring([8, 0], [18, 0], [18, 10], [8, 10], [8, 0])]]))
  t.match(problems, [{ code: 'check-overlap', severity: 'error', facts: { area: '2', other: '1', percent: 20 } }])
  // 2 x 10 steps of 11.12 m, the one along the parallel shortened by cos 52.64°
  t.ok(Math.abs(Number(problems[0]!.facts['squareMetres']) - 20 * 11.12 ** 2 * 0.6068) < 5)
})

t.test('an overlap is found without any edge crossing another', async t => {
  const within = area('2', [[ring([2, 2], [8, 2], [8, 8], [2, 8], [2, 2])]])
  t.strictSame(check(area('1', [[square]]), within).codes, ['check-overlap'], 'one area inside another')
  const bulge = area('2', [[ring([10, 0], [20, 0], [20, 10], [10, 10], [5, 5], [10, 0])]])
  t.strictSame(check(area('1', [[square]]), bulge).codes, ['check-overlap'], 'both ends of the overlap are shared vertices')
  const half = area('2', [[ring([0, 0], [10, 0], [10, 10], [0, 0])]])
  t.strictSame(check(area('1', [[square]]), half).codes, ['check-overlap'], 'edges shared in the same direction')
})

t.test('neighbours that do not share their vertices give one warning, not hundreds', async t => {
  // The border x = 10 has a vertex on the left that bends by 0.1 step where the right one does not, twice.
  const left = area('1', [[ring([0, 0], [10, 0], [10.1, 3], [10, 5], [9.9, 8], [10, 10], [0, 10], [0, 0])]])
  const right = area('2', [[ring([10, 0], [20, 0], [20, 10], [10, 10], [10, 5], [10, 0])]])
  const { problems, codes } = check(left, right)
  t.strictSame(codes, ['check-small-overlaps', 'check-gaps'])
  t.match(problems, [{ severity: 'warning', facts: { count: 1, level: 'sozialraum' } }, { severity: 'warning', facts: { count: 1 } }])
  t.match(problems[0]!.facts['largest'], /^1 \+ 2: \d+ m² \(9\.20\d+, 52\.64\d+\)$/)
})

t.test('a vertex in the middle of the neighbour\'s straight edge is no overlap and no gap', async t => {
  const left = area('1', [[ring([0, 0], [10, 0], [10, 4], [10, 10], [0, 10], [0, 0])]])
  t.strictSame(check(left, area('2', [[ring([10, 0], [20, 0], [20, 10], [10, 10], [10, 0])]])).problems, [])
})

t.test('two records with the same boundary are named once, not as an overlap of 100 %', async t => {
  const turned = [...square.slice(4, -2), ...square.slice(0, 6)]
  const { problems } = check(area('1', [[square]]), area('2', [[turned]]))
  t.match(problems, [{ code: 'check-duplicate-shape', place: { record: 2 }, facts: { other: '1', otherRecord: 1 } }])
})

t.test('crossings are found exactly: shared ends are none, a point on an edge is one', async t => {
  const count = (...numbers: number[]): number => findCrossings(Float64Array.from(numbers)).length
  t.equal(count(0, 0, 10, 10, 0, 10, 10, 0), 1)
  t.equal(count(0, 0, 10, 0, 10, 0, 10, 10), 0)
  t.equal(count(0, 0, 10, 0, 5, 0, 5, 10), 1)
  t.equal(count(0, 0, 10, 0, 10, 0, 20, 0), 0, 'one after the other on a line')
  t.equal(count(0, 0, 10, 0, 5, 0, 20, 0), 1, 'overlapping on a line')
  t.equal(count(0, 0, 1000, 1000, 999, 998, 1001, 1000), 0, 'near, but apart')
})

t.test('the common surface is exact for slanted edges', async t => {
  const diamond: MultiPolygon = [[[5, 0, 10, 5, 5, 10, 0, 5, 5, 0]]]
  t.equal(overlapArea(diamond, [[[0, 0, 10, 0, 10, 10, 0, 10, 0, 0]]]), 50)
  t.equal(overlapArea(diamond, [[[5, 0, 10, 0, 10, 10, 5, 10, 5, 0]]]), 25)
  t.equal(overlapArea(diamond, [[[10, 0, 20, 0, 20, 10, 10, 10, 10, 0]]]), 0)
})

t.test('a point is inside, on the ring, or outside', async t => {
  const box = [0, 0, 10, 0, 10, 10, 0, 10, 0, 0]
  t.strictSame([[5, 5], [10, 5], [0, 0], [5, 10], [11, 5], [-1, 0]].map(([x, y]) => locate([x!, y!], box)), [1, 0, 0, 0, -1, -1])
})

t.test('the ring self-intersections in Berlin\'s districts are found and repaired', needsOpenData('berlin/geo/bezirke.geojson'), async t => {
  const { features } = JSON.parse(readFileSync(openData('berlin/geo/bezirke.geojson'), 'utf8')) as {
    features: Array<{ properties: { id: string }, geometry: { type: 'Polygon', coordinates: number[][][] } | { type: 'MultiPolygon', coordinates: number[][][][] } }>
  }
  const { problems, shapes } = check(...features.map(({ properties: { id }, geometry }) => {
    const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
    return area(id, polygons.map(rings => rings.map(positions => positions.flat().map(degrees => Math.round(degrees * 1e7)))))
  }))
  t.equal(shapes.length, 12)
  t.match(problems.filter(({ code }) => code === 'check-self-intersection-repaired'), [{ facts: { area: '10' } }, { facts: { area: '11' } }])
  t.notOk(problems.some(({ severity }) => severity === 'error'))
})

t.test('the two ring self-intersections in Flensburg\'s Bezirke are found and repaired', needsOpenData('flensburg/flensburg_stadtbezirke.zip'), async t => {
  const { layer } = await readLayer(openData('flensburg/flensburg_stadtbezirke.zip'), { displayName: 'flensburg_stadtbezirke.zip' })
  const { shapes: projected } = projectLayer(layer!, { bounds: { west: 9, south: 54, east: 10, north: 55 } })
  const { problems, shapes } = check(...projected!.map(({ record, polygons }) => area(String(record), polygons)))
  t.equal(shapes.length, 41)
  t.equal(problems.filter(({ code }) => code === 'check-self-intersection-repaired').length, 2)
  t.notOk(problems.some(({ severity }) => severity === 'error'))
})
