import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Series } from '../../core/edition.ts'
import type { LoadedEdition, LoadedLevel } from '../loaded-edition.ts'
import type { Serving } from '../serving.ts'
import type { StoredTile, TileSet } from '../tile-set.ts'
import { promisify } from 'node:util'
import { gunzip as gunzipWithCallback } from 'node:zlib'
import { Type } from 'typebox'
import { TileJson } from '../api.ts'
import { advise, errors } from '../errors.ts'
import { joinTile, newestPeriods } from '../joined-tile.ts'
import { cacheControl } from '../lifetimes.ts'
import { mediaTypes, rendered } from '../representation.ts'
import { answer, getCurrent, getEdition, getLevel, getSeries, redirect } from '../serving.ts'
import { parseTileAddress } from '../tile-address.ts'
import { tileAt } from '../tile-set.ts'
import { geometryTileJson, joinedTileJson } from '../tilejson.ts'
import { findLoadedLevel, getGeometryLevel } from './geometry.ts'

const gunzip = promisify(gunzipWithCallback)

const NoQuery = Type.Object({}, { additionalProperties: false })
const JoinedQuery = Type.Object({
  periods: Type.Optional(Type.String({
    pattern: '^[0-9q-]{4,10}(,[0-9q-]{4,10})*$',
    description: 'periods of the indicator, 2022,2023; without it the newest 12',
  })),
}, { additionalProperties: false })

interface TilePlace { readonly z: string, readonly x: string, readonly y: string }
type GeometryTileRoute = { Params: TilePlace & { atlas: string, geometry: string, level: string } }
type JoinedTileRoute = { Params: TilePlace & { atlas: string, edition: string, level: string, indicator: string }, Querystring: { periods?: string } }
type LevelRoute = { Params: { atlas: string, edition: string, level: string } }
type IndicatorRoute = { Params: LevelRoute['Params'] & { indicator: string }, Querystring: { periods?: string } }

const tileAnswers = { 204: 'nothing is drawn in this tile', 304: 'unchanged' } as const

/** Vector tiles of both kinds, and the TileJSON that leads to them. */
export function tileRoutes (app: FastifyInstance, serving: Serving): void {
  app.get<GeometryTileRoute>('/:atlas/tiles/:geometry/:level/:z/:x/:y.mvt', {
    schema: { querystring: NoQuery },
    config: {
      operation: {
        id: 'getGeometryTile',
        summary: 'Boundaries without values',
        description: 'Layers areas, borders, labels. The hash of the boundaries is in the path, so a tile never changes.',
        tag: 'tiles',
        answer: { type: mediaTypes.tile, schema: 'binary' },
        alsoAnswers: tileAnswers,
      },
    },
  }, (request, reply) => {
    const loaded = findLoadedLevel(serving, request.params)
    if (loaded) return sendGeometryTile(serving, request, reply, loaded.tileSet)
    return getGeometryLevel(serving, request.params).then(({ tileSet }) => sendGeometryTile(serving, request, reply, tileSet))
  })

  app.get<JoinedTileRoute>('/:atlas/tiles/:edition/:level/:indicator/:z/:x/:y.mvt', {
    schema: { querystring: JoinedQuery },
    config: {
      operation: {
        id: 'getJoinedTile',
        summary: 'Boundaries with the values of one indicator',
        description: 'Layer areas has s_2024 (o, s or m) and, only where that is o, v_2024; dashes of periods become underscores.',
        tag: 'tiles',
        answer: { type: mediaTypes.tile, schema: 'binary' },
        alsoAnswers: { 302: 'to the current edition', ...tileAnswers },
      },
    },
  }, async (request, reply) => {
    const { atlas, edition, level: levelId, indicator } = request.params
    if (edition === 'current') return redirectToCurrent(serving, request, reply, atlas)
    const found = getEdition(serving, atlas, edition)
    const loaded = found instanceof Promise ? await found : found
    const { level, series } = getSeries(loaded, levelId, indicator)
    const tile = getTile(request.params, level.tileSet)
    if (tile === 'empty') return sendEmpty(serving, reply, 'week')
    const periods = choosePeriods(series, request.query.periods)
    const { z, x, y } = request.params
    return answer(serving, request, reply, rendered({
      type: mediaTypes.tile,
      key: `${loaded.edition.id}/${levelId}/${indicator}/${periods.join(',')}/${z}/${x}/${y}`,
      cache: serving.tiles,
      encodings: ['gzip'],
      render: async () => joinTile(await gunzip(tile.gzip), series, periods),
    }), 'week')
  })

  app.get<LevelRoute>('/:atlas/tiles/:edition/:level.json', {
    schema: { querystring: NoQuery },
    config: {
      operation: {
        id: 'getLevelTileJson',
        summary: 'TileJSON of the boundaries of a level',
        tag: 'tiles',
        answer: { type: 'application/json', schema: TileJson },
        alsoAnswers: { 302: 'to the current edition', 304: 'unchanged' },
      },
    },
  }, async (request, reply) => {
    const { atlas, edition, level } = request.params
    if (edition === 'current') return redirectToCurrent(serving, request, reply, atlas)
    const loaded = await getEdition(serving, atlas, edition)
    const description = geometryTileJson(loaded, getLevel(loaded, level), serving.baseUrl())
    return sendTileJson(serving, request, reply, loaded, description)
  })

  app.get<IndicatorRoute>('/:atlas/tiles/:edition/:level/:indicator.json', {
    schema: { querystring: JoinedQuery },
    config: {
      operation: {
        id: 'getIndicatorTileJson',
        summary: 'TileJSON of a level joined with one indicator',
        tag: 'tiles',
        answer: { type: 'application/json', schema: TileJson },
        alsoAnswers: { 302: 'to the current edition', 304: 'unchanged' },
      },
    },
  }, async (request, reply) => {
    const { atlas, edition, level: levelId, indicator: indicatorId } = request.params
    if (edition === 'current') return redirectToCurrent(serving, request, reply, atlas)
    const loaded = await getEdition(serving, atlas, edition)
    const { level, indicator, series } = getSeries(loaded, levelId, indicatorId)
    const periods = choosePeriods(series, request.query.periods)
    const isChosen = request.query.periods !== undefined
    const description = joinedTileJson(loaded, level, { indicator, series, periods, isChosen, baseUrl: serving.baseUrl() })
    return sendTileJson(serving, request, reply, loaded, description)
  })
}

