import { Type, type Static } from 'typebox'
import { Localised, TextOrNumber, closed, id, says } from './form.ts'

const IdOrIds = Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1 })], { ...says('ein Indikator oder eine Liste davon', 'an indicator, or a list of them') })

export const Indicator = closed({
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
  changes: Type.Optional(Type.Array(closed({
    from: TextOrNumber,
    note: Localised,
  }, says('ab welchem Zeitraum die Zahl etwas anderes bedeutet, und was sich geändert hat', 'from which period on the figure means something else, and what changed')), { ...says('Brüche in der Reihe', 'breaks in the line') })),
  breaks: Type.Optional(Type.Array(Type.Number(), { minItems: 2, maxItems: 8, ...says('von Hand festgelegte Klassengrenzen, aufsteigend', 'class bounds fixed by hand, ascending') })),
})

export type IndicatorEntry = Static<typeof Indicator>
