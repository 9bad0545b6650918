import { may as isAllowed, type Action } from '../../core/permission.ts'
import { formatProblem } from '../../core/problem.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { InboxFile, InboxLimits } from '../../worker/inbox.ts'
import type { RecognisedFile, Recognition } from '../../worker/take-in.ts'
import { formatMoment } from '../moment.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form, hidden, submitButton } from './form.ts'
import { noticeHtml, workshopPage, type Notice, type PageCall } from './frame.ts'

interface DeliveriesPage extends PageCall {
  readonly atlas: string
  readonly inbox: readonly InboxFile[]
  readonly limits: InboxLimits
  /** Undefined where nothing waits. */
  readonly recognition: Recognition | undefined
  readonly notices: readonly Notice[]
  /** What comes after files were taken in; undefined where none were just now. */
  readonly next: NextStep | undefined
}

export type NextStep = 'fill-in' | 'check'

/** Where files arrive, and to which delivery each belongs. */
export function deliveriesPage (call: DeliveriesPage): string {
  const { workshop, visitor, atlas, inbox, limits, recognition, notices, next } = call
  const { deliveries: texts } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    content: markup`${notices.map(noticeHtml)}
${next === undefined ? null : nextHtml(call, next)}
<p>${texts.text} ${texts.limits(limits.fileBytes / 1e6, limits.totalBytes / 1e6, limits.files)}</p>
<form method="post" enctype="multipart/form-data" action="${at(workshop, `${atlas}/lieferungen`)}?_form=${visitor.formToken}">
<div class="kern-form-input"><label class="kern-label" for="files">${texts.files}</label>
<input class="drop" type="file" id="files" name="files" multiple required></div>
${submitButton(texts.send)}
</form>
<h2>${texts.waiting}</h2>
${inbox.length === 0 || !recognition ? markup`<p>${texts.nothingWaits}</p>` : recognition.isEmpty ? startHtml(call) : assignHtml(call, recognition)}`,
  })
}

function nextHtml ({ workshop, visitor, atlas }: DeliveriesPage, next: NextStep): Markup | null {
  const { forms, overview } = getWorkshopTexts(visitor.language)
  const may = (action: Action) => isAllowed(accountOf(visitor), action, atlas)
  if (next === 'fill-in') return may('configure') ? markup`<p><a class="kern-btn kern-btn--primary" href="${at(workshop, `${atlas}/angaben/open`)}"><span class="kern-label">${forms.open}</span></a></p>` : null
  return may('build') ? form(visitor, at(workshop, `${atlas}/pruefen`), submitButton(overview.check)) : null
}

/** The first files of an atlas. */
function startHtml (call: DeliveriesPage): Markup {
  const { workshop, visitor, atlas, inbox } = call
  const { deliveries: texts } = getWorkshopTexts(visitor.language)
  return markup`<ul class="plain-list">${inbox.map(file => markup`<li class="card"><p><strong>${file.name}</strong> ${sizeText(file)}</p>${discardHtml(call, file)}</li>`)}</ul>
<p>${texts.startText}</p>
${form(visitor, at(workshop, `${atlas}/lieferungen/beginnen`), submitButton(texts.start))}`
}

function assignHtml (call: DeliveriesPage, recognition: Recognition): Markup {
  const { workshop, visitor, atlas, inbox } = call
  const { deliveries: texts } = getWorkshopTexts(visitor.language)
  const action = at(workshop, `${atlas}/lieferungen/aufnehmen`)
  return markup`${recognition.problems.length === 0
? null
: markup`<p class="fault">${texts.projectFaulty}</p>
<ul>${recognition.problems.map(found => markup`<li>${formatProblem(found, visitor.language)}</li>`)}</ul>`}
<ul class="plain-list">${inbox.map(file => fileHtml(call, file, recognition))}</ul>
<form id="take-in" method="post" action="${action}">${hidden('_form', visitor.formToken)}${submitButton(texts.takeIn)}</form>`
}

function fileHtml (call: DeliveriesPage, file: InboxFile, { deliveries, files }: Recognition): Markup {
  const { visitor } = call
  const { deliveries: texts } = getWorkshopTexts(visitor.language)
  const found: RecognisedFile | undefined = files.find(({ sha256 }) => sha256 === file.sha256)
  const isKnown = found !== undefined && found.delivery !== null
  return markup`<li class="card"><p><strong>${file.name}</strong> ${sizeText(file)} – ${texts.sent} ${file.by}, ${formatMoment(file.at, visitor.language)}</p>
<div class="kern-form-input"><label class="kern-label" for="file-${file.sha256}">${texts.belongsTo}</label>
<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="file-${file.sha256}" name="file-${file.sha256}" form="take-in">
${when(isKnown, () => markup`<option value="recognised" selected>${found!.delivery!}</option>`)}
<option value="leave">${isKnown ? texts.leave : texts.choose}</option>
${deliveries.filter(({ id }) => id !== found?.delivery).map(({ id, title }) => markup`<option value="${id}">${title} (${id})</option>`)}</select></div></div>
<ul class="small">${(found?.problems ?? []).map(problem => markup`<li>${formatProblem(problem, visitor.language)}</li>`)}</ul>
${discardHtml(call, file)}</li>
`
}

function discardHtml ({ workshop, visitor, atlas }: DeliveriesPage, { sha256 }: InboxFile): Markup {
  const { deliveries: texts } = getWorkshopTexts(visitor.language)
  return form(visitor, at(workshop, `${atlas}/lieferungen/verwerfen`), markup`${hidden('file', sha256)}${submitButton(texts.discard, 'tertiary')}`)
}

function sizeText ({ sizeBytes }: InboxFile): string {
  return sizeBytes < 1e6 ? `${Math.ceil(sizeBytes / 1000)} kB` : `${Math.ceil(sizeBytes / 1e6)} MB`
}
