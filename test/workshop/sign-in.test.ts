import { TOTP, Secret } from 'otpauth'
import type { Test } from 'tap'
import { hasOperator, listAccounts } from '../../sql/accounts.ts'
import { listLog } from '../../sql/audit-log.ts'
import type { Database } from '../../sql/connection.ts'
import type { Route } from '../../workshop/routes.ts'
import { onBothEngines } from '../both-engines.ts'
import { hashToken } from '../../workshop/accounts/secret-token.ts'
import { addPerson, goodPassword, openBrowser, openDoor } from './door.ts'

onBothEngines('the door of the Werkstatt', suite)

async function suite (t: Test, database: Database): Promise<void> {
  const admin = (atlas: string) => [{ atlas, role: 'admin' } as const]
  await addPerson(database, 'anna@town.example', admin('musterstadt'))
  await addPerson(database, 'ben@town.example', [{ atlas: 'musterstadt', role: 'reader' }])
  await addPerson(database, 'carla@elsewhere.example', admin('anderswo'))
  await addPerson(database, 'it@town.example', [], true)

  await t.test('e-mail and password open the door, in any case of letters; the session cookie is for this host only', async t => {
    const { app } = await openDoor(database)
    const browser = openBrowser(app)
    const answer = await browser.signIn('Anna@Town.example')
    t.equal(answer.statusCode, 303)
    t.equal(answer.headers.location, '/werkstatt')
    const cookie = answer.cookies.find(({ name }) => name === '__Host-atlas-session') as Record<string, unknown> | undefined
    t.match(cookie, { path: '/', httpOnly: true, secure: true, sameSite: 'Lax' })
    t.notOk(cookie?.['domain'])
    t.match((await browser.get('/werkstatt')).body, /musterstadt/)
  })

  await t.test('every page refuses to be kept, framed, indexed or scripted from elsewhere', async t => {
    const { app } = await openDoor(database)
    const { headers } = await openBrowser(app).get('/werkstatt/anmelden')
    t.match(headers, { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow', 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
    t.match(headers['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/)
  })

  await t.test('a wrong e-mail, a wrong password and a wrong code get the same answer', async t => {
    const { app } = await openDoor(database)
    const say = async (email: string, password: string) => {
      const { statusCode, body } = await openBrowser(app, '192.0.2.7').signIn(email, password)
      return { statusCode, text: /class="notice[^>]*><p>([^<]*)/.exec(body)?.[1] }
    }
    const wrong = await say('anna@town.example', 'not this one at all')
    t.equal(wrong.statusCode, 401)
    t.same(await say('nobody@town.example', goodPassword), wrong)
  })

  await t.test('a session planted before signing in is worth nothing after it', async t => {
    const { app } = await openDoor(database)
    const browser = openBrowser(app)
    browser.cookies.set('__Host-atlas-session', 'A'.repeat(43))
    await browser.signIn('anna@town.example')
    t.not(browser.cookies.get('__Host-atlas-session'), 'A'.repeat(43))
    const thief = openBrowser(app)
    thief.cookies.set('__Host-atlas-session', 'A'.repeat(43))
    t.equal((await thief.get('/werkstatt')).statusCode, 401)
  })

  await t.test('signing in twice gives two sessions; signing out ends its own; signing out everywhere the others', async t => {
    const { app } = await openDoor(database)
    const [one, two] = [openBrowser(app), openBrowser(app)]
    await one.signIn('ben@town.example')
    await two.signIn('ben@town.example')
    await one.get('/werkstatt/konto')
    const stolen = two.cookies.get('__Host-atlas-session')!
    t.match((await one.post('/werkstatt/konto/ueberall-abmelden')).body, /beendet/)
    t.equal((await two.get('/werkstatt')).statusCode, 401)
    await one.post('/werkstatt/abmelden')
    t.equal((await one.get('/werkstatt')).statusCode, 401)
    const thief = openBrowser(app)
    thief.cookies.set('__Host-atlas-session', stolen)
    t.equal((await thief.get('/werkstatt')).statusCode, 401)
  })

  await t.test('an idle session ends, and so does one that lasted too long', async t => {
    const { app, workshop } = await openDoor(database)
    const browser = openBrowser(app)
    const age = async (column: 'seen_at' | 'created_at', seconds: number) => {
      await database.query(`update atlas.sessions set ${column} = now() - make_interval(secs => $1) where token_hash = $2`, [seconds, hashToken(browser.cookies.get('__Host-atlas-session')!)])
      return (await browser.get('/werkstatt')).statusCode
    }
    const { idleSeconds, absoluteSeconds } = workshop.limits
    await browser.signIn('ben@town.example')
    t.equal(await age('seen_at', idleSeconds - 60), 200)
    t.equal(await age('created_at', absoluteSeconds - 60), 200)
    t.equal(await age('created_at', absoluteSeconds + 1), 401)
    await browser.signIn('ben@town.example')
    t.equal(await age('seen_at', idleSeconds + 1), 401)
  })

  await t.test('what was typed when a session had ended is sent again after signing in', async t => {
    const { app } = await openDoor(database)
    const browser = openBrowser(app)
    await browser.signIn('anna@town.example')
    await browser.get('/werkstatt/musterstadt/leute')
    browser.cookies.delete('__Host-atlas-session')
    const door = await browser.post('/werkstatt/musterstadt/leute', { name: 'Dörte "D" <b>', email: 'doerte@town.example', role: 'reader', password: 'secret' })
    t.equal(door.statusCode, 401)
    t.match(door.body, /nicht verloren/)
    t.notMatch(door.body, 'secret')
    const held = /name="_held" value="([^"]*)"/.exec(door.body)![1]!.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
    const again = await browser.post('/werkstatt/anmelden', { email: 'anna@town.example', password: goodPassword, code: '', _held: held })
    t.equal(again.statusCode, 200)
    t.match(again.body, /action="\/werkstatt\/musterstadt\/leute"/)
    t.match(again.body, /Dörte &quot;D&quot; &lt;b&gt;/)
    const sent = await browser.post('/werkstatt/musterstadt/leute', { name: 'Dörte', email: 'doerte@town.example', role: 'reader' })
    t.match(sent.body, /https:\/\/town\.example\/werkstatt\/einladung\/[\w-]{43}/)
  })

  await t.test('a form without its token, with one of another browser, or sent by another site changes nothing', async t => {
    const { app } = await openDoor(database)
    const [anna, other] = [openBrowser(app), openBrowser(app)]
    await anna.signIn('anna@town.example')
    await anna.get('/werkstatt/musterstadt/leute')
    await other.signIn('anna@town.example')
    const foreign = /name="_form" value="([^"]+)"/.exec((await other.get('/werkstatt/musterstadt/leute')).body)![1]!
    const fields = { name: 'Eve', email: 'eve@evil.example', role: 'admin' }
    t.equal((await anna.post('/werkstatt/musterstadt/leute', { ...fields, _form: '' })).statusCode, 403)
    t.equal((await anna.post('/werkstatt/musterstadt/leute', { ...fields, _form: foreign })).statusCode, 403)
    await anna.get('/werkstatt/musterstadt/leute')
    t.equal((await anna.post('/werkstatt/musterstadt/leute', fields, { 'sec-fetch-site': 'cross-site' })).statusCode, 403)
    const log = await listLog(database, { atlas: 'musterstadt', limit: 50 })
    t.notOk(log.some(({ details }) => details['person'] === 'Eve'))
  })

  await t.test('no redirect leads out of the Werkstatt', async t => {
    const { app } = await openDoor(database)
    const browser = openBrowser(app)
    for (const target of ['https://evil.example', '//evil.example', '/werkstatt//evil.example', '/werkstatt/../musterstadt', '/werkstatt/%2e%2E/musterstadt', '/werkstatt/..?x', '/\\evil.example', 'javascript:alert(1)', '/werkstatt\n/x']) {
      const { headers } = await browser.get(`/werkstatt/sprache/en?zu=${encodeURIComponent(target)}`)
      t.equal(headers.location, '/werkstatt', target)
      await browser.get('/werkstatt/anmelden')
      const answer = await browser.post('/werkstatt/anmelden', { email: 'ben@town.example', password: goodPassword, code: '', _target: target })
      t.equal(answer.headers.location, '/werkstatt', target)
      browser.cookies.clear()
    }
  })

  await t.test('after five failures an account waits, longer each time, and the right password does not help; another address of the office still works', async t => {
    let now = 0
    const { app } = await openDoor(database, { now: () => now })
    await addPerson(database, 'frida@town.example', [])
    const browser = openBrowser(app, '192.0.2.9')
    for (let i = 0; i < 5; i++) t.equal((await browser.signIn('frida@town.example', 'wrong wrong wrong')).statusCode, 401)
    const waiting = await browser.signIn('frida@town.example')
    t.equal(waiting.statusCode, 429)
    t.ok(Number(waiting.headers['retry-after']) <= 60 && Number(waiting.headers['retry-after']) > 30)
    t.equal((await openBrowser(app, '192.0.2.10').signIn('frida@town.example')).statusCode, 429, 'the account waits, wherever from')
    t.equal((await browser.signIn('ben@town.example')).statusCode, 303, 'a colleague at the same address does not')
    now += 1
  })

  await t.test('a hundred guesses at once get no more tries than a hundred in a row', async t => {
    const { app } = await openDoor(database)
    await addPerson(database, 'greta@town.example', [])
    const browser = openBrowser(app, '192.0.2.11')
    await browser.get('/werkstatt/anmelden')
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => browser.post('/werkstatt/anmelden', { email: 'greta@town.example', password: `guess number ${i} of many`, code: '' })))
    t.equal(answers.filter(({ statusCode }) => statusCode === 401).length, 5)
    t.equal(answers.filter(({ statusCode }) => statusCode === 429).length, 15)
  })

  await t.test('with one-time codes a password alone is not enough, and a code counts once', async t => {
    const at = Date.parse('2026-11-23T10:00:00Z')
    let now = at
    const { app } = await openDoor(database, { now: () => now })
    await addPerson(database, 'hanna@town.example', [])
    const browser = openBrowser(app, '192.0.2.12')
    await browser.signIn('hanna@town.example')
    const page = await browser.get('/werkstatt/konto/einmalcodes')
    const base32 = /class="secret-key">([A-Z2-7 ]+)</.exec(page.body)![1]!.replaceAll(' ', '')
    const totp = new TOTP({ secret: Secret.fromBase32(base32) })
    const sealed = /name="secret" value="([^"]+)"/.exec(page.body)![1]!
    t.equal((await browser.post('/werkstatt/konto/einmalcodes', { secret: sealed, password: goodPassword, code: '000000' })).statusCode, 400)
    t.equal((await browser.post('/werkstatt/konto/einmalcodes', { secret: sealed, password: 'somebody at an open browser', code: totp.generate({ timestamp: now }) })).statusCode, 400)
    t.match((await browser.post('/werkstatt/konto/einmalcodes', { secret: sealed, password: goodPassword, code: totp.generate({ timestamp: now }) })).body, /jetzt eingerichtet/)

    const next = openBrowser(app, '192.0.2.13')
    t.match((await next.signIn('hanna@town.example')).body, /Einmalcode ein/)
    t.equal((await next.signIn('hanna@town.example', goodPassword, totp.generate({ timestamp: now }))).statusCode, 401, 'the code of the set-up is used')
    now = at + 60_000
    const code = totp.generate({ timestamp: now })
    t.equal((await next.signIn('hanna@town.example', goodPassword, code)).statusCode, 303)
    t.equal((await openBrowser(app, '192.0.2.14').signIn('hanna@town.example', goodPassword, code)).statusCode, 401, 'somebody read it over her shoulder')
  })

  await t.test('an invitation works once; a password that everybody would try is not taken', async t => {
    const { app } = await openDoor(database)
    const anna = openBrowser(app)
    await anna.signIn('anna@town.example')
    await anna.get('/werkstatt/musterstadt/leute')
    const invited = await anna.post('/werkstatt/musterstadt/leute', { name: 'Ida Petersen', email: 'ida@town.example', role: 'editor' })
    const link = /https:\/\/town\.example(\/werkstatt\/einladung\/[\w-]{43})/.exec(invited.body)![1]!
    const ida = openBrowser(app)
    t.match((await ida.get(link)).body, /Ida Petersen/)
    for (const password of ['kurz', 'passwort12345678', 'ida.petersen99', 'aaaaaaaaaaaaaaa', 'abcdefghijklmnop', 'Sozialraum2026!']) t.equal((await ida.post(link, { password })).statusCode, 400, password)
    t.equal((await ida.post(link, { password: goodPassword })).statusCode, 303)
    t.match((await ida.get('/werkstatt')).body, /musterstadt.*Redaktion/s)
    t.equal((await openBrowser(app).get(link)).statusCode, 404)
    const account = (await listAccounts(database, 'musterstadt')).find(({ email }) => email === 'ida@town.example')!
    t.same(account.memberships, [{ atlas: 'musterstadt', role: 'editor' }])
  })

  await t.test('every route of one atlas is closed to every role of another one, as if the atlas did not exist', async t => {
    const routes: Route[] = []
    const { app } = await openDoor(database, {}, { onRoute: route => routes.push(route) })
    const carla = openBrowser(app, '192.0.2.20')
    await carla.signIn('carla@elsewhere.example')
    await carla.get('/werkstatt/konto')
    const own = routes.filter(({ path }) => path.startsWith('/:atlas'))
    t.ok(own.length >= 12)
    for (const { method, path } of own) {
      const url = `/werkstatt${path.replace(':atlas', 'musterstadt').replace(/:(\w+)/g, 'x')}`
      const answer = method === 'GET' ? await carla.get(url) : await carla.post(url)
      const unknown = method === 'GET' ? await carla.get(url.replace('musterstadt', 'nowhere')) : await carla.post(url.replace('musterstadt', 'nowhere'))
      t.equal(answer.statusCode, 404, `${method} ${url}`)
      t.equal(unknown.statusCode, 404)
    }
  })

  await t.test('a reader opens nothing that is for the lead, and a visitor nothing at all', async t => {
    const routes: Route[] = []
    const { app } = await openDoor(database, {}, { onRoute: route => routes.push(route) })
    const ben = openBrowser(app, '192.0.2.21')
    await ben.signIn('ben@town.example')
    await ben.get('/werkstatt/konto')
    const visitor = openBrowser(app, '192.0.2.22')
    await visitor.get('/werkstatt/anmelden')
    for (const { method, path, needs } of routes.filter(({ needs }) => needs !== 'everybody')) {
      const url = `/werkstatt${path.replace(':atlas', 'musterstadt').replace(/:(\w+)/g, 'x')}`
      t.equal((method === 'GET' ? await visitor.get(url) : await visitor.post(url)).statusCode, 401, `visitor ${method} ${url}`)
      if (needs === 'person' || needs === 'preview') continue
      const status = (method === 'GET' ? await ben.get(url) : await ben.post(url)).statusCode
      t.equal(status, needs === 'operator' ? 404 : 403, `reader ${method} ${url}`)
    }
  })

  await t.test('a role that is taken away while somebody works is gone with the next click', async t => {
    const { app } = await openDoor(database)
    await addPerson(database, 'jan@town.example', admin('musterstadt'))
    const [anna, jan] = [openBrowser(app), openBrowser(app)]
    await jan.signIn('jan@town.example')
    t.equal((await jan.get('/werkstatt/musterstadt/leute')).statusCode, 200)
    await anna.signIn('anna@town.example')
    await anna.get('/werkstatt/musterstadt/leute')
    const { account } = (await listAccounts(database, 'musterstadt')).find(({ email }) => email === 'jan@town.example')!
    t.match((await anna.post(`/werkstatt/musterstadt/leute/${account}`, { role: 'reader' })).body, /geändert/)
    t.equal((await jan.get('/werkstatt/musterstadt/leute')).statusCode, 403)
  })

  await t.test('nobody takes the last lead of an atlas away, nor changes their own role', async t => {
    const { app } = await openDoor(database)
    const carla = openBrowser(app)
    await carla.signIn('carla@elsewhere.example')
    await carla.get('/werkstatt/anderswo/leute')
    const { account } = (await listAccounts(database, 'anderswo'))[0]!
    t.match((await carla.post(`/werkstatt/anderswo/leute/${account}`, { role: 'none' })).body, /jemand anderes/)
    t.equal((await listAccounts(database, 'anderswo')).length, 1)
  })

  await t.test('the log tells who did what, keeps every text harmless, and cannot be changed', async t => {
    const { app } = await openDoor(database)
    const anna = openBrowser(app)
    await anna.signIn('anna@town.example')
    await anna.get('/werkstatt/musterstadt/leute')
    await anna.post('/werkstatt/musterstadt/leute', { name: '<script>alert(1)</script>', email: 'x@town.example', role: 'reader' })
    const page = await anna.get('/werkstatt/musterstadt/protokoll')
    t.match(page.body, /hat jemanden eingeladen/)
    t.notMatch(page.body, /<script>/)
    await t.rejects(database.query("update atlas.audit_log set name = 'nobody'"))
    await t.rejects(database.query('delete from atlas.audit_log'))
    await t.rejects(database.query('truncate atlas.audit_log'))
    t.ok((await listLog(database, { atlas: 'musterstadt', limit: 10 })).length > 0)
  })

  await t.test('what cannot be a form is refused in words, and a form too large as well', async t => {
    const { app } = await openDoor(database)
    const browser = openBrowser(app)
    await browser.get('/werkstatt/anmelden')
    t.equal((await app.inject({ method: 'POST', url: '/werkstatt/anmelden', headers: { 'content-type': 'application/json' }, payload: '{"email":' })).statusCode, 400)
    t.equal((await browser.post('/werkstatt/anmelden', { email: 'x'.repeat(5_000_000) })).statusCode, 413)
    t.equal((await browser.get('/werkstatt/gibt/es/nicht')).statusCode, 404)
  })

  await t.test('behind a path every link and redirect stays below it', async t => {
    const { app } = await openDoor(database, { base: '/sozialatlas', publicUrl: () => 'https://town.example/sozialatlas' })
    const browser = openBrowser(app)
    const page = await browser.get('/sozialatlas/werkstatt/anmelden')
    t.notMatch(page.body, /(href|action)="\/(?!sozialatlas\/)/)
    const answer = await browser.post('/sozialatlas/werkstatt/anmelden', { email: 'anna@town.example', password: goodPassword, code: '', _target: '/werkstatt/musterstadt/leute' })
    t.equal(answer.headers.location, '/sozialatlas/werkstatt/musterstadt/leute')
    t.match((await browser.get('/sozialatlas/werkstatt/musterstadt/leute')).body, /anna@town\.example/)
  })

  t.ok(await hasOperator(database))
}
