import { Type, type Static, type TSchema } from 'typebox'
import { idPattern } from '../../core/id.ts'
import { presets, type PresetName } from '../../core/rules.ts'

/**
 * The form of `atlas.yaml`. Published as `docs/atlas.schema.json`, so that an editor can complete
 * and check it; what a schema cannot say (ids that must exist) is in `references.ts`.
 */

/** German stands where editors look for it; the English twin is ours. */
const says = (german: string, english: string) => ({ description: german, english })
const id = (german: string, english: string) => Type.String({ pattern: idPattern, ...says(german, english) })
const text = (german: string, english: string) => Type.String({ minLength: 1, ...says(german, english) })
const date = (german: string, english: string) => Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', ...says(german, english) })
const closed = <T extends Record<string, TSchema>>(properties: T, description = {}) =>
  Type.Object(properties, { additionalProperties: false, ...description })

/** German text, or German and English side by side. */
const Localised = Type.Union([
  Type.String({ minLength: 1 }),
  closed({ de: Type.String({ minLength: 1 }), en: Type.Optional(Type.String({ minLength: 1 })) }),
], { ...says('ein deutscher Text oder { de: …, en: … }', 'a German text, or { de: …, en: … }') })

/** Keys and periods may look like numbers; they stay text as they are written. */
const TextOrNumber = Type.Union([Type.String(), Type.Number()], { ...says('Text; Ziffern bleiben, wie sie geschrieben sind', 'text; digits are kept as written') })

const Licence = closed({ name: text('Name der Lizenz', 'name of the licence'), url: text('Adresse ihres Textes', 'address of its text') })

const LookUp = Type.Record(Type.String(), TextOrNumber, { ...says('Text in der Datei: Text, der stattdessen gilt', 'text in the file: text to use instead') })

const keyRule = {
  prefix: Type.Optional(text('Text, der vorn entfernt wird', 'text removed from the front')),
  extract: Type.Optional(text('regulärer Ausdruck; seine erste Gruppe bleibt', 'regular expression; its first group is kept')),
  pad: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, ...says('Anzahl der Zeichen; vorn wird mit Nullen aufgefüllt', 'number of characters, filled up with zeros in front') })),
  lookUp: Type.Optional(LookUp),
}

export const KeyRule = closed({ column: text('Kopf der Spalte', 'head of the column'), ...keyRule }, says('wie ein Schlüssel aus einer Spalte gelesen wird', 'how a key is read from a column'))

const AreaRule = closed({
  column: Type.Optional(text('Kopf der Spalte mit dem Gebietsschlüssel', 'head of the column with the area key')),
  value: Type.Optional(TextOrNumber),
  ...keyRule,
}, says('Spalte mit dem Gebietsschlüssel oder ein festes Gebiet', 'column with the area key, or one fixed area'))

const PeriodRule = closed({
  column: Type.Optional(text('Kopf der Spalte mit dem Zeitraum', 'head of the column with the period')),
  value: Type.Optional(TextOrNumber),
  template: Type.Optional(Type.String({ pattern: '\\{\\}', ...says('Zeitraum mit {} an der Stelle des Spaltentextes, {}-12-31', 'period with {} where the text of the column stands, {}-12-31') })),
  lookUp: Type.Optional(LookUp),
}, says('Spalte mit dem Zeitraum oder ein fester Zeitraum', 'column with the period, or one fixed period'))

const Boundaries = closed({
  file: Type.Optional(text('gezipptes Shapefile, .shp oder .geojson, relativ zum Datenordner', 'zipped shapefile, .shp or .geojson, relative to the data folder')),
  layer: Type.Optional(text('Name der Ebene, wenn das Zip mehrere enthält', 'name of the layer where the zip holds several')),
  crs: Type.Optional(text('Koordinatensystem, wenn die Datei es nicht nennt, EPSG:25832', 'coordinate system where the file does not say it, EPSG:25832')),
  encoding: Type.Optional(text('Zeichensatz der Attributtabelle, wenn die Datei ihn nicht nennt', 'character set of the attribute table where the file does not say it')),
  where: Type.Optional(Type.Record(Type.String(), TextOrNumber, { ...says('nur Datensätze mit diesen Attributwerten', 'only records with these attribute values') })),
  merge: Type.Optional(Type.Boolean({ ...says('Datensätze mit demselben Schlüssel sind Teile eines Gebiets', 'records with the same key are parts of one area') })),
  key: Type.Optional(KeyRule),
  name: Type.Optional(KeyRule),
  parentKey: Type.Optional(KeyRule),
  dissolve: Type.Optional(id('Ebene, deren Gebiete verschmolzen werden', 'level whose areas are melted into one')),
  id: Type.Optional(id('Kennung des verschmolzenen Gebiets', 'id of the dissolved area')),
  attribution: Type.Optional(text('Quellenvermerk der Grenzen', 'whom to name for the boundaries')),
  areaName: Type.Optional(text('Name des verschmolzenen Gebiets', 'name of the dissolved area')),
}, says('woher die Grenzen kommen', 'where the boundaries come from'))

