import type { Between } from '../../core/cell.ts'
import type { Language } from '../../core/edition.ts'
import type { Address } from './address.ts'
import type { Judge } from './judge.ts'
import type { KnownSeries } from './facts.ts'
import { formatPlainNumber } from '../../core/number.ts'
import { betweenAt, takeBetween } from './between.ts'
import { printedText, seriesKey, townOf, viewFacts } from './facts.ts'
import { judgeClaim, judgeText, report } from './judge.ts'
import { hasDigit, wordsWithDigits } from './number-text.ts'

/**
 * Rows of a document whose layout nobody promised: office files, and the lines of a PDF. A row that names one area (or,
 * in a profile, one indicator) speaks of its cell: its numbers are the printed value or stand in no relation to it, and
 * for a suppressed cell there is none.
 */
export function judgeRows (judge: Judge, rows: Iterable<readonly string[]>, address: Address): void {
  const read = address.kind === 'view' ? viewReader(judge, address) : address.kind === 'profile' ? profileReader(judge, address) : null
  if (!read) report(judge, 'A1', 'unreadable', 'a document that the audit does not know')
  const allowed = address.kind === 'view' ? viewFacts(judge.facts, address.known, address.row, address.language, address.view.classes).pageWords : null
  for (const row of rows) {
    const named = read?.(row)
    if (!named) for (const field of row) judgeText(judge, field, allowed)
  }
}

type RowReader = (row: readonly string[]) => boolean

function viewReader (judge: Judge, { known, row, language, view }: Extract<Address, { kind: 'view' }>): RowReader {
  const { level, series } = known
  const { classes: { breaks } } = viewFacts(judge.facts, known, row, language, view.classes)
  const byName = new Map<string, string | null>()
  for (const { id, name } of level.areas) for (const key of new Set([id, name])) byName.set(key, byName.has(key) ? null : id)
  return fields => {
    const names = new Set(fields.flatMap(field => byName.get(field) ?? []))
    if (names.size !== 1) return false
    const [area] = names as Set<string>
    const rest = fields.filter(field => !byName.has(field))
    judgeFields(judge, rest, known, { level: level.id, area: area!, indicator: series.indicator, period: series.periods[row]!, language, classCount: breaks.length - 1 })
    return true
  }
}

function profileReader (judge: Judge, { level, area, language }: Extract<Address, { kind: 'profile' }>): RowReader {
  const byLabel = new Map(judge.facts.edition.indicators.flatMap(({ id, label }) => [label.de, label.en ?? label.de].map(text => [text, id] as const)))
  return fields => {
    const indicator = fields.map(field => byLabel.get(field)).find(id => id !== undefined)
    const known = indicator === undefined ? undefined : judge.facts.series.get(seriesKey(level, indicator))
    if (!known) return false
    const row = known.series.periods.length - 1
    const town = townOf(judge.facts, known, row)
    const words = town?.value == null ? [] : wordsWithDigits(printedText(town.value, known.indicator, language))
    const rest = fields.filter(field => !byLabel.has(field))
    // Before the town's value stands the area's own.
    judgeFields(judge, rest.filter((field, i) => i === 0 || !wordsWithDigits(field).every(word => words.includes(word))), known,
      { level, area, indicator: indicator!, period: known.series.periods[row]!, language, classCount: 0 })
    return true
  }
}

interface RowPlace {
  readonly level: string
  readonly area: string
  readonly indicator: string
  readonly period: string
  readonly language: Language
  readonly classCount: number
}

function judgeFields (judge: Judge, fields: readonly string[], known: KnownSeries, place: RowPlace): void {
  const { classCount, language, ...cell } = place
  const row = known.rows.get(cell.period)!
  const column = known.columns.get(cell.area) ?? -1
  const value = known.series.values[row]![column] ?? null
  const { rests, between } = takeFromFields(fields, language)
  const numeric = rests.filter(field => hasDigit(field) && !wordsWithDigits(field).every(word => isPeriodWord(word, cell.period)))
  if (value === null) {
    const isPair = isInColumns(betweenAt(known, row, column), numeric, language)
    const look = rests.filter(field => !hasDigit(field)).join('|')
    judgeClaim(judge, { ...cell, language, sink: 'row', text: isPair ? '' : numeric.join(' '), between: between ?? (isPair ? betweenAt(known, row, column) : null), look })
    return
  }
  if (between !== null) judgeClaim(judge, { ...cell, sink: 'row', between })
  const forms = [String(value), String(value).replace('.', ','), printedText(value, known.indicator, language)].flatMap(text => wordsWithDigits(text))
  for (const field of numeric) {
    const words = wordsWithDigits(field)
    const isClass = /^[1-9]$/.test(field) && Number(field) <= classCount
    const isValue = words.some(word => forms.includes(word))
    if (isValue || !isClass) judgeClaim(judge, { ...cell, sink: 'row', value: isValue ? value : Number.NaN, text: field })
  }
}

function takeFromFields (fields: readonly string[], language: Language): { rests: string[], between: Between | null } {
  const taken = fields.map(field => takeBetween(field, language))
  return { rests: taken.map(({ rest }) => rest), between: taken.map(({ between }) => between).find(pair => pair !== null) ?? null }
}

/** In columns of their own the two numbers stand as they are. */
function isInColumns (between: Between | null, numeric: readonly string[], language: Language): boolean {
  const forms = between === null ? [] : [between.map(String), between.map(bound => formatPlainNumber(bound, language))]
  return forms.some(form => form.join('|') === numeric.join('|'))
}

function isPeriodWord (word: string, period: string): boolean {
  return period.split('-').includes(word) || word === period.split('-').toReversed().join('.')
}
