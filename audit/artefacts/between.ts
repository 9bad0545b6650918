import type { Between } from '../../core/cell.ts'
import type { Language } from '../../core/edition.ts'
import type { KnownSeries } from './facts.ts'
import { formatNumber, formatPlainNumber } from '../../core/number.ts'
import { getTexts } from '../../core/text.ts'
import { wordsWithDigits } from './number-text.ts'

/*
 * A project may tell what a suppressed value lies between. Then these two numbers, and no others, stand with the cell,
 * and apart from them it looks like every other suppressed cell.
 */

/** Equal to no pair of an edition. */
export const noPair: Between = [Number.NaN, Number.NaN]

/** What the edition tells of a cell; null where it tells nothing. */
export function betweenAt ({ series }: KnownSeries, row: number, column: number): Between | null {
  return series.statuses[row]?.[column] === 's' ? series.between?.[row]?.[column] ?? null : null
}

export function isSamePair (a: Between | null, b: Between | null): boolean {
  return a === null || b === null ? a === b : a[0] === b[0] && a[1] === b[1]
}

/** Takes `, zwischen 1 und 14` out of what is said about one cell. */
export function takeBetween (text: string, language: Language): { readonly rest: string, readonly between: Between | null } {
  const pairs: Between[] = []
  const { suppressed } = getTexts(language)
  const rest = text.replaceAll(phrases[language], (_, least: string, greatest: string) => {
    pairs.push([readNumber(least, language), readNumber(greatest, language)])
    return suppressed
  })
  return { rest, between: pairs.length > 1 ? noPair : pairs[0] ?? null }
}

/** Words with digits in what pages say of the pair. */
export function betweenWords (between: Between | null, language: Language): string[] {
  return (between ?? []).flatMap(bound => wordsWithDigits(boundText(bound, language)))
}

/** All digits that a bound has, as pages write them. */
function boundText (bound: number, language: Language): string {
  const [, decimals = ''] = String(bound).split('.')
  return /e/.test(String(bound)) ? formatPlainNumber(bound, language) : formatNumber(bound, { decimals: decimals.length, language })
}

const number = String.raw`([-\u2212]?\d+(?:[.,]\d+)*(?:e[-+]?\d+)?)`
const phrases: Readonly<Record<Language, RegExp>> = { de: phraseOf('de'), en: phraseOf('en') }

function phraseOf (language: Language): RegExp {
  const { suppressed, between } = getTexts(language)
  return new RegExp(`${suppressed}, ${between(number, number)}`, 'g')
}

/** NaN for what is not written as numbers are in the language. */
function readNumber (text: string, language: Language): number {
  const plain = language === 'de' ? swapMarks(text) : text
  const isWritten = /^[-\u2212]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(e[-+]?\d+)?$/.test(plain)
  return isWritten ? Number(plain.replaceAll(',', '').replace('\u2212', '-')) : Number.NaN
}

function swapMarks (text: string): string {
  return text.replaceAll(/[.,]/g, mark => mark === ',' ? '.' : ',')
}
