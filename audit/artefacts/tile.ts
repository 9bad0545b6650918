import type { StatusLetter } from '../../core/cell.ts'
import type { Address } from './address.ts'
import type { Judge } from './judge.ts'
import { PbfReader } from 'pbf'
import { judgeClaim, judgeText, report } from './judge.ts'
import { seriesKey } from './facts.ts'

/** A layer of a vector tile; geometries are left undecoded, they hold no figures. */
export interface TileLayer {
  readonly name: string
  readonly features: ReadonlyArray<{ readonly id: number, readonly tags: ReadonlyMap<string, TileValue> }>
  readonly keys: readonly string[]
  /** Values of the layer's table that no feature names: invisible on a map, and there all the same. */
  readonly unused: readonly TileValue[]
}

export type TileValue = string | number | boolean

/** Mapbox Vector Tile 2.1, clause 4. */
export function readTile (bytes: Uint8Array): TileLayer[] {
  return new PbfReader(bytes).readFields((field, layers: TileLayer[], reader) => {
    if (field === 3) layers.push(readLayer(reader.readBytes()))
  }, [])
}

function readLayer (bytes: Uint8Array): TileLayer {
  const raw = new PbfReader(bytes).readFields((field, layer: { name: string, features: Uint8Array[], keys: string[], values: TileValue[] }, reader) => {
    if (field === 1) layer.name = reader.readString()
    else if (field === 2) layer.features.push(reader.readBytes())
    else if (field === 3) layer.keys.push(reader.readString())
    else if (field === 4) layer.values.push(readValue(reader.readBytes()))
  }, { name: '', features: [], keys: [], values: [] })
  const used = new Set<number>()
  const features = raw.features.map(bytes => {
    const { id, tags } = new PbfReader(bytes).readFields((field, feature: { id: number, tags: number[] }, reader) => {
      if (field === 1) feature.id = reader.readVarint()
      else if (field === 2) reader.readPackedVarint(feature.tags)
    }, { id: 0, tags: [] })
    const named = new Map<string, TileValue>()
    for (let i = 0; i + 1 < tags.length; i += 2) {
      used.add(tags[i + 1]!)
      named.set(raw.keys[tags[i]!] ?? `key ${tags[i]!}`, raw.values[tags[i + 1]!] ?? '')
    }
    return { id, tags: named }
  })
  return { name: raw.name, keys: raw.keys, features, unused: raw.values.filter((_, i) => !used.has(i)) }
}

function readValue (bytes: Uint8Array): TileValue {
  return new PbfReader(bytes).readFields((field, found: { value: TileValue }, reader) => {
    switch (field) {
      case 1: found.value = reader.readString(); break
      case 2: found.value = reader.readFloat(); break
      case 3: found.value = reader.readDouble(); break
      case 4: found.value = reader.readVarint(true); break
      case 5: found.value = reader.readVarint(); break
      case 6: found.value = reader.readSVarint(); break
      case 7: found.value = reader.readBoolean(); break
    }
  }, { value: '' as TileValue }).value
}

const layerKeys: Readonly<Record<string, readonly string[]>> = { areas: ['area', 'name'], borders: ['outer'], labels: ['area', 'name', 'r'] }

/** A tile with or without figures: known layers and properties only, every figure held against its cell. */
export function judgeTile (judge: Judge, bytes: Uint8Array, address: Address): void {
  if (address.kind !== 'joined-tile' && address.kind !== 'geometry-tile') {
    report(judge, 'A1', 'unreadable', 'a tile that the audit does not know')
    return
  }
  const indicator = address.kind === 'joined-tile' ? address.indicator : null
  for (const layer of readTileSafely(judge, bytes)) {
    const plain = layerKeys[layer.name]
    if (!plain) report(judge, 'A1', 'unknown-attribute', `layer ${layer.name}`)
    for (const value of layer.unused) if (typeof value === 'number') report(judge, 'A1', 'unknown-attribute', `layer ${layer.name}: ${value} belongs to no feature`)
    const figures = layer.name === 'areas' && indicator !== null ? figureKeys(judge, address.level, indicator) : new Map<string, Figure>()
    for (const key of layer.keys) if (!plain?.includes(key) && !figures.has(key)) report(judge, 'A1', 'unknown-attribute', `layer ${layer.name}: ${key}`)
    for (const { tags } of layer.features) {
      for (const [key, value] of tags) {
        if (typeof value === 'string' && !figures.has(key)) judgeText(judge, value, null)
        if (typeof value === 'number' && key !== 'r' && !figures.has(key)) report(judge, 'A1', 'unknown-attribute', `layer ${layer.name}: ${key} = ${value}`)
      }
      if (layer.name === 'areas' && indicator !== null) judgeFeature(judge, tags, { level: address.level, indicator, figures })
    }
  }
}

function readTileSafely (judge: Judge, bytes: Uint8Array): TileLayer[] {
  try {
    return readTile(bytes)
  } catch {
    report(judge, 'A1', 'unreadable', 'no vector tile')
    return []
  }
}

interface Figure { readonly kind: 'value' | 'status', readonly period: string }

/** Names under which a tile carries a series: `v_2024_12_31`, `s_2024_12_31`. */
function figureKeys ({ facts }: Judge, level: string, indicator: string): Map<string, Figure> {
  const periods = facts.series.get(seriesKey(level, indicator))?.series.periods ?? []
  return new Map(periods.flatMap(period => {
    const suffix = period.replaceAll('-', '_')
    return [[`v_${suffix}`, { kind: 'value', period }], [`s_${suffix}`, { kind: 'status', period }]] as Array<[string, Figure]>
  }))
}

function judgeFeature (
  judge: Judge, tags: ReadonlyMap<string, TileValue>, { level, indicator, figures }: { level: string, indicator: string, figures: ReadonlyMap<string, Figure> },
): void {
  const area = String(tags.get('area') ?? '')
  const known = judge.facts.series.get(seriesKey(level, indicator))
  const column = known?.columns.get(area)
  const periods = new Set([...tags.keys()].flatMap(key => figures.get(key)?.period ?? []))
  for (const period of periods) {
    const suffix = period.replaceAll('-', '_')
    const [value, status] = [tags.get(`v_${suffix}`), tags.get(`s_${suffix}`)]
    judgeClaim(judge, {
      level,
      area,
      indicator,
      period,
      sink: 'tile',
      value: value === undefined ? null : typeof value === 'number' ? value : Number.NaN,
      status: String(status ?? '') as StatusLetter,
      look: String(status ?? ''),
    })
  }
  if (known && column !== undefined && (periods.size > 0 || known.series.periods.length === 0)) known.tiled[column] = 1
}
