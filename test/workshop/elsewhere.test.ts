import t, { type Test } from 'tap'
import { listAccounts, setDisabled } from '../../sql/accounts.ts'
import { listLog } from '../../sql/audit-log.ts'
import type { Database } from '../../sql/connection.ts'
import { openSingleSignOn } from '../../workshop/accounts/single-sign-on.ts'
import { makeProxyNameReader } from '../../workshop/accounts/proxy-name.ts'
import { onBothEngines } from '../both-engines.ts'
import { addPerson, openBrowser, openDoor, type Browser } from './door.ts'
import { startProvider, type ProviderPerson } from './provider.ts'

const admin = [{ atlas: 'musterstadt', role: 'admin' } as const]

onBothEngines('signing in with the account of the town', async (t: Test, database: Database) => {
  const provider = await startProvider('werkstatt', 'secret')
  t.after(() => provider.close())
  const singleSignOn = openSingleSignOn({ issuer: provider.issuer, clientId: 'werkstatt', clientSecret: 'secret' })
  const { app } = await openDoor(database, { singleSignOn })
  const anna = await addPerson(database, 'anna@town.example', admin)

  async function signIn (person: ProviderPerson, browser: Browser = openBrowser(app), target = ''): Promise<{ readonly browser: Browser, readonly status: number, readonly body: string, readonly location: unknown }> {
    const left = await browser.get(`/werkstatt/anmelden/konto${target}`)
    t.equal(left.statusCode, 303)
    const back = await browser.get(provider.signIn(String(left.headers.location), person))
    return { browser, status: back.statusCode, body: back.body, location: back.headers.location }
  }

  await t.test('who has an account is found by e-mail once, and by the subject from then on', async t => {
    const { browser, location } = await signIn({ sub: 'a1', email: 'Anna@town.example' }, undefined, '?zu=/werkstatt/musterstadt/leute')
    t.equal(location, '/werkstatt/musterstadt/leute')
    t.match((await browser.get('/werkstatt/konto')).body, /anna@town\.example/)
    t.equal((await signIn({ sub: 'a1', email: 'anna.petersen@town.example' })).status, 303, 'she married')
    t.equal((await signIn({ sub: 'a2', email: 'anna@town.example' })).status, 403, 'her address went to somebody else')
  })

  await t.test('who was invited comes in without a password; who was not is told whom to ask', async t => {
    const lead = openBrowser(app, '192.0.2.30')
    await lead.signIn('anna@town.example')
    await lead.get('/werkstatt/musterstadt/leute')
    await lead.post('/werkstatt/musterstadt/leute', { name: 'Ida Petersen', email: 'ida@town.example', role: 'editor' })
    const { browser, status } = await signIn({ sub: 'i1', email: 'ida@town.example' })
    t.equal(status, 303)
    t.match((await browser.get('/werkstatt/konto')).body, /Passwort und Einmalcodes verwaltet Ihre IT/)
    t.match((await listAccounts(database, 'musterstadt')).find(({ name }) => name === 'Ida Petersen'), { hasPassword: false, memberships: [{ role: 'editor' }] })
    const stranger = await signIn({ sub: 'x1', email: 'x@town.example' })
    t.equal(stranger.status, 403)
    t.match(stranger.body, /Bitten Sie die Leitung/)
  })

  await t.test('an address that the provider does not vouch for, a foreign token and a forged answer let nobody in', async t => {
    await addPerson(database, 'jan@town.example', admin)
    t.equal((await signIn({ sub: 'j1', email: 'jan@town.example', changes: { email_verified: false } })).status, 403)
    for (const changes of [{ aud: 'other' }, { iss: 'https://elsewhere.example' }, { nonce: 'x' }, { exp: 1 }]) {
      t.equal((await signIn({ sub: 'j1', email: 'jan@town.example', changes })).status, 401, JSON.stringify(changes))
    }
    const browser = openBrowser(app)
    const left = await browser.get('/werkstatt/anmelden/konto')
    const back = provider.signIn(String(left.headers.location), { sub: 'j1', email: 'jan@town.example' })
    t.equal((await openBrowser(app).get(back)).statusCode, 401, 'in a browser that did not ask')
    t.equal((await browser.get(back.replace(/state=.*/, 'state=other'))).statusCode, 401)
    t.equal((await browser.get(back)).statusCode, 401, 'the trip was over')
  })

  await t.test('it leads nowhere else afterwards', async t => {
    t.equal((await signIn({ sub: 'a1', email: '' }, undefined, '?zu=https://evil.example')).location, '/werkstatt')
    t.equal((await signIn({ sub: 'a1', email: '' }, undefined, '?zu=//evil.example')).location, '/werkstatt')
  })

  await t.test('what was typed when the session ended is there after signing in in another window', async t => {
    const { browser } = await signIn({ sub: 'a1', email: '' })
    await browser.get('/werkstatt/musterstadt/leute')
    await database.query("update atlas.sessions set seen_at = now() - interval '1 day'")
    const ended = await browser.post('/werkstatt/musterstadt/leute', { name: 'Nora', email: 'nora@town.example', role: 'reader' })
    t.equal(ended.statusCode, 401)
    const held = /name="_held" value="([^"]+)"/.exec(ended.body)![1]!.replaceAll('&quot;', '"').replaceAll('&amp;', '&').replaceAll('&#34;', '"')
    const token = /name="_form" value="([^"]+)"/.exec(ended.body)![1]!
    await signIn({ sub: 'a1', email: '' }, browser)
    const shown = await browser.post('/werkstatt/anmelden/weiter', { _form: token, _held: held })
    t.match(shown.body, /nora@town\.example/)
    t.match((await browser.post('/werkstatt/musterstadt/leute', { name: 'Nora', email: 'nora@town.example', role: 'reader' })).body, /Dieser Link ist für Nora/)
  })

  await t.test('a disabled account stays out, whoever vouches for it', async t => {
    await setDisabled(database, anna, true)
    t.equal((await signIn({ sub: 'a1', email: 'anna@town.example' })).status, 403)
    await setDisabled(database, anna, false)
    t.match((await listLog(database, { atlas: null, limit: 50 })).filter(({ action }) => action === 'sign-in')[0], { details: { method: 'oidc' } })
  })
})

