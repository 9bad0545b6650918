import type { Problem } from '../../core/problem.ts'
import { nearest } from '../../core/nearest.ts'
import { problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import { DamagedEntryError } from './archive.ts'
import { findEncoding } from './encoding.ts'
import { fileProblem } from './file.ts'
import { readGeojson } from './geojson.ts'
import { readGeopackage } from './geopackage.ts'
import { visibleLayer } from './invisible.ts'
import { LayerFileError, listCandidates, withoutEnding, type Candidate } from './layer-candidates.ts'
import { readShapefile } from './shapefile.ts'

/** A layer as it was delivered: nothing projected, nothing repaired, all attributes text. */
export interface SourceLayer {
  /** How messages name the file; of a zip with the file in it, `stadtteile.zip/Stadtteile.shp`. */
  readonly file: string
  /** `EPSG:25832`, or the WKT text of a `.prj`; null where the file does not say. */
  readonly crs: string | null
  /** Column names in file order. */
  readonly attributes: readonly string[]
  readonly features: readonly SourceFeature[]
}

/** What one record draws. Coordinates are flat `[x0, y0, x1, y1, …]` in the layer's own system. */
export type SourceFeature = SourceRecord & (
  | { readonly kind: 'polygon', /** Polygons of rings, the outer ring first. */ readonly parts: ReadonlyArray<ReadonlyArray<readonly number[]>> }
  | { readonly kind: 'line', readonly parts: ReadonlyArray<readonly number[]> }
  | { readonly kind: 'point', readonly parts: ReadonlyArray<readonly number[]> }
)

export interface SourceRecord {
  /** Position in the file, from 1; records without a shape are counted but left out. */
  readonly record: number
  readonly attributes: Readonly<Record<string, string>>
}

export interface LayerOptions {
  /** Which one, where a zip, a folder or a GeoPackage holds several: its file name without ending, or the name of its table. */
  readonly layer?: string | undefined
  /** Encoding of the attributes, only where the file says it wrong. */
  readonly encoding?: string | undefined
  /** Coordinate system, only where the file says none or a wrong one. */
  readonly crs?: string | undefined
  /** How messages name the file. */
  readonly displayName: string
}

export interface LayerResult {
  /** Left out where nothing could be read; a layer beside errors serves to find more of them. */
  readonly layer?: SourceLayer
  readonly problems: Problem[]
}

/** The files of one shapefile, by their endings in lower case. */
export type ShapefileParts = ReadonlyMap<string, Uint8Array>

/**
 * Reads boundaries from a shapefile, plain, zipped or in a folder, from GeoJSON or a GeoPackage. Signs that nobody sees are taken out of names and keys.
 * Every problem of the file at once; never throws for what a file holds.
 */
export async function readLayer (filePath: string, options: LayerOptions): Promise<LayerResult> {
  const { layer, problems } = await readChosen(filePath, options)
  if (layer === undefined) return { problems }
  const { attributes, features, problems: signs } = visibleLayer(layer)
  return { layer: { ...layer, attributes, features }, problems: [...problems, ...signs] }
}

async function readChosen (filePath: string, options: LayerOptions): Promise<LayerResult> {
  const { displayName } = options
  const encoding = options.encoding === undefined ? undefined : findEncoding(options.encoding)
  if (options.encoding !== undefined && encoding === undefined) {
    return { problems: [problem('read-unknown-encoding', { file: displayName }, { encoding: options.encoding })] }
  }
  try {
    const candidates = await listCandidates(filePath, displayName)
    if (candidates.problems.length > 0) return { problems: candidates.problems }
    const chosen = choose(candidates.layers, options)
    if ('code' in chosen) return { problems: [chosen] }
    const settings = { displayName: chosen.displayName, encoding, crs: options.crs }
    switch (chosen.kind) {
      case 'geojson': return readGeojson(await chosen.read(), settings)
      case 'geopackage': return await readGeopackage(await chosen.read(), chosen.table, settings)
      case 'shapefile': return await readShapefile(await chosen.read(), settings)
    }
  } catch (error) {
    if (error instanceof LayerFileError) return { problems: [error.problem] }
    if (error instanceof DamagedEntryError) return { problems: [problem('read-zip-damaged-entry', { file: displayName }, { name: error.message })] }
    return { problems: [fileProblem(error, displayName)] }
  }
}

function choose (layers: readonly Candidate[], { layer, displayName }: LayerOptions): Candidate | Problem {
  const [first, ...others] = layers
  const names = quoteList(layers.map(({ name }) => name))
  if (first === undefined) return problem('read-zip-no-layer', { file: displayName })
  if (layer === undefined) return others.length === 0 ? first : problem('read-several-layers', { file: displayName }, { layers: names })

  const wanted = layers.filter(({ name, displayName: whole }) => [name, withoutEnding(whole.slice(displayName.length + 1))].includes(layer))
  if (wanted.length === 1) return wanted[0]!
  const guess = nearest(layer, layers.map(({ name }) => name)) ?? first.name
  return problem('read-unknown-layer', { file: displayName }, { layer, layers: names, guess })
}
