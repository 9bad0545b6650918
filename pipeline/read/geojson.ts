import type { LayerResult, SourceFeature, SourceRecord } from './layer.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { listSome } from '../facts.ts'
import { decodeText } from './encoding.ts'
import { JsonError, parseJson, type JsonObject, type JsonValue } from './json.ts'
import { isOpenRing } from './open-ring.ts'

/** What the project says about a GeoJSON file. */
export interface GeojsonSettings {
  readonly displayName: string
  /** As `findEncoding` returns it; GeoJSON is UTF-8 unless somebody says otherwise. */
  readonly encoding?: string | undefined
  /** Wins over what the file says. */
  readonly crs?: string | undefined
}

/**
 * One layer from a FeatureCollection or a single Feature (RFC 7946), with the `crs` member of the older standard
 * that QGIS and GDAL still write. Attributes are the properties, and the `id` of a feature where no property has that name.
 *
 * Features without a geometry are reported and left out; a height behind x and y is dropped; open rings are closed with a warning.
 */
export function readGeojson (bytes: Uint8Array, { displayName: file, encoding, crs }: GeojsonSettings): LayerResult {
  const place = { file }
  const { text, faults } = decodeText(bytes, encoding ?? 'utf-8')
  const undecodable = faults.length === 0
    ? []
    : [problem('read-undecodable', { ...place, line: faults[0]!.line }, { bytes: faults[0]!.bytes, encoding: encoding ?? 'utf-8', lines: listSome(faults.map(({ line }) => line)) })]

  const root = parseRoot(text)
  if (root instanceof JsonError) {
    const { line, column, found } = root
    return { problems: [...undecodable, problem(text.trim() === '' ? 'read-empty-file' : 'read-no-json', { ...place, line, column }, { found })] }
  }
  const list = featuresOf(root)
  if (typeof list === 'string') return { problems: [...undecodable, problem('read-no-feature-collection', place, { type: list })] }

  const system = crs ?? crsOf(root as JsonObject)
  const crsProblems = system === undefined ? [problem('read-unknown-crs-member', place)] : []
  const attributes = [...new Set(list.flatMap(feature => [...attributesOf(feature).keys()]))]
  const { features, problems } = toFeatures(list, attributes, place)
  return { layer: { file, crs: system ?? null, attributes, features }, problems: [...undecodable, ...crsProblems, ...problems] }
}

function parseRoot (text: string): JsonValue | JsonError {
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof JsonError) return error
    throw error
  }
}

/** The features, or in words what stands there instead. */
function featuresOf (root: JsonValue): JsonValue[] | string {
  if (!(root instanceof Map)) return Array.isArray(root) ? '[…]' : String(root)
  if (root.get('type') === 'Feature') return [root]
  const features = root.get('features')
  if (root.get('type') === 'FeatureCollection' && Array.isArray(features)) return features
  return root.get('type') === 'FeatureCollection' ? 'FeatureCollection, features: –' : `type: ${JSON.stringify(root.get('type') ?? null)}`
}

/** `EPSG:25833` from the member `crs`; EPSG:4326 without one; undefined where it says something nobody understands. */
function crsOf (root: JsonObject): string | undefined {
  const member = root.get('crs')
  if (member === undefined) return 'EPSG:4326'
  const properties = member instanceof Map ? member.get('properties') : undefined
  const name = properties instanceof Map ? properties.get('name') : undefined
  if (typeof name !== 'string') return undefined
  if (/CRS:?84$/i.test(name)) return 'EPSG:4326'
  const code = /^(?:urn:(?:x-)?ogc:def:crs:EPSG:[\w.]*:|https?:\/\/www\.opengis\.net\/def\/crs\/EPSG\/[\w.]+\/|EPSG:+)(\d+)$/i.exec(name)?.[1]
  return code === undefined ? undefined : `EPSG:${code}`
}

function attributesOf (feature: JsonValue): Map<string, string> {
  const attributes = new Map<string, string>()
  if (!(feature instanceof Map)) return attributes
  const properties = feature.get('properties')
  if (properties instanceof Map) {
    for (const [name, value] of properties) attributes.set(name, String(value))
  }
  const id = feature.get('id')
  if (id !== undefined && !attributes.has('id')) attributes.set('id', String(id))
  return attributes
}

