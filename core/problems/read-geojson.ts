import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with a GeoJSON file. */
export const readGeojsonProblems = {
  'read-no-json': {
    severity: 'error',
    de: {
      found: 'die Datei ist kein gültiges JSON, hier steht „{found}“',
      expected: 'GeoJSON',
      next: 'Die Ebene neu als GeoJSON ausgeben; wurde die Datei von Hand geändert, an dieser Stelle nach einem fehlenden Komma oder einer fehlenden Klammer suchen.',
    },
    en: {
      found: 'the file is not valid JSON, here stands "{found}"',
      expected: 'GeoJSON',
      next: 'Export the layer as GeoJSON again; if the file was edited by hand, look here for a missing comma or bracket.',
    },
  },
  'read-no-feature-collection': {
    severity: 'error',
    de: {
      found: 'die Datei ist JSON, aber keine Ebene ({type})',
      expected: 'GeoJSON mit "type": "FeatureCollection" und einer Liste "features"',
      next: 'Die Ebene im GIS als GeoJSON ausgeben.',
    },
    en: {
      found: 'the file is JSON but no layer ({type})',
      expected: 'GeoJSON with "type": "FeatureCollection" and a list "features"',
      next: 'Export the layer from the GIS as GeoJSON.',
    },
  },
  'read-unknown-crs-member': {
    severity: 'error',
    de: {
      found: 'die Angabe "crs" der Datei nennt kein bekanntes Koordinatensystem',
      expected: 'ein Name wie urn:ogc:def:crs:EPSG::25832, oder keine Angabe für Länge und Breite',
      next: 'Das Koordinatensystem in atlas.yaml angeben, zum Beispiel crs: EPSG:25832.',
    },
    en: {
      found: 'the member "crs" of the file names no known coordinate system',
      expected: 'a name such as urn:ogc:def:crs:EPSG::25832, or none for longitude and latitude',
      next: 'State the coordinate system in atlas.yaml, for example crs: EPSG:25832.',
    },
  },
  'read-no-feature': {
    severity: 'error',
    de: {
      found: 'der Eintrag ist kein Feature, sondern {found}',
      expected: '"type": "Feature"',
      next: 'Die Ebene im GIS neu als GeoJSON ausgeben.',
    },
    en: {
      found: 'the entry is no feature but {found}',
      expected: '"type": "Feature"',
      next: 'Export the layer from the GIS as GeoJSON again.',
    },
  },
  'read-no-properties': {
    severity: 'error',
    de: {
      found: 'die Sachdaten "properties" sind {found}',
      expected: 'Namen und Werte in geschweiften Klammern',
      next: 'Die Ebene im GIS neu als GeoJSON ausgeben.',
    },
    en: {
      found: 'the attributes "properties" are {found}',
      expected: 'names and values in curly brackets',
      next: 'Export the layer from the GIS as GeoJSON again.',
    },
  },
  'read-geometry-collection': {
    severity: 'error',
    de: {
      found: 'der Umriss ist eine Sammlung verschiedener Formen ({found})',
      expected: 'je Gebiet eine Fläche oder mehrere Flächen (Polygon, MultiPolygon)',
      next: 'Im GIS die Flächen aus der Sammlung auswählen oder in Einzelteile zerlegen und die Ebene neu ausgeben.',
    },
    en: {
      found: 'the shape is a collection of different forms ({found})',
      expected: 'one or several polygons per area (Polygon, MultiPolygon)',
      next: 'In a GIS extract the polygons from the collection, and export the layer again.',
    },
  },
  'read-geometry-type': {
    severity: 'error',
    de: {
      found: 'der Umriss ist von der unbekannten Art {found}',
      expected: 'Polygon, MultiPolygon, LineString, MultiLineString, Point oder MultiPoint',
      next: 'Die Ebene im GIS neu als GeoJSON ausgeben.',
    },
    en: {
      found: 'the shape is of the unknown kind {found}',
      expected: 'Polygon, MultiPolygon, LineString, MultiLineString, Point or MultiPoint',
      next: 'Export the layer from the GIS as GeoJSON again.',
    },
  },
  'read-invalid-coordinates': {
    severity: 'error',
    de: {
      found: 'die Koordinaten {found} passen nicht zur Art des Umrisses',
      expected: 'Paare von Zahlen in so vielen Klammern, wie die Art es verlangt',
      next: 'Die Ebene im GIS neu als GeoJSON ausgeben.',
    },
    en: {
      found: 'the coordinates {found} do not fit the kind of shape',
      expected: 'pairs of numbers in as many brackets as the kind asks for',
      next: 'Export the layer from the GIS as GeoJSON again.',
    },
  },
  'read-open-rings': {
    severity: 'warning',
    de: {
      found: 'ein Ring ist nicht geschlossen (Datensatz {records})',
      expected: 'Ringe, deren letzter Punkt der erste ist',
      next: 'Die Ringe wurden auf kürzestem Weg geschlossen; auf der Karte prüfen, ob kein Punkt fehlt.',
    },
    en: {
      found: 'a ring is not closed (record {records})',
      expected: 'rings whose last point is the first',
      next: 'The rings were closed along the shortest way; check on the map that no point is missing.',
    },
  },
} as const satisfies ProblemCatalogue
