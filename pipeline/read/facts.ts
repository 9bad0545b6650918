import type { Localised } from '../../core/area.ts'

/** `"SR_NR", "SR_NAME"`: names as they are found, with the blanks in them visible. */
export function quoteList (names: readonly string[]): string {
  return names.map(name => `"${name}"`).join(', ')
}

/** The first of many numbers, `3, 7, 12` or `3, 7, 12 und 40 weitere`. */
export function listSome (items: ReadonlyArray<number | string>, limit = 10): Localised {
  const shown = items.slice(0, limit).join(', ')
  const others = items.length - limit
  return others > 0 ? { de: `${shown} und ${others} weitere`, en: `${shown} and ${others} more` } : { de: shown, en: shown }
}
