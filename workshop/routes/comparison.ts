import type { EditionSummary } from '../../sql/list.ts'
import { compareWith, type Comparison } from '../comparison.ts'
import { comparisonCsv } from '../comparison-csv.ts'
import { comparisonPage, noComparisonPage } from '../pages/comparison.ts'
import { indicatorComparisonPage } from '../pages/indicator-comparison.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'

/** What would change for readers if a draft were published. Both sides were cleared, so that whoever may see drafts may see this. */
export const comparisonRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/vergleich', needs: 'preview', handle: show },
  { method: 'GET', path: '/:atlas/vergleich.csv', needs: 'preview', handle: download },
]

async function show (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, reply, at: { atlas = '' } } = call
  const found = await findPair(call)
  if (!found.pair) return sendPage(reply, noComparisonPage({ workshop, visitor, atlas, why: found.why }))
  const comparison = await compare(call, found.pair)
  const asked = askedOf(call)
  const indicator = asked('kennzahl')
  const page = comparison.indicators.some(counts => counts.indicator === indicator)
    ? indicatorComparisonPage({ workshop, visitor, atlas, comparison, indicator, shown: asked('ansicht'), page: pageOf(asked('seite')) })
    : comparisonPage({ workshop, visitor, atlas, comparison, others: found.others })
  return sendPage(reply, page)
}

async function download (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, reply, at: { atlas = '' } } = call
  const found = await findPair(call)
  if (!found.pair) return sendPage(reply, noComparisonPage({ workshop, visitor, atlas, why: found.why }), 404)
  const indicator = askedOf(call)('kennzahl')
  const csv = comparisonCsv(await compare(call, found.pair), visitor.language, indicator === '' ? undefined : indicator)
  return await reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="vergleich-${atlas}.csv"`).send(csv)
}

interface Pair { readonly current: EditionSummary, readonly draft: EditionSummary }

type FoundPair =
  | { readonly pair: Pair, readonly others: readonly EditionSummary[] }
  | { readonly pair?: undefined, readonly why: 'no-draft' | 'no-current' }

/** The draft asked for, else the newest one for the public; what it is held against is for the same readers. */
async function findPair (call: RouteCall): Promise<FoundPair> {
  const editions = await call.workshop.editions.list(call.at['atlas']!)
  const drafts = editions.filter(({ state }) => state === 'draft')
  const asked = askedOf(call)('entwurf')
  const draft = drafts.find(({ id }) => id === asked) ?? drafts.find(({ audience }) => audience === 'public') ?? drafts[0]
  if (!draft) return { why: 'no-draft' }
  const current = editions.find(({ state, audience }) => state === 'current' && audience === draft.audience)
  return current ? { pair: { current, draft }, others: drafts.filter(other => other !== draft) } : { why: 'no-current' }
}

async function compare ({ workshop: { editions } }: RouteCall, { current, draft }: Pair): Promise<Comparison> {
  return compareWith(await editions.load(current), await editions.load(draft))
}

function askedOf ({ request }: RouteCall): (name: string) => string {
  const query = request.query as Readonly<Record<string, unknown>>
  return name => {
    const value = Object.hasOwn(query, name) ? query[name] : ''
    return typeof value === 'string' ? value : ''
  }
}

function pageOf (text: string): number {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 1
}
