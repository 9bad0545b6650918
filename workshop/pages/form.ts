import type { Language } from '../../core/edition.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { HeldForm } from '../held-form.ts'
import type { Visitor } from '../workshop.ts'

/** What somebody typed, to be read. */
export function typedHtml ({ fields }: HeldForm): Markup {
  return markup`<dl>${fields.filter(([name]) => !name.startsWith('_')).map(([name, value]) => markup`<div><dt>${name}</dt><dd><pre>${value}</pre></dd></div>`)}</dl>`
}

/** A form that posts to a path, with the token that shows where it comes from. */
export function form (visitor: Visitor, action: string, content: Markup): Markup {
  return markup`<form method="post" action="${action}">${hiddenToken(visitor)}
${content}
</form>`
}

export function hiddenToken ({ formToken }: Visitor): Markup {
  return hidden('_form', formToken)
}

export function hidden (name: string, value: string): Markup {
  return markup`<input type="hidden" name="${name}" value="${value}">`
}

export interface TextField {
  readonly name: string
  /** Where the page has several fields of the same name; defaults to the name. */
  readonly id?: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'password' | 'number'
  readonly value?: string
  readonly hint?: string
  /** What is wrong with what was typed; read out with the field. */
  readonly fault?: string | undefined
  /** What browsers and password stores fill in, as of HTML `autocomplete`. */
  readonly fills?: string
  readonly isOptional?: boolean
  readonly inputMode?: 'numeric'
}

/** One line of text. Label, hint and fault belong to the input for everybody, also for those who hear the page. */
export function textField ({ name, id = name, label, type = 'text', value = '', hint, fault, fills = 'off', isOptional = false, inputMode }: TextField): Markup {
  const described = [...hint === undefined ? [] : [`${id}-hint`], ...fault === undefined ? [] : [`${id}-fault`]].join(' ')
  return markup`<div class="kern-form-input${when(fault !== undefined, () => markup` kern-form-input--error`)}">
<label class="kern-label" for="${id}">${label}</label>
${when(hint !== undefined, () => markup`<div class="kern-hint" id="${id}-hint">${hint!}</div>`)}
<input class="kern-form-input__input" id="${id}" name="${name}" type="${type}" value="${value}" autocomplete="${fills}"${
  when(!isOptional, () => markup` required`)}${when(inputMode !== undefined, () => markup` inputmode="${inputMode!}"`)}${
  when(described !== '', () => markup` aria-describedby="${described}"`)}${when(fault !== undefined, () => markup` aria-invalid="true"`)}>
${when(fault !== undefined, () => markup`<p class="fault" id="${id}-fault">${fault!}</p>`)}
</div>`
}

export interface TextArea {
  readonly name: string
  readonly id: string
  readonly label: string
  readonly hint?: string
  readonly value?: string
  /** Characters. */
  readonly limit: number
  /** Language of what is typed, where it is not that of the page. */
  readonly lang?: Language
}

/** Several lines that may stay empty. */
export function textArea ({ name, id, label, hint, value = '', limit, lang }: TextArea): Markup {
  return markup`<div class="kern-form-input"><label class="kern-label" for="${id}">${label}</label>
${when(hint !== undefined, () => markup`<div class="kern-hint" id="${id}-hint">${hint!}</div>`)}
<textarea class="kern-form-input__input" id="${id}" name="${name}" rows="3" maxlength="${limit}"${when(lang !== undefined, () => markup` lang="${lang!}"`)}${when(hint !== undefined, () => markup` aria-describedby="${id}-hint"`)}>
${value}</textarea></div>`
}

export interface Choice { readonly value: string, readonly text: string, readonly hint?: string }

/** One of a list, with what each means. */
export function radios ({ name, label, choices, value }: { readonly name: string, readonly label: string, readonly choices: readonly Choice[], readonly value?: string }): Markup {
  return markup`<fieldset class="kern-fieldset"><legend class="kern-label">${label}</legend>
${choices.map(choice => markup`<div class="kern-form-check"><input class="kern-form-check__radio" type="radio" id="${name}-${choice.value}" name="${name}" value="${choice.value}"${when(choice.value === value, () => markup` checked`)}><label class="kern-label" for="${name}-${choice.value}">${choice.text}${when(choice.hint !== undefined, () => markup` – ${choice.hint!}`)}</label></div>
`)}</fieldset>`
}

/** Any of a list. */
export function checkboxes ({ name, label, choices }: { readonly name: string, readonly label: string, readonly choices: readonly Choice[] }): Markup {
  return markup`<fieldset class="kern-fieldset"><legend class="kern-label">${label}</legend>
${choices.map(choice => markup`<div class="kern-form-check"><input class="kern-form-check__checkbox" type="checkbox" id="${name}-${choice.value}" name="${name}" value="${choice.value}"><label class="kern-label" for="${name}-${choice.value}">${choice.text}</label></div>
`)}</fieldset>`
}

export function submitButton (text: string, kind: 'primary' | 'secondary' | 'tertiary' = 'primary'): Markup {
  return markup`<button class="kern-btn kern-btn--${kind}"><span class="kern-label">${text}</span></button>`
}
