import { Type, type Static } from 'typebox'
import { TextOrNumber, closed, id, says, text } from './form.ts'

/** What others publish, and what is suppressed by hand: both change what must be kept secret. */

export const External = closed({
  source: text('wo es veröffentlicht ist', 'where it is published'),
  level: id('Ebene der Zahlen', 'level of the figures'),
  indicators: Type.Optional(Type.Array(Type.String(), { minItems: 1, ...says('diese Fallzahlen; ohne Angabe alle', 'these counts; all where not given') })),
  areas: Type.Optional(Type.Array(TextOrNumber, { minItems: 1, ...says('diese Gebiete; ohne Angabe alle', 'these areas; all where not given') })),
  periods: Type.Optional(Type.Array(TextOrNumber, { minItems: 1, ...says('diese Zeiträume; ohne Angabe alle', 'these periods; all where not given') })),
  values: Type.Optional(Type.Record(Type.String(), Type.Number(), { ...says('Gebiet: Zahl, wie sie dort steht; nur bei einer Fallzahl und einem Zeitraum', 'area: number as it stands there; only with one count and one period') })),
})

export const Manual = closed({
  indicator: id('Fallzahl oder Maß', 'a count or measure'),
  level: id('Ebene des Gebiets', 'level of the area'),
  area: TextOrNumber,
  period: TextOrNumber,
  because: text('warum der Wert gesperrt wird', 'why the value is suppressed'),
})

export type ExternalEntry = Static<typeof External>
export type ManualEntry = Static<typeof Manual>
