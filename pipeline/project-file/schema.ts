import { Type, type Static } from 'typebox'
import { Licence, Localised, closed, id, says, text } from './schema/form.ts'
import { Accepted } from './schema/accepted.ts'
import { Crosswalk } from './schema/crosswalk.ts'
import { Delivery } from './schema/delivery.ts'
import { FacilityLayerForm } from './schema/facilities.ts'
import { Indicator } from './schema/indicator.ts'
import { External, Manual } from './schema/known.ts'
import { Level } from './schema/level.ts'
import { ReferenceAreaForm } from './schema/reference-area.ts'

/**
 * The form of `atlas.yaml`. Published as `docs/atlas.schema.json`, so that an editor can complete
 * and check it; what a schema cannot say (ids that must exist) is in `references.ts`.
 */
export const ProjectFile = closed({
  atlas: id('erster Teil jeder Adresse', 'first part of every address'),
  title: text('Titel des Atlas', 'title of the atlas'),
  municipality: text('Name der Kommune', 'name of the municipality'),
  language: Type.Optional(Type.Enum(['de', 'en'])),
  dataStatus: Type.Enum(['synthetic', 'open-data', 'official']),
  licence: Licence,
  contact: closed({ name: text('wer Fragen beantwortet', 'who answers questions'), email: text('Mailadresse', 'mail address') }),
  privacy: Type.Optional(closed({
    officer: Type.Optional(text('Mailadresse der oder des Datenschutzbeauftragten', 'mail address of the data protection officer')),
    notice: Type.Optional(Type.String({ pattern: '^https?://', ...says('Adresse der Datenschutzerklärung der Kommune', "address of the municipality's privacy notice") })),
  }, says('wer zum Datenschutz Auskunft gibt; steht auf der Seite „Datenschutz“', 'who answers about privacy; stands on the page "Privacy"'))),
  bounds: Type.Array(Type.Number(), { minItems: 4, maxItems: 4, ...says('West, Süd, Ost, Nord in Grad; alles muss darin liegen', 'west, south, east, north in degrees; everything must lie within') }),
  start: id('Indikator, der zuerst erscheint', 'indicator shown first'),
  referenceLevel: Type.Optional(id('Ebene, deren einziges Gebiet die ganze Kommune ist', 'level whose one area is the whole town')),
  population: Type.Optional(id('Fallzahl der Einwohnerinnen und Einwohner, für areaFloor', 'count of the inhabitants, for areaFloor')),
  audiences: Type.Optional(Type.Array(Type.Enum(['public', 'internal']), { minItems: 1, uniqueItems: true, ...says('für wen Ausgaben entstehen: public, internal; Vorgabe [public]', 'for whom editions are made: public, internal; default [public]') })),
  intervals: Type.Optional(Type.Boolean({ ...says('true: „zwischen a und b“ statt des Punkts', 'true: "between a and b" instead of the dot') })),
  tiles: Type.Optional(closed({
    minZoom: Type.Integer({ minimum: 0, maximum: 16 }),
    maxZoom: Type.Integer({ minimum: 0, maximum: 16 }),
  })),
  levels: Type.Array(Level, { minItems: 1 }),
  context: Type.Optional(Type.Array(closed({
    kind: Type.Enum(['water', 'neighbour', 'boundary']),
    file: text('Pfad der Datei', 'path of the layer'),
    name: Type.Optional(text('Attribut mit dem Namen', 'attribute with the name')),
  }))),
  themes: Type.Array(closed({ id: id('Kennung des Themas', 'id of the theme'), label: Localised }), { minItems: 1 }),
  deliveries: Type.Array(Delivery, { minItems: 1 }),
  indicators: Type.Array(Indicator, { minItems: 1 }),
  indicatorsFile: Type.Optional(text('Arbeitsmappe mit weiteren Kennzahlen und Spalten, kennzahlen.xlsx, neben dieser Datei', 'workbook with further indicators and columns, kennzahlen.xlsx, beside this file')),
  external: Type.Optional(Type.Array(External, { ...says('was andere veröffentlichen: wer angreift, kennt es', 'what others publish: whoever attacks knows it') })),
  manual: Type.Optional(Type.Array(Manual, { ...says('von Hand gesperrte Werte', 'values suppressed by hand') })),
  crosswalks: Type.Optional(Type.Array(Crosswalk, { ...says('wie Reihen über einen Neuzuschnitt reichen', 'how series reach over a re-cut') })),
  references: Type.Optional(Type.Array(ReferenceAreaForm, { ...says('Vergleichsgebiete ohne Karte: Kreis, Land, Bund', 'reference areas without a map: Kreis, Land, Bund') })),
  facilities: Type.Optional(Type.Array(FacilityLayerForm, { ...says('Listen von Einrichtungen', 'lists of facilities') })),
  accepted: Type.Optional(Type.Array(Accepted, { ...says('Befunde, die jemand geprüft und angenommen hat', 'findings that somebody looked at and accepted') })),
}, says('Projektdatei eines Sozialraum-Atlas', 'Project file of a Sozialraum-Atlas'))

export type ProjectFile = Static<typeof ProjectFile>
export type { AcceptedEntry } from './schema/accepted.ts'
export type { CrosswalkEntry } from './schema/crosswalk.ts'
export { isTable, type DeliveryEntry, type TableDelivery } from './schema/delivery.ts'
export type { FacilityLayerEntry } from './schema/facilities.ts'
export type { IndicatorEntry } from './schema/indicator.ts'
export type { KeyRule, PeriodRule } from './schema/key.ts'
export type { ExternalEntry, ManualEntry } from './schema/known.ts'
export type { LevelEntry } from './schema/level.ts'
export type { ReferenceAreaEntry } from './schema/reference-area.ts'
export type { RulesEntry } from './schema/rules.ts'
