import type { Localised } from '../../core/area.ts'
import { problem, type Problem, type ProblemCode } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import { groupBy } from '../../core/group-by.ts'
import { placeOf, type DeliveredTable } from '../read/table.ts'
import { endOfStreet, formatHouse, numberAt } from './house-number.ts'
import type { Parity, StreetFault, StreetList, StreetRange } from './street-list.ts'

export interface StreetListCheck {
  readonly table: DeliveredTable
  /** In file order. */
  readonly rows: ReadonlyArray<StreetRange | StreetFault>
  readonly list: StreetList
  /** Keys of the areas there are. */
  readonly areas?: ReadonlySet<string>
}

/** One thing that is wrong, where it stands, and how it is told. */
interface Finding {
  readonly code: ProblemCode
  readonly line: number
  readonly what: Localised
}

/**
 * Looks for what makes an assignment wrong or doubtful. A list without a finding gives every number between the first and the last
 * of a side of a street to exactly one area (property-tested). Findings of a kind are told together: a list may have thousands of rows.
 */
export function checkStreetList ({ table, rows, list, areas }: StreetListCheck): Problem[] {
  const faults = rows.filter(row => 'fault' in row)
  const ranges = rows.filter((row): row is StreetRange => !('fault' in row))
  const findings = [
    ...faults.map(faultFinding),
    ...[...list.ranges.values()].flatMap(own => [...overlapFindings(own), ...gapFindings(own)]),
  ]
  const told = [...groupBy(findings, ({ code }) => code)].map(([code, group]) => tell(table, code, group))
  return [...told, ...unknownAreas(table, ranges, areas)]
}

/** So many show what is wrong. */
const toldExamples = 6

function tell (table: DeliveredTable, code: ProblemCode, group: readonly Finding[]): Problem {
  const sorted = group.toSorted((a, b) => a.line - b.line)
  const list = (language: 'de' | 'en') => {
    const shown = sorted.slice(0, toldExamples).map(({ what }) => what[language] ?? what.de).join('; ')
    const more = sorted.length - toldExamples
    return more > 0 ? `${shown}; ${language === 'de' ? `und ${more} weitere` : `and ${more} more`}` : shown
  }
  return problem(code, placeOf(table, sorted[0]!.line), { count: sorted.length, examples: { de: list('de'), en: list('en') } })
}

const faultCodes: Readonly<Record<StreetFault['fault'], ProblemCode>> = {
  number: 'streets-unreadable-number',
  parity: 'streets-unknown-side',
  reversed: 'streets-reversed',
  blank: 'streets-blank',
}

function faultFinding ({ fault, line, street, text }: StreetFault): Finding {
  const what = { de: `„${street}“: „${text}“ (Zeile ${line})`, en: `"${street}": "${text}" (line ${line})` }
  return { code: faultCodes[fault], line, what }
}

/** Every two rows of a street that claim the same number; adjacent ones are enough to tell. */
function overlapFindings (own: readonly StreetRange[]): Finding[] {
  const findings: Finding[] = []
  own.forEach((range, index) => {
    for (const other of own.slice(index + 1)) {
      if (other.from > range.to) break
      if (!shareSide(range, other) || !shareNumber(range, other)) continue
      const isSame = range.area === other.area
      const code = isSame ? 'streets-twice' : range.isWhole !== other.isWhole ? 'streets-whole-and-ranges' : 'streets-overlap'
      findings.push({ code, line: Math.max(range.line, other.line), what: describePair(range, other) })
    }
  })
  return findings
}

function shareSide (a: StreetRange, b: StreetRange): boolean {
  return a.parity === 'all' || b.parity === 'all' || a.parity === b.parity
}

/** Ranges of the same side may meet in numbers of the other side only. */
function shareNumber (a: StreetRange, b: StreetRange): boolean {
  const parity = a.parity === 'all' ? b.parity : a.parity
  const [from, to] = [Math.max(a.from, b.from), Math.min(a.to, b.to)]
  if (from > to) return false
  for (let number = numberAt(from); number <= Math.min(numberAt(to), numberAt(from) + 2); number++) if (isOfSide(number, parity)) return true
  return false
}

function isOfSide (number: number, parity: Parity): boolean {
  return parity === 'all' || (number % 2 === 1) === (parity === 'odd')
}

function describePair (a: StreetRange, b: StreetRange): Localised {
  const say = (language: 'de' | 'en') => {
    const line = language === 'de' ? 'Zeile' : 'line'
    return [a, b].map(range => `${formatRange(range, language)} → ${range.area} (${line} ${range.line})`).join(language === 'de' ? ' und ' : ' and ')
  }
  return { de: `„${a.street}“ ${say('de')}`, en: `"${a.street}" ${say('en')}` }
}

function formatRange ({ from, to, parity }: StreetRange, language: 'de' | 'en'): string {
  const isGerman = language === 'de'
  const bounds = from === 0 && to === endOfStreet
    ? isGerman ? 'ganz' : 'whole'
    : `${from === 0 ? '1' : formatHouse(from)}–${to === endOfStreet ? isGerman ? 'Ende' : 'end' : formatHouse(to).replace(/z$/, '')}`
  const side = { all: '', odd: isGerman ? ' ungerade' : ' odd', even: isGerman ? ' gerade' : ' even' }[parity]
  return `${bounds}${side}`
}

/** Numbers between two ranges of a side that no row names, and a side that is never named. */
function gapFindings (own: readonly StreetRange[]): Finding[] {
  const findings: Finding[] = []
  const { street, line } = own[0]!
  for (const side of ['odd', 'even'] as const) {
    const ranges = own.filter(({ parity }) => parity === 'all' || parity === side)
    if (ranges.length === 0) {
      const [de, en] = side === 'odd' ? ['ungeraden', 'odd'] : ['geraden', 'even']
      findings.push({ code: 'streets-one-side', line, what: { de: `„${street}“ ohne die ${de} Nummern (Zeile ${line})`, en: `"${street}" without the ${en} numbers (line ${line})` } })
      continue
    }
    for (const [first, last, next] of gapsOf(ranges, side)) {
      const numbers = first === last ? `${first}` : `${first}–${last}`
      findings.push({ code: 'streets-gap', line: next.line, what: { de: `„${street}“ ${numbers} (vor Zeile ${next.line})`, en: `"${street}" ${numbers} (before line ${next.line})` } })
    }
  }
  // A gap of both sides is one gap.
  return [...new Map(findings.map(finding => [`${finding.code}${finding.what.de}`, finding])).values()]
}

/** First and last number of each gap of a side, and the range after it. */
function * gapsOf (ranges: readonly StreetRange[], side: Parity): Generator<[first: number, last: number, next: StreetRange]> {
  let reached = ranges[0]!.to
  for (const range of ranges.slice(1)) {
    const numbers: number[] = []
    for (let number = numberAt(reached) + 1; number < numberAt(range.from); number++) if (isOfSide(number, side)) numbers.push(number)
    if (numbers.length > 0) yield [numbers[0]!, numbers.at(-1)!, range]
    reached = Math.max(reached, range.to)
  }
}

function unknownAreas (table: DeliveredTable, ranges: readonly StreetRange[], areas: ReadonlySet<string> | undefined): Problem[] {
  if (areas === undefined) return []
  const strangers = ranges.filter(({ area }) => !areas.has(area))
  if (strangers.length === 0) return []
  const keys = [...new Set(strangers.map(({ area }) => area))]
  return [problem('streets-unknown-area', placeOf(table, strangers[0]!.line), { count: strangers.length, keys: quoteList(keys, 8), examples: quoteList([...areas], 3) })]
}
