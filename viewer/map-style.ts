import type { FeatureCollection, GeoJSON } from 'geojson'
import type { DataDrivenPropertyValueSpecification, ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import { boundaryColour, contextColours, hatchColours, missingColour } from '../core/palette.ts'

export interface StyleInput {
  /** The areas: one GeoJSON for a level of ordinary size, vector tiles for a large one. */
  readonly source: TopologySource | TileSource
  /** Features with the property `kind` of a `ContextShape`. */
  readonly context: FeatureCollection
  /** Colours of the classes, lowest first. */
  readonly colours: readonly string[]
  /** Of the middle of the map, in degrees: how much of the world a pixel is depends on it. */
  readonly latitude: number
}

export interface TopologySource {
  readonly kind: 'topology'
  readonly areas: GeoJSON
  readonly borders: GeoJSON
  readonly labels: GeoJSON
}

export interface TileSource {
  readonly kind: 'tiles'
  /** With `{z}/{x}/{y}`. */
  readonly url: string
  readonly minZoom: number
  readonly maxZoom: number
  readonly bounds: readonly [west: number, south: number, east: number, north: number]
}

export const hatchImage = 'hatch'

/**
 * The style of the map; it looks like the picture that it lies over. The paint of the areas is
 * constant: what changes with indicator and period is the class index in their state (`c`: -1
 * suppressed, -2 missing), so that a switch needs one frame and no worker.
 *
 * No `glyphs`: without them the library draws letters with the fonts of the page.
 */
export function mapStyle ({ source, context, colours, latitude }: StyleInput): StyleSpecification {
  const layer = (name: string) => source.kind === 'tiles' ? { source: 'areas', 'source-layer': name } : { source: name }
  return {
    version: 8,
    sources: { ...areaSources(source), context: { type: 'geojson', data: context } },
    layers: [
      { id: 'ground', type: 'background', paint: { 'background-color': contextColours.ground } },
      ...neighbourLayers,
      { id: 'areas', type: 'fill', ...layer('areas'), paint: { 'fill-color': fillColour(colours), 'fill-antialias': false } },
      // A pattern cannot depend on state, its opacity can.
      { id: 'suppressed', type: 'fill', ...layer('areas'), paint: { 'fill-pattern': hatchImage, 'fill-opacity': ['case', ['==', classState, -1], 1, 0] } },
      { id: 'borders', type: 'line', ...layer('borders'), layout: round, paint: { 'line-color': boundaryColour, 'line-width': byZoom(0.5, 1.6) } },
      { id: 'hover', type: 'line', ...layer('areas'), layout: round, paint: { 'line-color': boundaryColour, 'line-width': widthWhen('hover', 3) } },
      { id: 'pin-halo', type: 'line', ...layer('areas'), layout: round, paint: { 'line-color': contextColours.casing, 'line-width': widthWhen('pin', 7) } },
      { id: 'pin', type: 'line', ...layer('areas'), layout: round, paint: { 'line-color': boundaryColour, 'line-width': widthWhen('pin', 3.5) } },
      ...waterLayers,
      {
        id: 'labels',
        type: 'symbol',
        ...layer('labels'),
        filter: labelFilter(latitude),
        layout: {
          'text-field': ['get', 'name'],
          'text-font': ['Fira Sans SemiBold'],
          'text-size': textSize,
          'text-max-width': 7,
          // Where two would collide, the larger area keeps its name.
          'symbol-sort-key': ['-', 0, ['get', 'r']],
        },
        paint: { 'text-color': boundaryColour, 'text-halo-color': contextColours.casing, 'text-halo-width': 1.8 },
      },
    ],
  }
}

/** Colour by class index; an area without state yet, or without value, is grey. */
export function fillColour (colours: readonly string[]): DataDrivenPropertyValueSpecification<string> {
  if (colours.length === 0) return missingColour
  const [first, ...rest] = colours.flatMap((colour, index): Array<number | string> => [index, colour])
  return ['match', classState, first, ...rest, missingColour] as ExpressionSpecification
}

const classState: ExpressionSpecification = ['coalesce', ['feature-state', 'c'], -2]

/** No width costs nothing to draw; no opacity would cost as much as a line. */
function widthWhen (state: 'hover' | 'pin', pixels: number): ExpressionSpecification {
  return ['case', ['boolean', ['feature-state', state], false], pixels, 0]
}

/** Pixels on a map of a large county and on one of a neighbourhood; on one of all Germany lines would cover the areas. */
function byZoom (far: number, near: number): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], 5, far / 3, 7, far, 13, near]
}

