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
  'audit-union': {
    severity: 'error',
    de: {
      found: '{cell} ließe sich mit früheren Ausgaben zusammen errechnen: {arithmetic}',
      expected: 'auch nach einer Berichtigung geben alte und neue Zahlen zusammen nichts preis',
      next: 'Die neuen Zahlen dieses Zeitraums in atlas.yaml unter manual sperren oder die alten beibehalten. Die alte Ausgabe bleibt.',
    },
    en: {
      found: '{cell} could be worked out together with earlier editions: {arithmetic}',
      expected: 'after a revision too old and new figures give nothing away together',
      next: 'Suppress the new figures of this period in atlas.yaml under manual, or keep the old ones. The old edition stays.',
    },
  },
  'audit-forgotten': {
    severity: 'error',
    de: {
      found: '{indicator} auf der Ebene {level} für {period} fehlt jetzt, hatte aber gesperrte Werte, und für denselben Zeitraum kommen neue Zahlen hinzu',
      expected: 'was einmal gesperrt war, bleibt im Projekt: Nur so lässt sich prüfen, ob die neuen Zahlen es verraten',
      next: 'Ebene und Kennzahl im Projekt lassen; soll sie nicht gezeigt werden, beim Indikator published: false eintragen.',
    },
    en: {
      found: '{indicator} on the level {level} for {period} is missing now but had suppressed values, and new figures appear for the same period',
      expected: 'what was suppressed once stays in the project: only then can be checked whether the new figures give it away',
      next: 'Keep level and indicator in the project; if it is not to be shown, set published: false for the indicator.',
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
