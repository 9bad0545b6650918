import type { Edition, Language, ReferenceArea, ReferenceValue } from '../../core/edition.ts'
import type { Facts } from './facts.ts'
import type { Judge } from './judge.ts'
import type { Element } from './markup.ts'
import { localise } from '../../core/edition.ts'
import { formatPlainNumber } from '../../core/number.ts'
import { getTexts } from '../../core/text.ts'
import { listShownRemarks } from '../../core/remark.ts'
import { printedText } from './facts.ts'
import { report } from './judge.ts'
import { childrenNamed, descendants, hasClass, textOf } from './markup.ts'
import { wordsWithDigits } from './number-text.ts'

/*
 * Figures of areas beyond the map are public figures of others. Each must stand with its own area and indicator, and its digits explain
 * no other number: a suppressed count may happen to be the same.
 */

interface Known { readonly area: ReferenceArea, readonly figure: ReferenceValue }

/** Figures of an area by the name it is printed with. */
function knownOf ({ references = [] }: Edition, isNamed: (area: ReferenceArea) => boolean): Known[] {
  return references.filter(isNamed).flatMap(area => area.values.map(figure => ({ area, figure })))
}

/**
 * Reads the table of reference areas. The digits of its figures may stand in their fields only: `allow` takes field and words.
 *
 * @param indicator of the page; null where each row names its own
 */
export function judgeReferenceTable (judge: Judge, table: Element, { language, indicator, allow }: { readonly language: Language, readonly indicator: string | null, readonly allow: (field: Element, words: ReadonlySet<string>) => void }): void {
  const { edition } = judge.facts
  for (const row of descendants(table)) {
    const fields = [...childrenNamed(row, 'th'), ...childrenNamed(row, 'td')]
    const value = childrenNamed(row, 'td').find(field => hasClass(field, 'numeric'))
    if (row.tag !== 'tr' || !value) continue
    const texts = fields.slice(0, fields.indexOf(value)).map(textOf)
    const words = wordsWithDigits(textOf(value))
    const found = knownOf(edition, ({ name }) => texts.some(text => text.startsWith(localise(name, language)))).find(({ figure }) =>
      isOf(judge.facts, figure, indicator, texts, language) && wordsOf(judge.facts, figure, language).join(' ') === words.join(' '))
    if (found) allow(value, new Set(words))
    else report(judge, 'A1', 'other-value', `${texts.join(' ')}: ${textOf(value)}`)
  }
}

function isOf ({ edition }: Facts, figure: ReferenceValue, indicator: string | null, texts: readonly string[], language: Language): boolean {
  if (indicator !== null) return figure.indicator === indicator
  const label = edition.indicators.find(({ id }) => id === figure.indicator)?.label
  return label !== undefined && texts.includes(localise(label, language))
}

function wordsOf ({ edition }: Facts, { indicator, value }: ReferenceValue, language: Language): string[] {
  const known = edition.indicators.find(({ id }) => id === indicator)
  return known ? wordsWithDigits(printedText(value, known, language)) : []
}

/** A line of a CSV head about a reference area: name and value with all its digits. Says which field of it needs no other explanation. */
export function judgeReferenceLine (judge: Judge, fields: readonly string[], indicator: string, language: Language): number | undefined {
  if (fields[0] !== getTexts(language).reading.references) return undefined
  const found = knownOf(judge.facts.edition, ({ name }) => localise(name, language) === fields[1]?.replace(/^'/, ''))
    .some(({ figure }) => figure.indicator === indicator && formatPlainNumber(figure.value, language) === fields[2]?.replace(/^'/, ''))
  if (!found) report(judge, 'A1', 'other-value', fields.slice(0, 3).join(' '))
  return 2
}

/** What a program reads: name or id, value, and the period where it is given. */
export function judgeReferenceJson (judge: Judge, entries: readonly unknown[], indicator: string): void {
  for (const entry of entries) {
    const { name, value, period } = (entry ?? {}) as { readonly name?: unknown, readonly value?: unknown, readonly period?: unknown }
    const found = knownOf(judge.facts.edition, area => [area.name.de, area.name.en].includes(name as string))
      .some(({ figure }) => figure.indicator === indicator && figure.value === value && figure.period === period)
    if (!found) report(judge, 'A1', 'other-value', `${String(name)} ${String(period)}: ${JSON.stringify(value)}`)
  }
}

/** The list of remarks: each is one of the edition, and none is about a suppressed cell. */
export function judgeRemarkList (judge: Judge, entries: readonly unknown[]): void {
  const known = new Set(listShownRemarks(judge.facts.edition).map(remark => sorted(remark)))
  const stray = entries.find(entry => !known.has(sorted(entry)))
  if (stray !== undefined) report(judge, 'A3', 'reason-for-suppressed', JSON.stringify(stray))
}

/** The list of reference areas is that of the edition. */
export function judgeReferenceList (judge: Judge, entries: readonly unknown[]): void {
  const known = new Set((judge.facts.edition.references ?? []).map(area => sorted(area)))
  const stray = entries.find(entry => !known.has(sorted(entry)))
  if (stray !== undefined) report(judge, 'A1', 'other-value', JSON.stringify(stray))
}

/** The same text for the same content, whatever the order of its keys. */
function sorted (value: unknown): string {
  return JSON.stringify(value, (_, inside: unknown) => inside !== null && typeof inside === 'object' && !Array.isArray(inside)
    ? Object.fromEntries(Object.entries(inside).toSorted(([a], [b]) => a < b ? -1 : 1))
    : inside)
}
