import t, { type Test } from 'tap'
import fc from 'fast-check'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { coordinateUnitsPerDegree, type MultiPolygon } from '../../core/area.ts'
import { formatProblem } from '../../core/problem.ts'
import type { Figures } from '../../pipeline/figures.ts'
import { findFigures } from '../../pipeline/figures.ts'
import { apportion } from '../../core/apportion.ts'
import { indexAreas } from '../../pipeline/grid/area-index.ts'
import { assignCentres, assignShares } from '../../pipeline/grid/assign.ts'
import { calibrate } from '../../pipeline/grid/calibrate.ts'
import { joinGrid } from '../../pipeline/grid/join-grid.ts'
import { findPlane, toPlaneAreas, type PlaneAreas } from '../../pipeline/grid/plane.ts'
import { readGrid, secret, uninhabited } from '../../pipeline/grid/read-grid.ts'
import { scaffoldZensus } from '../../pipeline/grid/scaffold.ts'
import { weightsFromGrid } from '../../pipeline/grid/weights.ts'
import { buildEdition } from '../../pipeline/build.ts'
import { readProject } from '../../pipeline/project-file/project.ts'
import type { DeliveryEntry, IndicatorEntry } from '../../pipeline/project-file/schema.ts'
import type { GridEntry } from '../../pipeline/project-file/schema/grid.ts'
import { knownCrs } from '../../pipeline/project/crs.ts'
import { makeOperation } from '../../pipeline/project/operation.ts'
import { codes } from './problem-codes.ts'

const { toLonLat } = makeOperation(knownCrs.get('EPSG:3035')!, 'EPSG:3035')

/** Rectangles of whole kilometres, counted from a corner of the lattice near Nienburg, as an edition holds shapes. */
function rectangle (west: number, south: number, east: number, north: number): MultiPolygon {
  const corners = [[west, south], [east, south], [east, north], [west, north], [west, south]] as const
  return [[corners.flatMap(([x, y]) => {
    const [lon, lat] = toLonLat(4_260_000 + x * 1000, 3_260_000 + y * 1000) as [number, number]
    return [Math.round(lon * coordinateUnitsPerDegree), Math.round(lat * coordinateUnitsPerDegree)]
  })]]
}

/** The centre of a cell of one kilometre, `x;y`. */
const centre = (column: number, row: number) => `${4_260_500 + column * 1000};${3_260_500 + row * 1000}`

async function gridFile (t: Pick<Test, 'testdir'>, text: string | Uint8Array, name = 'grid.csv'): Promise<string> {
  const file = path.join(t.testdir({}), name)
  await writeFile(file, text)
  return file
}

const head = 'Gitter_ID_1km;x_mp_1km;y_mp_1km;Einwohner;Alter_D'
const read = (file: string, more = {}) => readGrid(file, { displayName: 'grid.csv', fields: [{ column: 'Einwohner' }, { column: 'Alter_D' }], ...more })

t.test('numbers with decimal comma, secret and uninhabited cells are three different things', async t => {
  const file = await gridFile(t, `${head}\r\na;${centre(0, 0)};113;43,8\r\nb;${centre(1, 0)};7;-9\r\nc;${centre(2, 0)};-1;-1\r\nd;${centre(3, 0)};5;–\r\n`)
  const { grid, problems } = await read(file)
  t.strictSame(problems, [])
  t.strictSame(grid!.values.map(values => [...values]), [[113, 7, uninhabited, 5], [43.8, secret, uninhabited, secret]])
  t.equal(grid!.sizeMetres, 1000)
})

t.test('the heads of 2022, a gzipped file, Windows-1252, and quotation marks read the same', async t => {
  const newer = `GITTER_ID_1km;x_mp_1km;y_mp_1km;Einwohner;Alter_D\na;${centre(0, 0)};"113";43,8\nb;${centre(1, 0)};7;–\n`
  const plain = await read(await gridFile(t, newer))
  const zipped = await read(await gridFile(t, gzipSync(newer), 'grid.csv.gz'))
  const western = await read(await gridFile(t, Buffer.from(newer.replaceAll('–', '\x96'), 'latin1'), 'western.csv'))
  t.strictSame([plain.problems, zipped.problems, western.problems], [[], [], []])
  t.strictSame(zipped.grid, plain.grid)
  t.strictSame(western.grid, plain.grid)
})

