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
  'join-lost-zeros': {
    severity: 'error',
    de: {
      found: 'den Schlüsseln fehlen die führenden Nullen: {keys} (Schlüssel: {count})',
      expected: 'Schlüssel der Ebene {level} wie {example}',
      next: 'In atlas.yaml bei der Lieferung {delivery} eintragen:\n{yaml}',
    },
    en: {
      found: 'the keys lost their leading zeros: {keys} (keys: {count})',
      expected: 'keys of the level {level} such as {example}',
      next: 'Write into atlas.yaml at the delivery {delivery}:\n{yaml}',
    },
  },
  'join-other-vintage': {
    severity: 'error',
    de: {
      found: 'die Gebiete {keys} ({names}) gibt es nur in den Grenzen „{other}“ ({otherValid}), nicht in „{level}“ ({valid}), die für {period} gelten',
      expected: 'Gebiete des Gebietsstands, der in dem Zeitraum gilt',
      next: 'Beim Datenhalter nachfragen, auf welchen Gebietsstand die Zahlen umgerechnet sind; sind es die Grenzen „{other}“, dann bei der Lieferung {delivery} eintragen: level: {other} und recomputed: true.',
    },
    en: {
      found: 'the areas {keys} ({names}) exist only in the boundaries "{other}" ({otherValid}), not in "{level}" ({valid}), which hold in {period}',
      expected: 'areas of the boundaries that hold in the period',
      next: 'Ask the publisher for which boundaries the figures were computed; if these are "{other}", then write at the delivery {delivery}: level: {other} and recomputed: true.',
    },
  },
  'join-names-for-keys': {
    severity: 'error',
    de: {
      found: 'hier stehen Namen statt Schlüssel: {keys} (Namen: {count})',
      expected: 'Schlüssel der Ebene {level}',
      next: 'In atlas.yaml bei der Lieferung {delivery} eintragen:\n{yaml}',
    },
    en: {
      found: 'there are names instead of keys: {keys} (names: {count})',
      expected: 'keys of the level {level}',
      next: 'Write into atlas.yaml at the delivery {delivery}:\n{yaml}',
    },
  },
  'join-hidden-blanks': {
    severity: 'warning',
    de: {
      found: 'Schlüssel mit Leerzeichen oder Zeichen, die man nicht sieht: {keys} (Zeilen: {count})',
      expected: 'Schlüssel ohne Leerzeichen am Rand, ohne doppelte Leerzeichen und ohne unsichtbare Zeichen',
      next: 'Die Zeilen sind trotzdem zugeordnet. In der Quelle berichtigen, damit andere Programme sie auch finden.',
    },
    en: {
      found: 'keys with blanks or marks that cannot be seen: {keys} (rows: {count})',
      expected: 'keys without blanks at the ends, double blanks and marks that have no width',
      next: 'The rows are joined all the same. Correct them at the source, so that other programs find them too.',
    },
  },
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
  'join-areas-without-row': {
    severity: 'warning',
    de: {
      found: '{matched} von {areas} Gebieten der Ebene {level} haben eine Zeile ({when}); ohne Zeile: {keys}',
      expected: 'eine Zeile je Gebiet',
      next: 'Prüfen, ob die Datei vollständig ist; ohne Zeile steht im Atlas „keine Angabe“.',
    },
    en: {
      found: '{matched} of {areas} areas of the level {level} have a row ({when}); without a row: {keys}',
      expected: 'one row per area',
      next: 'Check whether the file is complete; without a row the atlas says "not delivered".',
    },
  },
  'join-rowless-zero': {
    severity: 'note',
    de: {
      found: 'Gebiete der Ebene {level} ohne Zeile ({when}): {count} ({keys})',
      expected: 'als 0 gelesen, denn die Lieferung „{delivery}“ lässt Gebiete ohne Fälle weg (rowless: zero)',
      next: '',
    },
    en: {
      found: 'areas of the level {level} without a row ({when}): {count} ({keys})',
      expected: 'read as 0, as the delivery "{delivery}" leaves out areas without cases (rowless: zero)',
      next: '',
    },
  },
  'join-rowless-end': {
    severity: 'warning',
    de: {
      found: 'den letzten Gebieten der Ebene {level} fehlt die Zeile ({when}): {count} ({keys}); sie gelten als 0, denn die Lieferung „{delivery}“ sagt rowless: zero',
      expected: 'Gebiete ohne Fälle irgendwo in der Datei; fehlt nur das Ende, kann sie abgeschnitten sein',
      next: 'Prüfen, ob die Datei vollständig ist. Ist sie es, den Hinweis unter accepted mit einem Grund annehmen.',
    },
    en: {
      found: 'the last areas of the level {level} have no row ({when}): {count} ({keys}); they count as 0, as the delivery "{delivery}" says rowless: zero',
      expected: 'areas without cases anywhere in the file; where only the end is missing, it may be cut off',
      next: 'Check whether the file is complete. If it is, accept the finding with a reason under accepted.',
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
      found: '„{text}“ lässt sich auf zwei Arten lesen{readings} (Zellen: {count})',
      expected: 'eine eindeutige Zahl',
      next: 'In dialect der Lieferung angeben, was gilt: in deutscher Schreibweise decimal: \',\' und thousands: \'.\', in englischer decimal: \'.\' und thousands: \',\'.',
    },
    en: {
      found: '"{text}" can be read in two ways{readings} (cells: {count})',
      expected: 'an unambiguous number',
      next: 'Say in the dialect of the delivery what holds: decimal: \',\' and thousands: \'.\' as Germans write, decimal: \'.\' and thousands: \',\' as the English do.',
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
