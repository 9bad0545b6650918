import type { ProblemCatalogue } from '../problem.ts'

/** What the record of processing activities says about itself. */
export const privacyProblems = {
  'privacy-written': {
    severity: 'note',
    de: { found: 'das Verzeichnis von Verarbeitungstätigkeiten ist geschrieben', expected: 'es enthält keine Zahlen aus Lieferungen und lässt sich in Word oder LibreOffice öffnen', next: 'Mit den Datenschutzbeauftragten durchsehen.' },
    en: { found: 'the record of processing activities is written', expected: 'it holds no figures of deliveries and opens in Word or LibreOffice', next: 'Go through it with the data protection officer.' },
  },
  'privacy-no-officer': {
    severity: 'warning',
    de: { found: 'die Projektdatei nennt keine Datenschutzbeauftragten', expected: 'privacy: { officer: datenschutz@meine-stadt.de }', next: 'Eintragen; die Adresse steht dann auch auf der Seite „Datenschutz“ des Atlas.' },
    en: { found: 'the project file names no data protection officer', expected: 'privacy: { officer: privacy@my-town.de }', next: 'Write it in; the address then also stands on the page "Privacy" of the atlas.' },
  },
  'privacy-no-retention': {
    severity: 'warning',
    de: { found: 'für Lieferungen ist keine Frist angegeben: {deliveries}', expected: 'ein Tag, retention: 2030-12-31', next: 'Mit dem Datenhalter klären und bei der Lieferung eintragen. Danach löscht „npx atlas forget“ sie.' },
    en: { found: 'no term is stated for deliveries: {deliveries}', expected: 'a day, retention: 2030-12-31', next: 'Settle it with the publisher and write it at the delivery. After that day "npx atlas forget" deletes it.' },
  },
  'privacy-open': {
    severity: 'note',
    de: { found: 'im Verzeichnis sind {count} Stellen hervorgehoben, die niemand angegeben hat', expected: 'eine Angabe der Kommune', next: 'In Word oder LibreOffice ergänzen. Was in die Projektdatei gehört, dort eintragen und das Verzeichnis neu schreiben.' },
    en: { found: '{count} places in the record are marked that nobody has stated', expected: 'a statement of the municipality', next: 'Complete them in Word or LibreOffice. What belongs into the project file, write there and write the record anew.' },
  },
} as const satisfies ProblemCatalogue
