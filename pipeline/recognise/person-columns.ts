import { plainWords } from './words.ts'

/**
 * Heads that speak of single persons, where there are enough of them that the rows are persons and not areas:
 * a birth date alone, or two of name, first name, address, telephone, mail, number of a case.
 */
export function findPersonColumns (heads: readonly string[]): string[] {
  const certain = heads.filter(head => /geburtsdatum|geb datum|birth ?date|nachname|familienname|vorname|surname|first name|versichertennummer|steuer id|personalausweis/.test(plainWords(head)))
  const likely = heads.filter(head => /^(?:name|strasse|hausnummer|hausnr|adresse|anschrift|address|telefon|e mail|email|aktenzeichen|fallnummer|kundennummer|bg nummer|geburtsjahr)$/.test(plainWords(head)))
  return certain.length > 0 || likely.length >= 2 ? [...certain, ...likely] : []
}
