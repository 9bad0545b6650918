import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with a street list. */
export const streetsProblems = {
  'streets-overlap': {
    severity: 'error',
    de: {
      found: 'Hausnummern, die zwei Gebieten zugeordnet sind: {examples}',
      expected: 'jede Hausnummer in genau einem Gebiet',
      next: 'Im Straßenverzeichnis eine der Zeilen berichtigen; gerade und ungerade Seite stehen in getrennten Zeilen.',
    },
    en: {
      found: 'house numbers that belong to two areas: {examples}',
      expected: 'each house number in exactly one area',
      next: 'Correct one of the rows of the street list; the even and the odd side stand in rows of their own.',
    },
  },
  'streets-whole-and-ranges': {
    severity: 'error',
    de: {
      found: 'Straßen, die einmal ganz und einmal nach Hausnummern zugeordnet sind: {examples}',
      expected: 'entweder eine Zeile für die ganze Straße oder Zeilen mit Hausnummern',
      next: 'In der Zeile ohne Hausnummern „von“ und „bis“ nachtragen oder sie löschen.',
    },
    en: {
      found: 'streets that are assigned as a whole and by house numbers too: {examples}',
      expected: 'either one row for the whole street or rows with house numbers',
      next: 'Fill the bounds in the row without house numbers, or delete it.',
    },
  },
  'streets-twice': {
    severity: 'warning',
    de: {
      found: 'Hausnummern, die zweimal demselben Gebiet zugeordnet sind: {examples}',
      expected: 'jede Hausnummer einmal',
      next: 'Die doppelte Zeile löschen; oft ist in einer von beiden eine Nummer oder die Seite verschrieben.',
    },
    en: {
      found: 'house numbers that are assigned to the same area twice: {examples}',
      expected: 'each house number once',
      next: 'Delete the second row; often a number or the side is misspelt in one of them.',
    },
  },
  'streets-gap': {
    severity: 'warning',
    de: {
      found: 'Hausnummern ohne Gebiet zwischen zwei Zeilen einer Straße: {examples}',
      expected: 'ein Anschluss ohne Lücke, denn neue Häuser entstehen auch dazwischen',
      next: 'Die Bereiche aneinander anschließen. Wer dort wohnt, zählt sonst als nicht zugeordnet.',
    },
    en: {
      found: 'house numbers without an area between two rows of a street: {examples}',
      expected: 'ranges that join without a gap, since houses are built in between too',
      next: 'Let the ranges join. Whoever lives there counts as unassigned otherwise.',
    },
  },
  'streets-one-side': {
    severity: 'warning',
    de: {
      found: 'Straßen, von denen nur eine Seite zugeordnet ist: {examples}',
      expected: 'gerade und ungerade Nummern',
      next: 'Die andere Seite nachtragen, oder „alle“ eintragen, wenn beide Seiten in dasselbe Gebiet gehören.',
    },
    en: {
      found: 'streets of which one side only is assigned: {examples}',
      expected: 'even and odd numbers',
      next: 'Add the other side, or write "alle" where both sides belong to the same area.',
    },
  },
  'streets-reversed': {
    severity: 'error',
    de: {
      found: 'Bereiche, deren erste Hausnummer größer ist als die letzte: {examples}',
      expected: 'von der kleineren zur größeren Nummer',
      next: 'Die beiden Nummern tauschen, wenn sie nur vertauscht sind.',
    },
    en: {
      found: 'ranges whose first house number is larger than the last: {examples}',
      expected: 'from the smaller to the larger number',
      next: 'Swap the two numbers if they are only swapped.',
    },
  },
  'streets-unreadable-number': {
    severity: 'error',
    de: {
      found: 'unlesbare Hausnummern im Straßenverzeichnis: {examples}',
      expected: 'eine Zahl mit höchstens einem Buchstaben, 12 oder 12a',
      next: 'Die Nummern berichtigen; Excel macht aus „1-3“ gern ein Datum.',
    },
    en: {
      found: 'unreadable house numbers in the street list: {examples}',
      expected: 'a number with one letter at most, 12 or 12a',
      next: 'Correct the numbers; Excel likes to make a date of "1-3".',
    },
  },
  'streets-unknown-side': {
    severity: 'error',
    de: {
      found: 'unbekannte Angaben zur Straßenseite: {examples}',
      expected: 'gerade, ungerade, alle (g, u, a) oder ein leeres Feld',
      next: 'Die Angaben berichtigen. „links“ und „rechts“ sagen nicht, welche Nummern dort liegen.',
    },
    en: {
      found: 'unknown sides of a street: {examples}',
      expected: 'gerade, ungerade, alle (g, u, a; even, odd, all) or a blank field',
      next: 'Correct them. Left and right do not say which numbers are there.',
    },
  },
  'streets-blank': {
    severity: 'error',
    de: {
      found: 'Zeilen ohne Straße oder ohne Gebiet: {examples}',
      expected: 'beides in jeder Zeile',
      next: 'Die Zeilen ergänzen oder löschen.',
    },
    en: {
      found: 'rows without a street or without an area: {examples}',
      expected: 'both in every row',
      next: 'Complete the rows or delete them.',
    },
  },
  'streets-unknown-area': {
    severity: 'error',
    de: {
      found: 'Zeilen mit einem Gebiet, das es in den Grenzen nicht gibt ({count}): {keys}',
      expected: 'Gebietsschlüssel wie {examples}',
      next: 'Die Schlüssel berichtigen; fehlen nur führende Nullen, hilft pad in area der Lieferung.',
    },
    en: {
      found: 'rows with an area that the boundaries do not have ({count}): {keys}',
      expected: 'area keys such as {examples}',
      next: 'Correct the keys; where only leading zeros are lost, pad in area of the delivery helps.',
    },
  },
  'streets-unmatched': {
    severity: 'warning',
    de: {
      found: 'Zeilen, deren Adresse das Straßenverzeichnis „{list}“ nicht kennt: {count}; Straßen: {streets}',
      expected: 'jede Straße und Hausnummer im Verzeichnis',
      next: 'Das Verzeichnis ergänzen (neue Straße, andere Schreibweise, Hausnummer außerhalb der Bereiche). Bis dahin zählen diese Zeilen nur für obere Ebenen.',
    },
    en: {
      found: 'rows whose address the street list "{list}" does not know: {count}; streets: {streets}',
      expected: 'every street and house number in the list',
      next: 'Complete the list (new street, other spelling, number outside of the ranges). Until then these rows count for upper levels only.',
    },
  },
} as const satisfies ProblemCatalogue
