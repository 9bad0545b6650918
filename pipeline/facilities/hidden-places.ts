import type { Localised } from '../../core/area.ts'

/** A kind of place that must not stand on a map. */
export interface HiddenPlace {
  readonly pattern: RegExp
  readonly reason: Localised
}

/**
 * Places whose address is itself a secret, or somebody's home. They are refused as points and in counts: one shelter in one
 * Sozialraum says where to look. The words are looked for in name and kind, umlauts spelt out; a word too many costs a planner
 * one line of `exclude`, a word too few can cost a life.
 */
export const hiddenPlaces: readonly HiddenPlace[] = [
  // Places of refuge come first: `findShelter` looks for these.
  {
    pattern: /frauenhaus|frauenhaeuser|maennerhaus|maennerhaeuser|frauenschutz|maennerschutz|frauenzuflucht|maedchenzuflucht|maedchenhaus|zuflucht|gewaltschutz|schutzwohn|schutzeinrichtung|schutzhaus|schutzunterkunft|kinderschutzhaus|kinderschutzstelle|inobhutnahme|krisenwohn|anonyme? (wohn|unterkunft|adresse)|womens? shelter|domestic violence|safe house/,
    reason: { de: 'Wer dort Schutz sucht, darf nicht gefunden werden.', en: 'Whoever seeks shelter there must not be found.' },
  },
  {
    pattern: /kindertagespflege|tagespflegeperson|tagesmutter|tagesmuetter|tagesvater|tagesvaeter|grosstagespflege|kinderfrau|child ?minder/,
    reason: { de: 'Die Adresse ist die Wohnung der Tagespflegeperson.', en: 'The address is the child-minder\'s home.' },
  },
  {
    pattern: /fluechtling|gefluechtet|asyl|gemeinschaftsunterkunft|erstaufnahme|ankerzentrum|aufnahmeeinrichtung|refugee|asylum/,
    reason: { de: 'Unterkünfte Geflüchteter werden angegriffen; ihre Adressen gehören nicht in einen Atlas.', en: 'Refugees\' homes are attacked; their addresses do not belong in an atlas.' },
  },
  {
    pattern: /betreutes? (einzel)?wohnen|wohngruppe|wohngemeinschaft|obdachlosenunterkunft|notunterkunft|notschlafstelle|kinderheim|jugendwohnen|pflegefamilie|pflegestelle|erziehungsstelle/,
    reason: { de: 'Hier wohnen wenige Menschen, deren Lage die Adresse verrät.', en: 'Few people live here, and the address tells of their situation.' },
  },
]

/** Why a place must not be shown; undefined where nothing speaks against it. */
export function findHiddenPlace (...texts: readonly string[]): HiddenPlace | undefined {
  return findAmong(hiddenPlaces, texts)
}

/** The same for places of refuge alone: where these are named, in whatever column, nothing is risked. */
export function findShelter (...texts: readonly string[]): HiddenPlace | undefined {
  return findAmong(hiddenPlaces.slice(0, 1), texts)
}

function findAmong (places: readonly HiddenPlace[], texts: readonly string[]): HiddenPlace | undefined {
  const words = texts.map(text => text.toLowerCase().normalize('NFC')
    .replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').replaceAll(/[^a-z0-9]+/g, ' ').trim())
  // "Frauen-Haus" and "Schutz Wohnung" are the same words with a gap.
  const forms = [...words, ...words.map(text => text.replaceAll(' ', ''))]
  return places.find(({ pattern }) => forms.some(text => pattern.test(text)))
}
