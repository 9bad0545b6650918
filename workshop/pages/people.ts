import type { Language } from '../../core/edition.ts'
import { mayReset, roles, type Role } from '../../core/permission.ts'
import { markup, when, type Markup } from '../../render/markup.ts'
import type { Account } from '../../sql/accounts.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form, radios, submitButton, textField } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

export interface InvitedPerson { readonly name: string, readonly address: string }

export interface InviteForm {
  readonly name: string
  readonly email: string
  readonly fault: { readonly name?: string, readonly email?: string }
}

interface PeoplePage extends PageCall {
  readonly atlas: string
  readonly people: readonly Account[]
  readonly notice?: Notice
  readonly invited?: InvitedPerson
  readonly form?: InviteForm
}

/** Who has a role in an atlas, and who shall get one. */
export function peoplePage (call: PeoplePage): string {
  const { workshop, visitor, atlas, people, notice, invited } = call
  const { people: texts } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    notice,
    content: markup`${when(invited !== undefined, () => invitedHtml(visitor.language, invited!))}
<div class="table-frame"><table>
<caption>${texts.title}</caption>
<thead><tr><th scope="col">${texts.name}</th><th scope="col">${texts.email}</th><th scope="col">${texts.role}</th><th scope="col">${texts.codes}</th><th scope="col">${texts.state}</th><th scope="col">${texts.password}</th></tr></thead>
<tbody>${people.map(person => rowHtml(call, person))}</tbody>
</table></div>
${inviteHtml(call)}`,
  })
}

/** A link that is shown once. */
export function invitedHtml (language: Language, { name, address }: InvitedPerson): Markup {
  return markup`<div class="notice notice-success" role="status"><p>${getWorkshopTexts(language).people.linkText(name)}</p>
<p class="secret-key">${address}</p></div>`
}

function rowHtml ({ workshop, visitor, atlas }: PeoplePage, person: Account): Markup {
  const { account, name, email, hasCodes, isDisabled, memberships } = person
  const texts = getWorkshopTexts(visitor.language)
  const own = memberships.filter(membership => membership.atlas === atlas)
  const said = own.map(({ role }) => texts.roles[role]).join(', ')
  const isMe = account === accountOf(visitor).account
  const choose = form(visitor, at(workshop, `${atlas}/leute/${account}`), markup`<label class="visually-hidden" for="role-${account}">${texts.people.role}: ${name}</label>
<select class="kern-form-input__select" id="role-${account}" name="role">${roleChoices(visitor.language).map(({ value, text }) =>
  markup`<option value="${value}"${value === own[0]?.role ? markup` selected` : null}>${text}</option>`)}<option value="none">${texts.people.remove}</option></select>
${submitButton(texts.people.change, 'tertiary')}`)
  return markup`<tr><th scope="row">${name}</th><td>${email}</td><td>${isMe ? said : choose}</td><td>${hasCodes ? texts.yes : texts.no}</td><td>${isDisabled ? texts.people.disabled : texts.people.active}</td><td>${when(mayReset(accountOf(visitor), person), () =>
    form(visitor, at(workshop, `${atlas}/leute/${account}/passwort`), submitButton(texts.accounts.newPassword, 'tertiary')))}</td></tr>
`
}

function inviteHtml ({ workshop, visitor, atlas, form: sent }: PeoplePage): Markup {
  const { people: texts } = getWorkshopTexts(visitor.language)
  return markup`<h2>${texts.invite}</h2>
<p>${texts.inviteText}</p>
${form(visitor, at(workshop, `${atlas}/leute`), markup`${textField({ name: 'name', label: texts.name, value: sent?.name ?? '', fault: sent?.fault.name })}
${textField({ name: 'email', label: texts.email, type: 'email', value: sent?.email ?? '', fault: sent?.fault.email })}
${radios({ name: 'role', label: texts.role, choices: roleChoices(visitor.language), value: 'editor' })}
${submitButton(texts.invite)}`)}`
}

function roleChoices (language: 'de' | 'en'): Array<{ readonly value: Role, readonly text: string, readonly hint: string }> {
  const texts = getWorkshopTexts(language)
  return roles.map(role => ({ value: role, text: texts.roles[role], hint: texts.roleHints[role] }))
}
