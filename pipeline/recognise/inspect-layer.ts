import type { Bounds } from '../../core/area.ts'
import { coordinateUnitsPerDegree } from '../../core/area.ts'
import { projectLayer } from '../project/project-layer.ts'
import { readLayer, type SourceLayer } from '../read/layer.ts'
import type { KeyColumn, LayerInspection, NameColumn } from './inspection.ts'
import { withoutUmlauts } from './words.ts'

/** What a file of boundaries holds; undefined where it is none. */
export async function inspectLayer (filePath: string, displayName: string): Promise<LayerInspection | undefined> {
  const { layer, problems } = await readLayer(filePath, { displayName })
  const [first] = layer?.features ?? []
  if (!layer || !first) return undefined
  const records = layer.features.map(({ attributes }) => attributes)
  const keys = layer.attributes.flatMap(column => keyColumns(column, records.map(record => (record[column] ?? '').trim())))
  const names = layer.attributes.flatMap(column => nameColumn(column, records.map(record => (record[column] ?? '').trim())) ?? [])
  return {
    kind: 'layer',
    file: displayName,
    geometry: first.kind,
    count: layer.features.length,
    crs: layer.crs,
    bounds: boundsOf(layer),
    attributes: layer.attributes,
    keys: keys.toSorted((a, b) => rankKey(b) - rankKey(a)),
    names: names.toSorted((a, b) => rankName(b) - rankName(a)),
    problems,
  }
}

const world: Bounds = { west: -180, south: -90, east: 180, north: 90 }

function boundsOf (layer: SourceLayer): Bounds | null {
  const { shapes } = projectLayer(layer, { bounds: world })
  if (!shapes) return null
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const { polygons, lines } of shapes) {
    for (const ring of [...polygons.flat(), ...lines]) {
      for (let i = 0; i < ring.length; i += 2) {
        west = Math.min(west, ring[i]!)
        south = Math.min(south, ring[i + 1]!)
        east = Math.max(east, ring[i]!)
        north = Math.max(north, ring[i + 1]!)
      }
    }
  }
  const degrees = (coordinate: number) => coordinate / coordinateUnitsPerDegree
  return west <= east ? { west: degrees(west), south: degrees(south), east: degrees(east), north: degrees(north) } : null
}

/** A column can be a key in two forms: as it is, and without the letters before every number. */
function keyColumns (column: string, values: readonly string[]): KeyColumn[] {
  // A defect of a few records is for the check to name; it makes no other column the key.
  const isUnique = new Set(values).size >= 0.98 * values.length
  if (!isUnique || !values.every(value => /^[A-Za-z]{0,8}[-_]?\d{1,14}[A-Za-z]?$/.test(value))) return []
  const plain: KeyColumn = { column, prefix: '', keys: values }
  const prefix = /^[A-Za-z]+[-_]?/.exec(values[0]!)?.[0] ?? ''
  const isCommon = prefix !== '' && values.every(value => value.startsWith(prefix) && /^\d/.test(value.slice(prefix.length)))
  return isCommon ? [plain, { column, prefix, keys: values.map(value => value.slice(prefix.length)) }] : [plain]
}

function rankKey ({ column, prefix, keys }: KeyColumn): number {
  const head = withoutUmlauts(column.toLowerCase())
  const isCounter = /^(?:fid|gid|ogc_fid|object_?id|oid|gml_id|uuid|rowid)/.test(head)
  return (/nr|num|id|key|schl|code|kz|ags|plr|kenn/.test(head) ? 2 : 0) + (new Set(keys.map(key => key.length)).size === 1 ? 1 : 0) -
    (isCounter ? 4 : 0) - (prefix === '' ? 0 : 0.5)
}

function nameColumn (column: string, names: readonly string[]): NameColumn | undefined {
  const isText = names.every(name => /\p{L}{2}/u.test(name)) && names.some(name => /\p{Ll}/u.test(name))
  // Two areas may share a name; a column of kinds repeats itself much more.
  if (!isText || new Set(names).size < 0.9 * names.length) return undefined
  const numbered = names.every(name => /^\d+ \S/.test(name))
  return { column, names, extract: numbered ? String.raw`^\d+ (.+)$` : null }
}

function rankName ({ column, names }: NameColumn): number {
  const length = names.reduce((sum, name) => sum + name.length, 0) / Math.max(1, names.length)
  return (/name|bez|titel|label|text/i.test(column) ? 2 : 0) + (length <= 40 ? 1 : 0)
}