t.test('the long form gives every figure its own lines', async t => {
  const file = await gridFile(t, Buffer.from(`Gitter_ID_100m;x_mp_100m;y_mp_100m;Merkmal;Auspraegung_Code;Auspraegung_Text;Anzahl
a;4261250;3253450;"ALTER_10JG";1;"Unter 10; klein";3
a;4261250;3253450;"ALTER_10JG";9;"80 und älter";4
b;4261350;3253450;"FAMSTND";1;"Ledig";9
`, 'latin1'))
  const field = (code: number) => ({ column: 'Anzahl', where: { Merkmal: 'ALTER_10JG', Auspraegung_Code: code } })
  const { grid, problems } = await readGrid(file, { displayName: 'g.csv', fields: [field(1), field(9)] })
  t.strictSame(problems, [])
  t.strictSame(grid!.values.map(values => [...values]), [[3, uninhabited], [uninhabited, 4]])
  t.equal(grid!.sizeMetres, 100)
  t.equal(grid!.rows, 3)
})

t.test('what is no cell is refused with its line, and said once', async t => {
  const said = async (text: string | Uint8Array, more = {}) => codes((await read(await gridFile(t, text), more)).problems)
  t.strictSame(await said(`${head}\na;${centre(0, 0)};12;x\nb;${centre(1, 0)};12;y\n`), ['grid-unreadable-value'])
  t.strictSame(await said(`${head}\na;${centre(0, 0)};;40\n`), ['grid-unreadable-value'], 'a blank is a question, not a zero')
  t.strictSame(await said(`${head}\na;${centre(0, 0)};;40\n`, { uninhabited: [''] }), [], 'unless the project answers it')
  t.strictSame(await said(`${head}\na;${centre(0, 0)};-3;40\n`), ['grid-unreadable-value'])
  t.strictSame(await said(`${head}\na;${centre(0, 0)};1.234;40\n`), ['grid-unreadable-value'], 'a point can mean thousands')
  t.strictSame(await said(`${head}\na;4260000;3260000;1;40\n`), ['grid-off-lattice'], 'a corner is no centre')
  t.strictSame(await said(`${head}\na;x;3260000;1;40\n`), ['grid-unreadable-centre'])
  t.strictSame(await said(`${head}\na;${centre(0, 0)};1;40\na;${centre(0, 0)};1;40\n`), ['grid-cell-twice'])
  t.strictSame(await said(`${head}\na;${centre(0, 0)};1\n`), ['grid-short-line'])
  t.strictSame(await said(`${head}\n`), ['grid-no-cells'])
  t.strictSame(await said(''), ['read-empty-file'])
  t.strictSame(await said(gzipSync(`${head}\na;${centre(0, 0)};1;40\n`).subarray(0, 40)), ['grid-damaged-archive'])
  t.strictSame(await said(gzipSync(Buffer.concat([Buffer.from(`${head}\n`), Buffer.alloc(80 * 1024 * 1024, '\n')]))), ['grid-inflates'], 'empty lines without end')
  t.strictSame(await said(`${head}\na;${centre(0, 0)};1;40\nb;${centre(1, 0)};1;40\n`, { mostCells: 1 }), ['grid-too-many-cells'])
  t.strictSame(await said(`${head}\n${'x'.repeat(3_000_000)}`), ['grid-long-line'])
  t.strictSame(await said(gzipSync(`${head}\na;${centre(0, 0)};1;40\n`), { mostBytes: 50 }), ['grid-endless'])
  t.strictSame(await said(`${head}\na;${centre(0, 0)};1;40\n`, { mostBytes: 50 }), [], 'a plain file has the size it has')
  t.strictSame(codes((await read('/nowhere.csv')).problems), ['read-missing-file'])
})

