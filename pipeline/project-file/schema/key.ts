import { Type, type Static } from 'typebox'
import { LookUp, TextOrNumber, closed, says, text } from './form.ts'
import { streetKeys } from './streets.ts'

export const keyRule = {
  prefix: Type.Optional(text('Text, der vorn entfernt wird', 'text removed from the front')),
  extract: Type.Optional(text('regulärer Ausdruck; seine erste Gruppe bleibt', 'regular expression; its first group is kept')),
  pad: Type.Optional(Type.Integer({ minimum: 1, maximum: 60, ...says('Anzahl der Zeichen; vorn wird mit Nullen aufgefüllt', 'number of characters, filled up with zeros in front') })),
  lookUp: Type.Optional(LookUp),
}

export const KeyRule = closed({ column: text('Kopf der Spalte', 'head of the column'), ...keyRule }, says('wie ein Schlüssel aus einer Spalte gelesen wird', 'how a key is read from a column'))

export const AreaRule = closed({
  column: Type.Optional(text('Kopf der Spalte mit dem Gebietsschlüssel', 'head of the column with the area key')),
  value: Type.Optional(TextOrNumber),
  indent: Type.Optional(Type.Integer({ minimum: 0, maximum: 9, ...says('Stufe der Einrückung, auf der die Gebiete stehen, ab 0', 'depth of indentation at which the areas stand, from 0') })),
  ...keyRule,
  ...streetKeys,
}, says('Spalte mit dem Gebietsschlüssel oder ein festes Gebiet', 'column with the area key, or one fixed area'))

export const PeriodRule = closed({
  in: Type.Optional(Type.Enum(['column', 'head', 'sheet', 'file'], { ...says('wo der Zeitraum steht: column (Vorgabe), head, sheet, file', 'where the period stands: column (default), head, sheet, file') })),
  extract: Type.Optional(text('regulärer Ausdruck; seine erste Gruppe ist der Zeitraum', 'regular expression; its first group is the period')),
  column: Type.Optional(text('Kopf der Spalte mit dem Zeitraum', 'head of the column with the period')),
  value: Type.Optional(TextOrNumber),
  template: Type.Optional(Type.String({ pattern: '\\{\\}', ...says('Zeitraum mit {} an der Stelle des Spaltentextes, {}-12-31', 'period with {} where the text of the column stands, {}-12-31') })),
  lookUp: Type.Optional(LookUp),
}, says('Spalte mit dem Zeitraum oder ein fester Zeitraum', 'column with the period, or one fixed period'))

export type KeyRule = Static<typeof KeyRule>
export type PeriodRule = Static<typeof PeriodRule>
