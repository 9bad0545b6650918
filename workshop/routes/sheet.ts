import type { Print } from '../../server/press/press.ts'
import { refusalPage } from '../pages/refusal.ts'
import { sheetPage } from '../pages/sheet.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { readSheet } from '../sheet/read-sheet.ts'
import { sheetPaper } from '../sheet/sheet-paper.ts'
import { getWorkshopTexts } from '../texts.ts'

/** What somebody answers for who approves an edition: to read, and as `….pdf` to sign. For whoever may see drafts, because it says no more. */
export const sheetRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/freigabeblatt/:edition', needs: 'preview', handle: show },
]

async function show (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, reply, at: { atlas = '', edition = '' } } = call
  const sheet = await readSheet(workshop, atlas, edition.replace(/\.pdf$/, ''))
  if (!sheet) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  if (!edition.endsWith('.pdf')) return sendPage(reply, sheetPage({ workshop, visitor, sheet }))
  const print = await workshop.press.print(sheetPaper(sheet, visitor.language, `${workshop.publicUrl()}/werkstatt/${atlas}/freigabeblatt/${sheet.edition.id}`))
  if (print.kind === 'failed') return sayFailure(call, sheet, print)
  return await reply.type('application/pdf').header('content-disposition', `attachment; filename="freigabeblatt-${sheet.edition.id}.pdf"`).send(Buffer.from(print.pdf))
}

const statuses = { busy: 503, 'too-slow': 503, unsupported: 501, broken: 500 } as const
const retrySeconds = 10

/** The page says the same as the paper, so nobody goes away with nothing. */
function sayFailure ({ workshop, visitor, request, reply }: RouteCall, sheet: Parameters<typeof sheetPage>[0]['sheet'], { why, said }: Extract<Print, { kind: 'failed' }>): unknown {
  if (why === 'broken') request.log.error({ said: said?.slice(0, 2000) }, 'a sheet could not be set')
  if (statuses[why] === 503) reply.header('retry-after', String(retrySeconds))
  return sendPage(reply, sheetPage({ workshop, visitor, sheet, notice: { kind: 'danger', text: getWorkshopTexts(visitor.language).sheet.failures[why] } }), statuses[why])
}
