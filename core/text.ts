import type { Between, Cell, CellFlag, MissingReason } from './cell.ts'
import type { Language } from './edition.ts'
import { formatNumber, formatPlainNumber, noBreakSpace } from './number.ts'
import { getPeriod } from './period.ts'
import { german } from './text/de.ts'
import { english } from './text/en.ts'
import type { Texts } from './text/texts.ts'

export function getTexts (language: Language): Texts {
  return language === 'de' ? german : english
}

/** A day as people write it: `31.12.2024`, `31 December 2024`. */
export function formatDate (date: string, language: Language): string {
  const [year, month, day] = date.split('-') as [string, string, string]
  return language === 'de' ? `${day}.${month}.${year}` : `${Number(day)} ${englishMonths[Number(month) - 1]} ${year}`
}

/** A period as people write it: `31.12.2024`, `2024`, `1. Quartal 2024`, `Schuljahr 2024/25`, `2022–2024`. */
export function formatPeriod (text: string, language: Language): string {
  const period = getPeriod(text)
  const year = period.from.slice(0, 4)
  switch (period.kind) {
    case 'date': return formatDate(period.to, language)
    case 'year': return year
    case 'quarter': return language === 'de' ? `${text.at(-1)}. Quartal ${year}` : `Q${text.at(-1)} ${year}`
    case 'school-year': return language === 'de' ? `Schuljahr ${text.replace('-', '/')}` : `school year ${text.replace('-', '/')}`
    case 'years': return text.replace('-', '–')
  }
}

/** The period behind a label: `SGB-II-Quote am 31.12.2024`, `Geburten 2024`, `… im Schuljahr 2024/25`. */
export function formatTitle (label: string, period: string, language: Language): string {
  const written = formatPeriod(period, language)
  switch (getPeriod(period).kind) {
    case 'date': return language === 'de' ? `${label} am ${written}` : `${label} on ${written}`
    case 'quarter': return language === 'de' ? `${label} im ${written}` : `${label} in ${written}`
    case 'school-year': return language === 'de' ? `${label} im ${written}` : `${label} in the ${written}`
    case 'year':
    case 'years': return `${label} ${written}`
  }
}

/** The official sign of a cell (Zeichenerklärung), or its number; `print` writes an observed value. */
export function cellSign (cell: Cell, texts: Texts, print: (value: number) => string): string {
  switch (cell.status) {
    case 'observed': return cell.value === 0 && cell.flag !== 'estimated' ? '–' : withFlag(print(cell.value), cell.flag)
    case 'suppressed': return '.'
    case 'missing': return missingSigns[cell.reason] ?? texts.noAnswer
  }
}

/** `(12,5)`, `12,5 s`: what official tables put to a value. */
function withFlag (text: string, flag: CellFlag | undefined): string {
  if (flag === undefined) return text
  return flag === 'limited' ? `(${text})` : `${text}${noBreakSpace}${flagSigns[flag]}`
}

const flagSigns = { provisional: 'p', revised: 'r', estimated: 's' } as const

/** What a reader must know about a cell, in words; empty for an ordinary value. */
export function cellRemark (cell: Cell, texts: Texts): string {
  switch (cell.status) {
    case 'observed': return [
      cell.value === 0 && cell.flag !== 'estimated' ? texts.table.exactlyZero : '',
      cell.flag === undefined ? '' : texts.flags[cell.flag],
    ].filter(part => part !== '').join(', ')
    case 'suppressed': return cell.between === undefined ? texts.suppressed : `${texts.suppressed}, ${formatBetween(cell.between, texts)}`
    case 'missing': return texts.reasons[cell.reason]
  }
}

/** `zwischen 1 und 14`. With all digits the numbers have, because rounding could narrow what is true. */
function formatBetween (between: Between, { language, between: say }: Texts): string {
  const [least, greatest] = between.map(value => {
    const [, decimals = ''] = String(value).split('.')
    return /e/.test(String(value)) ? formatPlainNumber(value, language) : formatNumber(value, { decimals: decimals.length, language })
  }) as [string, string]
  return say(least, greatest)
}

const missingSigns: Partial<Record<MissingReason, string>> = {
  pending: '…',
  unreliable: '/',
  'not-applicable': 'x',
  'unit-too-small': '/',
}

const englishMonths = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
]