const textSize = 13.5

/**
 * Names that fit into their areas at this zoom: `r` is the free radius around the place of the label
 * in metres. Long names stand in two lines, and areas are wider in some direction than in all.
 */
export function labelFilter (latitude: number): ExpressionSpecification {
  // A tile of 512 px at zoom 0 is the whole equator wide.
  const metresPerPixel = 40_075_016.7 / 512 * Math.cos(latitude * Math.PI / 180)
  const letterWidth = 0.52 * textSize
  // Tiles know whole zooms only; on the average the map is half a zoom nearer.
  const scale = 2 * 1.15 * Math.SQRT2 / (metresPerPixel * letterWidth)
  return ['>=', ['*', ['get', 'r'], ['^', 2, ['zoom']], scale], ['min', ['length', ['get', 'name']], 13]]
}

const round = { 'line-join': 'round', 'line-cap': 'round' } as const

const isKind = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind]
const isSurface: ExpressionSpecification = ['in', ['geometry-type'], ['literal', ['Polygon', 'MultiPolygon']]]

const neighbourLayers: readonly LayerSpecification[] = [
  { id: 'neighbours', type: 'fill', source: 'context', filter: isKind('neighbour'), paint: { 'fill-color': contextColours.neighbour } },
  { id: 'neighbour-lines', type: 'line', source: 'context', filter: isKind('neighbour'), layout: round, paint: { 'line-color': contextColours.neighbourLine, 'line-width': 1 } },
  { id: 'town', type: 'line', source: 'context', filter: isKind('boundary'), layout: round, paint: { 'line-color': boundaryColour, 'line-width': byZoom(1.5, 3.5) } },
]

const waterLayers: readonly LayerSpecification[] = [
  { id: 'lakes', type: 'fill', source: 'context', filter: ['all', isKind('water'), isSurface], paint: { 'fill-color': contextColours.lake, 'fill-outline-color': contextColours.waterLine } },
  { id: 'river-casing', type: 'line', source: 'context', filter: ['all', isKind('water'), ['!', isSurface]], layout: round, paint: { 'line-color': contextColours.casing, 'line-width': byZoom(2, 8) } },
  { id: 'rivers', type: 'line', source: 'context', filter: ['all', isKind('water'), ['!', isSurface]], layout: round, paint: { 'line-color': contextColours.waterLine, 'line-width': byZoom(1, 4) } },
]

function areaSources (source: StyleInput['source']): Record<string, SourceSpecification> {
  if (source.kind === 'topology') {
    return {
      areas: { type: 'geojson', data: source.areas },
      borders: { type: 'geojson', data: source.borders },
      labels: { type: 'geojson', data: source.labels },
    }
  }
  return {
    areas: { type: 'vector', tiles: [source.url], minzoom: source.minZoom, maxzoom: source.maxZoom, bounds: [...source.bounds] },
  }
}

/**
 * The hatch as an image, the same slanted lines as in the picture: what is suppressed looks alike
 * everywhere. Two pixels make one of the screen's.
 */
export function hatchPixels (size = 20, lineWidth = 4): { width: number, height: number, data: Uint8Array } {
  const [line, paper] = [parseColour(hatchColours.line), parseColour(hatchColours.paper)]
  const data = new Uint8Array(size * size * 4)
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const isLine = (x + y) % size < lineWidth
      data.set([...(isLine ? line : paper), 255], (y * size + x) * 4)
    }
  }
  return { width: size, height: size, data }
}

function parseColour (hex: string): [red: number, green: number, blue: number] {
  return [1, 3, 5].map(start => Number.parseInt(hex.slice(start, start + 2), 16)) as [number, number, number]
}
