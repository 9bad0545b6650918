import { Type } from 'typebox'
import type { Static, TSchema } from 'typebox'
import { cellFlags, missingReasons } from '../core/cell.ts'
import { editionIdPattern, geometryIdPattern, idPattern } from '../core/id.ts'

/**
 * What the API answers with, as schemas: programs are promised these shapes, and the OpenAPI
 * document is made of them. Every object is closed.
 *
 * A cell is a union by status: the suppressed kind has no field that could carry a number.
 */
const closed = { additionalProperties: false } as const

const literals = <Text extends string>(texts: readonly Text[]) => Type.Unsafe<Text>({ type: 'string', enum: [...texts] })
const orNull = <Schema extends TSchema>(schema: Schema) => {
  // OpenAPI 3.0 wants null among the values of an enumeration, too.
  const values = 'enum' in schema && Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {}
  return Type.Unsafe<Static<Schema> | null>({ ...schema, ...values, nullable: true })
}

const periodPattern = '^[0-9]{4}(-[0-9]{2}-[0-9]{2}|-q[1-4]|-[0-9]{2}|-[0-9]{4})?$'

export const Id = Type.String({ pattern: idPattern, description: 'an id: 1 to 60 of A-Z a-z 0-9 _ -' })
export const EditionId = Type.String({ pattern: editionIdPattern, description: 'an edition id, e and 12 hex digits' })
const GeometryId = Type.String({ pattern: geometryIdPattern })
export const PeriodId = Type.String({ pattern: periodPattern, description: '2024-12-31, 2024, 2024-q1, 2024-25 or 2022-2024' })

export const Localised = Type.Object({ de: Type.String(), en: Type.Optional(Type.String()) }, { ...closed, $id: 'Localised' })
export const Licence = Type.Object({ name: Type.String(), url: Type.String() }, { ...closed, $id: 'Licence' })
const Day = Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' })

const notice = Type.Optional(Type.String({ description: 'only of an internal edition: not to be passed on' }))

/** What every list says about itself. */
const head = { atlas: Id, edition: EditionId, notice }

export const Editions = Type.Object({
  atlas: Id,
  title: Type.String(),
  municipality: Type.String(),
  language: literals(['de', 'en']),
  dataStatus: literals(['synthetic', 'open-data', 'official']),
  licence: Licence,
  notice,
  current: EditionId,
  editions: Type.Array(Type.Object({
    id: EditionId,
    publishedAt: orNull(Type.String({ description: 'UTC, 2025-02-03T10:20:30Z' })),
    isCurrent: Type.Boolean(),
  }, closed), { description: 'newest first' }),
}, { ...closed, $id: 'Editions' })
export type Editions = Static<typeof Editions>

export const Levels = Type.Object({
  ...head,
  levels: Type.Array(Type.Object({
    id: Id,
    label: Localised,
    labelPlural: Localised,
    system: Id,
    validFrom: Day,
    validTo: orNull(Day),
    parent: orNull(Id),
    areas: Type.Integer({ minimum: 0, description: 'number of areas' }),
    geometry: GeometryId,
    bounds: Type.Object({ west: Type.Number(), south: Type.Number(), east: Type.Number(), north: Type.Number() }, closed),
    recut: Type.Optional(Localised),
    madeOf: Type.Optional(Type.Object({ level: Id, parts: Type.Array(Type.Array(Id)) }, { ...closed, description: 'areas of another level, in the order of the own areas' })),
  }, closed)),
}, { ...closed, $id: 'Levels' })
export type Levels = Static<typeof Levels>

export const Areas = Type.Object({
  ...head,
  areas: Type.Array(Type.Object({ level: Id, id: Id, name: Type.String(), parent: orNull(Id) }, closed)),
}, { ...closed, $id: 'Areas' })
export type Areas = Static<typeof Areas>

const Formula = Type.Object({
  numerator: Type.Array(Id), minus: Type.Array(Id), denominator: Type.Array(Id), factor: Type.Number(),
}, { ...closed, $id: 'Formula', description: 'factor * (sum of numerator - sum of minus) / sum of denominator' })

