import { Type, type Static } from 'typebox'
import { Localised, TextOrNumber, closed, date, id, says, text } from './form.ts'
import { Dialect } from './dialect.ts'
import { KeyRule } from './key.ts'

const Wanted = Type.Union([TextOrNumber, Type.Array(TextOrNumber, { minItems: 1 })], { ...says('ein Wert oder eine Liste davon', 'a value, or a list of them') })

const Assignment = closed({
  file: text('Tabelle, die jedem Teil sein Gebiet nennt', 'table that names the area of each part'),
  dialect: Type.Optional(Dialect),
  from: text('Spalte mit dem Schlüssel des Teils, wie key ihn liest', 'column with the key of the part, as key reads it'),
  to: text('Spalte mit der Kennung des Gebiets', 'column with the id of the area'),
  name: Type.Optional(text('Spalte mit dem Namen des Gebiets', 'column with the name of the area')),
}, says('Zuordnung feiner Teile (Blöcke, Ortsteile) zu Gebieten', 'assignment of fine parts (blocks, localities) to areas'))

const UnionArea = closed({
  id: id('Kennung des Gebiets', 'id of the area'),
  name: text('Name des Gebiets', 'name of the area'),
  parts: Type.Array(TextOrNumber, { minItems: 1, ...says('Kennungen der Gebiete, aus denen es besteht', 'ids of the areas it consists of') }),
})

const Keys = closed({
  file: text('Tabelle mit den Schlüsseln der alten Gebiete', 'table with the keys of the old areas'),
  dialect: Type.Optional(Dialect),
  key: KeyRule,
}, says('alte Gebiete ohne Grenzen, nur als Quelle einer Umrechnung', 'old areas without boundaries, only as the source of a crosswalk'))

const Boundaries = closed({
  file: Type.Optional(text('gezipptes Shapefile, .shp oder .geojson, relativ zum Datenordner', 'zipped shapefile, .shp or .geojson, relative to the data folder')),
  layer: Type.Optional(text('Name der Ebene, wenn das Zip mehrere enthält', 'name of the layer where the zip holds several')),
  crs: Type.Optional(text('Koordinatensystem, wenn die Datei es nicht nennt, EPSG:25832', 'coordinate system where the file does not say it, EPSG:25832')),
  encoding: Type.Optional(text('Zeichensatz der Attributtabelle, wenn die Datei ihn nicht nennt', 'character set of the attribute table where the file does not say it')),
  where: Type.Optional(Type.Record(Type.String(), Wanted, { ...says('nur Datensätze mit diesen Attributwerten', 'only records with these attribute values') })),
  whereNot: Type.Optional(Type.Record(Type.String(), Wanted, { ...says('keine Datensätze mit diesen Attributwerten, etwa der Umriss der Stadt', 'no records with these attribute values, such as the outline of the town') })),
  merge: Type.Optional(Type.Boolean({ ...says('Datensätze mit demselben Schlüssel sind Teile eines Gebiets und werden verschmolzen', 'records with the same key are parts of one area and are melted into it') })),
  assign: Type.Optional(Assignment),
  key: Type.Optional(KeyRule),
  name: Type.Optional(KeyRule),
  parentKey: Type.Optional(KeyRule),
  dissolve: Type.Optional(id('Ebene, deren Gebiete verschmolzen werden', 'level whose areas are melted into one')),
  of: Type.Optional(id('Ebene, aus deren Gebieten diese bestehen, etwa Fördergebiete', 'level whose areas make up these, such as funding areas')),
  areas: Type.Optional(Type.Array(UnionArea, { minItems: 1 })),
  keys: Type.Optional(Keys),
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
  recut: Type.Optional(Localised),
  boundaries: Boundaries,
})

export type LevelEntry = Static<typeof Level>
