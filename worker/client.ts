import http from 'node:http'
import { Readable } from 'node:stream'
import { text as readText } from 'node:stream/consumers'
import type { Problem, Repair } from '../core/problem.ts'
import type { AcceptedEntry } from '../pipeline/project-file/schema.ts'
import type { EditionReport } from './edition-report.ts'
import type { AssessmentSaved, SavingAssessment } from './assessments.ts'
import type { Assignment } from './assign.ts'
import type { CatalogueOffer, ProjectOutline } from './forms/outline.ts'
import type { FacilitiesSaved, FacilityFileName, FacilityTable, TypedRow } from './facility-list.ts'
import type { FormSaved, FormState, TypedField } from './forms/field.ts'
import type { InboxFile, InboxLimits, Received } from './inbox.ts'
import type { VisibleReport } from '../pipeline/vault/check-report.ts'
import type { ProjectText, Written } from './project-file.ts'
import type { Remedy } from './remedy.ts'
import type { StoredAssessment } from './stored-assessment.ts'
import type { Recognition, TakenIn } from './take-in.ts'

/** What the web asks of the worker. */
export interface WorkerClient {
  /** Slugs of the atlases that have a project, by name. */
  readonly listAtlases: () => Promise<readonly string[]>
  /** Makes an empty project. @returns why not */
  readonly createAtlas: (atlas: string) => Promise<Problem | undefined>
}

/** What the web asks about one atlas. Every answer may quote raw counts: for the page, and kept nowhere. */
export interface AtlasClient {
  /** @returns why not */
  readonly rename: (to: string) => Promise<Problem | undefined>
  /** @returns why not */
  readonly archive: () => Promise<Problem | undefined>
  readonly listInbox: () => Promise<readonly InboxFile[]>
  readonly readInboxLimits: () => Promise<InboxLimits>
  /** Hands a file on as it comes. @throws what the body throws; the worker then keeps nothing */
  readonly sendFile: (file: { readonly name: string, readonly by: string, readonly body: Readable }) => Promise<Received>
  /** Hands an edition on that another machine built. @throws as of `sendFile` */
  readonly sendPackage: (body: Readable) => Promise<{ readonly sha256: string } | { readonly problem: Problem }>
  /** @returns why not */
  readonly removeFile: (sha256: string) => Promise<Problem | undefined>
  readonly recognise: () => Promise<Recognition>
  readonly takeIn: (kind: 'assign' | 'start', files: readonly Assignment[]) => Promise<TakenIn>
  /** Null where there is no project file yet. */
  readonly readProjectFile: () => Promise<ProjectText | null>
  readonly writeProjectFile: (text: string, expected: string | null) => Promise<Written>
  readonly accept: (entry: AcceptedEntry, expected: string) => Promise<Written>
  readonly repair: (repair: Repair, expected: string) => Promise<Written>
  /** What has a form, and how much is still open; null where there is no project file that can be read. */
  readonly readOutline: () => Promise<ProjectOutline | null>
  /** @param form as in an address: `atlas`, `indicator/sgb2-share`, `open`; null where there is no such form */
  readonly readForm: (form: string) => Promise<FormState | null>
  readonly saveForm: (form: string, fields: readonly TypedField[]) => Promise<FormSaved | null>
  /** Takes an entry with a form out of the project file; null where there is no such entry. */
  readonly removeEntry: (form: string) => Promise<Written | null>
  readonly searchCatalogue: (text: string) => Promise<readonly CatalogueOffer[]>
  /** Adds an indicator of the catalogue with the counts that it is computed from. */
  readonly addFromCatalogue: (id: string) => Promise<Written>
  readonly applyRemedy: (remedy: Remedy) => Promise<Written>
  /** What the town says about its areas. */
  readonly listAssessments: () => Promise<readonly StoredAssessment[]>
  readonly saveAssessment: (level: string, area: string, saving: Pick<SavingAssessment, 'entry' | 'expected'>) => Promise<AssessmentSaved>
  /** Lists of facilities. */
  readonly listFacilityFiles: () => Promise<readonly FacilityFileName[]>
  readonly readFacilityTable: (list: string, file: string) => Promise<FacilityTable | null>
  /** Null where the project names no such file any more. */
  readonly saveFacilityTable: (list: string, file: string, saving: { readonly expected: string, readonly rows: readonly TypedRow[] }) => Promise<FacilitiesSaved | null>
  /** What stays visible, as the last check wrote it down; null where nothing was checked. */
  readonly readVisibleReport: () => Promise<VisibleReport | null>
  /** The report of the last check as `atlas check` wrote it; null where nothing was checked. */
  readonly readCheckReport: () => Promise<unknown>
  /** What was done to protect an edition; null where it was not built here. */
  readonly readEditionReport: (edition: string) => Promise<EditionReport | null>
}

