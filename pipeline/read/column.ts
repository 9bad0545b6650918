import { nearest } from '../../core/nearest.ts'
import { problem, type Place, type Problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import { trimBlanks } from './number-text.ts'

/**
 * Position of a stated column, from 0. Blanks around a head do not count; case and umlauts do, but a near miss is guessed in the message:
 *
 *     missing column: "Sozialraum"; found "SOZIALRAUM", "Einwohner"
 *
 * A column without a head, or one of several heads that are alike, is named by its position: `Spalte 2` or `Spalte B`.
 */
export function findColumn (columns: readonly string[], name: string, place: Place): { index: number } | { problem: Problem } {
  const exact = positionsOf(columns, column => column === name)
  const positions = exact.length > 0 ? exact : positionsOf(columns, column => trimBlanks(column) === trimBlanks(name))
  const counted = positions.length === 0 ? parsePosition(name) : undefined
  if (counted !== undefined && counted < columns.length) return { index: counted }
  if (positions.length === 0) return { problem: missingColumn(columns, name, place) }
  if (positions.length === 1) return { index: positions[0]! }
  return { problem: problem('read-ambiguous-column', place, { column: name, count: positions.length }) }
}

/** `Spalte 2`, `Spalte B`: 1. */
function parsePosition (name: string): number | undefined {
  const [, number, letters] = /^Spalte (?:([1-9]\d{0,3})|([A-Z]{1,2}))$/.exec(trimBlanks(name)) ?? []
  if (number !== undefined) return Number(number) - 1
  return letters === undefined ? undefined : [...letters].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function missingColumn (columns: readonly string[], column: string, place: Place): Problem {
  const found = quoteList(columns.filter(name => name !== ''))
  const guess = columns.find(name => plain(name) === plain(column)) ?? nearest(plain(column), columns.map(plain))
  const written = columns.find(name => name === guess || plain(name) === guess)
  return written === undefined
    ? problem('read-missing-column', place, { column, found })
    : problem('read-missing-column-guess', place, { column, found, guess: written })
}

function positionsOf (columns: readonly string[], matches: (column: string) => boolean): number[] {
  return columns.flatMap((column, index) => matches(column) ? [index] : [])
}

/** Without what people and programs write differently: case, umlauts, blanks, line breaks, dashes. */
function plain (name: string): string {
  return name.toLowerCase().normalize('NFC')
    .replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
    .replaceAll(/[\s\u00a0\u00ad_-]+/g, '')
}
