import type { ProblemCatalogue } from '../problem.ts'

/** What can go wrong between the rows of a table and the areas of a level. */
export const joinAreaProblems = {
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
