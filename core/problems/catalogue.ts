import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with names of the catalogue, with a workbook of indicators, and with reference areas. */
export const catalogueProblems = {
  'catalogue-unknown-entry': {
    severity: 'error',
    de: { found: 'der Kennzahlenkatalog hat keinen Eintrag „{use}“', expected: 'eine Kennung aus docs/kennzahlenkatalog.md', next: '{guess} Eine Kennzahl, die der Katalog nicht hat, ohne use und mit allen Angaben eintragen.' },
    en: { found: 'the catalogue has no entry "{use}"', expected: 'an id of docs/kennzahlenkatalog.md', next: '{guess} Write an indicator that the catalogue lacks without use, with everything it needs.' },
  },
  'catalogue-missing-operands': {
    severity: 'error',
    de: { found: '{indicator} wird aus Fallzahlen gerechnet, die das Projekt nicht nennt: {missing}', expected: 'alle Fallzahlen der Formel unter indicators', next: 'Diese Zeilen unter indicators ergänzen und ihre Spalten bei den Lieferungen angeben; oder numerator und denominator selbst festlegen; oder kind: measure, wenn die Zahl fertig geliefert wird:\n{yaml}' },
    en: { found: '{indicator} is computed from counts that the project does not name: {missing}', expected: 'all counts of the formula under indicators', next: 'Add these lines under indicators and name their columns in the deliveries; or state numerator and denominator yourself; or kind: measure where the figure is delivered ready-made:\n{yaml}' },
  },
  'catalogue-workbook-missing': {
    severity: 'error',
    de: { found: 'die Arbeitsmappe {path} fehlt oder ist nicht lesbar', expected: 'eine Datei neben atlas.yaml', next: 'Den Namen unter indicatorsFile berichtigen oder die Zeile streichen.' },
    en: { found: 'the workbook {path} is missing or cannot be read', expected: 'a file beside atlas.yaml', next: 'Correct indicatorsFile or remove the line.' },
  },
  'catalogue-workbook-no-sheet': {
    severity: 'error',
    de: { found: 'die Arbeitsmappe hat kein Blatt „{sheet}“, sondern {sheets}', expected: 'ein Blatt „{sheet}“', next: 'Das Blatt so benennen.' },
    en: { found: 'the workbook has no sheet "{sheet}" but {sheets}', expected: 'a sheet "{sheet}"', next: 'Name the sheet so.' },
  },
  'catalogue-workbook-unknown-column': {
    severity: 'error',
    de: { found: 'unbekannte Spalte „{column}“', expected: 'eine Spalte des Blatts „Hilfe“: {known}', next: '{guess} Was nur für Sie selbst ist, unter einen Spaltenkopf schreiben, der mit # beginnt.' },
    en: { found: 'unknown column "{column}"', expected: 'a column of the sheet "Hilfe": {known}', next: '{guess} Write what is for yourself only below a head that begins with #.' },
  },
  'catalogue-workbook-column-twice': {
    severity: 'error',
    de: { found: 'die Spalte „{column}“ steht zweimal da', expected: 'jede Spalte einmal', next: 'Eine der beiden Spalten streichen.' },
    en: { found: 'the column "{column}" stands there twice', expected: 'every column once', next: 'Remove one of the two columns.' },
  },
  'catalogue-workbook-missing-column': {
    severity: 'error',
    de: { found: 'auf dem Blatt fehlt die Spalte „{column}“', expected: 'die Spaltenköpfe in der ersten Zeile: {known}', next: 'Die Spalte ergänzen; atlas scaffold PROJEKT --excel schreibt eine Arbeitsmappe mit allen Spalten.' },
    en: { found: 'the sheet lacks the column "{column}"', expected: 'the heads in the first row: {known}', next: 'Add the column; atlas scaffold PROJECT --excel writes a workbook with all columns.' },
  },
  'catalogue-workbook-invalid-cell': {
    severity: 'error',
    de: { found: 'in der Spalte „{column}“ steht „{text}“', expected: '{expected}', next: 'Die Zelle berichtigen; das Blatt „Hilfe“ erklärt jede Spalte.' },
    en: { found: 'the column "{column}" holds "{text}"', expected: '{expected}', next: 'Correct the cell; the sheet "Hilfe" explains every column.' },
  },
  'catalogue-workbook-unknown-delivery': {
    severity: 'error',
    de: { found: 'eine Lieferung „{delivery}“ gibt es in der Projektdatei nicht', expected: 'eine Kennung unter deliveries: {known}', next: '{guess}' },
    en: { found: 'the project file has no delivery "{delivery}"', expected: 'an id under deliveries: {known}', next: '{guess}' },
  },
  'catalogue-column-stated-twice': {
    severity: 'error',
    de: { found: 'die Spalte von {indicator} in der Lieferung {delivery} ist zweimal angegeben, in der Arbeitsmappe und anderswo', expected: 'eine Angabe', next: 'Die Zeile der Arbeitsmappe oder den Eintrag unter columns streichen.' },
    en: { found: 'the column of {indicator} in the delivery {delivery} is stated twice, in the workbook and elsewhere', expected: 'one statement', next: 'Remove the row of the workbook or the entry under columns.' },
  },
  'catalogue-reference-own-area': {
    severity: 'error',
    de: { found: '„{name}“ ist ein Gebiet dieses Atlas selbst', expected: 'ein Vergleichsgebiet außerhalb oder oberhalb der Karte: Kreis, Land, Bund, andere Städte', next: 'Den Eintrag streichen. Zahlen der eigenen Gebiete kommen aus Lieferungen, sonst wären sie ungeschützt.' },
    en: { found: '"{name}" is an area of this atlas itself', expected: 'a reference area beyond or above the map: county, state, nation, other towns', next: 'Remove the entry. Figures of own areas come from deliveries; otherwise they would be unprotected.' },
  },
  'catalogue-reference-tells-town': {
    severity: 'error',
    de: {
      found: 'zu {indicator}, {period}, ergeben Vergleichsgebiete die Zahl der Stadt, die der Atlas nicht zeigt: {areas}',
      expected: 'Vergleichsgebiete, aus denen die eigene Zahl nicht folgt',
      next: 'Einen dieser Werte streichen. Ist die Zahl der Stadt selbst schon anderswo veröffentlicht, gehört sie unter external; dann rechnet die Geheimhaltung mit ihr.',
    },
    en: {
      found: 'for {indicator}, {period}, reference areas come to the figure of the town, which the atlas does not show: {areas}',
      expected: 'reference areas from which the own figure does not follow',
      next: 'Remove one of these values. Where the figure of the town itself is published elsewhere, it belongs under external; then the protection reckons with it.',
    },
  },
  'catalogue-reference-unknown-period': {
    severity: 'error',
    de: { found: 'für {indicator} hat der Atlas keinen Zeitraum {period}', expected: 'einen der Zeiträume {known}', next: 'Unter period den Zeitraum angeben, neben dem der Wert stehen soll; weicht sein Stichtag ab, referenceDate angeben.' },
    en: { found: 'the atlas has no period {period} of {indicator}', expected: 'one of the periods {known}', next: 'Set period to the one beside which the figure should stand; where its date differs, state referenceDate.' },
  },
  'catalogue-reference-other-date': {
    severity: 'warning',
    de: { found: 'der Vergleichswert von {name} zu {indicator} gilt für den {date}, der Atlas zeigt den {ours}', expected: 'denselben Stichtag', next: 'Wo es keinen anderen Wert gibt, unter accepted begründen; beide Stichtage stehen auf der Seite.' },
    en: { found: 'the reference figure of {name} on {indicator} holds for {date}, the atlas shows {ours}', expected: 'the same reference date', next: 'Where there is no other figure, say why under accepted; both dates stand on the page.' },
  },
  'catalogue-reference-differs': {
    severity: 'warning',
    de: { found: 'der Vergleichswert von {name} zu {indicator} ist anders definiert: {differs}', expected: 'dieselbe Definition', next: 'Prüfen, ob der Vergleich trägt; der Unterschied steht öffentlich am Wert. Ist er gewollt, unter accepted begründen.' },
    en: { found: 'the reference figure of {name} on {indicator} is defined otherwise: {differs}', expected: 'the same definition', next: 'Consider whether the comparison holds; the difference is printed with the figure. Where it is meant so, say why under accepted.' },
  },
  'catalogue-reference-no-definition': {
    severity: 'warning',
    de: { found: 'bei {name} sagt niemand, ob die Werte wie hier definiert sind: {indicator}', expected: 'differs: false, wo die Definition dieselbe ist, sonst differs mit dem Unterschied', next: 'Die Definition der Quelle nachschlagen und differs angeben.' },
    en: { found: 'of {name} nobody says whether the figures are defined as here: {indicator}', expected: 'differs: false where the definition is the same, else differs with the difference', next: 'Look up the definition of the source and state differs.' },
  },
  'catalogue-reference-no-unit': {
    severity: 'warning',
    de: { found: 'bei {name} steht keine Einheit, so dass niemand sie prüfen kann: {indicator}', expected: 'unit, wie die Quelle sie nennt', next: 'Die Einheit unter unit ergänzen: Prozent und „je 1.000“ sind leicht zu verwechseln.' },
    en: { found: '{name} states no unit, so that nobody can check it: {indicator}', expected: 'unit as the source names it', next: 'Add the unit: percent and "per 1,000" are easily confused.' },
  },
  'catalogue-reference-other-unit': {
    severity: 'error',
    de: { found: 'der Vergleichswert von {name} zu {indicator} steht in „{unit}“, der Atlas in „{ours}“', expected: 'dieselbe Einheit', next: 'Den Wert umrechnen oder weglassen.' },
    en: { found: 'the reference figure of {name} on {indicator} is in "{unit}", the atlas in "{ours}"', expected: 'the same unit', next: 'Convert the figure or leave it out.' },
  },
  'catalogue-reference-no-number': {
    severity: 'error',
    de: { found: 'für {name} steht „{text}“ statt einer Zahl', expected: 'eine Zahl', next: 'Die Zelle berichtigen; eine Zeile ohne Wert streichen.' },
    en: { found: '{name} has "{text}" in the place of a number', expected: 'a number', next: 'Correct the cell; remove a row without a value.' },
  },
  'catalogue-reference-no-period': {
    severity: 'error',
    de: { found: '„{text}“ ist kein Zeitraum', expected: '2024-12-31, 2024, 2024-q1, 2024-25 oder 2022-2024', next: 'Den Zeitraum so schreiben wie im Atlas.' },
    en: { found: '"{text}" is no period', expected: '2024-12-31, 2024, 2024-q1, 2024-25 or 2022-2024', next: 'Write the period as the atlas does.' },
  },
  'catalogue-reference-no-area': {
    severity: 'error',
    de: { found: 'die Tabelle nennt ein Vergleichsgebiet „{text}“, das es nicht gibt', expected: 'eine Kennung unter references: {known}', next: 'Die Zeile streichen oder das Gebiet unter references ergänzen.' },
    en: { found: 'the table names a reference area "{text}" that does not exist', expected: 'an id under references: {known}', next: 'Remove the row or add the area under references.' },
  },
  'catalogue-reference-twice': {
    severity: 'error',
    de: { found: '{name} hat für {indicator} zwei Werte zum Zeitraum {period}', expected: 'einen Wert', next: 'Einen der beiden streichen.' },
    en: { found: '{name} has two figures on {indicator} of the period {period}', expected: 'one figure', next: 'Remove one of the two.' },
  },
  'catalogue-workbook-written': {
    severity: 'note',
    de: { found: 'Arbeitsmappe geschrieben', expected: '{count} Kennzahlen. In {project} indicatorsFile mit dem Namen dieser Datei eintragen und den Abschnitt indicators löschen; die Spalten der Lieferungen stehen auf dem Blatt „Spalten“, columns bei den Lieferungen wird nicht mehr gebraucht', next: '' },
    en: { found: 'workbook written', expected: '{count} indicators. Write indicatorsFile with the name of this file into {project} and delete the section indicators; the columns of the deliveries are on the sheet "Spalten", columns at the deliveries is not needed any more', next: '' },
  },
  'catalogue-workbook-exists': {
    severity: 'error',
    de: { found: 'die Arbeitsmappe gibt es schon', expected: 'ein Name, den noch keine Datei hat', next: 'Mit -o einen anderen Namen angeben oder die vorhandene Datei umbenennen.' },
    en: { found: 'the workbook is there already', expected: 'a name that no file has yet', next: 'Give another name with -o, or rename the file that is there.' },
  },
} as const satisfies ProblemCatalogue
