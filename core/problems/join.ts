import type { ProblemCatalogue } from '../problem.ts'

/** What can go wrong between a table, its periods and the areas. */
export const joinProblems = {
  'join-rows-without-area': {
    severity: 'error',
    de: {
      found: '{used} von {rows} Zeilen zugeordnet; Zeilen ohne Gebiet: {keys}',
      expected: 'Schlüssel der Ebene {level}, zum Beispiel {examples}',
      next: '{guess}',
    },
    en: {
      found: '{used} of {rows} rows used; rows without an area: {keys}',
      expected: 'keys of the level {level}, for example {examples}',
      next: '{guess}',
    },
  },
  'join-areas-without-row': {
    severity: 'warning',
    de: {
      found: '{matched} von {areas} Gebieten der Ebene {level} haben eine Zeile ({periods}); ohne Zeile: {keys}',
      expected: 'eine Zeile je Gebiet',
      next: 'Prüfen, ob die Datei vollständig ist; ohne Zeile steht im Atlas „keine Angabe“.',
    },
    en: {
      found: '{matched} of {areas} areas of the level {level} have a row ({periods}); without a row: {keys}',
      expected: 'one row per area',
      next: 'Check whether the file is complete; without a row the atlas says "not delivered".',
    },
  },
  'join-blank-key': {
    severity: 'error',
    de: {
      found: 'Zeilen ohne Gebietsschlüssel in der Spalte „{column}“: {count}',
      expected: 'ein Schlüssel in jeder Zeile',
      next: 'Sind es Fälle ohne Zuordnung, dann in der Lieferung unassigned: [\'\'] eintragen; sonst die Schlüssel ergänzen.',
    },
    en: {
      found: 'rows without an area key in the column "{column}": {count}',
      expected: 'a key in every row',
      next: 'If these are cases without an area, write unassigned: [\'\'] in the delivery; else add the keys.',
    },
  },
  'join-footnote': {
    severity: 'note',
    de: {
      found: 'Zeilen, die nur eine Anmerkung enthalten ({count})',
      expected: 'sie werden übergangen',
      next: '',
    },
    en: {
      found: 'rows that hold a remark only ({count})',
      expected: 'they are passed over',
      next: '',
    },
  },
  'join-unused-look-up': {
    severity: 'error',
    de: {
      found: 'in der Spalte „{column}“ kommt nicht vor: {texts}',
      expected: 'jeder Text aus lookUp der Lieferung mindestens einmal',
      next: 'Die Schreibweise in lookUp mit der Datei vergleichen, oder den Eintrag entfernen.',
    },
    en: {
      found: 'the column "{column}" never says: {texts}',
      expected: 'every text of the delivery\'s lookUp at least once',
      next: 'Compare the spelling in lookUp with the file, or remove the entry.',
    },
  },
  'join-number-out-of-range': {
    severity: 'error',
    de: {
      found: 'die Zahl „{text}“ ist zu groß, um genau gelesen zu werden (Zellen: {count})',
      expected: 'höchstens 15 Ziffern',
      next: 'Die Zelle berichtigen; vielleicht steht dort ein Schlüssel.',
    },
    en: {
      found: 'the number "{text}" is too large to be read exactly (cells: {count})',
      expected: 'at most 15 digits',
      next: 'Correct the cell; perhaps it holds a key.',
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
  'join-reference-level': {
    severity: 'error',
    de: {
      found: 'die Ebene {level} (referenceLevel) hat {areas} Gebiete',
      expected: 'genau ein Gebiet: die ganze Kommune',
      next: 'Als referenceLevel die Ebene der ganzen Kommune angeben, zum Beispiel eine mit dissolve.',
    },
    en: {
      found: 'the level {level} (referenceLevel) has {areas} areas',
      expected: 'exactly one area: the whole municipality',
      next: 'Name the level of the whole municipality as referenceLevel, for example one made with dissolve.',
    },
  },
  'join-unassigned': {
    severity: 'note',
    de: {
      found: 'Zeilen ohne Zuordnung zu einem Gebiet ({count})',
      expected: 'sie zählen nur für die oberen Ebenen',
      next: '',
    },
    en: {
      found: 'rows not assigned to an area ({count})',
      expected: 'they count for the upper levels only',
      next: '',
    },
  },
  'join-unknown-sign': {
    severity: 'error',
    de: {
      found: 'unbekanntes Zeichen „{text}“ (Zellen: {count})',
      expected: 'eine Zahl oder ein Zeichen der Zeichenerklärung ({legend})',
      next: 'Das Zeichen in legend der Lieferung erklären oder die Zelle berichtigen.',
    },
    en: {
      found: 'unknown sign "{text}" (cells: {count})',
      expected: 'a number or a sign of the legend ({legend})',
      next: 'Explain the sign in the legend of the delivery, or correct the cell.',
    },
  },
  'join-blank-cell': {
    severity: 'error',
    de: {
      found: 'leere Zellen: {count}',
      expected: 'eine Zahl oder ein Zeichen; eine leere Zelle ist keine Null',
      next: 'In legend der Lieferung sagen, was leer bedeutet, zum Beispiel \'\': not-delivered oder \'\': suppressed.',
    },
    en: {
      found: 'blank cells: {count}',
      expected: 'a number or a sign; a blank is not a zero',
      next: 'Say in the legend of the delivery what a blank means, for example \'\': not-delivered or \'\': suppressed.',
    },
  },
  'join-ambiguous-number': {
    severity: 'error',
    de: {
      found: '„{text}“ lässt sich auf zwei Arten lesen (Zellen: {count})',
      expected: 'eine eindeutige Zahl',
      next: 'In dialect der Lieferung angeben, was Punkt und Komma bedeuten: decimal: \',\' und thousands: \'.\'.',
    },
    en: {
      found: '"{text}" can be read in two ways (cells: {count})',
      expected: 'an unambiguous number',
      next: 'Say in the dialect of the delivery what point and comma mean: decimal: \',\' and thousands: \'.\'.',
    },
  },
  'join-negative-count': {
    severity: 'error',
    de: {
      found: 'die Fallzahl „{text}“ ist negativ',
      expected: 'null oder mehr',
      next: 'Die Zelle berichtigen; Salden werden aus Zugang und Abgang gerechnet (numerator und minus).',
    },
    en: {
      found: 'the count "{text}" is below zero',
      expected: 'zero or more',
      next: 'Correct the cell; balances are computed from additions and departures (numerator and minus).',
    },
  },
  'join-fractional-count': {
    severity: 'error',
    de: {
      found: 'die Fallzahl „{text}“ hat Nachkommastellen',
      expected: 'eine ganze Zahl',
      next: 'Die Zelle berichtigen, oder den Indikator als kind: measure führen, wenn er keine Zählung ist.',
    },
    en: {
      found: 'the count "{text}" is not whole',
      expected: 'a whole number',
      next: 'Correct the cell, or make the indicator kind: measure if it is not a count.',
    },
  },
  'join-two-values': {
    severity: 'error',
    de: {
      found: 'zwei Werte für {indicator}, Gebiet {area}, {period} (der erste in {first})',
      expected: 'ein Wert je Gebiet und Zeitraum',
      next: 'Eine der beiden Zeilen entfernen.',
    },
    en: {
      found: 'two values for {indicator}, area {area}, {period} (the first in {first})',
      expected: 'one value per area and period',
      next: 'Remove one of the two rows.',
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
      found: 'Summe der Gebiete {sum} ≠ Summenzeile {total} ({indicator}, {period})',
      expected: 'dieselbe Zahl',
      next: 'Prüfen, ob Fälle ohne Zuordnung fehlen ({difference}) oder eine Zeile falsch ist.',
    },
    en: {
      found: 'sum of the areas {sum} ≠ totals row {total} ({indicator}, {period})',
      expected: 'the same number',
      next: 'Check whether cases without an area are missing ({difference}) or a row is wrong.',
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
  'join-duplicate-area-key': {
    severity: 'error',
    de: {
      found: 'der Schlüssel „{key}“ kommt in den Grenzen {count}-mal vor (Datensätze {records})',
      expected: 'jeder Schlüssel nur einmal',
      next: 'Den Schlüssel berichtigen, oder merge: true angeben, wenn die Datensätze Teile eines Gebiets sind.',
    },
    en: {
      found: 'the key "{key}" stands {count} times in the boundaries (records {records})',
      expected: 'every key once',
      next: 'Correct the key, or say merge: true if the records are parts of one area.',
    },
  },
  'join-invalid-area-key': {
    severity: 'error',
    de: {
      found: 'der Gebietsschlüssel ist „{key}“',
      expected: '1 bis 60 Zeichen aus Buchstaben, Ziffern, _ und -',
      next: 'Den Schlüssel in der Datei ergänzen oder in key mit prefix, extract oder lookUp umformen.',
    },
    en: {
      found: 'the area key is "{key}"',
      expected: '1 to 60 letters, digits, _ and -',
      next: 'Add the key in the file, or transform it in key with prefix, extract or lookUp.',
    },
  },
  'join-unknown-parent': {
    severity: 'error',
    de: {
      found: 'das Gebiet „{area}“ gehört zu „{parent}“, das es auf der Ebene {level} nicht gibt',
      expected: 'ein Gebiet der Ebene {level}, zum Beispiel {examples}',
      next: 'parentKey der Grenzen berichtigen.',
    },
    en: {
      found: 'the area "{area}" belongs to "{parent}", which the level {level} lacks',
      expected: 'an area of the level {level}, for example {examples}',
      next: 'Correct parentKey of the boundaries.',
    },
  },
  'join-missing-parent-key': {
    severity: 'error',
    de: {
      found: 'die Ebene {level} hat mehrere übergeordnete Gebiete, aber keinen parentKey',
      expected: 'parentKey: Spalte mit dem Schlüssel des übergeordneten Gebiets',
      next: 'parentKey in boundaries ergänzen.',
    },
    en: {
      found: 'the level {level} has several areas above it, but no parentKey',
      expected: 'parentKey: column with the key of the area above',
      next: 'Add parentKey to boundaries.',
    },
  },
} as const satisfies ProblemCatalogue
