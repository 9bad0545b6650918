import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the text in a value cell. */
export const joinCellProblems = {
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
} as const satisfies ProblemCatalogue
