import type { ProblemCatalogue } from '../problem.ts'
import { readGeojsonProblems } from './read-geojson.ts'
import { readShapefileProblems } from './read-shapefile.ts'

/** What can be wrong with a delivered layer, whatever its format. */
export const readLayerProblems = {
  ...readGeojsonProblems,
  ...readShapefileProblems,
  'read-zip-no-layer': {
    severity: 'error',
    de: {
      found: 'das Archiv enthält keine Ebene',
      expected: 'eine .shp-Datei mit ihren Begleitern, eine .geojson- oder eine .gpkg-Datei',
      next: 'Die Dateien .shp, .shx, .dbf und .prj zusammen packen.',
    },
    en: {
      found: 'the archive holds no layer',
      expected: 'a .shp file with its companions, a .geojson or a .gpkg file',
      next: 'Pack the files .shp, .shx, .dbf and .prj together.',
    },
  },
  'read-folder-no-layer': {
    severity: 'error',
    de: {
      found: 'der Ordner enthält keine Ebene',
      expected: 'eine .shp-Datei mit ihren Begleitern, eine .geojson- oder eine .gpkg-Datei',
      next: 'Den Ordner nennen, in dem diese Dateien selbst liegen; Unterordner werden nicht durchsucht.',
    },
    en: {
      found: 'the folder holds no layer',
      expected: 'a .shp file with its companions, a .geojson or a .gpkg file',
      next: 'Name the folder in which these files lie themselves; folders within it are not searched.',
    },
  },
  'read-several-layers': {
    severity: 'error',
    de: {
      found: 'darin liegen mehrere Ebenen: {layers}',
      expected: 'eine Angabe, welche gemeint ist',
      next: 'In atlas.yaml bei boundaries ergänzen: layer: und den Namen der Ebene.',
    },
    en: {
      found: 'it holds several layers: {layers}',
      expected: 'a word on which one is meant',
      next: 'Add to boundaries in atlas.yaml: layer: and the name of the layer.',
    },
  },
  'read-unknown-layer': {
    severity: 'error',
    de: {
      found: 'keine Ebene „{layer}“; vorhanden sind {layers}',
      expected: 'eine der vorhandenen Ebenen',
      next: 'Gemeint ist vielleicht layer: {guess}.',
    },
    en: {
      found: 'no layer "{layer}"; there are {layers}',
      expected: 'one of these layers',
      next: 'Perhaps layer: {guess} is meant.',
    },
  },
  'read-unknown-layer-format': {
    severity: 'error',
    de: {
      found: 'Dateien mit der Endung {ending} werden nicht als Ebene gelesen',
      expected: '.shp, .gpkg, .zip, .geojson oder .json',
      next: 'Die Ebene im GIS als GeoPackage, Shapefile oder GeoJSON ausgeben.',
    },
    en: {
      found: 'files with the ending {ending} are not read as a layer',
      expected: '.shp, .gpkg, .zip, .geojson or .json',
      next: 'Export the layer from the GIS as a GeoPackage, shapefile or GeoJSON.',
    },
  },
  'read-unreadable-column': {
    severity: 'warning',
    de: {
      found: 'die Spalte „{column}“ enthält keinen Text und bleibt leer',
      expected: 'Spalten mit Text, Zahlen oder Datumsangaben',
      next: 'Wird die Spalte gebraucht, sie im GIS in eine Textspalte umwandeln.',
    },
    en: {
      found: 'the column "{column}" holds no text and stays empty',
      expected: 'columns with text, numbers or dates',
      next: 'If the column is needed, convert it to a text column in a GIS.',
    },
  },
  'read-empty-shapes': {
    severity: 'warning',
    de: {
      found: 'Datensätze ohne Umriss: {count} (Nummer {records})',
      expected: 'zu jedem Datensatz einen Umriss',
      next: 'Sie wurden übergangen; fehlt ein Gebiet, es im GIS zeichnen oder die Ebene neu anfordern.',
    },
    en: {
      found: 'records without a shape: {count} (number {records})',
      expected: 'a shape for every record',
      next: 'They were left out; if an area is missing, draw it in a GIS or ask for the layer again.',
    },
  },
  'read-ring-direction': {
    severity: 'warning',
    de: {
      found: 'ein innerer Ring verläuft in derselben Richtung wie der äußere (Datensatz {records})',
      expected: 'Löcher mit umgekehrter Richtung',
      next: 'Die Ringe wurden als Löcher gelesen; auf der Karte prüfen, ob diese Flächen wirklich nicht zum Gebiet gehören.',
    },
    en: {
      found: 'an inner ring runs in the same direction as the outer one (record {records})',
      expected: 'holes in the opposite direction',
      next: 'The rings were read as holes; check on the map that these places really do not belong to the area.',
    },
  },
  'read-no-features': {
    severity: 'error',
    de: {
      found: 'die Ebene enthält kein einziges Gebiet',
      expected: 'mindestens ein Gebiet',
      next: 'Die Ebene neu ausgeben; vielleicht war im GIS eine leere Auswahl aktiv.',
    },
    en: {
      found: 'the layer holds not a single feature',
      expected: 'at least one feature',
      next: 'Export the layer again; perhaps an empty selection was active in the GIS.',
    },
  },
} as const satisfies ProblemCatalogue
