import { markup } from '../../render/markup.ts'
import { formatHeldForm, type HeldForm } from '../held-form.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { form, hidden, submitButton, textField } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

export interface SignInPage extends PageCall {
  readonly email?: string
  /** Where to go afterwards. */
  readonly target?: string | undefined
  readonly held?: HeldForm | undefined
  readonly hasEnded?: boolean
  readonly notice?: Notice
}

/** The door. The code is asked for from the beginning, so that one form does for everybody and nobody learns who has codes. */
export function signInPage ({ workshop, visitor, email = '', target, held, hasEnded = false, notice }: SignInPage): string {
  const texts = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    title: texts.signIn.title,
    notice: notice ?? (hasEnded ? { kind: 'warning', text: texts.signIn.hasEnded } : undefined),
    content: markup`${form(visitor, at(workshop, 'anmelden'), markup`${target === undefined ? null : hidden('_target', target)}${held === undefined ? null : hidden('_held', formatHeldForm(held))}
${textField({ name: 'email', label: texts.signIn.email, type: 'email', value: email, fills: 'username' })}
${textField({ name: 'password', label: texts.signIn.password, type: 'password', fills: 'current-password' })}
${textField({ name: 'code', label: texts.signIn.code, hint: texts.signIn.codeHint, fills: 'one-time-code', inputMode: 'numeric', isOptional: true })}
${submitButton(texts.signIn.submit)}`)}
<p class="small">${texts.signIn.forgotten}</p>`,
  })
}

/** What somebody had typed before their session ended, for sending now. */
export function heldFormPage ({ workshop, visitor, held }: PageCall & { readonly held: HeldForm }): string {
  const { signIn } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    title: signIn.heldTitle,
    content: markup`<p class="lead">${signIn.heldText}</p>
${form(visitor, `${workshop.base}${held.path}`, markup`<dl>${held.fields.filter(([name]) => !name.startsWith('_')).map(([name, value]) => markup`<div><dt>${name}</dt><dd><pre>${value}</pre></dd></div>`)}</dl>
${held.fields.map(([name, value]) => hidden(name, value))}
${submitButton(signIn.heldSubmit)}`)}
<p><a href="${at(workshop)}">${signIn.heldDiscard}</a></p>`,
  })
}
