import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'
import type { Level } from '../core/area.ts'
import type { Indicator } from '../core/indicator.ts'
import type { Series } from '../core/edition.ts'
import { localise } from '../core/edition.ts'
import { noticeOf } from '../render/notice.ts'
import { joinedPeriod } from './joined-tile.ts'

/** TileJSON 3.0.0, as far as we use it. */
export interface TileJson {
  readonly tilejson: '3.0.0'
  readonly name: string
  readonly description: string
  readonly attribution: string
  readonly scheme: 'xyz'
  /** Absolute address with `{z}`, `{x}`, `{y}`; the one thing a client must use. */
  readonly tiles: readonly [string]
  readonly minzoom: number
  readonly maxzoom: number
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number]
  readonly vector_layers: readonly VectorLayer[]
}

export interface VectorLayer {
  readonly id: string
  readonly description: string
  readonly fields: Readonly<Record<string, 'String' | 'Number' | 'Boolean'>>
}

/** Description of the geometry tiles of a level. */
export function geometryTileJson ({ edition }: LoadedEdition, loaded: LoadedLevel, baseUrl: string): TileJson {
  const { level, tileSet } = loaded
  return {
    ...frame(loaded),
    ...describeGeometryTiles(edition, level),
    tiles: [`${baseUrl}/${edition.atlas.id}/tiles/${tileSet.geometry}/${level.id}/{z}/{x}/{y}.mvt`],
  }
}

/** What the tiles of a level say of themselves wherever they lie. */
export function describeGeometryTiles (edition: LoadedEdition['edition'], level: Level): Pick<TileJson, 'name' | 'description' | 'attribution' | 'vector_layers'> {
  return {
    name: `${edition.atlas.title}: ${localise(level.labelPlural, edition.atlas.language)}`,
    description: edition.atlas.municipality,
    attribution: attributionOf(edition, []),
    vector_layers: vectorLayers({}),
  }
}

/**
 * Description of the tiles of a level joined with one indicator.
 * @param choice the periods asked for, or undefined for the newest; they then stand in the template
 */
export function joinedTileJson (
  { edition }: LoadedEdition,
  loaded: LoadedLevel,
  { indicator, series, periods, isChosen, baseUrl }: { indicator: Indicator, series: Series, periods: readonly string[], isChosen: boolean, baseUrl: string },
): TileJson {
  const { level } = loaded
  const { language, id } = edition.atlas
  const deliveries = new Set(indicator.periods.filter(({ period }) => series.periods.includes(period)).flatMap(({ deliveries }) => deliveries))
  const sources = edition.deliveries.filter(delivery => deliveries.has(delivery.id)).map(({ attribution }) => attribution)
  const figures = Object.fromEntries(periods.map(joinedPeriod).flatMap(({ valueName, statusName }) =>
    [[statusName, 'String'], [valueName, 'Number']] as const))
  const query = isChosen ? `?periods=${periods.join(',')}` : ''
  return {
    ...frame(loaded),
    name: `${localise(indicator.label, language)} (${localise(level.labelPlural, language)})`,
    description: localise(indicator.definition, language),
    attribution: attributionOf(edition, sources),
    tiles: [`${baseUrl}/${id}/tiles/${edition.id}/${level.id}/${indicator.id}/{z}/{x}/{y}.mvt${query}`],
    vector_layers: vectorLayers(figures),
  }
}

/** Map programs show it all the time, so that of an internal edition also says what it is. */
function attributionOf (edition: LoadedEdition['edition'], sources: readonly string[]): string {
  const { notice } = noticeOf(edition)
  return [...new Set([edition.atlas.municipality, ...sources, ...notice === undefined ? [] : [notice]])].join('; ')
}

function frame ({ geometry, tileSet }: LoadedLevel): Pick<TileJson, 'tilejson' | 'scheme' | 'minzoom' | 'maxzoom' | 'bounds'> {
  const { west, south, east, north } = geometry.bounds
  return { tilejson: '3.0.0', scheme: 'xyz', minzoom: tileSet.minZoom, maxzoom: tileSet.maxZoom, bounds: [west, south, east, north] }
}

/** The three layers of every tile, as `pipeline/tile` writes them; the figures stand in `areas`. */
function vectorLayers (figures: VectorLayer['fields']): VectorLayer[] {
  return [
    { id: 'areas', description: 'polygons; s_… is o (observed), s (suppressed) or m (missing)', fields: { area: 'String', name: 'String', ...figures } },
    { id: 'borders', description: 'each border once', fields: { outer: 'Boolean' } },
    { id: 'labels', description: 'label points; r is the free radius in metres', fields: { area: 'String', name: 'String', r: 'Number' } },
  ]
}
