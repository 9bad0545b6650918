import { openShp, type ShpGeometry } from 'shapefile'
import type { LayerResult, ShapefileParts, SourceFeature, SourceRecord } from './layer.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { listSome } from '../facts.ts'
import { DbfError, readDbf, type DbfTable } from './dbf.ts'
import { decodeAs, findEncoding } from './encoding.ts'
import { nestRings } from './nest-rings.ts'

/** What the project says about a shapefile; wins over what its files say. */
export interface ShapefileSettings {
  readonly displayName: string
  /** As `findEncoding` returns it. */
  readonly encoding?: string | undefined
  readonly crs?: string | undefined
}

/**
 * One layer from the files of a shapefile. Records marked as deleted in the attribute table are skipped
 * together with their shapes, records without a shape are reported; the others keep their number.
 *
 * The package `shapefile` reads the shapes; attributes, record counts, coordinate system and the order of
 * rings are read here, because there it loses them.
 */
export async function readShapefile (parts: ShapefileParts, { displayName: file, encoding, crs }: ShapefileSettings): Promise<LayerResult> {
  const place = { file }
  const problems: Problem[] = []
  const shp = parts.get('.shp')!
  const dbf = parts.get('.dbf')
  const prj = text(parts, '.prj')
  const cpg = text(parts, '.cpg')

  if (!parts.has('.shx')) problems.push(problem('read-missing-shx', place))
  if (prj === undefined && crs === undefined) problems.push(problem('read-missing-prj', place))
  if (cpg !== undefined && findEncoding(cpg) === undefined) problems.push(problem('read-unknown-cpg', place, { encoding: cpg }))

  const index = checkRecords(shp)
  if ('problem' in index) problems.push(problem(index.problem, place, index.facts))
  const table = dbf === undefined ? problem('read-missing-dbf', place) : readTableOf(dbf, place, { stated: encoding, cpg })
  if ('code' in table) problems.push(table)
  if ('problem' in index || 'code' in table) return { problems }

  problems.push(...countProblems(place, index.count, table.records.length, parts.get('.shx')), ...tableProblems(place, table))
  if (problems.some(({ code }) => code === 'read-record-counts')) return { problems }

  const shapes = await readShapes(shp, place)
  if ('code' in shapes) return { problems: [...problems, shapes] }
  const { features, problems: found } = toFeatures(shapes, table, place)
  return { layer: { file, crs: crs ?? prj ?? null, attributes: table.columns, features }, problems: [...problems, ...found] }
}

interface FilePlace { readonly file: string }

function text (parts: ShapefileParts, ending: string): string | undefined {
  const bytes = parts.get(ending)
  const content = bytes === undefined ? '' : decodeAs(bytes, 'utf-8').trim()
  return content === '' ? undefined : content
}

type RecordIndex = { readonly count: number } | { readonly problem: 'read-no-shapefile' | 'read-truncated-shp' | 'read-damaged-shp' | 'read-shape-type', readonly facts: Record<string, number> }

/** Walks from record to record: the package would search its way past damage and lose records silently. */
function checkRecords (shp: Uint8Array): RecordIndex {
  const view = new DataView(shp.buffer, shp.byteOffset, shp.byteLength)
  if (shp.length < 100 || view.getInt32(0) !== 9994) return { problem: 'read-no-shapefile', facts: {} }
  const statedBytes = statedSize(shp)
  const type = view.getInt32(32, true)
  if (!shapeTypes.includes(type)) return { problem: 'read-shape-type', facts: { type } }

  let count = 0
  let position = 100
  const end = Math.max(statedBytes, 100)
  while (position < end) {
    if (position + 12 > shp.length) return truncated(count, shp.length, statedBytes)
    const length = view.getInt32(position + 4) * 2
    const recordType = view.getInt32(position + 8, true)
    if (length < 4 || (recordType !== 0 && recordType !== type)) return { problem: 'read-damaged-shp', facts: { record: count + 1 } }
    position += 8 + length
    if (position > shp.length) return truncated(count, shp.length, statedBytes)
    count++
  }
  return { count }
}

/** Length of the file after its own header; whatever follows is not part of it. */
function statedSize (shp: Uint8Array): number {
  return new DataView(shp.buffer, shp.byteOffset, shp.byteLength).getInt32(24) * 2
}

/** Points, lines, polygons and point sets, plain, with height and with measure; not the multipatch of 3D models. */
const shapeTypes = [0, 1, 3, 5, 8, 11, 13, 15, 18, 21, 23, 25, 28]

