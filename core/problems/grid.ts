import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with census grids. */
export const gridProblems = {
  'grid-unknown-size': {
    severity: 'error',
    de: { found: 'die Spalte „{column}“ sagt nicht, wie groß eine Zelle ist', expected: 'x_mp_100m oder x_mp_1km, oder size in der Lieferung', next: 'In grid der Lieferung size angeben, zum Beispiel size: 1000 für Zellen von einem Kilometer.' },
    en: { found: 'the column "{column}" does not say how large a cell is', expected: 'x_mp_100m or x_mp_1km, or size in the delivery', next: 'Give size in grid of the delivery, such as size: 1000 for cells of one kilometre.' },
  },
  'grid-unusable-crs': {
    severity: 'error',
    de: { found: 'das Gitter soll in {crs} liegen', expected: 'EPSG:3035 oder ein UTM-System mit Metern', next: 'crs in grid der Lieferung weglassen: Zensusgitter liegen in EPSG:3035.' },
    en: { found: 'the grid is said to lie in {crs}', expected: 'EPSG:3035 or a UTM system in metres', next: 'Leave crs out of grid in the delivery: census grids lie in EPSG:3035.' },
  },
  'grid-no-cells': {
    severity: 'error',
    de: { found: 'die Datei hat einen Kopf, aber keine einzige Zelle', expected: 'eine Zeile je Gitterzelle', next: 'Die Datei noch einmal herunterladen.' },
    en: { found: 'the file has a head, but not a single cell', expected: 'one line per grid cell', next: 'Download the file again.' },
  },
  'grid-long-line': {
    severity: 'error',
    de: { found: 'die Zeile ist länger als ein Megabyte', expected: 'eine Zeile je Gitterzelle', next: 'Die Datei ist kein Gitter oder beschädigt: noch einmal herunterladen und entpacken.' },
    en: { found: 'the line is longer than a megabyte', expected: 'one line per grid cell', next: 'The file is no grid, or damaged: download and unpack it again.' },
  },
  'grid-damaged-archive': {
    severity: 'error',
    de: { found: 'die gepackte Datei lässt sich nicht bis zum Ende lesen ({reason})', expected: 'eine vollständige .gz-Datei', next: 'Die Datei noch einmal herunterladen; sie ist wohl abgeschnitten.' },
    en: { found: 'the packed file cannot be read to its end ({reason})', expected: 'a complete .gz file', next: 'Download the file again; it was probably cut off.' },
  },
  'grid-inflates': {
    severity: 'error',
    de: { found: 'die gepackte Datei wird beim Entpacken mehr als {ratio}-mal so groß', expected: 'ein Zensusgitter; das wird üblicherweise 4- bis 12-mal so groß', next: 'Die Datei noch einmal von der Seite der Statistischen Ämter laden; diese ist beschädigt oder soll den Rechner lahmlegen.' },
    en: { found: 'the packed file becomes more than {ratio} times as large when unpacked', expected: 'a census grid, which usually grows 4 to 12 times', next: 'Download the file again from the statistical offices; this one is damaged or meant to stop the machine.' },
  },
  'grid-endless': {
    severity: 'error',
    de: { found: 'die gepackte Datei wird beim Entpacken größer als {limit} Gigabyte', expected: 'ein Zensusgitter; auch das größte ist weit kleiner', next: 'Die Datei noch einmal von der Seite der Statistischen Ämter laden.' },
    en: { found: 'the packed file becomes larger than {limit} gigabytes when unpacked', expected: 'a census grid; even the largest is far smaller', next: 'Download the file again from the statistical offices.' },
  },
  'grid-too-many-cells': {
    severity: 'error',
    de: { found: 'im Kartenausschnitt liegen mehr als {limit} Gitterzellen', expected: 'die Zellen einer Kommune oder eines Kreises', next: 'bounds der Projektdatei auf das Gebiet der Kommune verkleinern, oder ein gröberes Gitter nehmen.' },
    en: { found: 'more than {limit} grid cells lie within the bounds', expected: 'the cells of a municipality or a county', next: 'Narrow bounds in the project file to the municipality, or take a coarser grid.' },
  },
  'grid-short-line': {
    severity: 'error',
    de: { found: 'der Zeile fehlen Felder: „{text}“ (Zeilen: {count})', expected: 'so viele Felder wie im Kopf', next: 'Die Datei noch einmal herunterladen; bei einem anderen Trennzeichen dialect: { delimiter: … } angeben.' },
    en: { found: 'the line lacks fields: "{text}" (lines: {count})', expected: 'as many fields as in the head', next: 'Download the file again; with another delimiter state dialect: { delimiter: … }.' },
  },
  'grid-unreadable-centre': {
    severity: 'error',
    de: { found: 'die Zellmitte „{text}“ besteht nicht aus zwei Zahlen (Zeilen: {count})', expected: 'Ostwert und Nordwert in Metern, 4334500; 2684500', next: 'In grid der Lieferung x und y auf die richtigen Spalten zeigen lassen.' },
    en: { found: 'the cell centre "{text}" is not two numbers (lines: {count})', expected: 'easting and northing in metres, 4334500; 2684500', next: 'Let x and y in grid of the delivery point at the right columns.' },
  },
  'grid-off-lattice': {
    severity: 'error',
    de: { found: '{x} / {y} ist keine Mitte einer Zelle von {size} m (Zeilen: {count})', expected: 'Mitten auf dem Gitter, zum Beispiel 4334500 bei 1000 m und 4261250 bei 100 m', next: 'size in grid der Lieferung prüfen, und ob x und y die Mitte (x_mp) nennen und nicht die Ecke.' },
    en: { found: '{x} / {y} is no centre of a cell of {size} m (lines: {count})', expected: 'centres on the lattice, such as 4334500 at 1000 m and 4261250 at 100 m', next: 'Check size in grid of the delivery, and that x and y name the centre (x_mp), not the corner.' },
  },
  'grid-unreadable-value': {
    severity: 'error',
    de: { found: '„{text}“ in der Spalte „{column}“ ist weder Zahl noch bekanntes Zeichen (Zellen: {count})', expected: 'eine Zahl ab 0, oder ein Zeichen aus secret oder uninhabited', next: 'Die Datensatzbeschreibung der Quelle nachlesen und das Zeichen in grid der Lieferung unter secret oder uninhabited eintragen.' },
    en: { found: '"{text}" in the column "{column}" is neither a number nor a known sign (cells: {count})', expected: 'a number from 0, or a sign of secret or uninhabited', next: 'Look the sign up in the description of the data set and enter it under secret or uninhabited in grid of the delivery.' },
  },
  'grid-cell-twice': {
    severity: 'error',
    de: { found: 'die Zelle {x} / {y} steht ein zweites Mal in der Datei (Zeilen: {count})', expected: 'jede Zelle einmal', next: 'Steht jedes Merkmal in eigenen Zeilen, dann in columns mit where sagen, welche gemeint sind; sonst die doppelten Zeilen entfernen.' },
    en: { found: 'the cell {x} / {y} stands in the file a second time (lines: {count})', expected: 'every cell once', next: 'If every figure has lines of its own, say with where in columns which are meant; else remove the repeated lines.' },
  },
  'grid-fractional-count': {
    severity: 'error',
    de: { found: 'die Fallzahl {indicator} hat eine Zelle mit Nachkommastellen: {text}', expected: 'ganze Zahlen; Mittelwerte und Anteile stehen unter means', next: 'Den Indikator als kind: measure führen und unter means mit einem Gewicht eintragen.' },
    en: { found: 'the count {indicator} has a cell that is not whole: {text}', expected: 'whole numbers; means and shares belong under means', next: 'Make the indicator kind: measure and enter it under means with a weight.' },
  },
  'grid-nothing-inside': {
    severity: 'error',
    de: { found: 'keine der {rows} Zellen liegt auf einem Gebiet; Gitter: {extent}, Gebiete: {areas}', expected: 'ein Gitter, das die Gebiete in {crs} überdeckt', next: 'Prüfen, ob die Datei den richtigen Ausschnitt enthält und x und y nicht vertauscht sind.' },
    en: { found: 'none of the {rows} cells lies on an area; grid: {extent}, areas: {areas}', expected: 'a grid that covers the areas in {crs}', next: 'Check that the file holds the right part of the country, and that x and y are not swapped.' },
  },
  'grid-cells-assigned': {
    severity: 'note',
    de: { found: '{inside} von {rows} Zellen liegen auf Gebieten der Ebene {level}', expected: '{outside} bewohnte Zellen ringsum liegen auf keinem und zählen nicht', next: '' },
    en: { found: '{inside} of {rows} cells lie on areas of the level {level}', expected: '{outside} inhabited cells around them lie on none and do not count', next: '' },
  },
  'grid-areas-too-small': {
    severity: 'warning',
    de: { found: 'Gebiete, in denen keine Zellmitte liegt ({count}): {areas}', expected: 'Gebiete, die größer sind als eine Zelle von {size} m', next: 'Das feinere Gitter (100 m) nehmen oder assign: area; sonst steht dort „Gebiet zu klein“.' },
    en: { found: 'areas that hold no cell centre ({count}): {areas}', expected: 'areas larger than a cell of {size} m', next: 'Take the finer grid (100 m) or assign: area; otherwise these areas say "too small".' },
  },
  'grid-areas-beyond': {
    severity: 'warning',
    de: { found: 'Gebiete, die das Gitter nicht ganz überdeckt ({count}): {areas}', expected: 'ein Ausschnitt, der alle Gebiete ganz überdeckt', next: 'Einen größeren Ausschnitt nehmen; was halb überdeckt ist, wird zu klein gezählt.' },
    en: { found: 'areas that the grid does not wholly cover ({count}): {areas}', expected: 'a part of the country that covers all areas wholly', next: 'Take a larger part; an area that is half covered is counted too small.' },
  },
  'grid-two-values': {
    severity: 'error',
    de: { found: 'zwei Werte für {indicator} auf der Ebene {level}, {period} (zuerst aus {deliveries})', expected: 'eine Lieferung je Indikator, Ebene und Stichtag', next: 'Den Indikator in einer der beiden Lieferungen streichen.' },
    en: { found: 'two values for {indicator} on the level {level}, {period} (first from {deliveries})', expected: 'one delivery per indicator, level and reference date', next: 'Remove the indicator from one of the two deliveries.' },
  },
  'grid-calibration-level': {
    severity: 'error',
    de: { found: 'calibrate nennt die Ebene {level}, die nicht über den Gebieten des Gitters liegt', expected: 'die Ebene der Lieferung oder eine über ihr (parent)', next: 'level in calibrate berichtigen.' },
    en: { found: 'calibrate names the level {level}, which does not lie above the areas of the grid', expected: 'the level of the delivery or one above it (parent)', next: 'Correct level in calibrate.' },
  },
  'grid-calibration-none': {
    severity: 'error',
    de: { found: 'kein veröffentlichter Wert gehört zu einem Gebiet der Ebene {level}; Schlüssel der Tabelle: {keys}', expected: 'Schlüssel der Ebene und ganze Zahlen', next: 'In calibrate area und column auf die richtigen Spalten zeigen lassen.' },
    en: { found: 'no published value belongs to an area of the level {level}; keys of the table: {keys}', expected: 'keys of the level and whole numbers', next: 'Let area and column in calibrate point at the right columns.' },
  },
  'grid-calibration-missing': {
    severity: 'warning',
    de: { found: 'Gebiete der Ebene {level} ohne veröffentlichten Wert ({count}): {areas}', expected: 'ein Wert je Gebiet', next: 'Die Tabelle ergänzen; dort bleibt die Summe der Zellen stehen.' },
    en: { found: 'areas of the level {level} without a published value ({count}): {areas}', expected: 'one value per area', next: 'Add it to the table; without it the sum of the cells stays.' },
  },
  'grid-calibration-empty': {
    severity: 'error',
    de: { found: '{indicator}: veröffentlichte Werte für Gebiete, deren Zellen nichts enthalten ({count})', expected: 'Zellen, auf die sich der Wert verteilen lässt', next: 'Prüfen, ob Gitter und Grenzen zusammenpassen.' },
    en: { found: '{indicator}: published values of areas whose cells hold nothing ({count})', expected: 'cells that the value can be apportioned to', next: 'Check that grid and boundaries fit each other.' },
  },
  'grid-calibration-secret': {
    severity: 'error',
    de: {
      found: '{indicator}, {period}, ist auf Werte gebracht, die der Atlas bei {other} nicht zeigt; ihre Summe würde sie verraten ({count}): {areas}',
      expected: 'Werte, die veröffentlicht sind',
      next: 'calibrate für diese Kennzahl streichen. Sind die Werte doch anderswo veröffentlicht, gehören sie unter external.',
    },
    en: {
      found: '{indicator}, {period}, is brought to values that the atlas does not show for {other}; their sum would tell them ({count}): {areas}',
      expected: 'values that are published',
      next: 'Remove calibrate of this indicator. Where the values are published elsewhere after all, they belong under external.',
    },
  },
  'grid-calibration-far': {
    severity: 'warning',
    de: { found: '{indicator}: Summen, die weit vom veröffentlichten Wert abweichen ({count}, zum Beispiel Faktor {factor})', expected: 'ein Faktor zwischen 0,8 und 1,25', next: 'Prüfen, ob der veröffentlichte Wert denselben Stichtag und dieselben Grenzen hat.' },
    en: { found: '{indicator}: sums that are far from the published value ({count}, such as factor {factor})', expected: 'a factor between 0.8 and 1.25', next: 'Check that the published value has the same reference date and boundaries.' },
  },
  'grid-scaffold-exists': {
    severity: 'error',
    de: { found: 'hier steht schon eine Projektdatei', expected: 'ein Ordner ohne atlas.yaml', next: 'Mit -o einen anderen Ordner angeben, oder die Datei vorher umbenennen.' },
    en: { found: 'there is a project file already', expected: 'a folder without atlas.yaml', next: 'Name another folder with -o, or rename the file first.' },
  },
  'grid-scaffold-no-count': {
    severity: 'error',
    de: { found: 'die Gitterdatei enthält keine bekannte Fallzahl; ihre Spalten: {heads}', expected: 'eine Spalte Einwohner, oder Zeilen mit Merkmal und Anzahl', next: 'Das Gitter mit den Einwohnerzahlen angeben; weitere Merkmale des Zensus 2022 danach in atlas.yaml unter means mit weight: { file: …, column: Einwohner } ergänzen.' },
    en: { found: 'the grid file holds no known count; its columns: {heads}', expected: 'a column Einwohner, or lines with Merkmal and Anzahl', next: 'Name the grid with the numbers of inhabitants; add further figures of the census of 2022 under means with weight: { file: …, column: Einwohner } afterwards.' },
  },
  'grid-scaffold-no-key': {
    severity: 'error',
    de: { found: 'keine Spalte der Grenzen sieht nach einem Schlüssel aus: {columns}', expected: 'eine Spalte mit einer Nummer je Gebiet, jede nur einmal', next: 'In der Datei eine Spalte mit Nummern ergänzen, oder atlas.yaml von Hand schreiben.' },
    en: { found: 'no column of the boundaries looks like a key: {columns}', expected: 'a column with a number per area, each only once', next: 'Add a column of numbers to the file, or write atlas.yaml by hand.' },
  },
  'grid-scaffold-no-filter': {
    severity: 'error',
    de: { found: 'zu „{prefix}“ in der Spalte „{column}“ passen {count} Gebiete, und keine Attributwerte wählen genau sie aus', expected: 'ein Anfang, mit dem Schlüssel beginnen', next: 'Den Anfang der Schlüssel prüfen, oder die Gebiete vorher in eine eigene Datei ausschneiden.' },
    en: { found: '{count} areas fit "{prefix}" in the column "{column}", and no attribute values choose exactly these', expected: 'a start with which keys begin', next: 'Check the start of the keys, or cut the areas out into a file of their own.' },
  },
  'grid-no-weights': {
    severity: 'error',
    de: { found: 'keine bewohnte Zelle liegt in einem alten und einem neuen Gebiet zugleich', expected: 'ein Gitter, das beide Gebietsstände überdeckt', next: 'Einen Ausschnitt nehmen, der die Kommune überdeckt, oder die Gewichte aus der Fläche rechnen.' },
    en: { found: 'no inhabited cell lies in an old and a new area at once', expected: 'a grid that covers both vintages', next: 'Take a part of the country that covers the municipality, or compute the weights from land.' },
  },
} as const satisfies ProblemCatalogue
