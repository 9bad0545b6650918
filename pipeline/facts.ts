import type { Localised } from '../core/area.ts'

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
