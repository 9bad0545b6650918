import { withoutUmlauts } from '../recognise/words.ts'
import { stemOf } from '../update/name.ts'
import { slug } from './slug.ts'

/** How a level is called, by the words of its file name. */
export function nameLevel (file: string): { readonly id: string, readonly label: string, readonly labelPlural: string, readonly evidence: string } {
  const words = withoutUmlauts(stemOf(file))
  const known = levelNames.find(({ pattern }) => pattern.test(words))
  if (known) return { id: slug(known.label), label: known.label, labelPlural: known.plural, evidence: 'aus dem Dateinamen' }
  return { id: slug(stemOf(file)), label: 'Gebiet', labelPlural: 'Gebiete', evidence: 'der Dateiname sagt nicht, wie die Gebiete heißen' }
}

/** The longer words first: a Stadtbezirk is no Bezirk. */
const levelNames: ReadonlyArray<{ readonly pattern: RegExp, readonly label: string, readonly plural: string }> = [
  { pattern: /sozialraum|sozialraeume/, label: 'Sozialraum', plural: 'Sozialräume' },
  { pattern: /berichtsgebiet/, label: 'Berichtsgebiet', plural: 'Berichtsgebiete' },
  { pattern: /planungsraum|planungsraeume|kieze?|planning areas?/, label: 'Planungsraum', plural: 'Planungsräume' },
  { pattern: /prognoseraum|prognoseraeume|forecast areas?/, label: 'Prognoseraum', plural: 'Prognoseräume' },
  { pattern: /bezirksregion|district regions?/, label: 'Bezirksregion', plural: 'Bezirksregionen' },
  { pattern: /stadtbezirk/, label: 'Stadtbezirk', plural: 'Stadtbezirke' },
  { pattern: /schulbezirk/, label: 'Schulbezirk', plural: 'Schulbezirke' },
  { pattern: /stadtteil/, label: 'Stadtteil', plural: 'Stadtteile' },
  { pattern: /stadtviertel/, label: 'Stadtviertel', plural: 'Stadtviertel' },
  { pattern: /ortsteil/, label: 'Ortsteil', plural: 'Ortsteile' },
  { pattern: /quartier/, label: 'Quartier', plural: 'Quartiere' },
  { pattern: /baublock|baubloecke/, label: 'Baublock', plural: 'Baublöcke' },
  { pattern: /statistische/, label: 'Statistischer Bezirk', plural: 'Statistische Bezirke' },
  { pattern: /bezirk/, label: 'Bezirk', plural: 'Bezirke' },
  { pattern: /gemeinde/, label: 'Gemeinde', plural: 'Gemeinden' },
  { pattern: /kreis/, label: 'Kreis', plural: 'Kreise' },
]
