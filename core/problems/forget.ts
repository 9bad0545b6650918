import type { ProblemCatalogue } from '../problem.ts'

/** What was deleted from a vault, why it could not be, and what can no longer be done without it. */
export const forgetProblems = {
  'vault-forget-unknown': {
    severity: 'error',
    de: { found: 'die Projektdatei hat keine Lieferung „{delivery}“', expected: 'eine von {known}', next: 'Die Kennung der Lieferung (id) angeben. Gelöscht wurde nichts.' },
    en: { found: 'the project file has no delivery "{delivery}"', expected: 'one of {known}', next: 'Give the id of the delivery. Nothing was deleted.' },
  },
  'vault-forget-early': {
    severity: 'error',
    de: {
      found: 'die Lieferung „{delivery}“ wird bis einschließlich {retention} aufbewahrt',
      expected: 'ein Tag danach',
      next: 'Gelöscht wurde nichts. Muss es früher sein, etwa auf Verlangen des Datenhalters: --reason "…" und --by "Name" angeben; beides steht dann im Löschprotokoll.',
    },
    en: {
      found: 'the delivery "{delivery}" is kept up to and including {retention}',
      expected: 'a day after that',
      next: 'Nothing was deleted. If it must be earlier, for example because the publisher demands it: give --reason "…" and --by "name"; both go into the record.',
    },
  },
  'vault-forget-no-day': {
    severity: 'error',
    de: {
      found: 'für die Lieferung „{delivery}“ steht kein Tag fest, nach dem sie zu löschen ist (retention: {retention})',
      expected: 'ein Tag, retention: 2030-12-31',
      next: 'Gelöscht wurde nichts. Den Tag in der Projektdatei eintragen, oder --reason "…" und --by "Name" angeben.',
    },
    en: {
      found: 'no day is stated after which the delivery "{delivery}" is to be deleted (retention: {retention})',
      expected: 'a day, retention: 2030-12-31',
      next: 'Nothing was deleted. Write the day into the project file, or give --reason "…" and --by "name".',
    },
  },
  'vault-forget-nothing': {
    severity: 'note',
    de: { found: 'von der Lieferung „{delivery}“ ist nichts da, was zu löschen wäre', expected: 'keine Datei, keine Kopie im Tresor, kein Nachweis mit ihren Zahlen', next: '' },
    en: { found: 'nothing of the delivery "{delivery}" is there to be deleted', expected: 'no file, no copy in the vault, no proof with its figures', next: '' },
  },
  'vault-forgotten-before': {
    severity: 'note',
    de: { found: 'die Lieferung „{delivery}“ wurde schon gelöscht', expected: 'am {day} von {by}', next: '' },
    en: { found: 'the delivery "{delivery}" has been deleted already', expected: 'on {day} by {by}', next: '' },
  },
  'vault-forget-file': {
    severity: 'note',
    de: { found: 'wird gelöscht', expected: 'gelieferte Datei, {bytes} Bytes', next: '' },
    en: { found: 'is deleted', expected: 'delivered file, {bytes} bytes', next: '' },
  },
  'vault-forget-vault': {
    severity: 'note',
    de: { found: 'wird gelöscht', expected: 'Kopien gelieferter Dateien: {copies}; Ausgaben, deren Nachweise ihre Zahlen enthalten: {editions}; Prüfberichte: {reports}', next: '' },
    en: { found: 'is deleted', expected: 'copies of delivered files: {copies}; editions whose proofs hold its figures: {editions}; check reports: {reports}', next: '' },
  },
  'vault-forgotten': {
    severity: 'note',
    de: { found: 'die Rohwerte der Lieferung „{delivery}“ sind gelöscht (Dateien: {files}, Kopien im Tresor: {copies})', expected: 'das Löschprotokoll steht in deletions.jsonl; das Buch der Veröffentlichungen weiß weiter, was gezeigt und was gesperrt wurde', next: '' },
    en: { found: 'the raw counts of the delivery "{delivery}" are deleted (files: {files}, copies in the vault: {copies})', expected: 'the record is in deletions.jsonl; the ledger of publications still knows what was shown and what was suppressed', next: '' },
  },
  'vault-forgotten-rebuild': {
    severity: 'warning',
    de: {
      found: 'diese Ausgaben lassen sich nicht noch einmal bauen: {editions}',
      expected: 'sie bleiben veröffentlicht und ihre Adressen gelten weiter',
      next: 'Nichts zu tun. Neue Ausgaben entstehen ohne die Lieferung: in der Projektdatei streichen oder ihre files durch neue ersetzen.',
    },
    en: {
      found: 'these editions cannot be built again: {editions}',
      expected: 'they stay published, and their addresses hold',
      next: 'Nothing to do. New editions are made without the delivery: delete it from the project file, or replace its files by new ones.',
    },
  },
  'vault-forgotten-attack': {
    severity: 'warning',
    de: {
      found: 'für diese Ausgaben sind Nachweise der Geheimhaltung gelöscht (Blöcke gelöscht/vorhanden): {editions}',
      expected: 'explain nennt weiter die Regel zu jeder Zahl; audit greift nur noch die übrigen Blöcke an, und ein Bau prüft berichtigte Zahlen nicht mehr gegen die gelöschten',
      next: 'Für Zeiträume dieser Lieferung keine neuen oder berichtigten Zahlen veröffentlichen, ohne den Datenschutz zu fragen.',
    },
    en: {
      found: 'proofs of confidentiality are deleted for these editions (blocks deleted/there): {editions}',
      expected: 'explain still gives the rule behind every figure; audit attacks the other blocks only, and a build does not hold revised figures against the deleted ones any more',
      next: 'Do not publish new or revised figures for periods of this delivery without asking the data protection officer.',
    },
  },
  'vault-forgotten-hashes': {
    severity: 'note',
    de: {
      found: 'aus Buch und Berichten sind die Prüfsummen der gesperrten Zahlen gelöscht ({hashes} im Buch), aus denen sie sich durch Probieren hätten finden lassen',
      expected: 'ob eine solche Zahl später berichtigt wird, ist damit nicht mehr zu erkennen; wird sie noch einmal geliefert, bleibt sie gesperrt',
      next: '',
    },
    en: {
      found: 'the checksums of suppressed figures are deleted from ledger and reports ({hashes} in the ledger); by trying, the figures could have been found from them',
      expected: 'whether such a figure is revised later cannot be told any more; if it is delivered once more it stays suppressed',
      next: '',
    },
  },
  'vault-forget-shared': {
    severity: 'warning',
    de: { found: 'diese Dateien bleiben, weil eine andere Lieferung sie auch braucht: {names}', expected: 'eine Datei je Lieferung', next: 'Sie werden gelöscht, wenn auch die andere Lieferung gelöscht wird.' },
    en: { found: 'these files stay, because another delivery needs them too: {names}', expected: 'one file per delivery', next: 'They are deleted when the other delivery is deleted too.' },
  },
  'vault-forget-unclaimed': {
    severity: 'warning',
    de: {
      found: 'im Tresor liegen Kopien älterer Ausgaben, die keiner Lieferung des Projekts zuzuordnen sind: {names}',
      expected: 'Namen, die in der Projektdatei unter files stehen',
      next: 'Gehört eine davon zu dieser Lieferung, ihren Namen unter files wieder eintragen und den Befehl wiederholen.',
    },
    en: {
      found: 'the vault holds copies of older editions that belong to no delivery of the project: {names}',
      expected: 'names that stand in the project file under files',
      next: 'If one of them belongs to this delivery, write its name under files again and repeat the command.',
    },
  },
  'vault-forgotten-remains': {
    severity: 'warning',
    de: {
      found: 'Sicherungen, Schnappschüsse des Dateisystems und Kopien an anderer Stelle enthalten die Lieferung „{delivery}“ noch',
      expected: 'auch dort gelöscht; wer eine ältere Sicherung zurückspielt, holt die Rohwerte zurück',
      next: 'Ältere Sicherungen löschen und eine neue anlegen („npx atlas backup“); nach dem Zurückspielen einer älteren diesen Befehl wiederholen. Interne Ausgaben zeigen, was sie zeigten; sie lassen sich mit „npx atlas withdraw“ zurückziehen.',
    },
    en: {
      found: 'backups, snapshots of the file system and copies elsewhere still hold the delivery "{delivery}"',
      expected: 'deleted there too; whoever restores an older backup brings the raw counts back',
      next: 'Delete older backups and make a new one ("npx atlas backup"); after restoring an older one repeat this command. Internal editions show what they showed; "npx atlas withdraw" takes them back.',
    },
  },
  'vault-file-forgotten': {
    severity: 'error',
    de: {
      found: 'diese Datei der Lieferung „{delivery}“ wurde am {day} von {by} gelöscht, weil ihre Frist abgelaufen war oder auf Verlangen',
      expected: 'eine Projektdatei ohne sie',
      next: 'Die Lieferung aus der Projektdatei streichen oder ihre neuen Dateien nennen. Das Löschprotokoll steht im Tresor in deletions.jsonl.',
    },
    en: {
      found: 'this file of the delivery "{delivery}" was deleted on {day} by {by}, because its term was over or on demand',
      expected: 'a project file without it',
      next: 'Delete the delivery from the project file, or name its new files. The record is in deletions.jsonl of the vault.',
    },
  },
  'vault-edition-forgotten': {
    severity: 'note',
    de: { found: 'Rohwerte der Lieferung „{delivery}“ wurden am {day} gelöscht', expected: 'von der Ausgabe {edition} lassen sich deshalb nur noch die übrigen Zahlenfamilien angreifen', next: '' },
    en: { found: 'raw counts of the delivery "{delivery}" were deleted on {day}', expected: 'of edition {edition} only the other families of figures can be attacked', next: '' },
  },
  'vault-union-forgotten': {
    severity: 'warning',
    de: {
      found: 'frühere Ausgaben haben Zahlen gezeigt und gesperrt, deren Rohwerte gelöscht sind: {editions}',
      expected: 'alle früheren Zahlen, um die neue Ausgabe über sie zu legen; mit den gelöschten ({indicators}) ging das nicht',
      next: 'Zeigt diese Ausgabe neue oder berichtigte Zahlen für dieselben Zeiträume, vorher den Datenschutz fragen. Sonst ist nichts zu tun.',
    },
    en: {
      found: 'earlier editions printed and suppressed figures whose raw counts are deleted: {editions}',
      expected: 'all earlier figures, to lay the new edition over them; with the deleted ones ({indicators}) that could not be done',
      next: 'If this edition prints new or revised figures for the same periods, ask the data protection officer first. Otherwise there is nothing to do.',
    },
  },
} as const satisfies ProblemCatalogue
