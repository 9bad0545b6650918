import type { Series } from '../core/edition.ts'
import { PbfReader, PbfWriter } from 'pbf'

/** A period of a series, and the two property names under which a joined tile carries it. */
export interface JoinedPeriod {
  readonly period: string
  /** `v_2024_12_31`: the value, only where it is observed. */
  readonly valueName: string
  /** `s_2024_12_31`: the status `o`, `s` or `m`, always. */
  readonly statusName: string
}

/** So many of the newest periods stand in a tile where none are asked for: more make tiles heavy. */
export const joinedPeriodLimit = 12

/** The newest periods of a series, oldest first. */
export function newestPeriods ({ periods }: Series): readonly string[] {
  return periods.slice(-joinedPeriodLimit)
}

/** Field names of GIS formats take no dash. */
export function joinedPeriod (period: string): JoinedPeriod {
  const suffix = period.replaceAll('-', '_')
  return { period, valueName: `v_${suffix}`, statusName: `s_${suffix}` }
}

/**
 * A geometry tile with the figures of one indicator as properties of layer `areas`; every other
 * layer is copied byte by byte, and so is every geometry. Nothing is decoded that is not needed:
 * keys and values are appended to the layer, and each feature gets more tags.
 *
 * A suppressed or missing cell has a status and no value: there is no place in it for a number.
 *
 * Source: Mapbox Vector Tile specification 2.1, clause 4.
 *
 * @param tile uncompressed geometry tile; feature ids are 1 + index of the area
 * @param periods of the series, oldest first
 * @throws RangeError for a feature whose id is no area of the series, or a period it does not have
 */
export function joinTile (tile: Uint8Array, series: Series, periods: readonly string[]): Uint8Array {
  const rows = periods.map(period => {
    const row = series.periods.indexOf(period)
    if (row === -1) throw new RangeError(`unknown period: ${period}`)
    return { ...joinedPeriod(period), values: series.values[row]!, statuses: series.statuses[row]! }
  })
  const reader = new PbfReader(tile)
  const writer = new PbfWriter()
  while (reader.nextField()) {
    if (reader.type !== lengthDelimited) throw new RangeError(`unexpected wire type ${reader.type} at byte ${reader.pos}`)
    const layer = reader.readBytes()
    writer.writeBytesField(tileField.layer, readLayerName(layer) === 'areas' ? joinLayer(layer, rows) : layer)
  }
  return writer.finish()
}

interface Row {
  readonly valueName: string
  readonly statusName: string
  readonly values: ReadonlyArray<number | null>
  readonly statuses: Series['statuses'][number]
}

/** Field numbers of the specification's vector_tile.proto. */
const tileField = { layer: 3 } as const
const layerField = { name: 1, feature: 2, key: 3, value: 4, extent: 5, version: 15 } as const
const featureField = { id: 1, tags: 2, type: 3, geometry: 4 } as const
const valueField = { text: 1, double: 3 } as const
const lengthDelimited = 2

function readLayerName (layer: Uint8Array): string {
  return new PbfReader(layer).readFields((field, found: { name: string }, reader) => {
    if (field === layerField.name) found.name = reader.readString()
  }, { name: '' }).name
}

/** The parts of layer `areas`, undecoded. */
interface RawLayer {
  name: string
  version: number
  extent: number
  readonly features: Uint8Array[]
  readonly keys: Uint8Array[]
  readonly values: Uint8Array[]
}

function joinLayer (bytes: Uint8Array, rows: readonly Row[]): Uint8Array {
  const layer = readLayer(bytes)
  const firstKey = layer.keys.length
  const values = new LayerValues(layer.values)
  const writer = new PbfWriter()
  writer.writeVarintField(layerField.version, layer.version)
  writer.writeStringField(layerField.name, layer.name)
  for (const featureBytes of layer.features) {
    const feature = readFeature(featureBytes)
    pushTags(feature.tags, feature.id - 1, { rows, firstKey, values })
    writer.writeMessage(layerField.feature, writeFeature, feature)
  }
  for (const key of layer.keys) writer.writeBytesField(layerField.key, key)
  for (const { valueName, statusName } of rows) {
    writer.writeStringField(layerField.key, statusName)
    writer.writeStringField(layerField.key, valueName)
  }
  values.write(writer)
  writer.writeVarintField(layerField.extent, layer.extent)
  return writer.finish()
}

