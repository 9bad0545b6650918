import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with an edition as a file, and what came of it. */
export const packageProblems = {
  'package-written': {
    severity: 'note',
    de: {
      found: 'die Ausgabe {edition} steht in der Datei ({kilobytes} kB)',
      expected: 'sie enthält nur, was veröffentlicht ist, und nichts aus dem Tresor',
      next: 'Auf den Rechner bringen, der sie zeigen soll, und dort „npx atlas receive DATEI“ aufrufen.',
    },
    en: {
      found: 'the edition {edition} is in the file ({kilobytes} kB)',
      expected: 'it holds only what is published, and nothing of the vault',
      next: 'Bring it to the machine that is to show it, and run "npx atlas receive FILE" there.',
    },
  },
  'package-received': {
    severity: 'note',
    de: { found: 'die Ausgabe {edition} des Atlas „{atlas}“ ist da und wird gezeigt', expected: '', next: '' },
    en: { found: 'the edition {edition} of the atlas "{atlas}" has arrived and is shown', expected: '', next: '' },
  },
  'package-known': {
    severity: 'note',
    de: {
      found: 'die Ausgabe {edition} ist schon da',
      expected: 'eine neue Ausgabe',
      next: 'Nichts ist geändert. Soll eine frühere Ausgabe wieder gezeigt werden, „npx atlas rollback ATLAS“ aufrufen.',
    },
    en: {
      found: 'the edition {edition} is here already',
      expected: 'a new edition',
      next: 'Nothing has changed. To show an earlier edition again, run "npx atlas rollback ATLAS".',
    },
  },
  'package-withdrawn': {
    severity: 'error',
    de: {
      found: 'die Ausgabe {edition} wurde zurückgezogen',
      expected: 'eine Ausgabe, die noch gilt',
      next: 'Nichts ist geändert. Die aktuelle Ausgabe packen und schicken.',
    },
    en: {
      found: 'the edition {edition} was withdrawn',
      expected: 'an edition that still holds',
      next: 'Nothing has changed. Pack and send the current edition.',
    },
  },
  'package-not-published': {
    severity: 'error',
    de: {
      found: 'die Ausgabe {edition} ist nicht veröffentlicht',
      expected: 'eine veröffentlichte Ausgabe: Erst damit stehen ihre Zahlen im Buch der Veröffentlichungen',
      next: 'Zuerst „npx atlas publish {edition}“ aufrufen.',
    },
    en: {
      found: 'the edition {edition} is not published',
      expected: 'a published edition: only publishing enters its figures in the ledger',
      next: 'Run "npx atlas publish {edition}" first.',
    },
  },
  'package-exists': {
    severity: 'error',
    de: { found: 'die Datei gibt es schon', expected: 'ein neuer Name', next: 'Mit „-o DATEI“ einen anderen Namen angeben oder die alte Datei wegräumen.' },
    en: { found: 'the file exists already', expected: 'a new name', next: 'Give another name with "-o FILE", or move the old file away.' },
  },
  'package-unreadable': {
    severity: 'error',
    de: {
      found: 'die Datei ist keine vollständige Ausgabe ({detail})',
      expected: 'eine unveränderte Datei, die „npx atlas pack“ geschrieben hat',
      next: 'Nichts ist geändert. Die Datei noch einmal übertragen.',
    },
    en: {
      found: 'the file is no complete edition ({detail})',
      expected: 'an unchanged file that "npx atlas pack" wrote',
      next: 'Nothing has changed. Transfer the file again.',
    },
  },
  'package-version': {
    severity: 'error',
    de: {
      found: 'die Datei hat die Fassung {version}',
      expected: 'Fassung {wanted}, die zu diesem Programm gehört',
      next: 'Nichts ist geändert. Auf beiden Rechnern dieselbe Fassung des Programms einsetzen.',
    },
    en: {
      found: 'the file has version {version}',
      expected: 'version {wanted}, which belongs to this program',
      next: 'Nothing has changed. Use the same version of the program on both machines.',
    },
  },
  'package-other-atlas': {
    severity: 'error',
    de: { found: 'die Datei gehört zum Atlas „{found}“', expected: 'der Atlas „{atlas}“', next: 'Nichts ist geändert. Die richtige Datei schicken.' },
    en: { found: 'the file belongs to the atlas "{found}"', expected: 'the atlas "{atlas}"', next: 'Nothing has changed. Send the right file.' },
  },
  'package-other-audience': {
    severity: 'error',
    de: {
      found: 'die Ausgabe ist für „{found}“',
      expected: 'eine Ausgabe für „{audience}“, wie dieser Rechner sie zeigt (ATLAS_AUDIENCE)',
      next: 'Nichts ist geändert. Interne Ausgaben nur auf dem internen Rechner annehmen.',
    },
    en: {
      found: 'the edition is for "{found}"',
      expected: 'an edition for "{audience}", as this machine shows them (ATLAS_AUDIENCE)',
      next: 'Nothing has changed. Receive internal editions on the internal machine only.',
    },
  },
  'package-own-atlas': {
    severity: 'error',
    de: {
      found: 'der Atlas „{atlas}“ wird auf diesem Rechner gebaut',
      expected: 'ein Atlas, der nur an einer Stelle gebaut wird: Sonst weiß das Buch der Veröffentlichungen nicht, was alles zu sehen war',
      next: 'Nichts ist geändert. Hier mit „npx atlas publish“ veröffentlichen oder auf einem Rechner annehmen, der diesen Atlas nur zeigt.',
    },
    en: {
      found: 'the atlas "{atlas}" is built on this machine',
      expected: 'an atlas that is built in one place only: else its ledger does not know all that was to be seen',
      next: 'Nothing has changed. Publish here with "npx atlas publish", or receive it on a machine that only shows this atlas.',
    },
  },
  'send-no-file': {
    severity: 'error',
    de: { found: 'die Datei gibt es nicht', expected: 'eine Lieferung oder eine gepackte Ausgabe (.atlas)', next: 'Den Namen prüfen; nichts wurde geschickt.' },
    en: { found: 'the file does not exist', expected: 'a delivery or a packed edition (.atlas)', next: 'Check the name; nothing was sent.' },
  },
  'send-delivered': {
    severity: 'note',
    de: { found: 'die Datei ist angekommen („{name}“)', expected: '', next: 'Sie wartet in der Werkstatt unter „Lieferungen“.' },
    en: { found: 'the file has arrived ("{name}")', expected: '', next: 'It waits in the Werkstatt under "Deliveries".' },
  },
  'send-shown': {
    severity: 'note',
    de: { found: 'die Ausgabe {edition} ist angekommen und wird gezeigt', expected: '', next: '' },
    en: { found: 'the edition {edition} has arrived and is shown', expected: '', next: '' },
  },
  'send-not-shown': {
    severity: 'error',
    de: {
      found: 'die Ausgabe ist angekommen, wird aber nicht gezeigt ({codes})',
      expected: 'eine Ausgabe, die der andere Rechner annimmt',
      next: 'Dort ist nichts geändert. In der Werkstatt unter „Aufträge“ nachsehen.',
    },
    en: {
      found: 'the edition has arrived but is not shown ({codes})',
      expected: 'an edition that the other machine takes',
      next: 'Nothing has changed there. Look under "Jobs" in the Werkstatt.',
    },
  },
  'send-not-allowed': {
    severity: 'error',
    de: {
      found: 'der Zugang wird unter {url} nicht angenommen',
      expected: 'ein Zugang, der noch gilt und dafür gemacht ist',
      next: 'In der Werkstatt unter „Zugänge für Programme“ nachsehen und, wenn nötig, einen neuen anlegen. Nichts wurde geschickt.',
    },
    en: {
      found: 'the access is not taken at {url}',
      expected: 'an access that is still valid and made for this',
      next: 'Look under "Access for programs" in the Werkstatt and make a new one if needed. Nothing was sent.',
    },
  },
  'send-refused': {
    severity: 'error',
    de: { found: 'die Werkstatt unter {url} hat die Datei nicht genommen: {detail}', expected: 'eine Datei, die sie annimmt', next: 'Dort ist nichts geändert.' },
    en: { found: 'the Werkstatt at {url} did not take the file: {detail}', expected: 'a file that it takes', next: 'Nothing has changed there.' },
  },
  'send-no-answer': {
    severity: 'error',
    de: { found: 'unter {url} antwortet niemand ({detail})', expected: 'eine laufende Werkstatt', next: 'Adresse und Verbindung prüfen und noch einmal schicken; doppelt schadet nicht.' },
    en: { found: 'nobody answers at {url} ({detail})', expected: 'a running Werkstatt', next: 'Check address and connection and send again; twice does no harm.' },
  },
} as const satisfies ProblemCatalogue
