import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ShapefileParts } from './layer.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { openArchive, type ArchiveEntry } from './archive.ts'
import { isDatabase, listGeopackageLayers } from './geopackage.ts'
import { readFileUpTo } from './limits.ts'

/** A layer that a file, a folder or an archive holds, not read yet. */
export type Candidate = {
  readonly name: string
  /** How messages name it. */
  readonly displayName: string
} & (
  | { readonly kind: 'geojson', readonly read: () => Promise<Uint8Array> }
  | { readonly kind: 'geopackage', readonly table: string, readonly read: () => Promise<Uint8Array> }
  | { readonly kind: 'shapefile', readonly read: () => Promise<ShapefileParts> }
)

export interface Candidates {
  readonly layers: Candidate[]
  readonly problems: Problem[]
}

/** A file that cannot be read as a layer at all, found while candidates are read. */
export class LayerFileError extends Error {
  override name = 'LayerFileError'
  readonly problem: Problem

  constructor (found: Problem) {
    super(found.code)
    this.problem = found
  }
}

/** VG250, the largest layer a town could want, has 330 MB. */
export const maxLayerBytes = 512 * 1024 * 1024

/** What makes a shapefile; anything else beside it is left alone. */
const shapefileEndings = ['.shp', '.shx', '.dbf', '.prj', '.cpg']

/**
 * The layers at a path: of a folder and of a zip all that are in it, of a GeoPackage one per table, else one.
 * What a file is says its content where it can, then its ending in upper or lower case.
 *
 * @throws LayerFileError, DamagedEntryError, errors of the file system
 */
export async function listCandidates (filePath: string, displayName: string): Promise<Candidates> {
  if ((await stat(filePath)).isDirectory()) return await listFolder(filePath, displayName)
  const ending = endingOf(filePath)
  if (ending === '.shp') return { layers: [{ kind: 'shapefile', name: stem(filePath), displayName, read: () => readSiblings(filePath) }], problems: [] }

  const bytes = await readLayerFile(filePath, displayName)
  if (isDatabase(bytes) || ending === '.gpkg') return await listGeopackage(filePath, displayName, bytes)
  if (ending === '.zip' || isArchive(bytes)) {
    const { entries, problems } = openArchive(bytes, displayName)
    return problems.length > 0 ? { layers: [], problems } : await listArchive(entries, displayName)
  }
  if (['.geojson', '.json'].includes(ending)) return { layers: [{ kind: 'geojson', name: stem(filePath), displayName, read: async () => bytes }], problems: [] }
  return { layers: [], problems: [problem('read-unknown-layer-format', { file: displayName }, { ending: ending || '–' })] }
}

/** What can be a layer by its name; files within folders of the folder are not looked at. */
async function listFolder (folder: string, displayName: string): Promise<Candidates> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter(entry => !entry.isDirectory()).map(({ name }) => name).filter(name => layerEndings.includes(endingOf(name))).toSorted()
  const found = await Promise.all(names.map(async name => await listCandidates(path.join(folder, name), `${displayName}/${name}`)))
  const layers = found.flatMap(candidates => candidates.layers)
  const problems = found.flatMap(candidates => candidates.problems)
  if (names.length === 0) problems.push(problem('read-folder-no-layer', { file: displayName }))
  return { layers, problems: layers.length > 0 ? [] : problems }
}

const layerEndings = ['.shp', '.geojson', '.json', '.gpkg']

async function listArchive (entries: readonly ArchiveEntry[], displayName: string): Promise<Candidates> {
  const found = await Promise.all(entries.map(async (entry): Promise<Candidates> => {
    const base = { name: stem(entry.name), displayName: `${displayName}/${entry.name}` }
    switch (endingOf(entry.name)) {
      case '.geojson': case '.json': return one({ ...base, kind: 'geojson', read: async () => entry.read() })
      case '.shp': return one({ ...base, kind: 'shapefile', read: async () => partsOf(entries, withoutEnding(entry.name)) })
      case '.gpkg': return await listTables(base.displayName, async () => entry.read())
      default: return { layers: [], problems: [] }
    }
  }))
  const layers = found.flatMap(candidates => candidates.layers)
  return { layers, problems: layers.length > 0 ? [] : found.flatMap(({ problems }) => problems) }
}

function one (candidate: Candidate): Candidates {
  return { layers: [candidate], problems: [] }
}

/** A database that another program has open has a log beside it, without which it is out of date. */
async function listGeopackage (filePath: string, displayName: string, bytes: Uint8Array): Promise<Candidates> {
  for (const ending of ['-wal', '-journal']) {
    const size = await stat(`${filePath}${ending}`).then(stats => stats.size, () => 0)
    if (size > 0) return { layers: [], problems: [problem('geopackage-unsaved', { file: displayName }, { name: `${path.basename(filePath)}${ending}` })] }
  }
  return await listTables(displayName, async () => bytes)
}

async function listTables (displayName: string, read: () => Promise<Uint8Array>): Promise<Candidates> {
  const { layers, problems } = await listGeopackageLayers(await read(), displayName)
  // A lone table is the file: most are called by a name nobody knows.
  const isLone = layers.length === 1
  return {
    layers: layers.map(table => ({ kind: 'geopackage', name: table, table, displayName: isLone ? displayName : `${displayName}/${table}`, read })),
    problems,
  }
}

function partsOf (entries: readonly ArchiveEntry[], name: string): ShapefileParts {
  const parts = entries.filter(entry => withoutEnding(entry.name).toLowerCase() === name.toLowerCase())
  return new Map(parts.map(entry => [endingOf(entry.name), entry] as const)
    .filter(([ending]) => shapefileEndings.includes(ending))
    .map(([ending, entry]) => [ending, entry.read()]))
}

async function readSiblings (filePath: string): Promise<ShapefileParts> {
  const folder = path.dirname(filePath)
  const names = (await readdir(folder)).filter(name => stem(name).toLowerCase() === stem(filePath).toLowerCase() && shapefileEndings.includes(endingOf(name)))
  return new Map(await Promise.all(names.map(async name => [endingOf(name), await readLayerFile(path.join(folder, name), name)] as const)))
}

async function readLayerFile (filePath: string, displayName: string): Promise<Uint8Array> {
  const bytes = await readFileUpTo(filePath, maxLayerBytes, displayName)
  if ('code' in bytes) throw new LayerFileError(bytes)
  return bytes
}

function isArchive (bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}

function endingOf (name: string): string {
  return path.posix.extname(name).toLowerCase()
}

/** Name of a file without folders and ending. */
export function stem (name: string): string {
  return path.posix.basename(withoutEnding(name.replaceAll('\\', '/')))
}

/** Name of a file without ending. */
export function withoutEnding (name: string): string {
  return name.slice(0, name.length - path.posix.extname(name).length)
}
