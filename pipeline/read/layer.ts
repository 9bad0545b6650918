import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Problem } from '../../core/problem.ts'
import { nearest } from '../../core/nearest.ts'
import { problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import { DamagedEntryError, openArchive, type ArchiveEntry } from './archive.ts'
import { findEncoding } from './encoding.ts'
import { fileProblem } from './file.ts'
import { readGeojson } from './geojson.ts'
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
  /** Which one, where a zip holds several: its file name without ending. */
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

/** Reads boundaries from a shapefile, plain or zipped, or from GeoJSON. Every problem of the file at once; never throws for what a file holds. */
export async function readLayer (filePath: string, options: LayerOptions): Promise<LayerResult> {
  const { displayName } = options
  const encoding = options.encoding === undefined ? undefined : findEncoding(options.encoding)
  if (options.encoding !== undefined && encoding === undefined) {
    return { problems: [problem('read-unknown-encoding', { file: displayName }, { encoding: options.encoding })] }
  }
  try {
    const candidates = await listCandidates(filePath, displayName)
    if ('problems' in candidates) return { problems: candidates.problems }
    const chosen = choose(candidates.layers, options)
    if ('code' in chosen) return { problems: [chosen] }
    const settings = { displayName: chosen.displayName, encoding, crs: options.crs }
    return chosen.kind === 'geojson'
      ? readGeojson(await chosen.read(), settings)
      : await readShapefile(await chosen.read(), settings)
  } catch (error) {
    if (error instanceof DamagedEntryError) return { problems: [problem('read-zip-damaged-entry', { file: displayName }, { name: error.message })] }
    return { problems: [fileProblem(error, displayName)] }
  }
}

type Candidate = { readonly name: string, readonly displayName: string } & (
  | { readonly kind: 'geojson', readonly read: () => Promise<Uint8Array> }
  | { readonly kind: 'shapefile', readonly read: () => Promise<ShapefileParts> }
)

async function listCandidates (filePath: string, displayName: string): Promise<{ layers: Candidate[] } | { problems: Problem[] }> {
  const bytes = await readFile(filePath)
  switch (path.extname(filePath).toLowerCase()) {
    case '.zip': {
      const { entries, problems } = openArchive(bytes, displayName)
      return problems.length > 0 ? { problems } : { layers: layersOf(entries, displayName) }
    }
    case '.shp': return { layers: [{ kind: 'shapefile', name: stem(filePath), displayName, read: () => readSiblings(filePath) }] }
    case '.geojson': case '.json': return { layers: [{ kind: 'geojson', name: stem(filePath), displayName, read: async () => bytes }] }
    default: return { problems: [problem('read-unknown-layer-format', { file: displayName }, { ending: path.extname(filePath) || '–' })] }
  }
}

/** What makes a shapefile; anything else in a zip is left alone. */
const shapefileEndings = ['.shp', '.shx', '.dbf', '.prj', '.cpg']

function layersOf (entries: readonly ArchiveEntry[], displayName: string): Candidate[] {
  return entries.flatMap((entry): Candidate[] => {
    const base = { name: stem(entry.name), displayName: `${displayName}/${entry.name}` }
    switch (path.posix.extname(entry.name).toLowerCase()) {
      case '.geojson': case '.json': return [{ ...base, kind: 'geojson', read: async () => entry.read() }]
      case '.shp': return [{ ...base, kind: 'shapefile', read: async () => partsOf(entries, withoutEnding(entry.name)) }]
      default: return []
    }
  })
}

function partsOf (entries: readonly ArchiveEntry[], name: string): ShapefileParts {
  const parts = entries.filter(entry => withoutEnding(entry.name).toLowerCase() === name.toLowerCase())
  return new Map(parts.map(entry => [path.posix.extname(entry.name).toLowerCase(), entry] as const)
    .filter(([ending]) => shapefileEndings.includes(ending))
    .map(([ending, entry]) => [ending, entry.read()]))
}

async function readSiblings (filePath: string): Promise<ShapefileParts> {
  const folder = path.dirname(filePath)
  const names = (await readdir(folder)).filter(name => stem(name).toLowerCase() === stem(filePath).toLowerCase() &&
    shapefileEndings.includes(path.extname(name).toLowerCase()))
  return new Map(await Promise.all(names.map(async name =>
    [path.extname(name).toLowerCase(), await readFile(path.join(folder, name))] as const)))
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

function stem (name: string): string {
  return path.posix.basename(withoutEnding(name.replaceAll('\\', '/')))
}

function withoutEnding (name: string): string {
  return name.slice(0, name.length - path.posix.extname(name).length)
}
