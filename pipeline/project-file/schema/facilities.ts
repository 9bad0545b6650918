import { Type, type Static } from 'typebox'
import { Licence, Localised, LookUp, TextOrNumber, closed, date, id, says, text } from './form.ts'

const ColumnOrColumns = Type.Union([text('Kopf der Spalte', 'head of the column'), Type.Array(text('Kopf der Spalte', 'head of the column'), { minItems: 1 })], {
  ...says('ein Spaltenkopf oder eine Liste davon, mit Leerzeichen verbunden', 'a column head, or a list of them, joined by blanks'),
})

const Texts = Type.Record(Type.String(), Type.Union([TextOrNumber, Type.Array(TextOrNumber, { minItems: 1 })]), { ...says('Spalte: Text oder Texte', 'column: text or texts') })

/** A list of places such as Kitas. What is not named here is read, but never passed on: the attributes are an allow-list. */
export const FacilityLayerForm = closed({
  id: id('Kennung der Einrichtungsliste', 'id of the list of facilities'),
  label: Localised,
  publisher: text('wer liefert', 'who delivers it'),
  licence: Licence,
  attribution: text('Quellenvermerk', 'text printed with it'),
  referenceDate: date('Stand der Liste, 2025-03-01', 'day the list describes, 2025-03-01'),
  legalBasis: text('Gesetz oder Vertrag, der die Veröffentlichung erlaubt', 'law or contract that permits publication'),
  retention: Type.Optional(text('Aufbewahrung der Datei: ein Tag oder ein Text', 'how long the file is kept: a day or a text')),
  mayBePassedOn: Type.Boolean({ ...says('ob der Datenhalter die Veröffentlichung erlaubt (true oder false)', 'whether the publisher allows publication') }),
  files: Type.Array(text('Pfad der Tabelle oder GeoJSON-Datei', 'path of the table or GeoJSON file'), { minItems: 1 }),
  crs: Type.Optional(text('Koordinatensystem, wenn die Datei es nicht nennt; bei Tabellen Vorgabe EPSG:4326', 'coordinate system where the file does not say it; of tables EPSG:4326 by default')),
  encoding: Type.Optional(text('Zeichensatz, windows-1252 oder utf-8', 'character set, windows-1252 or utf-8')),
  delimiter: Type.Optional(Type.Enum([';', ',', '\t', '|'])),
  x: Type.Optional(text('Kopf der Spalte mit Ostwert oder Länge', 'head of the column with easting or longitude')),
  y: Type.Optional(text('Kopf der Spalte mit Nordwert oder Breite', 'head of the column with northing or latitude')),
  key: Type.Optional(text('Kopf der Spalte mit der Nummer der Einrichtung', 'head of the column with the number of the facility')),
  name: ColumnOrColumns,
  kind: Type.Union([
    text('Art aller Einrichtungen der Liste', 'kind of all facilities of the list'),
    closed({ column: text('Kopf der Spalte mit der Art', 'head of the column with the kind'), lookUp: Type.Optional(LookUp) }),
  ], { ...says('ein Text für alle oder { column: …, lookUp: … }', 'a text for all, or { column: …, lookUp: … }') }),
  attributes: Type.Optional(closed({
    address: Type.Optional(ColumnOrColumns),
    capacity: Type.Optional(text('Kopf der Spalte mit den Plätzen', 'head of the column with the places')),
    provider: Type.Optional(ColumnOrColumns),
  }, says('was veröffentlicht wird: address, capacity, provider; nichts sonst', 'what is published: address, capacity, provider; nothing else'))),
  where: Type.Optional(Texts),
  exclude: Type.Optional(Texts),
  level: Type.Optional(id('Ebene, auf der gezählt wird', 'level on which they are counted')),
  counts: Type.Optional(Type.Record(Type.String(), Type.Union([
    Type.Literal('count'),
    closed({ sum: Type.Literal('capacity') }),
  ]), { ...says('Fallzahl: count, oder { sum: capacity }', 'count: count, or { sum: capacity }') })),
}, says('eine Liste von Einrichtungen', 'a list of facilities'))

export type FacilityLayerEntry = Static<typeof FacilityLayerForm>
