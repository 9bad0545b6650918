import { markup, when, type Markup } from '../../render/markup.ts'
import { codeAddress, formatCodeSecret } from '../accounts/one-time-code.ts'
import { qrPicture } from '../qr-code.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf, at } from '../workshop.ts'
import { form, hidden, submitButton, textField } from './form.ts'
import { workshopPage, type Notice, type PageCall } from './frame.ts'

/** What is wrong with what was typed, by field. */
export interface AccountFaults {
  readonly current?: string
  readonly wanted?: string
  readonly codes?: string
}

export function accountPage ({ workshop, visitor, notice, faults }: PageCall & { readonly notice: Notice | undefined, readonly faults: AccountFaults }): string {
  const texts = getWorkshopTexts(visitor.language)
  const account = accountOf(visitor)
  return workshopPage({
    workshop,
    visitor,
    title: texts.account.title,
    notice,
    content: markup`<p class="lead">${account.name}, ${account.email}</p>
<h2>${texts.account.roles}</h2>
${rolesHtml({ workshop, visitor })}
${when(account.hasPassword, () => markup`${passwordHtml({ workshop, visitor }, faults)}
${codesHtml({ workshop, visitor }, faults)}`)}
${when(!account.hasPassword, () => markup`<p>${texts.account.elsewhere}</p>`)}
<h2>${texts.account.everywhere}</h2>
<p>${texts.account.everywhereText}</p>
${form(visitor, at(workshop, 'konto/ueberall-abmelden'), submitButton(texts.account.everywhere, 'secondary'))}`,
  })
}

function rolesHtml ({ workshop, visitor }: PageCall): Markup {
  const texts = getWorkshopTexts(visitor.language)
  const { isOperator, memberships } = accountOf(visitor)
  if (!isOperator && memberships.length === 0) return markup`<p>${texts.account.noRoles}</p>`
  return markup`<ul>${isOperator ? markup`<li>${texts.account.operator}</li>` : null}${memberships.map(({ atlas, role }) =>
    markup`<li><a href="${at(workshop, atlas)}">${atlas}</a>: ${texts.roles[role]} (${texts.roleHints[role]})</li>`)}</ul>`
}

function passwordHtml ({ workshop, visitor }: PageCall, { current, wanted }: AccountFaults): Markup {
  const { account, password } = getWorkshopTexts(visitor.language)
  return markup`<h2>${account.changePassword}</h2>
${form(visitor, at(workshop, 'konto/passwort'), markup`${textField({ name: 'password', label: password.current, type: 'password', fault: current, fills: 'current-password' })}
${textField({ name: 'new-password', label: password.new, type: 'password', hint: password.hint, fault: wanted, fills: 'new-password' })}
${submitButton(account.changePassword, 'secondary')}`)}`
}

function codesHtml ({ workshop, visitor }: PageCall, { codes }: AccountFaults): Markup {
  const { account, password } = getWorkshopTexts(visitor.language)
  if (!accountOf(visitor).hasCodes) {
    return markup`<h2>${account.codes}</h2>
<p>${account.codesOff}</p>
<p><a class="kern-btn kern-btn--secondary" href="${at(workshop, 'konto/einmalcodes')}"><span class="kern-label">${account.setUpCodes}</span></a></p>`
  }
  return markup`<h2>${account.codes}</h2>
<p>${account.codesOn}</p>
<form method="post" action="${at(workshop, 'konto/einmalcodes/abschalten')}">${hidden('_form', visitor.formToken)}
<div class="kern-form-input"><label class="kern-label" for="codes-password">${password.current}</label>
<input class="kern-form-input__input" id="codes-password" name="password" type="password" autocomplete="current-password" required>${codes === undefined ? null : markup`<p class="fault">${codes}</p>`}</div>
${submitButton(account.removeCodes, 'secondary')}
</form>`
}

export function codesPage ({ workshop, visitor, secret, sealed, fault }: PageCall & {
  readonly secret: Uint8Array, readonly sealed: string, readonly fault: string | undefined,
}): string {
  const { account, password, workshop: issuer } = getWorkshopTexts(visitor.language)
  const address = codeAddress(secret, { issuer: `Sozialraum-Atlas ${issuer}`, account: accountOf(visitor).email })
  return workshopPage({
    workshop,
    visitor,
    title: account.setUpCodes,
    notice: fault === undefined ? undefined : { kind: 'danger', text: fault },
    content: markup`<p>${account.scan}</p>
${qrPicture(address, account.qr)}
<p>${account.secret}</p>
<p class="secret-key">${formatCodeSecret(secret)}</p>
${form(visitor, at(workshop, 'konto/einmalcodes'), markup`${hidden('secret', sealed)}
${textField({ name: 'password', label: password.current, type: 'password', fills: 'current-password' })}
${textField({ name: 'code', label: account.confirmCode, fills: 'one-time-code', inputMode: 'numeric' })}
${submitButton(account.setUpCodes)}`)}`,
  })
}
