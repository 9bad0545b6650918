import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with a delivered table, CSV or workbook. */
export const readTableProblems = {
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
  'read-old-workbook': {
    severity: 'error',
    de: {
      found: 'die Arbeitsmappe stammt aus Excel 95 oder älter, dieses Format wird nicht gelesen',
      expected: 'eine Tabelle als CSV, .xlsx, .xls (ab Excel 97) oder .ods',
      next: 'Die Datei in Excel oder LibreOffice öffnen und als .xlsx speichern.',
    },
    en: {
      found: 'the workbook comes from Excel 95 or before, a format that is not read',
      expected: 'a table as CSV, .xlsx, .xls (from Excel 97 on) or .ods',
      next: 'Open the file in Excel or LibreOffice and save it as .xlsx.',
    },
  },
  'read-binary-workbook': {
    severity: 'warning',
    de: {
      found: 'die Arbeitsmappe ist eine .xlsb-Datei; ihre Zahlenformate und ausgeblendeten Blätter werden nicht erkannt',
      expected: 'am besten .xlsx',
      next: 'Prüfen, ob Schlüssel ihre führenden Nullen haben und Prozentwerte stimmen (0,123 statt 12,3 %); sicherer ist es, die Datei in Excel als .xlsx zu speichern.',
    },
    en: {
      found: 'the workbook is an .xlsb file; its number formats and hidden sheets are not recognised',
      expected: 'preferably .xlsx',
      next: 'Check that keys have their leading zeros and percentages are right (0.123 instead of 12.3 %); it is safer to save the file as .xlsx in Excel.',
    },
  },
  'read-workbook-too-large': {
    severity: 'error',
    de: {
      found: 'die Arbeitsmappe ist zu groß: mehr als {cells} Zellen oder entpackt mehr als {size} MB',
      expected: 'eine Arbeitsmappe mit den gebrauchten Blättern; auch ausgefüllte Zellen weit rechts oder unten zählen mit',
      next: 'Nur die gebrauchten Blätter in eine neue Arbeitsmappe kopieren oder das Blatt als CSV speichern.',
    },
    en: {
      found: 'the workbook is too large: more than {cells} cells, or more than {size} MB unpacked',
      expected: 'a workbook with the sheets that are needed; filled cells far to the right or far below count too',
      next: 'Copy only the sheets that are needed into a new workbook, or save the sheet as CSV.',
    },
  },
  'read-doctype': {
    severity: 'error',
    de: {
      found: 'die Arbeitsmappe enthält eine Dokumenttyp-Angabe („{found}“)',
      expected: 'eine Arbeitsmappe, wie Tabellenprogramme sie speichern; solche Angaben dienen nur dazu, beim Lesen Speicher zu füllen oder fremde Dateien zu laden',
      next: 'Die Datei nicht verwenden und beim Absender nachfragen.',
    },
    en: {
      found: 'the workbook holds a document type ("{found}")',
      expected: 'a workbook as spreadsheet programs save it; such declarations only serve to fill memory or to load other files while reading',
      next: 'Do not use the file and ask its sender.',
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
  'read-encrypted-workbook': {
    severity: 'error',
    de: {
      found: 'die Arbeitsmappe ist mit einem Kennwort geschützt',
      expected: 'eine Arbeitsmappe ohne Kennwort',
      next: 'In Excel öffnen und unter Datei, Informationen, Arbeitsmappe schützen das Kennwort entfernen.',
    },
    en: {
      found: 'the workbook is protected by a password',
      expected: 'a workbook without password',
      next: 'Open it in Excel and remove the password under File, Info, Protect Workbook.',
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
  'read-damaged-workbook': {
    severity: 'error',
    de: {
      found: 'die Arbeitsmappe lässt sich nicht lesen ({reason})',
      expected: 'eine vollständige Arbeitsmappe',
      next: 'Die Datei in Excel oder LibreOffice öffnen, neu speichern und noch einmal versuchen.',
    },
    en: {
      found: 'the workbook cannot be read ({reason})',
      expected: 'a complete workbook',
      next: 'Open the file in Excel or LibreOffice, save it again and retry.',
    },
  },
  'read-unknown-sheet': {
    severity: 'error',
    de: {
      found: 'kein Tabellenblatt „{sheet}“; vorhanden sind {sheets}',
      expected: 'eines der vorhandenen Blätter',
      next: 'Gemeint ist vielleicht sheet: {guess}.',
    },
    en: {
      found: 'no sheet "{sheet}"; there are {sheets}',
      expected: 'one of these sheets',
      next: 'Perhaps sheet: {guess} is meant.',
    },
  },
  'read-first-sheet': {
    severity: 'note',
    de: {
      found: 'die Arbeitsmappe hat mehrere Blätter ({sheets}); gelesen wurde „{sheet}“',
      expected: 'das erste sichtbare mit Inhalt, denn angegeben ist keines',
      next: 'Ist ein anderes gemeint, in atlas.yaml beim dialect der Lieferung sheet: ergänzen.',
    },
    en: {
      found: 'the workbook has several sheets ({sheets}); "{sheet}" was read',
      expected: 'the first visible one with content, as none was stated',
      next: 'If another one is meant, add sheet: to the dialect of the delivery in atlas.yaml.',
    },
  },
  'read-empty-sheet': {
    severity: 'error',
    de: {
      found: 'das Tabellenblatt „{sheet}“ ist leer',
      expected: 'ein Blatt mit der Tabelle',
      next: 'Das richtige Blatt in atlas.yaml als sheet angeben.',
    },
    en: {
      found: 'the sheet "{sheet}" is empty',
      expected: 'a sheet with the table',
      next: 'State the right sheet in atlas.yaml.',
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
  'read-error-cells': {
    severity: 'warning',
    de: {
      found: 'Formelfehler wie #DIV/0! in den Zellen {cells}',
      expected: 'Werte oder Zeichen der Legende',
      next: 'Die Formeln in Excel berichtigen oder durch Werte ersetzen, wenn die Zellen gebraucht werden.',
    },
    en: {
      found: 'formula errors such as #DIV/0! in the cells {cells}',
      expected: 'values or signs of the legend',
      next: 'Correct the formulas in Excel or replace them by values if the cells are needed.',
    },
  },
  'read-uncalculated-cells': {
    severity: 'warning',
    de: {
      found: 'Formeln ohne gespeichertes Ergebnis in den Zellen {cells}',
      expected: 'Formeln, die einmal berechnet wurden',
      next: 'Die Datei in Excel öffnen und speichern, dann stehen die Ergebnisse darin.',
    },
    en: {
      found: 'formulas without a stored result in the cells {cells}',
      expected: 'formulas that were calculated once',
      next: 'Open and save the file in Excel, then it holds the results.',
    },
  },
  'read-long-numbers': {
    severity: 'error',
    de: {
      found: 'Zahlen mit mehr als 15 Ziffern, deren letzte verloren sind, in den Zellen {cells}',
      expected: 'lange Schlüssel als Text',
      next: 'Die Spalte in Excel vor dem Einfügen als Text formatieren und die Schlüssel neu eintragen.',
    },
    en: {
      found: 'numbers of more than 15 digits, the last of which are lost, in the cells {cells}',
      expected: 'long keys as text',
      next: 'Format the column as text in Excel before pasting, and enter the keys again.',
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
