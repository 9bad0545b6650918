import { listLog, writeLog, type LogEntry } from '../../sql/audit-log.ts'
import { logCsv } from '../log-csv.ts'
import { logPage } from '../pages/log.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { accountOf } from '../workshop.ts'

export const logRoutes: readonly Route[] = [
  { method: 'GET', path: '/protokoll', needs: 'operator', handle: show },
  { method: 'GET', path: '/:atlas/protokoll', needs: 'log', handle: show },
  { method: 'GET', path: '/:atlas/protokoll.csv', needs: 'log', handle: download },
]

const entriesPerPage = 100
const entriesPerQuery = 1000

async function show ({ workshop, visitor, request, reply, at: { atlas } }: RouteCall): Promise<unknown> {
  const { vor } = request.query as { readonly vor?: unknown }
  const before = typeof vor === 'string' && /^\d{1,15}$/.test(vor) ? Number(vor) : undefined
  const entries = await listLog(workshop.database, { atlas: atlas ?? null, limit: entriesPerPage + 1, ...before !== undefined && { before } })
  return sendPage(reply, logPage({ workshop, visitor, atlas: atlas ?? null, entries: entries.slice(0, entriesPerPage), hasOlder: entries.length > entriesPerPage }))
}

/** All of it, which is the last thing that it says of itself. */
async function download ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall): Promise<unknown> {
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action: 'log-exported' })
  const entries: LogEntry[] = []
  for (;;) {
    const last = entries.at(-1)
    const page = await listLog(workshop.database, { atlas, limit: entriesPerQuery, ...last && { before: last.entry } })
    entries.push(...page)
    if (page.length < entriesPerQuery) break
  }
  return await reply.type('text/csv; charset=utf-8').header('content-disposition', `attachment; filename="protokoll-${atlas}.csv"`).send(logCsv(entries))
}
