import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with a workbook and its sheets. */
export const readWorkbookProblems = {
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
} as const satisfies ProblemCatalogue
