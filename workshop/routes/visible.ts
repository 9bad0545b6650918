import { formatProblem } from '../../core/problem.ts'
import { writeLog } from '../../sql/audit-log.ts'
import type { Remedy } from '../../worker/remedy.ts'
import type { Notice } from '../pages/frame.ts'
import { visiblePage } from '../pages/visible.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { readVisibleReport, type VisibleReport } from '../visible-report.ts'
import { accountOf } from '../workshop.ts'

/** What stays visible under the rules of confidentiality, and what would show more. */
export const visibleRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/sichtbar', needs: 'findings', handle: call => show(call) },
  { method: 'POST', path: '/:atlas/sichtbar', needs: 'configure', handle: apply },
]

async function show ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall, notice?: Notice): Promise<unknown> {
  const report = readVisibleReport(await workshop.workerOf(atlas).readVisibleReport())
  return sendPage(reply, visiblePage({ workshop, visitor, atlas, report, notice }), notice?.kind === 'danger' ? 400 : 200)
}

/** Only what the report as it is now offers: a form from an older one changes nothing. */
async function apply (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { atlas = '' } } = call
  const { visible: texts } = getWorkshopTexts(visitor.language)
  const worker = workshop.workerOf(atlas)
  const remedy = findRemedy(readVisibleReport(await worker.readVisibleReport()), field('way'))
  if (!remedy) return await show(call)
  if (remedy.remedy === 'smaller-minimum' && field('agreed') === '') return await show(call, { kind: 'danger', text: texts.notAgreed })
  const written = await worker.applyRemedy(remedy)
  if (written.kind !== 'written') {
    const problems = written.kind === 'refused' ? written.problems : [written.problem]
    return await show(call, { kind: 'danger', text: problems.map(found => formatProblem(found, visitor.language)).join(' ') })
  }
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action: 'project-changed', details: { paths: 'deliveries', remedy: remedy.remedy, sha256: written.sha256.slice(0, 12) } })
  return await show(call, { kind: 'success', text: texts.applied })
}

function findRemedy (report: VisibleReport | undefined, key: string): Remedy | undefined {
  for (const { indicators, ways } of report?.families ?? []) {
    const way = ways.find(one => one.key === key)
    if (way?.remedy === 'rounded') return { remedy: 'rounded', indicators }
    if (way?.remedy === 'smaller-minimum') return { remedy: 'smaller-minimum', indicators, to: Number(way.facts.to) }
  }
  return undefined
}
