import { trimBlanks } from '../number-text.ts'

/** The period within a text, and the text without it; or how many there are. */
export type PeriodText = { readonly period: string, readonly rest: string } | 'none' | 'several'

const forms = /(?<![\d.])(?:\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(?:19|20)\d{2}|(?:19|20)\d{2}-q[1-4]|(?:19|20)\d{2}\/\d{2}|(?:19|20)\d{2}-(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}|(?:19|20)\d{2})(?![\d])/g

/**
 * Finds `2023`, `31.12.2023`, `2023-12-31`, `2023-q4`, `2023/24` or `2022-2024` in a column head or the name of a sheet or file.
 * Two different ones are two readings. What is left is the head of all the columns that differ by the period only.
 *
 * @param extract regular expression; its first group, or else all of it, is the period
 */
export function findPeriodText (text: string, extract?: string): PeriodText {
  if (extract !== undefined) {
    const found = new RegExp(extract, 'du').exec(text)
    const [start, end] = found?.indices?.[1] ?? found?.indices?.[0] ?? [0, 0]
    return start === end ? 'none' : { period: text.slice(start, end), rest: tidy(text.slice(0, start), text.slice(end)) }
  }
  const found = [...text.matchAll(forms)]
  const [first] = found
  if (first === undefined) return 'none'
  if (found.some(([period]) => period !== first[0])) return 'several'
  return { period: first[0], rest: tidy(text.slice(0, first.index), text.slice(first.index + first[0].length)) }
}

/** Without the words and brackets that belonged to the period: `Einwohner (am 31.12.2023)` leaves `Einwohner`. */
function tidy (before: string, after: string): string {
  const left = before.replace(/[\s\u00a0(,;:/_–-]+$/, '').replace(/(?:^|[\s(,;:/_–-]+)(?:am|zum|im|in|Jahr|Stand|Stichtag)$/i, '').replace(/[\s\u00a0(,;:/_–-]+$/, '')
  const right = after.replace(/^[\s\u00a0),;:/_–-]+/, '')
  return trimBlanks(left === '' || right === '' ? left + right : `${left} ${right}`)
}
