import type { Dirent } from 'node:fs'
import type { Artefact } from '../audit/artefacts/artefact.ts'
import type { Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { alteredType } from '../audit/artefacts/artefact.ts'
import { readTileArchive } from '../audit/artefacts/tile-archive.ts'
import { getGeometry } from '../core/edition.ts'
import { exportListName, formatExportList, parseExportList, type ExportList } from '../core/static-export.ts'
import { pathOfFile, pathOfLink } from '../core/static-file.ts'
import { pmtiles } from '../render/pmtiles.ts'
import { describeGeometryTiles } from '../server/tilejson.ts'

/**
 * Every file of a static export under the path of its figures. Compressed copies are read as what they hold, archives of
 * tiles tile by tile. What differs from the list of the export, was added or is missing is given as altered, and so is what no
 * reader of ours opens and is not byte for byte what the export wrote.
 */
export async function * folderArtefacts (folder: string, { edition, tiles, publicUrl = '' }: FolderSource): AsyncGenerator<Artefact> {
  const archives = new Map(tileArchives(edition, tiles))
  const isOwnTile = tileJudge(edition, tiles)
  const list = await readExportList(folder)
  const missing = new Set(Object.keys(list?.files ?? {}))
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  // A link would let something else be read here than is shown to others.
  for (const entry of entries.filter(entry => !entry.isDirectory()).toSorted((a, b) => fileName(folder, a) < fileName(folder, b) ? -1 : 1)) {
    const file = fileName(folder, entry).split(path.sep).join('/')
    const bytes = entry.isFile() ? await readFile(path.join(folder, file)) : Buffer.alloc(0)
    missing.delete(file)
    if (file === exportListName && list && bytes.equals(Buffer.from(formatExportList(toPlainList(list, edition))))) continue
    const name = file.replace(/\.(gz|br)$/, '')
    const plain = unpack(file, bytes)
    const isListed = !list || list.files[file] === sha256(bytes)
    const archive = archives.get(name)
    if (name.endsWith('.pmtiles')) yield * archiveArtefacts(name, plain, publicUrl)
    if (archive !== undefined && isListed && plain.equals(archive)) continue
    const isAltered = !entry.isFile() || !isListed || archive !== undefined || !isOwnTile(name, plain) || (name.startsWith('assets/') && sha256(plain).slice(0, 12) !== name.split('/')[1])
    yield toArtefact(name, plain, publicUrl, isAltered ? alteredType : undefined)
    // What stands in it is judged all the same.
    if (isAltered && entry.isFile() && mediaTypeOf(name) !== otherType) yield toArtefact(name, plain, publicUrl)
  }
  for (const name of missing) yield toArtefact(name, Buffer.alloc(0), publicUrl, alteredType)
}

/** Whether a file is no tile, or has the bytes of the edition's tile of this place. */
function tileJudge ({ atlas, levels }: Edition, tiles: readonly GeometryTiles[]): (name: string, bytes: Buffer) => boolean {
  const own = new Map(levels.flatMap(({ id, geometry }) => (tiles.find(set => set.geometry === geometry)?.tiles ?? []).map(({ z, x, y, gzip }) =>
    [`${atlas.id}/tiles/${geometry}/${id}/${z}/${x}/${y}.mvt`, gzip])))
  return (name, bytes) => {
    const gzip = own.get(name)
    return name.endsWith('.mvt') ? gzip !== undefined && bytes.equals(gunzipSync(gzip)) : true
  }
}

/** The tiles of an archive, under the paths they have alone; an archive that cannot be read is altered. */
export function * archiveArtefacts (file: string, bytes: Uint8Array, publicUrl: string): Generator<Artefact> {
  const tiles = readTileArchive(bytes)
  if (tiles === undefined) yield toArtefact(file, bytes, publicUrl, alteredType)
  for (const { z, x, y, bytes } of tiles ?? []) yield toArtefact(`${file.slice(0, -'.pmtiles'.length)}/${z}/${x}/${y}.mvt`, bytes, publicUrl)
}

/** The list of files of an export; `undefined` in a folder that has none. */
export async function readExportList (folder: string): Promise<ExportList | undefined> {
  return parseExportList(await readFile(path.join(folder, exportListName), 'utf8').catch(() => ''))
}

/** What an export of this edition would write as the list of these files: nothing else has a place in it. */
function toPlainList ({ files }: ExportList, { id, atlas }: Edition): ExportList {
  return { format: 1, atlas: atlas.id, edition: id, files }
}

function unpack (file: string, bytes: Buffer): Buffer {
  try {
    return file.endsWith('.gz') ? gunzipSync(bytes) : file.endsWith('.br') ? brotliDecompressSync(bytes) : bytes
  } catch {
    // Not what its name says, and therefore read as nothing that could be cleared.
    return bytes
  }
}

function toArtefact (name: string, bytes: Uint8Array, publicUrl: string, mediaType = mediaTypeOf(name)): Artefact {
  const from = pathOfFile(name)
  return { path: from, mediaType, bytes, publicUrl, toPath: href => pathOfLink(from, href) }
}

function mediaTypeOf (name: string): string {
  const extension = path.posix.extname(name).slice(1).toLowerCase()
  return mediaTypes[extension === '' ? 'html' : extension] ?? otherType
}

const otherType = 'application/octet-stream'

export interface FolderSource {
  readonly edition: Edition
  readonly tiles: readonly GeometryTiles[]
  readonly publicUrl?: string
}

function fileName (folder: string, { parentPath, name }: Dirent): string {
  return path.relative(folder, path.join(parentPath, name))
}

/** The bundler names folders by its beginning. */
function sha256 (bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** One file per level with all its geometry tiles, for QGIS and for maps of others. */
export function * tileArchives (edition: Edition, tiles: readonly GeometryTiles[]): Generator<readonly [file: string, bytes: Uint8Array]> {
  for (const level of edition.levels) {
    const set = tiles.find(({ geometry }) => geometry === level.geometry)
    if (!set) continue
    const { bounds } = getGeometry(edition, level)
    const { name, description, attribution, vector_layers: layers } = describeGeometryTiles(edition, level)
    const metadata = { name, description, attribution, vector_layers: layers }
    yield [`${edition.atlas.id}/tiles/${level.geometry}/${level.id}.pmtiles`, pmtiles({ ...set, bounds, metadata })]
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  html: 'text/html',
  json: 'application/json',
  geojson: 'application/geo+json',
  csv: 'text/csv',
  svg: 'image/svg+xml',
  mvt: 'application/vnd.mapbox-vector-tile',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  odt: 'application/vnd.oasis.opendocument.text',
}
