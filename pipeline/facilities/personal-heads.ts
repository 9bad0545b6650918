import { kindOfHead } from '../records/person-columns.ts'

/**
 * Whether a column head names a person or a way to reach one. Such a column is refused even where somebody lists it:
 * whoever runs a Kita stands in the list of the office, and did not agree to stand in an atlas.
 *
 * `Telefon` and `E-Mail` count too, because nobody can tell a desk from a pocket; a website or an address does not.
 */
export function isPersonalHead (head: string): boolean {
  const words = head.toLowerCase().normalize('NFC').replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').replaceAll(/[^a-z0-9]+/g, ' ').trim()
  return kindOfHead(head) !== undefined || personal.some(pattern => pattern.test(words))
}

/** What a list of facilities has beside the heads that every table about persons may have. */
const personal = [
  /ansprech/, /kontakt/, /contact/, /\bperson(?!al)/, /\bleit(ung|er|erin)\b/, /(kita|schul|einrichtungs|haus|gruppen)leit/, /\bvorsitz/, /geschaeftsfuehr/, /inhaber/, /betreuer/,
  /vorname/, /nachname/, /familienname/, /rufname/, /\bfirst ?name/, /\blast ?name/, /geburt/, /\bmanager\b|\bhead of\b|\bprincipal\b/,
  /handy/, /mobil/, /telefon/, /\btel\b/, /\bphone/, /\bfax/, /\be ?mail/, /\bmail/,
]
