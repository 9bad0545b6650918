import type { Paper } from './paper.ts'

export interface PreparedPaper {
  readonly paper: Paper
  /** Signs (as people count them) that the font does not have; a question mark stands for each. */
  readonly replaced: number
  /** Texts that were cut. */
  readonly shortened: number
}

/** What no sentence, name or reason needs; longer ones are cut, and the paper says so. */
export const longestText = 1500

/** Values that are no text for people. */
const otherKeys = new Set(['svg', 'kind', 'role', 'tone', 'language'])

/**
 * Makes every text of a paper such that it can be set: composed letters, no control characters and marks of direction, nothing that
 * the font has no picture of, nothing that is wider than the sheet. It goes through all of the paper, so that no field can be forgotten.
 *
 * @param hasGlyph whether all fonts of the paper can show a code point
 */
export function preparePaper (paper: Paper, hasGlyph: (codePoint: number) => boolean): PreparedPaper {
  let [replaced, shortened] = [0, 0]
  const prepareText = (text: string): string => {
    if (text.length > longestText) shortened++
    const shown = showable(text.length > longestText ? `${cutAt(text, longestText)} …` : text, hasGlyph)
    replaced += shown.replaced
    return breakable(shown.text)
  }
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return key === 'href' ? safeHref(value) : otherKeys.has(key) ? value : prepareText(value)
    if (Array.isArray(value)) return value.map(entry => walk(entry, key))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, walk(field, name)]))
  }
  const prepared = walk(paper, '') as Paper
  return { paper: prepared, replaced, shortened }
}

/** Not between the halves of one sign. */
function cutAt (text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}

/** Addresses that a reader may follow; anything else leads nowhere. */
function safeHref (href: string): string {
  return /^(https?:\/\/|mailto:)[\x21-\x7e]+$/.test(href) ? href : ''
}

/** Controls but line ends, marks without width or of direction, variation selectors. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Variation_Selector}]|\u034f/gu

function showable (text: string, hasGlyph: (codePoint: number) => boolean): { readonly text: string, readonly replaced: number } {
  const whole = text.replaceAll(/\p{Surrogate}/gu, '\ufffd').normalize('NFC').replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll('\t', ' ')
  const canShow = (sign: string) => [...sign].every(character => character === '\n' || hasGlyph(character.codePointAt(0)!))
  if (canShow(whole)) return { text: whole.replaceAll(unseen, ''), replaced: 0 }
  let replaced = 0
  let shown = ''
  // One question mark for what people see as one sign, such as a family of four.
  for (const { segment } of signs.segment(whole)) {
    const visible = segment.replaceAll(unseen, '')
    if (!canShow(visible)) replaced++
    shown += canShow(visible) ? visible : '?'
  }
  return { text: shown, replaced }
}

const signs = new Intl.Segmenter('de', { granularity: 'grapheme' })

/** So many letters without a blank fit into every column. */
const widestWord = 24

/** A soft hyphen where a word would run off the sheet; a checksum has its place and is copied. */
function breakable (text: string): string {
  return text.replaceAll(longWord, word => isChecksum.test(word) ? word : word.match(/[^]{1,24}/gu)!.join('\u00ad'))
}

const longWord = new RegExp(`\\S{${widestWord + 8},}`, 'gu')

const isChecksum = /^[0-9a-f]{64}$/
