/**
 * Words of a text that have a digit in them: `12,5`, `31.12.2024`, `18jährige`, `e41a2ddd72204`. Points, commas and
 * the spaces that group digits belong to a word where digits follow.
 */
export function wordsWithDigits (text: string): string[] {
  return hasDigit(text) ? text.match(word) ?? [] : []
}

const word = /[\p{L}\p{N}_]*\p{Nd}[\p{L}\p{N}_]*(?:[.,'\u2019\u00A0\u202F](?=\p{Nd})[\p{L}\p{N}_]+)*/gu

/** Quick, and true for digits of every script. */
export function hasDigit (text: string): boolean {
  return /[0-9]/.test(text) || (/[^\0-\x7F]/.test(text) && /\p{Nd}/u.test(text))
}

/** A text cut out of a document keeps the whole document in memory as long as it is kept; its copy does not. */
export function copyText (text: string): string {
  return Buffer.from(text).toString()
}

/** The same text with every percent sign of an address resolved; as it was where that cannot be. */
export function decodePercent (text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
