import { formatProblem, type Problem } from '../../core/problem.ts'
import { writeLog } from '../../sql/audit-log.ts'
import type { Notice } from '../pages/frame.ts'
import { projectFilePage } from '../pages/project-file.ts'
import { refusalPage } from '../pages/refusal.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'

/** The one truth of an atlas as it is written. */
export const projectFileRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/projektdatei', needs: 'configure', handle: show },
  { method: 'GET', path: '/:atlas/projektdatei/atlas.yaml', needs: 'configure', handle: download },
  { method: 'POST', path: '/:atlas/projektdatei', needs: 'configure', handle: save },
]

async function show ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall): Promise<unknown> {
  const now = await workshop.workerOf(atlas).readProjectFile()
  return sendPage(reply, projectFilePage({ workshop, visitor, atlas, text: now?.text, hash: now?.sha256, problems: [] }))
}

async function download ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall): Promise<unknown> {
  const now = await workshop.workerOf(atlas).readProjectFile()
  if (!now) return sendPage(reply, refusalPage({ workshop, visitor, refusal: 'not-found' }), 404)
  return await reply.type('application/yaml; charset=utf-8').header('content-disposition', 'attachment; filename="atlas.yaml"').send(now.text)
}

/** What was typed comes back whatever happens: nobody types a project file twice. */
async function save (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, request, reply, field, at: { atlas = '' } } = call
  const { projectFile: texts } = getWorkshopTexts(visitor.language)
  const { text: typed } = request.body as Readonly<Record<string, unknown>>
  // A browser sends the line ends of Windows.
  const text = typeof typed === 'string' ? typed.replaceAll('\r\n', '\n') : ''
  const written = await workshop.workerOf(atlas).writeProjectFile(text, field('hash'))
  const answer = (hash: string, notice: Notice, problems: readonly Problem[], now?: string) =>
    sendPage(reply, projectFilePage({ workshop, visitor, atlas, text, hash, notice, problems: problems.map(found => formatProblem(found, visitor.language)), now }), notice.kind === 'danger' ? 400 : 200)
  switch (written.kind) {
    case 'changed': return answer(written.now?.sha256 ?? '', { kind: 'danger', text: texts.changed }, [], written.now?.text)
    case 'refused': return answer(field('hash'), { kind: 'danger', text: texts.refused }, written.problems)
    case 'written': {
      const { account, name } = accountOf(visitor)
      await writeLog(workshop.database, { account, name, atlas, action: 'project-changed', details: { sha256: written.sha256.slice(0, 12) } })
      return answer(written.sha256, { kind: 'success', text: texts.saved }, written.problems)
    }
  }
}
