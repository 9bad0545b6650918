import type { Audience } from '../../core/edition.ts'
import { may, type Action } from '../../core/permission.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { Approval } from '../../sql/approvals.ts'
import type { Job } from '../../sql/jobs.ts'
import type { EditionSummary } from '../../sql/list.ts'
import { noteLimit, type AtlasState } from '../../sql/publish.ts'
import { formatMoment } from '../moment.ts'
import { getWorkshopTexts, type WorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form, hidden, submitButton, textArea, textField } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

interface OverviewPage extends PageCall {
  readonly atlas: string
  /** Newest first. */
  readonly editions: readonly EditionSummary[]
  readonly states: readonly AtlasState[]
  readonly jobs: readonly Job[]
  readonly approvals: readonly Approval[]
  readonly approvedAudiences: readonly Audience[]
  /** Account that built a draft, by its id. */
  readonly builders: ReadonlyMap<string, string | undefined>
  readonly notice: Notice | undefined
  /** A note that was refused, so that nobody types it twice. */
  readonly typed?: { readonly edition: string, readonly note: string, readonly noteEnglish: string } | undefined
}

/** Where an atlas stands: what is public, what is being prepared, what was asked for. */
export function overviewPage (call: OverviewPage): string {
  const { workshop, visitor, atlas, editions, jobs, notice } = call
  const { overview: texts } = getWorkshopTexts(visitor.language)
  const current = editions.filter(({ state }) => state === 'current')
  const drafts = editions.filter(({ state }) => state === 'draft')
  const earlier = editions.filter(({ state }) => state === 'published' || state === 'withdrawn')
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: editions[0]?.title ?? atlas,
    notice,
    content: markup`<h2>${texts.current}</h2>
${current.length === 0 ? markup`<p>${texts.noCurrent}</p>` : current.map(edition => currentHtml(call, edition))}
<h2>${texts.drafts}</h2>
${drafts.length === 0 ? markup`<p>${texts.noDrafts}</p>` : drafts.map(draft => draftHtml(call, draft))}
${buildHtml(call)}
<h2>${texts.jobs}</h2>
${jobs.length === 0 ? markup`<p>${texts.noJobs}</p>` : jobsHtml(call)}
${when(earlier.length > 0, () => markup`<h2>${texts.earlier}</h2>
<ul class="plain-list">${earlier.map(edition => earlierHtml(call, edition))}</ul>`)}
${when(isAllowed(call, 'settings'), () => settingsHtml(call))}`,
  })
}

function isAllowed ({ visitor, atlas }: OverviewPage, action: Action): boolean {
  return may(accountOf(visitor), action, atlas)
}

function currentHtml (call: OverviewPage, { id, audience, publishedAt }: EditionSummary): Markup {
  const { visitor, states } = call
  const { overview: texts } = getWorkshopTexts(visitor.language)
  const previous = states.find(state => state.audience === audience)?.previous ?? null
  return markup`<section class="card">
<p><strong>${id}</strong> – ${texts.audiences[audience]}, ${texts.publishedAt}: ${formatMoment(publishedAt!, visitor.language)}</p>
<p>${sheetLink(call, id)}</p>
${when(audience === 'public' && previous !== null && isAllowed(call, 'rollback'), () => markup`<details><summary>${texts.rollback}</summary>
<p>${texts.rollbackTo(previous!)}</p>
${button(call, 'zurueck', texts.rollback)}</details>`)}
${when(isAllowed(call, 'withdraw'), () => withdrawHtml(call, id))}
</section>`
}

function sheetLink ({ workshop, visitor, atlas }: OverviewPage, edition: string): Markup {
  const { sheet: texts } = getWorkshopTexts(visitor.language)
  return markup`<a href="${at(workshop, `${atlas}/freigabeblatt/${edition}`)}" aria-label="${texts.ofEdition(edition)}">${texts.open}</a>`
}

function draftHtml (call: OverviewPage, { id, audience, savedAt }: EditionSummary): Markup {
  const { workshop, visitor, atlas, approvals, approvedAudiences, builders } = call
  const { overview: texts } = getWorkshopTexts(visitor.language)
  const me = accountOf(visitor).account
  const given = approvals.filter(({ edition }) => edition === id)
  const isMine = builders.get(id) === me
  const counts = given.filter(({ account }) => account !== builders.get(id))
  const isReady = !approvedAudiences.includes(audience) || counts.length > 0
  return markup`<section class="card">
<p><strong>${id}</strong> – ${texts.audiences[audience]}, ${texts.savedAt}: ${formatMoment(savedAt, visitor.language)}</p>
${when(given.length > 0, () => markup`<p>${texts.approvedBy(given.map(({ name }) => name).join(', '))}</p>`)}
${when(!isReady, () => markup`<p>${isMine ? `${texts.needsApproval} ${texts.ownDraft}` : texts.needsApproval}</p>`)}
<p><a href="${at(workshop, `${atlas}/entwurf/${id}/${atlas}`)}">${texts.openDraft}</a> <a href="${at(workshop, `${atlas}/vergleich`)}?entwurf=${id}">${getWorkshopTexts(visitor.language).comparison.title}</a> ${sheetLink(call, id)}</p>
<div class="actions">
${when(isAllowed(call, 'approve') && !isMine, () => given.some(({ account }) => account === me)
  ? button(call, 'freigabe-zuruecknehmen', texts.unapprove, { edition: id, kind: 'tertiary' })
  : button(call, 'freigeben', texts.approve, { edition: id, kind: 'secondary' }))}
</div>
${when(isReady && isAllowed(call, 'publish'), () => publishHtml(call, id))}
</section>`
}

