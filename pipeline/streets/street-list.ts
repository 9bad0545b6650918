import type { Problem } from '../../core/problem.ts'
import { findColumn } from '../read/column.ts'
import { trimBlanks } from '../read/number-text.ts'
import { readTables } from '../read/tables.ts'
import type { DeliveredTable, TableRow } from '../read/table.ts'
import type { StreetListEntry } from '../project-file/schema/streets.ts'
import { checkStreetList } from './check-street-list.ts'
import { endOfStreet, hasLetter, includesLetters, lastPlaceOf, numberAt, parseHouseNumber, type HousePlace } from './house-number.ts'
import { normaliseStreet } from './street-name.ts'

/** Which side of a street a range speaks of. */
export type Parity = 'odd' | 'even' | 'all'

/** One row of a street list. */
export interface StreetRange {
  /** As written. */
  readonly street: string
  readonly line: number
  /** Both included; a bound without a letter includes its letters. */
  readonly from: HousePlace
  readonly to: HousePlace
  readonly parity: Parity
  /** Key of the area, after the key rule. */
  readonly area: string
  /** Whether the row names the whole street. */
  readonly isWhole: boolean
}

/** A checked list. */
export interface StreetList {
  readonly file: string
  /** By normalised name. */
  readonly ranges: ReadonlyMap<string, readonly StreetRange[]>
}

export interface StreetListSettings {
  readonly path: string
  readonly entry: StreetListEntry
  /** From the text of the list to the key of an area. */
  readonly keyOf: (text: string) => string
  /** Keys of the areas there are; left out where the boundaries could not be read. */
  readonly areas?: ReadonlySet<string>
}

/** Reads and checks a street list. What cannot be relied on (overlaps, unreadable numbers, unknown areas) is an error. */
export async function readStreetList ({ path, entry, keyOf, areas }: StreetListSettings): Promise<{ list?: StreetList, problems: readonly Problem[] }> {
  const { tables: [table], problems } = await readTables(path, { displayName: entry.file })
  if (!table) return { problems }
  const columns = locate(table, entry)
  if (columns.problems.length > 0) return { problems: [...problems, ...columns.problems] }
  const rows = table.rows.map(row => toRange(row, columns.indexes, keyOf))
  const list = { file: entry.file, ranges: groupByStreet(rows.filter(isRange)) }
  return { list, problems: [...problems, ...checkStreetList({ table, rows, list, ...(areas && { areas }) })] }
}

/**
 * The area of an address. Without a number a street must lie in one area as a whole.
 *
 * @returns undefined where the list does not say
 */
export function findArea ({ ranges }: StreetList, street: string, number: string | undefined): string | undefined {
  const found = ranges.get(normaliseStreet(street))
  if (!found) return undefined
  const place = number === undefined ? undefined : parseHouseNumber(number)
  if (place !== undefined) return found.find(range => covers(range, place))?.area
  const areas = new Set(found.map(({ area }) => area))
  return areas.size === 1 ? found[0]!.area : undefined
}

export function covers ({ from, to, parity }: Pick<StreetRange, 'from' | 'to' | 'parity'>, place: HousePlace): boolean {
  return from <= place && place <= to && (parity === 'all' || (numberAt(place) % 2 === 1) === (parity === 'odd'))
}

/** What is wrong with a row that is no range. */
export interface StreetFault {
  readonly line: number
  readonly street: string
  readonly fault: 'number' | 'parity' | 'reversed' | 'blank'
  readonly text: string
}

function isRange (row: StreetRange | StreetFault): row is StreetRange {
  return !('fault' in row)
}

interface Indexes { readonly street: number, readonly area: number, readonly from: number, readonly to: number, readonly numbers: number, readonly parity: number }

function locate (table: DeliveredTable, entry: StreetListEntry): { indexes: Indexes, problems: Problem[] } {
  const problems: Problem[] = []
  const find = (name: string | undefined): number => {
    if (name === undefined) return -1
    const found = findColumn(table.columns, name, { file: table.file })
    if ('index' in found) return found.index
    problems.push(found.problem)
    return -1
  }
  const indexes = { street: find(entry.street), area: find(entry.area), from: find(entry.from), to: find(entry.to), numbers: find(entry.numbers), parity: find(entry.parity) }
  return { indexes, problems }
}

