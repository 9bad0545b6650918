import type { ProblemCatalogue } from '../problem.ts'

/** What can go wrong between a finished edition and the people who read it: the database, and the act of publishing. */
export const publishProblems = {
  'publish-database-away': {
    severity: 'error',
    de: {
      found: 'die Datenbank ({database}) antwortet nicht: {message}',
      expected: 'eine laufende, erreichbare Datenbank',
      next: 'Die bisher veröffentlichte Ausgabe bleibt gültig. Die Datenbank starten oder DATABASE_URL berichtigen und den Befehl wiederholen.',
    },
    en: {
      found: 'the database ({database}) does not answer: {message}',
      expected: 'a running database that can be reached',
      next: 'The edition published so far stays current. Start the database or correct DATABASE_URL, and repeat the command.',
    },
  },
  'publish-database-refused': {
    severity: 'error',
    de: {
      found: 'die Datenbank ({database}) weist die Anmeldung zurück: {message}',
      expected: 'eine vorhandene Datenbank und eine gültige Anmeldung',
      next: 'Name, Kennwort und Datenbank in DATABASE_URL prüfen.',
    },
    en: {
      found: 'the database ({database}) refuses the login: {message}',
      expected: 'a database that exists and a valid login',
      next: 'Check the user, the password and the database in DATABASE_URL.',
    },
  },
  'publish-forbidden': {
    severity: 'error',
    de: {
      found: 'die Anmeldung an der Datenbank ({database}) darf das nicht: {message}',
      expected: 'eine Anmeldung mit der Rolle „{role}“',
      next: 'Die Rolle von der Datenbankverwaltung zuteilen lassen (sql/roles.sql) oder die dafür vorgesehene Anmeldung nutzen.',
    },
    en: {
      found: 'the login at the database ({database}) is not allowed to do this: {message}',
      expected: 'a login with the role "{role}"',
      next: 'Have the database administrator grant the role (sql/roles.sql), or use the login made for this task.',
    },
  },
  'publish-disk-full': {
    severity: 'error',
    de: {
      found: 'auf dem Datenträger der Datenbank ({database}) ist zu wenig Platz: {message}',
      expected: 'genug freier Speicherplatz für eine weitere Ausgabe',
      next: 'Nichts wurde veröffentlicht, die bisherige Ausgabe bleibt gültig. Platz schaffen, zum Beispiel mit „npx atlas prune“, und den Befehl wiederholen.',
    },
    en: {
      found: 'the disk of the database ({database}) has too little space: {message}',
      expected: 'enough free space for another edition',
      next: 'Nothing was published, the edition published so far stays current. Free some space, for example with "npx atlas prune", and repeat the command.',
    },
  },
  'publish-schema-version': {
    severity: 'error',
    de: {
      found: 'die Tabellen in der Datenbank ({database}) haben die Fassung {version}',
      expected: 'Fassung {wanted}, die zu diesem Programm gehört',
      next: 'Ist die Fassung kleiner oder 0, „npx atlas migrate“ ausführen; ist sie größer, dieses Programm aktualisieren.',
    },
    en: {
      found: 'the tables in the database ({database}) have version {version}',
      expected: 'version {wanted}, which belongs to this program',
      next: 'If the version is lower or 0, run "npx atlas migrate". If it is higher, update this program.',
    },
  },
  'publish-lock-held': {
    severity: 'error',
    de: {
      found: 'der Datenordner {folder} wird von einem anderen Prozess benutzt ({owner}), der nicht antwortet',
      expected: 'ein Ordner, den nur ein Datenbankprozess geöffnet hat',
      next: 'Einen Moment warten und den Befehl wiederholen. Hilft das nicht, den genannten Prozess beenden; im Datenordner nichts löschen.',
    },
    en: {
      found: 'the data folder {folder} is in use by another process ({owner}), which does not answer',
      expected: 'a folder that only one database process has open',
      next: 'Wait a moment and repeat the command. If that does not help, end the process named here; delete nothing in the data folder.',
    },
  },
  'publish-database-failed': {
    severity: 'error',
    de: {
      found: 'die eingebaute Datenbank in {folder} lässt sich nicht öffnen: {message}',
      expected: 'ein beschreibbarer, unbeschädigter Datenordner mit freiem Platz',
      next: 'Die Rechte am Ordner und den freien Speicherplatz prüfen; Einzelheiten stehen in database.log im Datenordner. Ist der Ordner beschädigt (etwa nach einem Stromausfall), die letzte Sicherung einspielen oder die Ausgaben neu bauen.',
    },
    en: {
      found: 'the built-in database in {folder} cannot be opened: {message}',
      expected: 'an undamaged data folder that can be written to, with free space',
      next: 'Check the rights of the folder and the free space; details are in database.log in the data folder. If the folder is damaged (for example by a power cut), restore the latest backup or build the editions again.',
    },
  },
  'publish-unknown-edition': {
    severity: 'error',
    de: {
      found: 'die Ausgabe „{edition}“ gibt es in der Datenbank nicht',
      expected: 'die Kennung einer gespeicherten Ausgabe, wie e0123456789ab',
      next: '„npx atlas editions“ zeigt alle Ausgaben. Entwürfe, die älter als sieben Tage sind, löscht „npx atlas prune“; die Ausgabe dann neu bauen.',
    },
    en: {
      found: 'there is no edition "{edition}" in the database',
      expected: 'the id of a stored edition, such as e0123456789ab',
      next: 'Run "npx atlas editions" to see all editions. Drafts older than seven days are deleted by "npx atlas prune"; if so, build the edition again.',
    },
  },
  'publish-edition-damaged': {
    severity: 'error',
    de: {
      found: 'der gespeicherte Inhalt der Ausgabe „{edition}“ ergibt die Kennung „{computed}“',
      expected: 'ein Inhalt, der genau zur Kennung passt',
      next: 'Die Ausgabe wurde in der Datenbank verändert und wird nicht ausgeliefert. Eine Sicherung einspielen oder die Ausgabe neu bauen.',
    },
    en: {
      found: 'the stored content of edition "{edition}" has the id "{computed}"',
      expected: 'content that matches its id exactly',
      next: 'The edition was changed inside the database and is not served. Restore a backup or build the edition again.',
    },
  },
  'publish-nothing-before': {
    severity: 'error',
    de: {
      found: 'für den Atlas „{atlas}“ ({audience}) gibt es keine vorher veröffentlichte Ausgabe',
      expected: 'mindestens zwei Veröffentlichungen, um zur vorigen zurückzukehren',
      next: '„npx atlas editions“ zeigt, was veröffentlicht wurde.',
    },
    en: {
      found: 'the atlas "{atlas}" ({audience}) has no edition that was published before',
      expected: 'at least two publications to go back to the previous one',
      next: 'Run "npx atlas editions" to see what was published.',
    },
  },
  'publish-not-published': {
    severity: 'error',
    de: {
      found: 'die Ausgabe „{edition}“ ist ein Entwurf',
      expected: 'eine veröffentlichte Ausgabe, um sie zurückzuziehen',
      next: 'Einen Entwurf sieht niemand; „npx atlas prune“ löscht ihn nach sieben Tagen.',
    },
    en: {
      found: 'edition "{edition}" is a draft',
      expected: 'a published edition to withdraw',
      next: 'Nobody sees a draft; "npx atlas prune" deletes it after seven days.',
    },
  },
  'publish-bad-note': {
    severity: 'error',
    de: {
      found: 'der Hinweis zur Ausgabe „{edition}“ ist zu lang, oder ihm fehlt die deutsche Fassung',
      expected: 'zwei bis drei Sätze, höchstens {limit} Zeichen je Sprache; auf Englisch nur zusätzlich',
      next: 'Den Hinweis mit --note "…" und, wenn gewünscht, --note-en "…" angeben. Alle lesen ihn; keine gesperrten Zahlen nennen.',
    },
    en: {
      found: 'the note on edition "{edition}" is too long, or its German version is missing',
      expected: 'two or three sentences, at most {limit} characters in each language; English only in addition',
      next: 'Give the note with --note "…" and, if wanted, --note-en "…". Everybody reads it; name no suppressed figures.',
    },
  },
  'publish-no-reason': {
    severity: 'error',
    de: {
      found: 'zum Zurückziehen der Ausgabe „{edition}“ fehlt ein Grund, oder er ist zu lang',
      expected: 'ein bis zwei Sätze, höchstens {limit} Zeichen',
      next: 'Den Grund mit --reason "…" angeben. Alle lesen ihn, die eine Adresse dieser Ausgabe aufrufen; keine Zahlen nennen.',
    },
    en: {
      found: 'the reason for withdrawing edition "{edition}" is missing or too long',
      expected: 'one or two sentences, at most {limit} characters',
      next: 'State it with --reason "…". Everybody reads it who opens an address of this edition; quote no figures.',
    },
  },
  'publish-bad-successor': {
    severity: 'error',
    de: {
      found: 'die Ausgabe „{successor}“ kann nicht an die Stelle von „{edition}“ treten',
      expected: 'eine andere, veröffentlichte und nicht zurückgezogene Ausgabe desselben Atlas für denselben Leserkreis',
      next: '„npx atlas editions“ zeigt alle Ausgaben. Einen Entwurf zuerst veröffentlichen, oder --successor weglassen: Dann folgt die vorige Ausgabe.',
    },
    en: {
      found: 'edition "{successor}" cannot take the place of "{edition}"',
      expected: 'another edition of the same atlas and audience that is published and not withdrawn',
      next: 'Run "npx atlas editions" to see all editions. Publish a draft first, or leave --successor out: the edition before then follows.',
    },
  },
  'publish-withdrawn': {
    severity: 'error',
    de: {
      found: 'die Ausgabe „{edition}“ wurde zurückgezogen ({reason})',
      expected: 'eine Ausgabe, die nicht zurückgezogen wurde',
      next: 'Zurückgezogenes wird nicht wieder veröffentlicht. Den Fehler im Projekt berichtigen und neu bauen: Das ergibt eine neue Ausgabe.',
    },
    en: {
      found: 'edition "{edition}" was withdrawn ({reason})',
      expected: 'an edition that was not withdrawn',
      next: 'What was withdrawn is not published again. Correct the mistake in the project and build it: that makes a new edition.',
    },
  },
  'publish-withdrawal-done': {
    severity: 'note',
    de: {
      found: 'die Ausgabe „{edition}“ ist zurückgezogen; ihre Leserinnen und Leser werden verwiesen an: {successor}',
      expected: 'die folgenden Adressen auch aus Zwischenspeichern davor (Proxy, CDN) löschen',
      next: '',
    },
    en: {
      found: 'edition "{edition}" is withdrawn; its readers are sent to: {successor}',
      expected: 'remove the following addresses from caches in front of the server (proxy, CDN) too',
      next: '',
    },
  },
} as const satisfies ProblemCatalogue
