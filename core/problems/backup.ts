import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with a backup, and what is in one. */
export const backupProblems = {
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
