import { may, programActions } from '../../core/permission.ts'
import { createApiToken, listApiTokens, revokeApiToken } from '../../sql/api-tokens.ts'
import { writeLog } from '../../sql/audit-log.ts'
import { hashToken, makeToken } from '../accounts/secret-token.ts'
import { tokensPage, type TokenForm } from '../pages/tokens.ts'
import type { Route, RouteCall } from '../routes.ts'
import { sendPage } from '../send-page.ts'
import { getWorkshopTexts } from '../texts.ts'
import { accountOf } from '../workshop.ts'

export const tokenRoutes: readonly Route[] = [
  { method: 'GET', path: '/:atlas/zugaenge', needs: 'people', handle: call => show(call) },
  { method: 'POST', path: '/:atlas/zugaenge', needs: 'people', handle: create },
  { method: 'POST', path: '/:atlas/zugaenge/:token/widerrufen', needs: 'people', handle: revoke },
]

/** A program that nobody looks after must not keep its key for ever. */
const longestDays = 400

async function show ({ workshop, visitor, reply, at: { atlas = '' } }: RouteCall, shown: { readonly secret?: string, readonly form?: TokenForm } = {}): Promise<unknown> {
  const tokens = await listApiTokens(workshop.database, atlas)
  return sendPage(reply, tokensPage({ workshop, visitor, atlas, tokens, now: workshop.now(), ...shown }), shown.form?.fault === undefined ? 200 : 400)
}

async function create (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, request, field, at: { atlas = '' } } = call
  const { tokens: texts } = getWorkshopTexts(visitor.language)
  const account = accountOf(visitor)
  const label = field('label').slice(0, 200)
  const chosen = [(request.body as Readonly<Record<string, unknown>>)['actions']].flat()
  // Nobody hands on more than they have.
  const granted = programActions.filter(action => chosen.includes(action) && may(account, action, atlas))
  const fault = label === '' ? texts.missingLabel : granted.length === 0 ? texts.missingActions : undefined
  if (fault !== undefined) return await show(call, { form: { label, fault } })
  const days = Number(field('days'))
  const secret = makeToken()
  const token = await createApiToken(workshop.database, {
    tokenHash: hashToken(secret),
    account: account.account,
    label,
    atlas,
    actions: granted,
    validDays: Number.isInteger(days) && days >= 1 ? Math.min(days, longestDays) : 90,
  })
  await writeLog(workshop.database, { account: account.account, name: account.name, atlas, action: 'token-created', details: { token, label, actions: granted.join(' ') } })
  return await show(call, { secret })
}

async function revoke (call: RouteCall): Promise<unknown> {
  const { workshop, visitor, at: { atlas = '', token = '' } } = call
  const { account, name } = accountOf(visitor)
  if (await revokeApiToken(workshop.database, atlas, token)) await writeLog(workshop.database, { account, name, atlas, action: 'token-revoked', details: { token } })
  return await show(call)
}
