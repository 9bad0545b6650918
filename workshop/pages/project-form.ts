import { formatProblem, type Problem } from '../../core/problem.ts'
import { localise } from '../../core/edition.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { FormField, FormSection, FormState } from '../../worker/forms/field.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { form, submitButton } from './form.ts'
import { splitShared, type SharedQuestion } from '../shared-answers.ts'
import { fieldHtml, type FieldAnswer } from './project-field.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

export interface ProjectFormPage extends PageCall {
  readonly atlas: string
  /** Below `angaben/`: `atlas`, `indicator/sgb2-share`, `open`. */
  readonly name: string
  readonly state: FormState
  /** What came of a field that was sent, by its name; empty when the form is opened. */
  readonly answers: ReadonlyMap<string, FieldAnswer>
  /** What is wrong elsewhere. */
  readonly problems: readonly Problem[]
  readonly notice?: Notice | undefined
}

/** A form of the project file. Whatever happens, what was typed comes back. */
export function projectFormPage (page: ProjectFormPage): string {
  const { workshop, visitor, atlas, name, state, problems, notice } = page
  const { forms: texts, save } = getWorkshopTexts(visitor.language)
  const isDone = state.sections.length === 0
  const { own, shared } = splitFields(page)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: localise(state.title, visitor.language),
    notice,
    content: markup`${faultsHtml(page)}
${goneHtml(page)}
${when(problems.length > 0, () => markup`<ul>${problems.map(found => markup`<li>${formatProblem(found, visitor.language)}</li>`)}</ul>`)}
<p><a href="${at(workshop, `${atlas}/angaben`)}">${texts.toOverview}</a></p>
${when(name === 'open', () => markup`<p>${isDone ? texts.nothingOpen : texts.openText}</p>`)}
${when(!isDone, () => form(visitor, at(workshop, `${atlas}/angaben/${name}`), markup`${sectionsHtml(page, own)}
${when(shared.length > 0, () => markup`<h2>${texts.sharedTitle}</h2>
${shared.map(question => sharedHtml(page, question))}`)}
${submitButton(save)}`))}
${when(name === 'open' && isDone, () => form(visitor, at(workshop, `${atlas}/pruefen`), submitButton(getWorkshopTexts(visitor.language).overview.check)))}
${when(/^(delivery|indicator)\//.test(name), () => markup`<details><summary>${texts.leaveOut}</summary><p>${texts.leaveOutText}</p>
${form(visitor, at(workshop, `${atlas}/angaben/${name}/weglassen`), submitButton(texts.leaveOut, 'secondary'))}</details>`)}`,
  })
}

/** Only among what is still open the same question comes once for each delivery. */
function splitFields ({ name, state: { sections } }: ProjectFormPage): ReturnType<typeof splitShared> {
  return name === 'open' ? splitShared(sections) : { own: sections, shared: [] }
}

function sectionsHtml (page: ProjectFormPage, sections: readonly FormSection[]): Markup[] {
  const { visitor: { language } } = page
  return sections.map(section => markup`${section.title === null ? null : markup`<h2>${localise(section.title, language)}</h2>`}
${section.fields.map(field => fieldHtml({ field, id: fieldId(page, field), language, answer: page.answers.get(field.name) }))}`)
}

/** One answer for all, and below it, folded, the exceptions; unfolded where there is one to look at. */
function sharedHtml (page: ProjectFormPage, { field, asked }: SharedQuestion): Markup {
  const { visitor: { language }, answers } = page
  const { forms: texts } = getWorkshopTexts(language)
  const isOpen = asked.some(one => {
    const answer = answers.get(one.field.name)
    return answer !== undefined && (answer.value !== '' || answer.fault !== undefined || answer.now !== undefined)
  })
  return markup`<div class="for-all">${fieldHtml({ field: { ...field, label: { de: `${localise(field.label, language)} – ${texts.forAll(asked.length)}` } }, id: fieldId(page, asked[0]!.field, 'all'), language, answer: answers.get(field.name) })}
<details${when(isOpen, () => markup` open`)}><summary>${texts.exceptions}<span class="visually-hidden">: ${localise(field.label, language)}</span></summary><p>${texts.exceptionsText}</p>
${asked.map(one => fieldHtml({ field: { ...one.field, label: one.section.title ?? one.field.label, help: null }, id: fieldId(page, one.field), language, answer: answers.get(one.field.name), unset: texts.likeAll }))}</details></div>
`
}

/** The faults once more at the top, each leading to its field. */
function faultsHtml (page: ProjectFormPage): Markup | null {
  const { answers, visitor: { language } } = page
  const { own, shared } = splitFields(page)
  const faulty = [
    ...own.flatMap(({ fields }) => fields).map(field => ({ field, id: fieldId(page, field) })),
    ...shared.flatMap(({ field, asked }) => [{ field, id: fieldId(page, asked[0]!.field, 'all') }, ...asked.map(one => ({ field: one.field, id: fieldId(page, one.field) }))]),
  ].filter(({ field: { name } }) => answers.get(name)?.fault !== undefined)
  return when(faulty.length > 0, () => markup`<ul>${faulty.map(({ field, id }) => markup`<li><a href="#${id}">${localise(field.label, language)}</a></li>`)}</ul>`)
}

/** What was typed into a field that is not asked for any more, because somebody else filled it in meanwhile. */
function goneHtml ({ answers, visitor: { language }, state: { sections } }: ProjectFormPage): Markup | null {
  const shown = new Set(sections.flatMap(({ fields }) => fields.map(({ name }) => name)))
  const gone = [...answers].filter(([name, { value, now }]) => now === null && value !== '' && !shown.has(name))
  return when(gone.length > 0, () => markup`<p>${getWorkshopTexts(language).forms.answeredMeanwhile}</p>
<ul>${gone.map(([name, { value }]) => markup`<li>${name.split('/').slice(1).map(decodeURIComponent).join(' – ')}: ${value}</li>`)}</ul>`)
}

function fieldId ({ state: { sections } }: ProjectFormPage, field: FormField, suffix = ''): string {
  return `f${sections.flatMap(({ fields }) => fields).indexOf(field)}${suffix}`
}
