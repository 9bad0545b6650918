import type { Area, Geometry, Level } from '../core/area.ts'
import type { Edition, Series } from '../core/edition.ts'
import type { Indicator } from '../core/indicator.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { TileSet } from './tile-set.ts'
import { getGeometry } from '../core/edition.ts'
import { makeTileSet } from './tile-set.ts'

/** An edition in memory with what requests look up in it. */
export interface LoadedEdition {
  readonly edition: Edition
  readonly levels: ReadonlyMap<string, LoadedLevel>
  readonly indicators: ReadonlyMap<string, Indicator>
  /** Estimate of the memory it takes, its tiles included. */
  readonly sizeBytes: number
}

export interface LoadedLevel {
  readonly level: Level
  readonly geometry: Geometry
  readonly tileSet: TileSet
  readonly areas: ReadonlyMap<string, Area>
  /** By indicator id. */
  readonly series: ReadonlyMap<string, Series>
}

/**
 * Prepares an edition for serving. Tile sets that are in memory already are shared, because a new
 * edition mostly has the old boundaries.
 *
 * @throws RangeError where the tiles of a level are missing: such an edition cannot be served
 */
export function prepareEdition (
  edition: Edition, inMemory: ReadonlyMap<string, TileSet>, fresh: readonly GeometryTiles[],
): LoadedEdition {
  const tileSets = new Map<string, TileSet>()
  const levels = new Map<string, LoadedLevel>()
  for (const level of edition.levels) {
    const geometry = getGeometry(edition, level)
    const tileSet = tileSets.get(geometry.id) ?? inMemory.get(geometry.id) ?? makeTileSet(tilesOf(geometry, fresh), geometry)
    tileSets.set(geometry.id, tileSet)
    levels.set(level.id, {
      level,
      geometry,
      tileSet,
      areas: new Map(level.areas.map(area => [area.id, area])),
      series: new Map(edition.series.filter(series => series.level === level.id).map(series => [series.indicator, series])),
    })
  }
  const tileBytes = [...tileSets.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  return {
    edition,
    levels,
    indicators: new Map(edition.indicators.map(indicator => [indicator.id, indicator])),
    sizeBytes: tileBytes + editionSize(edition),
  }
}

function tilesOf (geometry: Geometry, fresh: readonly GeometryTiles[]): GeometryTiles {
  const tiles = fresh.find(candidate => candidate.geometry === geometry.id)
  if (!tiles) throw new RangeError(`missing tiles of geometry ${geometry.id}`)
  return tiles
}

/**
 * Estimate of the memory of an edition without tiles: its numbers of cells, rows of cells, coordinates and so on
 * times what V8 took for each in 50 copies of an edition of 20,000 cells.
 */
export function editionSize ({ series, geometries, levels, indicators }: Edition): number {
  const rows = series.reduce((sum, { periods }) => sum + periods.length, 0)
  const cells = series.reduce((sum, { periods, values }) => sum + periods.length * (values[0]?.length ?? 0), 0)
  const coordinates = geometries.reduce((sum, { shapes }) => sum + shapes.flat(2).reduce((count, ring) => count + ring.length, 0), 0)
  const areas = levels.reduce((sum, level) => sum + level.areas.length, 0)
  return cells * 60 + rows * 450 + coordinates * 10 + areas * 300 + indicators.length * 4000 + 100_000
}
