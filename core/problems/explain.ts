import type { ProblemCatalogue } from '../problem.ts'

/**
 * Why a cell stands as it does, for the planner. The public never reads these: they tell small
 * counts from those that are suppressed for others.
 */
export const explainProblems = {
  'explain-printed': {
    severity: 'note',
    de: { found: '{cell} wird gezeigt', expected: 'keine Regel sperrt die Zahl, und keine andere braucht sie als Schutz', next: '' },
    en: { found: '{cell} is shown', expected: 'no rule suppresses the figure, and no other one needs it as protection', next: '' },
  },
  'explain-public': {
    severity: 'note',
    de: { found: '{cell} wird gezeigt', expected: 'ihre Lieferung braucht keine Mindestfallzahl, oder andere haben die Zahl veröffentlicht', next: '' },
    en: { found: '{cell} is shown', expected: 'its delivery needs no minimum count, or others have published the figure', next: '' },
  },
  'explain-computed': {
    severity: 'note',
    de: { found: '{cell} wird gezeigt', expected: 'sie ist aus Zahlen berechnet, die alle gezeigt werden', next: '' },
    en: { found: '{cell} is shown', expected: 'it is computed from figures that are all shown', next: '' },
  },
  'explain-estimated': {
    severity: 'note',
    de: { found: '{cell} wird gezeigt', expected: 'sie ist geschätzt: aus gezeigten Zahlen der alten Grenzen umgerechnet', next: '' },
    en: { found: '{cell} is shown', expected: 'it is estimated: converted from figures of the old boundaries that are shown', next: '' },
  },
  'explain-not-estimated': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'sie wäre aus Zahlen der alten Grenzen umzurechnen, von denen eine gesperrt ist', next: '' },
    en: { found: '{cell} is suppressed', expected: 'it would be converted from figures of the old boundaries, one of which is suppressed', next: '' },
  },
  'explain-minimum-count': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'die Fallzahl liegt unter der Mindestfallzahl', next: '' },
    en: { found: '{cell} is suppressed', expected: 'the count lies below the minimum count', next: '' },
  },
  'explain-remainder': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'fast alle der Grundgesamtheit gehören dazu; wer nicht dazugehört, wären zu wenige', next: '' },
    en: { found: '{cell} is suppressed', expected: 'nearly all of the base belong to it; those who do not would be too few', next: '' },
  },
  'explain-units': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'hinter der Zahl stehen zu wenige Einheiten (rules.units)', next: '' },
    en: { found: '{cell} is suppressed', expected: 'too few units stand behind the figure (rules.units)', next: '' },
  },
  'explain-dominance': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'ein Einzelner bestimmt fast die ganze Summe (rules.dominance)', next: '' },
    en: { found: '{cell} is suppressed', expected: 'a single unit makes up nearly the whole sum (rules.dominance)', next: '' },
  },
  'explain-imported': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'der Datenhalter hat die Zahl gesperrt geliefert', next: '' },
    en: { found: '{cell} is suppressed', expected: 'the publisher delivered the figure suppressed', next: '' },
  },
  'explain-manual': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'sie steht in atlas.yaml unter manual', next: '' },
    en: { found: '{cell} is suppressed', expected: 'atlas.yaml lists it under manual', next: '' },
  },
  'explain-complementary': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'sonst ließe sich mit ihr eine kleine Zahl ausrechnen (komplementäre Geheimhaltung)', next: '' },
    en: { found: '{cell} is suppressed', expected: 'with it a small count could be worked out (complementary suppression)', next: '' },
  },
  'explain-small-whole': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'sie ist Teil einer Grundgesamtheit, die selbst zu klein ist', next: '' },
    en: { found: '{cell} is suppressed', expected: 'it is a part of a base that is too small itself', next: '' },
  },
  'explain-earlier': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'eine frühere Ausgabe hat sie gesperrt; einmal gesperrt bleibt gesperrt', next: '' },
    en: { found: '{cell} is suppressed', expected: 'an earlier edition suppressed it; once suppressed stays suppressed', next: '' },
  },
  'explain-operand': {
    severity: 'note',
    de: { found: '{cell} ist gesperrt', expected: 'sie ist aus {operand} berechnet, und diese Zahl ist gesperrt', next: 'Mit derselben Frage nach {operand} geht es weiter.' },
    en: { found: '{cell} is suppressed', expected: 'it is computed from {operand}, and that figure is suppressed', next: 'Ask the same of {operand}.' },
  },
  'explain-withheld': {
    severity: 'note',
    de: { found: '{cell} wird nicht angeboten', expected: 'ihre Zahlenfamilie ließ sich nicht schützen; die Meldungen des Baus nennen Auswege', next: '' },
    en: { found: '{cell} is not offered', expected: 'its family of figures could not be protected; the messages of the build name remedies', next: '' },
  },
  'explain-missing': {
    severity: 'note',
    de: { found: '{cell} hat keinen Wert', expected: '{reason}', next: '' },
    en: { found: '{cell} has no value', expected: '{reason}', next: '' },
  },
  'explain-unknown-cell': {
    severity: 'error',
    de: {
      found: 'keine Zahl {cell} in der Ausgabe {edition}',
      expected: 'Ebene/Gebiet/Kennzahl/Zeitraum, zum Beispiel {example}',
      next: 'Die Kennungen stehen in der Adresse der Kartenseite und in atlas.yaml.',
    },
    en: {
      found: 'no figure {cell} in the edition {edition}',
      expected: 'level/area/indicator/period, for example {example}',
      next: 'The ids stand in the address of the map page and in atlas.yaml.',
    },
  },
} as const satisfies ProblemCatalogue
