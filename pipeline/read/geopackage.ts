import type { LayerResult, SourceFeature, SourceRecord } from './layer.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { listSome } from '../facts.ts'
import { findTable, queryCopy, quoteName, SqliteError, type SqliteQuery } from './sqlite.ts'
import { readWkb, WkbError, type WkbShape } from './wkb.ts'
import { isOpenRing } from './open-ring.ts'

/** What the project says about a GeoPackage. */
export interface GeopackageSettings {
  readonly displayName: string
  /** Wins over what the file says. */
  readonly crs?: string | undefined
}

/** Names of the tables of a GeoPackage that hold shapes; none beside problems. */
export async function listGeopackageLayers (bytes: Uint8Array, file: string): Promise<{ layers: string[], problems: Problem[] }> {
  return await withGeopackage(bytes, file, query => {
    if (findTable(query, 'gpkg_contents') === undefined || findTable(query, 'gpkg_geometry_columns') === undefined) {
      return { layers: [], problems: [problem('geopackage-no-contents', { file })] }
    }
    const names = query('SELECT DISTINCT c.table_name AS name FROM gpkg_contents c JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name) ' +
      "WHERE c.data_type = 'features' ORDER BY c.rowid").map(({ name }) => String(name))
    const layers = names.filter(name => findTable(query, name) !== undefined)
    const views = names.filter(name => !layers.includes(name))
    if (layers.length > 0) return { layers, problems: [] }
    const [view] = views
    return { layers, problems: [view === undefined ? problem('geopackage-no-layer', { file }) : problem('geopackage-view', { file }, { table: view })] }
  }, problems => ({ layers: [], problems }))
}

/**
 * One table of a GeoPackage (OGC 12-128r18) as a layer. Heights and measures are dropped; attributes are text, numbers with all their
 * digits, blank where the file has no value. Rows without a shape are reported and left out; the others keep their number.
 */
export async function readGeopackage (bytes: Uint8Array, table: string, { displayName: file, crs }: GeopackageSettings): Promise<LayerResult> {
  return await withGeopackage(bytes, file, query => {
    const place = { file }
    const system = findSystem(query, table)
    const crsProblems = crs === undefined && system === undefined ? [problem('geopackage-no-crs', place)] : []
    const columns = listColumns(query, table)
    const { features, problems } = readRows(query, table, columns, place)
    const unreadable = columns.attributes.filter(({ type }) => isBinary(type)).map(({ name }) => problem('read-unreadable-column', { ...place, column: name }, { column: name }))
    return {
      layer: { file, crs: crs ?? system ?? null, attributes: columns.attributes.map(({ name }) => name), features },
      problems: [...crsProblems, ...unreadable, ...problems],
    }
  }, problems => ({ problems }))
}

/** Whether a file begins as every SQLite database does. */
export function isDatabase (bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 16)).toString('latin1') === 'SQLite format 3\0'
}

async function withGeopackage<Answer> (bytes: Uint8Array, file: string, ask: (query: SqliteQuery) => Answer, fail: (problems: Problem[]) => Answer): Promise<Answer> {
  if (!isDatabase(bytes)) return fail([problem('geopackage-no-database', { file })])
  try {
    return await queryCopy(bytes, ask)
  } catch (error) {
    if (error instanceof SqliteError) return fail([problem('geopackage-damaged', { file }, { reason: error.message })])
    throw error
  }
}

interface Columns {
  readonly geometry: string
  readonly attributes: ReadonlyArray<{ readonly name: string, readonly type: string }>
}

function listColumns (query: SqliteQuery, table: string): Columns {
  const [stated] = query('SELECT column_name AS name FROM gpkg_geometry_columns WHERE lower(table_name) = lower(?)', [table])
  const geometry = String(stated?.['name'])
  // Calculated columns are not listed here, so that no formula of the file is ever evaluated.
  const columns = query(`PRAGMA table_info(${quoteName(table)})`).map(({ name, type }) => ({ name: String(name), type: String(type).toUpperCase() }))
  const found = columns.find(({ name }) => name.toLowerCase() === geometry.toLowerCase())
  if (found === undefined) throw new SqliteError(`no such column: ${geometry}`)
  return { geometry: found.name, attributes: columns.filter(column => column !== found) }
}

