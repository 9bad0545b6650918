import type { ProblemCatalogue } from '../problem.ts'

/** What derivation and protection have to say. No count is ever quoted here. */
export const protectProblems = {
  'derive-levels-disagree': {
    severity: 'warning',
    de: {
      found: '{indicator}, {period}: die Summe der Ebene {level} weicht vom Wert der Ebene {parent} ab (Gebiete: {places})',
      expected: 'dieselbe Zahl auf beiden Wegen',
      next: 'Prüfen, ob in einer Lieferung Fälle fehlen; der Wert der Ebene {parent} bleibt, wie er zuerst bestimmt wurde.',
    },
    en: {
      found: '{indicator}, {period}: the sum of the level {level} differs from the value of the level {parent} (areas: {places})',
      expected: 'the same number either way',
      next: 'Check whether cases are missing in a delivery; the value of the level {parent} stays as it was found first.',
    },
  },
  'derive-no-numerator': {
    severity: 'warning',
    de: {
      found: '{indicator} lässt sich auf der Ebene {level} für {periods} nicht berechnen: ein Teil des Zählers fehlt',
      expected: 'Werte in denselben Zeiträumen für {terms}',
      next: 'Die fehlende Lieferung ergänzen; bis dahin fehlt der Indikator in diesen Zeiträumen.',
    },
    en: {
      found: '{indicator} cannot be computed on the level {level} for {periods}: a part of the numerator is missing',
      expected: 'values in the same periods for {terms}',
      next: 'Add the missing delivery; until then the indicator is left out for these periods.',
    },
  },
  'derive-no-denominator': {
    severity: 'warning',
    de: {
      found: '{indicator} hat auf der Ebene {level} für {periods} keinen Nenner',
      expected: 'ein Nenner mit dem passenden letzten Tag ({day})',
      next: 'Die Lieferung des Nenners ergänzen; bis dahin fehlt der Indikator in diesen Zeiträumen.',
    },
    en: {
      found: '{indicator} has no denominator on the level {level} for {periods}',
      expected: 'a denominator with the fitting last day ({day})',
      next: 'Add the delivery of the denominator; until then the indicator is left out for these periods.',
    },
  },
  'derive-part-above-whole': {
    severity: 'error',
    de: {
      found: '{indicator}, {period}: auf der Ebene {level} ist der Zähler größer als der Nenner (Gebiete: {count}, {areas})',
      expected: 'ein Anteil: der Zähler ist ein Teil des Nenners',
      next: 'Zähler und Nenner prüfen; ist der Zähler kein Teil des Nenners, dann kind: ratio.',
    },
    en: {
      found: '{indicator}, {period}: on the level {level} the numerator is larger than the denominator (areas: {count}, {areas})',
      expected: 'a share: the numerator is a part of the denominator',
      next: 'Check numerator and denominator; if the numerator is not a part of the denominator, use kind: ratio.',
    },
  },
  'protect-suppressed': {
    severity: 'note',
    de: {
      found: 'gesperrte Werte: {suppressed} von {cells}',
      expected: 'so geliefert, oder Zähler, Nenner oder Rest liegen unter der Mindestfallzahl der Lieferung',
      next: '',
    },
    en: {
      found: 'suppressed values: {suppressed} of {cells}',
      expected: 'delivered so, or numerator, denominator or remainder lie below the minimum count of the delivery',
      next: '',
    },
  },
} as const satisfies ProblemCatalogue
