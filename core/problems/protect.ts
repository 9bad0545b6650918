import type { ProblemCatalogue } from '../problem.ts'

/** What derivation and protection have to say. No count is ever quoted here. */
export const protectProblems = {
  'derive-levels-disagree': {
    severity: 'warning',
    de: {
      found: '{label}, {when}: die Summe der Ebene {level} weicht vom Wert der Ebene {parent} ab (Gebiete: {places})',
      expected: 'dieselbe Zahl auf beiden Wegen',
      next: 'Prüfen, ob in einer Lieferung Fälle fehlen; der Wert der Ebene {parent} bleibt, wie er zuerst bestimmt wurde.',
    },
    en: {
      found: '{label}, {when}: the sum of the level {level} differs from the value of the level {parent} (areas: {places})',
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
      found: '{label} hat auf der Ebene {level} für {when} keinen Nenner',
      expected: 'ein Nenner mit dem passenden letzten Tag ({day})',
      next: '{advice}',
    },
    en: {
      found: '{label} has no denominator on the level {level} for {when}',
      expected: 'a denominator with the fitting last day ({day})',
      next: '{advice}',
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
  'protect-not-a-count': {
    severity: 'error',
    de: {
      found: 'die Fallzahl {indicator} der Ebene {level} hat negative oder gebrochene Werte ({periods}), soll aber geschützt werden',
      expected: 'ganze Zahlen ab 0: nur Zählungen lassen sich auf Mindestfallzahlen prüfen',
      next: 'Die Werte berichtigen; ist es keine Zählung, den Indikator in eine eigene Lieferung mit minimumCount: none stellen oder als kind: measure führen.',
    },
    en: {
      found: 'the count {indicator} of the level {level} has negative or fractional values ({periods}), yet it is to be protected',
      expected: 'whole numbers from 0: only counts can be held against a minimum count',
      next: 'Correct the values; if it is not a count, put the indicator into a delivery of its own with minimumCount: none, or make it kind: measure.',
    },
  },
  'protect-no-companion': {
    severity: 'error',
    de: {
      found: 'die Regel {rule} für {indicator} lässt sich auf der Ebene {level} nicht prüfen ({periods}): {needed} fehlt',
      expected: '{needed} auf derselben Ebene und zum selben Zeitraum oder letzten Tag',
      next: 'Die Lieferung um {needed} ergänzen, oder die Regel streichen und als because festhalten, warum das geht.',
    },
    en: {
      found: 'the rule {rule} for {indicator} cannot be checked on the level {level} ({periods}): {needed} is missing',
      expected: '{needed} on the same level, for the same period or last day',
      next: 'Add {needed} to the delivery, or remove the rule and record as because why it is not needed.',
    },
  },
  'protect-no-population': {
    severity: 'error',
    de: {
      found: 'areaFloor lässt sich auf der Ebene {level} nicht prüfen: dort fehlen Einwohnerzahlen ({population}); betroffen: {indicators}',
      expected: 'Einwohnerzahlen auf jeder Ebene, deren Anteile, Verhältnisse oder Maße eine Untergrenze haben',
      next: 'Die Einwohnerzahlen dieser Ebene liefern, oder in rules der Lieferungen areaFloor: 0 schreiben.',
    },
    en: {
      found: 'areaFloor cannot be checked on the level {level}: inhabitants are missing there ({population}); concerned: {indicators}',
      expected: 'inhabitants on every level whose shares, ratios or measures have a floor',
      next: 'Deliver the inhabitants of this level, or write areaFloor: 0 in the rules of the deliveries.',
    },
  },
  'protect-unknown-cell': {
    severity: 'error',
    de: {
      found: '{list} nennt in „{key}“ „{value}“; das gibt es auf der Ebene {level} nicht ({indicators})',
      expected: 'Gebiete der Ebene, und Zeiträume, für die Zahlen geliefert sind',
      next: 'Den Eintrag berichtigen; Gebietsschlüssel mit führenden Nullen schreiben.',
    },
    en: {
      found: '{list} names "{value}" in "{key}", which does not exist on the level {level} ({indicators})',
      expected: 'areas of the level, and periods for which figures were delivered',
      next: 'Correct the entry; write area keys with their leading zeros.',
    },
  },
  'protect-external-differs': {
    severity: 'error',
    de: {
      found: '{source}: andere Zahlen als geliefert (Werte: {count}: {cells})',
      expected: 'dieselben Zahlen: sonst stimmen Grenzen, Stand oder Abgrenzung nicht überein, und kein Schutz lässt sich beweisen',
      next: 'Beide Quellen vergleichen; ist dort etwas anderes gezählt, den Eintrag streichen.',
    },
    en: {
      found: '{source}: other numbers than delivered (values: {count}: {cells})',
      expected: 'the same numbers: otherwise boundaries, day or definition differ, and no protection can be proven',
      next: 'Compare both sources; if something else is counted there, remove the entry.',
    },
  },
  'protect-external-exposes': {
    severity: 'warning',
    de: {
      found: '{source} veröffentlicht, was hier gesperrt wird (Werte: {count}: {cells})',
      expected: 'nirgends eine Zahl, die zu schützen ist',
      next: 'Der Atlas sperrt die Werte, schützen kann er sie nicht; mit dem Datenhalter und den Herausgebern sprechen.',
    },
    en: {
      found: '{source} publishes what is suppressed here (values: {count}: {cells})',
      expected: 'no figure anywhere that needs protection',
      next: 'The atlas suppresses these values but cannot protect them; talk to the publisher of the delivery and to those who publish them.',
    },
  },
  'protect-quality': {
    severity: 'note',
    de: {
      found: 'nicht gezeigt wegen zu kleiner Nenner: {unreliable}; wegen zu weniger Einwohner: {small}',
      expected: 'Werte, die rateFloor oder areaFloor der Lieferung unterschreiten',
      next: '',
    },
    en: {
      found: 'not shown because of small denominators: {unreliable}; because of too few inhabitants: {small}',
      expected: 'values below rateFloor or areaFloor of the delivery',
      next: '',
    },
  },
  'protect-suppressed': {
    severity: 'note',
    de: {
      found: 'gesperrte Werte ({suppressed} von {cells})',
      expected: 'so geliefert, oder Zähler, Nenner oder Rest liegen unter der Mindestfallzahl der Lieferung',
      next: '',
    },
    en: {
      found: 'suppressed values ({suppressed} of {cells})',
      expected: 'delivered so, or numerator, denominator or remainder lie below the minimum count of the delivery',
      next: '',
    },
  },
} as const satisfies ProblemCatalogue