/** @param socketPath Unix socket on which the worker listens */
export function connectWorker (socketPath: string): WorkerClient {
  return {
    listAtlases: async () => (await send(socketPath, { method: 'GET', path: '/atlases' })).body as readonly string[],
    createAtlas: async atlas => toRefusal(await send(socketPath, { method: 'PUT', path: `/atlases/${encodeURIComponent(atlas)}` })),
  }
}

/** @param socketPath as of `connectWorker` */
export function connectAtlas (socketPath: string, atlas: string): AtlasClient {
  const ask = async (method: string, path: string, json?: object): Promise<Answer> =>
    await send(socketPath, { method, path: `/atlases/${encodeURIComponent(atlas)}/${path}`, ...json && { json } })
  const get = async (path: string): Promise<unknown> => accepted(await ask('GET', path)).body
  return {
    rename: async to => toRefusal(await ask('POST', 'rename', { to })),
    archive: async () => toRefusal(await ask('POST', 'archive')),
    listInbox: async () => await get('inbox') as readonly InboxFile[],
    readInboxLimits: async () => await get('inbox-limits') as InboxLimits,
    sendFile: async ({ name, by, body }) => {
      const path = `/atlases/${encodeURIComponent(atlas)}/inbox?${new URLSearchParams({ name, by })}`
      const answer = await send(socketPath, { method: 'POST', path, stream: body })
      const refusal = toRefusal(answer)
      return refusal ? { problem: refusal } : accepted(answer).body as Received
    },
    sendPackage: async body => {
      const answer = await send(socketPath, { method: 'POST', path: `/atlases/${encodeURIComponent(atlas)}/package`, stream: body })
      const refusal = toRefusal(answer)
      return refusal ? { problem: refusal } : accepted(answer).body as { readonly sha256: string }
    },
    removeFile: async sha256 => toRefusal(await ask('DELETE', `inbox/${encodeURIComponent(sha256)}`)),
    recognise: async () => await get('recognition') as Recognition,
    takeIn: async (kind, files) => {
      const answer = await ask('POST', kind, { files })
      return answer.status === 422 ? { written: [], problems: problemsOf(answer) } : accepted(answer).body as TakenIn
    },
    readProjectFile: async () => (await get('project-file') as { readonly now: ProjectText | null }).now,
    writeProjectFile: async (text, expected) => toWritten(await ask('PUT', 'project-file', { text, expected: hashOf(expected) })),
    accept: async (entry, expected) => toWritten(await ask('POST', 'accept', { entry, expected: hashOf(expected) })),
    repair: async ({ path, value }, expected) => toWritten(await ask('POST', 'repair', { path, value, expected: hashOf(expected) })),
    readOutline: async () => (await get('outline') as { readonly outline: ProjectOutline | null }).outline,
    readForm: async form => (await get(`forms/${form}`) as { readonly form: FormState | null }).form,
    saveForm: async (form, fields) => (accepted(await ask('POST', `forms/${form}`, { fields })).body as { readonly saved: FormSaved | null }).saved,
    removeEntry: async form => {
      const answer = await ask('DELETE', `forms/${form}`)
      return answer.status === 404 ? null : toWritten(answer)
    },
    searchCatalogue: async text => await get(`catalogue?${new URLSearchParams({ text })}`) as readonly CatalogueOffer[],
    addFromCatalogue: async id => toWritten(await ask('POST', 'catalogue', { id })),
    applyRemedy: async remedy => toWritten(await ask('POST', 'remedy', remedy)),
    listAssessments: async () => await get('assessments') as readonly StoredAssessment[],
    saveAssessment: async (level, area, { entry, expected }) => accepted(await ask('PUT', `assessments/${encodeURIComponent(level)}/${encodeURIComponent(area)}`, { entry, expected: hashOf(expected) })).body as AssessmentSaved,
    listFacilityFiles: async () => await get('facilities') as readonly FacilityFileName[],
    readFacilityTable: async (list, file) => (await get(`facilities/table?${new URLSearchParams({ list, file })}`) as { readonly table: FacilityTable | null }).table,
    saveFacilityTable: async (list, file, saving) => (accepted(await ask('PUT', `facilities/table?${new URLSearchParams({ list, file })}`, saving)).body as { readonly saved: FacilitiesSaved | null }).saved,
    readVisibleReport: async () => await get('visible-report') as VisibleReport | null,
    readCheckReport: async () => await get('check-report'),
    readEditionReport: async edition => {
      const answer = await ask('GET', `editions/${encodeURIComponent(edition)}/report`)
      // An atlas whose editions all came from elsewhere has no project here.
      return answer.status === 404 ? null : (accepted(answer).body as { readonly report: EditionReport | null }).report
    },
  }
}