function readLayer (bytes: Uint8Array): RawLayer {
  return new PbfReader(bytes).readFields((field, layer: RawLayer, reader) => {
    switch (field) {
      case layerField.name: layer.name = reader.readString(); break
      case layerField.feature: layer.features.push(reader.readBytes()); break
      case layerField.key: layer.keys.push(reader.readBytes()); break
      case layerField.value: layer.values.push(reader.readBytes()); break
      case layerField.extent: layer.extent = reader.readVarint(); break
      case layerField.version: layer.version = reader.readVarint(); break
    }
  }, { name: '', version: 1, extent: 4096, features: [], keys: [], values: [] })
}

/** Adds pairs of key index and value index for one area: status always, value where it is observed. */
function pushTags (tags: number[], areaIndex: number, { rows, firstKey, values }: { rows: readonly Row[], firstKey: number, values: LayerValues }): void {
  for (const [i, { statuses, values: numbers }] of rows.entries()) {
    const status = statuses[areaIndex]
    if (status === undefined) throw new RangeError(`no area with feature id ${areaIndex + 1}`)
    tags.push(firstKey + 2 * i, values.indexOf(status))
    if (status === 'o') tags.push(firstKey + 2 * i + 1, values.indexOf(numbers[areaIndex]!))
  }
}

interface RawFeature {
  id: number
  readonly tags: number[]
  type: number
  geometry: Uint8Array
}

function readFeature (bytes: Uint8Array): RawFeature {
  return new PbfReader(bytes).readFields((field, feature: RawFeature, reader) => {
    switch (field) {
      case featureField.id: feature.id = reader.readVarint(); break
      case featureField.tags: reader.readPackedVarint(feature.tags); break
      case featureField.type: feature.type = reader.readVarint(); break
      case featureField.geometry: feature.geometry = reader.readBytes(); break
    }
  }, { id: 0, tags: [], type: 0, geometry: new Uint8Array() })
}

function writeFeature ({ id, tags, type, geometry }: RawFeature, writer: PbfWriter): void {
  writer.writeVarintField(featureField.id, id)
  writer.writePackedVarint(featureField.tags, tags)
  writer.writeVarintField(featureField.type, type)
  writer.writeBytesField(featureField.geometry, geometry)
}

/**
 * The values of a layer, each once. Numbers are always written as doubles: a field whose type
 * changes from tile to tile confuses GIS programs.
 */
class LayerValues {
  readonly #existing: readonly Uint8Array[]
  readonly #added: Array<number | string> = []
  readonly #indexes = new Map<number | string, number>()

  constructor (existing: readonly Uint8Array[]) {
    this.#existing = existing
    // An area may be called like a status; its text is then used for both.
    for (const [index, bytes] of existing.entries()) {
      const text = readText(bytes)
      if (text !== undefined) this.#indexes.set(text, index)
    }
  }

  indexOf (value: number | string): number {
    const known = this.#indexes.get(value)
    if (known !== undefined) return known
    const index = this.#existing.length + this.#added.push(value) - 1
    this.#indexes.set(value, index)
    return index
  }

  write (writer: PbfWriter): void {
    for (const bytes of this.#existing) writer.writeBytesField(layerField.value, bytes)
    for (const value of this.#added) writer.writeMessage(layerField.value, writeValue, value)
  }
}

function readText (value: Uint8Array): string | undefined {
  return new PbfReader(value).readFields((field, found: { text?: string }, reader) => {
    if (field === valueField.text) found.text = reader.readString()
  }, {}).text
}

function writeValue (value: number | string, writer: PbfWriter): void {
  if (typeof value === 'string') writer.writeStringField(valueField.text, value)
  else writer.writeDoubleField(valueField.double, value)
}
