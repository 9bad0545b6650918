import type { ProblemCatalogue } from '../problem.ts'

/** What the worker of the Werkstatt refuses. */
export const workerProblems = {
  'worker-bad-slug': {
    severity: 'error',
    de: {
      found: '„{slug}“ kann kein Kurzname eines Atlas sein',
      expected: 'kleine Buchstaben, Ziffern und Bindestriche, höchstens 60 Zeichen, und keine Adresse, die schon etwas anderes bedeutet',
      next: 'Einen anderen Kurznamen wählen, zum Beispiel den Namen der Stadt.',
    },
    en: {
      found: '"{slug}" cannot be the short name of an atlas',
      expected: 'small letters, digits and hyphens, 60 characters at most, and no address that means something else already',
      next: 'Choose another short name, such as the name of the town.',
    },
  },
  'worker-slug-taken': {
    severity: 'error',
    de: {
      found: 'den Kurznamen „{slug}“ gibt es auf diesem Server schon',
      expected: 'einen Kurznamen, den noch kein Atlas hat',
      next: 'Einen anderen Kurznamen wählen, oder die Leitung des vorhandenen Atlas um eine Einladung bitten.',
    },
    en: {
      found: 'the short name "{slug}" is taken on this server',
      expected: 'a short name that no atlas has yet',
      next: 'Choose another short name, or ask the lead of the atlas that has it for an invitation.',
    },
  },
  'worker-no-atlas': {
    severity: 'error',
    de: {
      found: 'zu „{slug}“ gibt es auf diesem Server kein Atlasprojekt',
      expected: 'den Kurznamen eines vorhandenen Atlas',
      next: 'Die Liste der Atlanten neu laden; vielleicht wurde er umbenannt oder abgelegt.',
    },
    en: {
      found: 'there is no atlas project "{slug}" on this server',
      expected: 'the short name of an atlas that exists',
      next: 'Load the list of atlases again; it may have been renamed or put away.',
    },
  },
  'worker-file-too-large': {
    severity: 'error',
    de: {
      found: 'die Datei ist größer als {limit} MB',
      expected: 'höchstens {limit} MB je Datei',
      next: 'Nur die Spalten und Jahre liefern, die der Atlas braucht, oder die Tabelle als CSV speichern und packen.',
    },
    en: {
      found: 'the file is larger than {limit} MB',
      expected: '{limit} MB for each file at most',
      next: 'Deliver only the columns and years that the atlas needs, or save the table as CSV and zip it.',
    },
  },
  'worker-inbox-full': {
    severity: 'error',
    de: {
      found: 'im Eingang liegen schon {files} Dateien, die noch niemand zugeordnet hat',
      expected: 'höchstens {limit} Dateien und zusammen {size} MB',
      next: 'Die wartenden Dateien erst übernehmen oder entfernen.',
    },
    en: {
      found: 'there are {files} files already in the inbox that nobody has assigned',
      expected: '{limit} files at most, and {size} MB together',
      next: 'Take in or remove the files that wait first.',
    },
  },
  'worker-disk-full': {
    severity: 'error',
    de: {
      found: 'auf dem Server ist für diese Datei kein Platz mehr',
      expected: 'genug freien Speicher für die Datei und eine Reserve',
      next: 'Die IT bitten, auf dem Datenträger der Atlasprojekte Platz zu schaffen. Es ist nichts verloren; danach noch einmal hochladen.',
    },
    en: {
      found: 'there is no room on the server for this file',
      expected: 'enough free space for the file and a reserve',
      next: 'Ask IT to make room on the disk of the atlas projects. Nothing is lost; upload again afterwards.',
    },
  },
  'worker-unknown-type': {
    severity: 'error',
    de: {
      found: 'dem Inhalt nach ist die Datei weder Tabelle noch Karte',
      expected: 'eine Tabelle (xlsx, xls, ods, csv) oder Grenzen (zip mit Shapefile, GeoJSON, GeoPackage)',
      next: 'Nachsehen, ob es die richtige Datei ist. Eine Tabelle aus einem anderen Programm als xlsx oder csv speichern.',
    },
    en: {
      found: 'by its content the file is neither a table nor a map',
      expected: 'a table (xlsx, xls, ods, csv) or boundaries (zip with a shapefile, GeoJSON, GeoPackage)',
      next: 'See whether it is the right file. Save a table of another program as xlsx or csv.',
    },
  },
  'worker-too-many-sheets': {
    severity: 'error',
    de: {
      found: 'die Arbeitsmappe hat {sheets} Blätter',
      expected: 'höchstens {limit} Blätter',
      next: 'Die Blätter, die der Atlas braucht, in eine eigene Arbeitsmappe kopieren und diese hochladen.',
    },
    en: {
      found: 'the workbook has {sheets} sheets',
      expected: '{limit} sheets at most',
      next: 'Copy the sheets that the atlas needs into a workbook of their own and upload that.',
    },
  },
  'worker-zip-in-zip': {
    severity: 'error',
    de: {
      found: 'im Archiv steckt noch ein Archiv: „{name}“',
      expected: 'ein Archiv, in dem die Dateien selbst liegen',
      next: 'Das äußere Archiv entpacken und die Archive darin einzeln hochladen.',
    },
    en: {
      found: 'there is another archive in the archive: "{name}"',
      expected: 'an archive that holds the files themselves',
      next: 'Unpack the outer archive and upload the archives in it one by one.',
    },
  },
  'worker-not-in-inbox': {
    severity: 'error',
    de: {
      found: 'die Datei liegt nicht mehr im Eingang',
      expected: 'eine Datei, die noch niemand übernommen oder entfernt hat',
      next: 'Den Eingang neu laden; vielleicht war jemand anders schneller.',
    },
    en: {
      found: 'the file is not in the inbox any more',
      expected: 'a file that nobody has taken in or removed yet',
      next: 'Load the inbox again; somebody else may have been faster.',
    },
  },
  'worker-not-read': {
    severity: 'error',
    de: {
      found: 'das Lesen der Dateien wurde abgebrochen, weil es zu lange dauerte oder zu viel Speicher brauchte',
      expected: 'Dateien, die sich in fünf Minuten lesen lassen',
      next: 'Die Dateien einzeln versuchen, und die eine, an der es liegt, kleiner liefern lassen.',
    },
    en: {
      found: 'reading the files was given up, because it took too long or too much memory',
      expected: 'files that can be read in five minutes',
      next: 'Try the files one by one, and have the one at fault delivered smaller.',
    },
  },
  'worker-project-changed': {
    severity: 'error',
    de: {
      found: 'die Projektdatei wurde inzwischen geändert',
      expected: 'dass sie noch so ist wie beim Öffnen',
      next: 'Den Unterschied ansehen, das Eigene übernehmen und noch einmal speichern. Das Geschriebene ist nicht verloren.',
    },
    en: {
      found: 'the project file was changed meanwhile',
      expected: 'that it still is as it was opened',
      next: 'Look at the difference, carry your own over and save again. What you wrote is not lost.',
    },
  },
  'worker-cannot-repair': {
    severity: 'error',
    de: {
      found: 'diese Änderung passt nicht mehr zur Projektdatei',
      expected: 'eine Stelle, die es noch gibt',
      next: 'Die Projektdatei von Hand ändern, oder die Prüfung noch einmal laufen lassen.',
    },
    en: {
      found: 'this change does not fit the project file any more',
      expected: 'a place that still exists',
      next: 'Change the project file by hand, or run the check again.',
    },
  },
  'worker-other-atlas': {
    severity: 'error',
    de: {
      found: 'die Projektdatei gehört zum Atlas „{found}“',
      expected: 'atlas: {slug}',
      next: 'Die Kennung in der Zeile „atlas:“ wiederherstellen; ein anderer Atlas wird in der Liste der Atlanten angelegt.',
    },
    en: {
      found: 'the project file belongs to the atlas "{found}"',
      expected: 'atlas: {slug}',
      next: 'Put the id in the line "atlas:" back; another atlas is created in the list of atlases.',
    },
  },
  'worker-outside': {
    severity: 'error',
    de: {
      found: 'die Projektdatei nennt eine Datei, die nicht zum Atlas gehört: „{path}“',
      expected: 'Dateien im Ordner des Atlas, außerhalb von vault/ und inbox/',
      next: 'Die Datei hochladen und mit dem Namen nennen, unter dem sie dann im Projekt liegt.',
    },
    en: {
      found: 'the project file names a file that does not belong to the atlas: "{path}"',
      expected: 'files in the folder of the atlas, outside vault/ and inbox/',
      next: 'Upload the file and name it as it lies in the project then.',
    },
  },
  'worker-other-edition': {
    severity: 'error',
    de: {
      found: 'diese Ausgabe gehört nicht zum Atlas',
      expected: 'eine Ausgabe dieses Atlas',
      next: 'Die Übersicht neu laden und die Ausgabe dort wählen.',
    },
    en: {
      found: 'this edition does not belong to the atlas',
      expected: 'an edition of this atlas',
      next: 'Load the overview again and choose the edition there.',
    },
  },
  'worker-busy': {
    severity: 'error',
    de: {
      found: 'in diesem Atlas läuft gerade ein Auftrag, der die Dateien liest',
      expected: 'dass sie sich währenddessen nicht ändern',
      next: 'Warten, bis der Auftrag fertig ist, oder ihn in der Übersicht abbrechen; dann noch einmal. Es ist nichts verloren: Dateien bleiben, wo sie liegen.',
    },
    en: {
      found: 'a job that reads the files is running in this atlas',
      expected: 'that they do not change meanwhile',
      next: 'Wait until the job has ended, or cancel it in the overview; then try again. Nothing is lost: files stay where they are.',
    },
  },
  'worker-role-gone': {
    severity: 'error',
    de: {
      found: 'wer diesen Auftrag gegeben hat, darf das in diesem Atlas nicht mehr',
      expected: 'eine Rolle, die das beim Ausführen noch erlaubt',
      next: 'Jemanden mit der passenden Rolle den Auftrag noch einmal geben lassen. Es wurde nichts geändert.',
    },
    en: {
      found: 'whoever asked for this may not do it in this atlas any more',
      expected: 'a role that still allows it when it runs',
      next: 'Have somebody with that role ask for it again. Nothing was changed.',
    },
  },
  'worker-not-approved': {
    severity: 'error',
    de: {
      found: 'für diesen Entwurf gilt keine Freigabe: sie fehlt, wurde zurückgenommen, oder wer sie gab, hat die Rolle nicht mehr',
      expected: 'die Freigabe durch jemand anderen als den, der den Entwurf gebaut hat',
      next: 'Den Entwurf noch einmal freigeben lassen und dann veröffentlichen. Es wurde nichts geändert.',
    },
    en: {
      found: 'no approval of this draft stands: there is none, it was taken back, or who gave it does not have the role any more',
      expected: 'the approval of somebody else than who built the draft',
      next: 'Have the draft approved again, then publish. Nothing was changed.',
    },
  },
  'worker-not-approvable': {
    severity: 'error',
    de: {
      found: 'in diesem Atlas sind vier Augen verlangt, und eine Ausgabe von einem anderen Rechner kann hier niemand vorher ansehen',
      expected: 'vier Augen auf dem Rechner, der baut, und keine auf dem, der nur zeigt',
      next: 'Die Leitung des Atlas entscheiden lassen: vier Augen hier abschalten, oder die Ausgabe hier bauen.',
    },
    en: {
      found: 'this atlas asks for four eyes, and nobody here can look at an edition of another machine first',
      expected: 'four eyes on the machine that builds, and none on the one that only shows',
      next: 'Let the lead of the atlas decide: switch four eyes off here, or build the edition here.',
    },
  },
  'worker-published': {
    severity: 'error',
    de: {
      found: 'unter „{slug}“ wurde schon gebaut oder veröffentlicht',
      expected: 'einen Atlas ohne Ausgaben, denn ihre Adressen sollen weiter gelten',
      next: 'Den Titel in der Projektdatei ändern; der Kurzname bleibt.',
    },
    en: {
      found: '"{slug}" was built or published already',
      expected: 'an atlas without editions, because their addresses shall stay valid',
      next: 'Change the title in the project file; the short name stays.',
    },
  },
  'worker-socket-open': {
    severity: 'error',
    de: {
      found: 'den Ordner des Sockets gibt es nicht, oder jeder Benutzer des Rechners kommt hinein',
      expected: 'ein Ordner, in den nur der Dienst worker und die Gruppe der Werkstatt kommen (Rechte 0750)',
      next: 'Den Ordner anlegen lassen (systemd: RuntimeDirectory mit RuntimeDirectoryMode=0750) oder mit chmod 750 schließen.',
    },
    en: {
      found: 'the folder of the socket does not exist, or every user of the machine can enter it',
      expected: 'a folder that only the service worker and the group of the Werkstatt can enter (mode 0750)',
      next: 'Have the folder made (systemd: RuntimeDirectory with RuntimeDirectoryMode=0750), or close it with chmod 750.',
    },
  },
} as const satisfies ProblemCatalogue