function truncated (complete: number, size: number, stated: number): RecordIndex {
  return { problem: 'read-truncated-shp', facts: { complete, size, stated } }
}

function readTableOf (dbf: Uint8Array, place: FilePlace, encodings: { stated: string | undefined, cpg: string | undefined }): DbfTable | Problem {
  try {
    return readDbf(dbf, encodings)
  } catch (error) {
    if (!(error instanceof DbfError)) throw error
    return error.kind === 'truncated'
      ? problem('read-truncated-dbf', place, { stated: error.stated, present: error.present })
      : problem('read-no-dbf', place)
  }
}

function countProblems (place: FilePlace, shp: number, dbf: number, shxBytes: Uint8Array | undefined): Problem[] {
  const shx = shxBytes === undefined ? shp : Math.floor((shxBytes.length - 100) / 8)
  return shp === dbf && shp === shx ? [] : [problem('read-record-counts', place, { shp, dbf, shx: shxBytes === undefined ? '–' : shx })]
}

function tableProblems (place: FilePlace, { undecodable, unreadable, encoding, looksLikeUtf8 }: DbfTable): Problem[] {
  const [first] = undecodable
  return [
    ...(first === undefined
      ? []
      : [problem('read-undecodable-attribute', { ...place, record: first.record, column: first.column }, { bytes: first.bytes, encoding, count: undecodable.length })]),
    ...(looksLikeUtf8 ? [problem('read-doubtful-encoding', place, { encoding })] : []),
    ...unreadable.map(column => problem('read-unreadable-column', { ...place, column }, { column })),
  ]
}

async function readShapes (shp: Uint8Array, place: FilePlace): Promise<Array<ShpGeometry | null> | Problem> {
  const shapes: Array<ShpGeometry | null> = []
  try {
    const source = await openShp(shp.subarray(0, statedSize(shp)))
    for (let next = await source.read(); !next.done; next = await source.read()) shapes.push(next.value)
    return shapes
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return problem('read-damaged-shp', { ...place, record: shapes.length + 1 }, { record: shapes.length + 1 })
  }
}

function toFeatures (shapes: ReadonlyArray<ShpGeometry | null>, table: DbfTable, place: FilePlace): { features: SourceFeature[], problems: Problem[] } {
  const features: SourceFeature[] = []
  const [deleted, empty, turned]: [number[], number[], number[]] = [[], [], []]
  for (const [i, shape] of shapes.entries()) {
    const record = i + 1
    const attributes = table.records[i]
    if (attributes === null || attributes === undefined) {
      deleted.push(record)
    } else if (shape === null || shape.coordinates.length === 0) {
      empty.push(record)
    } else {
      const { feature, sameDirection } = toFeature(shape, { record, attributes })
      features.push(feature)
      if (sameDirection > 0) turned.push(record)
    }
  }
  return {
    features,
    problems: [
      ...(shapes.length === 0 ? [problem('read-no-features', place)] : []),
      ...(deleted.length > 0 ? [problem('read-deleted-records', place, { records: listSome(deleted), count: deleted.length })] : []),
      ...(empty.length > 0 ? [problem('read-empty-shapes', place, { records: listSome(empty), count: empty.length })] : []),
      ...(turned.length > 0 ? [problem('read-ring-direction', place, { records: listSome(turned), count: turned.length })] : []),
    ],
  }
}

function toFeature (shape: ShpGeometry, record: SourceRecord): { feature: SourceFeature, sameDirection: number } {
  const flat = (positions: ReadonlyArray<readonly number[]>) => positions.flatMap(([x, y]) => [x!, y!])
  switch (shape.type) {
    case 'Polygon': case 'MultiPolygon': {
      const rings = shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat()
      const { polygons, sameDirection } = nestRings(rings.map(flat))
      return { feature: { ...record, kind: 'polygon', parts: polygons }, sameDirection }
    }
    case 'LineString': return { feature: { ...record, kind: 'line', parts: [flat(shape.coordinates)] }, sameDirection: 0 }
    case 'MultiLineString': return { feature: { ...record, kind: 'line', parts: shape.coordinates.map(flat) }, sameDirection: 0 }
    case 'Point': return { feature: { ...record, kind: 'point', parts: [flat([shape.coordinates])] }, sameDirection: 0 }
    case 'MultiPoint': return { feature: { ...record, kind: 'point', parts: shape.coordinates.map(position => flat([position])) }, sameDirection: 0 }
  }
}
