import { existsSync } from 'node:fs'
import path from 'node:path'
import { coordinateUnitsPerDegree, type MultiPolygon } from '../core/area.ts'
import { assignCentres } from '../pipeline/grid/assign.ts'
import { findPlane, toPlaneAreas } from '../pipeline/grid/plane.ts'
import { readGrid, type Grid } from '../pipeline/grid/read-grid.ts'
import { tallyCounts } from '../pipeline/grid/tally.ts'
import { projectLayer } from '../pipeline/project/project-layer.ts'
import { readLayer } from '../pipeline/read/layer.ts'
import { connectDatabase, type Database } from '../sql/connection.ts'
import { minimumAndMedian } from './machine.ts'

const gridFile = 'zensus/Zensus2011_spitze_Werte_1km-Gitter_DE.csv.gz'
const boundaries = 'germany/vg5000_gk3/VG5000_GEM.shp'

/**
 * The census grid of Germany into its municipalities, and the same join in PostGIS on the database of `databaseUrl`; that line is
 * left out, and says so, without a database or without PostGIS. Memory is that of this process.
 */
export async function benchGrid (dataFolder: string | undefined, databaseUrl: string | undefined, runs = 5): Promise<void> {
  if (dataFolder === undefined || ![gridFile, boundaries].every(file => existsSync(path.join(dataFolder, file)))) {
    return console.log(`grid: left out, needs ${gridFile} and ${boundaries} in the folder given as --data`)
  }
  const shapes = await readShapes(path.join(dataFolder, boundaries))
  const toPlane = findPlane('EPSG:3035')!
  const [areas, planeSeconds] = timed(() => toPlaneAreas(shapes, toPlane))

  const readStarted = performance.now()
  const { grid } = await readGrid(path.join(dataFolder, gridFile), { displayName: gridFile, fields: [{ column: 'Einwohner' }] })
  if (!grid) throw new Error(`cannot read ${gridFile}`)
  const readSeconds = (performance.now() - readStarted) / 1000

  const all = Array.from({ length: runs }, () => {
    const [assignment, assignSeconds] = timed(() => assignCentres(grid, areas))
    const [tally, tallySeconds] = timed(() => tallyCounts(grid.values[0]!, assignment, shapes.length))
    return { assignSeconds, tallySeconds, total: assignSeconds + tallySeconds, inside: assignment.cells.length, sum: tally.sums.reduce((a, b) => a + b, 0) }
  })
  const [first] = all as [typeof all[number]]
  const total = minimumAndMedian(all.map(({ total }) => total))
  const part = (key: 'assignSeconds' | 'tallySeconds') => `${(minimumAndMedian(all.map(run => run[key])).median * 1000).toFixed(0)} ms`
  console.log([
    `grid: ${grid.rows} cells into ${shapes.length} areas with ${areas.coordinates.length / 2} positions: ${first.inside} inside, sum ${first.sum}`,
    `  reading the cells ${readSeconds.toFixed(2)} s (gzip, in a stream); areas to the plane of the grid ${planeSeconds.toFixed(2)} s`,
    `  assigning (index included) and sums: ${total.minimum.toFixed(2)} s min, ${total.median.toFixed(2)} s median of ${runs} (limit 1 s); assigning ${part('assignSeconds')}, sums ${part('tallySeconds')}`,
    `  memory ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB at its peak (limit 500 MB)`,
  ].join('\n'))
  await benchPostgis(databaseUrl, grid, shapes, toPlane, { sum: first.sum, seconds: total.median })
}

async function readShapes (file: string): Promise<MultiPolygon[]> {
  const { layer } = await readLayer(file, { displayName: file })
  if (!layer) throw new Error(`cannot read ${file}`)
  const { shapes } = projectLayer(layer, { bounds: { west: 5, south: 47, east: 16, north: 56 } })
  return shapes!.map(({ polygons }) => polygons)
}

function timed<Result> (work: () => Result): [result: Result, seconds: number] {
  const started = performance.now()
  const result = work()
  return [result, (performance.now() - started) / 1000]
}

const joinSql = 'select count(*)::text as count, sum(c.people)::text as sum from atlas_bench_areas a join atlas_bench_cells c on st_contains(a.shape, c.centre)'

