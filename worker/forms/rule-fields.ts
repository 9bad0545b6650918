import type { FieldForm } from './field-form.ts'

/** Rules of confidentiality, each with the sentence that a planner needs to choose. */
export const ruleFields: readonly FieldForm[] = [
  {
    path: ['preset'],
    kind: 'choice',
    label: { de: 'Fertige Regel', en: 'Ready-made rule' },
    help: { de: 'statt einer eigenen Mindestfallzahl: eines von beiden, nicht beides', en: 'instead of a minimum count of your own: one of the two, not both' },
    says: {
      ba3: { de: 'ab 3, wie die Bundesagentur für Arbeit', en: 'from 3, as the Federal Employment Agency' },
      kommunal5: { de: 'ab 5, wie die meisten Städte', en: 'from 5, as most towns' },
      streng10: { de: 'ab 10, für besonders geschützte Angaben', en: 'from 10, for what is specially protected' },
    },
  },
  { path: ['minimumCount'], kind: 'minimum', label: { de: 'Mindestfallzahl', en: 'Minimum count' }, help: { de: 'Kleinere Zahlen von 1 an werden gesperrt, dazu so viele andere, dass niemand sie ausrechnen kann. Eine Zahl ab 3, oder „keine“ (dann mit Grund).', en: 'Smaller counts from 1 on are suppressed, and as many others as it takes that nobody can compute them. A number from 3, or "none" (then with the reason).' } },
  { path: ['because'], kind: 'text', label: { de: 'Warum keine Mindestfallzahl nötig ist', en: 'Why no minimum count is needed' } },
  { path: ['rules', 'remainder'], kind: 'yes-no', label: { de: 'Auch den Rest eines Ganzen schützen', en: 'Protect the rest of a whole too' }, help: { de: 'Sind 98 von 100 Menschen gemeint, sind es 2 nicht: mit „ja“ wird auch diese 2 geschützt. Ohne Angabe: ja.', en: 'Where 98 of 100 people are meant, 2 are not: with "yes" this 2 is protected as well. Where not stated: yes.' } },
  { path: ['rules', 'rateFloor'], kind: 'number', label: { de: 'Kleinster Nenner eines Anteils', en: 'Smallest denominator of a share' }, help: { de: 'Über weniger Menschen wird kein Anteil gezeigt, weil er nichts sagt; 0 für keine Grenze.', en: 'A share of fewer people is not shown because it says nothing; 0 for no limit.' } },
  { path: ['rules', 'areaFloor'], kind: 'number', label: { de: 'Kleinste Einwohnerzahl eines Gebiets', en: 'Smallest number of inhabitants of an area' }, help: { de: 'Kleinere Gebiete haben Fallzahlen, aber keine Anteile, Verhältnisse und Maße; 0 für keine Grenze.', en: 'Smaller areas have counts, but no shares, ratios and measures; 0 for no limit.' } },
  { path: ['rules', 'method'], kind: 'choice', label: { de: 'Wie geschützt wird', en: 'How it is protected' }, help: { de: 'Gerundete Zahlen zeigen mehr, ergeben aber keine Summen mehr und schützen schwächer.', en: 'Rounded figures show more, but no longer add up and protect less.' }, says: { suppress: { de: 'kleine Zahlen sperren', en: 'suppress small counts' }, round5: { de: 'alles auf Vielfache von fünf runden', en: 'round everything to multiples of five' } } },
  { path: ['rules', 'units', 'of'], kind: 'choice', label: { de: 'Einheiten hinter der Zahl', en: 'Units behind the figure' }, help: { de: 'Fallzahl der Haushalte oder Betriebe, zu denen die Gezählten gehören; nur zusammen mit der Angabe, wie viele es sein müssen', en: 'count of the households or companies that those counted belong to; only together with how many there must be' }, from: 'counts' },
  { path: ['rules', 'units', 'minimum'], kind: 'number', label: { de: 'So viele Einheiten müssen es sein', en: 'How many units there must be' } },
  { path: ['rules', 'internal', 'minimumCount'], kind: 'minimum', label: { de: 'Mindestfallzahl der internen Ausgabe', en: 'Minimum count of the internal edition' }, help: { de: 'wenn im eigenen Haus eine andere gilt; sonst leer', en: 'where another one holds in the house; else empty' } },
]
