import type { ProblemCatalogue } from '../problem.ts'

/** What the auditor says about an edition. Findings quote what they found: as secret as the vault. */
export const auditProblems = {
  'audit-bytes-clean': {
    severity: 'note',
    de: {
      found: 'Prüfung der fertigen Bytes: {artefacts} Seiten, Dateien und Kacheln gelesen, {claims} Aussagen geprüft',
      expected: 'keine Beanstandung',
      next: '',
    },
    en: {
      found: 'audit of the finished bytes: {artefacts} pages, files and tiles read, {claims} statements checked',
      expected: 'nothing found',
      next: '',
    },
  },
  'audit-bytes-finding': {
    severity: 'error',
    de: {
      found: 'Prüfung der fertigen Bytes: {finding}',
      expected: 'nur freigegebene Werte und was aus ihnen folgt',
      next: 'Die Ausgabe wird nicht veröffentlicht, die alte bleibt. Das ist ein Fehler des Programms: bitte melden, ohne die Zahlen zu nennen.',
    },
    en: {
      found: 'audit of the finished bytes: {finding}',
      expected: 'cleared values only and what follows from them',
      next: 'The edition is not published, the old one stays. This is a fault of the program: please report it without quoting figures.',
    },
  },
  'audit-bytes-more': {
    severity: 'error',
    de: { found: 'Prüfung der fertigen Bytes: {count} weitere Beanstandungen', expected: 'keine', next: '' },
    en: { found: 'audit of the finished bytes: {count} more findings', expected: 'none', next: '' },
  },
  'audit-cells-clean': {
    severity: 'note',
    de: {
      found: 'Prüfung der Zellen: {cells} geschützte Fallzahlen in {blocks} Blöcken mit den gelesenen Zahlen angegriffen',
      expected: 'errechenbar 0, zu eng 0, durch Betroffene errechenbar 0, ungültige Nachweise 0',
      next: '',
    },
    en: {
      found: 'audit of cells: {cells} protected counts in {blocks} blocks attacked with the figures that were read',
      expected: 'exact 0, narrow 0, computable by insiders 0, bad certificates 0',
      next: '',
    },
  },
  'audit-cell-finding': {
    severity: 'error',
    de: {
      found: '{cell} lässt sich errechnen: {arithmetic}',
      expected: 'aus allem Veröffentlichten bleibt jeder Wert möglich, den die Regel verlangt',
      next: 'Die Ausgabe wird nicht veröffentlicht. Ist sie schon öffentlich, ziehen Sie sie mit „npx atlas withdraw“ zurück.',
    },
    en: {
      found: '{cell} can be worked out: {arithmetic}',
      expected: 'from everything printed every value stays possible that the rule demands',
      next: 'The edition is not published. If it is public already, withdraw it with "npx atlas withdraw".',
    },
  },
  'audit-bad-certificates': {
    severity: 'error',
    de: { found: '{block}: {count} Nachweise stimmen nicht', expected: 'zu jeder geschützten Fallzahl zwei Tabellen, die zu allem Gedruckten passen', next: 'Neu bauen. Bleibt es dabei, ist das ein Fehler des Programms: bitte melden.' },
    en: { found: '{block}: {count} certificates do not hold', expected: 'two tables for every protected count that fit everything printed', next: 'Build again. If it stays, it is a fault of the program: please report it.' },
  },
  'audit-not-clean': {
    severity: 'error',
    de: {
      found: 'der Bericht der Ausgabe {edition} enthält Beanstandungen',
      expected: 'errechenbar 0, zu eng 0, ungültige Nachweise 0',
      next: 'Neu bauen und die Meldungen lesen; veröffentlicht wird diese Ausgabe nicht.',
    },
    en: {
      found: 'the report of the edition {edition} has findings',
      expected: 'exact 0, narrow 0, bad certificates 0',
      next: 'Build again and read the messages; this edition is not published.',
    },
  },
  'audit-unknown-folder': {
    severity: 'error',
    de: { found: '{folder} ist weder eine Ausgabe noch ein Ordner mit einer', expected: 'eine Kennung wie e0123456789ab oder ein Ordner mit den Dateien eines Atlas', next: '„npx atlas editions“ zeigt alle Ausgaben.' },
    en: { found: '{folder} is neither an edition nor a folder with one', expected: 'an id such as e0123456789ab, or a folder with the files of an atlas', next: 'Run "npx atlas editions" to see all editions.' },
  },
} as const satisfies ProblemCatalogue
