import { programActions } from '../../core/permission.ts'
import { markup, type Markup } from '../../render/markup.ts'
import type { ApiToken } from '../../sql/api-tokens.ts'
import { formatMoment } from '../moment.ts'
import { getWorkshopTexts } from '../texts.ts'
import { at } from '../workshop.ts'
import { checkboxes, form, submitButton, textField } from './form.ts'
import { workshopPage, type PageCall } from './frame.ts'

export interface TokenForm { readonly label: string, readonly fault: string }

interface TokensPage extends PageCall {
  readonly atlas: string
  readonly tokens: ReadonlyArray<ApiToken & { readonly name: string }>
  readonly now: number
  /** Shown once, right after it was made. */
  readonly secret?: string
  readonly form?: TokenForm
}

/** With what keys programs may come in. */
export function tokensPage (call: TokensPage): string {
  const { workshop, visitor, atlas, tokens, secret, form: sent } = call
  const { tokens: texts } = getWorkshopTexts(visitor.language)
  return workshopPage({
    workshop,
    visitor,
    atlas,
    title: texts.title,
    notice: sent && { kind: 'danger', text: sent.fault },
    content: markup`<p class="lead">${texts.text}</p>
${secret === undefined ? null : markup`<div class="notice notice-success" role="status"><p>${texts.secretText}</p><p class="secret-key">${secret}</p></div>`}
${tokens.length === 0 ? markup`<p>${texts.none}</p>` : tableHtml(call)}
<h2>${texts.create}</h2>
${form(visitor, at(workshop, `${atlas}/zugaenge`), markup`${textField({ name: 'label', label: texts.label, hint: texts.labelHint, value: sent?.label ?? '' })}
${checkboxes({ name: 'actions', label: texts.actions, choices: programActions.map(value => ({ value, text: texts.actionNames[value] })) })}
${textField({ name: 'days', label: texts.days, value: '90', inputMode: 'numeric' })}
${submitButton(texts.create)}`)}`,
  })
}

function tableHtml ({ workshop, visitor, atlas, tokens, now }: TokensPage): Markup {
  const { tokens: texts } = getWorkshopTexts(visitor.language)
  const { language } = visitor
  return markup`<div class="table-frame"><table>
<caption>${texts.title}</caption>
<thead><tr><th scope="col">${texts.label}</th><th scope="col">${texts.owner}</th><th scope="col">${texts.actions}</th><th scope="col">${texts.expires}</th><th scope="col">${texts.used}</th><td></td></tr></thead>
<tbody>${tokens.map(({ token, label, name, actions: granted, expiresAt, usedAt, isRevoked }) => markup`<tr><th scope="row">${label}</th><td>${name}</td><td>${granted.map(action => texts.actionNames[action]).join(', ')}</td><td>${formatMoment(expiresAt, language)}</td><td>${usedAt === null ? texts.never : formatMoment(usedAt, language)}</td><td>${
  isRevoked || Date.parse(expiresAt) < now ? texts.revoked : form(visitor, at(workshop, `${atlas}/zugaenge/${token}/widerrufen`), submitButton(texts.revoke, 'tertiary'))}</td></tr>
`)}</tbody>
</table></div>`
}
