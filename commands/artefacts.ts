import type { Edition } from '../core/edition.ts'
import type { GeometryTiles } from '../core/tile.ts'
import type { Artefact } from '../audit/artefacts/artefact.ts'
import type { ArtefactOptions, ArtefactVerdict, Reading } from '../audit/artefacts/audit.ts'
import type { PublicPath } from '../server/paths.ts'
import { setImmediate } from 'node:timers/promises'
import { auditArtefacts, concludeReadings } from '../audit/artefacts/audit.ts'
import { findReference, findSeries } from '../core/edition.ts'
import { linkBetweenFiles, pathOfLink } from '../core/static-file.ts'
import type { AssetUrls } from '../render/site.ts'
import { basePath } from '../render/site.ts'
import { buildApp } from '../server/app.ts'
import { withoutBase } from '../server/base-path.ts'
import { parseConfig } from '../server/config.ts'
import { editionPaths } from '../server/paths.ts'
import { singleEdition } from '../server/single-edition.ts'
import { mapInChildren } from '../task.ts'

/*
 * Where the audit of finished bytes gets them: from the server, asked without a port. Here server and audit meet, which
 * do not know each other.
 */

/**
 * How much is asked for. In each, every cell is read in the values files and the lists, every area in the tiles of
 * every series, and every profile and definition.
 *
 * - `quick`: of every indicator one view in every format, the one with most suppressed cells; for made-up data.
 * - `publish`: every view that has a suppressed cell, its own or the town's, and the newest of every series; one series
 *   with everything a reader can choose besides.
 * - `all`: every address there is, in both languages.
 * - `files`: what a folder of files holds: `isFile`.
 */
export type ArtefactScope = 'quick' | 'publish' | 'all' | 'files'

export interface ArtefactsOptions {
  /** Defaults to `publish`. */
  readonly scope?: ArtefactScope
  /** Joined tiles at most, the lowest zooms first; the lowest zoom is always whole. Defaults to 20,000; only for `all`. */
  readonly tileLimit?: number
  /** Stands in permalinks. Defaults to that of a server without one. */
  readonly publicUrl?: string
  /** Paths of scripts and styles. Defaults to names that no atlas has; they hold no figures. */
  readonly assets?: AssetUrls
  /** Only every `of`th address, from the `index`th on: the share of one process. */
  readonly share?: { readonly index: number, readonly of: number }
}

/**
 * Everything an edition is about to say, as its readers get it: the server is built in memory with this edition as the
 * current one, and asked for every address.
 *
 * @param tiles of all geometries of the edition
 * @throws Error for an address that is not answered: what cannot be read cannot be audited
 */
export async function * artefacts (edition: Edition, tiles: readonly GeometryTiles[], options: ArtefactsOptions = {}): AsyncGenerator<Artefact> {
  const { share = { index: 0, of: 1 }, publicUrl = '', assets = assetUrls, scope } = options
  const isStatic = scope === 'files'
  const base = basePath(publicUrl)
  const app = await buildApp({
    editions: singleEdition(edition, tiles),
    config: { ...parseConfig(publicUrl === '' ? {} : { ATLAS_PUBLIC_URL: publicUrl }), audience: edition.audience },
    assets: { urls: assets, files: new Map() },
    ...isStatic && { linksOf: (from: string) => (path: string) => linkBetweenFiles(from, path) },
  })
  try {
    let number = 0
    for (const { path } of selectPaths(edition, options)) {
      if (number++ % share.of !== share.index) continue
      // An answer that waits for nothing never lets the event loop turn, and until it does Node frees no answer.
      await setImmediate()
      const { statusCode, headers, rawPayload } = await app.inject({ url: `${base}${path}` })
      const toPath = (href: string) => isStatic ? pathOfLink(path, href) : withoutBase(href, base) ?? href
      if (statusCode === 200) yield { path, mediaType: String(headers['content-type']), bytes: rawPayload, publicUrl, toPath }
      // Redirects and empty tiles have no body.
      else if (rawPayload.length > 0 || statusCode >= 400) throw new Error(`cannot audit ${path}: it answers ${statusCode}`)
    }
  } finally {
    await app.close()
  }
}

/** The same for every atlas: scripts and styles hold no figures. */
const assetUrls = {
  kern: '/assets/audit/kern.css',
  style: '/assets/audit/style.css',
  icon: '/assets/audit/icon.svg',
  viewer: '/assets/audit/viewer.js',
  maplibre: '/assets/audit/maplibre.js',
  maplibreWorker: '/assets/audit/maplibre-worker.js',
  maplibreStyle: '/assets/audit/maplibre.css',
}

/** Addresses of a scope, in the order of `editionPaths`. */
export function * selectPaths (edition: Edition, { scope = 'publish', tileLimit = 20_000 }: ArtefactsOptions = {}): Generator<PublicPath> {
  if (scope === 'files') {
    for (const entry of editionPaths(edition, { address: 'current' })) if (isFile(entry)) yield entry
    return
  }
  const shown = shownViews(edition, scope)
  const varied = variedSeries(edition)
  let joinedTiles = 0
  for (const entry of byZoom(editionPaths(edition))) {
    const { kind, path } = entry
    if (kind === 'joined-tile') {
      if (zoomOf(path) === edition.atlas.tiles.minZoom || (scope === 'all' && joinedTiles < tileLimit)) {
        joinedTiles++
        yield entry
      }
    } else if (scope === 'all' || !path.includes('sprache=')) {
      if (scope === 'all' || !isPerView(kind)) yield entry
      else if (isVariant(path)) {
        if (scope === 'publish' && seriesOf(path, edition) === varied) yield entry
      } else if (shown.has(viewKey(path, edition))) yield entry
    }
  }
}

