import { Type, type Static } from 'typebox'
import { TextOrNumber, closed, says, text } from './form.ts'

/** How rows about persons become counts (`einzeldaten: zählen`). */

const Range = Type.String({ pattern: '^(\\d+\\.\\.\\d*|\\.\\.\\d+|\\d+)$', ...says('von..bis, beides eingeschlossen: 0..2, 65.., ..17', 'from..to, both included: 0..2, 65.., ..17') })

const Condition = Type.Union([TextOrNumber, Type.Array(TextOrNumber, { minItems: 1 })], {
  ...says('ein Text, mehrere Texte oder ein Bereich (0..2, 65..)', 'a text, several texts, or a range (0..2, 65..)'),
})

export const CountedIndicator = closed({
  where: Type.Optional(Type.Record(Type.String(), Condition, { ...says('Spaltenkopf: was darin stehen muss; alle Bedingungen gelten zusammen', 'column head: what must stand there; all conditions hold together') })),
  age: Type.Optional(Range),
  sum: Type.Optional(text('Kopf einer Spalte mit Anzahlen: sie werden summiert, statt Zeilen zu zählen', 'head of a column with numbers: they are summed up in place of counting rows')),
}, says('welche Zeilen zählen; {} zählt alle', 'which rows count; {} counts all'))

/** Keys of a delivery. */
export const recordKeys = {
  einzeldaten: Type.Optional(Type.Enum(['zählen'])),
  count: Type.Optional(Type.Record(Type.String(), CountedIndicator, { ...says('Fallzahl: welche Zeilen sie zählt', 'count: which rows it counts') })),
  birthDate: Type.Optional(text('Kopf der Spalte mit dem Geburtsdatum, für age', 'head of the column with the date of birth, for age')),
}

export type CountedIndicator = Static<typeof CountedIndicator>
export type CountCondition = Static<typeof Condition>