/** `EPSG:25832`, or the WKT text of a system without such a number; undefined where the file does not say. */
function findSystem (query: SqliteQuery, table: string): string | undefined {
  if (findTable(query, 'gpkg_spatial_ref_sys') === undefined) return undefined
  const [system] = query('SELECT s.organization AS organization, s.organization_coordsys_id AS code, s.definition AS definition FROM gpkg_geometry_columns g ' +
    'JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE lower(g.table_name) = lower(?)', [table])
  if (system === undefined) return undefined
  if (String(system['organization']).toUpperCase() === 'EPSG') return `EPSG:${String(system['code'])}`
  const definition = String(system['definition'] ?? '').trim()
  return definition === '' || /^undefined/i.test(definition) ? undefined : definition
}

interface FilePlace { readonly file: string }

function readRows (query: SqliteQuery, table: string, columns: Columns, place: FilePlace): { features: SourceFeature[], problems: Problem[] } {
  const features: SourceFeature[] = []
  const problems: Problem[] = []
  const [empty, open]: [number[], number[]] = [[], []]
  const selected = [columns.geometry, ...columns.attributes.map(({ name }) => name)]
  const rows = query(`SELECT ${selected.map((name, i) => `${quoteName(name)} AS c${i}`).join(', ')} FROM ${quoteName(table)}`)
  for (const [i, row] of rows.entries()) {
    const record: SourceRecord = {
      record: i + 1,
      attributes: Object.fromEntries(columns.attributes.map(({ name, type }, j) => [name, toText(row[`c${j + 1}`], type)])),
    }
    const shape = readShape(row['c0'], { ...place, record: i + 1 })
    if (shape === undefined) empty.push(i + 1)
    else if ('code' in shape) problems.push(shape)
    else features.push({ ...record, ...shape })
    if (shape !== undefined && 'kind' in shape && shape.kind === 'polygon' && shape.parts.some(rings => rings.some(isOpenRing))) open.push(i + 1)
  }
  if (empty.length > 0) problems.push(problem('read-empty-shapes', place, { records: listSome(empty), count: empty.length }))
  if (open.length > 0) problems.push(problem('read-open-rings', place, { records: listSome(open), count: open.length }))
  if (rows.length === 0) problems.push(problem('read-no-features', place))
  return { features, problems }
}

/** Bytes of the box in a geometry's head, by its number there. */
const boxBytes = [0, 32, 48, 48, 64]

function readShape (blob: unknown, place: FilePlace & { readonly record: number }): WkbShape | Problem | undefined {
  if (blob === null || blob === undefined) return undefined
  if (!(blob instanceof Uint8Array) || blob[0] !== 0x47 || blob[1] !== 0x50) return problem('geopackage-damaged-shape', place, { found: typeof blob })
  const flags = blob[3] ?? 0
  const box = boxBytes[(flags >> 1) & 7]
  if (box === undefined || (flags & 0x20) !== 0) return problem('geopackage-damaged-shape', place, { found: `flags ${flags}` })
  if ((flags & 0x10) !== 0) return undefined
  try {
    return readWkb(blob, 8 + box)
  } catch (error) {
    if (!(error instanceof WkbError)) throw error
    if (error.kind === 'damaged') return problem('geopackage-damaged-shape', place, { found: error.message })
    return problem(error.message === 'GEOMETRYCOLLECTION' ? 'read-geometry-collection' : 'read-geometry-type', place, { found: error.message })
  }
}

function toText (value: unknown, type: string): string {
  if (value === null || value === undefined || value instanceof Uint8Array) return ''
  if (type === 'BOOLEAN' && (value === 0 || value === 1)) return value === 1 ? 'true' : 'false'
  return String(value)
}

function isBinary (type: string): boolean {
  return type.startsWith('BLOB')
}
