import { formatProblem } from '../../core/problem.ts'
import { setMemberships } from '../../sql/accounts.ts'
import { writeLog } from '../../sql/audit-log.ts'
import { atlasListPage } from '../pages/atlas-list.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'

export const atlasListRoutes: readonly Route[] = [
  { method: 'GET', path: '', needs: 'person', handle: call => show(call) },
  { method: 'POST', path: '/atlanten', needs: 'operator', handle: create },
]

function show ({ workshop, visitor, reply }: RouteCall, slug = '', fault?: string): unknown {
  return sendPage(reply, atlasListPage({ workshop, visitor, slug, fault }), fault === undefined ? 200 : 400)
}

/** Whoever creates an atlas leads it until they name others. */
async function create (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, reply, field } = call
  const { atlases: texts } = getWorkshopTexts(visitor.language)
  const slug = field('slug')
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(slug)) return show(call, slug, texts.badSlug)
  const refusal = await workshop.worker.createAtlas(slug)
  if (refusal) return show(call, slug, formatProblem(refusal, visitor.language))
  const { account, name } = accountOf(visitor)
  await setMemberships(workshop.database, account, slug, [{ atlas: slug, role: 'admin' }])
  await writeLog(workshop.database, { account, name, atlas: slug, action: 'atlas-created' })
  return reply.redirect(at(workshop, slug), 303)
}
