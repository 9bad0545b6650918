import { formatProblem, type Problem } from '../../core/problem.ts'
import { localise } from '../../core/edition.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { FormField, FormSection, FormState } from '../../worker/forms/field.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { form, submitButton } from './form.ts'
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
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: localise(state.title, visitor.language),
    notice,
    content: markup`${faultsHtml(page)}
${when(problems.length > 0, () => markup`<ul>${problems.map(found => markup`<li>${formatProblem(found, visitor.language)}</li>`)}</ul>`)}
<p><a href="${at(workshop, `${atlas}/angaben`)}">${texts.toOverview}</a></p>
${when(name === 'open', () => markup`<p>${isDone ? texts.nothingOpen : texts.openText}</p>`)}
${when(!isDone, () => form(visitor, at(workshop, `${atlas}/angaben/${name}`), markup`${sectionsHtml(page)}
${submitButton(save)}`))}
${when(name === 'open' && isDone, () => form(visitor, at(workshop, `${atlas}/pruefen`), submitButton(getWorkshopTexts(visitor.language).overview.check)))}
${when(/^(delivery|indicator)\//.test(name), () => markup`<details><summary>${texts.leaveOut}</summary><p>${texts.leaveOutText}</p>
${form(visitor, at(workshop, `${atlas}/angaben/${name}/weglassen`), submitButton(texts.leaveOut, 'secondary'))}</details>`)}`,
  })
}

function sectionsHtml (page: ProjectFormPage): Markup[] {
  const { visitor: { language }, state: { sections } } = page
  return sections.map(section => markup`${section.title === null ? null : markup`<h2>${localise(section.title, language)}</h2>`}
${section.fields.map(field => fieldHtml({ field, id: fieldId(page, field), language, answer: page.answers.get(field.name) }))}`)
}

/** The faults once more at the top, each leading to its field. */
function faultsHtml (page: ProjectFormPage): Markup | null {
  const { answers, visitor: { language }, state: { sections } } = page
  const faulty = sections.flatMap(({ fields }: FormSection) => fields).filter(({ name }) => answers.get(name)?.fault !== undefined)
  return when(faulty.length > 0, () => markup`<ul>${faulty.map(field => markup`<li><a href="#${fieldId(page, field)}">${localise(field.label, language)}</a></li>`)}</ul>`)
}

function fieldId ({ state: { sections } }: ProjectFormPage, field: FormField): string {
  return `f${sections.flatMap(({ fields }) => fields).indexOf(field)}`
}