function toFeatures (list: readonly JsonValue[], columns: readonly string[], place: { file: string }): { features: SourceFeature[], problems: Problem[] } {
  const features: SourceFeature[] = []
  const problems: Problem[] = []
  const [empty, open]: [number[], number[]] = [[], []]
  for (const [i, feature] of list.entries()) {
    const record = i + 1
    const values = attributesOf(feature)
    const attributes = Object.fromEntries(columns.map(column => [column, values.get(column) ?? '']))
    const faults = featureFaults(feature)
    const geometry = feature instanceof Map ? feature.get('geometry') : undefined
    if (faults.length > 0) {
      problems.push(...faults.map(({ code, found }) => problem(code, { ...place, record }, { found })))
    } else if (geometry === null) {
      empty.push(record)
    } else {
      const shape = toShape(geometry as JsonObject, { record, attributes })
      if (shape === undefined) {
        problems.push(problem('read-invalid-coordinates', { ...place, record }, { found: describe((geometry as JsonObject).get('coordinates')) }))
      } else {
        if (shape.kind === 'polygon' && shape.parts.some(rings => rings.some(isOpenRing))) open.push(record)
        features.push(shape)
      }
    }
  }
  if (empty.length > 0) problems.push(problem('read-empty-shapes', place, { records: listSome(empty), count: empty.length }))
  if (open.length > 0) problems.push(problem('read-open-rings', place, { records: listSome(open), count: open.length }))
  if (list.length === 0) problems.push(problem('read-no-features', place))
  return { features, problems }
}

type FeatureFault = { readonly code: 'read-no-feature' | 'read-no-properties' | 'read-geometry-collection' | 'read-geometry-type', readonly found: string }

function featureFaults (feature: JsonValue): FeatureFault[] {
  if (!(feature instanceof Map) || feature.get('type') !== 'Feature') {
    return [{ code: 'read-no-feature', found: describe(feature instanceof Map ? feature.get('type') : feature) }]
  }
  const properties = feature.get('properties')
  const geometry = feature.get('geometry')
  const faults: FeatureFault[] = []
  if (properties !== null && properties !== undefined && !(properties instanceof Map)) faults.push({ code: 'read-no-properties', found: describe(properties) })
  if (geometry === null) return faults
  const type = geometry instanceof Map ? geometry.get('type') : undefined
  if (type === 'GeometryCollection') faults.push({ code: 'read-geometry-collection', found: type })
  else if (typeof type !== 'string' || !geometryTypes.includes(type)) faults.push({ code: 'read-geometry-type', found: describe(type) })
  return faults
}

const geometryTypes = ['Polygon', 'MultiPolygon', 'LineString', 'MultiLineString', 'Point', 'MultiPoint']

/** Undefined where the coordinates do not have the form their type asks for. */
function toShape (geometry: JsonObject, record: SourceRecord): SourceFeature | undefined {
  const coordinates = geometry.get('coordinates') ?? null
  switch (geometry.get('type')) {
    case 'Polygon': return polygonFeature(record, [coordinates])
    case 'MultiPolygon': return polygonFeature(record, coordinates)
    case 'LineString': return lineFeature(record, [coordinates])
    case 'MultiLineString': return lineFeature(record, coordinates)
    case 'Point': return pointFeature(record, [coordinates])
    default: return pointFeature(record, coordinates)
  }
}

/** Rings stay as they are: GeoJSON says itself which ring is whose hole. */
function polygonFeature (record: SourceRecord, coordinates: JsonValue): SourceFeature | undefined {
  const parts = mapAll(coordinates, polygon => mapAll(polygon, toFlat))
  return parts === undefined ? undefined : { ...record, kind: 'polygon', parts: parts.filter(rings => rings.length > 0) }
}

function lineFeature (record: SourceRecord, coordinates: JsonValue): SourceFeature | undefined {
  const parts = mapAll(coordinates, toFlat)
  return parts === undefined ? undefined : { ...record, kind: 'line', parts }
}

function pointFeature (record: SourceRecord, coordinates: JsonValue): SourceFeature | undefined {
  const parts = mapAll(coordinates, toPosition)
  return parts === undefined ? undefined : { ...record, kind: 'point', parts }
}

/** Undefined where the value is no list or one of its items cannot be read. */
function mapAll<Item> (value: JsonValue, read: (item: JsonValue) => Item | undefined): Item[] | undefined {
  if (!Array.isArray(value)) return undefined
  const items: Item[] = []
  for (const entry of value) {
    const item = read(entry)
    if (item === undefined) return undefined
    items.push(item)
  }
  return items
}

function toFlat (positions: JsonValue): number[] | undefined {
  return mapAll(positions, toPosition)?.flat()
}

function toPosition (value: JsonValue): [number, number] | undefined {
  if (!Array.isArray(value)) return undefined
  const [x, y] = value
  return typeof x === 'number' && typeof y === 'number' ? [x, y] : undefined
}

/** A value in few words, for a message. */
function describe (value: JsonValue | undefined): string {
  if (value === undefined) return '–'
  if (Array.isArray(value)) return `[${value.slice(0, 2).map(describe).join(', ')}${value.length > 2 ? ', …' : ''}]`.slice(0, 60)
  return value instanceof Map ? '{…}' : JSON.stringify(value).slice(0, 60)
}
