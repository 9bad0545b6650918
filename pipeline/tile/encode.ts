import type { VtFeature } from 'vt-pbf'
import type { Area } from '../../core/area.ts'
import type { TileContent } from './cut.ts'
import vtPbf from 'vt-pbf'
import { tileExtent } from './mercator.ts'

/** Properties as they may go into a tile; undefined and null are left out. */
export type Properties = Readonly<Record<string, string | number | boolean | null | undefined>>

/**
 * A tile as MVT 2.1 bytes, not compressed: layers `areas`, `borders` and `labels`, each only where
 * it holds something. The feature id of an area is 1 + its place in the level; it is the same in
 * every tile and at every zoom.
 *
 * @param areas of the level, in its order
 */
export function encodeTile (content: TileContent, areas: readonly Area[]): Uint8Array {
  const named = (area: number): Properties => ({ area: areas[area]!.id, name: areas[area]!.name })
  return encodeLayers({
    areas: content.areas.map(({ area, polygons }) => (
      { type: 3, id: area + 1, tags: toTags(named(area)), geometry: polygons.flat().map(toPairs) })),
    borders: content.borders.map(({ outer, lines }) => ({ type: 2, tags: toTags({ outer }), geometry: lines.map(toPairs) })),
    labels: content.labels.map(({ area, x, y, radiusMetres }) => (
      { type: 1, id: area + 1, tags: toTags({ ...named(area), r: radiusMetres }), geometry: [[x, y]] })),
  })
}

/** @throws RangeError for a feature id that is no positive integer: vt-pbf would write another number */
export function encodeLayers (layers: Readonly<Record<string, readonly VtFeature[]>>): Uint8Array {
  for (const { id } of Object.values(layers).flat()) {
    if (id !== undefined && !(Number.isSafeInteger(id) && id > 0)) throw new RangeError(`invalid feature id: ${id}; expected a positive integer`)
  }
  const filled = Object.entries(layers).filter(([, features]) => features.length > 0).map(([name, features]) => [name, { features }])
  // vt-pbf writes version 1 unless it is told otherwise.
  return vtPbf.fromGeojsonVt(Object.fromEntries(filled) as Record<string, { features: VtFeature[] }>, { version: 2, extent: tileExtent })
}

/**
 * Properties that vt-pbf writes as they are. It looks keys up in a plain object, so that a
 * property called `constructor` would overwrite another one; it writes an undefined value as an
 * empty message that no reader accepts, and NaN as a number.
 *
 * @throws RangeError for a name or a number it would corrupt
 */
export function toTags (properties: Properties): VtFeature['tags'] {
  const tags: Record<string, string | number | boolean> = {}
  for (const [name, value] of Object.entries(properties)) {
    if (!/^[a-z][a-z0-9_]{0,62}$/.test(name) || name in Object.prototype) throw new RangeError(`invalid property name: ${name}; expected ^[a-z][a-z0-9_]{0,62}$`)
    if (value === undefined || value === null) continue
    if (typeof value === 'number' && (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))) {
      throw new RangeError(`invalid number for property ${name}: ${value}; expected a finite number that a tile keeps exactly`)
    }
    tags[name] = value
  }
  return tags
}

function toPairs (line: readonly number[]): Array<readonly [number, number]> {
  const pairs: Array<readonly [number, number]> = []
  for (let i = 0; i < line.length; i += 2) pairs.push([line[i]!, line[i + 1]!])
  return pairs
}
