import type { Localised } from '../core/area.ts'
import type { Language } from '../core/edition.ts'
import { formatNumber } from '../core/number.ts'
import { formatPeriod } from '../core/text.ts'

/*
 * Many things as one fact of a problem: a sentence that lists ten thousand keys helps nobody.
 */

/** `"SR_NR", " 03"`: names as they were found, quoted so that blanks in them are seen; then how many more there are. */
export function quoteList (names: readonly string[], limit = Infinity): string {
  const shown = names.slice(0, limit).map(name => `"${name}"`).join(', ')
  return names.length > limit ? `${shown} … (+${names.length - limit})` : shown
}

/** The first of many numbers, `3, 7, 12` or `3, 7, 12 und 40 weitere`. */
export function listSome (items: ReadonlyArray<number | string>, limit = 10): Localised {
  const shown = items.slice(0, limit).join(', ')
  const others = items.length - limit
  return others > 0 ? { de: `${shown} und ${others} weitere`, en: `${shown} and ${others} more` } : { de: shown, en: shown }
}

/** A number as people read it: `31.402`, `31,402`. All the digits it has, at most `decimals` behind the comma. */
export function numberFact (value: number, decimals = 3): Localised {
  const [, fraction = ''] = String(Number(value.toFixed(decimals))).split('.')
  return {
    de: formatNumber(value, { decimals: fraction.length, language: 'de' }),
    en: formatNumber(value, { decimals: fraction.length, language: 'en' }),
  }
}

/** So many periods are listed; of more only the first and the last. */
const listedPeriods = 4

/** Periods as people write them: `31.12.2024`, `2023 und 2024`, `2013 bis 2024`. */
export function periodFact (...periods: readonly string[]): Localised {
  const say = (language: Language, and: string, to: string) => {
    const written = periods.map(period => formatPeriod(period, language))
    if (written.length > listedPeriods) return `${written[0]} ${to} ${written.at(-1)}`
    return written.length < 2 ? written.join('') : `${written.slice(0, -1).join(', ')} ${and} ${written.at(-1)}`
  }
  return { de: say('de', 'und', 'bis'), en: say('en', 'and', 'to') }
}
