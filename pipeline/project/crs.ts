/**
 * A coordinate system by its substance: how it is drawn, on which datum, with which numbers. Two descriptions
 * of one system (an EPSG code, an ESRI `.prj`, a GDAL `.prj` with another name) have the same substance.
 */
export interface Crs {
  readonly method: CrsMethod
  readonly datum: CrsDatum
  /** Degrees. */
  readonly centralMeridian: number
  /** Degrees. */
  readonly latitudeOfOrigin: number
  readonly scale: number
  /** In the unit of the coordinates. */
  readonly falseEasting: number
  readonly falseNorthing: number
  /** Degrees; only conic projections have them. */
  readonly parallels: readonly [number, number] | null
  /** 1 where coordinates are metres; degrees where the method is geographic. */
  readonly metresPerUnit: number
}

export type CrsMethod = 'geographic' | 'transverse-mercator' | 'cassini' | 'azimuthal' | 'conic' | 'web-mercator'

/** ETRS89 and WGS 84 differ by less than a metre and are taken as equal; DHDN (Bessel) lies 120 to 200 m beside them. */
export type CrsDatum = 'ETRS89' | 'WGS 84' | 'DHDN'

/** What German offices deliver in, and the web's own. The order is that of guessing. */
export const knownCrs: ReadonlyMap<string, Crs> = new Map([
  ['EPSG:25832', utm('ETRS89', 9)],
  ['EPSG:25833', utm('ETRS89', 15)],
  ['EPSG:4647', utm('ETRS89', 9, 32_500_000)],
  ['EPSG:5650', utm('ETRS89', 15, 33_500_000)],
  ['EPSG:4326', geographic('WGS 84')],
  ['EPSG:31467', gaussKrueger(3)],
  ['EPSG:31466', gaussKrueger(2)],
  ['EPSG:31468', gaussKrueger(4)],
  ['EPSG:31469', gaussKrueger(5)],
  ['EPSG:3068', { ...gaussKrueger(0), method: 'cassini', centralMeridian: 13.6272036666667, latitudeOfOrigin: 52.4186482777778, falseEasting: 40_000, falseNorthing: 10_000 }],
  ['EPSG:3035', { ...utm('ETRS89', 10, 4_321_000), method: 'azimuthal', latitudeOfOrigin: 52, scale: 1, falseNorthing: 3_210_000 }],
  ['EPSG:3857', { ...utm('WGS 84', 0, 0), method: 'web-mercator', scale: 1 }],
  ['EPSG:25831', utm('ETRS89', 3)],
  ['EPSG:4258', geographic('ETRS89')],
  ['EPSG:4314', geographic('DHDN')],
  ['EPSG:32631', utm('WGS 84', 3)],
  ['EPSG:32632', utm('WGS 84', 9)],
  ['EPSG:32633', utm('WGS 84', 15)],
  // The same zones with the axes in the order easting, northing, which is how files hold them anyway.
  ['EPSG:5680', gaussKrueger(1)],
  ['EPSG:5676', gaussKrueger(2)],
  ['EPSG:5677', gaussKrueger(3)],
  ['EPSG:5678', gaussKrueger(4)],
  ['EPSG:5679', gaussKrueger(5)],
] as const satisfies ReadonlyArray<readonly [string, Crs]>)

/** `EPSG:25832` of `EPSG:25832`, `epsg:25832`, `25832` and `urn:ogc:def:crs:EPSG::25832`; undefined for other text. */
export function parseEpsgCode (text: string): string | undefined {
  const code = /^(?:(?:urn:ogc:def:crs:)?EPSG:(?:[\d.]*:)?)?(\d{4,5})$/i.exec(text.trim())?.[1]
  return code === undefined ? undefined : `EPSG:${code}`
}

/** The code of a system with the same substance, the more usual one where several have it. */
export function findCode (crs: Crs): string | undefined {
  return [...knownCrs].find(([, known]) => isSame(known, crs))?.[0]
}

/** The definition proj4 understands, without a datum shift. */
export function toProj4 (crs: Crs): string {
  const ellipsoid = crs.datum === 'DHDN' ? '+ellps=bessel' : '+ellps=GRS80'
  if (crs.method === 'geographic') return `+proj=longlat ${ellipsoid} +no_defs`
  if (crs.method === 'web-mercator') return '+proj=merc +a=6378137 +b=6378137 +lon_0=0 +k=1 +units=m +no_defs'
  const parallels = crs.parallels === null ? '' : `+lat_1=${crs.parallels[0]} +lat_2=${crs.parallels[1]} `
  const unit = crs.metresPerUnit === 1 ? '+units=m' : `+to_meter=${crs.metresPerUnit}`
  // proj4 wants the offsets in metres whatever the unit is.
  const [x, y] = [crs.falseEasting * crs.metresPerUnit, crs.falseNorthing * crs.metresPerUnit]
  return `+proj=${projections[crs.method]} +lat_0=${crs.latitudeOfOrigin} +lon_0=${crs.centralMeridian} ${parallels}` +
    `+k=${crs.scale} +x_0=${x} +y_0=${y} ${ellipsoid} ${unit} +no_defs`
}

const projections = { 'transverse-mercator': 'tmerc', cassini: 'cass', azimuthal: 'laea', conic: 'lcc' } as const

function utm (datum: CrsDatum, centralMeridian: number, falseEasting = 500_000): Crs {
  return {
    method: 'transverse-mercator', datum, centralMeridian, latitudeOfOrigin: 0, scale: 0.9996, falseEasting, falseNorthing: 0, parallels: null, metresPerUnit: 1,
  }
}

/** Zone 3 has its meridian at 9° and eastings around 3,500,000 m. */
function gaussKrueger (zone: number): Crs {
  return { ...utm('DHDN', 3 * zone, zone * 1_000_000 + 500_000), scale: 1 }
}

function geographic (datum: CrsDatum): Crs {
  return { ...utm(datum, 0, 0), method: 'geographic', scale: 1 }
}

/** Files write meridians with 7 to 15 digits: 1e-8° are a millimetre. */
function isSame (a: Crs, b: Crs): boolean {
  return a.method === b.method && a.datum === b.datum && a.parallels === null && b.parallels === null &&
    Math.abs(a.centralMeridian - b.centralMeridian) < 1e-8 && Math.abs(a.latitudeOfOrigin - b.latitudeOfOrigin) < 1e-8 &&
    Math.abs(a.scale - b.scale) < 1e-9 && Math.abs(a.falseEasting - b.falseEasting) < 0.001 &&
    Math.abs(a.falseNorthing - b.falseNorthing) < 0.001 && a.metresPerUnit === b.metresPerUnit
}
