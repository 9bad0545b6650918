/** Longitude and latitude in units of 1e-7 degree, so that equal places are equal integers. */
export type Coordinate = number

/**
 * A closed ring as flat integers `[lon0, lat0, lon1, lat1, …]` of 1e-7 degree; the last position
 * repeats the first. Outer rings run counter-clockwise, holes clockwise (RFC 7946).
 */
export type Ring = readonly Coordinate[]

/** Outer ring first, then its holes. */
export type Polygon = readonly Ring[]

/** All parts of one area. */
export type MultiPolygon = readonly Polygon[]

export const coordinateUnitsPerDegree = 1e7

/** West, south, east, north in degrees of EPSG:4326. */
export interface Bounds {
  readonly west: number
  readonly south: number
  readonly east: number
  readonly north: number
}

/** An area (Sozialraum, Stadtteil, Planungsraum) of one level. */
export interface Area {
  /** Key as text with its leading zeros, `^[A-Za-z0-9_-]{1,60}$`. */
  readonly id: string
  readonly name: string
  /** Id of the area of the parent level that contains this one; null on a top level. */
  readonly parentId: string | null
}

/**
 * One area system at one boundary vintage: `sozialraum` (2019 until today), `sozialraum-2018`.
 * A value belongs to a level; a view whose level does not hold in its period is told which does.
 */
export interface Level {
  readonly id: string
  readonly label: Localised
  readonly labelPlural: Localised
  /** Area system without vintage; levels of one system follow each other in time. */
  readonly system: string
  /** First day on which these boundaries hold, `2019-01-01`. */
  readonly validFrom: string
  /** Last day, or null while they hold. */
  readonly validTo: string | null
  /** Level whose areas contain the areas of this one, or null. */
  readonly parent: string | null
  /** In code-unit order of their ids; the feature id in tiles is 1 + index. */
  readonly areas: readonly Area[]
  /** Key of `Edition.geometries`. */
  readonly geometry: string
  /** Whom to name for the boundaries, `© GeoBasis-DE / BKG 2021 (Daten verändert)`; null where nobody need be. */
  readonly attribution: string | null
  /** Where its areas are unions of areas of another level, such as Fördergebiete: the ids of these, in area order. */
  readonly madeOf?: { readonly level: string, readonly parts: ReadonlyArray<readonly string[]> }
  /** What changed when these boundaries replaced others of the same system. Left out where nothing is said. */
  readonly recut?: Localised
}

/** Boundaries of one level; content-addressed, so that a new edition re-uses every cached tile. */
export interface Geometry {
  /** `g` + 12 hex of the SHA-256 of areas (id, name) and coordinates. */
  readonly id: string
  /** One per area of the level, in the same order. */
  readonly shapes: readonly MultiPolygon[]
  /** Where a label sits: longitude and latitude in 1e-7 degree, and the free radius around it in metres. */
  readonly labels: readonly LabelPoint[]
  readonly bounds: Bounds
}

export interface LabelPoint {
  readonly position: readonly [lon: Coordinate, lat: Coordinate]
  readonly radiusMetres: number
}

/** Background of the map that is no area: water, neighbours, the town's own outline. */
export interface ContextShape {
  readonly kind: 'water' | 'neighbour' | 'boundary'
  readonly name: string
  /** Lines for rivers and outlines, polygons for lakes and neighbouring municipalities. */
  readonly lines: readonly Ring[]
  readonly polygons: MultiPolygon
}

/** Text of the project in the languages it was written in; German is always there. */
export interface Localised { readonly de: string, readonly en?: string }