export const Indicators = Type.Object({
  ...head,
  themes: Type.Array(Type.Object({ id: Id, label: Localised }, closed)),
  indicators: Type.Array(Type.Object({
    id: Id,
    theme: Id,
    kind: literals(['count', 'share', 'ratio', 'measure']),
    label: Localised,
    definition: Localised,
    unit: Localised,
    decimals: Type.Integer({ minimum: 0 }),
    signed: Type.Boolean(),
    palette: Type.String(),
    formula: orNull(Formula),
    notes: Type.Array(Localised),
    periods: Type.Array(Type.Object({
      period: PeriodId, referenceDate: Day, denominatorDate: orNull(Day), deliveries: Type.Array(Id),
    }, closed)),
    levels: Type.Record(Type.String(), Type.Array(PeriodId), { description: 'periods with values, by level' }),
    changes: Type.Optional(Type.Array(Type.Object({ from: PeriodId, note: Localised }, closed), { description: 'breaks in the series' })),
  }, closed)),
  remarks: Type.Optional(Type.Array(Type.Object({
    kind: literals(['accepted', 'estimated', 'census']), indicator: orNull(Id), level: orNull(Id), area: orNull(Id), period: orNull(PeriodId), text: Localised,
  }, closed), { description: 'what must be read with figures; null stands for all' })),
  references: Type.Optional(Type.Array(Type.Object({
    id: Id,
    name: Localised,
    kind: literals(['district', 'state', 'nation', 'other']),
    values: Type.Array(Type.Object({
      indicator: Id, period: PeriodId, value: Type.Number(), source: Type.String(), referenceDate: Day, licence: Licence, differs: orNull(Localised),
    }, closed)),
  }, closed), { description: 'areas beyond the map, with figures of others' })),
  deliveries: Type.Array(Type.Object({
    id: Id, title: Type.String(), publisher: Type.String(), licence: Licence, attribution: Type.String(), extractedOn: orNull(Day),
  }, closed)),
}, { ...closed, $id: 'Indicators' })
export type Indicators = Static<typeof Indicators>

const place = { area: Id, period: PeriodId }
export const CellBody = Type.Union([
  Type.Object({ ...place, status: literals(['observed']), value: Type.Number(), flag: Type.Optional(literals(cellFlags)) }, closed),
  Type.Object({ ...place, status: literals(['suppressed']) }, closed),
  Type.Object({ ...place, status: literals(['missing']), reason: literals(missingReasons) }, closed),
], { $id: 'Cell', description: 'a value, or the reason there is none' })
export type CellBody = Static<typeof CellBody>

export const Values = Type.Object({ ...head, level: Id, indicator: Id, values: Type.Array(CellBody) }, { ...closed, $id: 'Values' })
export type Values = Static<typeof Values>

const rowsOf = <Schema extends TSchema>(schema: Schema) => Type.Array(Type.Array(schema))
export const ValueColumns = Type.Object({
  edition: EditionId,
  level: Id,
  indicator: Id,
  areas: Type.Array(Id),
  periods: Type.Array(PeriodId),
  values: rowsOf(orNull(Type.Number())),
  status: rowsOf(literals(['o', 's', 'm'])),
  reason: rowsOf(orNull(literals(missingReasons))),
  flag: rowsOf(orNull(literals(cellFlags))),
  breaks: Type.Array(Type.Number(), { description: 'bounds of the default classes, one more than there are classes' }),
  method: Type.String(),
  referenceDates: Type.Array(Day, { description: 'one per period' }),
  sources: Type.Array(Type.String()),
  licences: Type.Array(Licence),
  permalink: Type.String(),
  notice,
}, { ...closed, $id: 'ValueColumns', description: 'columns: one row per period, one column per area; a number exactly where the status is o' })
export type ValueColumns = Static<typeof ValueColumns>

export const TileJson = Type.Object({
  tilejson: literals(['3.0.0']),
  name: Type.String(),
  description: Type.String(),
  attribution: Type.String(),
  scheme: literals(['xyz']),
  tiles: Type.Array(Type.String(), { minItems: 1 }),
  minzoom: Type.Integer({ minimum: 0, maximum: 30 }),
  maxzoom: Type.Integer({ minimum: 0, maximum: 30 }),
  bounds: Type.Array(Type.Number(), { minItems: 4, maxItems: 4 }),
  vector_layers: Type.Array(Type.Object({
    id: Type.String(), description: Type.String(), fields: Type.Record(Type.String(), Type.String()),
  }, closed)),
}, { ...closed, $id: 'TileJson' })

/** RFC 9457, with what would be valid. */
export const ProblemDetails = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.Optional(Type.String()),
  code: Type.String(),
  valid: Type.Optional(Type.Array(Type.String())),
  nearest: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String({ description: 'why the edition was withdrawn' })),
  successor: Type.Optional(orNull(EditionId)),
  parameters: Type.Optional(Type.Array(Type.Object({
    name: Type.String(), fault: literals(['unknown-name', 'invalid-value', 'repeated', 'missing']), expected: Type.String(),
  }, closed))),
}, { ...closed, $id: 'ProblemDetails' })
export type ProblemDetails = Static<typeof ProblemDetails>
