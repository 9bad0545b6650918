import { byCodeUnit, comparePeriods, isDate, parsePeriod } from '../../core/period.ts'
import { trimBlanks } from '../read/number-text.ts'
import { yearsOf } from '../update/name.ts'
import type { PeriodGuess } from './inspection.ts'
import { plainWords } from './words.ts'

interface Column { readonly head: string, readonly texts: readonly string[] }

/** The column all of whose texts are periods; else what sheet and heads say of the rows; else the one year of the file name. */
export function findPeriod (columns: readonly Column[], rowPeriods: readonly string[], file: string, title: string): PeriodGuess | null {
  const stated = [...new Set(rowPeriods)]
  if (stated.length > 0) return guessOf(null, stated, { de: 'steht im Blatt, im Kopf oder im Dateinamen', en: 'stands in the sheet, the head or the file name' }, title)
  const [best] = columns.map(column => ({ column, distinct: [...new Set(column.texts.map(trimBlanks).filter(text => text !== ''))] }))
    .filter(({ column, distinct }) => distinct.length > 0 && distinct.length <= 60 && distinct.every(text => readText(text) !== undefined) && isTimely(column.head, distinct))
    .toSorted((a, b) => rank(b.column.head) - rank(a.column.head))
  if (best) {
    const evidence = { de: `Spalte „${best.column.head}“ enthält ${sample(best.distinct)}`, en: `column "${best.column.head}" holds ${sample(best.distinct)}` }
    return guessOf(best.column.head, best.distinct, evidence, title)
  }
  const days = [...new Set([...title.matchAll(/(?<!\d)\d{1,2}\.\d{1,2}\.\d{4}(?!\d)/g)].map(([text]) => readText(text)))]
  if (days.length === 1 && days[0] !== undefined) {
    return { column: null, in: null, template: null, lookUp: null, periods: [days[0]], evidence: { de: `über der Tabelle steht der ${days[0]}`, en: `above the table stands ${days[0]}` } }
  }
  const years = yearsOf(file)
  if (years.length !== 1) return null
  const year = String(years[0])
  return { column: null, in: null, template: null, lookUp: null, periods: [year], evidence: { de: `Jahr im Dateinamen (${year})`, en: `year in the file name (${year})` } }
}

function guessOf (column: string | null, texts: readonly string[], evidence: PeriodGuess['evidence'], title: string): PeriodGuess {
  const periods = [...new Set(texts.map(text => readText(text)).filter(text => text !== undefined))].toSorted(comparePeriods)
  const needsLookUp = texts.some(text => parsePeriod(text) === undefined)
  const lookUp = needsLookUp ? Object.fromEntries(texts.map(text => [text, readText(text) ?? text]).toSorted(([a], [b]) => byCodeUnit(a!, b!))) : null
  // A year alone may stand for its last day; the title says so.
  const isDayOfYear = /31\. ?(?:12\.|dezember)/i.test(title) && periods.every(period => /^\d{4}$/.test(period))
  return isDayOfYear && lookUp === null
    ? { column, in: null, template: '{}-12-31', lookUp, periods: periods.map(period => `${period}-12-31`), evidence }
    : { column, in: null, template: null, lookUp, periods, evidence }
}

/** `2024`, `31.12.2024`, `202412`, `2024/25`: as the atlas writes it. */
function readText (text: string): string | undefined {
  if (parsePeriod(text)) return text
  const day = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  if (day) return dateOf(day[3]!, day[2]!, day[1]!)
  const month = /^((?:19|20)\d{2})(\d{2})$/.exec(text)
  if (month) return lastDay(month[1]!, month[2]!)
  const pair = /^(\d{4}) ?[/–-] ?(\d{2}|\d{4})$/.exec(text)
  const joined = pair && `${pair[1]}-${pair[2]}`
  return joined && parsePeriod(joined) ? joined : undefined
}

function dateOf (year: string, month: string, day: string): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDate(date) ? date : undefined
}

function lastDay (year: string, month: string): string | undefined {
  return [31, 30, 29, 28].map(day => dateOf(year, month, String(day))).find(date => date !== undefined)
}

/** Numbers may look like years; a head that speaks of time, or years that follow each other, say that they are. */
function isTimely (head: string, distinct: readonly string[]): boolean {
  if (rank(head) > 0) return true
  if (distinct.some(text => !/^\d{4}$/.test(text))) return distinct.every(text => /^\d{1,2}\.\d{1,2}\.\d{4}$|^\d{4}[-/ ]/.test(text))
  const years = distinct.map(Number)
  return years.every(year => year >= 1990 && year <= 2040) && Math.max(...years) - Math.min(...years) < 2 * distinct.length
}

function rank (head: string): number {
  return /jahr|year|stichtag|datum|date|zeit|stand|quartal|periode|monat/.test(`${plainWords(head)} ${head.toLowerCase()}`) ? 1 : 0
}

function sample (texts: readonly string[]): string {
  return texts.length <= 3 ? texts.join(', ') : `${texts[0]} … ${texts.at(-1)}`
}
