import type { FastifyInstance } from 'fastify'
import type { LoadedEdition } from '../loaded-edition.ts'
import type { Serving } from '../serving.ts'
import { Type } from 'typebox'
import { valuesJson } from '../../render/values-json.ts'
import { ValueColumns } from '../api.ts'
import { mediaTypes, rendered } from '../representation.ts'
import { answer, getCurrent, getEdition, getSeries, redirect } from '../serving.ts'

/** `/{atlas}/values/{edition}/{level}/{indicator}.json`: one indicator on one level, all periods, as columns. */
export function valuesRoutes (app: FastifyInstance, serving: Serving): void {
  app.get<{ Params: { atlas: string, edition: string, level: string, indicator: string } }>('/:atlas/values/:edition/:level/:indicator.json', {
    schema: { querystring: Type.Object({}, { additionalProperties: false }) },
    config: {
      operation: {
        id: 'getValueColumns',
        summary: 'All values of an indicator on a level, as columns',
        tag: 'values',
        answer: { type: 'application/json', schema: ValueColumns },
        alsoAnswers: { 302: 'to the current edition', 304: 'unchanged' },
      },
    },
  }, (request, reply) => {
    const { atlas, edition, level: levelId, indicator: indicatorId } = request.params
    if (edition === 'current') {
      const current = getCurrent(serving, atlas)
      getSeries(current, levelId, indicatorId)
      return redirect(serving, reply, `/${atlas}/values/${current.edition.id}/${levelId}/${indicatorId}.json`)
    }
    const send = (loaded: LoadedEdition) => {
      const { series } = getSeries(loaded, levelId, indicatorId)
      return answer(serving, request, reply, rendered({
        type: mediaTypes.json,
        key: `values/${loaded.edition.id}/${levelId}/${indicatorId}`,
        cache: serving.pages,
        render: () => JSON.stringify(valuesJson(loaded.edition, series, { publicUrl: serving.config.publicUrl })),
      }), 'week')
    }
    // Without a promise where everything is in memory, as for tiles: the most asked-for file of the viewer.
    const found = getEdition(serving, atlas, edition)
    return found instanceof Promise ? found.then(send) : send(found)
  })
}
