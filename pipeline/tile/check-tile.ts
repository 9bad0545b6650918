import type { WireField } from './wire.ts'
import { checkGeometry, geometryRules } from './check-geometry.ts'
import { readFields, readPackedIntegers, WireError } from './wire.ts'

/** A rule of the Mapbox Vector Tile Specification 2.1 that a tile breaks, and where. */
export interface TileFault {
  readonly rule: TileRule
  readonly layer?: string
  /** From 0, within its layer. */
  readonly feature?: number
  /** What was found. */
  readonly detail: string
}

/**
 * Rules by the section of the specification they come from. What it only recommends (SHOULD) is a
 * rule here too: these are our own tiles. https://github.com/mapbox/vector-tile-spec/tree/master/2.1
 */
export const tileRules = [
  'protobuf', // 3: the bytes are a message of the published schema
  'layer-version', 'layer-name', 'layer-name-unique', 'layer-extent', 'layer-empty', // 4.1
  'key-unique', 'value-unique', 'value-single', 'text-utf8', 'number-finite', // 4.1, 4.4
  'feature-id-unique', 'feature-id-range', 'feature-type', 'feature-geometry', // 4.2
  'tags-even', 'tags-index', 'tags-key-unique', // 4.4
  ...geometryRules,
] as const

export type TileRule = typeof tileRules[number]

/** Everything that is wrong with a tile (not compressed); an empty list for a valid one. Knows nothing of how it was made. */
export function checkTile (bytes: Uint8Array): TileFault[] {
  const faults: TileFault[] = []
  const names = new Set<string>()
  const fields = read(bytes, { 3: 'bytes' }, faults, {})
  for (const field of fields) {
    const name = checkLayer(field.value as Uint8Array, faults)
    if (name === undefined) continue
    if (names.has(name)) faults.push({ rule: 'layer-name-unique', layer: name, detail: 'two layers of this name' })
    names.add(name)
  }
  return faults
}

type Where = Pick<TileFault, 'layer' | 'feature'>

/** Fields of a message, less those the schema does not know or knows as another type. */
function read (bytes: Uint8Array, schema: Readonly<Record<number, WireField['type']>>, faults: TileFault[], where: Where): WireField[] {
  const fault = (detail: string): void => { faults.push({ rule: 'protobuf', ...where, detail }) }
  try {
    return readFields(bytes).filter(({ number, type }) => {
      if (schema[number] === type) return true
      fault(schema[number] === undefined ? `unknown field ${number}` : `field ${number} is ${type} instead of ${schema[number]}`)
      return false
    })
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    fault(error.message)
    return []
  }
}

/** What the features of a layer refer to. */
interface LayerTables { readonly keyCount: number, readonly valueCount: number, readonly ids: Set<bigint> }

function checkLayer (bytes: Uint8Array, faults: TileFault[]): string | undefined {
  const where: { layer?: string } = {}
  const fault = (rule: TileRule, detail: string): void => { faults.push({ rule, ...where, detail }) }
  const fields = read(bytes, { 15: 'varint', 1: 'bytes', 2: 'bytes', 3: 'bytes', 4: 'bytes', 5: 'varint' }, faults, where)
  const all = (number: number): WireField[] => fields.filter(field => field.number === number)
  const text = ({ value }: WireField): string | undefined => {
    const decoded = decodeText(value as Uint8Array)
    if (decoded === undefined) fault('text-utf8', 'text is not UTF-8')
    return decoded
  }

  const name = all(1).length === 1 ? text(all(1)[0]!) : undefined
  if (name === undefined || name === '') fault('layer-name', `${all(1).length} names`)
  else where.layer = name
  if (all(15).length !== 1 || all(15)[0]!.value !== 2n) fault('layer-version', `version ${all(15).map(({ value }) => value).join() || 'missing'}`)
  if (all(5).length !== 1 || Number(all(5)[0]!.value) < 1) fault('layer-extent', `extent ${all(5).map(({ value }) => value).join() || 'missing'}`)
  if (all(2).length === 0) fault('layer-empty', 'no feature')

  reportRepeats(all(3).map(text), repeated => fault('key-unique', `key ${repeated}`))
  reportRepeats(all(4).map(({ value }) => checkValue(value as Uint8Array, fault)), repeated => fault('value-unique', `value ${repeated}`))
  const tables = { keyCount: all(3).length, valueCount: all(4).length, ids: new Set<bigint>() }
  all(2).forEach(({ value }, feature) => checkFeature(value as Uint8Array, tables, faults, { ...where, feature }))
  return name
}

