import { Type, type Static } from 'typebox'
import { presets, type PresetName } from '../../../core/rules.ts'
import { Licence, LookUp, TextOrNumber, closed, date, id, says, text } from './form.ts'
import { Grid } from './grid.ts'
import { Dialect } from './dialect.ts'
import { AreaRule, PeriodRule } from './key.ts'
import { recordKeys } from './records.ts'
import { Rules, minimumCount } from './rules.ts'

export const Delivery = closed({
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
  dialect: Type.Optional(Dialect),
  area: Type.Optional(AreaRule),
  grid: Type.Optional(Grid),
  period: Type.Optional(PeriodRule),
  totals: Type.Optional(Type.Array(TextOrNumber, { ...says('Gebietsschlüssel der Summenzeilen: geprüft, nicht verknüpft', 'area keys of totals rows: checked, not joined') })),
  unassigned: Type.Optional(Type.Array(TextOrNumber, { ...says('Gebietsschlüssel der Zeilen ohne Zuordnung: sie zählen nur für obere Ebenen', 'area keys of rows without an area: they count for upper levels only') })),
  rowless: Type.Optional(Type.Enum(['zero'], { ...says('zero: die Datei lässt Gebiete ohne Fälle weg; ein Gebiet ohne Zeile hat 0', 'zero: the file leaves out areas without cases; an area without a row has 0') })),
  legend: Type.Optional(Type.Record(Type.String(), Type.Enum([
    'zero', 'suppressed', 'not-delivered', 'pending', 'unreliable', 'not-applicable', 'unknown', 'unit-too-small',
  ]), { ...says('Zeichen in einer Wertzelle: was es bedeutet', 'sign in a value cell: what it means') })),
  columns: Type.Optional(Type.Record(Type.String(), Type.Union([text('Kopf der Spalte', 'head of the column'), Type.Array(text('Kopf der Spalte', 'head of the column'), { minItems: 1 })]), { ...says('Indikator: Spaltenkopf', 'indicator: column head') })),
  indicator: Type.Optional(closed({ column: text('Kopf der Spalte, die den Indikator nennt', 'head of the column that names the indicator'), lookUp: LookUp })),
  ...recordKeys,
  value: Type.Optional(closed({ column: text('Kopf der Spalte mit dem Wert', 'head of the column with the value') })),
})

export type DeliveryEntry = Static<typeof Delivery>

/** A delivery of tables, whose rows say which area they are of; the other kind is a census grid. */
export type TableDelivery = DeliveryEntry & { readonly area: Static<typeof AreaRule> }

/** Of a project file without problems every delivery is either a table or a grid. */
export function isTable (delivery: DeliveryEntry): delivery is TableDelivery {
  return delivery.area !== undefined
}