t.test('any number with a decimal comma reads as it is written', async t => {
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat({ max: 99_999_999 }), fc.nat({ max: 9999 }), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 30 }), async numbers => {
    const texts = numbers.map(([whole, part, digits]) => digits === 0 ? String(whole) : `${whole},${String(part).padStart(digits, '0').slice(0, digits)}`)
    const file = await gridFile(t, `${head}\n${texts.map((text, i) => `a;${centre(i, 0)};1;${text}`).join('\n')}`)
    const { grid } = await read(file)
    t.strictSame([...grid!.values[1]!], texts.map(text => Number(text.replace(',', '.'))))
  }), { numRuns: 30 })
})

/** A plane cut into columns and rows at arbitrary places: every point of it lies in exactly one area. */
function partition (xs: readonly number[], ys: readonly number[]): PlaneAreas {
  const rings: number[][] = []
  for (let i = 0; i + 1 < xs.length; i++) {
    for (let j = 0; j + 1 < ys.length; j++) {
      const [w, e, s, n] = [xs[i]!, xs[i + 1]!, ys[j]!, ys[j + 1]!]
      // A slanted middle, the same from both sides.
      rings.push([w, s, e, s, e + (n - s) / 7, (s + n) / 2, e, n, w, n, w + (n - s) / 7, (s + n) / 2, w, s])
    }
  }
  return {
    coordinates: Float64Array.from(rings.flat()), ringStarts: Int32Array.from([0, ...rings.map((_, i) => (i + 1) * 14)]), areaRings: Int32Array.from([0, ...rings.map((_, i) => i + 1)]),
  }
}

const cuts = fc.uniqueArray(fc.integer({ min: 0, max: 40_000 }), { minLength: 2, maxLength: 8 }).map(list => list.toSorted((a, b) => a - b))

t.test('every cell centre lies in exactly one of areas that share their borders', async () => {
  fc.assert(fc.property(cuts, cuts, fc.array(fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 0, max: 40_000 })), { minLength: 1, maxLength: 50 }), (xs, ys, points) => {
    const areas = partition(xs, ys)
    const index = indexAreas(areas)
    const alone = Array.from({ length: areas.areaRings.length - 1 }, (_, area) => indexAreas({
      coordinates: areas.coordinates.slice(area * 14, area * 14 + 14), ringStarts: Int32Array.of(0, 14), areaRings: Int32Array.of(0, 1),
    }))
    for (const [x, y] of [...points, ...xs.flatMap(x => ys.map(y => [x, y] as const))]) {
      const homes = alone.flatMap((one, area) => one.find(x, y) === 0 ? [area] : [])
      if (homes.length > 1 || index.find(x, y) !== (homes[0] ?? -1)) return false
      const isWithin = x > xs[0]! + 6000 && x < xs.at(-1)! && y > ys[0]! && y < ys.at(-1)!
      if (isWithin && homes.length !== 1) return false
    }
    return true
  }))
})

t.test('shares of a cell add up to the cell, and sums of counts are preserved either way', async () => {
  fc.assert(fc.property(cuts, cuts, fc.array(fc.nat({ max: 500 }), { minLength: 400, maxLength: 400 }), (xs, ys, people) => {
    const areas = partition([-10_000, ...xs.filter(x => x > 0 && x < 20_000), 60_000], [-10_000, ...ys.filter(y => y > 0 && y < 20_000), 60_000])
    const index = indexAreas(areas)
    const grid = { x: Float64Array.from(people, (_, i) => 500 + 1000 * (i % 20)), y: Float64Array.from(people, (_, i) => 500 + 1000 * Math.floor(i / 20)), sizeMetres: 1000 }
    const centres = assignCentres(grid, areas)
    const shares = assignShares(grid, areas, index)
    const perCell = new Float64Array(400)
    shares.cells.forEach((cell, i) => { perCell[cell]! += shares.shares![i]! })
    const total = people.reduce((all, count) => all + count, 0)
    const sum = shares.cells.reduce((all, cell, i) => all + people[cell]! * shares.shares![i]!, 0)
    return centres.cells.length === 400 && centres.areas.every((area, i) => area === index.find(grid.x[i]!, grid.y[i]!)) && perCell.every(share => Math.abs(share - 1) < 1e-6) && Math.abs(sum - total) < 1e-3
  }), { numRuns: 30 })
})

