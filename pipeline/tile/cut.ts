import type { Feature, Position } from 'geojson'
import type { Bounds, LabelPoint, Polygon } from '../../core/area.ts'
import type { Box } from '../ring.ts'
import type { ZoomShapes } from './simplify.ts'
import GeoJSONVT from 'geojson-vt'
import { indexBoxes } from '../check/box-index.ts'
import { ringBox } from '../ring.ts'
import { coverBounds, gridSize, metresPerStep, tileBuffer, tileExtent, toDegrees, toWorld } from './mercator.ts'
import { cleanPolygon, withoutRepeats } from './rings.ts'

/** What lies in one tile, in its own units, y running south. */
export interface TileContent {
  readonly z: number
  readonly x: number
  readonly y: number
  /** In area order. */
  readonly areas: ReadonlyArray<{ readonly area: number, readonly polygons: readonly Polygon[] }>
  readonly borders: ReadonlyArray<{ readonly outer: boolean, readonly lines: ReadonlyArray<readonly number[]> }>
  /** A label stands in the one tile its point is in. */
  readonly labels: ReadonlyArray<{ readonly area: number, readonly x: number, readonly y: number, readonly radiusMetres: number }>
}

export interface CutOptions {
  readonly labels: readonly LabelPoint[]
  readonly bounds: Bounds
  /** Whether this is the last zoom, from which the client enlarges: it needs every label. */
  readonly isLast: boolean
}

/** geojson-vt keeps every tile it cut; it gets one block of tiles of this many zooms at a time. */
const blockZooms = 5

/** A label with less room around it than this cannot be read: 6 pixels of 8 units each. */
const labelRadiusUnits = 48

/** The tiles of one zoom that hold anything, block by block. */
export function * cutTiles (shapes: ZoomShapes, options: CutOptions): Generator<TileContent> {
  const { zoom } = shapes
  const features = [...listFeatures(shapes, options)]
  const find = indexBoxes(features.map(({ box }) => box))
  const size = 2 ** Math.min(blockZooms, zoom)
  const { minX, minY, maxX, maxY } = coverBounds(options.bounds, zoom)
  for (let blockX = Math.floor(minX / size) * size; blockX <= maxX; blockX += size) {
    for (let blockY = Math.floor(minY / size) * size; blockY <= maxY; blockY += size) {
      const index = makeIndex(zoom, features, find({
        minX: blockX * tileExtent - tileBuffer,
        minY: blockY * tileExtent - tileBuffer,
        maxX: (blockX + size) * tileExtent + tileBuffer,
        maxY: (blockY + size) * tileExtent + tileBuffer,
      }))
      for (let x = Math.max(blockX, minX); x <= Math.min(blockX + size - 1, maxX); x++) {
        for (let y = Math.max(blockY, minY); y <= Math.min(blockY + size - 1, maxY); y++) {
          const content = toContent(index, zoom, x, y)
          if (content) yield content
        }
      }
    }
  }
}

/** What a feature is, carried through geojson-vt. */
type Tags =
  | { readonly layer: 'area', readonly area: number }
  | { readonly layer: 'border', readonly outer: boolean }
  | { readonly layer: 'label', readonly area: number, readonly radiusMetres: number }

interface Item { readonly box: Box, readonly feature: Feature & { readonly properties: Tags } }

/** Every part is a feature of its own, so that its first ring is its outer one also after the cut. */
function * listFeatures ({ zoom, areas, borders }: ZoomShapes, { labels, isLast }: CutOptions): Generator<Item> {
  const scale = gridSize(zoom)
  for (const [area, polygons] of areas.entries()) {
    for (const polygon of polygons) {
      const geometry = { type: 'Polygon' as const, coordinates: polygon.map(ring => toPositions(ring, scale)) }
      yield { box: ringBox(polygon[0]!), feature: { type: 'Feature', properties: { layer: 'area', area }, geometry } }
    }
  }
  for (const { line, outer } of borders) {
    const geometry = { type: 'LineString' as const, coordinates: toPositions(line, scale) }
    yield { box: ringBox(line), feature: { type: 'Feature', properties: { layer: 'border', outer }, geometry } }
  }
  for (const [area, { position, radiusMetres }] of labels.entries()) {
    if (!isLast && radiusMetres / metresPerStep(zoom, position[1]) < labelRadiusUnits) continue
    const [x, y] = toWorld(...position)
    const geometry = { type: 'Point' as const, coordinates: toDegrees([x, y]) }
    yield { box: ringBox([x * scale, y * scale]), feature: { type: 'Feature', properties: { layer: 'label', area, radiusMetres }, geometry } }
  }
}

function toPositions (line: readonly number[], scale: number): Position[] {
  const positions: Position[] = []
  for (let i = 0; i < line.length; i += 2) positions.push(toDegrees([line[i]! / scale, line[i + 1]! / scale]))
  return positions
}

/** Tolerance 0: geojson-vt would simplify each outline alone and open gaps. Its `maxZoom` is the grid it rounds to. */
function makeIndex (zoom: number, features: readonly Item[], chosen: readonly number[]): GeoJSONVT {
  const collection = { type: 'FeatureCollection' as const, features: chosen.map(i => features[i]!.feature) }
  return new GeoJSONVT(collection, { maxZoom: zoom, indexMaxZoom: 0, tolerance: 0, extent: tileExtent, buffer: tileBuffer })
}

function toContent (index: GeoJSONVT, z: number, x: number, y: number): TileContent | undefined {
  const areas = new Map<number, Polygon[]>()
  const borders = new Map<boolean, number[][]>()
  const labels: Array<TileContent['labels'][number]> = []
  for (const feature of index.getTileRaw(z, x, y)?.features ?? []) {
    const tags = feature.tags as unknown as Tags
    if (tags.layer === 'area' && feature.type === 3) {
      const polygon = cleanPolygon(feature.geometry.map(ring => Array.from(ring)))
      if (polygon) append(areas, tags.area, polygon)
    } else if (tags.layer === 'border' && feature.type === 2) {
      for (const part of feature.geometry) {
        const line = withoutRepeats(Array.from(part))
        if (line.length >= 4) append(borders, tags.outer, line)
      }
    } else if (tags.layer === 'label' && feature.type === 4 && isOwn(feature.x) && isOwn(feature.y)) {
      labels.push({ area: tags.area, x: feature.x, y: feature.y, radiusMetres: tags.radiusMetres })
    }
  }
  if (areas.size + borders.size + labels.length === 0) return undefined
  return {
    z,
    x,
    y,
    areas: [...areas].map(([area, polygons]) => ({ area, polygons })),
    borders: [...borders].map(([outer, lines]) => ({ outer, lines })),
    labels,
  }
}

/** Within the tile itself; its right and lower edge belong to the next one. */
function isOwn (position: number): boolean {
  return position >= 0 && position < tileExtent
}

function append<Key, Value> (groups: Map<Key, Value[]>, key: Key, value: Value): void {
  const group = groups.get(key)
  if (group) group.push(value)
  else groups.set(key, [value])
}
