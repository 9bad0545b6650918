import { readCatalogue } from '../catalogue/catalogue.ts'
import { knownHeads, type KnownHead, type Theme } from './synonyms.ts'
import { ageGroupOf, plainWords } from './words.ts'

/** What a column is known as. */
export type HeadGuess = Omit<KnownHead, 'phrases' | 'not'> & {
  /** How it was found: its own words, those of the head above („darunter …“), or the name of its file. */
  readonly by: 'head' | 'parent' | 'file'
}

export interface HeadContext {
  /** The head that a „darunter …“ belongs to. */
  readonly parent?: string | undefined
  /** Name or title of the table; asked where the head alone says nothing, „Anzahl“. */
  readonly table?: string | undefined
}

/** The indicator of the catalogue that a column head means; undefined where no words of it are known. */
export function recogniseHead (head: string, { parent, table }: HeadContext = {}): HeadGuess | undefined {
  const words = plainWords(head)
  const isPart = /^\W*(?:darunter|davon|dav\.|dar\.)/i.test(head)
  if (isPart && parent !== undefined) {
    const part = findKnown(`${plainWords(parent)} ${words}`, words)
    if (part) return { ...part, by: 'parent' }
  }
  if (table !== undefined && isVague(words)) {
    const named = ageGuess(plainWords(table)) ?? findKnown(plainWords(table))
    if (named) return { ...named, by: 'file' }
  }
  const known = ageGuess(words) ?? findKnown(words)
  if (known === undefined || table === undefined || !isPartOfPeople(known.id)) return known && { ...known, by: 'head' }
  // „65 Jahre und älter“ in a table of benefits does not count the inhabitants of that age.
  const subject = findKnown(plainWords(table))
  if (subject === undefined || subject.theme === 'population') return { ...known, by: 'head' }
  const part = findKnown(`${plainWords(table)} ${words}`, words)
  return part && part.theme !== 'population' ? { ...part, by: 'file' } : undefined
}

/** What every group of people can be divided into. */
function isPartOfPeople (id: string): boolean {
  return /^(?:age-|male$|women$|foreigners$|germans|migration-background)/.test(id)
}

/** Heads that every table could have. */
function isVague (words: string): boolean {
  return ['', 'residents', 'wert', 'value', 'personen', 'quotient', 'faelle', 'einwohner', 'people'].includes(words)
}

/**
 * The entry most of whose words stand in the text.
 *
 * @param own words of the head itself, of which a part must be known: „darunter x“ is not what its parent is
 */
function findKnown (text: string, own = text): Omit<KnownHead, 'phrases' | 'not'> | undefined {
  const words = new Set(text.split(' '))
  const ownWords = new Set(own.split(' '))
  let best: { readonly head: KnownHead, readonly size: number } | undefined
  for (const head of knownHeads) {
    if (head.not?.some(word => words.has(word) || text.includes(word))) continue
    for (const phrase of head.phrases) {
      const parts = phrase.split(' ')
      const fits = parts.every(part => hasWord(words, part)) && parts.some(part => hasWord(ownWords, part))
      const size = parts.length + phrase.length / 100
      if (fits && (best === undefined || size > best.size)) best = { head, size }
    }
  }
  if (best === undefined) return findInCatalogue(text)
  const { phrases, not, ...known } = best.head
  return known
}

/** An entry of the catalogue whose name is the whole text; shares and ratios come as measures, since a delivered one cannot be computed again. */
function findInCatalogue (text: string): Omit<KnownHead, 'phrases' | 'not'> | undefined {
  const entry = readCatalogue().indicators.find(({ label }) => plainWords(label.de) === text || plainWords(label.en) === text)
  if (!entry) return undefined
  const { id, kind, label, unit, decimals } = entry
  return { id, kind: kind === 'count' ? 'count' : 'measure', theme: entry.theme as Theme, label, unit, decimals }
}

/** A long word may have another ending: „arbeitslos“ for „arbeitslose“, but not „arbeitslosenquote“. */
function hasWord (words: ReadonlySet<string>, part: string): boolean {
  if (words.has(part)) return true
  return part.length >= 8 && [...words].some(word => Math.abs(word.length - part.length) <= 2 && (word.startsWith(part) || part.startsWith(word)))
}

/** „3 bis 14 Jahre“, alone or with a word for inhabitants: a count of them by age. */
function ageGuess (words: string): Omit<KnownHead, 'phrases' | 'not'> | undefined {
  const group = ageGroupOf(words)
  const rest = words.split(' ').filter(word => !/^\d+(?:-\d+|\+)$/.test(word))
  if (!group || !rest.every(word => peopleWords.has(word))) return undefined
  const { from, to } = group
  const text = to === null
    ? { de: `${from} Jahre und älter`, en: `Aged ${from} and over` }
    : from === 0 ? { de: `Unter ${to + 1} Jahre`, en: `Under ${to + 1}` } : { de: `${from} bis ${to} Jahre`, en: `Aged ${from} to ${to}` }
  return {
    id: to === null ? `age-${from}-plus` : `age-${from}-${to}`,
    kind: 'count',
    theme: 'population',
    label: text,
    unit: { de: 'Personen', en: 'people' },
    decimals: 0,
  }
}

const peopleWords = new Set(['', 'age', 'aged', 'groups', 'einwohner', 'einwohnerinnen', 'bevoelkerung', 'personen', 'residents', 'inhabitants', 'people', 'kinder', 'children', 'district', 'fl', 'stadtteil', 'stadtteile', 'sozialraeume', 'group', 'altersgruppe'])
