import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the files of a shapefile. */
export const readShapefileProblems = {
  'read-missing-dbf': {
    severity: 'error',
    de: {
      found: 'die .dbf-Datei fehlt',
      expected: 'die Sachdaten (Schlüssel und Namen der Gebiete) als .dbf-Datei neben der .shp-Datei',
      next: 'Alle Dateien des Shapefiles anfordern: .shp, .shx, .dbf, .prj und, falls vorhanden, .cpg.',
    },
    en: {
      found: 'the .dbf file is missing',
      expected: 'the attributes (keys and names of the areas) as a .dbf file beside the .shp file',
      next: 'Ask for all files of the shapefile: .shp, .shx, .dbf, .prj and, where it exists, .cpg.',
    },
  },
  'read-missing-shx': {
    severity: 'warning',
    de: {
      found: 'die .shx-Datei fehlt',
      expected: 'das Verzeichnis der Umrisse als .shx-Datei neben der .shp-Datei',
      next: 'Die Ebene wird trotzdem gelesen; ob sie vollständig ist, lässt sich nur mit der .shx-Datei prüfen. Alle Dateien des Shapefiles anfordern.',
    },
    en: {
      found: 'the .shx file is missing',
      expected: 'the index of the shapes as a .shx file beside the .shp file',
      next: 'The layer is read all the same; only the .shx file could prove it complete. Ask for all files of the shapefile.',
    },
  },
  'read-missing-prj': {
    severity: 'error',
    de: {
      found: 'die .prj-Datei fehlt, das Koordinatensystem ist unbekannt',
      expected: 'eine .prj-Datei neben der .shp-Datei oder der Eintrag crs',
      next: 'Die .prj-Datei anfordern oder das Koordinatensystem in atlas.yaml angeben, zum Beispiel crs: EPSG:25832.',
    },
    en: {
      found: 'the .prj file is missing, the coordinate system is unknown',
      expected: 'a .prj file beside the .shp file, or the entry crs',
      next: 'Ask for the .prj file, or state the coordinate system in atlas.yaml, for example crs: EPSG:25832.',
    },
  },
  'read-unknown-cpg': {
    severity: 'warning',
    de: {
      found: 'die .cpg-Datei nennt die unbekannte Kodierung „{encoding}“',
      expected: 'ein Name wie UTF-8, 1252 oder CP850',
      next: 'Die Kodierung wurde erkannt, so gut es geht; sehen Umlaute falsch aus, encoding in atlas.yaml angeben.',
    },
    en: {
      found: 'the .cpg file names the unknown encoding "{encoding}"',
      expected: 'a name such as UTF-8, 1252 or CP850',
      next: 'The encoding was recognised as well as possible; if umlauts look wrong, state encoding in atlas.yaml.',
    },
  },
  'read-no-shapefile': {
    severity: 'error',
    de: {
      found: 'die .shp-Datei ist kein Shapefile',
      expected: 'eine Datei, die mit der Kennung eines Shapefiles beginnt',
      next: 'Die Ebene im GIS neu als Shapefile ausgeben.',
    },
    en: {
      found: 'the .shp file is no shapefile',
      expected: 'a file that begins with the mark of a shapefile',
      next: 'Export the layer from the GIS as a shapefile again.',
    },
  },
  'read-truncated-shp': {
    severity: 'error',
    de: {
      found: 'die .shp-Datei ist abgeschnitten: {size} von {stated} Bytes, vollständige Datensätze: {complete}',
      expected: 'eine Datei so lang, wie ihr Kopf es sagt',
      next: 'Die Datei neu kopieren oder herunterladen; die Übertragung wurde wohl abgebrochen.',
    },
    en: {
      found: 'the .shp file is cut off: {size} of {stated} bytes, complete records: {complete}',
      expected: 'a file as long as its header says',
      next: 'Copy or download the file again; the transfer was probably interrupted.',
    },
  },
  'read-damaged-shp': {
    severity: 'error',
    de: {
      found: 'die .shp-Datei ist ab Datensatz {record} beschädigt',
      expected: 'Datensätze, die zum Kopf der Datei passen',
      next: 'Die Ebene im GIS öffnen, reparieren und neu ausgeben, oder die Datei neu anfordern.',
    },
    en: {
      found: 'the .shp file is damaged from record {record} on',
      expected: 'records that fit the header of the file',
      next: 'Open the layer in a GIS, repair and export it, or ask for the file again.',
    },
  },
  'read-shape-type': {
    severity: 'error',
    de: {
      found: 'die Umrisse sind vom Typ {type}, der nicht gelesen wird',
      expected: 'Flächen, Linien oder Punkte',
      next: 'Die Ebene im GIS in Flächen (Polygone) umwandeln und neu ausgeben.',
    },
    en: {
      found: 'the shapes are of type {type}, which is not read',
      expected: 'polygons, lines or points',
      next: 'Convert the layer to polygons in a GIS and export it again.',
    },
  },
  'read-truncated-dbf': {
    severity: 'error',
    de: {
      found: 'die .dbf-Datei ist abgeschnitten: {present} von {stated} Datensätzen vorhanden',
      expected: 'so viele Datensätze, wie ihr Kopf es sagt',
      next: 'Die Datei neu kopieren oder herunterladen; die Übertragung wurde wohl abgebrochen.',
    },
    en: {
      found: 'the .dbf file is cut off: {present} of {stated} records',
      expected: 'as many records as its header says',
      next: 'Copy or download the file again; the transfer was probably interrupted.',
    },
  },
  'read-no-dbf': {
    severity: 'error',
    de: {
      found: 'die .dbf-Datei ist keine dBase-Tabelle',
      expected: 'eine Tabelle im Format dBase',
      next: 'Die Ebene im GIS neu als Shapefile ausgeben.',
    },
    en: {
      found: 'the .dbf file is no dBase table',
      expected: 'a table in dBase format',
      next: 'Export the layer from the GIS as a shapefile again.',
    },
  },
  'read-record-counts': {
    severity: 'error',
    de: {
      found: 'die Dateien passen nicht zusammen: Umrisse in .shp: {shp}, Zeilen in .dbf: {dbf}, Einträge in .shx: {shx}',
      expected: 'überall dieselbe Anzahl',
      next: 'Wahrscheinlich stammen die Dateien aus verschiedenen Ausgaben oder die .dbf wurde in Excel bearbeitet: alle Dateien zusammen neu anfordern.',
    },
    en: {
      found: 'the files do not belong together: shapes in .shp: {shp}, rows in .dbf: {dbf}, entries in .shx: {shx}',
      expected: 'the same number in each',
      next: 'Probably the files come from different exports, or the .dbf was edited in Excel: ask for all files together again.',
    },
  },
  'read-undecodable-attribute': {
    severity: 'error',
    de: {
      found: 'die Bytes {bytes} sind kein Text in der Kodierung {encoding} (betroffene Felder: {count})',
      expected: 'Sachdaten in der angegebenen Kodierung',
      next: 'Die .cpg-Datei nennt wohl die falsche Kodierung: die richtige als encoding in atlas.yaml angeben, zum Beispiel windows-1252.',
    },
    en: {
      found: 'the bytes {bytes} are no text in the encoding {encoding} (fields concerned: {count})',
      expected: 'attributes in the stated encoding',
      next: 'The .cpg file probably names the wrong encoding: state the right one as encoding in atlas.yaml, for example windows-1252.',
    },
  },
  'read-doubtful-encoding': {
    severity: 'warning',
    de: {
      found: 'die .dbf-Datei nennt sich {encoding}, ihre Umlaute sehen aber nach UTF-8 aus',
      expected: 'Sachdaten in der Kodierung, die die Datei nennt',
      next: 'Stehen in den Namen Zeichen wie „Ã¼“, in atlas.yaml encoding: utf-8 angeben.',
    },
    en: {
      found: 'the .dbf file calls itself {encoding}, but its umlauts look like UTF-8',
      expected: 'attributes in the encoding that the file names',
      next: 'If names show signs such as "Ã¼", state encoding: utf-8 in atlas.yaml.',
    },
  },
  'read-deleted-records': {
    severity: 'note',
    de: {
      found: 'als gelöscht markierte Datensätze: {count} (Nummer {records})',
      expected: 'sie wurden mit ihren Umrissen übergangen',
      next: 'Fehlt ein Gebiet, die Ebene neu anfordern.',
    },
    en: {
      found: 'records marked as deleted: {count} (number {records})',
      expected: 'they were left out together with their shapes',
      next: 'If an area is missing, ask for the layer again.',
    },
  },
} as const satisfies ProblemCatalogue