/** The value in a form that equal values share; undefined where it is invalid. */
function checkValue (bytes: Uint8Array, fault: (rule: TileRule, detail: string) => void): string | undefined {
  const faults: TileFault[] = []
  const fields = read(bytes, { 1: 'bytes', 2: 'fixed32', 3: 'fixed64', 4: 'varint', 5: 'varint', 6: 'varint', 7: 'varint' }, faults, {})
  for (const { rule, detail } of faults) fault(rule, detail)
  const [field] = fields
  if (fields.length !== 1 || !field) {
    if (faults.length === 0) fault('value-single', `a value with ${fields.length} fields`)
    return undefined
  }
  if (field.number === 1 && decodeText(field.value as Uint8Array) === undefined) fault('text-utf8', 'text is not UTF-8')
  if (field.type === 'fixed32' || field.type === 'fixed64') {
    const view = new DataView(field.value.buffer, field.value.byteOffset, field.value.length)
    const number = field.type === 'fixed32' ? view.getFloat32(0, true) : view.getFloat64(0, true)
    if (!Number.isFinite(number)) fault('number-finite', String(number))
  }
  return `${field.number}:${typeof field.value === 'bigint' ? field.value : Buffer.from(field.value).toString('latin1')}`
}

function checkFeature (bytes: Uint8Array, { keyCount, valueCount, ids }: LayerTables, faults: TileFault[], where: Where): void {
  const fault = (rule: TileRule, detail: string): void => { faults.push({ rule, ...where, detail }) }
  const fields = read(bytes, { 1: 'varint', 2: 'bytes', 3: 'varint', 4: 'bytes' }, faults, where)
  const all = (number: number): WireField[] => fields.filter(field => field.number === number)

  const id = all(1).at(-1)?.value as bigint | undefined
  if (id !== undefined && ids.has(id)) fault('feature-id-unique', `id ${id}`)
  if (id !== undefined && id > BigInt(Number.MAX_SAFE_INTEGER)) fault('feature-id-range', `id ${id}`)
  if (id !== undefined) ids.add(id)

  const tags = integers(all(2), fault)
  if (tags.length % 2 === 1) fault('tags-even', `${tags.length} tags`)
  tags.forEach((index, i) => {
    if (index >= (i % 2 === 0 ? keyCount : valueCount)) fault('tags-index', `${i % 2 === 0 ? 'key' : 'value'} ${index}`)
  })
  reportRepeats(tags.filter((_, i) => i % 2 === 0).map(String), repeated => fault('tags-key-unique', `key ${repeated}`))

  const type = Number(all(3).at(-1)?.value ?? 0)
  if (type < 1 || type > 3) return fault('feature-type', `type ${type}`)
  const geometry = integers(all(4), fault)
  if (all(4).length !== 1 || geometry.length === 0) return fault('feature-geometry', `${all(4).length} geometries`)
  checkGeometry(geometry, type as 1 | 2 | 3, fault)
}

function integers (fields: readonly WireField[], fault: (rule: TileRule, detail: string) => void): number[] {
  try {
    return fields.flatMap(({ value }) => readPackedIntegers(value as Uint8Array))
  } catch (error) {
    if (!(error instanceof WireError)) throw error
    fault('protobuf', error.message)
    return []
  }
}

function reportRepeats (items: ReadonlyArray<string | undefined>, report: (repeated: string) => void): void {
  const seen = new Set<string>()
  for (const item of items) {
    if (item !== undefined && seen.has(item)) report(item)
    if (item !== undefined) seen.add(item)
  }
}

function decodeText (bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
