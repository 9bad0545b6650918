import { trimBlanks } from '../read/number-text.ts'
import type { AreaGuess, KeyColumn, LayerInspection } from './inspection.ts'
import { plainWords, withoutUmlauts } from './words.ts'

interface Column { readonly head: string, readonly texts: readonly string[] }

interface Candidate extends AreaGuess { readonly score: number }

/**
 * The column whose texts are areas of a layer: as they are, padded with zeros, behind a prefix, as the first word
 * („01 Altstadt“), or, last, by their names. Null where none fits well enough.
 */
export function findAreaColumn (columns: readonly Column[], layers: readonly LayerInspection[]): AreaGuess | null {
  const candidates = columns.flatMap(column => layers.flatMap(layer => matchLayer(column, layer)))
  const [best, ...others] = candidates.toSorted((a, b) => b.score - a.score)
  if (best === undefined) return null
  const { score, ...guess } = best
  const twins = others.filter(other => other.column === best.column && other.score === score && other.layer !== best.layer &&
    other.key.column === best.key.column && other.key.prefix === best.key.prefix)
  return { ...guess, others: [...new Set(twins.map(({ layer }) => layer))] }
}

/** Least share of the texts that must be areas. */
const leastMatched = 0.6

function matchLayer ({ head, texts }: Column, layer: LayerInspection): Candidate[] {
  const named = isAreaHead(head)
  const { plain, totals, unassigned } = partTexts(texts)
  if (plain.length === 0) return []
  const candidates = layer.keys.flatMap((key, rank) => rulesFor(plain, key, layer).map(({ rule, cost, read }) => {
    const known = new Set(key.keys)
    const matched = plain.filter(text => known.has(read(text)))
    const areas = new Set(matched.map(read)).size
    const orphans = plain.filter(text => !known.has(read(text)))
    const score = 0.6 * matched.length / plain.length + 0.4 * areas / known.size - cost - 0.001 * rank + (named ? 0.05 : 0)
    // „99“ and „0“ are areas only where the boundaries know them.
    const nowhere = orphans.filter(text => /^(?:0+|9+|9+\d?9)$/.test(text))
    return {
      column: head,
      layer: layer.file,
      key,
      rule,
      others: [],
      texts: plain.length,
      matched: matched.length,
      areas,
      totals,
      unassigned: [...unassigned, ...nowhere],
      orphans: orphans.filter(text => !nowhere.includes(text)),
      score,
    }
  }))
  return candidates.filter(({ texts, matched, areas, key }) => matched >= leastMatched * texts && areas >= (named ? 0.4 : 0.9) * key.keys.length)
}

type Rule = { readonly rule: AreaGuess['rule'], readonly cost: number, readonly read: (text: string) => string }

function rulesFor (texts: readonly string[], { keys }: KeyColumn, layer: LayerInspection): Rule[] {
  const [length] = new Set(keys.map(key => key.length)).size === 1 ? [keys[0]!.length] : []
  const pad = (text: string) => length !== undefined && /^\d+$/.test(text) ? text.padStart(length, '0') : text
  const needsPad = texts.some(text => pad(text) !== text)
  const padding = needsPad && length !== undefined ? { pad: length } : {}
  const prefix = commonPrefix(texts)
  const isNumber = keys.every(key => /^\d+$/.test(key))
  const first = isNumber ? String.raw`^(\d+)[ –-]+\p{L}` : String.raw`^(\S+)[ –-]+\p{L}`
  const firstWord = (text: string) => new RegExp(first, 'u').exec(text)?.[1] ?? ''
  const names = lookUpNames(texts, keys, layer)
  return [
    { rule: padding, cost: needsPad ? 0.01 : 0, read: pad },
    ...(prefix === '' ? [] : [{ rule: { prefix, ...padding }, cost: 0.02, read: (text: string) => pad(text.slice(prefix.length)) }]),
    { rule: { extract: first, ...(length === undefined || texts.every(text => firstWord(text).length === length) ? {} : { pad: length }) }, cost: 0.03, read: text => pad(firstWord(text)) },
    ...(names.size === 0 ? [] : [{ rule: { lookUp: Object.fromEntries(names) }, cost: 0.1, read: (text: string) => names.get(text) ?? '' }]),
  ]
}

function lookUpNames (texts: readonly string[], keys: readonly string[], { names }: LayerInspection): Map<string, string> {
  const [column] = names
  if (!column) return new Map()
  const plainName = (text: string) => withoutUmlauts(text.toLowerCase()).replaceAll(/[^a-z0-9]/g, '')
  const bare = column.names.map(name => column.extract === null ? name : new RegExp(column.extract, 'u').exec(name)?.[1] ?? name)
  const keyOf = new Map(bare.map((name, index) => [plainName(name), keys[index]!]))
  // A name that two areas share says nothing.
  for (const name of bare.map(plainName).filter((name, index, all) => all.indexOf(name) !== index)) keyOf.delete(name)
  return new Map(texts.flatMap(text => {
    const key = keyOf.get(plainName(text))
    return key === undefined ? [] : [[text, key] as const]
  }))
}

function commonPrefix (texts: readonly string[]): string {
  const prefix = /^[A-Za-z]+[-_ ]?(?=[A-Za-z]?\d)/.exec(texts[0]!)?.[0] ?? ''
  if (prefix !== '' && texts.every(text => text.startsWith(prefix))) return prefix
  const dashed = /^[A-Za-z]+[-_ ]/.exec(texts[0]!)?.[0] ?? ''
  return dashed !== '' && texts.every(text => text.startsWith(dashed)) ? dashed : ''
}

function partTexts (texts: readonly string[]): { plain: string[], totals: string[], unassigned: string[] } {
  const distinct = [...new Set(texts.map(trimBlanks))]
  const totals = distinct.filter(text => /insgesamt|^gesamt|gesamt$|gesamtstadt|^summe|^total|^sum|SUM$/i.test(text))
  const unassigned = distinct.filter(text => /^$|ohne (?:zuordnung|angabe)|nicht zu(?:zuordnen|geordnet|ordenbar)|unbekannt|keine angabe|^k\. ?a\.$/i.test(text))
  return { plain: distinct.filter(text => !totals.includes(text) && !unassigned.includes(text)), totals, unassigned }
}

/** Whether a head itself speaks of areas. */
export function isAreaHead (head: string): boolean {
  const words = plainWords(head)
  return /gebiet|bezirk|stadtteil|ortsteil|sozialraum|raum|district|quartier|gemeinde|kreis|region|area|plr|bzr|pgr|ags|viertel/.test(words)
}
