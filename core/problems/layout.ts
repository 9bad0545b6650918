import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the shape of a table: its heads, its signs, its numbers, its rows. */
export const layoutProblems = {
  'layout-detected': {
    severity: 'note',
    de: {
      found: 'gelesen {reading}',
      expected: 'stimmt das nicht, dann in dialect der Lieferung angeben, was gilt',
      next: '',
    },
    en: {
      found: 'read {reading}',
      expected: 'if that is wrong, say in the dialect of the delivery what holds',
      next: '',
    },
  },
  'layout-two-encodings': {
    severity: 'error',
    de: {
      found: 'die Umlaute passen zu zwei Zeichensätzen: „{firstWord}“ in Zeile {firstLine} zu {first}, „{secondWord}“ in Zeile {secondLine} zu {second}',
      expected: 'eine Datei in einem Zeichensatz',
      next: 'Wurde die Datei aus zwei Quellen zusammengesetzt, dann neu als UTF-8 speichern; gilt einer von beiden, dann angeben: dialect: { encoding: {first} }.',
    },
    en: {
      found: 'the umlauts fit two character sets: "{firstWord}" in line {firstLine} fits {first}, "{secondWord}" in line {secondLine} fits {second}',
      expected: 'a file in one character set',
      next: 'If the file was put together from two sources, save it anew as UTF-8; if one of them holds, say so: dialect: { encoding: {first} }.',
    },
  },
  'layout-two-delimiters': {
    severity: 'error',
    de: {
      found: 'die Zeilen lassen sich an „{first}“ und an „{second}“ in gleich viele Felder teilen',
      expected: 'ein Zeichen, das die Felder trennt',
      next: 'In dialect der Lieferung das richtige angeben: delimiter: \'{first}\' oder delimiter: \'{second}\'.',
    },
    en: {
      found: 'the lines can be cut at "{first}" and at "{second}" into equally many fields',
      expected: 'one sign that separates the fields',
      next: 'Name the right one in the dialect of the delivery: delimiter: \'{first}\' or delimiter: \'{second}\'.',
    },
  },
  'layout-contradicting-numbers': {
    severity: 'error',
    de: {
      found: 'die Zahlen widersprechen sich: „{point}“ ({pointPlace}) hat einen Dezimalpunkt, „{comma}“ ({commaPlace}) ein Dezimalkomma',
      expected: 'Zahlen mit einem einzigen Dezimalzeichen',
      next: 'Die Zellen angleichen lassen, oder in dialect der Lieferung decimal: \',\' oder decimal: \'.\' angeben; was dazu nicht passt, wird dann einzeln genannt.',
    },
    en: {
      found: 'the numbers contradict each other: "{point}" ({pointPlace}) has a decimal point, "{comma}" ({commaPlace}) a decimal comma',
      expected: 'numbers with a single decimal sign',
      next: 'Have the cells aligned, or give decimal: \',\' or decimal: \'.\' in the dialect of the delivery; what does not fit is then named one by one.',
    },
  },
  'layout-sheet-by-heads': {
    severity: 'note',
    de: {
      found: 'gelesen ist das Blatt „{sheet}“ von {sheets}, weil nur dort alle genannten Spalten stehen',
      expected: 'ein anderes wird mit sheet in dialect angegeben',
      next: '',
    },
    en: {
      found: 'the sheet "{sheet}" of {sheets} was read, because only there all the named columns are',
      expected: 'another one is named with sheet in dialect',
      next: '',
    },
  },
  'layout-sheets-left-out': {
    severity: 'note',
    de: {
      found: 'diese Blätter nennen keinen Zeitraum und sind nicht gelesen: {sheets}',
      expected: 'welche gelesen werden, kann sheets in dialect sagen',
      next: '',
    },
    en: {
      found: 'these sheets name no period and were not read: {sheets}',
      expected: 'sheets in dialect can say which are read',
      next: '',
    },
  },
  'layout-no-period-sheets': {
    severity: 'error',
    de: {
      found: 'kein Blatt nennt einen Zeitraum: {sheets}',
      expected: 'Blätter wie „2023“ oder „Stand 31.12.2023“, weil period in: sheet angegeben ist',
      next: 'In period der Lieferung mit extract sagen, wo der Zeitraum im Namen steht, zum Beispiel extract: \'(\\d{4})\'.',
    },
    en: {
      found: 'no sheet names a period: {sheets}',
      expected: 'sheets such as "2023" or "Stand 31.12.2023", since period says in: sheet',
      next: 'Say with extract in period of the delivery where the period stands in the name, for example extract: \'(\\d{4})\'.',
    },
  },
  'layout-no-period-in-name': {
    severity: 'error',
    de: {
      found: 'der Name „{name}“ nennt keinen Zeitraum',
      expected: 'ein Name mit Jahr oder Tag, zum Beispiel sgb2_2023',
      next: 'Mit extract in period der Lieferung sagen, wo der Zeitraum steht, oder ihn bei der Datei angeben: files: [{ file: …, period: 2023 }].',
    },
    en: {
      found: 'the name "{name}" names no period',
      expected: 'a name with a year or a day, for example sgb2_2023',
      next: 'Say with extract in period of the delivery where the period stands, or give it at the file: files: [{ file: …, period: 2023 }].',
    },
  },
  'layout-two-periods-in-name': {
    severity: 'error',
    de: {
      found: 'der Name „{name}“ nennt mehrere Zeiträume',
      expected: 'ein Name mit einem einzigen Jahr oder Tag',
      next: 'Mit extract in period der Lieferung sagen, welcher gilt, oder ihn bei der Datei angeben: files: [{ file: …, period: 2023 }].',
    },
    en: {
      found: 'the name "{name}" names several periods',
      expected: 'a name with a single year or day',
      next: 'Say with extract in period of the delivery which one holds, or give it at the file: files: [{ file: …, period: 2023 }].',
    },
  },
  'layout-no-period-heads': {
    severity: 'error',
    de: {
      found: 'kein Spaltenkopf nennt einen Zeitraum: {heads}',
      expected: 'Köpfe wie „2023“, „31.12.2023“ oder „Einwohner 2023“, weil period in: head angegeben ist',
      next: 'Prüfen, ob headLine auf die Zeile mit den Jahren zeigt; stehen sie anders da, mit extract in period sagen, wo.',
    },
    en: {
      found: 'no column head names a period: {heads}',
      expected: 'heads such as "2023", "31.12.2023" or "Einwohner 2023", since period says in: head',
      next: 'Check whether headLine points at the line with the years; if they are written otherwise, say with extract in period where.',
    },
  },
  'layout-two-periods': {
    severity: 'error',
    de: {
      found: 'Spaltenköpfe nennen mehr als einen Zeitraum: {heads}',
      expected: 'ein Zeitraum je Kopf',
      next: 'Mit extract in period der Lieferung sagen, welcher gilt, zum Beispiel extract: \'^(\\d{4})\'.',
    },
    en: {
      found: 'column heads name more than one period: {heads}',
      expected: 'one period per head',
      next: 'Say with extract in period of the delivery which one holds, for example extract: \'^(\\d{4})\'.',
    },
  },
  'layout-twice-a-period': {
    severity: 'error',
    de: {
      found: 'zwei Spalten sagen dasselbe über {period}: noch einmal „{head}“',
      expected: 'eine Spalte je Merkmal und Zeitraum',
      next: 'Die Spaltenköpfe in der Tabelle so umbenennen, dass sie sich unterscheiden; bei Köpfen in mehreren Zeilen headRows in dialect prüfen.',
    },
    en: {
      found: 'two columns say the same of {period}: "{head}" again',
      expected: 'one column per attribute and period',
      next: 'Rename the column heads in the table so that they differ; for heads in several lines check headRows in dialect.',
    },
  },
  'layout-head-without-period': {
    severity: 'error',
    de: {
      found: 'diese Wertspalten nennen keinen Zeitraum: {heads}',
      expected: 'ein Zeitraum in jedem Kopf, denn ein Wert gilt nicht für alle Jahre',
      next: 'Die Spalte in einer eigenen Lieferung mit ihrem Zeitraum (period: { value: … }) angeben.',
    },
    en: {
      found: 'these columns of values name no period: {heads}',
      expected: 'a period in every head, since a value does not hold for all years',
      next: 'Name the column in a delivery of its own with its period (period: { value: … }).',
    },
  },
  'layout-other-depths': {
    severity: 'note',
    de: {
      found: 'Zeilen, die anders eingerückt sind als die Gebiete (Stufe {depth}), sind ausgelassen ({count}): {labels}',
      expected: 'es sind Zwischensummen; eine andere Stufe gibt indent in area an, ab 0',
      next: '',
    },
    en: {
      found: 'rows indented otherwise than the areas (depth {depth}) are left out ({count}): {labels}',
      expected: 'they are subtotals; indent in area names another depth, from 0',
      next: '',
    },
  },
  'layout-no-such-depth': {
    severity: 'error',
    de: {
      found: 'die Tabelle hat nur {depths} Stufen der Einrückung, area nennt indent: {stated}; eingerückt ist zum Beispiel „{example}“',
      expected: 'eine Stufe ab 0, die vorkommt',
      next: 'indent in area der Lieferung berichtigen; 0 steht am Rand.',
    },
    en: {
      found: 'the table has only {depths} depths of indentation, area says indent: {stated}; a row is "{example}"',
      expected: 'a depth, from 0, that occurs',
      next: 'Correct indent in area of the delivery; 0 stands at the edge.',
    },
  },
  'layout-footnote': {
    severity: 'note',
    de: {
      found: 'Werte mit der Fußnote {mark}, zum Beispiel „{text}“ (Zellen: {count}), sind ohne das Zeichen gelesen',
      expected: '„{footnote}“',
      next: '',
    },
    en: {
      found: 'values with the footnote {mark}, for example "{text}" (cells: {count}), were read without the mark',
      expected: '"{footnote}"',
      next: '',
    },
  },
  'layout-footnote-unexplained': {
    severity: 'warning',
    de: {
      found: 'Werte mit der Fußnote {mark}, zum Beispiel „{text}“ (Zellen: {count}), die unter der Tabelle nicht erklärt ist',
      expected: 'eine Zeile, die mit {mark} beginnt',
      next: 'Die Zahl ist ohne das Zeichen gelesen. Beim Datenhalter nachfragen, was die Fußnote sagt.',
    },
    en: {
      found: 'values with the footnote {mark}, for example "{text}" (cells: {count}), which is not explained below the table',
      expected: 'a line that begins with {mark}',
      next: 'The number was read without the mark. Ask the publisher what the footnote says.',
    },
  },
  'layout-blank-labels': {
    severity: 'warning',
    de: {
      found: 'in der Spalte „{column}“ sind {count} Felder leer (Zeilen {lines}), als stünde das Gebiet nur in der ersten seiner Zeilen',
      expected: 'ein Gebiet in jeder Zeile',
      next: 'Gilt der Text darüber auch für die leeren Felder, dann in der Lieferung angeben: dialect: { fillDown: [\'{column}\'] }.',
    },
    en: {
      found: 'in the column "{column}" {count} fields are blank (lines {lines}), as if the area stood only in the first of its rows',
      expected: 'an area in every row',
      next: 'If the text above holds for the blank fields too, say so in the delivery: dialect: { fillDown: [\'{column}\'] }.',
    },
  },
  'layout-periods-in-heads': {
    severity: 'warning',
    de: {
      found: 'eine Spalte „{column}“ gibt es nicht, aber die Spaltenköpfe nennen Zeiträume: {heads}',
      expected: 'die Stelle, an der der Zeitraum steht',
      next: 'Sind es die Zeiträume der Werte, dann in der Lieferung angeben: period: { in: head }; die Spalten heißen dann wie der Rest ihres Kopfes, ohne Rest „Wert“.',
    },
    en: {
      found: 'there is no column "{column}", but the column heads name periods: {heads}',
      expected: 'the place where the period stands',
      next: 'If these are the periods of the values, say so in the delivery: period: { in: head }; the columns are then called by the rest of their heads, "Wert" without one.',
    },
  },
  'layout-total-row': {
    severity: 'note',
    de: {
      found: 'die Zeile „{label}“ ist als Summe erkannt',
      expected: 'sie wird mit den Gebieten verglichen und nicht verknüpft',
      next: '',
    },
    en: {
      found: 'the row "{label}" was recognised as a total',
      expected: 'it is compared with the areas and not joined',
      next: '',
    },
  },
} as const satisfies ProblemCatalogue
