import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import type { LoadedLevel } from '../loaded-edition.ts'
import type { Serving } from '../serving.ts'
import { advise, errors } from '../errors.ts'
import { answer, getCurrent, getLevel } from '../serving.ts'

/** `/{atlas}/geometry/{geometry}/{level}.topo.json`: the boundaries of a level as one file. */
export function geometryRoutes (app: FastifyInstance, serving: Serving): void {
  app.get<{ Params: { atlas: string, geometry: string, level: string } }>('/:atlas/geometry/:geometry/:level.topo.json', {
    schema: { querystring: Type.Object({}, { additionalProperties: false }) },
    config: {
      operation: {
        id: 'getTopology',
        summary: 'Boundaries of a level as quantised TopoJSON',
        description: 'Objects areas (integer ids: 1 + place of the area in the list of areas) and borders. Not offered above 1,500 areas.',
        tag: 'tiles',
        answer: { type: 'application/json', schema: Type.Object({ type: Type.Literal('Topology') }) },
        alsoAnswers: { 304: 'unchanged' },
      },
    },
  }, async (request, reply) => {
    const { atlas, geometry, level } = request.params
    const { tileSet } = findLoadedLevel(serving, request.params) ?? await getGeometryLevel(serving, request.params)
    if (!tileSet.topology) {
      throw advise(errors.noTopology(level), { valid: [`/${atlas}/tiles/${geometry}/${level}/{z}/{x}/{y}.mvt`] })
    }
    return answer(serving, request, reply, tileSet.topology, 'year')
  })
}

type GeometryPath = { readonly atlas: string, readonly geometry: string, readonly level: string }

/** The level with these boundaries, if it is in memory. */
export function findLoadedLevel ({ editions }: Serving, { atlas, geometry, level }: GeometryPath): LoadedLevel | undefined {
  return editions.findLoadedGeometry(atlas, geometry, level)
}

/** @throws errors.unknownAtlas, errors.unknownLevel, errors.unknownGeometry, errors.storeAway */
export async function getGeometryLevel (serving: Serving, { atlas, geometry, level }: GeometryPath): Promise<LoadedLevel> {
  const current = getCurrent(serving, atlas)
  const found = await serving.editions.findGeometry(atlas, geometry, level)
  if (found) return found
  throw advise(errors.unknownGeometry(geometry), { valid: [getLevel(current, level).tileSet.geometry] })
}
