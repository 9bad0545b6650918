import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the vault, which knows the raw counts: its folder, its secret and what a build left in it. */
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
} as const satisfies ProblemCatalogue
