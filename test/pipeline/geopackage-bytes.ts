import sqlite from 'node-sqlite3-wasm'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A geometry with its header after OGC 12-128r18, clause 2.1.3: no box, coordinate system 25832. */
export function gpkgGeometry (wkb: Uint8Array, flags = 0x01): Buffer {
  const head = Buffer.from([0x47, 0x50, 0, flags, 0, 0, 0, 0])
  head.writeInt32LE(25832, 4)
  return Buffer.concat([head, wkb])
}

/** Well-Known Binary of polygons, each a list of rings of flat coordinates with `dimensions` numbers per position. */
export function wkbMultiPolygon (polygons: ReadonlyArray<ReadonlyArray<readonly number[]>>, { code = 0, dimensions = 2 } = {}): Buffer {
  return Buffer.concat([head(6 + code, polygons.length), ...polygons.map(rings => wkbPolygon(rings, { code, dimensions }))])
}

export function wkbPolygon (rings: ReadonlyArray<readonly number[]>, { code = 0, dimensions = 2 } = {}): Buffer {
  return Buffer.concat([head(3 + code, rings.length), ...rings.flatMap(ring => [uint(ring.length / dimensions), ...ring.map(double)])])
}

export function wkbPoint (x: number, y: number): Buffer {
  return Buffer.concat([Buffer.from([1]), uint(1), double(x), double(y)])
}

export function wkbLine (positions: readonly number[]): Buffer {
  return Buffer.concat([head(2, positions.length / 2), ...positions.map(double)])
}

function head (type: number, count: number): Buffer {
  return Buffer.concat([Buffer.from([1]), uint(type), uint(count)])
}

function uint (value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function double (value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}

/** The tables every GeoPackage has, with UTM 32 and one system nobody has a number for. */
export const gpkgSchema = `
  CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT);
  CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, srs_id INTEGER);
  CREATE TABLE gpkg_geometry_columns (table_name TEXT PRIMARY KEY, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z INTEGER, m INTEGER);
  INSERT INTO gpkg_spatial_ref_sys VALUES ('UTM', 25832, 'EPSG', 25832, 'PROJCS[…]'), ('none', -1, 'NONE', -1, 'undefined'), ('own', 100001, 'NONE', 100001, 'PROJCS["own"]');`

/** Registers a table of shapes. */
export function gpkgLayer (table: string, columns: string, srs = 25832): string {
  return `CREATE TABLE "${table}" (fid INTEGER PRIMARY KEY, geom BLOB${columns === '' ? '' : `, ${columns}`});
    INSERT INTO gpkg_contents VALUES ('${table}', 'features', '${table}', ${srs});
    INSERT INTO gpkg_geometry_columns VALUES ('${table}', 'geom', 'MULTIPOLYGON', ${srs}, 0, 0);`
}

/** The bytes of a database, filled by statements and then rows. */
export function databaseBytes (statements: string, fill: (run: (sql: string, values: Array<string | number | Uint8Array | null>) => unknown) => void = () => {}): Buffer {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'atlas-test-'))
  try {
    const file = path.join(folder, 'a.sqlite')
    const database = new sqlite.Database(file)
    database.exec(statements)
    fill((sql, values) => database.run(sql, values))
    database.close()
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