const Level = closed({
  id: id('Kennung der Ebene, Teil jeder Adresse', 'id of the level, part of every address'),
  label: Localised,
  labelPlural: Localised,
  system: Type.Optional(id('Gebietssystem ohne Gebietsstand', 'area system without vintage')),
  validFrom: date('erster Tag dieser Grenzen, 2019-01-01', 'first day of these boundaries'),
  validTo: Type.Optional(date('letzter Tag dieser Grenzen, 2018-12-31', 'last day of these boundaries')),
  parent: Type.Optional(id('Ebene, die diese enthält', 'level that contains this one')),
  boundaries: Boundaries,
})

const minimumCount = Type.Union([Type.Integer({ minimum: 3 }), Type.Literal('none')], {
  ...says('kleinste Zahl, die gezeigt werden darf (3 oder mehr), oder none', 'smallest count that may be shown (3 or more), or none'),
})

const ruleSet = {
  remainder: Type.Optional(Type.Boolean({ ...says('ob auch der Rest eines Ganzen zu schützen ist (true oder false); Vorgabe true', 'whether the rest of a whole is protected too (true or false); default true') })),
  rateFloor: Type.Optional(Type.Integer({ minimum: 0, ...says('kleinster Nenner eines Anteils oder Verhältnisses; 0 für keinen', 'smallest denominator of a share or ratio; 0 for none') })),
  areaFloor: Type.Optional(Type.Integer({ minimum: 0, ...says('kleinste Einwohnerzahl eines Gebiets mit Anteilen, Verhältnissen und Maßen; 0 für keine', 'smallest number of inhabitants of an area with shares, ratios and measures; 0 for none') })),
  units: Type.Optional(closed({
    of: id('Fallzahl der Einheiten dahinter, etwa Haushalte oder Betriebe', 'count of the units behind it, such as households or companies'),
    minimum: Type.Integer({ minimum: 2, ...says('so viele Einheiten müssen es sein', 'how many units there must be') }),
  }, says('so viele Einheiten müssen hinter einer Zahl stehen', 'how many units must stand behind a figure'))),
  dominance: Type.Optional(closed({
    percent: Type.Number({ exclusiveMinimum: 0, maximum: 100, ...says('so genau darf niemand den größten Beitrag schätzen können', 'nobody may be able to estimate the largest contribution better than that') }),
    largest: id('Fallzahl mit dem größten Beitrag', 'count with the largest contribution'),
    second: id('Fallzahl mit dem zweitgrößten Beitrag', 'count with the second largest contribution'),
  }, says('p-Prozent-Regel', 'p% rule'))),
  method: Type.Optional(Type.Enum(['suppress', 'round5'])),
}

const Rules = closed({
  ...ruleSet,
  internal: Type.Optional(closed({ minimumCount: Type.Optional(minimumCount), ...ruleSet }, says('was für die interne Ausgabe anders gilt', 'what is different for the internal edition'))),
}, says('Regeln der Geheimhaltung neben der Mindestfallzahl', 'rules of confidentiality beside the minimum count'))

