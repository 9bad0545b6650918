import type { SignMeaning } from '../read/cell-text.ts'
import { parseNumberText, trimBlanks, type NumberNotation } from '../read/number-text.ts'
import { recogniseHead } from './heads.ts'
import type { LongGuess, ValueGuess } from './inspection.ts'
import { plainWords } from './words.ts'

interface Column { readonly head: string, readonly texts: readonly string[] }

/** The columns that hold figures, each with what its head means. A „darunter …“ belongs to the head before it that is none. */
export function findValues (columns: readonly Column[], notation: NumberNotation, table: string): ValueGuess[] {
  let parent: string | undefined
  const values = columns.filter(({ head, texts }) => !isCodeHead(head) && isNumeric(texts, notation)).map(({ head, texts }) => {
    const known = recogniseHead(head, { parent, table }) ?? null
    if (!/^\W*(?:darunter|davon|dar\.|dav\.)/i.test(head)) parent = head
    const numbers = texts.map(text => parseNumberText(text, notation)).filter(number => typeof number === 'number')
    const decimals = Math.min(6, Math.max(0, ...texts.map(text => digitsAfter(text, notation))))
    const isPercent = /anteil|quote|prozent|percent|rate|%|share/.test(`${head.toLowerCase()}`)
    const isSigned = numbers.some(number => number < 0)
    // Hectares have decimals and add up all the same.
    const isExtent = known?.kind === 'count' && known.decimals > 0
    const kind = isExtent ? 'count' : decimals > 0 || isPercent || isSigned ? 'measure' : known?.kind ?? 'count'
    return { column: head, known: isPercent && known?.kind === 'count' ? null : known, kind, decimals: isExtent ? known.decimals : kind === 'count' ? 0 : Math.min(decimals, 2), isSigned, isPercent }
  })
  return values.map(value => ({ ...value, known: isTwin(value, values) ? null : value.known }))
}

/** Two columns of a table are never the same figure: the one that is known by its own words keeps the name. */
function isTwin ({ column, known }: ValueGuess, values: readonly ValueGuess[]): boolean {
  const same = values.filter(value => value.known !== null && value.known.id === known?.id)
  const keeper = same.find(value => value.known!.by === 'head') ?? same[0]
  return keeper !== undefined && keeper.column !== column
}

/** The signs of value cells, with what they mean in German official statistics; a blank means something else in every office. */
export function findSigns (columns: readonly Column[], values: readonly ValueGuess[], notation: NumberNotation): Map<string, SignMeaning | null> {
  const signs = new Map<string, SignMeaning | null>()
  for (const { column } of values) {
    for (const text of columns.find(({ head }) => head === column)!.texts) {
      const sign = trimBlanks(text)
      if (!signs.has(sign) && parseNumberText(withoutFlag(sign), notation) === 'no-number') signs.set(sign, usualMeanings.get(sign.toLowerCase()) ?? null)
    }
  }
  return signs
}

/** field.md §2.6: the signs of the official statistics. */
const usualMeanings: ReadonlyMap<string, SignMeaning> = new Map([
  ['-', 'zero'], ['–', 'zero'], ['—', 'zero'],
  ['...', 'pending'], ['…', 'pending'],
  ['.', 'suppressed'], ['•', 'suppressed'], ['*', 'suppressed'],
  ['/', 'unreliable'], ['x', 'not-applicable'],
  ['k. a.', 'unknown'], ['k.a.', 'unknown'], ['na', 'unknown'], ['n/a', 'unknown'], ['unbekannt', 'unknown'],
])

/**
 * A column that says which figure a row holds, where areas and periods repeat themselves: together with them it makes every row
 * unique. Of the columns of figures one must be left.
 */
export function findLong (columns: readonly Column[], frame: readonly string[], values: readonly ValueGuess[]): LongGuess | null {
  const rowCount = columns[0]?.texts.length ?? 0
  const frameColumns = columns.filter(({ head }) => frame.includes(head))
  if (rowCount < 2 || countDistinct(frameColumns, rowCount) === rowCount) return null
  const candidates = columns.filter(({ head, texts }) => !frame.includes(head) && new Set(texts).size <= 60 && countDistinct([...frameColumns, { head, texts }], rowCount) === rowCount)
  const [best] = candidates.toSorted((a, b) => rankCategory(b.head) - rankCategory(a.head) || new Set(a.texts).size - new Set(b.texts).size)
  const value = best && values.find(({ column }) => column !== best.head)
  return value ? { column: best.head, categories: [...new Set(best.texts.map(trimBlanks))], value: value.column } : null
}

function rankCategory (head: string): number {
  return /merkmal|kennzahl|indikator|indicator|auspraegung|art|typ|type|variable|kategorie|gruppe/.test(plainWords(head)) ? 1 : 0
}

function countDistinct (columns: readonly Column[], rowCount: number): number {
  return new Set(Array.from({ length: rowCount }, (_, row) => JSON.stringify(columns.map(({ texts }) => texts[row])))).size
}

/** GENESIS writes codes beside labels, and quality signs behind figures: `Statistik_Code`, `BEVSTD__q`. */
function isCodeHead (head: string): boolean {
  return /_(?:Code|Label)$|__q$/i.test(head) || /^(?:plz|postal_?code|postleitzahl|nr|lfd\.? ?nr\.?)$/i.test(head)
}

function isNumeric (texts: readonly string[], notation: NumberNotation): boolean {
  const filled = texts.map(trimBlanks).filter(text => text !== '')
  const numbers = filled.filter(text => parseNumberText(withoutFlag(text), notation) !== 'no-number' && !/^\d{1,2}\.\d{1,2}\.\d{4}$/.test(text))
  const signs = filled.filter(text => usualMeanings.has(text.toLowerCase()))
  return numbers.length > 0 && numbers.length + signs.length >= 0.9 * filled.length
}

/** `(12)`, `12 p`: figures of limited reliability, provisional, revised or estimated ones. */
function withoutFlag (text: string): string {
  return text.replace(/^\((.*)\)$/, '$1').replace(/(?<=\d)[\s\u00a0]*[eprs]$/, '')
}

function digitsAfter (text: string, { decimal = ',' }: NumberNotation): number {
  const [, fraction] = trimBlanks(text).split(decimal)
  return fraction !== undefined && /^\d+/.test(fraction) ? /^\d+/.exec(fraction)![0].replace(/0+$/, '').length : 0
}
