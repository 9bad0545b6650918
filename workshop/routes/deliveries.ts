import { formatProblem, hasErrors } from '../../core/problem.ts'
import { writeLog, type LoggedAction } from '../../sql/audit-log.ts'
import type { Assignment } from '../../worker/assign.ts'
import { deliveriesPage, type NextStep } from '../pages/deliveries.ts'
import type { Notice } from '../pages/frame.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'

/** Files on their way from a desk into the project. */
export const deliveryRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/lieferungen', needs: 'deliver', handle: call => show(call) },
  { method: 'POST', path: '/:atlas/lieferungen', needs: 'deliver', takesFiles: true, handle: receive },
  { method: 'POST', path: '/:atlas/lieferungen/aufnehmen', needs: 'deliver', handle: call => takeIn(call, 'assign') },
  { method: 'POST', path: '/:atlas/lieferungen/beginnen', needs: 'deliver', handle: call => takeIn(call, 'start') },
  { method: 'POST', path: '/:atlas/lieferungen/verwerfen', needs: 'deliver', handle: discard },
]

async function show ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall, notices: readonly Notice[] = [], next?: NextStep): Promise<unknown> {
  const worker = workshop.workerOf(atlas)
  const [inbox, limits] = await Promise.all([worker.listInbox(), worker.readInboxLimits()])
  // Reading the files takes seconds; without any there is nothing to recognise.
  const recognition = inbox.length === 0 ? undefined : await worker.recognise()
  return sendPage(reply, deliveriesPage({ workshop, visitor, atlas, inbox, limits, recognition, notices, next }), notices.some(({ kind }) => kind === 'danger') ? 400 : 200)
}

/** One file after the other, each handed on as it comes: none is ever held here. */
async function receive (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, request, at: { atlas = '' } } = call
  const { deliveries: texts } = getWorkshopTexts(visitor.language)
  const [received, repeated]: [string[], string[]] = [[], []]
  const notices: Notice[] = []
  try {
    for await (const { filename, file } of request.files()) {
      // A form without a chosen file sends one without a name.
      if (filename === '') {
        file.resume()
        continue
      }
      const result = await workshop.workerOf(atlas).sendFile({ name: shortName(filename), by: accountOf(visitor).name, body: file })
      if ('problem' in result) notices.push({ kind: 'danger', text: formatProblem(result.problem, visitor.language) })
      else (result.isRepeated ? repeated : received).push(result.file.name)
    }
  } catch (error) {
    // What came whole before is there, and is said and noted like any other.
    if (!isBrokenOff(error)) throw error
    notices.push({ kind: 'danger', text: texts.brokenOff })
  }
  if (received.length > 0) {
    notices.unshift({ kind: 'success', text: texts.received(received.join(', ')) })
    await log(call, 'file-received', received)
  }
  if (repeated.length > 0) notices.push({ kind: 'info', text: texts.repeated(repeated.join(', ')) })
  return await show(call, notices.length === 0 ? [{ kind: 'danger', text: texts.nothingSent }] : notices)
}

/** The end of a name says what a file is; nobody reads more of it than this. */
function shortName (name: string): string {
  return name.slice(-500)
}

/** Whether the sender is at fault: a browser that was closed half way, or a form that is none. */
function isBrokenOff (error: unknown): boolean {
  return error instanceof Error && /multipart|broke off|aborted|premature close|ECONNRESET/i.test(`${error.message} ${String((error as NodeJS.ErrnoException).code)}`)
}

async function takeIn (call: RouteCall, kind: 'assign' | 'start'): Promise<unknown> {
  const { workshop, visitor, at: { atlas = '' } } = call
  const { deliveries: texts } = getWorkshopTexts(visitor.language)
  const files = await chosenFiles(call, kind)
  if (files.length === 0) return await show(call, [{ kind: 'danger', text: texts.nothingSent }])
  const { written, problems } = await workshop.workerOf(atlas).takeIn(kind, files)
  const isDone = written.length > 0 && !hasErrors(problems)
  if (isDone) await log(call, 'file-taken-in', written)
  const said = problems.filter(({ severity }) => severity !== 'note').map((found): Notice =>
    ({ kind: found.severity === 'error' ? 'danger' : 'warning', text: formatProblem(found, visitor.language) }))
  const isLong = written.length > 5
  const done = isDone ? (kind === 'start' ? texts.started : texts.taken)(isLong ? texts.manyFiles(written.length) : written.join(', ')) : texts.notTaken
  const notice: Notice = { kind: isDone ? 'success' : 'danger', text: done, ...isDone && isLong && { more: written } }
  return await show(call, [notice, ...said], isDone ? kind === 'start' ? 'fill-in' : 'check' : undefined)
}

/** Where somebody chose a delivery it is theirs; where the file was recognised it needs none. */
async function chosenFiles ({ workshop, field, at: { atlas = '' } }: RouteCall, kind: 'assign' | 'start'): Promise<Assignment[]> {
  const inbox = await workshop.workerOf(atlas).listInbox()
  return inbox.flatMap(({ sha256 }): Assignment[] => {
    const choice = kind === 'start' ? 'recognised' : field(`file-${sha256}`)
    if (choice === '' || choice === 'leave') return []
    return [choice === 'recognised' ? { sha256 } : { sha256, delivery: choice }]
  })
}

async function discard (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, field, at: { atlas = '' } } = call
  const worker = workshop.workerOf(atlas)
  const file = (await worker.listInbox()).find(({ sha256 }) => sha256 === field('file'))
  if (!file) return await show(call)
  const refusal = await worker.removeFile(file.sha256)
  if (!refusal) await log(call, 'file-discarded', [file.name])
  return await show(call, refusal ? [{ kind: 'danger', text: formatProblem(refusal, visitor.language) }] : [])
}

async function log ({ workshop, visitor, at: { atlas = '' } }: RouteCall, action: LoggedAction, names: readonly string[]): Promise<void> {
  const { account, name } = accountOf(visitor)
  await writeLog(workshop.database, { account, name, atlas, action, details: { files: names.join(', ').slice(0, 2000) } })
}
