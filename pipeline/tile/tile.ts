import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Area, Geometry } from '../../core/area.ts'
import type { Problem } from '../../core/problem.ts'
import type { GeometryTiles, Tile } from '../../core/tile.ts'
import type { TileContent } from './cut.ts'
import type { ZoomShapes } from './simplify.ts'
import type { Topology } from './topology.ts'
import { problem } from '../../core/problem.ts'
import { topologyAreaLimit } from '../../core/tile.ts'
import { checkTile } from './check-tile.ts'
import { cutTiles } from './cut.ts'
import { encodeTile } from './encode.ts'
import { countTiles, coverBounds } from './mercator.ts'
import { simplifyToZoom } from './simplify.ts'
import { toTopoJson } from './topojson.ts'
import { buildTopology } from './topology.ts'

/** One geometry, and how far to cut it up. */
export interface TileOptions {
  readonly geometry: Geometry
  /** In the order of the geometry's shapes. */
  readonly areas: readonly Area[]
  readonly minZoom: number
  readonly maxZoom: number
  /** Called after every zoom with the places looked at so far. */
  readonly onProgress?: (done: number, total: number) => void
  /** Largest size of a tile after gzip. */
  readonly limitBytes?: number
}

/** Sizes after gzip that tippecanoe and Mapbox recommend: 500 kB at most, 50 kB on average. */
const tileLimitBytes = 500_000
const tileMeanLimitBytes = 50_000

/** Side of the square of surface that may vanish at a vertex, in grid steps of 1/8 pixel. */
const simplifyTolerance = 2

/** The last zoom is enlarged by the client, up to 64 times: there only what is below its grid goes. */
const lastTolerance = 1

/** Where tiles would be too large, half the detail is tried, up to this: one pixel. */
const coarsestTolerance = 8

/** Tiles in the compressor at a time; more would only fill memory. */
const compressorQueue = 8

/**
 * The tiles of a geometry for a range of zooms, each held against the specification and compressed
 * once, and the topology for the viewer. Deterministic: same geometry, same bytes.
 *
 * @throws RangeError for a zoom range that is none
 */
export async function tileGeometry (
  { geometry, areas, minZoom, maxZoom, onProgress, limitBytes = tileLimitBytes }: TileOptions,
): Promise<{ tiles: GeometryTiles, problems: Problem[] }> {
  if (minZoom > maxZoom) throw new RangeError(`invalid zoom range: ${minZoom} to ${maxZoom}`)
  const zooms = Array.from({ length: maxZoom - minZoom + 1 }, (_, i) => minZoom + i)
  const counts = zooms.map(zoom => countTiles(coverBounds(geometry.bounds, zoom)))
  const total = counts.reduce((sum, count) => sum + count, 0)
  const topology = buildTopology(geometry.shapes)
  const tiles: Tile[] = []
  const problems: Problem[] = []
  let served: GeometryTiles['topology'] = null
  let done = 0

  for (const [i, zoom] of zooms.entries()) {
    const made = await tileZoom(topology, { geometry, areas, zoom, isLast: zoom === maxZoom, limitBytes })
    tiles.push(...made.tiles)
    problems.push(...made.problems)
    if (zoom === maxZoom && areas.length <= topologyAreaLimit) {
      served = await compress(toTopoJson(made.shapes, areas, geometry), areas.length)
    }
    done += counts[i]!
    onProgress?.(done, total)
  }

  problems.push(...sizeProblems(tiles, geometry.id, limitBytes))
  return { tiles: { geometry: geometry.id, minZoom, maxZoom, tiles, topology: served }, problems }
}

interface ZoomOptions extends Required<Pick<TileOptions, 'geometry' | 'areas' | 'limitBytes'>> { readonly zoom: number, readonly isLast: boolean }

interface MadeZoom { readonly shapes: ZoomShapes, readonly tiles: Tile[], readonly problems: Problem[] }

