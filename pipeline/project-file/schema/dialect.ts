import { Type } from 'typebox'
import { closed, says, text } from './form.ts'

const head = text('Kopf der Spalte', 'head of the column')

/** How the tables of a delivery are written; what is left out is looked up in the file and said. */
export const Dialect = closed({
  encoding: Type.Optional(text('Zeichensatz, windows-1252 oder utf-8', 'character set, windows-1252 or utf-8')),
  delimiter: Type.Optional(Type.Enum([';', ',', '\t', '|'])),
  decimal: Type.Optional(Type.Enum([',', '.'])),
  thousands: Type.Optional(Type.Enum(['.', ',', ' ', "'", ''])),
  headLine: Type.Optional(Type.Integer({ minimum: 1, ...says('Zeile mit den Spaltenköpfen, ab 1; bei mehreren die oberste', 'line with the column heads, from 1; the topmost of several') })),
  headRows: Type.Optional(Type.Integer({ minimum: 1, maximum: 6, ...says('wie viele Zeilen die Spaltenköpfe haben; sie werden von oben nach unten verbunden', 'how many lines the column heads have; they are joined from top to bottom') })),
  sheet: Type.Optional(text('Blatt der Arbeitsmappe', 'sheet of the workbook')),
  sheets: Type.Optional(Type.Union([Type.Literal('all'), Type.Array(text('Blatt der Arbeitsmappe', 'sheet of the workbook'), { minItems: 1 })], { ...says('mehrere Blätter, jedes eine Tabelle: all oder eine Liste', 'several sheets, each a table: all, or a list') })),
  fillDown: Type.Optional(Type.Array(head, { minItems: 1, ...says('Spalten, deren leere Felder den Text darüber wiederholen', 'columns whose blank fields repeat the text above') })),
}, says('wie die Tabellen geschrieben sind; was fehlt, wird in der Datei gesucht und gemeldet', 'how the tables are written; what is left out is looked up in the file and said'))
