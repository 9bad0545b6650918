import proj4 from 'proj4'
import { readFileSync } from 'node:fs'
import { findCode, knownCrs, parseEpsgCode, toProj4, type Crs } from './crs.ts'
import { parseWkt, type WktFault } from './wkt.ts'

/** How one coordinate system becomes longitude and latitude in degrees of EPSG:4326. */
export interface Operation {
  /** For the provenance, `EPSG:31467 → EPSG:4326, BETA2007.gsb`. */
  readonly name: string
  /** `EPSG:25832`, or `.prj` for a system without a code. */
  readonly source: string
  /** Not finite where the point is outside of what the projection can express; `outside-grid` where the datum shift ends. */
  readonly toLonLat: (x: number, y: number) => readonly [lon: number, lat: number] | 'outside-grid'
}

export type CrsFault = WktFault | { readonly fault: 'code', readonly found: string }

/**
 * @param text `EPSG:25832`, or the text of a `.prj`
 */
export function findOperation (text: string): Operation | CrsFault {
  const code = parseEpsgCode(text)
  if (code !== undefined) return operationOfCode(code)
  const parsed = parseWkt(text)
  if ('fault' in parsed) return parsed
  return 'code' in parsed ? operationOfCode(parsed.code) : makeOperation(parsed, findCode(parsed) ?? '.prj')
}

function operationOfCode (code: string): Operation | CrsFault {
  const crs = knownCrs.get(code)
  return crs === undefined ? { fault: 'code', found: code } : makeOperation(crs, code)
}

export function makeOperation (crs: Crs, source: string): Operation {
  const toLonLat = chooseStep(crs)
  const grid = crs.datum === 'DHDN' ? `, ${gridName}` : ''
  return {
    name: `${source} → EPSG:4326${grid}`,
    source,
    // proj4 throws for such numbers instead of answering them.
    toLonLat: (x, y) => Number.isFinite(x) && Number.isFinite(y) ? toLonLat(x, y) : [NaN, NaN],
  }
}

function chooseStep (crs: Crs): Operation['toLonLat'] {
  if (crs.datum === 'DHDN') return throughGrid(crs)
  // Degrees of ETRS89 are degrees of WGS 84 to less than a metre: nothing to compute, no digit to lose.
  if (crs.method === 'geographic') return degreesOnly
  // A null shift says that the datum is the same; the web's sphere must not be shifted to an ellipsoid.
  const shift = crs.method === 'web-mercator' ? '+nadgrids=@null' : '+towgs84=0,0,0,0,0,0,0'
  const { forward } = proj4(`${toProj4(crs)} ${shift}`, longLat)
  return (x, y) => forward([x, y]) as [number, number]
}

const longLat = '+proj=longlat +datum=WGS84 +no_defs'

function degreesOnly (lon: number, lat: number): readonly [number, number] {
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : [NaN, NaN]
}

/**
 * BeTA2007, the transformation of the German surveying authorities (AdV, BKG) from DHDN to ETRS89, as NTv2 grid;
 * docs/decisions says why nothing less exact is accepted, and under which licence it is here.
 */
const gridName = 'BETA2007.gsb'

/** Extent of the grid in degrees of DHDN. Outside of it proj4 would write to the console for every point. */
const gridBounds = { west: 5.5, south: 47, east: 15.6666, north: 55.3 }

function throughGrid (crs: Crs): Operation['toLonLat'] {
  loadGrid()
  const unshifted = proj4(toProj4(crs), '+proj=longlat +ellps=bessel +no_defs')
  const shifted = proj4(`+proj=longlat +ellps=bessel +nadgrids=${gridName} +no_defs`, longLat)
  return (x, y) => {
    const place = crs.method === 'geographic' ? [x, y] as const : unshifted.forward([x, y]) as [number, number]
    const [lon, lat] = place
    if (!Number.isFinite(lon) || !Number.isFinite(lat)) return [NaN, NaN]
    const { west, south, east, north } = gridBounds
    if (lon <= west || lon >= east || lat <= south || lat >= north) return 'outside-grid'
    return shifted.forward([lon, lat]) as [number, number]
  }
}

let isGridLoaded = false

function loadGrid (): void {
  if (isGridLoaded) return
  const bytes = readFileSync(new URL(gridName, import.meta.url))
  proj4.nadgrid(gridName, bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer)
  isGridLoaded = true
}
