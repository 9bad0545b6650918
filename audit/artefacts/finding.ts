import type { Language } from '../../core/edition.ts'

/** What is wrong with finished bytes, and where. As secret as the vault: `found` may quote a secret number. */
export interface ArtefactFinding {
  /** Step of the audit (confidentiality reference §4.8). */
  readonly step: 'A1' | 'A2' | 'A3'
  readonly code: FindingCode
  readonly path: string
  /** As of `cellId`; null where the finding is about the whole. */
  readonly cell: string | null
  /** What stands there, shortened. */
  readonly found: string
}

export type FindingCode = keyof typeof sentences

const sentences = {
  'number-for-suppressed': {
    de: 'eine Zahl, eine Klasse oder eine Farbe steht für einen gesperrten Wert',
    en: 'a number, a class or a colour stands for a suppressed value',
  },
  'number-for-missing': { de: 'eine Zahl steht für einen fehlenden Wert', en: 'a number stands for a missing value' },
  'other-value': { de: 'der Wert ist nicht der der Ausgabe', en: 'the value is not that of the edition' },
  'other-status': { de: 'der Status ist nicht der der Ausgabe', en: 'the status is not that of the edition' },
  'other-class': { de: 'Klasse oder Farbe folgt nicht aus dem gezeigten Wert', en: 'class or colour does not follow from the printed value' },
  'unknown-cell': { de: 'ein Wert steht für ein Feld, das es in der Ausgabe nicht gibt', en: 'a value stands for a cell that the edition does not have' },
  'unknown-attribute': { de: 'ein Merkmal, das die Prüfung nicht kennt', en: 'an attribute unknown to the audit' },
  'unknown-drawing': { de: 'eine Zeichnung, die die Prüfung nicht kennt', en: 'a drawing unknown to the audit' },
  'unexplained-number': { de: 'eine Zahl, die aus nichts Veröffentlichtem folgt', en: 'a number that follows from nothing printed' },
  'other-breaks': { de: 'Klassengrenzen folgen nicht aus den gezeigten Werten', en: 'class breaks do not follow from the printed values' },
  'other-count': { de: 'eine Anzahl oder Länge folgt nicht aus den gezeigten Werten', en: 'a count or length does not follow from the printed values' },
  'other-order': { de: 'die Reihenfolge ist nicht die der Gebiete', en: 'the order is not that of the areas' },
  'operand-suppressed': { de: 'ein berechneter Wert ist gezeigt, obwohl ein Wert darunter gesperrt ist', en: 'a derived value is printed although a value behind it is suppressed' },
  'other-quotient': { de: 'ein berechneter Wert folgt nicht aus den gezeigten Anzahlen', en: 'a derived value does not follow from the printed counts' },
  'second-sign': { de: 'gesperrte Werte sehen nicht alle gleich aus', en: 'suppressed values do not all look alike' },
  'reason-for-suppressed': { de: 'ein Grund steht bei einem gesperrten Wert', en: 'a reason stands with a suppressed value' },
  'other-between': {
    de: 'die Spanne eines gesperrten Werts ist nicht die der Ausgabe',
    en: 'the range of a suppressed value is not that of the edition',
  },
  'no-notice': { de: 'der Hinweis fehlt, dass die Ausgabe intern ist', en: 'the notice that the edition is internal is missing' },
  'other-notice': {
    de: 'der Hinweis auf eine interne Ausgabe lautet anders oder steht in einer öffentlichen',
    en: 'the notice of an internal edition reads otherwise or stands in a public one',
  },
  'secret-found': { de: 'ein geheimer Wert steht in den Bytes', en: 'a secret value stands in the bytes' },
  unreadable: { de: 'die Prüfung kann diese Datei nicht lesen', en: 'the audit cannot read this file' },
  'never-seen': { de: 'ein Wert oder Gebiet kommt in keiner Datei vor', en: 'a value or an area is in no file' },
} as const

/** One line for a report. */
export function describeFinding ({ step, code, path, cell, found }: ArtefactFinding, language: Language): string {
  return `${step} ${path}${cell === null ? '' : ` [${cell}]`}: ${sentences[code][language]}${found === '' ? '' : ` (${found})`}`
}
