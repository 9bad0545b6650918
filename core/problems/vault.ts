import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the vault, which knows the raw counts: its folder, its secret and the ledger; and with a backup of it. */
export const vaultProblems = {
  'vault-too-open': {
    severity: 'error',
    de: {
      found: 'der Tresor ist auch für andere Benutzer dieses Rechners zugänglich (Rechte {mode})',
      expected: 'ein Ordner, in den nur sein Besitzer kommt, denn er enthält Fallzahlen unter der Mindestfallzahl',
      next: 'Ausführen: chmod -R go= "{folder}"',
    },
    en: {
      found: 'the vault is open to other users of this machine too (mode {mode})',
      expected: 'a folder that only its owner can enter, because it holds counts below the minimum count',
      next: 'Run: chmod -R go= "{folder}"',
    },
  },
  'vault-unknown': {
    severity: 'error',
    de: {
      found: 'auf diesem Rechner ist nicht bekannt, wo der Tresor des Atlas „{atlas}“ liegt',
      expected: 'ein Tresor, den ein Bau auf diesem Rechner genannt hat',
      next: 'Den Befehl dort ausführen, wo gebaut wurde, oder das Projekt hier mit „npx atlas build“ einmal bauen.',
    },
    en: {
      found: 'this machine does not know where the vault of the atlas "{atlas}" is',
      expected: 'a vault that a build on this machine has named',
      next: 'Run the command where the build ran, or build the project here once with "npx atlas build".',
    },
  },
  'vault-registry-damaged': {
    severity: 'error',
    de: {
      found: 'die Liste der Tresore ist nicht lesbar',
      expected: 'ein JSON-Objekt, das zu jedem Atlas den Ordner seines Tresors nennt',
      next: 'Die Datei berichtigen oder löschen; der nächste „npx atlas build“ legt sie neu an.',
    },
    en: {
      found: 'the list of vaults cannot be read',
      expected: 'a JSON object that names the vault folder of every atlas',
      next: 'Correct the file or delete it; the next "npx atlas build" makes it anew.',
    },
  },
  'vault-locked': {
    severity: 'error',
    de: {
      found: 'ein anderer Vorgang (Prozess {pid}) liest oder schreibt gerade in diesem Tresor',
      expected: 'nur ein Vorgang zur selben Zeit',
      next: 'Warten, bis er fertig ist, und den Befehl wiederholen. Läuft er sicher nicht mehr, die Datei {file} löschen.',
    },
    en: {
      found: 'another command (process {pid}) is reading or writing in this vault',
      expected: 'only one at a time',
      next: 'Wait until it is done and repeat the command. If it certainly does not run any more, delete the file {file}.',
    },
  },
  'vault-secret-missing': {
    severity: 'error',
    de: {
      found: 'das Geheimnis (secret) des Tresors fehlt, obwohl es ein Buch der Veröffentlichungen oder Berichte gibt',
      expected: 'das Geheimnis, mit dem sie geschrieben wurden',
      next: 'Den ganzen Tresor aus einer Sicherung zurückholen („npx atlas restore“). Ein neues Geheimnis würde alles Bisherige unlesbar machen.',
    },
    en: {
      found: 'the secret of the vault is missing although there is a ledger or there are reports',
      expected: 'the secret with which they were written',
      next: 'Bring the whole vault back from a backup ("npx atlas restore"). A new secret would make everything so far unreadable.',
    },
  },
  'vault-secret-unusable': {
    severity: 'error',
    de: {
      found: 'das Geheimnis des Tresors ist unbrauchbar: {length} Zeichen oder mehr als eine Zeile',
      expected: 'genau eine Zeile mit mindestens {shortest} Zeichen',
      next: 'Die Datei aus einer Sicherung zurückholen. Wurde noch nie veröffentlicht, die Datei löschen; dann wird ein neues Geheimnis gezogen.',
    },
    en: {
      found: 'the secret of the vault is of no use: {length} characters, or more than one line',
      expected: 'exactly one line of at least {shortest} characters',
      next: 'Bring the file back from a backup. If nothing was ever published, delete the file; a new secret is then drawn.',
    },
  },
  'vault-secret-public': {
    severity: 'error',
    de: {
      found: 'der Tresor enthält das Geheimnis des Musteratlas, das jeder lesen kann',
      expected: 'ein eigenes Geheimnis, sobald die Daten nicht erfunden sind',
      next: 'Den Ordner des Tresors aus dem Projekt entfernen; der nächste Bau legt einen neuen mit eigenem Geheimnis an.',
    },
    en: {
      found: 'the vault holds the secret of the sample atlas, which everybody can read',
      expected: 'a secret of your own as soon as the data are not made up',
      next: 'Remove the vault folder from the project; the next build makes a new one with a secret of its own.',
    },
  },
  'vault-ledger-missing': {
    severity: 'error',
    de: {
      found: 'für den Atlas „{atlas}“ gibt es kein Buch der Veröffentlichungen (ledger.jsonl)',
      expected: 'das Buch, das sagt, was frühere Ausgaben gezeigt und gesperrt haben',
      next: 'Ist dies die allererste Ausgabe, mit --first-edition bauen. Sonst den Tresor aus einer Sicherung zurückholen („npx atlas restore“): Ohne das Buch können alte und neue Ausgaben zusammen verraten, was jede für sich schützt.',
    },
    en: {
      found: 'there is no ledger of publications (ledger.jsonl) for the atlas "{atlas}"',
      expected: 'the ledger, which says what earlier editions printed and suppressed',
      next: 'If this is the very first edition, build with --first-edition. Otherwise bring the vault back from a backup ("npx atlas restore"): without the ledger, old and new editions together can give away what each of them protects.',
    },
  },
  'vault-ledger-lost': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen ist weg; ledger.head sagt, dass es eines gab',
      expected: 'ledger.jsonl neben ledger.head',
      next: 'Den Tresor aus einer Sicherung zurückholen („npx atlas restore“). --first-edition hilft hier nicht: Es gibt frühere Ausgaben.',
    },
    en: {
      found: 'the ledger of publications is gone; ledger.head says that there was one',
      expected: 'ledger.jsonl beside ledger.head',
      next: 'Bring the vault back from a backup ("npx atlas restore"). --first-edition does not help here: there are earlier editions.',
    },
  },
  'vault-ledger-started': {
    severity: 'note',
    de: {
      found: 'ein neues Buch der Veröffentlichungen beginnt',
      expected: 'darin steht von jetzt an, was Ausgaben des Atlas „{atlas}“ gezeigt und gesperrt haben',
      next: 'Den Tresor sichern („npx atlas backup“): Ohne ihn lässt sich der Atlas nicht sicher fortschreiben.',
    },
    en: {
      found: 'a new ledger of publications begins',
      expected: 'from now on it says what editions of the atlas "{atlas}" printed and suppressed',
      next: 'Back the vault up ("npx atlas backup"): without it the atlas cannot be continued safely.',
    },
  },
  'vault-ledger-exists': {
    severity: 'warning',
    de: {
      found: '--first-edition, aber es gibt schon ein Buch der Veröffentlichungen',
      expected: 'die Angabe nur beim allerersten Bau',
      next: 'Nichts zu tun: Das Buch wird weitergeführt. Die Angabe künftig weglassen, damit ein verlorenes Buch auffällt.',
    },
    en: {
      found: '--first-edition, but there is a ledger of publications already',
      expected: 'the option with the very first build only',
      next: 'Nothing to do: the ledger is continued. Leave the option out from now on, so that a lost ledger is noticed.',
    },
  },
  'vault-ledger-version': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen hat die Fassung {version}',
      expected: 'Fassung {wanted}, die zu diesem Programm gehört',
      next: 'Dieses Programm auf den Stand bringen, der das Buch geschrieben hat. Das Buch nicht von Hand ändern.',
    },
    en: {
      found: 'the ledger of publications has version {version}',
      expected: 'version {wanted}, which belongs to this program',
      next: 'Update this program to the one that wrote the ledger. Do not change the ledger by hand.',
    },
  },
  'vault-ledger-other-atlas': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen gehört zum Atlas „{found}“',
      expected: 'das Buch des Atlas „{atlas}“',
      next: 'ATLAS_VAULT prüfen: Jeder Atlas braucht einen eigenen Tresor.',
    },
    en: {
      found: 'the ledger of publications belongs to the atlas "{found}"',
      expected: 'the ledger of the atlas "{atlas}"',
      next: 'Check ATLAS_VAULT: every atlas needs a vault of its own.',
    },
  },
  'vault-ledger-other-secret': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen wurde mit einem anderen Geheimnis geschrieben (Kennung {found})',
      expected: 'das Geheimnis, das im Tresor liegt (Kennung {secret})',
      next: 'Geheimnis und Buch gehören zusammen: beide aus derselben Sicherung zurückholen.',
    },
    en: {
      found: 'the ledger of publications was written with another secret (id {found})',
      expected: 'the secret that lies in the vault (id {secret})',
      next: 'Secret and ledger belong together: bring both back from the same backup.',
    },
  },
  'vault-ledger-edited': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen wurde verändert oder ist beschädigt',
      expected: 'Zeilen, wie der Atlas sie geschrieben hat; jede bestätigt alle vor ihr',
      next: 'Nicht von Hand berichtigen. Den Tresor aus einer Sicherung zurückholen („npx atlas restore“).',
    },
    en: {
      found: 'the ledger of publications was changed or is damaged',
      expected: 'lines as the atlas wrote them; each confirms all before it',
      next: 'Do not correct it by hand. Bring the vault back from a backup ("npx atlas restore").',
    },
  },
  'vault-ledger-truncated': {
    severity: 'error',
    de: {
      found: 'dem Buch der Veröffentlichungen fehlt das Ende: Es hat nur noch {lines} Zeilen',
      expected: 'mindestens {expected} Zeilen, wie ledger.head sagt',
      next: 'Den Tresor aus einer Sicherung zurückholen („npx atlas restore“).',
    },
    en: {
      found: 'the ledger of publications has lost its end: only {lines} lines are left',
      expected: 'at least {expected} lines, as ledger.head says',
      next: 'Bring the vault back from a backup ("npx atlas restore").',
    },
  },
  'vault-ledger-head-missing': {
    severity: 'error',
    de: {
      found: 'neben dem Buch der Veröffentlichungen fehlt ledger.head',
      expected: 'die Datei, die sagt, wie weit das Buch reicht; ohne sie fällt ein abgeschnittenes Ende nicht auf',
      next: 'Den Tresor aus einer Sicherung zurückholen („npx atlas restore“).',
    },
    en: {
      found: 'ledger.head is missing beside the ledger of publications',
      expected: 'the file that says how far the ledger reaches; without it a cut end is not noticed',
      next: 'Bring the vault back from a backup ("npx atlas restore").',
    },
  },
  'vault-ledger-behind': {
    severity: 'error',
    de: {
      found: 'das Buch der Veröffentlichungen kennt veröffentlichte Ausgaben nicht: {editions}',
      expected: 'jede Ausgabe, die in der Datenbank als veröffentlicht steht',
      next: 'Das Buch ist älter als die Datenbank. Beide aus derselben Sicherung zurückholen, oder ATLAS_VAULT und DATABASE_URL prüfen: Sie gehören zusammen.',
    },
    en: {
      found: 'the ledger of publications does not know editions that were published: {editions}',
      expected: 'every edition that the database calls published',
      next: 'The ledger is older than the database. Bring both back from the same backup, or check ATLAS_VAULT and DATABASE_URL: they belong together.',
    },
  },
  'vault-ledger-moved': {
    severity: 'error',
    de: {
      found: 'seit die Ausgabe {edition} gebaut wurde, sind andere veröffentlicht worden: {since}',
      expected: 'eine Ausgabe, deren Sperrungen alle vor ihr veröffentlichten berücksichtigen',
      next: 'Die Ausgabe neu bauen und dann veröffentlichen.',
    },
    en: {
      found: 'since edition {edition} was built, others were published: {since}',
      expected: 'an edition whose suppressions take all those published before it into account',
      next: 'Build the edition again, then publish it.',
    },
  },
  'vault-completed': {
    severity: 'note',
    de: {
      found: 'die Veröffentlichung der Ausgabe {edition} war unterbrochen worden',
      expected: 'in der Datenbank steht sie als veröffentlicht, das Buch ist jetzt vollständig',
      next: '',
    },
    en: {
      found: 'the publication of edition {edition} had been interrupted',
      expected: 'the database says that it is published, and the ledger is complete now',
      next: '',
    },
  },
  'vault-abandoned': {
    severity: 'note',
    de: {
      found: 'die Veröffentlichung der Ausgabe {edition} war unterbrochen worden',
      expected: 'in der Datenbank steht sie noch als Entwurf, ihre Zeilen im Buch zählen nicht',
      next: 'Soll sie erscheinen, „npx atlas publish {edition}“ wiederholen.',
    },
    en: {
      found: 'the publication of edition {edition} had been interrupted',
      expected: 'the database still calls it a draft, and its lines in the ledger do not count',
      next: 'If it is to appear, repeat "npx atlas publish {edition}".',
    },
  },
  'vault-presumed': {
    severity: 'warning',
    de: {
      found: 'die Veröffentlichung der Ausgabe {edition} war unterbrochen worden, und die Datenbank kennt die Ausgabe nicht',
      expected: 'eine Datenbank, die sagt, ob sie jemand sehen konnte',
      next: 'Zur Sicherheit gilt sie als veröffentlicht: Was sie gesperrt hat, bleibt gesperrt.',
    },
    en: {
      found: 'the publication of edition {edition} had been interrupted, and the database does not know the edition',
      expected: 'a database that says whether anybody could see it',
      next: 'To be safe it counts as published: what it suppressed stays suppressed.',
    },
  },
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
    de: { found: 'die Rohwerte der Lieferung „{delivery}“ sind gelöscht (Dateien: {files}, Kopien im Tresor: {copies})', expected: 'das Löschprotokoll steht in deletions.jsonl; das Buch der Veröffentlichungen bleibt, wie es ist', next: '' },
    en: { found: 'the raw counts of the delivery "{delivery}" are deleted (files: {files}, copies in the vault: {copies})', expected: 'the record is in deletions.jsonl; the ledger of publications stays as it is', next: '' },
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
      found: 'Sicherungen, Schnappschüsse des Dateisystems und Kopien an anderer Stelle enthalten die Lieferung „{delivery}“ noch; im Tresor bleibt von jeder Zahl eine Prüfsumme, aus der sie mit dem Schlüssel („secret“) durch Probieren wiederzufinden ist',
      expected: 'auch dort gelöscht; wer eine ältere Sicherung zurückspielt, holt die Rohwerte zurück',
      next: 'Ältere Sicherungen löschen und eine neue anlegen („npx atlas backup“); nach dem Zurückspielen einer älteren diesen Befehl wiederholen. Interne Ausgaben zeigen, was sie zeigten; sie lassen sich mit „npx atlas withdraw“ zurückziehen.',
    },
    en: {
      found: 'backups, snapshots of the file system and copies elsewhere still hold the delivery "{delivery}"; in the vault a checksum of every figure stays, from which it can be found again by trying, given the key ("secret")',
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
  'vault-report-missing': {
    severity: 'error',
    de: {
      found: 'zur Ausgabe {edition} fehlt dieser Bericht im Tresor',
      expected: 'die Berichte, die beim Bauen entstanden sind',
      next: 'Die Ausgabe auf diesem Rechner neu bauen; aus denselben Dateien entsteht dieselbe Ausgabe.',
    },
    en: {
      found: 'the vault has no such report about edition {edition}',
      expected: 'the reports that were made with the build',
      next: 'Build the edition again on this machine; the same files make the same edition.',
    },
  },
  'vault-cells-other-secret': {
    severity: 'error',
    de: {
      found: 'die Ausgabe {edition} wurde mit einem anderen Geheimnis gebaut, als im Tresor liegt',
      expected: 'dasselbe Geheimnis beim Bauen und beim Veröffentlichen',
      next: 'Die Ausgabe neu bauen und dann veröffentlichen.',
    },
    en: {
      found: 'edition {edition} was built with another secret than the one in the vault',
      expected: 'the same secret when building and when publishing',
      next: 'Build the edition again, then publish it.',
    },
  },
  'backup-written': {
    severity: 'note',
    de: {
      found: 'die Sicherung ist geschrieben (Ausgaben: {editions}, Tresore: {vaults}, {megabytes} MB)',
      expected: 'sie ist so geheim wie der Tresor, denn sie enthält Lieferungen, Geheimnis und Buch',
      next: 'An einem Ort aufbewahren, an den nur kommt, wer auch die Lieferungen sehen darf, und getrennt von diesem Rechner.',
    },
    en: {
      found: 'the backup is written (editions: {editions}, vaults: {vaults}, {megabytes} MB)',
      expected: 'it is as secret as the vault, because it holds deliveries, secret and ledger',
      next: 'Keep it where only those can get who may see the deliveries too, and away from this machine.',
    },
  },
  'backup-restored': {
    severity: 'note',
    de: {
      found: 'die Sicherung vom {at} ist zurückgespielt',
      expected: 'Ausgaben: {editions}, Tresore: {vaults}',
      next: '',
    },
    en: {
      found: 'the backup of {at} is restored',
      expected: 'editions: {editions}, vaults: {vaults}',
      next: '',
    },
  },
  'backup-exists': {
    severity: 'error',
    de: {
      found: 'die Datei gibt es schon',
      expected: 'ein neuer Name für jede Sicherung, damit keine ältere verloren geht',
      next: 'Einen anderen Dateinamen angeben oder die alte Sicherung vorher wegräumen.',
    },
    en: {
      found: 'the file exists already',
      expected: 'a new name for each backup, so that no older one is lost',
      next: 'Give another file name, or move the old backup away first.',
    },
  },
  'backup-vault-missing': {
    severity: 'error',
    de: {
      found: 'der Tresor des Atlas „{atlas}“ ist nicht da',
      expected: 'der Ordner, den der letzte Bau genannt hat',
      next: 'Den Ordner zurückstellen. Liegt der Tresor jetzt woanders, den Atlas von dort einmal bauen; eine Sicherung ohne ihn wäre keine.',
    },
    en: {
      found: 'the vault of the atlas "{atlas}" is not there',
      expected: 'the folder that the last build named',
      next: 'Put the folder back. If the vault lies elsewhere now, build the atlas from there once; a backup without it would be none.',
    },
  },
  'backup-unreadable': {
    severity: 'error',
    de: {
      found: 'die Datei ist keine vollständige Sicherung dieses Atlas ({detail})',
      expected: 'eine unveränderte Datei, die „npx atlas backup“ geschrieben hat',
      next: 'Nichts wurde zurückgespielt. Die Datei noch einmal vom Ort ihrer Aufbewahrung kopieren oder eine ältere Sicherung nehmen.',
    },
    en: {
      found: 'the file is no complete backup of this atlas ({detail})',
      expected: 'an unchanged file that "npx atlas backup" wrote',
      next: 'Nothing was restored. Copy the file again from where it is kept, or take an older backup.',
    },
  },
  'backup-version': {
    severity: 'error',
    de: {
      found: 'die Sicherung hat die Fassung {version}',
      expected: 'Fassung {wanted}, die zu diesem Programm gehört',
      next: 'Nichts wurde zurückgespielt. Die Sicherung mit dem Programm zurückspielen, das sie geschrieben hat, oder dieses aktualisieren.',
    },
    en: {
      found: 'the backup has version {version}',
      expected: 'version {wanted}, which belongs to this program',
      next: 'Nothing was restored. Restore it with the program that wrote it, or update this one.',
    },
  },
  'backup-store-not-empty': {
    severity: 'error',
    de: {
      found: 'in der Datenbank sind schon Ausgaben: {count}',
      expected: 'eine leere Datenbank, damit nichts überschrieben wird',
      next: 'Nichts wurde zurückgespielt. Mit ATLAS_DATA einen leeren Ordner oder mit DATABASE_URL eine leere Datenbank angeben.',
    },
    en: {
      found: 'the database holds editions already: {count}',
      expected: 'an empty database, so that nothing is overwritten',
      next: 'Nothing was restored. Name an empty folder with ATLAS_DATA or an empty database with DATABASE_URL.',
    },
  },
  'backup-vault-not-empty': {
    severity: 'error',
    de: {
      found: 'der Ordner für den Tresor des Atlas „{atlas}“ ist nicht leer',
      expected: 'ein leerer oder noch nicht vorhandener Ordner',
      next: 'Nichts wurde zurückgespielt. Den Ordner wegräumen (nicht löschen, solange nicht sicher ist, dass die Sicherung neuer ist) oder mit ATLAS_VAULT einen anderen angeben.',
    },
    en: {
      found: 'the folder for the vault of the atlas "{atlas}" is not empty',
      expected: 'a folder that is empty or does not exist yet',
      next: 'Nothing was restored. Move the folder away (do not delete it unless it is certain that the backup is newer), or name another one with ATLAS_VAULT.',
    },
  },
} as const satisfies ProblemCatalogue
