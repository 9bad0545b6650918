import type { Bounds, Level } from '../core/area.ts'
import type { Edition, Language, Series } from '../core/edition.ts'
import type { View, ViewFormat } from '../core/view.ts'
import { findReference, getGeometry } from '../core/edition.ts'
import { formatView, plainView } from '../core/view.ts'
import { topologyAreaLimit } from '../core/tile.ts'
import { pageAddress } from '../render/address.ts'
import { countPages, defaultLevel } from '../render/view-data.ts'
import { joinedPeriodLimit } from './joined-tile.ts'
import { touchesBounds } from './tile-address.ts'

/** What stands at a path; it decides how the bytes are read. */
export type PathKind =
  | 'server' // the list of atlases, or a redirect to the only one
  | 'page' // start, profile, definition: HTML
  | 'profile-json'
  | 'view' // HTML
  | `view-${TwinFormat}`
  | 'form' // redirects to a view
  | 'api' // a list as JSON
  | 'openapi'
  | 'values' // columns of a series as JSON
  | 'topology' // TopoJSON
  | 'context' // GeoJSON
  | 'tilejson'
  | 'geometry-tile' // MVT without figures
  | 'joined-tile' // MVT with figures

type TwinFormat = Extract<ViewFormat, 'csv' | 'json' | 'geojson' | 'svg'>

export interface PublicPath {
  /** Path and query, as a client asks for it. */
  readonly path: string
  readonly kind: PathKind
}

export interface PathOptions {
  /**
   * How pages and lists are addressed: `pinned` names the edition (`?ausgabe=`, `?edition=`) and is answered whether
   * it is current or not; `current` names none and shows whatever is current. Paths of values and tiles are the same.
   * Defaults to pinned.
   */
  readonly address?: 'pinned' | 'current'
}

/**
 * Every address under which something of an edition can be read, in both languages: pages and their twins, lists,
 * values, geometry, tiles, descriptions. What a query only rearranges (classes, pins, modes, cut-out) is
 * there once per series; a tile where nothing is drawn answers 204.
 *
 * The audit of finished bytes reads all of them, so whoever adds a route adds it here: a test compares.
 */
export function * editionPaths (edition: Edition, { address = 'pinned' }: PathOptions = {}): Generator<PublicPath> {
  const editionId = address === 'pinned' ? edition.id : null
  yield { path: '/', kind: 'server' }
  for (const language of languagesOf(edition)) {
    yield * pagePaths(edition, editionId, language)
    yield * viewPaths(edition, editionId, language)
  }
  yield { path: pageAddress(`/${edition.atlas.id}/karte`, editionId, null), kind: 'form' }
  yield * apiPaths(edition, editionId)
  yield * filePaths(edition)
  yield * tilePaths(edition)
}

/**
 * What a cache in front of the server must let go of when an edition is withdrawn. Tiles are many, so a path that
 * ends with a slash stands for everything that begins like it. Geometry stays: it holds no figures.
 *
 * @param wasCurrent adds the addresses that name no edition and showed this one
 */
export function * listPaths (edition: Edition, { wasCurrent = true }: { wasCurrent?: boolean } = {}): Generator<string> {
  const keep = ({ kind, path }: PublicPath) => !isTile(kind) && kind !== 'topology' && path !== '/'
  const named = [...editionPaths(edition)].filter(keep).map(({ path }) => path)
  const unnamed = wasCurrent ? ['/', ...[...editionPaths(edition, { address: 'current' })].filter(keep).map(({ path }) => path)] : []
  yield * new Set([...named, ...unnamed])
  for (const { level, indicator } of edition.series) yield `/${edition.atlas.id}/tiles/${edition.id}/${level}/${indicator}/`
}

function isTile (kind: PathKind): boolean {
  return kind === 'geometry-tile' || kind === 'joined-tile'
}

/** Null is the language of the project, which no address names. */
function languagesOf ({ atlas }: Edition): ReadonlyArray<Language | null> {
  return [null, atlas.language === 'de' ? 'en' : 'de']
}

function * pagePaths ({ atlas, levels, indicators }: Edition, editionId: string | null, language: Language | null): Generator<PublicPath> {
  const page = (path: string) => pageAddress(`/${atlas.id}${path}`, editionId, language)
  yield { path: page(''), kind: 'page' }
  yield { path: page('/datenschutz'), kind: 'page' }
  for (const { id } of indicators) yield { path: page(`/kennzahl/${id}`), kind: 'page' }
  for (const level of levels) {
    for (const area of level.areas) {
      yield { path: page(`/gebiet/${level.id}/${area.id}`), kind: 'page' }
      yield { path: page(`/gebiet/${level.id}/${area.id}.json`), kind: 'profile-json' }
    }
  }
}

const twins: readonly TwinFormat[] = ['csv', 'json', 'geojson', 'svg']

function * viewPaths (edition: Edition, editionId: string | null, language: Language | null): Generator<PublicPath> {
  for (const series of edition.series) {
    const level = edition.levels.find(({ id }) => id === series.level)!
    for (const period of series.periods) {
      const view = viewOf(edition, series, period, editionId, language)
      for (let page = 1; page <= countPages(level); page++) yield { path: formatView({ ...view, page }), kind: 'view' }
      for (const format of twins) yield { path: formatView(view, format), kind: `view-${format}` }
    }
    for (const view of variants(edition, series, level, editionId, language)) {
      yield { path: formatView(view), kind: 'view' }
      for (const format of twins) yield { path: formatView(view, format), kind: `view-${format}` }
    }
  }
}