function sendGeometryTile (
  serving: Serving, request: FastifyRequest<GeometryTileRoute>, reply: FastifyReply, set: TileSet,
): FastifyReply | Promise<FastifyReply> {
  const tile = getTile(request.params, set)
  return tile === 'empty' ? sendEmpty(serving, reply, 'year') : answer(serving, request, reply, tile.representation, 'year')
}

/** @throws errors.malformedTile, errors.tileOutOfRange saying which zooms there are */
function getTile (place: TilePlace, set: LoadedLevel['tileSet']): StoredTile | 'empty' {
  const name = `${place.z}/${place.x}/${place.y}`
  const address = parseTileAddress(place)
  if (!address) throw errors.malformedTile(name)
  const tile = tileAt(set, address)
  if (tile !== 'outside') return tile
  const { west, south, east, north } = set.bounds
  throw advise(errors.tileOutOfRange(name), { valid: [`zoom ${set.minZoom} to ${set.maxZoom} within ${west},${south},${east},${north}`] })
}

/** 204 and not 404: a map then shows nothing here, instead of enlarging the tile above. */
function sendEmpty ({ config }: Serving, reply: FastifyReply, lifetime: 'year' | 'week'): FastifyReply {
  return reply.code(204).header('cache-control', cacheControl(lifetime, config.audience)).header('vary', 'Accept-Encoding').send()
}

/**
 * The periods asked for, oldest first however they were written, so that one tile has one key.
 * @throws errors.invalidParameters listing the periods of the series
 */
function choosePeriods (series: Series, text: string | undefined): readonly string[] {
  if (text === undefined) return newestPeriods(series)
  const asked = text.split(',')
  const unknown = asked.filter(period => !series.periods.includes(period))
  if (unknown.length === 0) return series.periods.filter(period => asked.includes(period))
  const expected = series.periods.join(', ')
  throw advise(errors.invalidParameters(`unknown period: ${unknown.join(', ')}; expected some of ${expected}`), {
    valid: series.periods,
    parameters: [{ name: 'periods', fault: 'invalid-value', expected }],
  })
}

/** Same path with the id of the current edition, query included. */
function redirectToCurrent (serving: Serving, request: FastifyRequest, reply: FastifyReply, atlas: string): FastifyReply {
  const { edition } = getCurrent(serving, atlas)
  // By position: a path may write "current" with percent signs, and would then lead to itself.
  const rest = request.url.split('/').slice(4).join('/')
  return redirect(serving, reply, `/${edition.atlas.id}/tiles/${edition.id}/${rest}`)
}

function sendTileJson (
  serving: Serving, request: FastifyRequest, reply: FastifyReply, { edition }: LoadedEdition, description: object,
): FastifyReply | Promise<FastifyReply> {
  return answer(serving, request, reply, rendered({
    type: mediaTypes.json,
    key: `${request.url} ${edition.id} ${serving.baseUrl()}`,
    cache: serving.pages,
    render: () => JSON.stringify(description),
  }), 'description')
}
