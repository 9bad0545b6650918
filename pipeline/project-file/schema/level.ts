import { Type, type Static } from 'typebox'
import { Localised, TextOrNumber, closed, date, id, says, text } from './form.ts'
import { KeyRule } from './key.ts'

const Boundaries = closed({
  file: Type.Optional(text('gezipptes Shapefile, .shp oder .geojson, relativ zum Datenordner', 'zipped shapefile, .shp or .geojson, relative to the data folder')),
  layer: Type.Optional(text('Name der Ebene, wenn das Zip mehrere enthält', 'name of the layer where the zip holds several')),
  crs: Type.Optional(text('Koordinatensystem, wenn die Datei es nicht nennt, EPSG:25832', 'coordinate system where the file does not say it, EPSG:25832')),
  encoding: Type.Optional(text('Zeichensatz der Attributtabelle, wenn die Datei ihn nicht nennt', 'character set of the attribute table where the file does not say it')),
  where: Type.Optional(Type.Record(Type.String(), TextOrNumber, { ...says('nur Datensätze mit diesen Attributwerten', 'only records with these attribute values') })),
  merge: Type.Optional(Type.Boolean({ ...says('Datensätze mit demselben Schlüssel sind Teile eines Gebiets', 'records with the same key are parts of one area') })),
  key: Type.Optional(KeyRule),
  name: Type.Optional(KeyRule),
  parentKey: Type.Optional(KeyRule),
  dissolve: Type.Optional(id('Ebene, deren Gebiete verschmolzen werden', 'level whose areas are melted into one')),
  id: Type.Optional(id('Kennung des verschmolzenen Gebiets', 'id of the dissolved area')),
  attribution: Type.Optional(text('Quellenvermerk der Grenzen', 'whom to name for the boundaries')),
  areaName: Type.Optional(text('Name des verschmolzenen Gebiets', 'name of the dissolved area')),
}, says('woher die Grenzen kommen', 'where the boundaries come from'))

export const Level = closed({
  id: id('Kennung der Ebene, Teil jeder Adresse', 'id of the level, part of every address'),
  label: Localised,
  labelPlural: Localised,
  system: Type.Optional(id('Gebietssystem ohne Gebietsstand', 'area system without vintage')),
  validFrom: date('erster Tag dieser Grenzen, 2019-01-01', 'first day of these boundaries'),
  validTo: Type.Optional(date('letzter Tag dieser Grenzen, 2018-12-31', 'last day of these boundaries')),
  parent: Type.Optional(id('Ebene, die diese enthält', 'level that contains this one')),
  boundaries: Boundaries,
})

export type LevelEntry = Static<typeof Level>
