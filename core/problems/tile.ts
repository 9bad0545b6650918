import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with finished tiles. */
export const tileProblems = {
  'tile-invalid': {
    severity: 'error',
    de: {
      found: 'die Kartenkachel {tile} der Geometrie {geometry} verletzt die Regel „{rule}“ ({detail})',
      expected: 'eine Kachel nach der Mapbox Vector Tile Specification 2.1',
      next: 'Das ist ein Fehler des Atlas, nicht der Daten: Bitte zusammen mit der Grenzdatei melden.',
    },
    en: {
      found: 'map tile {tile} of geometry {geometry} breaks the rule "{rule}" ({detail})',
      expected: 'a tile that follows the Mapbox Vector Tile Specification 2.1',
      next: 'This is a fault of the atlas, not of the data: please report it together with the boundary file.',
    },
  },
  'tile-area-lost': {
    severity: 'error',
    de: {
      found: 'fehlende Gebiete in der Zoomstufe {zoom} der Geometrie {geometry}: {count}, darunter „{area}“',
      expected: 'jedes Gebiet in jeder Zoomstufe',
      next: 'Das ist ein Fehler des Atlas, nicht der Daten: Bitte zusammen mit der Grenzdatei melden.',
    },
    en: {
      found: 'missing areas at zoom {zoom} of geometry {geometry}: {count}, among them "{area}"',
      expected: 'every area at every zoom',
      next: 'This is a fault of the atlas, not of the data: please report it together with the boundary file.',
    },
  },
  'tile-too-large': {
    severity: 'error',
    de: {
      found: 'die Kartenkachel {tile} der Geometrie {geometry} hat gepackt {kilobytes} kB',
      expected: 'höchstens {limit} kB',
      next: 'In atlas.yaml unter tiles eine größere kleinste Zoomstufe (minZoom) setzen oder weniger fein gezeichnete Grenzen liefern.',
    },
    en: {
      found: 'map tile {tile} of geometry {geometry} has {kilobytes} kB when compressed',
      expected: 'at most {limit} kB',
      next: 'Set a larger smallest zoom (minZoom) under tiles in atlas.yaml, or deliver boundaries that are drawn less finely.',
    },
  },
  'tile-mean-large': {
    severity: 'warning',
    de: {
      found: 'die Kartenkacheln der Geometrie {geometry} haben gepackt im Mittel {kilobytes} kB',
      expected: 'im Mittel höchstens {limit} kB',
      next: 'Die Karte lädt langsam. In atlas.yaml unter tiles eine größere kleinste Zoomstufe (minZoom) setzen.',
    },
    en: {
      found: 'the map tiles of geometry {geometry} have a mean of {kilobytes} kB when compressed',
      expected: 'a mean of at most {limit} kB',
      next: 'The map loads slowly. Set a larger smallest zoom (minZoom) under tiles in atlas.yaml.',
    },
  },
} as const satisfies ProblemCatalogue
