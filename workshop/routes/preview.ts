import type { Route, RouteCall } from '../routes.ts'
import { refusalPage } from '../pages/refusal.ts'
import { sendPage } from '../send-page.ts'
import { at } from '../workshop.ts'

/** A draft through the pages that readers will get, for people of the atlas. It was cleared before it was stored. */
export const previewRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/entwurf/:edition', needs: 'preview', handle: show },
  { method: 'GET', path: '/:atlas/entwurf/:edition/*', needs: 'preview', handle: show },
]

/** What of an answer goes on to the browser. Not how long it lives, nor that other sites may read it. */
const passedHeaders = ['content-type', 'content-encoding', 'content-disposition', 'location', 'vary', 'retry-after'] as const

async function show ({ workshop, visitor, request, reply, at: { atlas = '', edition = '' } }: RouteCall): Promise<unknown> {
  const editions = await workshop.editions.list(atlas)
  const draft = editions.find(({ id, state }) => id === edition && state === 'draft')
  if (!draft) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  const app = await workshop.previews.open({
    draft,
    current: editions.find(({ state, audience }) => state === 'current' && audience === draft.audience),
    url: `${workshop.publicUrl()}/werkstatt/${atlas}/entwurf/${draft.id}`,
    back: at(workshop, atlas),
  })
  // Without cookies: the pages know nobody.
  const encoding = request.headers['accept-encoding']
  const answer = await app.inject({
    method: request.method === 'HEAD' ? 'HEAD' : 'GET',
    url: `${workshop.base}${request.url}`,
    headers: { ...encoding !== undefined && { 'accept-encoding': encoding } },
  })
  for (const name of passedHeaders) if (answer.headers[name] !== undefined) reply.header(name, answer.headers[name])
  const isAsset = request.url.startsWith(`/werkstatt/${atlas}/entwurf/${draft.id}/assets/`) && answer.statusCode === 200
  // Styles and viewer are the same for everybody, and say nothing of the draft.
  reply.header('cache-control', isAsset ? 'private, max-age=31536000, immutable' : 'no-store, private')
  return await reply.code(answer.statusCode).send(answer.rawPayload)
}
