import type { FastifyReply, FastifyRequest } from 'fastify'
import type { AssetUrls, DraftMark, Site } from '../render/site.ts'
import type { Config } from './config.ts'
import type { EditionSource, WithdrawnEdition } from './edition-source.ts'
import type { Lifetime } from './lifetimes.ts'
import type { LoadedEdition, LoadedLevel } from './loaded-edition.ts'
import type { Representation, Variant } from './representation.ts'
import type { Series } from '../core/edition.ts'
import type { Indicator } from '../core/indicator.ts'
import { isEditionId } from '../core/id.ts'
import { pageAddress } from '../render/address.ts'
import { basePath } from '../render/site.ts'
import { ByteCache } from './byte-cache.ts'
import { advise, errors } from './errors.ts'
import { cacheControl } from './lifetimes.ts'
import { mediaTypes, send, variantSize } from './representation.ts'
import { pageHeaders } from './security-headers.ts'

/** What every route has at hand. */
export interface Serving {
  readonly config: Config
  readonly editions: EditionSource
  readonly assets: AssetUrls
  /** Set where a draft is looked at. */
  readonly draft: DraftMark | undefined
  /** Pages, documents, values files and joined tiles, made once per encoding. */
  readonly pages: ByteCache<Variant>
  readonly tiles: ByteCache<Variant>
  /** How the page of a path says links, where pages become files; null where they are served. */
  readonly linksOf: LinksOf | null
  /** Scheme, host and base path for addresses that leave this server; from the configuration, never from `Host`. */
  readonly baseUrl: () => string
}

/** Given the path of a page, how it says links. */
export type LinksOf = (from: string) => Site['toHref']

/** Enough for every page of a town in every encoding, or for a day's tiles of one; bounded against crawlers. */
const pageCacheBytes = 64e6
const tileCacheBytes = 64e6

export function makeServing (
  { config, editions, assets, draft, linksOf, listeningPort }:
  { config: Config, editions: EditionSource, assets: AssetUrls, draft?: DraftMark | undefined, linksOf: LinksOf | null, listeningPort: () => number },
): Serving {
  return {
    config,
    editions,
    assets,
    draft,
    linksOf,
    pages: new ByteCache({ limitBytes: pageCacheBytes, sizeOf: variantSize }),
    tiles: new ByteCache({ limitBytes: tileCacheBytes, sizeOf: variantSize }),
    baseUrl: () => config.publicUrl === '' ? localUrl(config.host, listeningPort()) : config.publicUrl,
  }
}

/**
 * Sends an answer with the lifetime of its kind. What a browser opens as a document gets the headers
 * of a page; data may be read by the pages of others, unless they are internal.
 */
export function answer (
  { config: { audience } }: Serving, request: FastifyRequest, reply: FastifyReply, representation: Representation, lifetime: Lifetime,
): FastifyReply | Promise<FastifyReply> {
  const { type } = representation
  reply.header('x-content-type-options', 'nosniff')
  if (type === mediaTypes.html || type === mediaTypes.svg) reply.headers(pageHeaders)
  if (type !== mediaTypes.html && audience === 'public') reply.header('access-control-allow-origin', '*')
  return send({ request, reply, representation, lifetime, audience })
}

/** A temporary redirect to a path of this server; `minute` where it depends on which edition is current. */
export function redirect ({ config }: Serving, reply: FastifyReply, path: string, lifetime: Lifetime = 'minute'): FastifyReply {
  return reply.header('cache-control', cacheControl(lifetime, config.audience)).redirect(`${basePath(config.publicUrl)}${path}`, 302)
}

/** @throws errors.unknownAtlas; errors.notReady where it may still come; errors.withdrawn where nothing is left to show */
export function getCurrent ({ editions }: Serving, atlasId: string): LoadedEdition {
  const current = editions.findCurrent(atlasId)
  if (current) return current
  const withdrawn = editions.findWithdrawn(atlasId)
  if (withdrawn) throw gone(atlasId, withdrawn)
  if (!editions.isReady()) throw errors.notReady()
  throw advise(errors.unknownAtlas(atlasId), {
    valid: editions.listAtlases(),
    nearest: '/',
    say: texts => texts.error.unknownAtlas,
  })
}

/**
 * Whether there is such an atlas; one whose current edition was withdrawn may have others.
 * @throws errors.unknownAtlas, errors.notReady
 */
export function checkAtlas (serving: Serving, atlasId: string): void {
  if (!serving.editions.findWithdrawn(atlasId)) getCurrent(serving, atlasId)
}

