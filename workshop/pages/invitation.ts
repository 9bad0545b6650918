import { markup, type Markup } from '../../render/markup.ts'
import type { Invitation } from '../../sql/invitations.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at, type Visitor } from '../workshop.ts'
import { form, submitButton, textField } from './form.ts'
import { workshopPage, type PageCall } from './frame.ts'

/** What is wrong with what was typed, by field. */
export interface InvitationFaults { readonly name?: string, readonly email?: string, readonly password?: string }

export function invitationPage ({ workshop, visitor, invitation, token, faults }: PageCall & {
  readonly invitation: Invitation, readonly token: string, readonly faults: InvitationFaults,
}): string {
  const { invitation: texts, password } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    title: invitation.account === null ? texts.title : texts.newPassword,
    content: markup`${form(visitor, at(workshop, `einladung/${token}`), markup`${personHtml(visitor, invitation, faults)}
${textField({ name: 'password', label: password.new, type: 'password', hint: password.hint, fault: faults.password, fills: 'new-password' })}
${submitButton(texts.submit)}`)}`,
  })
}

/** Who was invited by name reads it; the first person of all types it. */
function personHtml ({ language }: Visitor, { name, email, isOperator }: Invitation, faults: InvitationFaults): Markup {
  const { invitation, people } = getWorkshopTexts(language)
  const isFirst = isOperator && (name === '' || faults.name !== undefined || faults.email !== undefined)
  if (!isFirst) return markup`<p class="lead">${invitation.text(name, email)}</p><input type="hidden" autocomplete="username" name="email" value="${email}"><input type="hidden" name="name" value="${name}">`
  return markup`<p class="lead">${invitation.first}</p>
${textField({ name: 'name', label: people.name, value: name, fault: faults.name, fills: 'name' })}
${textField({ name: 'email', label: people.email, type: 'email', value: email, fault: faults.email, fills: 'username' })}`
}

export function usedInvitationPage ({ workshop, visitor }: PageCall): string {
  const { invitation: texts } = getWorkshopTexts(visitor.language)
  return workshopPage({ workshop, visitor, title: texts.title, content: markup`<p class="lead">${texts.used}</p>` })
}
