import { Type, type Static } from 'typebox'
import { Dialect } from './dialect.ts'
import { Localised, closed, id, says, text } from './form.ts'
import { keyRule } from './key.ts'

const Key = closed({ column: text('Kopf der Spalte', 'head of the column'), ...keyRule })

const WeightTable = closed({
  file: text('Tabelle mit den Gewichten', 'table with the weights'),
  dialect: Type.Optional(Dialect),
  from: Key,
  to: Key,
  weight: text('Spalte mit dem Anteil des alten Gebiets, 0 bis 1', 'column with the part of the old area, 0 to 1'),
  evenOut: Type.Optional(Type.Boolean({ ...says('true: Summen weit von 1 sind gewollt und werden auf 1 gebracht', 'true: sums far from 1 are meant and are brought to 1') })),
}, says('veröffentlichte Gewichte', 'published weights'))

const GridWeights = closed({
  file: text('Zensusgitter mit Einwohnern', 'census grid with inhabitants'),
  column: text('Spalte mit den Einwohnern', 'column with the inhabitants'),
}, says('Gewichte nach Einwohnern des Zensusgitters', 'weights by inhabitants of the census grid'))

/** How counts of old boundaries are carried over to new ones. */
export const Crosswalk = closed({
  from: id('Ebene mit den alten Grenzen', 'level with the old boundaries'),
  to: id('Ebene mit den neuen Grenzen', 'level with the new boundaries'),
  table: Type.Optional(WeightTable),
  areal: Type.Optional(Type.Literal(true, { ...says('true: Gewichte nach gemeinsamer Fläche', 'true: weights by common surface') })),
  grid: Type.Optional(GridWeights),
  indicators: Type.Optional(Type.Array(Type.String(), { minItems: 1, ...says('diese Fallzahlen; ohne Angabe alle', 'these counts; all where not given') })),
  note: Type.Optional(Localised),
})

export type CrosswalkEntry = Static<typeof Crosswalk>
