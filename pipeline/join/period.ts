import type { Level, Localised } from '../../core/area.ts'
import type { PeriodRule } from '../project-file/schema.ts'
import { getPeriod, parsePeriod, type Period } from '../../core/period.ts'
import { formatDate } from '../../core/text.ts'
import { lookUp } from './key.ts'

/** The period a row speaks of; `undefined` where its text is none. German forms are read where no template says otherwise. */
export function readPeriod (rule: PeriodRule, text: string): Period | undefined {
  const trimmed = text.trim()
  const found = lookUp(rule.lookUp, trimmed)
  if (found !== undefined) return parsePeriod(found)
  const part = extractPart(rule, trimmed)
  if (rule.template !== undefined) return parsePeriod(rule.template.replace('{}', part))
  return parsePeriod(part) ?? parsePeriod(fromGerman(part))
}

/** Heads, sheets and file names were looked at when the table was read: their text is the period alone. */
function extractPart ({ extract, in: where = 'column' }: PeriodRule, text: string): string {
  if (extract === undefined || where !== 'column') return text
  const found = new RegExp(extract, 'u').exec(text)
  return found?.[1] ?? found?.[0] ?? ''
}

/** `31.12.2024` is 2024-12-31, `2024/25` is 2024-25, `4. Quartal 2024` is 2024-q4; any other text as it is. */
function fromGerman (text: string): string {
  const day = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  if (day) return `${day[3]}-${day[2]!.padStart(2, '0')}-${day[1]!.padStart(2, '0')}`
  const schoolYear = /^(\d{4})\/(\d{2})$/.exec(text)
  if (schoolYear) return `${schoolYear[1]}-${schoolYear[2]}`
  const quarter = /^([1-4])\. ?Quartal (\d{4})$/.exec(text)
  return quarter ? `${quarter[2]}-q${quarter[1]}` : text
}

/** Whether the boundaries of a level hold on the last day of a period. */
export function holdsIn (level: Pick<Level, 'validFrom' | 'validTo'>, period: string): boolean {
  const day = getPeriod(period).to
  return level.validFrom <= day && (level.validTo === null || day <= level.validTo)
}

/** The level of an area system that holds in a period. */
export function findLevelOfSystem<L extends Pick<Level, 'system' | 'validFrom' | 'validTo'>> (levels: readonly L[], system: string, period: string): L | undefined {
  return levels.find(level => level.system === system && holdsIn(level, period))
}

/** `seit 01.01.2020`, `vom 01.01.2010 bis 31.12.2019`: when the boundaries of a level hold. */
export function describeValidity ({ validFrom, validTo }: Pick<Level, 'validFrom' | 'validTo'>): Localised {
  const [from, to] = [validFrom, validTo].map(day => day === null ? undefined : { de: formatDate(day, 'de'), en: formatDate(day, 'en') })
  return to === undefined ? { de: `seit ${from!.de}`, en: `since ${from!.en}` } : { de: `vom ${from!.de} bis ${to.de}`, en: `from ${from!.en} to ${to.en}` }
}
