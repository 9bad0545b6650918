import { nearest } from '../../core/nearest.ts'
import { cleanText } from '../../core/visible-text.ts'

/** Text without what people write differently: case, umlauts and ß, blanks, hyphens, full stops, the abbreviation of Straße. */
export function foldSpelling (text: string): string {
  return cleanText(text).toLowerCase()
    .replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
    .replaceAll(/[\s.\-_/\u2010-\u2015]+/g, '')
    .replaceAll(/strasse|str$/g, 'str')
}

/** The candidate that is written in another way, else the one that differs in a few letters. */
export function guessSpelling (text: string, candidates: readonly string[]): string | undefined {
  const folded = foldSpelling(text)
  if (folded === '') return undefined
  return candidates.find(candidate => foldSpelling(candidate) === folded) ?? nearest(cleanText(text), candidates)
}
