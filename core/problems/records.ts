import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with rows about persons. */
export const recordsProblems = {
  'records-persons': {
    severity: 'error',
    de: {
      found: 'die Tabelle hat Zeilen über einzelne Personen: {columns}',
      expected: 'Zahlen je Gebiet, keine Angaben über einzelne Menschen',
      next: 'Die Statistikstelle die Zeilen je Gebiet auszählen lassen und die Auszählung liefern. Muss hier gezählt werden: in der Lieferung „einzeldaten: zählen“ und unter count angeben, was zu zählen ist; dann wird im Durchlauf gezählt und keine Zeile aufbewahrt.',
    },
    en: {
      found: 'the table has rows about single persons: {columns}',
      expected: 'numbers per area, nothing about single people',
      next: 'Have the statistics office count the rows per area and deliver the counts. If they must be counted here: write "einzeldaten: zählen" in the delivery and under count what to count; then they are counted in passing and no row is kept.',
    },
  },
  'records-person-column': {
    severity: 'error',
    de: {
      found: 'die Spalte „{column}“ sagt etwas über einzelne Personen ({kind}) und steht in der Projektdatei unter {key}',
      expected: 'dort nur eine Spalte, die ein Gebiet oder einen Zeitraum nennt; ihr Inhalt erscheint in Meldungen',
      next: 'In der Lieferung die richtige Spalte nennen.',
    },
    en: {
      found: 'the column "{column}" tells about single persons ({kind}) and stands in the project file under {key}',
      expected: 'only a column there that names an area or a period; its content appears in messages',
      next: 'Name the right column in the delivery.',
    },
  },
  'read-person-in-head': {
    severity: 'error',
    de: {
      found: 'wo die Spaltenköpfe erwartet werden, steht schon eine Zeile über eine Person oder eine Anschrift; ihr Inhalt wird hier nicht gezeigt',
      expected: 'eine Kopfzeile über den Daten, und Zahlen je Gebiet',
      next: 'Die Statistikstelle die Zeilen je Gebiet auszählen und mit Kopfzeile liefern lassen. Steht die Kopfzeile weiter oben oder unten: mit dialect: { headLine: … } nennen.',
    },
    en: {
      found: 'where the column heads are expected there is already a row about a person or an address; its content is not shown here',
      expected: 'a head row above the data, and numbers per area',
      next: 'Have the statistics office count the rows per area and deliver them with a head row. If the head row stands further up or down: name it with dialect: { headLine: … }.',
    },
  },
  'records-unknown-areas': {
    severity: 'error',
    de: {
      found: 'Zeilen, deren Spalte „{column}“ kein Gebiet der Ebene nennt: {count}, die erste hier; der Inhalt wird nicht gezeigt',
      expected: 'Schlüssel von Gebieten, wie die Ebene sie hat, oder ein Text aus unassigned',
      next: 'In area der Lieferung die Spalte mit dem Gebiet nennen, mit pad, prefix oder lookUp die Schreibweise angleichen, und unter unassigned angeben, was „ohne Zuordnung“ heißt.',
    },
    en: {
      found: 'rows whose column "{column}" names no area of the level: {count}, the first one here; the content is not shown',
      expected: 'keys of areas as the level has them, or a text of unassigned',
      next: 'Name the column with the area in area of the delivery, adjust the spelling with pad, prefix or lookUp, and say under unassigned what means "without an area".',
    },
  },
  'records-counted': {
    severity: 'note',
    de: {
      found: '{rows} Zeilen über Personen wurden gezählt und nicht aufbewahrt',
      expected: 'weitergegeben sind nur Fallzahlen je Gebiet (Fallzahlen: {counts}, Gebiete: {areas})',
      next: '',
    },
    en: {
      found: '{rows} rows about persons were counted and not kept',
      expected: 'only counts per area are passed on (counts: {counts}, areas: {areas})',
      next: '',
    },
  },
  'records-no-head': {
    severity: 'error',
    de: {
      found: 'keine der ersten {lines} Zeilen enthält die Spaltenköpfe {columns}',
      expected: 'eine Kopfzeile, in der sie alle stehen, so geschrieben wie in der Projektdatei',
      next: 'Die Namen in der Lieferung berichtigen; mit dialect: { headLine: … } lässt sich die Kopfzeile nennen, mit encoding der Zeichensatz.',
    },
    en: {
      found: 'none of the first {lines} lines holds the column heads {columns}',
      expected: 'a head line that has them all, written as in the project file',
      next: 'Correct the names in the delivery; dialect: { headLine: … } names the head line, encoding the character set.',
    },
  },
  'records-broken-rows': {
    severity: 'error',
    de: {
      found: 'Zeilen mit weniger Feldern als Köpfen: {count}, die erste hier',
      expected: 'in jeder Zeile alle Spalten; sonst wird falsch gezählt',
      next: 'Die Datei vollständig neu ausgeben lassen. Zeilen mit Bemerkungen oder Summen darin löschen.',
    },
    en: {
      found: 'rows with fewer fields than heads: {count}, the first one here',
      expected: 'all columns in every row; else the count is wrong',
      next: 'Have the file written again in full. Delete rows with remarks or totals.',
    },
  },
  'records-unreadable': {
    severity: 'error',
    de: {
      found: 'die Datei lässt sich nicht Zeile für Zeile lesen ({reason}); ihr Inhalt wird hier nicht gezeigt',
      expected: 'CSV mit gleich vielen Feldern je Zeile, oder eine Arbeitsmappe',
      next: 'Als CSV mit Semikolon und UTF-8 neu ausgeben lassen.',
    },
    en: {
      found: 'the file cannot be read row by row ({reason}); its content is not shown here',
      expected: 'CSV with the same number of fields in every row, or a workbook',
      next: 'Have it written again as CSV with semicolons and UTF-8.',
    },
  },
  'records-unreadable-period': {
    severity: 'error',
    de: {
      found: 'Zeilen, deren Spalte „{column}“ keinen Zeitraum nennt: {count}, die erste hier',
      expected: 'in jeder Zeile ein Zeitraum, wie period ihn liest',
      next: 'period in der Lieferung berichtigen oder mit value einen festen Zeitraum nennen.',
    },
    en: {
      found: 'rows whose column "{column}" names no period: {count}, the first one here',
      expected: 'a period in every row, as period reads it',
      next: 'Correct period in the delivery, or fix one with value.',
    },
  },
  'records-unreadable-birth-date': {
    severity: 'warning',
    de: {
      found: 'Zeilen ohne lesbares Geburtsdatum: {count}, die erste hier',
      expected: 'ein Tag oder ein Jahr, 31.12.1980, 1980-12-31 oder 1980, nicht nach dem Stichtag; ohne ihn zählt die Zeile in keiner Altersgruppe',
      next: 'Nachfragen, was diese Zeilen sind. Altersgruppen ergeben sonst zusammen weniger als alle Personen.',
    },
    en: {
      found: 'rows without a readable date of birth: {count}, the first one here',
      expected: 'a day or a year, 31.12.1980, 1980-12-31 or 1980, not after the reference date; without it the row counts in no age group',
      next: 'Ask what these rows are. Otherwise the age groups add up to less than all persons.',
    },
  },
  'records-unreadable-number': {
    severity: 'error',
    de: {
      found: 'Zeilen, deren Spalte „{column}“ keine ganze Zahl enthält: {count}, die erste hier',
      expected: 'eine Anzahl, 0 oder mehr',
      next: 'Die Spalte berichtigen lassen, oder ohne sum die Zeilen selbst zählen.',
    },
    en: {
      found: 'rows whose column "{column}" holds no whole number: {count}, the first one here',
      expected: 'a number, 0 or more',
      next: 'Have the column corrected, or count the rows themselves, without sum.',
    },
  },
  'records-too-many-areas': {
    severity: 'error',
    de: {
      found: 'in der Spalte „{column}“ stehen mehr als {limit} verschiedene Texte',
      expected: 'Gebietsschlüssel; so viele verschiedene deuten auf Angaben zu Personen',
      next: 'In area der Lieferung die Spalte mit dem Gebiet nennen.',
    },
    en: {
      found: 'the column "{column}" holds more than {limit} different texts',
      expected: 'area keys; so many different ones look like something about persons',
      next: 'Name the column with the area in area of the delivery.',
    },
  },
  'records-zeros': {
    severity: 'note',
    de: {
      found: 'Gebiete ohne eine Zeile: {count}',
      expected: 'sie erhalten 0, weil die Lieferung Gebiete ohne Fälle weglässt (rowless: zero)',
      next: '',
    },
    en: {
      found: 'areas without a row: {count}',
      expected: 'they get 0, as the delivery leaves out areas without cases (rowless: zero)',
      next: '',
    },
  },
} as const satisfies ProblemCatalogue