t.test('apportioned numbers are whole, add up, and stay in order', async () => {
  fc.assert(fc.property(fc.array(fc.nat({ max: 10_000 }), { minLength: 1, maxLength: 40 }), fc.nat({ max: 1_000_000 }), (weights, total) => {
    const parts = apportion(weights, total)
    const sum = parts.reduce((all, part) => all + part, 0)
    const isFair = weights.every((weight, i) => weights.every((other, j) => weight <= other || parts[i]! >= parts[j]!))
    return parts.every(Number.isInteger) && isFair && sum === (weights.some(weight => weight > 0) ? total : 0)
  }))
})

const level = (id: string, areas: ReadonlyArray<readonly [id: string, parentId: string | null]>, parent: string | null) => ({
  id, label: { de: id }, labelPlural: { de: id }, system: id, validFrom: '2020-01-01', validTo: null, parent, geometry: `g-${id}`, attribution: null, areas: areas.map(([id, parentId]) => ({ id, name: id, parentId })),
})
const bounds = { west: 9, south: 52, east: 10, north: 53 }
/** Two areas of 2 × 2 cells side by side, one with a hole of one cell, which is the third area; and their town. */
const boundaries = {
  levels: [level('area', [['a', 'town'], ['b', 'town'], ['c', 'town']], 'town'), level('town', [['town', null]], null)],
  geometries: [
    { id: 'g-area', shapes: [rectangle(0, 0, 2, 2), [[rectangle(2, 0, 5, 3)[0]![0]!, rectangle(3, 1, 4, 2)[0]![0]!.toReversed().flatMap((_, i, all) => i % 2 === 0 ? [all[i + 1]!, all[i]!] : [])]], rectangle(3, 1, 4, 2)], labels: [], bounds },
    { id: 'g-town', shapes: [rectangle(0, 0, 5, 3)], labels: [], bounds },
  ],
  retired: [],
}
const indicators: IndicatorEntry[] = [
  { id: 'people', theme: 'x', kind: 'count', label: 'EW', definition: 'Alle.', decimals: 0 },
  { id: 'age', theme: 'x', kind: 'measure', label: 'Alter', definition: 'Mittel.', decimals: 1 },
]
const delivery = (grid: GridEntry): DeliveryEntry => ({
  id: 'census', title: 'Zensus', publisher: 'Amt', licence: { name: 'dl-de', url: 'https://example.org' }, attribution: 'Amt', minimumCount: 'none', because: 'veröffentlicht', legalBasis: 'veröffentlicht', mayBePassedOn: true, level: 'area', files: ['grid.csv'], period: { value: '2011-05-09' }, grid,
} as unknown as DeliveryEntry)
const wholeGrid = { columns: { people: 'Einwohner' }, means: { age: { column: 'Alter_D', weight: 'Einwohner' } } }

async function join (t: Pick<Test, 'testdir'>, rows: string[], grid: GridEntry = wholeGrid, files: Record<string, string> = {}, more: Partial<DeliveryEntry> = {}) {
  const folder = t.testdir({ 'grid.csv': `${head}\n${rows.map((row, i) => `${i};${row}`).join('\n')}\n`, ...files })
  const figures: Figures = { columns: new Map() }
  const { remarks, problems } = await joinGrid(figures, {
    delivery: { ...delivery(grid), ...more } as DeliveryEntry, filePath: path.join(folder, 'grid.csv'), displayName: 'grid.csv', boundaries, audience: 'public', indicators, resolve: file => path.join(folder, file),
  })
  const cells = (level: string, indicator: string) => findFigures(figures, level, indicator, '2011-05-09')?.cells
    .map(cell => cell.status === 'observed' ? cell.value : cell.status === 'missing' ? cell.reason : cell.status)
  return { figures, remarks, problems, said: problems.map(found => formatProblem(found, 'de')), cells }
}

/** Cells of a 7 × 5 lattice around the areas, all empty but some. */
function lattice (some: Readonly<Record<string, string>>): string[] {
  return Array.from({ length: 35 }, (_, i) => [i % 7 - 1, Math.floor(i / 7) - 1] as const).map(([x, y]) => `${centre(x, y)};${some[`${x},${y}`] ?? '-1;-1'}`)
}

