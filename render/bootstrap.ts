import type { Edition, Language } from '../core/edition.ts'
import type { IndicatorKind, PaletteId } from '../core/indicator.ts'
import type { View } from '../core/view.ts'
import type { Site } from './site.ts'
import type { ViewData } from './view-data.ts'
import { findReference, findSeries, localise } from '../core/edition.ts'
import { topologyAreaLimit } from '../core/tile.ts'
import { listLevels } from './view-data.ts'

/** What the viewer needs to go on from the page it got: the `#bootstrap` script of a view page. */
export interface Bootstrap {
  readonly atlas: string
  readonly edition: string
  readonly isCurrent: boolean
  readonly language: Language
  /** The language of the atlas, which no URL names. */
  readonly defaultLanguage: Language
  readonly level: string
  readonly indicator: string
  readonly period: string
  /** The view of this page with its level filled in. */
  readonly view: View
  readonly levels: readonly BootstrapLevel[]
  readonly indicators: readonly BootstrapIndicator[]
  readonly themes: ReadonlyArray<{ readonly id: string, readonly label: string }>
  /** The level whose one area is the town; null where there is none. */
  readonly reference: { readonly level: string, readonly label: string, readonly name: string } | null
  /** West, south, east, north in degrees. */
  readonly bounds: readonly [number, number, number, number]
  /** Zoom range of the vector tiles. */
  readonly tiles: { readonly minZoom: number, readonly maxZoom: number }
  readonly publicUrl: string
  /** What stands in front of every path: `/sozialatlas`, `../../..` or empty. */
  readonly base: string
  /** Whether pages are files, named as `core/static-file.ts` says. */
  readonly isStatic: boolean
  readonly urls: BootstrapUrls
}

export interface BootstrapLevel {
  readonly id: string
  readonly label: string
  readonly labelPlural: string
  readonly geometry: string
  /** Number of areas. */
  readonly areas: number
}

export interface BootstrapIndicator {
  readonly id: string
  readonly theme: string
  readonly label: string
  readonly definition: string
  readonly unit: string
  readonly decimals: number
  readonly signed: boolean
  readonly palette: PaletteId
  readonly kind: IndicatorKind
  /** Periods with values, oldest first, by level id. */
  readonly levels: Readonly<Record<string, readonly string[]>>
}

/** Paths below `base`, as templates: `{level}`, `{indicator}` and `{geometry}` are replaced, `{z}/{x}/{y}` left to the map. */
export interface BootstrapUrls {
  readonly values: string
  /** Null where the level shown has too many areas for it. */
  readonly topology: string | null
  readonly tiles: string
  readonly indicators: string
  /** GeoJSON of water and neighbours; null where the atlas has none. */
  readonly context: string | null
  readonly assets: { readonly maplibre: string, readonly maplibreWorker: string, readonly maplibreStyle: string }
}

export function makeBootstrap (data: ViewData, site: Site): Bootstrap {
  const { edition, language, view, areaLevel, geometry: { bounds } } = data
  const atlas = edition.atlas.id
  const reference = findReference(edition)
  const { maplibre, maplibreWorker, maplibreStyle } = site.assets
  return {
    atlas,
    edition: edition.id,
    isCurrent: site.isCurrent,
    language,
    defaultLanguage: edition.atlas.language,
    level: areaLevel.id,
    indicator: view.indicator,
    period: view.period,
    view: { ...view, level: areaLevel.id },
    levels: edition.levels.map(({ id, label, labelPlural, geometry, areas }) => (
      { id, label: localise(label, language), labelPlural: localise(labelPlural, language), geometry, areas: areas.length })),
    // Links lead to other indicators where pages are files, so each page needs its own only.
    indicators: listIndicators(edition, language).filter(({ id }) => site.isStatic !== true || id === view.indicator),
    themes: edition.themes.map(({ id, label }) => ({ id, label: localise(label, language) })),
    reference: reference ? { level: reference.level.id, label: localise(reference.level.label, language), name: reference.area.name } : null,
    bounds: [bounds.west, bounds.south, bounds.east, bounds.north],
    tiles: edition.atlas.tiles,
    publicUrl: site.publicUrl,
    // In a folder of files every view lies equally deep, so the way up is the same for all of them.
    base: site.toHref('/').replace(/\/(index\.html)?$/, ''),
    isStatic: site.isStatic === true,
    urls: {
      values: `/${atlas}/values/${edition.id}/{level}/{indicator}.json`,
      topology: areaLevel.areas.length <= topologyAreaLimit ? `/${atlas}/geometry/{geometry}/{level}.topo.json` : null,
      tiles: `/${atlas}/tiles/{geometry}/{level}/{z}/{x}/{y}.mvt`,
      indicators: `/${atlas}/api/v1/indicators`,
      context: edition.context.length === 0 ? null : `/${atlas}/context/${edition.id}.geojson`,
      assets: { maplibre, maplibreWorker, maplibreStyle },
    },
  }
}

function listIndicators (edition: Edition, language: Language): BootstrapIndicator[] {
  return edition.indicators.map(({ id, theme, label, definition, unit, decimals, signed, palette, kind }) => ({
    id,
    theme,
    label: localise(label, language),
    definition: localise(definition, language),
    unit: localise(unit, language),
    decimals,
    signed,
    palette,
    kind,
    levels: Object.fromEntries(listLevels(edition, id).map(level => [level.id, findSeries(edition, level.id, id)!.periods])),
  }))
}
