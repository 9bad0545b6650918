import type { FastifyInstance } from 'fastify'
import type { Edition } from '../../core/edition.ts'
import type { ParameterFault, View, ViewFormat, ViewPath } from '../../core/view.ts'
import type { Site } from '../../render/site.ts'
import type { Serving } from '../serving.ts'
import { formatView, parseView, plainView } from '../../core/view.ts'
import { viewCsv } from '../../render/view-csv.ts'
import { defaultLevel, findView, newestView } from '../../render/view-data.ts'
import { viewGeojson } from '../../render/view-geojson.ts'
import { viewJson } from '../../render/view-json.ts'
import { viewPage } from '../../render/view-page.ts'
import { viewSvg } from '../../render/view-svg.ts'
import { advise, errors } from '../errors.ts'
import { isTrackingJunk, queryPairs, refuseParameters } from '../page-query.ts'
import { splitFormat } from '../path-format.ts'
import { mediaTypes, rendered } from '../representation.ts'
import { answer, checkAtlas, getCurrent, getEdition, redirect, siteOf } from '../serving.ts'

type OfferedFormat = Extract<ViewFormat, 'html' | 'json' | 'csv' | 'geojson' | 'svg'>

const formats: Readonly<Record<OfferedFormat, (edition: Edition, view: View, site: Site) => string>> = {
  html: viewPage,
  json: (edition, view, site) => JSON.stringify(viewJson(edition, view, site)),
  csv: viewCsv,
  geojson: (edition, view, site) => JSON.stringify(viewGeojson(edition, view, site)),
  svg: viewSvg,
}
const offered = Object.keys(formats) as OfferedFormat[]

/** `/{atlas}/karte/{indicator}/{period}` in every format, and the form that leads there. */
export function viewRoutes (app: FastifyInstance, serving: Serving): void {
  app.get<{ Params: { atlas: string, indicator: string, file: string } }>('/:atlas/karte/:indicator/:file', async (request, reply) => {
    const { atlas, indicator, file } = request.params
    checkAtlas(serving, atlas)
    const { name: period, format } = splitFormat(file, offered)
    const { view, faults, nearest } = parseView({ atlas, indicator, period }, queryPairs(request.url))
    if (faults) {
      if (format === 'html' && nearest && isTrackingJunk(faults)) return redirect(serving, reply, formatView(nearest))
      throw refuseView(getCurrent(serving, atlas).edition, { atlas, indicator, period }, faults, nearest)
    }
    if (file.endsWith('.html')) return redirect(serving, reply, formatView(view))

    const loaded = await getEdition(serving, atlas, view.edition)
    const site = siteOf(serving, loaded, request.url)
    if (format !== 'html') reply.header('content-disposition', `inline; filename="${atlas}_${indicator}_${period}.${format}"`)
    return answer(serving, request, reply, rendered({
      type: mediaTypes[format],
      key: `${formatView(view, format)} ${loaded.edition.id} ${site.newerEdition ?? ''}`,
      cache: serving.pages,
      render () {
        const { fault } = findView(loaded.edition, view)
        if (!fault) return formats[format](loaded.edition, view, site)
        const { status, detail, nearest } = fault
        const refusal = status === 404 ? errors.unknownView(detail) : errors.invalidParameters(detail)
        throw advise(refusal, { nearest: nearest ? formatView(nearest, format) : `/${atlas}`, say: () => detail })
      },
    }), 'ask')
  })

  // The form of the page, for those without script. What was chosen need not exist together (the
  // indicator of one row, the period of another), so it leads to the view that comes nearest.
  app.get<{ Params: { atlas: string } }>('/:atlas/karte', async (request, reply) => {
    const { edition } = getCurrent(serving, request.params.atlas)
    const atlas = edition.atlas.id
    const pairs = queryPairs(request.url).filter(([, value]) => value !== '')
    const chosen = (name: string) => pairs.findLast(([key]) => key === name)?.[1]
    const indicator = chosen('indicator') ?? edition.atlas.startIndicator
    const start = plainView({ atlas, indicator, period: '' })
    const period = chosen('period') ?? newestView(edition, indicator, start)?.period ?? ''
    const rest = pairs.filter(([name]) => name !== 'indicator' && name !== 'period')
    const { view, faults, nearest } = parseView({ atlas, indicator, period }, rest)
    const meant = view ?? nearest
    if (!meant || !isTrackingJunk(faults ?? [])) throw refuseView(edition, { atlas, indicator, period }, faults ?? [], meant)
    const shown = await getEdition(serving, atlas, meant.edition)
    return redirect(serving, reply, formatView(settle(shown.edition, meant)))
  })
}

/** The view itself, or the nearest that exists; the level is left out where it is the one shown anyway. */
function settle (edition: Edition, asked: View): View {
  let view = asked
  for (let attempt = 0; attempt < 3; attempt++) {
    const { fault } = findView(edition, view)
    if (!fault?.nearest) break
    view = fault.nearest
  }
  const isDefault = view.level !== null && defaultLevel(edition, view.indicator, view.period)?.id === view.level
  return isDefault ? { ...view, level: null } : view
}

/** A path that cannot be read names nothing (404); a parameter that cannot is a mistake (400). */
function refuseView (edition: Edition, { atlas, indicator, period }: ViewPath, faults: readonly ParameterFault[], nearest: View | null): Error {
  const refusal = refuseParameters(faults, nearest ? formatView(nearest) : nearestPath(edition, atlas, indicator))
  const isPathAtFault = faults.some(({ parameter }) => parameter === 'indicator' || parameter === 'period')
  return isPathAtFault ? Object.assign(refusal, { statusCode: errors.unknownView(period).statusCode, code: errors.unknownView(period).code }) : refusal
}

function nearestPath (edition: Edition, atlas: string, indicator: string): string {
  const newest = newestView(edition, indicator, plainView({ atlas, indicator, period: '' }))
  return newest ? formatView(newest) : `/${atlas}`
}
