import type { ProblemCatalogue } from '../problem.ts'

/** What can go wrong between a table and the atlas: its columns, its periods, its totals. */
export const joinProblems = {
  'join-renamed-column': {
    severity: 'error',
    de: {
      found: 'in der Lieferung „{title}“ fehlt die Spalte „{column}“; gefunden: {found}',
      expected: 'eine Spalte mit genau diesem Namen',
      next: 'Heißt sie jetzt „{guess}“, dann in atlas.yaml bei der Lieferung {delivery} eintragen:\n{yaml}',
    },
    en: {
      found: 'the delivery "{title}" lacks the column "{column}"; found {found}',
      expected: 'a column of exactly this name',
      next: 'If it is called "{guess}" now, write into atlas.yaml at the delivery {delivery}:\n{yaml}',
    },
  },
  'join-cut-off': {
    severity: 'warning',
    de: {
      found: '{matched} von {areas} Gebieten der Ebene {level} haben eine Zeile ({when}), die letzten {missing} fehlen (von {first} bis {last}): die Datei ist wohl abgeschnitten',
      expected: 'eine Zeile je Gebiet',
      next: 'Die Datei neu anfordern oder neu ausgeben; ohne Zeile steht im Atlas „keine Angabe“.',
    },
    en: {
      found: '{matched} of {areas} areas of the level {level} have a row ({when}), the last {missing} are missing (from {first} to {last}): the file was probably cut off',
      expected: 'one row per area',
      next: 'Ask for the file again or export it anew; without a row the atlas says "not delivered".',
    },
  },
  'join-no-figures': {
    severity: 'error',
    de: {
      found: 'keine einzige Zahl wurde gelesen',
      expected: 'mindestens ein Wert für einen Indikator',
      next: 'In den Lieferungen prüfen, ob columns oder lookUp die richtigen Indikatoren nennen.',
    },
    en: {
      found: 'not a single figure was read',
      expected: 'at least one value of an indicator',
      next: 'Check in the deliveries whether columns or lookUp name the right indicators.',
    },
  },
  'join-unreadable-period': {
    severity: 'error',
    de: {
      found: '„{text}“ in der Spalte „{column}“ ist kein Zeitraum',
      expected: '2024-12-31, 2024, 2024-q1, 2024-25 oder 2022-2024',
      next: 'In period der Lieferung template oder lookUp angeben, zum Beispiel template: \'{}-12-31\'.',
    },
    en: {
      found: '"{text}" in the column "{column}" is not a period',
      expected: '2024-12-31, 2024, 2024-q1, 2024-25 or 2022-2024',
      next: 'Give template or lookUp in period of the delivery, for example template: \'{}-12-31\'.',
    },
  },
  'join-vintage-mismatch': {
    severity: 'error',
    de: {
      found: 'Werte für {period}, aber die Grenzen „{level}“ gelten {valid}',
      expected: 'Grenzen, die in dem Zeitraum gelten{other}',
      next: 'Die Ebene mit dem passenden Gebietsstand angeben, oder recomputed: true, wenn die Werte auf diese Grenzen umgerechnet sind.',
    },
    en: {
      found: 'values for {period}, but the boundaries "{level}" hold {valid}',
      expected: 'boundaries that hold in the period{other}',
      next: 'Name the level of the right vintage, or recomputed: true if the values were recomputed for these boundaries.',
    },
  },
  'join-total-differs': {
    severity: 'warning',
    de: {
      found: '{label}, {when}: Summe {parts} {sum} ≠ {name} {total} ({difference})',
      expected: 'dieselbe Zahl',
      next: 'Beim Datenhalter nachfragen, ob Fälle ohne Zuordnung fehlen (dann als eigene Zeile liefern lassen und unter unassigned nennen) oder eine Zeile falsch ist.',
    },
    en: {
      found: '{label}, {when}: sum of {parts} {sum} ≠ {name} {total} ({difference})',
      expected: 'the same number',
      next: 'Ask the publisher whether cases without an area are missing (then have them delivered as a row of their own and name it under unassigned) or a row is wrong.',
    },
  },
  'join-empty-table': {
    severity: 'error',
    de: {
      found: 'die Tabelle hat keine einzige Zeile, die verwendet wurde',
      expected: 'mindestens eine Zeile mit einem Gebiet',
      next: 'Prüfen, ob headLine auf die Zeile mit den Spaltenköpfen zeigt und area die richtige Spalte nennt.',
    },
    en: {
      found: 'no row of the table was used',
      expected: 'at least one row with an area',
      next: 'Check whether headLine points at the line with the column heads, and area names the right column.',
    },
  },
} as const satisfies ProblemCatalogue
