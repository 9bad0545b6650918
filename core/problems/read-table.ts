import type { ProblemCatalogue } from '../problem.ts'
import { readWorkbookProblems } from './read-workbook.ts'

/** What can be wrong with a delivered table, whatever its format, and with a text file. */
export const readTableProblems = {
  ...readWorkbookProblems,
  'read-no-text': {
    severity: 'error',
    de: {
      found: 'die Datei enthält keinen Text, sondern Binärdaten',
      expected: 'eine Tabelle als CSV, .xlsx, .xls oder .ods',
      next: 'Die Tabelle im Ursprungsprogramm als CSV oder als .xlsx speichern.',
    },
    en: {
      found: 'the file holds no text but binary data',
      expected: 'a table as CSV, .xlsx, .xls or .ods',
      next: 'Save the table in the original program as CSV or as .xlsx.',
    },
  },
  'read-html-table': {
    severity: 'error',
    de: {
      found: 'die Datei ist eine Internetseite (HTML oder XML), auch wenn sie anders heißt',
      expected: 'eine Tabelle als CSV, .xlsx, .xls oder .ods',
      next: 'Die Datei in Excel öffnen und mit „Speichern unter“ als .xlsx speichern.',
    },
    en: {
      found: 'the file is a web page (HTML or XML), whatever its name says',
      expected: 'a table as CSV, .xlsx, .xls or .ods',
      next: 'Open the file in Excel and save it as .xlsx.',
    },
  },
  'read-packed-table': {
    severity: 'error',
    de: {
      found: 'die Datei ist gepackt (gzip)',
      expected: 'eine Tabelle als CSV, .xlsx, .xls oder .ods',
      next: 'Die Datei auspacken und die Tabelle angeben; gepackt gelesen werden nur Gitterdaten (grid in der Lieferung).',
    },
    en: {
      found: 'the file is packed (gzip)',
      expected: 'a table as CSV, .xlsx, .xls or .ods',
      next: 'Unpack the file and name the table; only grid data are read as they are packed (grid in the delivery).',
    },
  },
  'read-line-too-long': {
    severity: 'error',
    de: {
      found: 'die Zeile ist {size} MB lang und endet nicht',
      expected: 'Zeilen von höchstens {limit} MB',
      next: 'Die Tabelle im Ursprungsprogramm neu ausgeben, mit einer Zeile je Datensatz.',
    },
    en: {
      found: 'the line is {size} MB long without an end',
      expected: 'lines of at most {limit} MB',
      next: 'Export the table again from the original program, one line per record.',
    },
  },
  'read-unknown-table-format': {
    severity: 'error',
    de: {
      found: 'die Datei ist ein Archiv, aber keine Arbeitsmappe',
      expected: 'eine Tabelle als CSV, .xlsx, .xls oder .ods',
      next: 'Das Archiv auspacken und die Tabelle darin angeben.',
    },
    en: {
      found: 'the file is an archive but no workbook',
      expected: 'a table as CSV, .xlsx, .xls or .ods',
      next: 'Unpack the archive and name the table in it.',
    },
  },
  'read-head-beyond-end': {
    severity: 'error',
    de: {
      found: 'die Spaltenköpfe sollen in Zeile {headLine} stehen, die Datei endet aber mit Zeile {lines}',
      expected: 'eine Zeile, die es gibt',
      next: 'Den Eintrag headLine in atlas.yaml berichtigen.',
    },
    en: {
      found: 'the column heads are said to stand in line {headLine}, but the file ends with line {lines}',
      expected: 'a line that exists',
      next: 'Correct headLine in atlas.yaml.',
    },
  },
  'read-blank-head': {
    severity: 'error',
    de: {
      found: 'in Zeile {headLine} stehen keine Spaltenköpfe, sie ist leer',
      expected: 'die Zeile mit den Spaltenköpfen',
      next: 'Den Eintrag headLine in atlas.yaml auf die Zeile mit den Spaltenköpfen setzen.',
    },
    en: {
      found: 'line {headLine} holds no column heads, it is blank',
      expected: 'the line with the column heads',
      next: 'Set headLine in atlas.yaml to the line with the column heads.',
    },
  },
  'read-other-delimiter': {
    severity: 'error',
    de: {
      found: 'das angegebene Trennzeichen „{stated}“ kommt in der Kopfzeile nicht vor, „{guess}“ aber schon',
      expected: 'das Trennzeichen, das die Datei benutzt',
      next: 'Den Eintrag delimiter in atlas.yaml auf „{guess}“ setzen oder weglassen, dann wird es erkannt.',
    },
    en: {
      found: 'the stated delimiter "{stated}" does not occur in the head line, but "{guess}" does',
      expected: 'the delimiter the file uses',
      next: 'Set delimiter in atlas.yaml to "{guess}", or leave it out: then it is recognised.',
    },
  },
  'read-unclosed-quote': {
    severity: 'error',
    de: {
      found: 'das Anführungszeichen in Feld {field} wird nicht geschlossen: „{text} …“',
      expected: 'ein schließendes Anführungszeichen',
      next: 'In dieser Zeile das fehlende Anführungszeichen ergänzen; ab hier wurde die Datei nicht weiter gelesen.',
    },
    en: {
      found: 'the quotation mark in field {field} is not closed: "{text} …"',
      expected: 'a closing quotation mark',
      next: 'Add the missing quotation mark in this line; the file was not read beyond it.',
    },
  },
  'read-text-after-quote': {
    severity: 'error',
    de: {
      found: 'in Feld {field} steht Text hinter dem schließenden Anführungszeichen: „{text}“',
      expected: 'Anführungszeichen innerhalb eines Feldes verdoppelt ("")',
      next: 'Die Zeile im Ursprungsprogramm neu ausgeben oder das Anführungszeichen verdoppeln.',
    },
    en: {
      found: 'in field {field} text follows the closing quotation mark: "{text}"',
      expected: 'quotation marks within a field doubled ("")',
      next: 'Export the line again from the original program, or double the quotation mark.',
    },
  },
  'read-duplicate-heads': {
    severity: 'warning',
    de: {
      found: 'mehrere Spalten heißen gleich: {columns}',
      expected: 'Spaltenköpfe, die sich unterscheiden',
      next: 'Wird eine dieser Spalten gebraucht, die Köpfe in der Tabelle umbenennen.',
    },
    en: {
      found: 'several columns have the same head: {columns}',
      expected: 'column heads that differ',
      next: 'If one of these columns is needed, rename the heads in the table.',
    },
  },
  'read-no-rows': {
    severity: 'error',
    de: {
      found: 'unter den Spaltenköpfen steht keine Zeile',
      expected: 'mindestens eine Zeile mit Werten',
      next: 'Die Tabelle neu ausgeben oder headLine in atlas.yaml berichtigen.',
    },
    en: {
      found: 'there is no row below the column heads',
      expected: 'at least one row with values',
      next: 'Export the table again, or correct headLine in atlas.yaml.',
    },
  },
  'read-long-rows': {
    severity: 'error',
    de: {
      found: 'mehr Felder als Spaltenköpfe: {fields} statt {width} (Zeile {lines})',
      expected: 'höchstens {width} Felder',
      next: 'Steht das Trennzeichen in einem Text oder einer Zahl, das Feld in Anführungszeichen setzen; fehlt ein Spaltenkopf, ihn ergänzen.',
    },
    en: {
      found: 'more fields than column heads: {fields} instead of {width} (line {lines})',
      expected: 'at most {width} fields',
      next: 'If the delimiter occurs in a text or a number, put the field in quotation marks; if a column head is missing, add it.',
    },
  },
  'read-short-rows': {
    severity: 'warning',
    de: {
      found: 'weniger Felder als Spaltenköpfe: {fields} statt {width} (Zeile {lines})',
      expected: '{width} Felder',
      next: 'Die fehlenden Felder gelten als leer. Prüfen, ob die Datei abgeschnitten ist oder ein Trennzeichen fehlt.',
    },
    en: {
      found: 'fewer fields than column heads: {fields} instead of {width} (line {lines})',
      expected: '{width} fields',
      next: 'The missing fields count as blank. Check whether the file is cut off or a delimiter is missing.',
    },
  },
  'read-ambiguous-column': {
    severity: 'error',
    de: {
      found: 'die Spalte „{column}“ gibt es {count}-mal',
      expected: 'genau eine Spalte dieses Namens',
      next: 'Die Spaltenköpfe in der Tabelle so umbenennen, dass sie sich unterscheiden.',
    },
    en: {
      found: 'the column "{column}" exists {count} times',
      expected: 'exactly one column of this name',
      next: 'Rename the column heads in the table so that they differ.',
    },
  },
  'read-missing-column': {
    severity: 'error',
    de: {
      found: 'es fehlt die Spalte „{column}“; gefunden: {found}',
      expected: 'eine Spalte mit genau diesem Namen',
      next: 'Den Namen in atlas.yaml auf eine der gefundenen Spalten ändern; stehen dort Werte statt Namen, headLine prüfen.',
    },
    en: {
      found: 'missing column: "{column}"; found {found}',
      expected: 'a column of exactly this name',
      next: 'Change the name in atlas.yaml to one of the columns found; if these are values and no names, check headLine.',
    },
  },
  'read-missing-column-guess': {
    severity: 'error',
    de: {
      found: 'es fehlt die Spalte „{column}“; gefunden: {found}',
      expected: 'eine Spalte mit genau diesem Namen',
      next: 'Gemeint ist vielleicht „{guess}“: den Namen in atlas.yaml so schreiben wie in der Tabelle.',
    },
    en: {
      found: 'missing column: "{column}"; found {found}',
      expected: 'a column of exactly this name',
      next: 'Perhaps "{guess}" is meant: write the name in atlas.yaml as in the table.',
    },
  },
} as const satisfies ProblemCatalogue