const Delivery = closed({
  id: id('Kennung der Lieferung', 'id of the delivery'),
  title: text('Titel des Datensatzes', 'title of the data set'),
  publisher: text('wer liefert', 'who delivers it'),
  licence: Licence,
  attribution: text('Quellenvermerk an jeder Zahl daraus', 'text printed with every figure made of it'),
  extractedOn: Type.Optional(date('Tag des Abzugs, 2025-02-03', 'day on which the source was drawn')),
  minimumCount: Type.Optional(minimumCount),
  preset: Type.Optional(Type.Enum(Object.keys(presets) as PresetName[])),
  rules: Type.Optional(Rules),
  because: Type.Optional(text('warum keine Mindestfallzahl nötig ist', 'why no minimum count is needed')),
  legalBasis: text('Gesetz oder Vertrag, der die Nutzung erlaubt', 'law or contract that permits the use'),
  retention: Type.Optional(text('Aufbewahrung der Lieferung: ein Tag oder ein Text', 'how long the delivery is kept: a day or a text')),
  mayBePassedOn: Type.Boolean({ ...says('ob der Datenhalter die Veröffentlichung erlaubt (true oder false)', 'whether the publisher allows publication') }),
  system: Type.Optional(id('Gebietssystem; der Gebietsstand folgt aus dem Zeitraum', 'area system; the vintage follows from the period')),
  level: Type.Optional(id('eine feste Ebene', 'one fixed level')),
  recomputed: Type.Optional(Type.Boolean({ ...says('Werte früherer Zeiträume sind auf die Grenzen der Ebene umgerechnet', 'values of earlier periods were recomputed for the boundaries of the level') })),
  files: Type.Array(Type.Union([
    Type.String({ minLength: 1 }),
    closed({ file: text('Pfad der Tabelle', 'path of the table'), period: TextOrNumber }),
  ], { ...says('ein Pfad oder { file: …, period: … }', 'a path, or { file: …, period: … }') }), { minItems: 1 }),
  dialect: Type.Optional(closed({
    encoding: Type.Optional(text('Zeichensatz, windows-1252 oder utf-8', 'character set, windows-1252 or utf-8')),
    delimiter: Type.Optional(Type.Enum([';', ',', '\t', '|'])),
    decimal: Type.Optional(Type.Enum([',', '.'])),
    thousands: Type.Optional(Type.Enum(['.', ',', ' ', "'", ''])),
    headLine: Type.Optional(Type.Integer({ minimum: 1, ...says('Zeile mit den Spaltenköpfen, ab 1', 'line with the column heads, from 1') })),
    sheet: Type.Optional(text('Blatt der Arbeitsmappe', 'sheet of the workbook')),
  }, says('wie die Tabellen geschrieben sind', 'how the tables are written'))),
  area: AreaRule,
  period: Type.Optional(PeriodRule),
  totals: Type.Optional(Type.Array(TextOrNumber, { ...says('Gebietsschlüssel der Summenzeilen: geprüft, nicht verknüpft', 'area keys of totals rows: checked, not joined') })),
  unassigned: Type.Optional(Type.Array(TextOrNumber, { ...says('Gebietsschlüssel der Zeilen ohne Zuordnung: sie zählen nur für obere Ebenen', 'area keys of rows without an area: they count for upper levels only') })),
  legend: Type.Optional(Type.Record(Type.String(), Type.Enum([
    'zero', 'suppressed', 'not-delivered', 'pending', 'unreliable', 'not-applicable', 'unknown', 'unit-too-small',
  ]), { ...says('Zeichen in einer Wertzelle: was es bedeutet', 'sign in a value cell: what it means') })),
  columns: Type.Optional(Type.Record(Type.String(), text('Kopf der Spalte', 'head of the column'), { ...says('Indikator: Spaltenkopf', 'indicator: column head') })),
  indicator: Type.Optional(closed({ column: text('Kopf der Spalte, die den Indikator nennt', 'head of the column that names the indicator'), lookUp: LookUp })),
  value: Type.Optional(closed({ column: text('Kopf der Spalte mit dem Wert', 'head of the column with the value') })),
})

const IdOrIds = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], { ...says('ein Indikator oder eine Liste davon', 'an indicator, or a list of them') })