t.test('cells are summed by their centre, means weighted, and the town has a mean of its own', async t => {
  const { cells, remarks, problems } = await join(t, lattice({ '0,0': '10;30', '1,1': '30;50', '2,0': '4;-9', '4,2': '6;40', '3,1': '8;-9', '-1,0': '99;99' }))
  t.strictSame(codes(problems), ['grid-cells-assigned'])
  t.match(problems[0]!.facts, { rows: 35, inside: 13, outside: 1 })
  t.strictSame(cells('area', 'people'), [40, 10, 8])
  t.strictSame(cells('area', 'age'), [45, 40, 'suppressed'], 'where all of it is secret, nothing is said')
  t.strictSame(cells('town', 'age'), [44.348], 'over all cells, not over areas')
  t.equal(cells('town', 'people'), undefined, 'counts are summed like any other')
  t.match(remarks.find(({ level, indicator, area }) => level === 'area' && indicator === 'age' && area === null)?.text.de,
    /^Stichtag 09\.05\.2011\. Mittel der Zellen des 1-km-Gitters, gewichtet mit „Einwohner“\. 2 von 5 bewohnten Zellen sind geheim \(40,0\u00a0%\)\. Auf die geheimen Zellen entfallen 20,7\u00a0% des Gewichts\./)
  t.strictSame(remarks.filter(({ area }) => area !== null).map(({ area, text }) => [area, text.de]), [['b', '1 von 2 bewohnten Zellen ist hier geheim (50,0\u00a0%).']], 'no remark names an area whose figure is not printed')
})

t.test('an area without a cell is empty, too small, or not covered, and never silently zero', async t => {
  const sparse = await join(t, [`${centre(-1, -1)};1;1`, `${centre(5, 3)};1;1`, `${centre(0, 0)};10;30`])
  t.strictSame(sparse.cells('area', 'people'), [10, 0, 0], 'a file that leaves empty cells out reaches around them')
  t.strictSame(sparse.cells('area', 'age'), [30, 'not-applicable', 'not-applicable'])
  const west = await join(t, [`${centre(0, 0)};10;30`, `${centre(1, 1)};5;30`])
  t.strictSame(west.cells('area', 'people'), [15, 'not-delivered', 'not-delivered'])
  t.match(west.said.join(), /die das Gitter nicht ganz überdeckt \(2\): "b", "c"/)
})

t.test('cells that reach over a border are divided by their land, and no one is lost', async t => {
  const wide = Array.from({ length: 9 }, (_, i) => `${4_256_000 + 2000 * (i % 3) + 1000 + 2000};${3_258_000 + 2000 * Math.floor(i / 3) + 1000};${10 + i};40`)
  const { cells, problems } = await join(t, wide, { ...wholeGrid, size: 2000, assign: 'area' })
  t.notOk(problems.some(({ severity }) => severity === 'error'))
  // Row y 3,260,000–3,262,000 is whole; the row above reaches half into b.
  const values = cells('area', 'people') as number[]
  t.ok(values.every(Number.isInteger))
  t.strictSame(values[0], 14, 'the cell that is all of a')
})

t.test('a grid elsewhere, or with its axes swapped, is refused', async t => {
  t.strictSame(codes((await join(t, ['3260500;4260500;10;30'])).problems), ['grid-nothing-inside'])
  t.strictSame(codes((await join(t, lattice({ '0,0': '1,5;30' }))).problems).includes('grid-fractional-count'), true)
  t.strictSame(codes((await join(t, lattice({}), { ...wholeGrid, crs: 'EPSG:31467' })).problems), ['grid-unusable-crs'])
})