async function benchPostgis (url: string | undefined, grid: Grid, shapes: readonly MultiPolygon[], toPlane: (lon: number, lat: number) => readonly [number, number], own: { readonly sum: number, readonly seconds: number }): Promise<void> {
  if (url === undefined) return console.log('grid in PostGIS: left out, needs DATABASE_URL')
  const database = connectDatabase({ engine: 'postgres', locate: async () => ({ url }), size: 1, context: { database: new URL(url).pathname.slice(1), role: 'owner' } })
  try {
    const [extension] = await database.query("select installed_version as version from pg_available_extensions where name = 'postgis'")
    if (extension?.version == null) return console.log('grid in PostGIS: left out, DATABASE_URL has no extension postgis')
    await loadTables(database, grid, shapes, toPlane)
    // The planner's own choice depends on the index that is there; both are fair, the second is the better one.
    await measureJoin(database, 'index over the areas', String(extension.version), own)
    await database.run('create index on atlas_bench_cells using gist (centre); analyze atlas_bench_cells')
    await measureJoin(database, 'indexes over areas and cells', String(extension.version), own)
  } finally {
    await database.run('drop table if exists atlas_bench_areas; drop table if exists atlas_bench_cells').catch(() => {})
    await database.close()
  }
}

async function measureJoin (database: Database, name: string, version: string, own: { readonly sum: number, readonly seconds: number }): Promise<void> {
  const plan = (await database.query<{ 'QUERY PLAN': string }>(`explain ${joinSql}`)).map(row => row['QUERY PLAN']).join('\n')
  const seconds: number[] = []
  let found = { count: '', sum: '' }
  for (let run = 0; run < 3; run++) {
    const started = performance.now()
    const [row] = await database.query<typeof found>(joinSql)
    seconds.push((performance.now() - started) / 1000)
    found = row!
  }
  const { minimum, median } = minimumAndMedian(seconds)
  const workers = /Workers Planned: (\d+)/.exec(plan)?.[1] ?? 0
  console.log([
    `grid in PostGIS ${version}, ${name}, ${workers} parallel workers: ${minimum.toFixed(2)} s min, ${median.toFixed(2)} s median of 3; ${found.count} inside, sum ${found.sum}${Number(found.sum) === own.sum ? '' : ' (ANOTHER SUM)'}`,
    `  here ${(minimum / own.seconds).toFixed(1)} times faster (limit 8)`,
  ].join('\n'))
}

/** Both tables; what is uninhabited counts 0, as it does here. */
async function loadTables (database: Database, grid: Grid, shapes: readonly MultiPolygon[], toPlane: (lon: number, lat: number) => readonly [number, number]): Promise<void> {
  await database.run('drop table if exists atlas_bench_areas; drop table if exists atlas_bench_cells; create table atlas_bench_areas (shape geometry(MultiPolygon, 3035)); create table atlas_bench_cells (centre geometry(Point, 3035), people integer)')
  for (let start = 0; start < shapes.length; start += 2000) {
    await database.query('insert into atlas_bench_areas select st_geomfromtext(wkt, 3035) from unnest($1::text[]) as wkt', [shapes.slice(start, start + 2000).map(shape => toWkt(shape, toPlane))])
  }
  for (let start = 0; start < grid.x.length; start += 20_000) {
    const end = start + 20_000
    const people = Array.from(grid.values[0]!.subarray(start, end), value => Number.isFinite(value) ? value : 0)
    await database.query('insert into atlas_bench_cells select st_setsrid(st_point(x, y), 3035), people from unnest($1::float8[], $2::float8[], $3::int[]) as t (x, y, people)',
      [Array.from(grid.x.subarray(start, end)), Array.from(grid.y.subarray(start, end)), people])
  }
  await database.run('create index on atlas_bench_areas using gist (shape); alter table atlas_bench_cells set (parallel_workers = 2); alter table atlas_bench_areas set (parallel_workers = 2); analyze atlas_bench_areas; analyze atlas_bench_cells')
}

function toWkt (shape: MultiPolygon, toPlane: (lon: number, lat: number) => readonly [number, number]): string {
  const ringText = (ring: readonly number[]): string => {
    const positions: string[] = []
    for (let i = 0; i < ring.length; i += 2) positions.push(toPlane(ring[i]! / coordinateUnitsPerDegree, ring[i + 1]! / coordinateUnitsPerDegree).join(' '))
    return `(${positions.join(',')})`
  }
  return `MULTIPOLYGON(${shape.map(polygon => `(${polygon.map(ringText).join(',')})`).join(',')})`
}
