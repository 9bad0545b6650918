import { readFileSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import t from 'tap'
import { roles, type Role } from '../../core/permission.ts'
import { findAccount, listAccounts } from '../../sql/accounts.ts'
import { listApiTokens } from '../../sql/api-tokens.ts'
import { approve } from '../../sql/approvals.ts'
import { writeLog } from '../../sql/audit-log.ts'
import { addJob, findJob, listJobs } from '../../sql/jobs.ts'
import { publish } from '../../sql/publish.ts'
import { saveEdition } from '../../sql/save.ts'
import { recordFailure } from '../../sql/sign-in-failures.ts'
import { workshopRoutes } from '../../workshop/app.ts'
import { smallProject } from '../small-project.ts'
import { tilesOf } from '../server/serve-tiny.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, goodPassword, openBrowser, openDoor } from './door.ts'
import { openRooms } from './open-rooms.ts'

/** Runs where it stands in a text, and where it stands in an attribute. */
const script = '"><img src=x onerror=alert(1)>\'</script>'
const formulas = ['=HYPERLINK("https://evil.example")', '+1', '-1+1', '@SUM(A1)', ' =1+1', '\t=1+1', '\u00a0=1']

t.test('what strangers and colleagues of other atlases try in the Werkstatt', async t => {
  const { root, projectsDir, database, lines } = await openRooms(t)
  const { app, workshop } = await openDoor(database, lines)
  for (const atlas of ['small', 'other']) await lines.worker.createAtlas(atlas)
  const lead = await addPerson(database, 'lead@town.example', [{ atlas: 'small', role: 'admin' }], true)
  const stranger = await addPerson(database, 'stranger@elsewhere.example', [{ atlas: 'other', role: 'admin' }])
  const enter = async (email: string) => {
    const browser = openBrowser(app)
    await browser.signIn(email)
    await browser.get('/werkstatt/konto')
    return browser
  }

  /** An address of a route, its parts filled in. */
  const fill = (route: string, parts: Readonly<Record<string, string>>) => `/werkstatt${route.replace(/:(\w+)/g, (_, name: string) => parts[name] ?? 'x')}`
  /** All that people have done so far, in one text. */
  const traces = async () => JSON.stringify([
    await database.query('select count(*)::int as log from atlas.audit_log'), await database.query('select job::text, state, is_unwanted from atlas.jobs order by 1'),
    await listAccounts(database, 'small'), await listAccounts(database, 'other'), await listApiTokens(database, 'small'), await listApiTokens(database, 'other'),
    await database.query('select * from atlas.workshop_settings'), await database.query('select edition, account from atlas.approvals order by 1, 2'),
    await database.query('select count(*)::int as sessions from atlas.sessions'), await database.query('select count(*)::int as invitations from atlas.invitations'),
    (await readdir(projectsDir, { recursive: true })).toSorted(),
  ])

  await t.test('no form is taken that did not come from a page of ours in the same session', async t => {
    const [own, other] = [await enter('lead@town.example'), await enter('lead@town.example')]
    const foreign = /name="_form" value="([^"]+)"/.exec((await other.get('/werkstatt/konto')).body)![1]!
    const visitor = openBrowser(app)
    const fromBefore = /name="_form" value="([^"]+)"/.exec((await visitor.get('/werkstatt/anmelden')).body)![1]!
    const before = await traces()
    const posts = workshopRoutes.filter(({ method }) => method === 'POST')
    t.ok(posts.length > 25)
    for (const { path: route, needs } of posts) {
      const url = fill(route, { atlas: 'small', account: lead })
      for (const [why, answer] of [
        ['no token', await own.post(url, { _form: '' })],
        ['of another browser', await own.post(url, { _form: foreign })],
        ['of before signing in', await own.post(url, { _form: fromBefore })],
        ['two tokens', await own.post(url, { _form: ['x', foreign] })],
        ['of another site', await own.post(url, {}, { 'sec-fetch-site': 'cross-site' })],
        ['of a neighbour under the same domain', await own.post(url, {}, { 'sec-fetch-site': 'same-site' })],
        ['as plain text', await app.inject({ method: 'POST', url, headers: { cookie: cookiesOf(own), 'content-type': 'text/plain' }, payload: '_form=x' })],
        ['with files', await app.inject({ method: 'POST', url: `${url}?_form=${foreign}`, headers: { cookie: cookiesOf(own), 'content-type': 'multipart/form-data; boundary=x' }, payload: '--x--\r\n' })],
        ['with nothing', await app.inject({ method: 'POST', url, headers: { cookie: cookiesOf(own) } })],
      ] as const) t.equal(answer.statusCode, 403, `${url}: ${why}${needs === 'everybody' ? ' (everybody)' : ''}`)
      await own.get('/werkstatt/konto')
    }
    t.equal(await traces(), before, 'nothing has changed')
  })

  await t.test('a form in a shape that none of ours has is refused in words', async t => {
    const browser = await enter('lead@town.example')
    const token = /name="_form" value="([^"]+)"/.exec((await browser.get('/werkstatt/konto')).body)![1]!
    for (const { path: route } of workshopRoutes.filter(({ method }) => method === 'POST')) {
      if (route === '/abmelden') continue
      const url = fill(route, { atlas: 'small', account: lead, form: 'atlas' })
      const sent = { method: 'POST', headers: { cookie: cookiesOf(browser), 'content-type': 'multipart/form-data; boundary=x' } } as const
      for (const payload of ['--x--\r\n', '', 'hello', '--x\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\nabc']) {
        const answer = await app.inject({ ...sent, url: `${url}?_form=${token}`, payload })
        t.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${url} ${JSON.stringify(payload)}: ${answer.statusCode}`)
      }
      const { statusCode } = await app.inject({ ...sent, url: `${url}?_form=${token}`, headers: { ...sent.headers, 'content-type': 'multipart/form-data' }, payload: 'x' })
      t.ok(statusCode >= 400 && statusCode < 500, `${url} without a boundary: ${statusCode}`)
    }
    t.same(await readdir(path.join(projectsDir, 'small', 'inbox')), [], 'a file that was cut off is not kept')
  })

  await t.test('no role of another atlas opens a route, and no id of another atlas is good for anything in one\'s own', async t => {
    const edition = tinyEdition({ atlas: { ...tinyEdition().atlas, id: 'small', title: 'Secret plans' } })
    await saveEdition(database, edition, [])
    const job = await addJob(database, { atlas: 'small', kind: 'check', facts: {}, account: lead, name: 'lead' })
    const annas = await enter('lead@town.example')
    await annas.get('/werkstatt/small/zugaenge')
    await annas.post('/werkstatt/small/zugaenge', { label: 'Secret plans', actions: 'deliver', days: '9' })
    const { token } = (await listApiTokens(database, 'small'))[0]!
    for (const role of roles) await addPerson(database, `${role}@elsewhere.example`, [{ atlas: 'other', role }])
    const browsers = new Map<Role, Awaited<ReturnType<typeof enter>>>()
    for (const role of roles) browsers.set(role, await enter(`${role}@elsewhere.example`))
    const before = await traces()
    for (const { method, path: route } of workshopRoutes.filter(({ path }) => path.startsWith('/:atlas'))) {
      const parts = { job: String(job), auftrag: String(job), account: lead, token, edition: edition.id, form: 'atlas', '*': '' }
      for (const [role, browser] of browsers) {
        const send = async (url: string) => method === 'GET' ? await browser.get(url) : await browser.post(url, { edition: edition.id, account: lead, role: 'none', typed: 'small' })
        t.equal((await send(fill(route, { ...parts, atlas: 'small' }))).statusCode, 404, `${role} ${method} ${route}`)
      }
      if (method === 'POST' && !route.endsWith('/:job/abbrechen') && !route.includes(':account') && !route.includes(':token')) continue
      const own = browsers.get('admin')!
      await own.get('/werkstatt/konto')
      const answer = method === 'GET' ? await own.get(fill(route, { ...parts, atlas: 'other' })) : await own.post(fill(route, { ...parts, atlas: 'other' }), { role: 'none' })
      t.ok(answer.statusCode < 500, `${method} ${route}: ${answer.statusCode}`)
      t.notMatch(answer.body, /Secret plans|lead@town/)
    }
    t.match(await findJob(database, 'small', job), { state: 'waiting' })
    t.match(await listApiTokens(database, 'small'), [{ token }])
    t.match(await findAccount(database, lead), { memberships: [{ role: 'admin' }] })
    const ignored = (text: string) => text.replace(/\{"log":\d+\}/, '')
    t.equal(ignored(await traces()), ignored(before))
  })

  await t.test('no part of an address and no name of a file leads anywhere else', async t => {
    t.equal((await openBrowser(app).signIn('lead\0@town.example')).statusCode, 400, 'a sign that no database holds')
    await writeFile(path.join(root, 'canary.yaml'), 'CANARY')
    for (const [name, text] of Object.entries(smallProject)) await writeFile(path.join(projectsDir, 'small', name), text)
    const browser = await enter('lead@town.example')
    const outside = async () => (await readdir(root)).filter(name => name !== 'data').toSorted()
    const before = await outside()
    for (const { method, path: route } of workshopRoutes) {
      for (const name of [...route.matchAll(/:(\w+)/g)].map(([, name]) => name!)) {
        for (const bad of ['..%2f..%2fcanary.yaml', '%2e%2e', '..%5c..%5ccanary.yaml', '%00', '..%2f..%2fcanary%00.yaml', '%ff', 'a'.repeat(300), '__proto__', 'constructor', "'%3b--"]) {
          const url = fill(route, { atlas: 'small', [name]: bad })
          const answer = method === 'GET' ? await browser.get(url) : await browser.post(url)
          t.ok(answer.statusCode < 500 && !answer.body.includes('CANARY'), `${method} ${url}: ${answer.statusCode}`)
          if (route === '/sprache/:language') await browser.get('/werkstatt/sprache/de')
        }
      }
    }
    await browser.get('/werkstatt/small/lieferungen')
    const token = /_form=([^"]+)"/.exec((await browser.get('/werkstatt/small/lieferungen')).body)![1]!
    for (const name of ['../../canary.yaml', '..\\..\\canary.csv', 'vault/secret.csv', `${'x'.repeat(5000)}.csv`]) {
      const payload = `--x\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\n\r\na;b\n${name.length};2\n\r\n--x--\r\n`
      const answer = await app.inject({ method: 'POST', url: `/werkstatt/small/lieferungen?_form=${token}`, headers: { cookie: cookiesOf(browser), 'content-type': 'multipart/form-data; boundary=x' }, payload })
      t.ok(answer.statusCode < 500, `${name}: ${answer.statusCode}`)
    }
    t.same(await outside(), before)
    t.equal(readFileSync(path.join(root, 'canary.yaml'), 'utf8'), 'CANARY')
    t.equal(readFileSync(path.join(projectsDir, 'small', 'atlas.yaml'), 'utf8'), smallProject['atlas.yaml'])
    for (const name of await readdir(path.join(projectsDir, 'small', 'inbox'))) t.match(name, /^[0-9a-f]{64}(\.json)?$/)
  })

  await t.test('a script that somebody typed, in whatever field, runs on no page', async t => {
    const hostile = (id: string, title: string) => {
      const tiny = tinyEdition()
      const everywhere = JSON.parse(JSON.stringify({ ...tiny, id: undefined }, (key, value: unknown) =>
        ['title', 'name', 'de', 'en', 'publisher', 'attribution', 'municipality', 'legalBasis'].includes(key) && typeof value === 'string' ? `${value}${script}` : value)) as typeof tiny
      return tinyEdition({ ...everywhere, atlas: { ...everywhere.atlas, id, title: `${title}${script}` }, notes: [{ de: script }] })
    }
    const [current, draft] = [hostile('small', 'Eins'), hostile('small', 'Zwei')]
    for (const edition of [current, draft]) await saveEdition(database, edition, await tilesOf(edition))
    await publish(database, current.id, { de: script, en: script })
    await approve(database, { edition: draft.id, atlas: 'small', account: stranger, name: script })
    const job = await addJob(database, { atlas: 'small', kind: 'withdraw', facts: { edition: current.id, reason: script, note: script, noteEnglish: script }, account: lead, name: script })
    await database.query('update atlas.jobs set progress = $2::jsonb, state = \'running\', codes = $3 where job = $1', [job, JSON.stringify({ station: script, done: 1, total: 2, label: script }), [script]])
    for (const action of ['withdrawn', 'sign-in-failed', 'file-received'] as const) {
      for (const atlas of ['small', null]) await writeLog(database, { name: script, atlas, action, fromEdition: script, toEdition: script, details: { reason: script, files: script, [script]: script } })
    }
    const browser = await enter('lead@town.example')
    await browser.get('/werkstatt/small/leute')
    t.match((await browser.post('/werkstatt/small/leute', { name: script, email: 'script@town.example', role: 'reader' })).body, /einladung/)
    await database.query('update atlas.accounts set name = $1', [script])
    await browser.get('/werkstatt/small/zugaenge')
    await browser.post('/werkstatt/small/zugaenge', { label: script, actions: 'deliver', days: '9' })
    const folder = path.join(projectsDir, 'small')
    await writeFile(path.join(folder, 'atlas.yaml'), smallProject['atlas.yaml'].replace('title: Sozialraum-Atlas Kleinstadt', `title: ${JSON.stringify(script)}`).replace('title: Bestand', `title: ${JSON.stringify(script)}`))
    await workshop.workerOf('small').sendFile({ name: `${script}.csv`, by: script, body: (await import('node:stream')).Readable.from([Buffer.from(`${script};b\n1;${script}\n`)]) })
    await mkdir(path.join(folder, 'vault', 'reports'), { recursive: true })
    let pages = 0
    for (const { path: route } of workshopRoutes.filter(({ method, path }) => method === 'GET' && !path.startsWith('/anmelden/'))) {
      for (const parts of [{ atlas: 'small', job: String(job), auftrag: String(job), edition: draft.id, form: 'atlas' }, { atlas: 'small', form: 'delivery', item: 'register', edition: draft.id, job: String(job) }]) {
        const answer = await browser.get(fill(route, parts).replace('/*', '/small'))
        if (!String(answer.headers['content-type']).startsWith('text/html')) continue
        pages++
        t.notMatch(answer.body, /<img src=x|'<\/script>/, fill(route, parts))
      }
    }
    t.ok(pages > 25)
    for (const page of ['small', 'small/karte/sgb2-share/2024-12-31', 'small/kennzahl/sgb2-share', 'small/gebiet/sozialraum/01']) {
      for (const suffix of ['', '.svg']) t.notMatch((await browser.get(`/werkstatt/small/entwurf/${draft.id}/${page}${suffix}`)).body, /<img src=x/)
    }
    for (const query of ['vergleich?kennzahl=sgb2-share', 'angaben?suche=%22%3E%3Cimg+src%3Dx%3E', 'vergleich?entwurf=%22%3E%3Cimg+src%3Dx%3E', 'protokoll?vor=%22%3E%3Cimg+src%3Dx%3E']) {
      t.notMatch((await browser.get(`/werkstatt/small/${query}`)).body, /<img src=x/, query)
    }
    for (const [where, fields] of [['veroeffentlichen', { edition: draft.id, note: `${script}${'x'.repeat(2000)}` }], ['leute', { name: script, email: script, role: script }], ['zugaenge', { label: script, days: script }], ['projektdatei', { hash: script, text: script }], ['angaben/atlas', { 'w:title': script, 'f:title': script }]] as const) {
      await browser.get('/werkstatt/konto')
      t.notMatch((await browser.post(`/werkstatt/small/${where}`, fields)).body, /<img src=x/, where)
    }
  })

  await t.test('no table that leaves runs as a formula', async t => {
    for (const name of formulas) await writeLog(database, { name, atlas: 'small', action: 'withdrawn', details: { [name]: name } })
    const browser = await enter('lead@town.example')
    const areas = (text: string) => tinyEdition().levels.map(level => ({ ...level, areas: level.areas.map(area => ({ ...area, name: text })) }))
    for (const formula of formulas) {
      const tiny = tinyEdition()
      const draft = tinyEdition({ levels: areas(formula), atlas: { ...tiny.atlas, id: 'small', title: formula, municipality: formula }, indicators: tiny.indicators.map(one => ({ ...one, label: { de: formula }, unit: { de: formula } })), deliveries: tiny.deliveries.map(one => ({ ...one, attribution: formula, publisher: formula, title: formula })) })
      await saveEdition(database, draft, await tilesOf(draft))
      for (const url of ['protokoll.csv', `vergleich.csv?entwurf=${draft.id}`, `entwurf/${draft.id}/small/karte/sgb2-share/2024-12-31.csv`]) {
        const answer = await browser.get(`/werkstatt/small/${url}`)
        t.equal(answer.statusCode, 200, url)
        for (const cell of cellsOf(answer.body)) t.notMatch(cell, /^[\s\u00a0]*[=+@]|^[\s\u00a0]*-(?!\d+(,\d+)?$)./, `${url}: ${cell}`)
      }
    }
  })

  await t.test('every answer, errors as well, says what a browser may do with it', async t => {
    const browser = await enter('lead@town.example')
    const urls = [...workshopRoutes.filter(({ method }) => method === 'GET').map(({ path: route }) => fill(route, { atlas: 'small' })), '/nowhere', '/werkstatt/%zz', '/werkstatt/%', '/assets/nothing.js', `/werkstatt/${'x'.repeat(3000)}`, '/werkstatt/programm/small/auftraege/1']
    const answers = [
      ...await Promise.all(urls.map(async url => [url, await openBrowser(app).get(url)] as const)),
      ['post', await browser.post('/werkstatt/small/leute', { _form: '' })] as const,
      ['too large', await browser.post('/werkstatt/anmelden', { email: 'x'.repeat(5_000_000) })] as const,
      ['broken', await app.inject({ method: 'POST', url: '/werkstatt/anmelden', headers: { 'content-type': 'application/json' }, payload: '{' })] as const,
      ['unknown type', await app.inject({ method: 'POST', url: '/werkstatt/anmelden', headers: { 'content-type': 'image/png' }, payload: 'x' })] as const,
      ['unknown method', await app.inject({ method: 'DELETE', url: '/werkstatt/anmelden' })] as const,
    ]
    for (const [url, { headers, statusCode, body }] of answers) {
      t.match(headers, { 'x-content-type-options': 'nosniff', 'referrer-policy': /origin/, 'cache-control': /no-store/ }, url)
      t.match(headers['content-security-policy'], /default-src 'none'.*frame-ancestors 'none'/, url)
      t.match(headers['x-robots-tag'], 'noindex', url)
      t.ok(statusCode < 500, `${url}: ${statusCode}`)
      t.notMatch(body, /at \w+ \(|node_modules|FST_ERR/, url)
      t.notOk(headers['x-powered-by'] ?? headers['server'], url)
    }
  })

  await t.test('guessing from one address ends for that address, and no header gives it another one', async t => {
    const seen = workshop.key.digest('sign-in by address', '192.0.2.99')
    for (let i = 0; i < 50; i++) await recordFailure(database, seen)
    t.equal((await openBrowser(app, '192.0.2.99').signIn('lead@town.example')).statusCode, 429)
    t.equal((await openBrowser(app, '203.0.113.5, 192.0.2.99').signIn('lead@town.example')).statusCode, 429, 'the proxy names the last one')
    t.equal((await openBrowser(app, '192.0.2.98').signIn('lead@town.example')).statusCode, 303)
    const direct = await openDoor(database, { key: workshop.key }, { trustedProxies: ['10.0.0.1'] })
    for (let i = 0; i < 50; i++) await recordFailure(database, workshop.key.digest('sign-in by address', '127.0.0.1'))
    t.equal((await openBrowser(direct.app, '198.51.100.7').signIn('lead@town.example')).statusCode, 429, 'who is no proxy cannot name another address')
    await direct.app.close()
  })

  await t.test('guessing the password of an open session waits like guessing at the door', async t => {
    await addPerson(database, 'open@town.example', [])
    const [browser, elsewhere] = [await enter('open@town.example'), await enter('open@town.example')]
    const next = 'Fahrrad Nebel Streichholz'
    t.match((await browser.post('/werkstatt/konto/passwort', { password: goodPassword, 'new-password': next })).body, /geändert/)
    t.equal((await elsewhere.get('/werkstatt')).statusCode, 401, 'a new password ends every other session')
    for (let i = 0; i < 5; i++) t.equal((await browser.post('/werkstatt/konto/passwort', { password: `guess ${i} of a passer-by`, 'new-password': 'Gartenzaun Zitrone Bahnhof' })).statusCode, 400)
    const waiting = await browser.post('/werkstatt/konto/passwort', { password: next, 'new-password': 'Gartenzaun Zitrone Bahnhof' })
    t.equal(waiting.statusCode, 400)
    t.match(waiting.body, /Zu viele|warten/)
    t.equal((await browser.post('/werkstatt/konto/einmalcodes/abschalten', { password: next })).statusCode, 400)
  })

  await t.test('nothing of all this asked for a job', async t => {
    t.same((await listJobs(database, 'other')).map(({ kind }) => kind), [])
  })
})

function cookiesOf ({ cookies }: ReturnType<typeof openBrowser>): string {
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

/** Cells of a CSV with semicolons, as a spreadsheet sees them. */
function cellsOf (text: string): string[] {
  return [...text.replace(/^\ufeff/, '').matchAll(/(?:^|;|\r\n)(?:"((?:[^"]|"")*)"|([^;\r\n"]*))/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}
