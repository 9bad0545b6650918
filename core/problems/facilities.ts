import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with lists of facilities. */
export const facilitiesProblems = {
  'facilities-personal-column': {
    severity: 'error',
    de: { found: 'die Spalte „{column}“ sieht nach Angaben zu Personen aus', expected: 'Name, Art, Adresse, Plätze und Träger der Einrichtung; keine Ansprechpersonen, Rufnummern oder Mailadressen', next: 'Die Spalte aus der Projektdatei streichen; sie wird dann gelesen, aber nicht weitergegeben.' },
    en: { found: 'the column "{column}" looks like facts about persons', expected: 'name, kind, address, places and provider of the facility; no contact persons, phone numbers or mail addresses', next: 'Remove the column from the project file; it is then read, but not passed on.' },
  },
  'facilities-personal-text': {
    severity: 'error',
    de: { found: 'in der Spalte „{column}“ stehen Personen, Mailadressen oder Rufnummern (Zeile {lines})', expected: 'nur Angaben zur Einrichtung', next: 'Die Angaben in der Datei streichen, oder die Zeilen mit exclude ausnehmen.' },
    en: { found: 'the column "{column}" holds persons, mail addresses or phone numbers (line {lines})', expected: 'facts about the facility only', next: 'Remove them from the file, or leave the lines out with exclude.' },
  },
  'facilities-columns-left-out': {
    severity: 'note',
    de: { found: 'Spalten mit Angaben zu Personen: {columns}', expected: 'sie werden nicht weitergegeben; beim nächsten Mal besser ohne sie liefern lassen', next: '' },
    en: { found: 'columns with facts about persons: {columns}', expected: 'they are not passed on; better have the list delivered without them next time', next: '' },
  },
  'facilities-hidden-place': {
    severity: 'error',
    de: { found: 'in der Liste {layer} stehen Orte, die auf keine Karte gehören (Zeile {lines})', expected: 'nur Orte, deren Adresse bekannt sein darf. {reason}', next: 'Die Zeilen aus der Datei nehmen oder mit exclude ausnehmen; auch eine Anzahl je Gebiet würde verraten, wo zu suchen ist.' },
    en: { found: 'the list {layer} holds places that belong on no map (line {lines})', expected: 'only places whose address may be known. {reason}', next: 'Take the lines out of the file or leave them out with exclude; a number per area would tell where to look, too.' },
  },
  'facilities-no-points': {
    severity: 'error',
    de: { found: 'Datensätze, die keine Punkte sind: {count}', expected: 'ein Punkt je Einrichtung', next: 'Die Liste als Punkte ausgeben lassen; Flächen gehören unter levels oder context.' },
    en: { found: 'records that are no points: {count}', expected: 'one point per facility', next: 'Have the list exported as points; outlines belong under levels or context.' },
  },
  'facilities-no-coordinates': {
    severity: 'error',
    de: { found: 'für die Tabelle ist nicht gesagt, in welchen Spalten die Koordinaten stehen', expected: 'x und y mit den Spaltenköpfen', next: 'In facilities x und y angeben, bei Metern auch crs.' },
    en: { found: 'nothing says in which columns of the table the coordinates stand', expected: 'x and y with the column heads', next: 'Give x and y in facilities, for metres crs too.' },
  },
  'facilities-no-place': {
    severity: 'warning',
    de: { found: 'Einrichtungen ohne Koordinaten, oder mit 0 / 0: {count} (Zeile {lines})', expected: 'zwei Zahlen je Einrichtung', next: 'Die Koordinaten ergänzen; ohne sie werden die Einrichtungen weder gezeigt noch gezählt.' },
    en: { found: 'facilities without coordinates, or with 0 / 0: {count} (line {lines})', expected: 'two numbers per facility', next: 'Add the coordinates; without them the facilities are neither shown nor counted.' },
  },
  'facilities-no-kind': {
    severity: 'warning',
    de: { found: 'Einrichtungen ohne Art: {count} (Zeile {lines})', expected: 'eine Art je Einrichtung, etwa „Kita“', next: 'Die Art ergänzen; ohne sie stehen die Einrichtungen unter keiner.' },
    en: { found: 'facilities without a kind: {count} (line {lines})', expected: 'a kind for every facility, such as "Kita"', next: 'Add the kind; without it the facilities stand under none.' },
  },
  'facilities-no-name': {
    severity: 'warning',
    de: { found: 'Einrichtungen ohne Namen: {count} (Zeile {lines})', expected: 'ein Name je Einrichtung', next: 'Den Namen ergänzen.' },
    en: { found: 'facilities without a name: {count} (line {lines})', expected: 'a name for every facility', next: 'Add the name.' },
  },
  'facilities-not-editable': {
    severity: 'warning',
    de: { found: 'die Liste lässt sich hier nur ansehen', expected: 'eine CSV-Datei in UTF-8 mit Semikolon oder Komma, Köpfe in der ersten Zeile, keine leeren Zeilen, höchstens {limit} Einrichtungen', next: 'Ändern Sie die Datei dort, wo sie herkommt, oder lassen Sie sie als solche CSV-Datei ausgeben.' },
    en: { found: 'the list can only be looked at here', expected: 'a CSV file in UTF-8 with semicolons or commas, heads in the first line, no blank lines, {limit} facilities at most', next: 'Change the file where it comes from, or have it exported as such a CSV file.' },
  },
  'facilities-all-outside': {
    severity: 'error',
    de: { found: 'alle {count} Einrichtungen liegen außerhalb der Grenzen, die erste bei {found} in {crs}', expected: 'Orte in den Grenzen bounds: {bounds}', next: '{hint}' },
    en: { found: 'all {count} facilities lie outside the bounds, the first at {found} in {crs}', expected: 'places within the bounds: {bounds}', next: '{hint}' },
  },
  'facilities-outside': {
    severity: 'warning',
    de: { found: 'Einrichtungen außerhalb der Grenzen: {count} von {of} (Zeile {lines}), die erste bei {found} in {crs}', expected: 'Orte in den Grenzen bounds: {bounds}', next: 'Die Koordinaten prüfen. {hint}' },
    en: { found: 'facilities outside the bounds: {count} of {of} (line {lines}), the first at {found} in {crs}', expected: 'places within the bounds: {bounds}', next: 'Check the coordinates. {hint}' },
  },
  'facilities-outside-areas': {
    severity: 'warning',
    de: { found: 'Einrichtungen auf keinem Gebiet der Ebene {level}: {count} (Zeile {lines})', expected: 'jede in einem Gebiet', next: 'Liegen sie in der Nachbarkommune, dann mit exclude ausnehmen; sonst die Koordinaten prüfen. Gezeigt und gezählt werden sie nicht.' },
    en: { found: 'facilities on no area of the level {level}: {count} (line {lines})', expected: 'each in an area', next: 'If they lie in the next municipality, leave them out with exclude; else check the coordinates. They are neither shown nor counted.' },
  },
  'facilities-no-capacity': {
    severity: 'warning',
    de: { found: 'Einrichtungen ohne Zahl der Plätze: {count} (Zeile {lines}), zuerst „{text}“', expected: 'eine ganze Zahl', next: 'Die Plätze ergänzen; bis dahin ist die Summe ihres Gebiets unbekannt.' },
    en: { found: 'facilities without a number of places: {count} (line {lines}), first "{text}"', expected: 'a whole number', next: 'Add the places; until then the sum of their area is unknown.' },
  },
  'facilities-key-twice': {
    severity: 'error',
    de: { found: 'dieselbe Einrichtung {id} („{name}“) mehrmals (Zeile {lines})', expected: 'jede Einrichtung einmal', next: 'Die doppelte Zeile entfernen, oder eine Spalte mit eindeutigen Nummern als key angeben.' },
    en: { found: 'the same facility {id} ("{name}") several times (line {lines})', expected: 'every facility once', next: 'Remove the repeated line, or name a column with unique numbers as key.' },
  },
  'facilities-place-twice': {
    severity: 'warning',
    de: { found: '„{name}“ steht mehrmals am selben Ort (Zeile {lines})', expected: 'jede Einrichtung einmal', next: 'Ist es eine einzige, dann eine der Zeilen entfernen; sie wird sonst mehrfach gezählt.' },
    en: { found: '"{name}" stands several times at the same place (line {lines})', expected: 'every facility once', next: 'If it is one, remove one of the lines; otherwise it is counted several times.' },
  },
} as const satisfies ProblemCatalogue
