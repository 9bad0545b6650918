import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with an export, and what is in one. */
export const exportProblems = {
  'export-written': {
    severity: 'note',
    de: {
      found: 'der Atlas ist als Ordner geschrieben (Ausgabe {edition}, Dateien: {files}, {megabytes} MB, {seconds} s)',
      expected: 'er darf weitergegeben werden: Es steht nichts darin, was die öffentlichen Seiten nicht zeigen',
      next: 'index.html öffnen, oder den Inhalt des Ordners auf einen Webserver oder in einen Objektspeicher legen.',
    },
    en: {
      found: 'the atlas is written as a folder (edition {edition}, files: {files}, {megabytes} MB, {seconds} s)',
      expected: 'it may be passed on: nothing is in it that the public pages do not show',
      next: 'Open index.html, or put the contents of the folder on a web server or into object storage.',
    },
  },
  'export-nothing': {
    severity: 'error',
    de: {
      found: 'es gibt keine veröffentlichte Ausgabe',
      expected: 'mindestens eine öffentliche Ausgabe, die gezeigt wird; Entwürfe und interne Ausgaben werden nicht exportiert',
      next: 'Eine Ausgabe veröffentlichen („npx atlas publish“) und den Export wiederholen.',
    },
    en: {
      found: 'there is no published edition',
      expected: 'at least one public edition that is shown; drafts and internal editions are not exported',
      next: 'Publish an edition ("npx atlas publish") and repeat the export.',
    },
  },
  'export-which': {
    severity: 'error',
    de: {
      found: 'es gibt mehrere Atlanten: {atlases}',
      expected: 'der Name des Atlas hinter dem Ordner',
      next: 'Den Befehl mit einem dieser Namen wiederholen.',
    },
    en: {
      found: 'there are several atlases: {atlases}',
      expected: 'the name of the atlas after the folder',
      next: 'Repeat the command with one of these names.',
    },
  },
  'export-unknown-atlas': {
    severity: 'error',
    de: {
      found: 'unbekannter Atlas: {atlas}',
      expected: 'einer der Atlanten mit einer öffentlichen Ausgabe: {atlases}',
      next: 'Den Befehl mit einem dieser Namen wiederholen.',
    },
    en: {
      found: 'unknown atlas: {atlas}',
      expected: 'one of the atlases with a public edition: {atlases}',
      next: 'Repeat the command with one of these names.',
    },
  },
  'export-folder-taken': {
    severity: 'error',
    de: {
      found: 'in dem Ordner liegt schon etwas, das kein Export ist',
      expected: 'ein neuer oder leerer Ordner, oder ein früherer Export, der dann ersetzt wird; anderes wird nicht überschrieben',
      next: 'Einen anderen Ordner angeben, oder den alten vorher wegräumen.',
    },
    en: {
      found: 'there is something in the folder already that is no export',
      expected: 'a new or empty folder, or an earlier export, which is then replaced; nothing else is overwritten',
      next: 'Give another folder, or move the old one away first.',
    },
  },
  'export-not-public': {
    severity: 'error',
    de: {
      found: 'die Ausgabe {edition} ist eine interne',
      expected: 'eine öffentliche Ausgabe: Dateien haben keine Anmeldung, wer den Ordner hat, liest alles',
      next: 'Die öffentliche Ausgabe exportieren.',
    },
    en: {
      found: 'edition {edition} is an internal one',
      expected: 'a public edition: files have no sign-in, whoever has the folder reads everything',
      next: 'Export the public edition.',
    },
  },
  'export-disk-full': {
    severity: 'error',
    de: {
      found: 'der Datenträger ist voll',
      expected: 'Platz für den ganzen Export neben dem früheren; der frühere ist unverändert da',
      next: 'Platz schaffen oder einen Ordner auf einem anderen Datenträger angeben, und den Export wiederholen.',
    },
    en: {
      found: 'the disk is full',
      expected: 'space for the whole export beside the earlier one; the earlier one is there unchanged',
      next: 'Make space or give a folder on another disk, and repeat the export.',
    },
  },
  'export-same-name': {
    severity: 'error',
    de: {
      found: 'zwei Dateien hießen gleich, wo Groß- und Kleinschreibung nicht zählt',
      expected: 'Kennungen von Ebenen, Gebieten und Kennzahlen, die sich nicht nur darin unterscheiden; auf USB-Sticks und unter Windows ginge sonst eine Seite verloren',
      next: 'Eine der Kennungen in der Projektdatei ändern und eine neue Ausgabe bauen.',
    },
    en: {
      found: 'two files would have the same name where capital letters do not count',
      expected: 'ids of levels, areas and indicators that differ in more than that; a page would be lost on USB sticks and under Windows',
      next: 'Change one of the ids in the project file and build a new edition.',
    },
  },
  'export-refused': {
    severity: 'error',
    de: {
      found: 'der Export ist verworfen: In den fertigen Dateien steht etwas, das nicht aus der Ausgabe folgt',
      expected: 'Dateien, in denen jede Zahl die der Ausgabe ist',
      next: 'Das ist ein Fehler des Programms oder der Datenbank. Nichts wurde geschrieben; bitte mit den Meldungen darüber melden.',
    },
    en: {
      found: 'the export is dropped: something in the finished files does not follow from the edition',
      expected: 'files in which every number is that of the edition',
      next: 'This is a fault of the program or the database. Nothing was written; please report it with the messages above.',
    },
  },
} as const satisfies ProblemCatalogue
