import type { ProblemCatalogue } from '../problem.ts'
import { readLayerProblems } from './read-layer.ts'
import { readTableProblems } from './read-table.ts'

/** What can be wrong with a delivered file, whatever is in it, and with an archive. */
export const readProblems = {
  ...readLayerProblems,
  ...readTableProblems,
  'read-missing-file': {
    severity: 'error',
    de: {
      found: 'die Datei gibt es nicht',
      expected: 'eine Datei unter diesem Namen',
      next: 'Den Namen in atlas.yaml und die Datei vergleichen, auch Groß- und Kleinschreibung und Endung; liegen die Daten woanders, den Ordner mit --data nennen.',
    },
    en: {
      found: 'the file does not exist',
      expected: 'a file of this name',
      next: 'Compare the name in atlas.yaml with the file, upper and lower case and ending too; if the data lie elsewhere, name their folder with --data.',
    },
  },
  'read-folder': {
    severity: 'error',
    de: {
      found: 'das ist ein Ordner',
      expected: 'eine Datei',
      next: 'Die Datei in diesem Ordner nennen, zum Beispiel die .shp- oder die .csv-Datei.',
    },
    en: {
      found: 'this is a folder',
      expected: 'a file',
      next: 'Name the file within the folder, for example the .shp or .csv file.',
    },
  },
  'read-unreadable-file': {
    severity: 'error',
    de: {
      found: 'die Datei lässt sich nicht öffnen ({reason})',
      expected: 'eine lesbare Datei',
      next: 'Prüfen, ob die Datei in einem anderen Programm geöffnet ist und ob die eigenen Rechte zum Lesen reichen.',
    },
    en: {
      found: 'the file cannot be opened ({reason})',
      expected: 'a readable file',
      next: 'Check whether another program holds the file and whether you may read it.',
    },
  },
  'read-file-too-large': {
    severity: 'error',
    de: {
      found: 'die Datei ist {size} MB groß',
      expected: 'höchstens {limit} MB',
      next: 'Nur die gebrauchten Zeilen und Spalten oder Ebenen ausgeben.',
    },
    en: {
      found: 'the file has {size} MB',
      expected: 'at most {limit} MB',
      next: 'Export only the rows and columns or the layers that are needed.',
    },
  },
  'read-invisible-signs': {
    severity: 'note',
    de: {
      found: 'unsichtbare Zeichen in Zeile {lines}: {signs}',
      expected: 'sie wurden beim Lesen entfernt, denn sie machen gleiche Schlüssel verschieden oder zeigen Namen anders an, als sie gespeichert sind',
      next: 'Stammt die Datei nicht aus dem eigenen Haus, beim Absender nachfragen, wie diese Zeichen hineinkommen.',
    },
    en: {
      found: 'invisible signs in line {lines}: {signs}',
      expected: 'they were removed while reading, because they make equal keys different or show names otherwise than they are stored',
      next: 'If the file does not come from your own office, ask its sender how these signs got into it.',
    },
  },
  'read-empty-file': {
    severity: 'error',
    de: {
      found: 'die Datei ist leer',
      expected: 'eine Datei mit Inhalt',
      next: 'Die Datei neu ausgeben oder beim Absender anfordern.',
    },
    en: {
      found: 'the file is empty',
      expected: 'a file with content',
      next: 'Export the file again, or ask the sender for it.',
    },
  },
  'read-unknown-encoding': {
    severity: 'error',
    de: {
      found: 'unbekannte Zeichenkodierung „{encoding}“',
      expected: 'ein Name wie utf-8, windows-1252 oder cp850',
      next: 'Den Eintrag encoding in atlas.yaml berichtigen oder weglassen, dann wird die Kodierung erkannt.',
    },
    en: {
      found: 'unknown character encoding "{encoding}"',
      expected: 'a name such as utf-8, windows-1252 or cp850',
      next: 'Correct encoding in atlas.yaml, or leave it out: then it is recognised.',
    },
  },
  'read-undecodable': {
    severity: 'error',
    de: {
      found: 'die Bytes {bytes} sind kein Text in der Kodierung {encoding} (Zeile {lines})',
      expected: 'Text, der durchgehend in {encoding} geschrieben ist',
      next: 'Die richtige Kodierung als encoding in atlas.yaml angeben (aus Excel meist windows-1252) oder die Datei als „CSV UTF-8“ neu speichern.',
    },
    en: {
      found: 'the bytes {bytes} are no text in the encoding {encoding} (line {lines})',
      expected: 'text written in {encoding} throughout',
      next: 'State the right encoding in atlas.yaml (from Excel mostly windows-1252), or save the file again as "CSV UTF-8".',
    },
  },
  'read-zip-damaged': {
    severity: 'error',
    de: {
      found: 'die Datei ist kein lesbares Zip-Archiv',
      expected: 'ein vollständiges Zip-Archiv',
      next: 'Die Datei neu herunterladen oder neu packen; vielleicht wurde die Übertragung abgebrochen.',
    },
    en: {
      found: 'the file is no readable zip archive',
      expected: 'a complete zip archive',
      next: 'Download or pack the file again; perhaps the transfer was cut off.',
    },
  },
  'read-zip-damaged-entry': {
    severity: 'error',
    de: {
      found: '„{name}“ im Archiv ist beschädigt',
      expected: 'Inhalt, der zu Größe und Prüfsumme des Archivs passt',
      next: 'Die Datei neu herunterladen oder neu packen.',
    },
    en: {
      found: '"{name}" in the archive is damaged',
      expected: 'content that fits the size and checksum in the archive',
      next: 'Download or pack the file again.',
    },
  },
  'read-zip-unsafe-name': {
    severity: 'error',
    de: {
      found: 'das Archiv enthält den Namen „{name}“, der aus dem Ordner hinausführt',
      expected: 'Namen ohne „..“, Laufwerk und führenden Schrägstrich',
      next: 'Das Archiv nicht verwenden und beim Absender nachfragen; solche Namen entstehen nicht von selbst.',
    },
    en: {
      found: 'the archive holds the name "{name}", which leads out of the folder',
      expected: 'names without "..", drive and leading slash',
      next: 'Do not use the archive and ask its sender; such names do not come about by themselves.',
    },
  },
  'read-zip-empty': {
    severity: 'error',
    de: {
      found: 'das Archiv enthält keine Datei',
      expected: 'ein Archiv mit einer Ebene',
      next: 'Das Archiv neu packen.',
    },
    en: {
      found: 'the archive holds no file',
      expected: 'an archive with a layer',
      next: 'Pack the archive again.',
    },
  },
  'read-zip-too-large': {
    severity: 'error',
    de: {
      found: 'entpackt wäre das Archiv {size} MB groß',
      expected: 'höchstens {limit} MB',
      next: 'Nur die Dateien der gebrauchten Ebene packen.',
    },
    en: {
      found: 'unpacked, the archive would have {size} MB',
      expected: 'at most {limit} MB',
      next: 'Pack only the files of the layer that is needed.',
    },
  },
  'read-zip-bomb': {
    severity: 'error',
    de: {
      found: '„{name}“ würde beim Entpacken auf das {ratio}-Fache wachsen',
      expected: 'höchstens das {limit}-Fache, wie es bei echten Daten vorkommt',
      next: 'Das Archiv nicht verwenden und beim Absender nachfragen.',
    },
    en: {
      found: '"{name}" would grow to {ratio} times its size when unpacked',
      expected: 'at most {limit} times, as real data do',
      next: 'Do not use the archive and ask its sender.',
    },
  },
  'read-zip-encrypted': {
    severity: 'error',
    de: {
      found: '„{name}“ im Archiv ist mit einem Kennwort geschützt',
      expected: 'ein Archiv ohne Kennwort',
      next: 'Das Archiv auspacken und ohne Kennwort neu packen.',
    },
    en: {
      found: '"{name}" in the archive is protected by a password',
      expected: 'an archive without password',
      next: 'Unpack the archive and pack it again without a password.',
    },
  },
  'read-zip-method': {
    severity: 'error',
    de: {
      found: '„{name}“ ist mit einem ungewöhnlichen Verfahren gepackt (Nummer {method})',
      expected: 'das übliche Verfahren (Deflate)',
      next: 'Das Archiv auspacken und mit dem Explorer von Windows oder einem anderen Programm als gewöhnliches Zip neu packen.',
    },
    en: {
      found: '"{name}" is packed with an unusual method (number {method})',
      expected: 'the usual method (Deflate)',
      next: 'Unpack the archive and pack it again as an ordinary zip.',
    },
  },
} as const satisfies ProblemCatalogue
