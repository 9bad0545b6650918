import { Type, type Static } from 'typebox'
import { closed, says, text } from './form.ts'

/** A list that says to which area the addresses of a street belong. */
export const StreetList = closed({
  file: text('Pfad des Straßenverzeichnisses', 'path of the street list'),
  street: text('Kopf der Spalte mit dem Straßennamen', 'head of the column with the name of the street'),
  from: Type.Optional(text('Kopf der Spalte mit der ersten Hausnummer; leer: von Anfang an', 'head of the column with the first number; blank: from the beginning')),
  to: Type.Optional(text('Kopf der Spalte mit der letzten Hausnummer; leer: bis zum Ende', 'head of the column with the last number; blank: to the end')),
  numbers: Type.Optional(text('Kopf einer Spalte mit Bereichen wie „1–35 ungerade“, statt from und to', 'head of a column with ranges such as "1–35 ungerade", in place of from and to')),
  parity: Type.Optional(text('Kopf der Spalte mit der Straßenseite: gerade, ungerade, alle', 'head of the column with the side of the street: even, odd, all')),
  area: text('Kopf der Spalte mit dem Gebietsschlüssel', 'head of the column with the area key'),
}, says('Straßenverzeichnis, das Adressen einem Gebiet zuordnet', 'street list that assigns addresses to an area'))

export type StreetListEntry = Static<typeof StreetList>

/** Keys of the area rule for tables of addresses or streets. */
export const streetKeys = {
  streets: Type.Optional(StreetList),
  street: Type.Optional(text('Kopf der Spalte mit dem Straßennamen', 'head of the column with the name of the street')),
  number: Type.Optional(text('Kopf der Spalte mit der Hausnummer', 'head of the column with the house number')),
}
