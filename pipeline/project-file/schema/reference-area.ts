import { Type, type Static } from 'typebox'
import { Dialect } from './dialect.ts'
import { Licence, Localised, TextOrNumber, closed, date, id, says, text } from './form.ts'

const differs = Type.Union([Type.Literal(false), Localised], {
  ...says('false, wo die Definition dieselbe ist, sonst worin sie abweicht', 'false where the definition is the same, else in what it differs'),
})

/** What holds for all figures of an area, unless one says otherwise. */
const terms = {
  source: Type.Optional(text('Quelle, wie sie bei der Zahl stehen soll', 'source as it should stand with the figure')),
  licence: Type.Optional(Licence),
  referenceDate: Type.Optional(date('Tag, für den die Zahl gilt; Vorgabe der letzte des Zeitraums', 'day the figure describes; default the last one of the period')),
  unit: Type.Optional(text('Einheit, wie die Quelle sie nennt', 'unit as the source names it')),
  differs: Type.Optional(differs),
}

const Value = closed({
  indicator: id('Kennung des Indikators', 'id of the indicator'),
  period: TextOrNumber,
  value: Type.Number(),
  ...terms,
}, says('eine Zahl, die andere veröffentlicht haben', 'a figure that others published'))

/** An area beyond the map, with figures that somebody else published. */
export const ReferenceAreaForm = closed({
  id: id('Kennung des Vergleichsgebiets', 'id of the reference area'),
  name: Localised,
  kind: Type.Enum(['district', 'state', 'nation', 'other']),
  ...terms,
  source: text('Quelle, wie sie bei der Zahl stehen soll', 'source as it should stand with the figure'),
  licence: Licence,
  values: Type.Optional(Type.Array(Value, { minItems: 1 })),
  file: Type.Optional(text('Tabelle mit den Werten', 'table with the figures')),
  dialect: Type.Optional(Dialect),
  columns: Type.Optional(closed({
    area: Type.Optional(text('Spalte mit der Kennung des Vergleichsgebiets, wo die Tabelle mehrere enthält', 'column with the id of the reference area where the table holds several')),
    indicator: text('Spalte mit der Kennung des Indikators', 'column with the id of the indicator'),
    period: text('Spalte mit dem Zeitraum', 'column with the period'),
    value: text('Spalte mit dem Wert', 'column with the figure'),
    unit: Type.Optional(text('Spalte mit der Einheit', 'column with the unit')),
    referenceDate: Type.Optional(text('Spalte mit dem Tag, für den der Wert gilt', 'column with the day the figure describes')),
  }, says('Köpfe der Tabelle; Vorgabe Gebiet, Kennung, Zeitraum, Wert, Einheit, Stichtag', 'heads of the table; default area, indicator, period, value, unit, referenceDate'))),
}, says('ein Gebiet außerhalb oder oberhalb der Karte', 'an area beyond or above the map'))

export type ReferenceAreaEntry = Static<typeof ReferenceAreaForm>