/** What a form says it is based on: a text that is no hash is based on nothing that ever was, except where there is no project file yet. */
function hashOf (expected: string | null): string | null {
  return expected === null || expected === '' ? null : /^[0-9a-f]{64}$/.test(expected) ? expected : '0'.repeat(64)
}

interface Asking { readonly method: string, readonly path: string, readonly json?: object, readonly stream?: Readable }
interface Answer { readonly status: number, readonly body: unknown }

async function send (socketPath: string, { method, path, json, stream }: Asking): Promise<Answer> {
  const type = stream ? 'application/octet-stream' : json ? 'application/json' : undefined
  const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
    const request = http.request({ socketPath, method, path, headers: type === undefined ? {} : { 'content-type': type } }, resolve).once('error', reject)
    if (!stream) return request.end(json && JSON.stringify(json))
    // A short one may have ended, and broken off, before anybody listened.
    if (stream.errored || (stream.destroyed && !stream.readableEnded)) return request.destroy(stream.errored ?? new Error('the upload broke off'))
    // Whose sender goes away half way must look broken off to the worker too, not finished.
    stream.once('error', error => request.destroy(error)).once('close', () => { if (!stream.readableEnded) request.destroy(new Error('the upload broke off')) })
    return stream.pipe(request)
  })
  const text = await readText(response)
  const status = response.statusCode ?? 500
  if (status >= 500) throw new Error(`the worker failed (${status})`)
  return { status, body: text === '' ? undefined : JSON.parse(text) }
}

function problemsOf ({ body }: Answer): readonly Problem[] {
  return (body as { readonly problems?: readonly Problem[] } | undefined)?.problems ?? []
}

/** @throws Error where the worker refuses without a reason for people: a mistake of ours */
function toRefusal (answer: Answer): Problem | undefined {
  return answer.status < 400 ? undefined : problemsOf(answer)[0] ?? accepted(answer) as never
}

function accepted (answer: Answer): Answer {
  if (answer.status >= 400) throw new Error(`the worker refused (${answer.status})`)
  return answer
}

function toWritten (answer: Answer): Written {
  const problems = problemsOf(answer)
  if (answer.status === 409) return { kind: 'changed', problem: problems[0]!, now: (answer.body as { readonly now: ProjectText | null }).now }
  if (answer.status === 422) return { kind: 'refused', problems }
  return accepted(answer).body as Written
}
