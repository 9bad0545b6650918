import type { ProblemCatalogue } from '../problem.ts'

/** What can be wrong with a GeoPackage. */
export const geopackageProblems = {
  'geopackage-no-database': {
    severity: 'error',
    de: {
      found: 'die Datei ist kein GeoPackage',
      expected: 'eine Datei, die mit der Kennung „SQLite format 3“ beginnt',
      next: 'Die Ebene im GIS neu als GeoPackage ausgeben oder die Datei neu herunterladen.',
    },
    en: {
      found: 'the file is no GeoPackage',
      expected: 'a file that begins with the mark "SQLite format 3"',
      next: 'Export the layer from the GIS as a GeoPackage again, or download the file again.',
    },
  },
  'geopackage-damaged': {
    severity: 'error',
    de: {
      found: 'das GeoPackage ist beschädigt ({reason})',
      expected: 'eine vollständige Datenbank',
      next: 'Die Datei neu kopieren oder herunterladen; hilft das nicht, die Ebene im GIS neu ausgeben.',
    },
    en: {
      found: 'the GeoPackage is damaged ({reason})',
      expected: 'a complete database',
      next: 'Copy or download the file again; if that does not help, export the layer from the GIS again.',
    },
  },
  'geopackage-unsaved': {
    severity: 'error',
    de: {
      found: 'neben dem GeoPackage liegt „{name}“: darin stehen Änderungen, die in der Datei selbst noch fehlen',
      expected: 'ein GeoPackage, das kein Programm geöffnet hat',
      next: 'QGIS oder das andere Programm schließen; verschwindet die Datei dann nicht, die Ebene im GIS neu ausgeben.',
    },
    en: {
      found: 'beside the GeoPackage lies "{name}": it holds changes that the file itself still lacks',
      expected: 'a GeoPackage that no program has open',
      next: 'Close QGIS or the other program; if the file does not vanish then, export the layer from the GIS again.',
    },
  },
  'geopackage-no-contents': {
    severity: 'error',
    de: {
      found: 'die Datei ist eine SQLite-Datenbank, aber kein GeoPackage: ihr fehlt das Verzeichnis gpkg_contents oder gpkg_geometry_columns',
      expected: 'ein GeoPackage nach dem Standard der OGC',
      next: 'Die Ebene im GIS als GeoPackage ausgeben; SpatiaLite-Datenbanken werden nicht gelesen.',
    },
    en: {
      found: 'the file is an SQLite database but no GeoPackage: it lacks the index gpkg_contents or gpkg_geometry_columns',
      expected: 'a GeoPackage after the standard of the OGC',
      next: 'Export the layer from the GIS as a GeoPackage; SpatiaLite databases are not read.',
    },
  },
  'geopackage-no-layer': {
    severity: 'error',
    de: {
      found: 'das GeoPackage enthält keine Ebene mit Umrissen',
      expected: 'mindestens eine Tabelle der Art „features“',
      next: 'Prüfen, ob das GeoPackage nur Rasterbilder enthält; die Ebene im GIS als GeoPackage ausgeben.',
    },
    en: {
      found: 'the GeoPackage holds no layer with shapes',
      expected: 'at least one table of the kind "features"',
      next: 'Check whether the GeoPackage holds only raster images; export the layer from the GIS as a GeoPackage.',
    },
  },
  'geopackage-view': {
    severity: 'error',
    de: {
      found: '„{table}“ ist keine Tabelle, sondern eine Sicht (View), die erst beim Lesen berechnet wird',
      expected: 'eine Ebene, die als Tabelle gespeichert ist',
      next: 'Die Sicht im GIS öffnen und als neue Ebene in ein GeoPackage ausgeben.',
    },
    en: {
      found: '"{table}" is no table but a view, which is calculated only while it is read',
      expected: 'a layer stored as a table',
      next: 'Open the view in a GIS and export it as a new layer of a GeoPackage.',
    },
  },
  'geopackage-no-crs': {
    severity: 'error',
    de: {
      found: 'das GeoPackage nennt für die Ebene kein bekanntes Koordinatensystem',
      expected: 'ein Koordinatensystem in gpkg_spatial_ref_sys oder der Eintrag crs',
      next: 'Das Koordinatensystem in atlas.yaml angeben, zum Beispiel crs: EPSG:25832.',
    },
    en: {
      found: 'the GeoPackage names no known coordinate system for the layer',
      expected: 'a coordinate system in gpkg_spatial_ref_sys, or the entry crs',
      next: 'State the coordinate system in atlas.yaml, for example crs: EPSG:25832.',
    },
  },
  'geopackage-damaged-shape': {
    severity: 'error',
    de: {
      found: 'der Umriss ist beschädigt ({found})',
      expected: 'Umrisse in der Schreibweise des GeoPackage-Standards',
      next: 'Die Ebene im GIS prüfen lassen (Geometrien reparieren) und neu ausgeben.',
    },
    en: {
      found: 'the shape is damaged ({found})',
      expected: 'shapes as the GeoPackage standard writes them',
      next: 'Let the GIS check the layer (fix geometries) and export it again.',
    },
  },
} as const satisfies ProblemCatalogue
