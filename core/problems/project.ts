import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with the coordinates of a layer. */
export const projectProblems = {
  'project-unknown-crs': {
    severity: 'error',
    de: {
      found: 'unbekanntes Koordinatensystem „{crs}“',
      expected: 'eines von {known}',
      next: 'In atlas.yaml bei boundaries crs: angeben; welches gilt, weiß, wer die Datei ausgegeben hat.',
    },
    en: {
      found: 'unknown coordinate system "{crs}"',
      expected: 'one of {known}',
      next: 'State crs: at boundaries in atlas.yaml; who exported the file knows which one holds.',
    },
  },
  'project-unknown-datum': {
    severity: 'error',
    de: {
      found: 'das Koordinatensystem beruht auf dem Datum „{datum}“, für das keine genaue Umrechnung vorliegt',
      expected: 'ETRS89, WGS 84 oder DHDN',
      next: 'Die Ebene im GIS nach ETRS89/UTM (EPSG:25832 oder EPSG:25833) umrechnen lassen.',
    },
    en: {
      found: 'the coordinate system is based on the datum "{datum}", for which there is no exact transformation here',
      expected: 'ETRS89, WGS 84 or DHDN',
      next: 'Have the layer converted to ETRS89/UTM (EPSG:25832 or EPSG:25833) in a GIS.',
    },
  },
  'project-unknown-method': {
    severity: 'error',
    de: {
      found: 'das Koordinatensystem benutzt die Abbildung „{method}“, die hier nicht gerechnet wird',
      expected: 'UTM, Gauß-Krüger, Soldner, Lambert oder Länge und Breite',
      next: 'Die Ebene im GIS nach ETRS89/UTM (EPSG:25832 oder EPSG:25833) umrechnen lassen.',
    },
    en: {
      found: 'the coordinate system uses the projection "{method}", which is not computed here',
      expected: 'UTM, Gauss-Krüger, Soldner, Lambert or longitude and latitude',
      next: 'Have the layer converted to ETRS89/UTM (EPSG:25832 or EPSG:25833) in a GIS.',
    },
  },
  'project-foreign-meridian': {
    severity: 'error',
    de: {
      found: 'das Koordinatensystem zählt die Längen ab einem anderen Nullmeridian ({meridian}°)',
      expected: 'Längen ab Greenwich',
      next: 'Die Ebene im GIS nach ETRS89/UTM (EPSG:25832 oder EPSG:25833) umrechnen lassen.',
    },
    en: {
      found: 'the coordinate system counts longitude from another prime meridian ({meridian}°)',
      expected: 'longitudes from Greenwich',
      next: 'Have the layer converted to ETRS89/UTM (EPSG:25832 or EPSG:25833) in a GIS.',
    },
  },
  'project-not-finite': {
    severity: 'error',
    de: {
      found: 'gelesen als {crs} haben Umrisse keinen Ort auf der Erde: {count} von {of} (Datensatz {records})',
      expected: 'Koordinaten, wie sie in {crs} vorkommen',
      next: '{hint}',
    },
    en: {
      found: 'read as {crs}, shapes have no place on earth: {count} of {of} (record {records})',
      expected: 'coordinates as they occur in {crs}',
      next: '{hint}',
    },
  },
  'project-outside-grid': {
    severity: 'error',
    de: {
      found: 'Umrisse außerhalb des Gitters BETA2007, mit dem DHDN umgerechnet wird: {count} von {of} (Datensatz {records})',
      expected: 'Orte in Deutschland; ohne Gitter lägen die Grenzen 120 bis 200 m neben der Karte',
      next: '{hint}',
    },
    en: {
      found: 'shapes outside the grid BETA2007, by which DHDN is transformed: {count} of {of} (record {records})',
      expected: 'places in Germany; without the grid boundaries would lie 120 to 200 m off',
      next: '{hint}',
    },
  },
  'project-outside-bounds': {
    severity: 'error',
    de: {
      found: 'gelesen als {crs} liegt die Ebene bei {where}',
      expected: 'eine Ebene in den Grenzen bounds: {bounds}',
      next: '{hint}',
    },
    en: {
      found: 'read as {crs} the layer lies at {where}',
      expected: 'a layer within bounds: {bounds}',
      next: '{hint}',
    },
  },
  'project-partly-outside-bounds': {
    severity: 'error',
    de: {
      found: 'Umrisse über die Grenzen hinaus: {count} von {of} (Datensatz {records}), der erste liegt bei {where}',
      expected: 'alle Umrisse in den Grenzen bounds: {bounds}',
      next: 'Gehören die Umrisse zum Atlas, bounds in atlas.yaml weiter fassen; sonst die Ebene im GIS berichtigen.',
    },
    en: {
      found: 'shapes beyond the bounds: {count} of {of} (record {records}), the first lies at {where}',
      expected: 'all shapes within bounds: {bounds}',
      next: 'If the shapes belong to the atlas, widen bounds in atlas.yaml; otherwise correct the layer in a GIS.',
    },
  },
  'project-points': {
    severity: 'warning',
    de: {
      found: 'Punkte in der Ebene: {count} (Datensatz {records})',
      expected: 'Flächen für Gebiete, Linien oder Flächen für den Hintergrund',
      next: 'Die Punkte erscheinen nicht auf der Karte; als Gebiete eine Ebene mit Flächen angeben.',
    },
    en: {
      found: 'points in the layer: {count} (record {records})',
      expected: 'polygons for areas, lines or polygons for the background',
      next: 'The points do not appear on the map; name a layer of polygons for areas.',
    },
  },
} as const satisfies ProblemCatalogue
