/**
 * A street in the spelling that all its spellings have in common: `Karl-Marx-Str.`, `Karl Marx Straße` and `KARL-MARX-STRASSE`
 * are one street, `Am Hang` and `Am Hange` are two. For comparing only, not for people.
 */
export function normaliseStreet (name: string): string {
  return name.normalize('NFC').toLowerCase()
    .replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss')
    .replaceAll(/str(?:\.|asse)?(?=$|[\s)])/g, 'strasse')
    .replaceAll(/(?:(?<=\s|-)|^)st\.(?=\s|-)/g, 'sankt')
    .replaceAll(/pl\.(?=$|\s)/g, 'platz')
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '')
}
