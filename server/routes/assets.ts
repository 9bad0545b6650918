import type { FastifyInstance } from 'fastify'
import type { Assets } from '../assets.ts'
import type { Serving } from '../serving.ts'
import { assetRepresentations } from '../assets.ts'
import { errors } from '../errors.ts'
import { answer } from '../serving.ts'

/** Viewer, styles and fonts, each under the hash of its content. */
export function assetRoutes (app: FastifyInstance, serving: Serving, assets: Assets): void {
  const files = assetRepresentations(assets)

  app.get('/assets/*', (request, reply) => {
    const file = files.get(request.url.split('?')[0]!)
    if (!file) throw errors.unknownPath()
    return answer(serving, request, reply, file, 'year')
  })
}