/**
 * The edition asked for, or the current one where none is. Draft, internal and unknown editions are refused
 * alike. Synchronous for the current edition, which most requests want.
 *
 * @throws errors.unknownAtlas, errors.unknownEdition, errors.withdrawn, errors.storeAway
 */
export function getEdition (serving: Serving, atlasId: string, editionId: string | null): LoadedEdition | Promise<LoadedEdition> {
  const { editions } = serving
  if (editionId === null) return getCurrent(serving, atlasId)
  const current = editions.findCurrent(atlasId)
  if (current?.edition.id === editionId) return current
  const withdrawn = editions.findWithdrawn(atlasId, editionId)
  if (withdrawn) throw gone(atlasId, withdrawn)
  checkAtlas(serving, atlasId)
  // What has not the form of an id is not worth a question to the store.
  const asked = isEditionId(editionId) ? editions.findEdition(atlasId, editionId) : Promise.resolve(undefined)
  return asked.then(found => {
    if (found) return found
    const withdrawnMeanwhile = editions.findWithdrawn(atlasId, editionId)
    if (withdrawnMeanwhile) throw gone(atlasId, withdrawnMeanwhile)
    throw advise(errors.unknownEdition(editionId), {
      valid: editions.listPublished(atlasId).map(({ id }) => id),
      nearest: `/${atlasId}`,
      say: texts => texts.error.unknownEdition(editionId),
    })
  })
}

/** The refusal of everything that a withdrawn edition said. */
function gone (atlasId: string, withdrawn: WithdrawnEdition): Error {
  const { edition, reason, successor } = withdrawn
  return advise(errors.withdrawn(edition, reason), {
    withdrawn,
    ...successor !== null && { nearest: pageAddress(`/${atlasId}`, successor, null) },
    title: texts => texts.error.withdrawn,
    say: texts => `${texts.error.withdrawnEdition(edition, reason)} ${successor === null ? texts.error.noSuccessor : texts.error.successor(successor)}`,
    nearestText: texts => texts.error.toSuccessor,
  })
}

/** @throws errors.unknownLevel */
export function getLevel ({ levels, edition }: LoadedEdition, levelId: string): LoadedLevel {
  const level = levels.get(levelId)
  if (level) return level
  const valid = [...levels.keys()]
  throw advise(errors.unknownLevel(levelId), {
    valid,
    nearest: `/${edition.atlas.id}`,
    say: texts => texts.error.unknownLevel(levelId, valid.join(', ')),
  })
}

/** @throws errors.unknownIndicator */
export function getIndicator ({ indicators, edition }: LoadedEdition, indicatorId: string): Indicator {
  const indicator = indicators.get(indicatorId)
  if (indicator) return indicator
  throw advise(errors.unknownIndicator(indicatorId), {
    valid: [...indicators.keys()],
    nearest: `/${edition.atlas.id}`,
    say: texts => texts.error.unknownIndicator(indicatorId),
  })
}

/** @throws errors.unknownIndicator, errors.unknownLevel, errors.noValues naming the levels that have some */
export function getSeries (loaded: LoadedEdition, levelId: string, indicatorId: string): { level: LoadedLevel, indicator: Indicator, series: Series } {
  const indicator = getIndicator(loaded, indicatorId)
  const level = getLevel(loaded, levelId)
  const series = level.series.get(indicatorId)
  if (series) return { level, indicator, series }
  const valid = [...loaded.levels.values()].filter(({ series }) => series.has(indicatorId)).map(({ level }) => level.id)
  throw advise(errors.noValues(indicatorId, levelId), { valid })
}

/** Where and how pages of an edition live. */
export function siteOf (serving: Serving, { edition }: LoadedEdition, path: string): Site {
  const current = serving.editions.findCurrent(edition.atlas.id)?.edition.id
  const site = { ...plainSite(serving, path), isCurrent: current === edition.id }
  return site.isCurrent || current === undefined ? site : { ...site, newerEdition: current }
}

/** The same for pages that belong to no edition. */
export function plainSite ({ config, assets, draft, linksOf }: Serving, path = '/'): Site {
  const { publicUrl, audience } = config
  const base = basePath(publicUrl)
  return {
    publicUrl,
    toHref: linksOf?.(path) ?? (path => `${base}${path}`),
    assets,
    isCurrent: true,
    isStatic: linksOf !== null,
    isInternal: audience === 'internal',
    ...draft && { draft },
  }
}

/** For a server that nobody gave a public address: the way in from the same machine. */
function localUrl (host: string, port: number): string {
  const isAny = host === '0.0.0.0' || host === '::'
  const name = isAny ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}
