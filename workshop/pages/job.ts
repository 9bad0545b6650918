import { may } from '../../core/permission.ts'
import { formatProblem, problem } from '../../core/problem.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { Job } from '../../sql/jobs.ts'
import { formatMoment } from '../moment.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form, submitButton } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

interface JobPage extends PageCall {
  readonly atlas: string
  readonly job: Job
  readonly notice: Notice | undefined
}

/** What was asked for, how far it is, and how it ended. */
export function jobPage (call: JobPage): string {
  const { workshop, visitor, atlas, job, notice } = call
  const { job: texts } = getWorkshopTexts(visitor.language)
  const isOpen = job.state === 'waiting' || job.state === 'running'
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title(texts.kinds[job.kind]),
    notice: notice ?? endNotice(call),
    content: markup`${factsHtml(call)}
${when(isOpen, () => markup`<div class="actions"><a class="kern-btn kern-btn--secondary" href="${at(workshop, `${atlas}/auftraege/${job.job}`)}"><span class="kern-label">${texts.refresh}</span></a>
${when(may(accountOf(visitor), 'build', atlas), () => form(visitor, at(workshop, `${atlas}/auftraege/${job.job}/abbrechen`), submitButton(texts.cancel, 'tertiary')))}</div>`)}
<p><a href="${at(workshop, atlas)}">${texts.toAtlas}</a></p>`,
  })
}

function endNotice ({ visitor, job: { state, codes, editions } }: JobPage): Notice | undefined {
  const { job: texts } = getWorkshopTexts(visitor.language)
  if (state === 'done') return { kind: 'success', text: editions.length === 0 ? texts.states.done : texts.made(editions.join(', ')) }
  if (state !== 'failed') return undefined
  const told = toldCodes.find(code => codes.includes(code))
  if (told) return { kind: 'danger', text: formatProblem(problem(told, {}), visitor.language) }
  if (codes.includes('publish-disk-full')) return { kind: 'danger', text: texts.diskFull }
  return { kind: 'danger', text: codes.includes('worker-lost') ? texts.lost : texts.failed }
}

/** Whose sentences need nothing but the code, which is all that a job tells. */
const toldCodes = ['worker-role-gone', 'worker-not-approved', 'worker-not-approvable', 'worker-other-edition'] as const

function factsHtml ({ visitor: { language }, job: { state, name, askedAt, endedAt, progress } }: JobPage): Markup {
  const { job: texts } = getWorkshopTexts(language)
  const station = progress === null ? undefined : (texts.stations as Readonly<Record<string, string>>)[progress.station]
  return markup`<dl class="facts">
<div><dt>${texts.state}</dt><dd>${texts.states[state]}</dd></div>
${progress === null ? null : markup`<div><dt>${texts.step}</dt><dd>${station ?? progress.station} ${progress.done}/${progress.total} ${progress.label}</dd></div>`}
<div><dt>${texts.askedBy}</dt><dd>${name}</dd></div>
<div><dt>${texts.askedAt}</dt><dd>${formatMoment(askedAt, language)}</dd></div>
${endedAt === null ? null : markup`<div><dt>${texts.endedAt}</dt><dd>${formatMoment(endedAt, language)}</dd></div>`}
</dl>`
}
