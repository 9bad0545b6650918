import { formatProblem, type Repair } from '../../core/problem.ts'
import { writeLog, type LoggedAction } from '../../sql/audit-log.ts'
import type { Written } from '../../worker/project-file.ts'
import { readKeptReport, type KeptFinding } from '../kept-report.ts'
import { findingsPage } from '../pages/findings.ts'
import type { Notice } from '../pages/frame.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'

/** What the last check found, and the answers to it. */
export const findingRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/pruefbericht', needs: 'findings', handle: call => show(call) },
  { method: 'POST', path: '/:atlas/pruefbericht/annehmen', needs: 'accept', handle: accept },
  { method: 'POST', path: '/:atlas/pruefbericht/uebernehmen', needs: 'accept', handle: repair },
]

async function show ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall, notice?: Notice): Promise<unknown> {
  const worker = workshop.workerOf(atlas)
  const [report, project] = await Promise.all([worker.readCheckReport(), worker.readProjectFile()])
  const page = findingsPage({ workshop, visitor, atlas, report: readKeptReport(report), hash: project?.sha256 ?? null, notice })
  return sendPage(reply, page, notice?.kind === 'danger' ? 400 : 200)
}

async function accept (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { atlas = '' } } = call
  const { findings: texts } = getWorkshopTexts(visitor.language)
  const finding = await findFinding(call)
  if (!finding) return await show(call)
  const because = field('because')
  if (because === '') return await show(call, { kind: 'danger', text: texts.missingReason })
  const entry = {
    code: finding.code,
    ...finding.place.file !== undefined && { file: finding.place.file },
    because,
    by: accountOf(visitor).name,
    on: new Date(workshop.now()).toISOString().slice(0, 10),
  }
  return await answer(call, await workshop.workerOf(atlas).accept(entry, field('hash')), 'finding-accepted', { code: finding.code, because }, texts.accepted)
}

async function repair (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { atlas = '' } } = call
  const finding = await findFinding(call)
  if (!finding?.repair) return await show(call)
  const written = await workshop.workerOf(atlas).repair(finding.repair as Repair, field('hash'))
  return await answer(call, written, 'repair-applied', { code: finding.code }, getWorkshopTexts(visitor.language).findings.repaired)
}

/** Of the report as it is now: a form from an older one must not answer another finding. */
async function findFinding ({ workshop, field, at: { atlas = '' } }: RouteCall): Promise<KeptFinding | undefined> {
  const report = readKeptReport(await workshop.workerOf(atlas).readCheckReport())
  return report?.findings.find(({ key }) => key === field('finding'))
}

async function answer (call: RouteCall, written: Written, action: LoggedAction, details: Readonly<Record<string, string>>, done: string): Promise<unknown> {
  const { workshop, visitor, at: { atlas = '' } } = call
  if (written.kind === 'changed') {
    const { findings: texts } = getWorkshopTexts(visitor.language)
    return await show(call, { kind: 'danger', text: details['because'] === undefined ? texts.changed : `${texts.changed} ${texts.yourReason(details['because'])}` })
  }
  if (written.kind === 'refused') return await show(call, { kind: 'danger', text: written.problems.map(found => formatProblem(found, visitor.language)).join(' ') })
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action, details })
  return await show(call, { kind: 'success', text: done })
}
