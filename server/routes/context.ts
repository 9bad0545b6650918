import type { FastifyInstance } from 'fastify'
import type { Serving } from '../serving.ts'
import { Type } from 'typebox'
import { contextGeojson } from '../../render/context-geojson.ts'
import { mediaTypes, rendered } from '../representation.ts'
import { answer, getCurrent, getEdition, redirect } from '../serving.ts'

/** `/{atlas}/context/{edition}.geojson`: water, neighbours and outline, the background of the map. */
export function contextRoutes (app: FastifyInstance, serving: Serving): void {
  app.get<{ Params: { atlas: string, edition: string } }>('/:atlas/context/:edition.geojson', {
    schema: { querystring: Type.Object({}, { additionalProperties: false }) },
    config: {
      operation: {
        id: 'getContext',
        summary: 'Water, neighbouring municipalities and outline as GeoJSON',
        tag: 'tiles',
        answer: { type: 'application/geo+json', schema: Type.Object({ type: Type.Literal('FeatureCollection') }) },
        alsoAnswers: { 302: 'to the current edition', 304: 'unchanged' },
      },
    },
  }, async (request, reply) => {
    const { atlas, edition } = request.params
    if (edition === 'current') return redirect(serving, reply, `/${atlas}/context/${getCurrent(serving, atlas).edition.id}.geojson`)
    const found = getEdition(serving, atlas, edition)
    const loaded = found instanceof Promise ? await found : found
    return answer(serving, request, reply, rendered({
      type: mediaTypes.geojson,
      key: `context/${loaded.edition.id}`,
      cache: serving.pages,
      render: () => JSON.stringify(contextGeojson(loaded.edition.context)),
    }), 'week')
  })
}