/** One zoom, with as much detail as fits into the size of a tile. */
async function tileZoom (topology: Topology, { geometry, areas, zoom, isLast, limitBytes }: ZoomOptions): Promise<MadeZoom> {
  for (let tolerance = isLast ? lastTolerance : simplifyTolerance; ; tolerance *= 2) {
    const shapes = simplifyToZoom(topology, geometry.labels, { zoom, tolerance })
    const contents = cutTiles(shapes, { labels: geometry.labels, bounds: geometry.bounds, isLast })
    const { tiles, problems } = await finishTiles(contents, { geometry, areas, zoom })
    const fits = tiles.every(({ gzip }) => gzip.length <= limitBytes)
    if (fits || tolerance >= coarsestTolerance) return { shapes, tiles, problems }
  }
}

/** Encodes, checks and compresses; ordered by x, then y. */
async function finishTiles (
  contents: Iterable<TileContent>, { geometry, areas, zoom }: Omit<ZoomOptions, 'isLast' | 'limitBytes'>,
): Promise<{ tiles: Tile[], problems: Problem[] }> {
  const tiles: Tile[] = []
  const problems: Problem[] = []
  const seen = new Set<number>()
  const queue = new Set<Promise<void>>()
  for (const content of contents) {
    const bytes = encodeTile(content, areas)
    problems.push(...faultProblems(bytes, content, geometry.id))
    for (const { area } of content.areas) seen.add(area)
    const { z, x, y } = content
    const job = compress(bytes, areas.length).then(compressed => {
      tiles.push({ z, x, y, ...compressed })
      queue.delete(job)
    })
    queue.add(job)
    if (queue.size >= compressorQueue) await Promise.race(queue)
  }
  await Promise.all(queue)
  problems.push(...lossProblems(areas, seen, zoom, geometry.id))
  return { tiles: tiles.toSorted((a, b) => a.x - b.x || a.y - b.y), problems }
}

type Place = Pick<Tile, 'x' | 'y' | 'z'>

const toGzip = promisify(gzip)
const toBrotli = promisify<Uint8Array, object, Buffer>(brotliCompress)

/** Both run in the thread pool, so that two cores cut and compress at the same time. */
async function compress (bytes: Uint8Array, areaCount: number): Promise<{ gzip: Uint8Array, brotli: Uint8Array }> {
  // Quality 11 saves 5 % over 9 and takes ten times as long: seconds for a town, minutes for a country.
  const quality = areaCount > topologyAreaLimit ? 9 : 11
  const params = { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  const [gzipped, brotli] = await Promise.all([toGzip(bytes, { level: 9 }), toBrotli(bytes, { params })])
  return { gzip: gzipped, brotli }
}

function faultProblems (bytes: Uint8Array, { z, x, y }: Place, geometry: string): Problem[] {
  return checkTile(bytes).map(({ rule, layer, feature, detail }) => problem('tile-invalid', {}, {
    geometry,
    tile: `${z}/${x}/${y}`,
    rule,
    detail: [layer, feature, detail].filter(part => part !== undefined).join(', '),
  }))
}

function lossProblems (areas: readonly Area[], seen: ReadonlySet<number>, zoom: number, geometry: string): Problem[] {
  const lost = areas.filter((_, area) => !seen.has(area))
  return lost.length === 0 ? [] : [problem('tile-area-lost', {}, { geometry, zoom, count: lost.length, area: lost[0]!.id })]
}

function sizeProblems (tiles: readonly Tile[], geometry: string, limitBytes: number): Problem[] {
  const kilobytes = (bytes: number): number => Math.round(bytes / 1000)
  const problems = tiles.filter(tile => tile.gzip.length > limitBytes).map(({ z, x, y, gzip }) => problem('tile-too-large', {}, {
    geometry, tile: `${z}/${x}/${y}`, kilobytes: kilobytes(gzip.length), limit: kilobytes(limitBytes),
  }))
  const mean = tiles.reduce((sum, tile) => sum + tile.gzip.length, 0) / Math.max(tiles.length, 1)
  if (mean > tileMeanLimitBytes) problems.push(problem('tile-mean-large', {}, { geometry, kilobytes: kilobytes(mean), limit: kilobytes(tileMeanLimitBytes) }))
  return problems
}
