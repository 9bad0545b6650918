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
  'backup-with-people': {
    severity: 'note',
    de: {
      found: 'die Werkstatt ist dabei: Konten, Rollen, Einstellungen, Freigaben, Protokoll und {files} Dateien aus Projektordnern',
      expected: 'Anmeldungen sind nicht dabei; nach dem Zurückspielen meldet sich jede und jeder neu an',
      next: '',
    },
    en: {
      found: 'the Werkstatt is in it: accounts, roles, settings, approvals, log, and {files} files of project folders',
      expected: 'sessions are not; after a restore everybody signs in again',
      next: '',
    },
  },
  'backup-without-key': {
    severity: 'warning',
    de: {
      found: 'die Werkstatt ist dabei, aber nicht ihr Schlüssel ({files} Dateien aus Projektordnern)',
      expected: 'die Datei workshop.key aus dem Datenordner der Werkstatt; ohne sie gelten nach dem Zurückspielen die Einmalcodes nicht mehr',
      next: 'Die Datei getrennt sichern, oder die Sicherung mit dem Datenordner der Werkstatt (ATLAS_DATA) schreiben.',
    },
    en: {
      found: 'the Werkstatt is in it, but not its key ({files} files of project folders)',
      expected: 'the file workshop.key of the data folder of the Werkstatt; without it one-time codes no longer hold after a restore',
      next: 'Save the file by itself, or write the backup with the data folder of the Werkstatt (ATLAS_DATA).',
    },
  },
  'backup-without-people': {
    severity: 'warning',
    de: {
      found: 'die Konten der Werkstatt sind nicht dabei: Diese Anmeldung an der Datenbank darf sie nicht lesen ({files} Dateien aus Projektordnern sind dabei)',
      expected: 'eine Anmeldung mit der Rolle atlas_owner, wenn die Werkstatt benutzt wird',
      next: 'Ohne Werkstatt ist nichts zu tun. Mit Werkstatt die Sicherung mit DATABASE_URL der Verwaltung wiederholen.',
    },
    en: {
      found: 'the accounts of the Werkstatt are not in it: this login of the database may not read them ({files} files of project folders are)',
      expected: 'a login with the role atlas_owner, where the Werkstatt is used',
      next: 'Without a Werkstatt nothing is to do. With one, repeat the backup with the DATABASE_URL of the administration.',
    },
  },
  'backup-file-changed': {
    severity: 'error',
    de: {
      found: 'die Datei wurde kürzer, während sie gesichert wurde',
      expected: 'Dateien, an denen niemand schreibt',
      next: 'Es wurde keine Sicherung geschrieben. Noch einmal versuchen; bleibt es dabei, solange die Werkstatt anhalten.',
    },
    en: {
      found: 'the file became shorter while it was saved',
      expected: 'files that nobody writes to',
      next: 'No backup was written. Try again; if it goes on, stop the Werkstatt for that time.',
    },
  },
  'backup-projects-not-empty': {
    severity: 'error',
    de: {
      found: 'der Ordner für Projekte ist nicht leer',
      expected: 'ein leerer oder noch nicht vorhandener Ordner',
      next: 'Nichts wurde zurückgespielt. Den Ordner wegräumen oder mit ATLAS_PROJECTS einen anderen angeben.',
    },
    en: {
      found: 'the folder for projects is not empty',
      expected: 'a folder that is empty or does not exist yet',
      next: 'Nothing was restored. Move the folder away, or name another one with ATLAS_PROJECTS.',
    },
  },
  'backup-people-refused': {
    severity: 'error',
    de: {
      found: 'in der Sicherung sind Konten der Werkstatt, und diese Anmeldung an der Datenbank darf keine schreiben',
      expected: 'eine Anmeldung mit der Rolle atlas_owner',
      next: 'Nichts wurde zurückgespielt. Mit DATABASE_URL der Verwaltung wiederholen.',
    },
    en: {
      found: 'the backup holds accounts of the Werkstatt, and this login of the database may not write any',
      expected: 'a login with the role atlas_owner',
      next: 'Nothing was restored. Repeat with the DATABASE_URL of the administration.',
    },
  },
  'backup-people-not-empty': {
    severity: 'error',
    de: {
      found: 'in der Datenbank gibt es schon Konten der Werkstatt',
      expected: 'eine Datenbank, in der sich noch niemand angemeldet hat',
      next: 'Nichts wurde zurückgespielt. Eine leere Datenbank anlegen (migrate) und dorthin zurückspielen, bevor die Werkstatt benutzt wird.',
    },
    en: {
      found: 'there are accounts of the Werkstatt in the database already',
      expected: 'a database that nobody signed in to yet',
      next: 'Nothing was restored. Make an empty database (migrate), and restore there before the Werkstatt is used.',
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
