import type { Area, Level } from '../../core/area.ts'
import { localise, type Edition } from '../../core/edition.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import { findStored, type AssessmentText, type StoredAssessment } from '../../worker/stored-assessment.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { form, hidden, radios, submitButton, textArea, textField } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

interface AssessmentsPage extends PageCall {
  readonly atlas: string
  /** One that knows the areas; undefined where nothing was built yet. */
  readonly edition: Edition | undefined
  readonly stored: readonly StoredAssessment[]
}

/** Every area with what there is to say about it so far. */
export function assessmentsPage ({ workshop, visitor, atlas, edition, stored }: AssessmentsPage): string {
  const { language } = visitor
  const { assessments: texts } = getWorkshopTexts(language)
  const stateOf = (found: StoredAssessment | undefined) => found ? found.entry ? `${texts.states[found.entry.state]}, ${found.entry.author}, ${found.entry.date}` : texts.unreadable : texts.nothing
  const rows = ({ id, areas }: Level) => areas.map(area => markup`<tr><th scope="row"><a href="${at(workshop, `${atlas}/massnahmen/${id}/${area.id}`)}">${area.name}</a></th><td>${stateOf(findStored(stored, id, area.id))}</td></tr>
`)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    content: !edition
      ? markup`<p>${texts.noAreas}</p>`
      : markup`<p>${texts.text}</p>
${edition.levels.map(level => markup`<h2>${localise(level.label, language)}</h2>
<table class="compared-key"><thead><tr><th scope="col">${texts.area}</th><th scope="col">${texts.state}</th></tr></thead><tbody>${rows(level)}</tbody></table>`)}`,
  })
}

export interface AssessmentPage extends PageCall {
  readonly atlas: string
  readonly edition: Edition
  readonly level: Level
  readonly area: Area
  /** As it is, or as somebody typed it. */
  readonly entry: AssessmentText
  /** Of the file that it is based on; empty where there is none. */
  readonly hash: string
  readonly mayRelease: boolean
  /** What somebody else saved meanwhile; null where they took it away. */
  readonly now?: StoredAssessment | null
  readonly notice?: Notice | undefined
}

export function assessmentPage (page: AssessmentPage): string {
  const { workshop, visitor, atlas, level, area, entry, hash, mayRelease, now, notice } = page
  const { assessments: texts, save } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: `${texts.one}: ${area.name}`,
    notice,
    content: markup`<p><a href="${at(workshop, `${atlas}/massnahmen`)}">${texts.toList}</a></p>
<p>${texts.warning}</p>
${form(visitor, at(workshop, `${atlas}/massnahmen/${level.id}/${area.id}`), markup`${hidden('hash', hash)}
${textArea({ name: 'assessment', id: 'assessment', label: texts.assessment, hint: texts.assessmentHint, value: entry.assessment, limit: 10_000 })}
${textArea({ name: 'measure', id: 'measure', label: texts.measure, value: entry.measure, limit: 10_000 })}
${textField({ name: 'goal', label: texts.goal, value: entry.goal, isOptional: true })}
${indicatorHtml(page)}
${textField({ name: 'author', label: texts.author, value: entry.author })}
${textField({ name: 'date', label: texts.date, value: entry.date, hint: texts.dateHint })}
${mayRelease
? radios({ name: 'state', label: texts.state, choices: [{ value: 'draft', text: texts.states.draft }, { value: 'released', text: texts.states.released }], value: entry.state })
: markup`<p>${texts.onlyDraft}</p>`}
${submitButton(save)}`)}
${when(now !== undefined, () => markup`<h2>${texts.now}</h2>
${now === null ? markup`<p>${texts.nothing}</p>` : markup`<pre class="code-text" tabindex="0">${[now!.entry?.assessment, now!.entry?.measure, now!.entry?.goal, `${now!.entry?.author ?? ''} ${now!.entry?.date ?? ''}`].join('\n\n')}</pre>`}`)}`,
  })
}

/** One that the newest edition does not know any more stays a choice: opening a form changes nothing. */
function indicatorHtml ({ visitor: { language }, edition, entry: { indicator } }: AssessmentPage): Markup {
  const { assessments: texts } = getWorkshopTexts(language)
  const known = edition.indicators.map(({ id, label }) => ({ id, name: localise(label, language) }))
  const choices = indicator === null || known.some(({ id }) => id === indicator) ? known : [{ id: indicator, name: indicator }, ...known]
  return markup`<div class="kern-form-input"><label class="kern-label" for="indicator">${texts.indicator}</label>
<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="indicator" name="indicator"><option value="">${texts.none}</option>${
  choices.map(({ id, name }) => markup`<option value="${id}"${when(id === indicator, () => markup` selected`)}>${name}</option>`)}</select></div></div>`
}
