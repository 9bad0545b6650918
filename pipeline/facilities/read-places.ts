import path from 'node:path'
import type { Problem } from '../../core/problem.ts'
import { problem } from '../../core/problem.ts'
import type { FacilityLayerEntry } from '../project-file/schema.ts'
import { findColumn } from '../read/column.ts'
import { readLayer } from '../read/layer.ts'
import { parseNumberText, type NumberNotation } from '../read/number-text.ts'
import { readTables } from '../read/tables.ts'

/** One line of a list of facilities, in the coordinates of its file. */
export interface SourcePlace {
  readonly file: string
  /** Record of a layer or line of a table. */
  readonly place: { readonly file: string, readonly record?: number, readonly line?: number }
  readonly fields: Readonly<Record<string, string>>
  /** NaN where none is written. */
  readonly x: number
  readonly y: number
}

export interface SourcePlaces {
  readonly places: readonly SourcePlace[]
  /** `EPSG:25833`, or the text of a `.prj`. */
  readonly crs: string | null
  readonly columns: readonly string[]
}

/** Reads facilities from GeoJSON, a shapefile, or a table with two columns of coordinates. */
export async function readPlacesFile (filePath: string, file: string, entry: FacilityLayerEntry): Promise<{ read?: SourcePlaces, problems: readonly Problem[] }> {
  return isLayer(filePath) ? readPoints(filePath, file, entry) : readRows(filePath, file, entry)
}

function isLayer (filePath: string): boolean {
  return ['.geojson', '.json', '.shp', '.zip', '.gpkg'].includes(path.extname(filePath).toLowerCase())
}

async function readPoints (filePath: string, file: string, { crs, encoding }: FacilityLayerEntry): Promise<{ read?: SourcePlaces, problems: readonly Problem[] }> {
  const { layer, problems } = await readLayer(filePath, { displayName: file, crs, encoding })
  if (!layer) return { problems }
  const others = layer.features.filter(({ kind }) => kind !== 'point')
  if (others.length > 0) return { problems: [...problems, problem('facilities-no-points', { file, record: others[0]!.record }, { count: others.length })] }
  const places = layer.features.map(({ record, attributes, parts }): SourcePlace => {
    const [x = NaN, y = NaN] = parts.flat().flat()
    return { file, place: { file, record }, fields: attributes, x, y }
  })
  return { read: { places, crs: crs ?? layer.crs, columns: layer.attributes }, problems }
}

async function readRows (filePath: string, file: string, { crs, encoding, delimiter, x, y }: FacilityLayerEntry): Promise<{ read?: SourcePlaces, problems: readonly Problem[] }> {
  if (x === undefined || y === undefined) return { problems: [problem('facilities-no-coordinates', { file })] }
  const { tables, problems } = await readTables(filePath, { displayName: file, ...coordinateNotation, ...(encoding !== undefined && { encoding }), ...(delimiter !== undefined && { delimiter }) })
  const [table] = tables
  if (!table) return { problems }
  const [xAt, yAt] = [findColumn(table.columns, x, { file }), findColumn(table.columns, y, { file })] as const
  const missing = [xAt, yAt].flatMap(found => 'problem' in found ? [found.problem] : [])
  if ('problem' in xAt || 'problem' in yAt) return { problems: [...problems, ...missing] }
  const places = table.rows.map(({ line, fields }): SourcePlace => ({
    file,
    place: { file, line },
    fields: Object.fromEntries(table.columns.map((column, i) => [column, fields[i] ?? ''])),
    x: readCoordinate(fields[xAt.index] ?? ''),
    y: readCoordinate(fields[yAt.index] ?? ''),
  }))
  return { read: { places, crs: crs ?? 'EPSG:4326', columns: table.columns }, problems }
}

/** Said outright, so that nobody looks for the marks of numbers among addresses and keys; workbooks write coordinates with it. */
const coordinateNotation = { decimal: '.', thousands: '' } as const

/** A coordinate has one decimal mark and no groups, so a point cannot mean thousands here. */
function readCoordinate (text: string): number {
  const notation: NumberNotation = { decimal: text.includes(',') ? ',' : '.', thousands: '' }
  const value = parseNumberText(text, notation)
  return typeof value === 'number' ? value : NaN
}
