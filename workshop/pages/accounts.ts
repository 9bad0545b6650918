import { markup, when, type Markup } from '../../render/markup.ts'
import type { Account } from '../../sql/accounts.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'
import { invitedHtml, type InvitedPerson } from './people.ts'

interface AccountsPage extends PageCall {
  readonly accounts: readonly Account[]
  readonly notice?: Notice
  readonly invited?: InvitedPerson
}

/** Everybody who can sign in; in which atlas somebody has a role is said, because only then it is clear who is meant. */
export function accountsPage ({ workshop, visitor, accounts, notice, invited }: AccountsPage): string {
  const { accounts: texts, people } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    title: texts.title,
    notice,
    content: markup`${when(invited !== undefined, () => invitedHtml(visitor.language, invited!))}
<p class="lead">${texts.text}</p>
<div class="table-frame"><table>
<caption>${texts.title}</caption>
<thead><tr><th scope="col">${people.name}</th><th scope="col">${people.email}</th><th scope="col">${texts.atlases}</th><th scope="col">${people.codes}</th><th scope="col">${people.state}</th><th scope="col">${texts.todo}</th></tr></thead>
<tbody>${accounts.map(account => rowHtml({ workshop, visitor }, account))}</tbody>
</table></div>`,
  })
}

function rowHtml ({ workshop, visitor }: PageCall, { account, name, email, memberships, hasCodes, isDisabled, isOperator }: Account): Markup {
  const texts = getWorkshopTexts(visitor.language)
  const said = [...isOperator ? [texts.account.operator] : [], ...memberships.map(({ atlas, role }) => `${atlas}: ${texts.roles[role]}`)].join(', ')
  const isMe = account === accountOf(visitor).account
  const ask = (what: string, text: string) => form(visitor, at(workshop, `konten/${account}/${what}`), markup`<button class="kern-btn kern-btn--tertiary"><span class="kern-label">${text}<span class="visually-hidden">: ${name}</span></span></button>`)
  return markup`<tr><th scope="row">${name}</th><td>${email}</td><td>${said}</td><td>${hasCodes ? texts.yes : texts.no}</td><td>${isDisabled ? texts.people.disabled : texts.people.active}</td><td>${when(!isMe, () =>
    isDisabled ? ask('entsperren', texts.accounts.enable) : markup`${ask('passwort', texts.accounts.newPassword)}${ask('sperren', texts.accounts.disable)}`)}</td></tr>
`
}
