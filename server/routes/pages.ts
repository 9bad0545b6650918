import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Language } from '../../core/edition.ts'
import type { Site } from '../../render/site.ts'
import type { PublicationNews } from '../edition-source.ts'
import type { LoadedEdition } from '../loaded-edition.ts'
import type { Serving } from '../serving.ts'
import { pageAddress, privacyPath } from '../../render/address.ts'
import { areaJson } from '../../render/area-json.ts'
import { areaPage } from '../../render/area-page.ts'
import { atlasListPage } from '../../render/atlas-list-page.ts'
import { indicatorPage } from '../../render/indicator-page.ts'
import { privacyPage } from '../../render/privacy-page.ts'
import { startPage } from '../../render/start-page.ts'
import { advise, errors } from '../errors.ts'
import { isTrackingJunk, parsePageQuery, queryPairs, refuseParameters } from '../page-query.ts'
import { splitFormat } from '../path-format.ts'
import { mediaTypes, rendered } from '../representation.ts'
import { answer, checkAtlas, getEdition, getIndicator, getLevel, plainSite, redirect, siteOf } from '../serving.ts'

/** The pages besides the view: list of atlases, start, profile of an area, definition of an indicator. */
export function pageRoutes (app: FastifyInstance, serving: Serving): void {
  app.get('/', async (request, reply) => {
    const { editions } = serving
    const ids = editions.listAtlases()
    if (ids.length === 0 && !editions.isReady()) throw errors.notReady()
    if (ids.length === 1 && serving.linksOf === null) return redirect(serving, reply, `/${ids[0]!}`)
    const { query, faults } = parsePageQuery(queryPairs(request.url))
    if (faults.length > 0) return dropFaults(serving, reply, faults, pageAddress('/', null, query.language))
    const atlases = await editions.describeAtlases()
    return answer(serving, request, reply, rendered({
      type: mediaTypes.html,
      key: `/ ${query.language ?? ''} ${atlases.map(({ id, title, municipality }) => `${id} ${title} ${municipality}`).join()}`,
      cache: serving.pages,
      render: () => atlasListPage(atlases, plainSite(serving), query.language ?? 'de'),
    }), 'ask')
  })

  app.get<{ Params: { atlas: string } }>('/:atlas', async (request, reply) => {
    const { atlas } = request.params
    return await sendPage(serving, request, reply, { atlas, path: `/${atlas}`, format: 'html' }, ({ loaded, site, language }) =>
      startPage(loaded.edition, site, { language, news: site.isCurrent ? serving.editions.findNews(atlas) : undefined }), newsKey(serving.editions.findNews(atlas)))
  })

  app.get<{ Params: { atlas: string } }>('/:atlas/datenschutz', async (request, reply) => {
    const { atlas } = request.params
    return await sendPage(serving, request, reply, { atlas, path: privacyPath(atlas), format: 'html' }, ({ loaded, site, language }) => privacyPage(loaded.edition, site, language))
  })

  app.get<{ Params: { atlas: string, level: string, file: string } }>('/:atlas/gebiet/:level/:file', async (request, reply) => {
    const { atlas, level: levelId, file } = request.params
    checkAtlas(serving, atlas)
    const { name, format } = splitFormat(file, ['html', 'json'])
    const path = `/${atlas}/gebiet/${encodeURIComponent(levelId)}/${encodeURIComponent(name)}`
    return await sendPage(serving, request, reply, { atlas, path, format }, ({ loaded, site, language }) => {
      const { level, areas } = getLevel(loaded, levelId)
      const area = areas.get(name)
      if (!area) {
        throw advise(errors.unknownArea(name), { nearest: `/${atlas}#areas-heading`, say: texts => texts.error.unknownArea(name) })
      }
      return format === 'json'
        ? JSON.stringify(areaJson(loaded.edition, level, area, site, language))
        : areaPage(loaded.edition, level, area, site, language)
    })
  })

  app.get<{ Params: { atlas: string, file: string } }>('/:atlas/kennzahl/:file', async (request, reply) => {
    const { atlas, file } = request.params
    checkAtlas(serving, atlas)
    const { name, format } = splitFormat(file, ['html'])
    const path = `/${atlas}/kennzahl/${encodeURIComponent(name)}`
    return await sendPage(serving, request, reply, { atlas, path, format }, ({ loaded, site, language }) =>
      indicatorPage(loaded.edition, getIndicator(loaded, name), site, language))
  })
}

/** Another publication of the same edition says something else. */
function newsKey (news: PublicationNews | undefined): string {
  return JSON.stringify(news ?? null)
}

interface PageFacts {
  readonly loaded: LoadedEdition
  readonly site: Site
  readonly language: Language
}

/** Reads edition and language, and sends what `render` makes, once per encoding. */
async function sendPage (
  serving: Serving,
  request: FastifyRequest,
  reply: FastifyReply,
  { atlas, path, format }: { atlas: string, path: string, format: 'html' | 'json' },
  render: (facts: PageFacts) => string,
  /** What the page depends on beside edition and address. */
  more = '',
): Promise<FastifyReply> {
  const { query, faults } = parsePageQuery(queryPairs(request.url))
  const canonical = pageAddress(format === 'html' ? path : `${path}.${format}`, query.edition, query.language)
  const isNamedHtml = request.url.split('?')[0]!.endsWith('.html')
  if (faults.length > 0 || isNamedHtml) {
    if (format !== 'html') throw refuseParameters(faults)
    return dropFaults(serving, reply, faults, canonical)
  }
  const loaded = await getEdition(serving, atlas, query.edition)
  const site = siteOf(serving, loaded, request.url)
  const language = query.language ?? loaded.edition.atlas.language
  return await answer(serving, request, reply, rendered({
    type: mediaTypes[format],
    key: `${canonical} ${loaded.edition.id} ${site.newerEdition ?? ''} ${more}`,
    cache: serving.pages,
    render: () => render({ loaded, site, language }),
  }), 'ask')
}

/** Names of others are dropped by a redirect; a value of ours that cannot be read is said. */
function dropFaults (serving: Serving, reply: FastifyReply, faults: Parameters<typeof refuseParameters>[0], canonical: string): FastifyReply {
  if (isTrackingJunk(faults)) return redirect(serving, reply, canonical)
  throw refuseParameters(faults, canonical)
}
