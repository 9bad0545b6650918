import { Type, type Static } from 'typebox'
import { TextOrNumber, closed, id, says, text } from './form.ts'
import { AreaRule } from './key.ts'

const GridColumn = Type.Union([
  text('Kopf der Spalte', 'head of the column'),
  closed({
    column: text('Kopf der Spalte mit der Zahl', 'head of the column with the number'),
    where: Type.Record(Type.String(), TextOrNumber, { ...says('nur Zeilen mit diesen Texten, etwa Merkmal: ALTER_10JG', 'only lines with these texts, such as Merkmal: ALTER_10JG') }),
  }),
], { ...says('ein Spaltenkopf oder { column: …, where: … }', 'a column head, or { column: …, where: … }') })

const Calibration = closed({
  value: Type.Optional(Type.Integer({ minimum: 0, ...says('veröffentlichter Wert der ganzen Kommune', 'published value of the whole municipality') })),
  level: Type.Optional(id('Ebene, für deren Gebiete die Werte gelten', 'level whose areas the values are of')),
  file: Type.Optional(text('Tabelle mit den veröffentlichten Werten', 'table with the published values')),
  area: Type.Optional(AreaRule),
  column: Type.Optional(text('Kopf der Spalte mit dem Wert', 'head of the column with the value')),
}, says('veröffentlichter Wert, auf den die Summe gebracht wird', 'published value that the sum is brought to'))

/** A census grid: one line per cell, whose centre says where it lies; no line names an area. */
export const Grid = closed({
  x: Type.Optional(text('Kopf der Spalte mit dem Ostwert der Zellmitte; Vorgabe x_mp_…', 'head of the column with the easting of the cell centre; default x_mp_…')),
  y: Type.Optional(text('Kopf der Spalte mit dem Nordwert der Zellmitte; Vorgabe y_mp_…', 'head of the column with the northing of the cell centre; default y_mp_…')),
  size: Type.Optional(Type.Integer({ minimum: 1, ...says('Seite einer Zelle in Metern; Vorgabe aus dem Spaltenkopf', 'side of a cell in metres; default from the column head') })),
  crs: Type.Optional(text('Koordinatensystem des Gitters; Vorgabe EPSG:3035', 'coordinate system of the grid; default EPSG:3035')),
  assign: Type.Optional(Type.Enum(['centre', 'area'])),
  secret: Type.Optional(Type.Array(TextOrNumber, { ...says('so schreibt die Quelle „geheim“; Vorgabe -9 und –', 'how the source writes "secret"; default -9 and –') })),
  uninhabited: Type.Optional(Type.Array(TextOrNumber, { ...says('so schreibt die Quelle „unbewohnt“; Vorgabe -1', 'how the source writes "uninhabited"; default -1') })),
  columns: Type.Optional(Type.Record(Type.String(), GridColumn, { ...says('Fallzahl: Spaltenkopf; wird summiert', 'count: column head; summed') })),
  means: Type.Optional(Type.Record(Type.String(), closed({
    column: text('Kopf der Spalte mit dem Mittelwert oder Anteil', 'head of the column with the mean or share'),
    weight: Type.Union([
      text('Kopf der Spalte, mit der gewichtet wird', 'head of the column that weighs it'),
      closed({ file: text('Gitterdatei mit dem Gewicht', 'grid file with the weight'), column: text('Kopf der Spalte, mit der gewichtet wird', 'head of the column that weighs it') }),
    ], { ...says('ein Spaltenkopf oder { file: …, column: … }: beim Zensus 2022 steht jedes Merkmal in einer eigenen Datei', 'a column head, or { file: …, column: … }: the census of 2022 has a file per figure') }),
  }), { ...says('Maß: Spaltenkopf und Gewicht; wird gewichtet gemittelt', 'measure: column head and weight; averaged with it') })),
  calibrate: Type.Optional(Type.Record(Type.String(), Calibration, { ...says('Fallzahl: veröffentlichter Wert', 'count: published value') })),
}, says('ein Zensusgitter statt einer Tabelle mit Gebieten', 'a census grid instead of a table with areas'))

export type GridEntry = Static<typeof Grid>
export type CalibrationEntry = Static<typeof Calibration>
export type MeanEntry = NonNullable<GridEntry['means']>[string]