/**
 * Whether a folder of files has this address. What a reader can only rearrange needs a server, and so do rows chosen by
 * query, which the columns of a series hold too; tiles with values would be thousands for each indicator.
 */
function isFile ({ kind, path }: PublicPath): boolean {
  switch (kind) {
    case 'form':
    case 'openapi':
    case 'tilejson':
    case 'joined-tile': return false
    case 'api': return !path.includes('?')
    default: return !isVariant(path)
  }
}

/** Joined tiles last, from the lowest zoom up, so that a limit leaves out the highest. */
function * byZoom (paths: Iterable<PublicPath>): Generator<PublicPath> {
  const tiles = new Map<number, PublicPath[]>()
  for (const entry of paths) {
    if (entry.kind !== 'joined-tile') {
      yield entry
      continue
    }
    const zoom = zoomOf(entry.path)
    const list = tiles.get(zoom)
    if (list) list.push(entry)
    else tiles.set(zoom, [entry])
  }
  for (const zoom of [...tiles.keys()].toSorted((a, b) => a - b)) yield * tiles.get(zoom)!
}

/** `/{atlas}/tiles/{edition}/{level}/{indicator}/{z}/…` */
function zoomOf (path: string): number {
  return Number(path.split('/')[6])
}

function isPerView (kind: PublicPath['kind']): boolean {
  return kind.startsWith('view') || kind === 'api'
}

/** What a reader chose besides indicator, period and level. */
function isVariant (path: string): boolean {
  return /[?&](gebiete|vergleich|zweite|ansicht|klassen|ausschnitt)=/.test(path)
}

/** `level/indicator/period` of the views that a scope reads in every format. */
function shownViews (edition: Edition, scope: ArtefactScope): Set<string> {
  const town = findReference(edition)?.level.id
  const shown = new Set<string>()
  /** By indicator, the view with most suppressed cells; of equal ones the newest of the first level. */
  const worst = new Map<string, { key: string, suppressed: number }>()
  for (const { level, indicator, periods, statuses } of edition.series) {
    const townSeries = town === undefined || town === level ? undefined : findSeries(edition, town, indicator)
    for (const [row, period] of [...periods.entries()].toReversed()) {
      const key = `${level}/${indicator}/${period}`
      const suppressed = countSuppressed([statuses[row]!]) + (townSeries?.statuses[townSeries.periods.indexOf(period)]?.[0] === 's' ? 1 : 0)
      if (suppressed > (worst.get(indicator)?.suppressed ?? -1)) worst.set(indicator, { key, suppressed })
      if (suppressed > 0 || row === periods.length - 1) shown.add(key)
    }
  }
  return scope === 'quick' ? new Set([...worst.values()].map(({ key }) => key)) : shown
}

function countSuppressed (statuses: Edition['series'][number]['statuses']): number {
  return statuses.reduce((sum, row) => sum + row.filter(status => status === 's').length, 0)
}

/** The series with most suppressed cells. */
function variedSeries (edition: Edition): string {
  const counted = edition.series.map(({ level, indicator, statuses }) =>
    ({ key: `${level}/${indicator}`, suppressed: countSuppressed(statuses) }))
  return counted.reduce((most, one) => one.suppressed > most.suppressed ? one : most, counted[0] ?? { key: '', suppressed: 0 }).key
}

/** Lists without a period are read in every scope. */
function viewKey (path: string, edition: Edition): string {
  return `${seriesOf(path, edition)}/${periodOf(path)}`
}

function periodOf (path: string): string {
  return /[?&]period=([^&]*)/.exec(path)?.[1] ?? /^\/[^/]+\/karte\/[^/]+\/([^.?]+)/.exec(path)?.[1] ?? ''
}

function seriesOf (path: string, edition: Edition): string {
  const indicator = /[?&]indicator=([^&]*)/.exec(path)?.[1] ?? /^\/[^/]+\/karte\/([^/]+)/.exec(path)?.[1] ?? ''
  const level = /[?&](?:level|ebene)=([^&]*)/.exec(path)?.[1]
  const period = periodOf(path)
  return `${level ?? edition.levels.find(({ id }) => findSeries(edition, id, indicator)?.periods.includes(period))?.id ?? ''}/${indicator}`
}

/** What a child process is asked; it answers with a `Reading`. */
export interface ArtefactTask {
  readonly edition: Edition
  readonly tiles: readonly GeometryTiles[]
  readonly options: ArtefactsOptions & Pick<ArtefactOptions, 'secrets'>
}

/**
 * Asks for everything and audits it, in as many processes as `children` says; with none or one, in this one. Defaults to
 * this one for `quick`, which is done before two processes have started, and to two for more.
 *
 * @throws Error for an address that is not answered
 */
export async function auditEdition (
  edition: Edition, tiles: readonly GeometryTiles[],
  { children, secrets, ...options }: Omit<ArtefactsOptions, 'share'> & Pick<ArtefactOptions, 'secrets'> & { readonly children?: number } = {},
): Promise<ArtefactVerdict> {
  const search = secrets === undefined ? {} : { secrets }
  const processes = children ?? (options.scope === 'quick' ? 1 : 2)
  if (processes < 2) return auditArtefacts(edition, artefacts(edition, tiles, options), search)
  const tasks = Array.from({ length: processes }, (_, index): ArtefactTask =>
    ({ edition, tiles, options: { ...options, ...search, share: { index, of: processes } } }))
  const readings: Reading[] = []
  for await (const reading of mapInChildren<ArtefactTask, Reading>(new URL('./artefacts-task', import.meta.url), tasks, processes)) readings.push(reading)
  return concludeReadings(edition, readings)
}
