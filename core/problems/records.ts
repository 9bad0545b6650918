import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with rows about persons, with street lists, with requests, and what was deleted. */
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
  'request-written': {
    severity: 'note',
    de: {
      found: 'Anforderungen an {publishers} Stellen sind geschrieben ({files} Dateien)',
      expected: 'sie enthalten keine Zahlen aus Lieferungen und lassen sich in Word oder LibreOffice öffnen',
      next: 'Vor dem Absenden lesen: Stichtag und Rechtsgrundlage kommen aus der Projektdatei.',
    },
    en: {
      found: 'requests to {publishers} offices are written ({files} files)',
      expected: 'they hold no figures of deliveries and open in Word or LibreOffice',
      next: 'Read them before sending: reference date and legal basis come from the project file.',
    },
  },
  'request-guessed-day': {
    severity: 'warning',
    de: {
      found: 'zu welchem Stichtag „{delivery}“ als Nächstes gebraucht wird, geht aus dem Projekt nicht hervor',
      expected: 'ein Zeitraum in den gelieferten Tabellen, an den der nächste anschließt',
      next: 'Im Brief steht {period}; bitte prüfen und wenn nötig ändern.',
    },
    en: {
      found: 'the project does not say for which day "{delivery}" is needed next',
      expected: 'a period in the delivered tables which the next one follows',
      next: 'The letter says {period}; please check it and change it where needed.',
    },
  },
} as const satisfies ProblemCatalogue
