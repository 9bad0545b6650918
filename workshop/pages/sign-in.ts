import { markup, when, type Markup } from '../../render/markup.ts'
import { formatHeldForm, type HeldForm } from '../held-form.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { form, hidden, submitButton, textField, typedHtml } from './form.ts'
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
    content: markup`${when(workshop.singleSignOn !== null, () => elsewhereHtml({ workshop, visitor }, target, held))}
${form(visitor, at(workshop, 'anmelden'), markup`${target === undefined ? null : hidden('_target', target)}${held === undefined ? null : hidden('_held', formatHeldForm(held))}
${textField({ name: 'email', label: texts.signIn.email, type: 'email', value: email, fills: 'username' })}
${textField({ name: 'password', label: texts.signIn.password, type: 'password', fills: 'current-password' })}
${textField({ name: 'code', label: texts.signIn.code, hint: texts.signIn.codeHint, fills: 'one-time-code', inputMode: 'numeric', isOptional: true })}
${submitButton(texts.signIn.submit)}`)}
<p class="small">${texts.signIn.forgotten}</p>`,
  })
}

/** With something typed that is not sent yet the way leads over another window, because it cannot be taken along to the provider. */
function elsewhereHtml ({ workshop, visitor }: PageCall, target: string | undefined, held: HeldForm | undefined): Markup {
  const { signIn: texts } = getWorkshopTexts(visitor.language)
  const address = `${at(workshop, 'anmelden/konto')}${target === undefined ? '' : `?zu=${encodeURIComponent(target)}`}`
  const link = (text: string, attributes: Markup | null = null) => markup`<p><a class="kern-btn kern-btn--primary" href="${address}"${attributes}><span class="kern-label">${text}</span></a></p>`
  if (!held) {
    return markup`${link(texts.elsewhere)}
<h2>${texts.orHere}</h2>`
  }
  return markup`${link(texts.elsewhereInWindow, markup` target="_blank" rel="noopener"`)}
${form(visitor, at(workshop, 'anmelden/weiter'), markup`${hidden('_held', formatHeldForm(held))}
${submitButton(texts.signedInThere, 'secondary')}`)}
<h2>${texts.orHere}</h2>`
}

/** What somebody had typed before their session ended, for sending now. */
export function heldFormPage ({ workshop, visitor, held }: PageCall & { readonly held: HeldForm }): string {
  const { signIn } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    title: signIn.heldTitle,
    content: markup`<p class="lead">${signIn.heldText}</p>
${form(visitor, `${workshop.base}${held.path}`, markup`${typedHtml(held)}
${held.fields.map(([name, value]) => hidden(name, value))}
${submitButton(signIn.heldSubmit)}`)}
<p><a href="${at(workshop)}">${signIn.heldDiscard}</a></p>`,
  })
}
