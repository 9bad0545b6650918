import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { LoadedEdition } from '../loaded-edition.ts'
import type { DescribedRoute } from '../openapi.ts'
import type { Operation } from '../operation.ts'
import type { Serving } from '../serving.ts'
import { Type } from 'typebox'
import { Areas, EditionId, Editions, Id, Indicators, Levels, PeriodId, Values } from '../api.ts'
import { areasAnswer, editionsAnswer, indicatorsAnswer, levelsAnswer, valuesAnswer } from '../api-answers.ts'
import { advise, errors } from '../errors.ts'
import { openApiDocument } from '../openapi.ts'
import { mediaTypes, rendered } from '../representation.ts'
import { answer, getCurrent, getEdition, getLevel, getSeries } from '../serving.ts'

const closed = { additionalProperties: false } as const
const edition = Type.Optional(EditionId)
const NoQuery = Type.Object({}, closed)
const ListQuery = Type.Object({ edition }, closed)
const AreasQuery = Type.Object({ edition, level: Type.Optional(Id) }, closed)
const ValuesQuery = Type.Object({ edition, level: Id, indicator: Id, period: Type.Optional(PeriodId) }, closed)

type Query = { edition?: string, level?: string, indicator?: string, period?: string }
type ApiRoute = { Params: { atlas: string }, Querystring: Query }

/** `/{atlas}/api/v1/…`: the lists, for programs. */
export function apiRoutes (app: FastifyInstance, serving: Serving): void {
  const routes: DescribedRoute[] = []
  app.addHook('onRoute', ({ url, method, config, schema }) => {
    // Fastify announces a HEAD for every GET; the document needs each once.
    if (method === 'GET' && config?.operation) routes.push({ url, operation: config.operation, querystring: schema?.querystring as object | undefined })
  })

  const list = (name: string, operation: Operation, querystring: object, make: (loaded: LoadedEdition, query: Query) => object) => {
    app.get<ApiRoute>(`/:atlas/api/v1/${name}`, { schema: { querystring }, config: { operation } }, async (request, reply) => {
      const loaded = await getEdition(serving, request.params.atlas, request.query.edition ?? null)
      return sendJson(serving, request, reply, loaded, mediaTypes.json, () => make(loaded, request.query))
    })
  }

  list('editions', {
    id: 'listEditions', summary: 'Editions of the atlas', tag: 'lists', answer: { type: 'application/json', schema: Editions },
  }, NoQuery, loaded => editionsAnswer(loaded, serving.editions.listPublished(loaded.edition.atlas.id)))

  list('levels', {
    id: 'listLevels', summary: 'Levels: area systems at one boundary vintage', tag: 'lists', answer: { type: 'application/json', schema: Levels },
  }, ListQuery, loaded => levelsAnswer(loaded))

  list('areas', {
    id: 'listAreas', summary: 'Areas of all levels, or of one', tag: 'lists', answer: { type: 'application/json', schema: Areas },
  }, AreasQuery, (loaded, { level }) => areasAnswer(loaded, level === undefined ? undefined : getLevel(loaded, level).level.id))

  list('indicators', {
    id: 'listIndicators', summary: 'Indicators with definition, formula, periods and sources', tag: 'lists', answer: { type: 'application/json', schema: Indicators },
  }, ListQuery, loaded => indicatorsAnswer(loaded))

  list('values', {
    id: 'listValues', summary: 'Cells of one indicator on one level, as rows', tag: 'values', answer: { type: 'application/json', schema: Values },
  }, ValuesQuery, (loaded, query) => {
    const { level, series } = getSeries(loaded, query.level!, query.indicator!)
    if (query.period !== undefined && !series.periods.includes(query.period)) {
      throw advise(errors.unknownPeriod(query.period), { valid: series.periods })
    }
    return valuesAnswer(loaded, level, series, query.period)
  })

  app.get<ApiRoute>('/:atlas/api/v1/openapi.json', { schema: { querystring: NoQuery } }, (request, reply) => {
    const loaded = getCurrent(serving, request.params.atlas)
    const { atlas } = loaded.edition
    return sendJson(serving, request, reply, loaded, mediaTypes.openapi, () =>
      openApiDocument(routes, { baseUrl: serving.baseUrl(), atlas: atlas.id, title: atlas.title, licence: atlas.licence }))
  })
}

/** The answer is made and kept once per address and edition; refusals are thrown before anything is sent. */
function sendJson (
  serving: Serving, request: FastifyRequest<ApiRoute>, reply: FastifyReply, { edition }: LoadedEdition, type: string, make: () => object,
): FastifyReply | Promise<FastifyReply> {
  const { level = '', indicator = '', period = '' } = request.query
  // The list of editions changes while the current one stays, by a rollback or a withdrawal for example.
  const published = serving.editions.listPublished(edition.atlas.id).map(({ id }) => id).join()
  return answer(serving, request, reply, rendered({
    type,
    key: [request.routeOptions.url, edition.id, level, indicator, period, published, serving.baseUrl()].join(' '),
    cache: serving.pages,
    render: () => JSON.stringify(make()),
  }), 'ask')
}
