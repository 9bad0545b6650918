import { localise, type Language } from '../../core/edition.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { FormField } from '../../worker/forms/field.ts'
import { getWorkshopTexts } from '../texts.ts'
import { hidden } from './form.ts'

/** What was typed into a field, and what came of it. */
export interface FieldAnswer {
  /** What the next save is based on. */
  readonly was: string
  readonly value: string
  readonly fault?: string
  /** What somebody else wrote there meanwhile; null where the field is gone. */
  readonly now?: string | null
  /** Who, and when, in words. */
  readonly by?: string
}

interface FieldCall {
  readonly field: FormField
  readonly id: string
  readonly language: Language
  readonly answer: FieldAnswer | undefined
  /** What it means to choose nothing, where that is not the usual. */
  readonly unset?: string
}

/** One field of the project file, with label, help and fault for everybody, and what stood in it when the form was opened. */
export function fieldHtml (call: FieldCall): Markup {
  const { field, id, language, answer } = call
  const { name, control, label, value, sharedBy } = field
  const { forms: texts } = getWorkshopTexts(language)
  const said = field.help === null ? '' : capital(localise(field.help, language))
  const help = [said === localise(label, language) ? '' : said, sharedBy === 0 ? '' : texts.shared(sharedBy)].filter(text => text !== '').join(' · ')
  const isFaulty = answer?.fault !== undefined
  const parts = markup`${when(help !== '', () => markup`<div class="kern-hint" id="${id}-hint">${help}</div>`)}`
  const tail = markup`${when(isFaulty, () => markup`<p class="fault" id="${id}-fault">${answer!.fault!}</p>`)}${meanwhileHtml(call)}
${hidden(`w:${name}`, answer?.was ?? value)}`
  if (control === 'several') {
    return markup`<fieldset class="kern-fieldset" id="${id}"><legend class="kern-label">${localise(label, language)}</legend>${parts}
${boxesHtml(call)}${tail}</fieldset>
`
  }
  return markup`<div class="kern-form-input${when(isFaulty, () => markup` kern-form-input--error`)}"><label class="kern-label" for="${id}">${localise(label, language)}</label>${parts}
${control === 'choice' ? choiceHtml(call, help) : typedHtml(call, help)}${tail}</div>
`
}

function shown ({ field, answer }: FieldCall): string {
  return answer?.value ?? field.value
}

function boxesHtml (call: FieldCall): Markup[] {
  const { field: { name, choices }, id, language } = call
  const chosen = shown(call).split(' ')
  return choices.map((choice, index) => markup`<div class="kern-form-check"><input class="kern-form-check__checkbox" type="checkbox" id="${id}-${index}" name="f:${name}" value="${choice.value}"${
    when(chosen.includes(choice.value), () => markup` checked`)}><label class="kern-label" for="${id}-${index}">${localise(choice.label, language)}</label></div>
`)
}

/** What stands there and is none of the choices stays one: opening a form changes nothing. */
function choiceHtml (call: FieldCall, help: string): Markup {
  const { field: { choices, isRequired }, language, unset } = call
  const { forms: texts } = getWorkshopTexts(language)
  const value = shown(call)
  const stranger = value === '' || choices.some(choice => choice.value === value) ? [] : [{ value, label: { de: value } }]
  return markup`<div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" ${attributes(call, help)}><option value="">${unset ?? (isRequired ? texts.choose : texts.unset)}</option>${
    [...stranger, ...choices].map(choice => markup`<option value="${choice.value}"${when(choice.value === value, () => markup` selected`)}>${localise(choice.label, language)}</option>`)}</select></div>`
}

function typedHtml (call: FieldCall, help: string): Markup {
  const value = shown(call)
  return call.field.control === 'text'
    ? markup`<textarea class="kern-form-input__input" rows="${Math.min(8, 2 + Math.floor(value.length / 70))}" ${attributes(call, help)}>
${value}</textarea>`
    : markup`<input class="kern-form-input__input" type="text" autocomplete="off" value="${value}" ${attributes(call, help)}>`
}

function attributes ({ field: { name }, id, answer }: FieldCall, help: string): Markup {
  const described = [...help === '' ? [] : [`${id}-hint`], ...answer?.fault === undefined ? [] : [`${id}-fault`]].join(' ')
  return markup`id="${id}" name="f:${name}"${when(described !== '', () => markup` aria-describedby="${described}"`)}${when(answer?.fault !== undefined, () => markup` aria-invalid="true"`)}`
}

/** Both versions side by side. */
function meanwhileHtml (call: FieldCall): Markup | null {
  const { answer, language } = call
  const { forms: texts } = getWorkshopTexts(language)
  if (answer?.now === undefined) return null
  const say = (value: string) => value === '' ? texts.nowEmpty : labelOf(call, value)
  return markup`<dl class="facts meanwhile"><div><dt>${texts.yours}</dt><dd>${say(answer.value)}</dd></div>
<div><dt>${texts.now}</dt><dd>${answer.now === null ? texts.nowGone : say(answer.now)}${when(answer.by !== undefined, () => markup` (${answer.by!})`)}</dd></div></dl>`
}

function labelOf ({ field: { choices }, language }: FieldCall, value: string): string {
  const choice = choices.find(one => one.value === value)
  return choice ? localise(choice.label, language) : value
}

function capital (text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}