t.test('sums are brought to the published value, to the last person, and the factor is said', async t => {
  const rows = lattice({ '0,0': '10;30', '2,0': '10;40', '3,1': '10;50' })
  const whole = await join(t, rows, { ...wholeGrid, calibrate: { people: { value: 31 } } })
  t.strictSame(whole.cells('area', 'people'), [11, 10, 10])
  t.match(whole.remarks[0]?.text.de, /Auf den veröffentlichten Wert gebracht \(Faktor 1,0333\)/)
  const table = await join(t, rows, { ...wholeGrid, calibrate: { people: { level: 'town', file: 'town.csv', area: { column: 'Ort' }, column: 'EW' } } }, { 'town.csv': 'Ort;EW\ntown;28\nelsewhere;5\n' })
  t.strictSame((table.cells('area', 'people') as number[]).reduce((a, b) => a + b), 28)
  t.strictSame(codes((await join(t, rows, { ...wholeGrid, calibrate: { people: { value: 300 } } })).problems), ['grid-cells-assigned', 'grid-calibration-far'])
  fc.assert(fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 20 }), fc.nat({ max: 100_000 }), (sums, value) => {
    const { values, impossible } = calibrate(sums, [{ value, areas: sums.map((_, i) => i) }])
    return values.reduce((a, b) => a + b, 0) === value || (impossible === 1 && sums.every(sum => sum === 0)) || value === 0
  }))
})

t.test('of a protected grid no remark holds a number that follows from sums before the protection', async t => {
  const rows = lattice({ '0,0': '10;30', '2,0': '10;40', '3,1': '-1;50' })
  const { remarks } = await join(t, rows, { ...wholeGrid, calibrate: { people: { value: 31 } } }, {}, { minimumCount: 3 })
  t.match(remarks[0]?.text.de, /Auf den veröffentlichten Wert gebracht\.$/)
  t.notMatch(JSON.stringify(remarks), /Faktor|Gewichts/)
})

t.test('people of cells in both vintages weigh a crosswalk', async t => {
  const file = await gridFile(t, `${head}\n${lattice({ '0,0': '10;1', '1,0': '30;1', '2,0': '5;1', '6,3': '9;1' }).map(row => `i;${row}`).join('\n')}`)
  const { weights, problems } = await weightsFromGrid({ gridFile: file, displayName: 'grid.csv', from: [rectangle(0, 0, 2, 2), rectangle(2, 0, 4, 2)], to: [rectangle(0, 0, 1, 2), rectangle(1, 0, 4, 2)] })
  t.strictSame(problems, [])
  t.strictSame(weights, [{ from: 0, to: 0, weight: 10 }, { from: 0, to: 1, weight: 30 }, { from: 1, to: 1, weight: 5 }])
})

t.test('the plane of the grid undoes the projection to a tenth of a metre', async t => {
  const { coordinates } = toPlaneAreas([rectangle(0, 0, 3, 2)], findPlane('EPSG:3035')!)
  t.ok([...coordinates].every(value => Math.abs(value / 1000 - Math.round(value / 1000)) < 0.0001))
  t.equal(findPlane('EPSG:31467'), undefined)
  t.equal(findPlane('EPSG:4326'), undefined)
})

t.test('boundaries and a grid are enough for an atlas that builds as it was written', async t => {
  const folder = path.join(t.testdir({}), 'musterort')
  const input = { grid: 'fixtures/deliveries/zensus-grid/gitter.csv', boundaries: 'fixtures/deliveries/town/areas.geojson', folder }
  const { written, problems } = await scaffoldZensus(input)
  t.strictSame(problems, [])
  t.strictSame(written, [path.join(folder, 'atlas.yaml')])
  const { project, problems: found } = await readProject(folder)
  t.strictSame(found, [])
  const { edition } = await buildEdition(project!, { hasTiles: async () => true })
  t.strictSame(edition!.indicators.map(({ id }) => id), ['inhabitants', 'mean-age', 'under-18-share'])
  t.strictSame(edition!.levels.map(({ areas }) => areas.length), [6, 1])
  t.strictSame(codes((await scaffoldZensus(input)).problems), ['grid-scaffold-exists'], 'what somebody has edited is not written over')
  t.strictSame(codes((await scaffoldZensus({ ...input, folder: `${folder}-2`, keyPrefix: '01' })).problems), [])
  t.match((await readProject(`${folder}-2`)).project?.file.levels[0]?.boundaries.where, { name: 'Altstadt' }, 'attribute values that choose exactly these areas')
  t.strictSame(codes((await scaffoldZensus({ ...input, folder: `${folder}-3`, grid: 'fixtures/deliveries/facilities/kinder.csv' })).problems), ['read-missing-column', 'read-missing-column'])
})