t.test('a provider that is away is said at the door, and asked again', async t => {
  const provider = await startProvider('werkstatt', 'secret')
  await provider.close()
  const singleSignOn = openSingleSignOn({ issuer: provider.issuer, clientId: 'werkstatt', clientSecret: 'secret' })
  for (const attempt of [1, 2]) await t.rejects(singleSignOn.leave('https://town.example/werkstatt/anmelden/zurueck'), { name: /Error/ }, String(attempt))
})

onBothEngines('signing in by the proxy in front', async (t: Test, database: Database) => {
  await addPerson(database, 'anna@town.example', admin)
  await addPerson(database, 'ben@town.example', [{ atlas: 'musterstadt', role: 'reader' }])
  const { app } = await openDoor(database, { readProxyName: makeProxyNameReader('x-remote-user', ['127.0.0.1']) })
  const cookies = new Map<string, string>()
  const ask = async (name: string | undefined, url: string, { payload, remoteAddress = '127.0.0.1' }: { readonly payload?: string, readonly remoteAddress?: string } = {}) => {
    const answer = await app.inject({
      method: payload === undefined ? 'GET' : 'POST',
      url,
      remoteAddress,
      headers: { cookie: [...cookies].map(([key, value]) => `${key}=${value}`).join('; '), ...name !== undefined && { 'x-remote-user': name }, ...payload !== undefined && { 'content-type': 'application/x-www-form-urlencoded' } },
      ...payload !== undefined && { payload },
    })
    for (const { name: key, value } of answer.cookies) cookies.set(key, value)
    return answer
  }

  await t.test('its word counts in each request, and nobody else may say it', async t => {
    t.match((await ask('Anna@Town.example', '/werkstatt/konto')).body, /anna@town\.example/)
    t.match((await ask('ben@town.example', '/werkstatt/konto')).body, /ben@town\.example/)
    t.equal((await ask('ben@town.example', '/werkstatt/musterstadt/leute')).statusCode, 403)
    t.equal((await ask(undefined, '/werkstatt/konto')).statusCode, 401)
    t.equal((await ask('nobody@town.example', '/werkstatt/konto')).statusCode, 401)
    cookies.clear()
    t.equal((await ask('anna@town.example', '/werkstatt/konto', { remoteAddress: '192.0.2.5' })).statusCode, 401)
  })

  await t.test('what was typed when the session ended is shown again for sending', async t => {
    await ask('anna@town.example', '/werkstatt/musterstadt/leute')
    await database.query("update atlas.sessions set seen_at = now() - interval '1 day'")
    const answer = await ask('anna@town.example', '/werkstatt/musterstadt/leute', { payload: 'name=Nora&email=nora%40town.example&role=reader&_form=old' })
    t.equal(answer.statusCode, 200)
    t.match(answer.body, /Ihre Eingaben sind noch da.*nora@town\.example/s)
    t.equal((await listAccounts(database, 'musterstadt')).length, 2)
  })
})

t.test('a proxy is known by its own address, in any network that is named', async t => {
  const read = makeProxyNameReader('x-remote-user', ['10.0.0.0/8', '::1'])
  const from = (remoteAddress: string) => read({ socket: { remoteAddress }, headers: { 'x-remote-user': 'a@town.example', 'x-forwarded-for': '10.0.0.1' } } as unknown as Parameters<typeof read>[0])?.email
  t.same(['10.1.2.3', '::ffff:10.1.2.3', '::1', '192.0.2.1', ''].map(from), ['a@town.example', 'a@town.example', 'a@town.example', undefined, undefined])
  t.equal(makeProxyNameReader('', ['127.0.0.1'])({ socket: { remoteAddress: '127.0.0.1' }, headers: {} } as unknown as Parameters<typeof read>[0]), undefined)
})