function toRange ({ line, fields }: TableRow, at: Indexes, keyOf: (text: string) => string): StreetRange | StreetFault {
  const field = (index: number) => trimBlanks(fields[index] ?? '')
  const street = field(at.street)
  const fault = (kind: StreetFault['fault'], text: string): StreetFault => ({ line, street, fault: kind, text })
  if (street === '' || field(at.area) === '') return fault('blank', fields.filter(text => text !== '').join('; '))
  const bounds = at.numbers === -1 ? { from: field(at.from), to: field(at.to), rest: '' } : splitNumbers(field(at.numbers))
  const parityText = [bounds.rest, field(at.parity)].filter(text => text !== '').join(' ')
  const parity = readParity(parityText)
  if (!parity) return fault('parity', parityText)
  const from = bounds.from === '' ? 0 : parseHouseNumber(bounds.from)
  if (from === undefined) return fault('number', bounds.from)
  const last = bounds.to === '' ? endOfStreet : parseHouseNumber(bounds.to)
  if (last === undefined) return fault('number', bounds.to)
  const to = lastPlaceOf(last)
  if (to < from) return fault('reversed', `${bounds.from}–${bounds.to}`)
  return { street, line, from, to, parity, area: keyOf(field(at.area)), isWhole: from === 0 && last === endOfStreet && parity === 'all' }
}

/** `1–35 ungerade`, `2 bis 20a g`, `7`, `ab 12`, `bis 20`; a blank field is the whole street. */
function splitNumbers (text: string): { from: string, to: string, rest: string } {
  const found = /^(?:(ab|bis)\s+)?(\d+[a-zA-Z]?(?![a-zA-Z]))?(?:\s*(?:-|–|bis)\s*(\d+[a-zA-Z]?(?![a-zA-Z])|Ende)?)?\s*(.*)$/i.exec(text)
  const [, word = '', first = '', second, rest = ''] = found ?? []
  if (first === '') return { from: '', to: '', rest: found ? rest : text }
  if (/^ab$/i.test(word) || /^ende$/i.test(second ?? '')) return { from: first, to: '', rest }
  if (/^bis$/i.test(word)) return { from: '', to: first, rest }
  return { from: first, to: second ?? (/(?:-|–|bis)\s*$/.test(text) ? '' : first), rest }
}

function readParity (text: string): Parity | undefined {
  const word = text.toLowerCase().replaceAll(/[().\s]/g, '')
  return parities.get(word)
}

const parities: ReadonlyMap<string, Parity> = new Map<string, Parity>([
  ...['', 'alle', 'a', 'beide', 'b', 'fortlaufend', 'f', 'all', 'geradeundungerade'].map(word => [word, 'all'] as const),
  ...['ungerade', 'u', 'ung', 'odd'].map(word => [word, 'odd'] as const),
  ...['gerade', 'g', 'ger', 'even'].map(word => [word, 'even'] as const),
])

/** Ranges of a street by their beginning. A bound without a letter ends where the next row begins with a letter of the same number. */
function groupByStreet (ranges: readonly StreetRange[]): ReadonlyMap<string, readonly StreetRange[]> {
  const streets = new Map<string, StreetRange[]>()
  for (const range of ranges) {
    const name = normaliseStreet(range.street)
    const known = streets.get(name)
    if (known) known.push(range)
    else streets.set(name, [range])
  }
  return new Map([...streets].map(([name, own]) => [name, own.map(range => cutLetters(range, own)).toSorted((a, b) => a.from - b.from || a.to - b.to || a.line - b.line)]))
}

function cutLetters (range: StreetRange, all: readonly StreetRange[]): StreetRange {
  if (range.to === endOfStreet || !includesLetters(range.to)) return range
  const inside = all.map(({ from }) => from).filter(from => numberAt(from) === numberAt(range.to) && from > range.from && hasLetter(from))
  return inside.length === 0 ? range : { ...range, to: Math.min(...inside) - 1 }
}
