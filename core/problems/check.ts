import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with outlines: each by itself, and against its neighbours. */
export const checkProblems = {
  'check-empty-shape': {
    severity: 'error',
    de: {
      found: 'das Gebiet „{area}“ ({name}) hat keine Fläche',
      expected: 'mindestens ein Ring aus vier Punkten, von denen der letzte den ersten wiederholt',
      next: 'Die Grenze dieses Gebiets neu zeichnen oder den leeren Datensatz löschen.',
    },
    en: {
      found: 'the area "{area}" ({name}) has no surface',
      expected: 'at least one ring of four points, the last of which repeats the first',
      next: 'Draw the boundary of this area again, or delete the empty record.',
    },
  },
  'check-too-few-points': {
    severity: 'warning',
    de: {
      found: 'ein Ring des Gebiets „{area}“ ({name}) bei {place} hat zu wenige Punkte ({points})',
      expected: 'mindestens vier Punkte, von denen der letzte den ersten wiederholt',
      next: 'Der Ring wurde weggelassen; ihn in der Quelle löschen, damit er nicht wiederkommt.',
    },
    en: {
      found: 'a ring of the area "{area}" ({name}) at {place} has too few points ({points})',
      expected: 'at least four points, the last of which repeats the first',
      next: 'The ring was left out. Delete it at its source, so that it does not come back.',
    },
  },
  'check-unclosed-ring': {
    severity: 'warning',
    de: {
      found: 'ein Ring des Gebiets „{area}“ ({name}) ist bei {place} nicht geschlossen',
      expected: 'ein Ring, dessen letzter Punkt den ersten wiederholt',
      next: 'Der Ring wurde mit einer geraden Linie von {metres} m geschlossen; prüfen, ob am Ende Punkte fehlen.',
    },
    en: {
      found: 'a ring of the area "{area}" ({name}) is not closed at {place}',
      expected: 'a ring whose last point repeats the first',
      next: 'The ring was closed with a straight line of {metres} m. Check whether points are missing at its end.',
    },
  },
  'check-zero-area': {
    severity: 'warning',
    de: {
      found: 'ein Ring des Gebiets „{area}“ ({name}) bei {place} umschließt keine Fläche',
      expected: 'ein Ring, der eine Fläche umschließt',
      next: 'Der Ring wurde weggelassen; ihn in der Quelle löschen, damit er nicht wiederkommt.',
    },
    en: {
      found: 'a ring of the area "{area}" ({name}) at {place} encloses no surface',
      expected: 'a ring that encloses a surface',
      next: 'The ring was left out. Delete it at its source, so that it does not come back.',
    },
  },
  'check-self-intersection-repaired': {
    severity: 'warning',
    de: {
      found: 'die Grenze des Gebiets „{area}“ ({name}) berührt oder kreuzt sich selbst bei {place}',
      expected: 'eine Grenze, die keinen Punkt zweimal durchläuft',
      next: 'Sie wurde dort aufgetrennt; die Fläche änderte sich um {squareMetres} m². Die Stelle in der Quelle berichtigen.',
    },
    en: {
      found: 'the boundary of the area "{area}" ({name}) touches or crosses itself at {place}',
      expected: 'a boundary that passes no point twice',
      next: 'It was cut apart there; the surface changed by {squareMetres} m². Correct the place at its source.',
    },
  },
  'check-self-intersection': {
    severity: 'error',
    de: {
      found: 'die Grenze des Gebiets „{area}“ ({name}) kreuzt sich selbst bei {place}, und es ist nicht eindeutig, was innen liegt',
      expected: 'eine Grenze, die sich nicht kreuzt',
      next: 'Die Stelle im GIS berichtigen (in QGIS: „Geometrien reparieren“) und die Datei neu liefern.',
    },
    en: {
      found: 'the boundary of the area "{area}" ({name}) crosses itself at {place}, and it is not clear what lies inside',
      expected: 'a boundary that does not cross itself',
      next: 'Correct the place in a GIS (in QGIS: "Fix geometries") and deliver the file again.',
    },
  },
  'check-duplicate-shape': {
    severity: 'error',
    de: {
      found: 'die Gebiete „{area}“ ({name}) und „{other}“ ({otherName}, Datensatz {otherRecord}) haben dieselbe Grenze',
      expected: 'für jedes Gebiet eine eigene Grenze',
      next: 'Einen der beiden Datensätze löschen oder ihm seine richtige Grenze geben.',
    },
    en: {
      found: 'the areas "{area}" ({name}) and "{other}" ({otherName}, record {otherRecord}) have the same boundary',
      expected: 'a boundary of its own for every area',
      next: 'Delete one of the two records, or give it its right boundary.',
    },
  },
  'check-overlap': {
    severity: 'error',
    de: {
      found: 'die Gebiete „{area}“ ({name}) und „{other}“ ({otherName}) überlappen sich auf {squareMetres} m² bei {place}; das sind {percent} % des kleineren',
      expected: 'Gebiete, die sich nur an ihren Grenzen berühren',
      next: 'Die gemeinsame Grenze im GIS berichtigen und die Datei neu liefern.',
    },
    en: {
      found: 'the areas "{area}" ({name}) and "{other}" ({otherName}) overlap by {squareMetres} m² at {place}; this is {percent} % of the smaller one',
      expected: 'areas that only touch at their boundaries',
      next: 'Correct the boundary they share in a GIS and deliver the file again.',
    },
  },
  'check-small-overlaps': {
    severity: 'warning',
    de: {
      found: 'Überlappungen benachbarter Gebiete auf der Ebene „{level}“: {count}, zusammen {squareMetres} m²; die größten: {largest}',
      expected: 'Gebiete, die sich nur an ihren Grenzen berühren',
      next: 'Die Karte zeigt dort das zuletzt gezeichnete Gebiet; Werte ändern sich nicht. Möglichst Grenzen liefern, die gemeinsam vereinfacht wurden.',
    },
    en: {
      found: 'overlaps of neighbouring areas on the level "{level}": {count}, {squareMetres} m² in all; the largest: {largest}',
      expected: 'areas that only touch at their boundaries',
      next: 'The map shows the area drawn last there; figures do not change. Deliver boundaries that were simplified together, if you can.',
    },
  },
  'check-gaps': {
    severity: 'warning',
    de: {
      found: 'Lücken zwischen den Gebieten der Ebene „{level}“: {count}, zusammen {squareMetres} m²; die größten: {largest}',
      expected: 'Gebiete ohne Lücken dazwischen',
      next: 'Ist eine Lücke ein See oder fremdes Gebiet, so ist nichts zu tun. Sonst fehlt dort ein Gebiet, oder Nachbarn teilen ihre Grenzpunkte nicht.',
    },
    en: {
      found: 'gaps between the areas of the level "{level}": {count}, {squareMetres} m² in all; the largest: {largest}',
      expected: 'areas without gaps between them',
      next: 'If a gap is a lake or belongs to somebody else, there is nothing to do. Otherwise an area is missing there, or neighbours do not share the points of their boundary.',
    },
  },
} as const satisfies ProblemCatalogue
