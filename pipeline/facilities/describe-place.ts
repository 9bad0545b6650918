import { createHash } from 'node:crypto'
import type { Facility } from '../../core/edition.ts'
import { isId } from '../../core/id.ts'
import { lookUp } from '../join/key.ts'
import type { FacilityLayerEntry } from '../project-file/schema.ts'
import type { LocatedPlace } from './locate-places.ts'

type Fields = Readonly<Record<string, string>>

/** A facility with what may be published of it: the project's allow-list and nothing else. */
export function describePlace ({ source: { fields }, lon, lat }: LocatedPlace, entry: FacilityLayerEntry): Facility {
  const { name: nameHeads, key, attributes = {} } = entry
  const name = joinFields(fields, nameHeads)
  const kind = kindOf(fields, entry)
  const given = key === undefined ? '' : (fields[key] ?? '').trim()
  const published = (['address', 'capacity', 'provider'] as const).flatMap(attribute => {
    const heads = attributes[attribute]
    const text = heads === undefined ? '' : joinFields(fields, heads)
    return text === '' ? [] : [[attribute, text] as const]
  })
  return { id: isId(given) ? given : hashId(given, name, lon, lat), name, kind, lon, lat, attributes: Object.fromEntries(published) }
}

export function nameOf (fields: Fields, { name }: FacilityLayerEntry): string {
  return joinFields(fields, name)
}

export function kindOf (fields: Fields, { kind }: FacilityLayerEntry): string {
  if (typeof kind === 'string') return kind
  const text = (fields[kind.column] ?? '').trim()
  return lookUp(kind.lookUp, text) ?? text
}

/** All texts of a place that can tell what it is: its kind as delivered counts too, whatever the look-up makes of it. */
export function textsOf (fields: Fields, entry: FacilityLayerEntry): string[] {
  return [nameOf(fields, entry), kindOf(fields, entry), ...typeof entry.kind === 'string' ? [] : [fields[entry.kind.column] ?? '']]
}

function joinFields (fields: Fields, heads: string | readonly string[]): string {
  const texts = (typeof heads === 'string' ? [heads] : heads).map(head => (fields[head] ?? '').trim()).filter(text => text !== '' && text !== 'null')
  return texts.join(' ').replaceAll(/\s+/g, ' ').normalize('NFC')
}

/** The same on every machine and in every year, as long as name and place stay. */
function hashId (...parts: ReadonlyArray<string | number>): string {
  return `f${createHash('sha256').update(parts.join('|')).digest('hex').slice(0, 12)}`
}
