import { isScalar, visit, type Document, type Pair } from 'yaml'
import { problem, type Place, type Problem } from '../../core/problem.ts'

/** Stands in a scaffolded project file wherever only a person knows what belongs there. */
export const gapMark = 'BITTE AUSFÜLLEN'

/** Every place of the project file that nobody filled in yet: nothing is built before the last of them is gone. */
export function gapProblems (document: Document, placeAt: (offset: number) => Place): Problem[] {
  const problems: Problem[] = []
  visit(document, {
    Scalar (_, node, path) {
      if (typeof node.value !== 'string' || !node.value.includes(gapMark)) return
      const keys = path.filter((step): step is Pair => step !== null && typeof step === 'object' && 'key' in step)
        .map(({ key }) => isScalar(key) ? String(key.value) : '')
      const pair = keys.slice(-2).join('.')
      const key = keys.includes('legend') ? 'legend' : pair in wanted ? pair : keys.at(-1) ?? ''
      problems.push(problem('scaffold-gap', placeAt(node.range?.[0] ?? 0), { key, what: wanted[key] ?? wanted.other! }))
    },
  })
  return problems
}

const wanted: Readonly<Record<string, { de: string, en: string }>> = {
  minimumCount: { de: 'die kleinste Zahl, die nach dem Recht dieser Quelle gezeigt werden darf (3 oder mehr), oder none mit because', en: 'the smallest count that the law of this source lets pass (3 or more), or none with because' },
  because: { de: 'warum die Zahl ohne Mindestfallzahl gezeigt werden darf', en: 'why the figure may be shown without a minimum count' },
  legalBasis: { de: 'das Gesetz, die Satzung oder der Vertrag, der die Nutzung erlaubt', en: 'the law, statute or contract that permits the use' },
  mayBePassedOn: { de: 'true, wenn der Datenhalter die Veröffentlichung erlaubt hat, sonst false', en: 'true if the publisher permits publication, else false' },
  publisher: { de: 'das Amt, das die Zahlen geliefert hat', en: 'the office that delivered the figures' },
  attribution: { de: 'der Quellenvermerk, der an jeder Zahl stehen soll', en: 'the attribution to print with every figure' },
  legend: { de: 'was dieses Zeichen bei diesem Datenhalter bedeutet: zero, suppressed oder not-delivered', en: 'what this sign means at this publisher: zero, suppressed or not-delivered' },
  'licence.name': { de: 'der Name der Lizenz, etwa dl-de/by-2-0', en: 'the name of the licence, such as dl-de/by-2-0' },
  'licence.url': { de: 'die Adresse des Lizenztexts', en: 'the address of the licence text' },
  'contact.name': { de: 'wer Fragen zum Atlas beantwortet', en: 'who answers questions about the atlas' },
  'contact.email': { de: 'die Mailadresse dafür', en: 'the mail address for that' },
  other: { de: 'eine Angabe', en: 'a statement' },
}