function viewOf (edition: Edition, { level, indicator }: Series, period: string, editionId: string | null, language: Language | null): View {
  const isDefault = defaultLevel(edition, indicator, period)?.id === level
  return { ...plainView({ atlas: edition.atlas.id, indicator, period }), level: isDefault ? null : level, edition: editionId, language }
}

/** The newest view of a series with everything a reader can choose besides, once each. */
function variants (edition: Edition, series: Series, level: Level, editionId: string | null, language: Language | null): View[] {
  const period = series.periods.at(-1)
  if (period === undefined) return []
  const view = viewOf(edition, series, period, editionId, language)
  const areas = level.areas.slice(0, 3).map(({ id }) => id)
  const other = edition.indicators.find(({ id }) => id !== series.indicator)
  const town = findReference(edition)
  const { bounds } = getGeometry(edition, level)
  return [
    ...(areas.length === 0 ? [] : [{ ...view, areas }]),
    { ...view, comparison: series.periods[0]! },
    ...(town ? [{ ...view, comparison: town.area.id }] : []),
    ...(other ? [{ ...view, second: other.id }] : []),
    ...(['tabelle', 'verlauf', 'streuung', 'klein'] as const).map(mode => ({ ...view, mode })),
    ...(['quantile', 'natural', 'equal', 'pretty'] as const).map(method => ({ ...view, classes: { method, count: 5 } })),
    { ...view, classes: { method: 'manual', breaks: [0, 10] } },
    ...(isBox(bounds) ? [{ ...view, bounds }] : []),
  ]
}

function isBox ({ west, south, east, north }: Bounds): boolean {
  return west < east && south < north
}

function * apiPaths (edition: Edition, editionId: string | null): Generator<PublicPath> {
  const { atlas, levels, series } = edition
  const list = (name: string, ...query: string[]): PublicPath => {
    const all = editionId === null ? query : [...query, `edition=${editionId}`]
    return { path: `/${atlas.id}/api/v1/${name}${all.length === 0 ? '' : `?${all.join('&')}`}`, kind: 'api' }
  }
  yield { path: `/${atlas.id}/api/v1/editions`, kind: 'api' }
  yield { path: `/${atlas.id}/api/v1/openapi.json`, kind: 'openapi' }
  yield list('levels')
  yield list('areas')
  for (const { id } of levels) yield list('areas', `level=${id}`)
  yield list('indicators')
  for (const { level, indicator, periods } of series) {
    yield list('values', `level=${level}`, `indicator=${indicator}`)
    for (const period of periods) yield list('values', `level=${level}`, `indicator=${indicator}`, `period=${period}`)
  }
}

function * filePaths ({ id, atlas, levels, series }: Edition): Generator<PublicPath> {
  for (const { level, indicator } of series) yield { path: `/${atlas.id}/values/${id}/${level}/${indicator}.json`, kind: 'values' }
  for (const level of levels) {
    if (level.areas.length <= topologyAreaLimit) yield { path: `/${atlas.id}/geometry/${level.geometry}/${level.id}.topo.json`, kind: 'topology' }
    yield { path: `/${atlas.id}/tiles/${id}/${level.id}.json`, kind: 'tilejson' }
  }
  for (const { level, indicator } of series) yield { path: `/${atlas.id}/tiles/${id}/${level}/${indicator}.json`, kind: 'tilejson' }
  yield { path: `/${atlas.id}/context/${id}.geojson`, kind: 'context' }
}

/** Joined tiles twice where there are more periods than a tile carries unasked: with the newest, and with all. */
function * tilePaths (edition: Edition): Generator<PublicPath> {
  const { id, atlas, levels } = edition
  for (const level of levels) {
    const series = edition.series.filter(one => one.level === level.id)
    for (const place of tilePlaces(getGeometry(edition, level).bounds, atlas.tiles)) {
      yield { path: `/${atlas.id}/tiles/${level.geometry}/${level.id}/${place}.mvt`, kind: 'geometry-tile' }
      for (const { indicator, periods } of series) {
        const path = `/${atlas.id}/tiles/${id}/${level.id}/${indicator}/${place}.mvt`
        yield { path, kind: 'joined-tile' }
        if (periods.length > joinedPeriodLimit) yield { path: `${path}?periods=${periods.join(',')}`, kind: 'joined-tile' }
      }
    }
  }
}

/** `z/x/y` of every tile that shares at least an edge with the bounds. */
export function * tilePlaces (bounds: Bounds, { minZoom, maxZoom }: { minZoom: number, maxZoom: number }): Generator<string> {
  for (let z = minZoom; z <= maxZoom; z++) {
    const last = 2 ** z - 1
    const column = (degrees: number) => (degrees + 180) / 360 * 2 ** z
    const row = (degrees: number) => (1 - Math.asinh(Math.tan(degrees * Math.PI / 180)) / Math.PI) / 2 * 2 ** z
    // One more on each side, for a bound that lies on an edge; what does not touch is left out.
    for (let x = Math.max(0, Math.floor(column(bounds.west)) - 1); x <= Math.min(last, Math.floor(column(bounds.east)) + 1); x++) {
      for (let y = Math.max(0, Math.floor(row(bounds.north)) - 1); y <= Math.min(last, Math.floor(row(bounds.south)) + 1); y++) {
        if (touchesBounds({ z, x, y }, bounds)) yield `${z}/${x}/${y}`
      }
    }
  }
}