/** What readers are told beside the edition; an empty note is none. */
function publishHtml ({ workshop, visitor, atlas, typed }: OverviewPage, edition: string): Markup {
  const { overview: texts } = getWorkshopTexts(visitor.language)
  const value = (name: 'note' | 'noteEnglish') => typed?.edition === edition ? typed[name] : ''
  return form(visitor, at(workshop, `${atlas}/veroeffentlichen`), markup`${hidden('edition', edition)}
${textArea({ name: 'note', id: `note-${edition}`, label: texts.note, hint: texts.noteHint, value: value('note'), limit: noteLimit, lang: 'de' })}
${textArea({ name: 'note-en', id: `note-en-${edition}`, label: texts.noteEnglish, value: value('noteEnglish'), limit: noteLimit, lang: 'en' })}
${submitButton(texts.publish)}`)
}

function earlierHtml (call: OverviewPage, { id, audience, publishedAt, withdrawal }: EditionSummary): Markup {
  const { visitor } = call
  const { overview: texts } = getWorkshopTexts(visitor.language)
  return markup`<li class="card"><p><strong>${id}</strong> – ${texts.audiences[audience]}, ${texts.publishedAt}: ${formatMoment(publishedAt!, visitor.language)}${
    withdrawal === null ? null : markup`; ${texts.withdrawn(withdrawal.reason)}`}</p>
${when(withdrawal === null, () => markup`<p>${sheetLink(call, id)}</p>`)}
${when(withdrawal === null && isAllowed(call, 'withdraw'), () => withdrawHtml(call, id))}</li>`
}

function withdrawHtml ({ workshop, visitor, atlas }: OverviewPage, edition: string): Markup {
  const { overview: texts } = getWorkshopTexts(visitor.language)
  return markup`<details><summary>${texts.withdraw}</summary>
<p>${texts.withdrawText}</p>
${form(visitor, at(workshop, `${atlas}/zurueckziehen`), markup`${hidden('edition', edition)}
${textField({ name: 'reason', id: `reason-${edition}`, label: texts.reason })}
${submitButton(texts.withdraw, 'secondary')}`)}</details>`
}

function buildHtml (call: OverviewPage): Markup | null {
  const { workshop, visitor, atlas, editions } = call
  if (!isAllowed(call, 'build')) return null
  const { overview: texts } = getWorkshopTexts(visitor.language)
  const isFirst = editions.every(({ publishedAt }) => publishedAt === null)
  return markup`<div class="actions">${button(call, 'pruefen', texts.check, { kind: 'secondary' })}
${form(visitor, at(workshop, `${atlas}/bauen`), markup`${when(isFirst, () => markup`<div class="kern-form-check"><input class="kern-form-check__checkbox" type="checkbox" id="first" name="first" value="yes" aria-describedby="first-hint"><label class="kern-label" for="first">${texts.firstEdition}</label></div>
<p class="small" id="first-hint">${texts.firstEditionHint}</p>`)}${submitButton(texts.build)}`)}</div>`
}

function button ({ workshop, visitor, atlas }: OverviewPage, path: string, text: string, { edition, kind = 'secondary' }: {
  readonly edition?: string, readonly kind?: 'primary' | 'secondary' | 'tertiary',
} = {}): Markup {
  return form(visitor, at(workshop, `${atlas}/${path}`), markup`${edition === undefined ? null : hidden('edition', edition)}${submitButton(text, kind)}`)
}

function jobsHtml ({ workshop, visitor, atlas, jobs }: OverviewPage): Markup {
  const { job: texts, overview } = getWorkshopTexts(visitor.language)
  return markup`<div class="table-frame"><table>
<caption class="visually-hidden">${overview.jobs}</caption>
<thead><tr><th scope="col">${overview.jobs}</th><th scope="col">${texts.state}</th><th scope="col">${texts.askedBy}</th><th scope="col">${texts.askedAt}</th></tr></thead>
<tbody>${jobs.map(({ job, kind, state, name, askedAt }) => markup`<tr><th scope="row"><a href="${at(workshop, `${atlas}/auftraege/${job}`)}">${texts.kinds[kind]}</a></th><td>${texts.states[state]}</td><td>${name}</td><td>${formatMoment(askedAt, visitor.language)}</td></tr>
`)}</tbody>
</table></div>`
}

function settingsHtml ({ workshop, visitor, atlas, approvedAudiences }: OverviewPage): Markup {
  const texts: WorkshopTexts = getWorkshopTexts(visitor.language)
  return markup`<h2>${texts.overview.settings}</h2>
${form(visitor, at(workshop, `${atlas}/vier-augen`), markup`<fieldset class="kern-fieldset"><legend class="kern-label">${texts.overview.settingsText}</legend>
${(['public', 'internal'] as const).map(audience => markup`<div class="kern-form-check"><input class="kern-form-check__checkbox" type="checkbox" id="audiences-${audience}" name="audiences" value="${audience}"${
  when(approvedAudiences.includes(audience), () => markup` checked`)}><label class="kern-label" for="audiences-${audience}">${texts.overview.audiences[audience]}</label></div>
`)}</fieldset>
${submitButton(texts.save, 'secondary')}`)}`
}
