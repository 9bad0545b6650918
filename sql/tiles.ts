import { formatVersion } from '../core/edition.ts'
import type { GeometryTiles, Tile } from '../core/tile.ts'
import type { Database, Row } from './connection.ts'
import type { Visibility } from './load.ts'

/** Of one insert; as text in a message it is more than twice as much. */
const chunkBytes = 2_000_000
const pageTiles = 200

/**
 * Stores the tiles of a geometry unless they are there. A geometry that comes back with more zooms
 * (the project file was changed) gains them; with another format version its tiles are replaced.
 */
export async function saveTiles (database: Database, tiles: GeometryTiles): Promise<void> {
  const stored = await findTileSet(database, tiles.geometry)
  if (stored && stored.format_version === formatVersion) {
    const { min_zoom: minZoom, max_zoom: maxZoom, tile_set_key: key } = stored
    if (minZoom <= tiles.minZoom && maxZoom >= tiles.maxZoom) return
    await insertTiles(database, key, tiles.tiles)
    await database.query('update atlas.tile_sets set min_zoom = least(min_zoom, $2), max_zoom = greatest(max_zoom, $3) where tile_set_key = $1',
      [key, tiles.minZoom, tiles.maxZoom])
    return
  }
  const [row] = await database.query<{ tile_set_key: number }>(`
    insert into atlas.tile_sets (geometry, format_version, min_zoom, max_zoom, topology_gzip, topology_brotli)
    values ($1, $2, $3, $4, $5, $6) returning tile_set_key`,
  [tiles.geometry, formatVersion, tiles.minZoom, tiles.maxZoom, toBuffer(tiles.topology?.gzip), toBuffer(tiles.topology?.brotli)])
  const key = row!.tile_set_key
  await insertTiles(database, key, tiles.tiles)
  await finish(database, key, tiles.geometry)
}

/** Whether tiles of a geometry are stored for all these zooms, in the format of this program. */
export async function hasTiles (database: Database, geometry: string, minZoom: number, maxZoom: number): Promise<boolean> {
  const rows = await database.query(`
    select from atlas.stored_tile_sets
    where geometry = $1 and format_version = $2 and min_zoom <= $3 and max_zoom >= $4`, [geometry, formatVersion, minZoom, maxZoom])
  return rows.length > 0
}

/** The tiles of a geometry, ordered by z, x, y; `undefined` if there are none to be seen. */
export async function loadTiles (database: Database, geometry: string, visibility: Visibility): Promise<GeometryTiles | undefined> {
  const set = await findTileSet(database, geometry, visibility)
  if (!set) return undefined
  const { topology_gzip: gzip, topology_brotli: brotli } = set
  const tiles: Tile[] = []
  for (let last: Pick<Tile, 'z' | 'x' | 'y'> | undefined = { z: -1, x: -1, y: -1 }; last;) {
    const page: Tile[] = await database.query<Tile & Row>(`
      select z, x, y, gzip, brotli from atlas.${visibility}_tiles
      where tile_set_key = $1 and (z, x, y) > ($2::int, $3::int, $4::int) and z between $5 and $6
      order by z, x, y limit ${pageTiles}`, [set.tile_set_key, last.z, last.x, last.y, set.min_zoom, set.max_zoom])
    tiles.push(...page)
    last = page.at(-1)
  }
  return { geometry, minZoom: set.min_zoom, maxZoom: set.max_zoom, tiles, topology: gzip && brotli && { gzip, brotli } }
}

/**
 * Deletes tiles whose geometry no edition names any more but a withdrawn one, and what writers left unfinished. A writer
 * names its geometries before it looks for their tiles, so under the lock none is taken from it.
 */
export async function deleteUnusedTiles (database: Database): Promise<void> {
  await database.transaction(async queries => {
    await queries.run('lock table atlas.levels in share mode')
    await queries.run(`
      delete from atlas.tile_sets
      where started_at < now() - interval '1 day'
        and (saved_at is null or geometry not in (
          select l.geometry from atlas.levels l
          where not exists (select from atlas.withdrawals w where w.edition_key = l.edition_key)))`)
  })
}

interface TileSetRow extends Row {
  readonly tile_set_key: number
  readonly format_version: number
  readonly min_zoom: number
  readonly max_zoom: number
  readonly topology_gzip: Buffer | null
  readonly topology_brotli: Buffer | null
}

async function findTileSet (database: Database, geometry: string, visibility: Visibility = 'stored'): Promise<TileSetRow | undefined> {
  const [row] = await database.query<TileSetRow>(`select * from atlas.${visibility}_tile_sets where geometry = $1`, [geometry])
  return row
}

/** Each chunk is a transaction of its own; tiles outside the set's zooms are not read. */
async function insertTiles (database: Database, key: number, tiles: readonly Tile[]): Promise<void> {
  for (const chunk of chunkTiles(tiles)) {
    await database.query(`
      insert into atlas.tiles (tile_set_key, z, x, y, gzip, brotli)
      select $1, * from unnest($2::int[], $3::int[], $4::int[], $5::bytea[], $6::bytea[])
      on conflict (tile_set_key, z, x, y) do nothing`,
    [key, chunk.map(({ z }) => z), chunk.map(({ x }) => x), chunk.map(({ y }) => y),
      chunk.map(({ gzip }) => toBuffer(gzip)), chunk.map(({ brotli }) => toBuffer(brotli))])
  }
}

function * chunkTiles (tiles: readonly Tile[]): Generator<Tile[]> {
  let chunk: Tile[] = []
  let bytes = 0
  for (const tile of tiles) {
    chunk.push(tile)
    bytes += tile.gzip.length + tile.brotli.length
    if (bytes < chunkBytes) continue
    yield chunk
    chunk = []
    bytes = 0
  }
  if (chunk.length > 0) yield chunk
}

/** Makes the set visible in place of one of another format version. */
async function finish (database: Database, key: number, geometry: string): Promise<void> {
  await database.transaction(async queries => {
    await queries.run('lock table atlas.tile_sets in exclusive mode')
    await queries.query('delete from atlas.tile_sets where geometry = $1 and saved_at is not null', [geometry])
    await queries.query('update atlas.tile_sets set saved_at = now() where tile_set_key = $1', [key])
  })
}

/** `pg` sends a Buffer as bytes, and any other array as an array. */
function toBuffer (bytes: Uint8Array | undefined): Buffer | null {
  return bytes === undefined ? null : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