const Indicator = closed({
  id: id('Kennung des Indikators, englisch, Teil jeder Adresse', 'id of the indicator, English, part of every address'),
  theme: id('Kennung eines Themas', 'id of a theme'),
  kind: Type.Enum(['count', 'share', 'ratio', 'measure']),
  label: Localised,
  definition: Localised,
  unit: Type.Optional(Type.Union([
    Type.String(),
    closed({ de: Type.String(), en: Type.Optional(Type.String()) }),
  ], { ...says('Text hinter der Zahl', 'text printed behind the number') })),
  decimals: Type.Integer({ minimum: 0, maximum: 6 }),
  factor: Type.Optional(Type.Number({ exclusiveMinimum: 0, ...says('100 für Prozent; Vorgabe 100', '100 for percent; default 100') })),
  numerator: Type.Optional(IdOrIds),
  minus: Type.Optional(IdOrIds),
  denominator: Type.Optional(IdOrIds),
  parts: Type.Optional(Type.Array(Type.String(), { minItems: 2, ...says('Fallzahlen, deren Summe diese ist', 'counts of which this one is the sum') })),
  published: Type.Optional(Type.Boolean({ ...says('false: wird gelesen und von Regeln benutzt, aber nie gezeigt', 'false: read and used by rules, but never printed') })),
  denominatorPeriod: Type.Optional(Type.Enum(['same', 'previous'])),
  signed: Type.Optional(Type.Boolean({ ...says('Werte unter null sind möglich', 'values below zero are possible') })),
  palette: Type.Optional(Type.Enum(['petrol', 'moos', 'beere', 'div'])),
  notes: Type.Optional(Type.Array(Localised)),
  breaks: Type.Optional(Type.Array(Type.Number(), { minItems: 2, maxItems: 8, ...says('von Hand festgelegte Klassengrenzen, aufsteigend', 'class bounds fixed by hand, ascending') })),
})

const External = closed({
  source: text('wo es veröffentlicht ist', 'where it is published'),
  level: id('Ebene der Zahlen', 'level of the figures'),
  indicators: Type.Optional(Type.Array(Type.String(), { minItems: 1, ...says('diese Fallzahlen; ohne Angabe alle', 'these counts; all where not given') })),
  areas: Type.Optional(Type.Array(TextOrNumber, { minItems: 1, ...says('diese Gebiete; ohne Angabe alle', 'these areas; all where not given') })),
  periods: Type.Optional(Type.Array(TextOrNumber, { minItems: 1, ...says('diese Zeiträume; ohne Angabe alle', 'these periods; all where not given') })),
  values: Type.Optional(Type.Record(Type.String(), Type.Number(), { ...says('Gebiet: Zahl, wie sie dort steht; nur bei einer Fallzahl und einem Zeitraum', 'area: number as it stands there; only with one count and one period') })),
})

const Manual = closed({
  indicator: id('Fallzahl oder Maß', 'a count or measure'),
  level: id('Ebene des Gebiets', 'level of the area'),
  area: TextOrNumber,
  period: TextOrNumber,
  because: text('warum der Wert gesperrt wird', 'why the value is suppressed'),
})

export const ProjectFile = closed({
  atlas: id('erster Teil jeder Adresse', 'first part of every address'),
  title: text('Titel des Atlas', 'title of the atlas'),
  municipality: text('Name der Kommune', 'name of the municipality'),
  language: Type.Optional(Type.Enum(['de', 'en'])),
  dataStatus: Type.Enum(['synthetic', 'open-data', 'official']),
  licence: Licence,
  contact: closed({ name: text('wer Fragen beantwortet', 'who answers questions'), email: text('Mailadresse', 'mail address') }),
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
  external: Type.Optional(Type.Array(External, { ...says('was andere veröffentlichen: wer angreift, kennt es', 'what others publish: whoever attacks knows it') })),
  manual: Type.Optional(Type.Array(Manual, { ...says('von Hand gesperrte Werte', 'values suppressed by hand') })),
}, says('Projektdatei eines Sozialraum-Atlas', 'Project file of a Sozialraum-Atlas'))

export type ProjectFile = Static<typeof ProjectFile>
export type LevelEntry = Static<typeof Level>
export type DeliveryEntry = Static<typeof Delivery>
export type IndicatorEntry = Static<typeof Indicator>
export type RulesEntry = Static<typeof Rules>
export type ExternalEntry = Static<typeof External>
export type ManualEntry = Static<typeof Manual>
export type KeyRule = Static<typeof KeyRule>
export type PeriodRule = Static<typeof PeriodRule>
