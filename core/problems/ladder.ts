import type { ProblemCatalogue } from '../problem.ts'

/** What would bring back figures that protection takes away. Numbers of cells and names only. */
export const ladderProblems = {
  'ladder-offers': {
    severity: 'note',
    de: {
      found: '{indicators}: sichtbar bleiben {printed} von {cells} Fallzahlen (gemessene Zeiträume: {periods} von {allPeriods})',
      expected: 'mehr ginge so, jeder Weg einzeln durchgerechnet',
      next: '{offers}',
    },
    en: {
      found: '{indicators}: {printed} of {cells} counts stay visible (periods measured: {periods} of {allPeriods})',
      expected: 'more would be possible like this, each way worked through by itself',
      next: '{offers}',
    },
  },
  'ladder-no-remedy': {
    severity: 'note',
    de: {
      found: '{indicators}: sichtbar bleiben {printed} von {cells} Fallzahlen (gemessene Zeiträume: {periods} von {allPeriods})',
      expected: 'keiner der durchgerechneten Auswege zeigt mehr',
      next: 'Auf diese Kennzahlen verzichten, oder mit dem Datenhalter über eine gröbere Lieferung sprechen.',
    },
    en: {
      found: '{indicators}: {printed} of {cells} counts stay visible (periods measured: {periods} of {allPeriods})',
      expected: 'none of the remedies that were worked through shows more',
      next: 'Do without these indicators, or talk to the publisher about a coarser delivery.',
    },
  },
  'ladder-limited': {
    severity: 'note',
    de: {
      found: 'nicht alle Auswege durchgerechnet für {families}',
      expected: 'nur die am stärksten betroffenen Kennzahlfamilien (höchstens {most}), solange die Prüfung schnell bleibt',
      next: '',
    },
    en: {
      found: 'not all remedies were worked through for {families}',
      expected: 'only the most affected families of indicators ({most} at most), as long as the check stays quick',
      next: '',
    },
  },
} as const satisfies ProblemCatalogue

/** One sentence per remedy (`pipeline/protect/remedies.ts`). */
export const remedyTexts = {
  'without-system': {
    de: 'Ohne die Ebene {levels} wären {printed} von {cells} Zahlen sichtbar statt {now}.',
    en: 'Without the level {levels}, {printed} of {cells} figures would be visible instead of {now}.',
  },
  'merged-subgroups': {
    de: 'Mit {first} und {second} als einer Untergruppe wären {printed} von {cells} Zahlen sichtbar statt {now}, die beiden nur zusammen.',
    en: 'With {first} and {second} as one subgroup, {printed} of {cells} figures would be visible instead of {now}, those two only together.',
  },
  'merged-areas': {
    de: 'Mit den Gebieten {first} und {second} der Ebene {level} als einem wären {printed} von {cells} Zahlen sichtbar statt {now}, die beiden nur zusammen; das gilt dann für immer und gehört in die Beschreibung.',
    en: 'With the areas {first} and {second} of the level {level} as one, {printed} of {cells} figures would be visible instead of {now}, those two only together; this is then for good, and belongs in the description.',
  },
  'several-years': {
    de: 'Mit Werten für je drei Jahre ({periods}) statt einzelner Jahre wären {printed} von {cells} Zahlen sichtbar statt {now}, je drei nur zusammen.',
    en: 'With values of three years each ({periods}) instead of single years, {printed} of {cells} figures would be visible instead of {now}, each three only together.',
  },
  'smaller-minimum': {
    de: 'Mit der Mindestfallzahl {to} statt {from} wären {printed} von {cells} Zahlen sichtbar statt {now}; nur mit dem Datenschutz und dem Datenhalter.',
    en: 'With the minimum count {to} instead of {from}, {printed} of {cells} figures would be visible instead of {now}; only with the data protection officer and the publisher.',
  },
  'without-leaf': {
    de: 'Ohne die unterste Ebene {level} wären {printed} von {cells} Zahlen sichtbar statt {now}.',
    en: 'Without the lowest level {level}, {printed} of {cells} figures would be visible instead of {now}.',
  },
  rounded: {
    de: 'Auf Vielfache von {base} gerundet (rules.method: round5) wären {printed} von {cells} Zahlen sichtbar statt {now}; Summen gehen dann nicht mehr auf, und der Schutz ist schwächer.',
    en: 'Rounded to multiples of {base} (rules.method: round5), {printed} of {cells} figures would be visible instead of {now}; sums no longer add up then, and the protection is weaker.',
  },
} as const
