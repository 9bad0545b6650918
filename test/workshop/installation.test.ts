import type { Test } from 'tap'
import { problem } from '../../core/problem.ts'
import { mayReset } from '../../core/permission.ts'
import { findAccount, findAccountByEmail } from '../../sql/accounts.ts'
import { listLog } from '../../sql/audit-log.ts'
import type { Database } from '../../sql/connection.ts'
import { addJob } from '../../sql/jobs.ts'
import type { AtlasClient } from '../../worker/client.ts'
import { onBothEngines } from '../both-engines.ts'
import { addPerson, goodPassword, openBrowser, openDoor, type Browser } from './door.ts'

const otherPassword = 'Gartenzaun Zitrone Bahnhof'

onBothEngines('who looks after an installation', async (t: Test, database: Database) => {
  const lead = (atlas: string) => ({ atlas, role: 'admin' } as const)
  const refusals = new Map<string, ReturnType<typeof problem>>()
  const worker = { createAtlas: async () => undefined, listAtlases: async () => ['alt', 'neu'] }
  const workerOf = (): AtlasClient => ({ rename: async (to: string) => refusals.get(to), archive: async () => refusals.get('archive') }) as unknown as AtlasClient
  const { app } = await openDoor(database, { worker, workerOf })
  await addPerson(database, 'it@town.example', [], true)
  const anna = await addPerson(database, 'anna@town.example', [lead('alt')])
  const jan = await addPerson(database, 'jan@town.example', [{ atlas: 'alt', role: 'editor' }])
  const both = await addPerson(database, 'both@town.example', [{ atlas: 'alt', role: 'editor' }, { atlas: 'neu', role: 'reader' }])
  const enter = async (email: string, path: string, address: string): Promise<Browser> => {
    const browser = openBrowser(app, address)
    await browser.signIn(email)
    await browser.get(path)
    return browser
  }

  await t.test('disables an account at once and for all its sessions, enables it again, and not their own', async t => {
    const it = await enter('it@town.example', '/werkstatt/konten', '192.0.2.40')
    const working = await enter('jan@town.example', '/werkstatt', '192.0.2.41')
    t.match((await it.post(`/werkstatt/konten/${jan}/sperren`)).body, /ist gesperrt/)
    t.equal((await working.get('/werkstatt')).statusCode, 401)
    t.equal((await openBrowser(app, '192.0.2.42').signIn('jan@town.example')).statusCode, 401)
    await it.post(`/werkstatt/konten/${jan}/entsperren`)
    t.equal((await openBrowser(app, '192.0.2.43').signIn('jan@town.example')).statusCode, 303)
    const own = (await findAccountByEmail(database, 'it@town.example'))!.account
    t.equal((await it.post(`/werkstatt/konten/${own}/sperren`)).statusCode, 409)
    t.notOk((await findAccount(database, own))!.isDisabled)
  })

  await t.test('makes a link for a new password, which works once; who leads an atlas only for who is nowhere else', async t => {
    const annas = await enter('anna@town.example', '/werkstatt/alt/leute', '192.0.2.44')
    const made = await annas.post(`/werkstatt/alt/leute/${jan}/passwort`)
    const link = /https:\/\/town\.example(\/werkstatt\/einladung\/[\w-]{43})/.exec(made.body)![1]!
    const jans = openBrowser(app, '192.0.2.45')
    await jans.get(link)
    t.equal((await jans.post(link, { password: otherPassword })).statusCode, 303)
    t.equal((await openBrowser(app, '192.0.2.46').signIn('jan@town.example', otherPassword)).statusCode, 303)
    t.equal((await openBrowser(app, '192.0.2.47').signIn('jan@town.example', goodPassword)).statusCode, 401)
    t.match((await annas.post(`/werkstatt/alt/leute/${both}/passwort`)).body, /keinen Link/)
    t.match((await annas.post(`/werkstatt/alt/leute/${anna}/passwort`)).body, /keinen Link/)
    const it = await enter('it@town.example', '/werkstatt/konten', '192.0.2.48')
    t.match((await it.post(`/werkstatt/konten/${both}/passwort`)).body, /einladung\/[\w-]{43}/)
  })

  await t.test('nobody becomes who looks after the installation, or somebody of an atlas they do not lead', t => {
    const leads = { isOperator: false, memberships: [lead('alt')] }
    t.ok(mayReset(leads, { isOperator: false, memberships: [{ atlas: 'alt', role: 'admin' }] }))
    t.notOk(mayReset(leads, { isOperator: true, memberships: [{ atlas: 'alt', role: 'reader' }] }))
    t.notOk(mayReset(leads, { isOperator: false, memberships: [] }))
    t.notOk(mayReset(leads, leads))
    t.notOk(mayReset({ isOperator: false, memberships: [{ atlas: 'alt', role: 'approver' }] }, { isOperator: false, memberships: [{ atlas: 'alt', role: 'reader' }] }))
    t.end()
  })

  await t.test('renames an atlas with all that is known of it, or nothing where the worker refuses', async t => {
    const it = await enter('it@town.example', '/werkstatt', '192.0.2.49')
    refusals.set('besetzt', problem('worker-slug-taken', {}, { slug: 'besetzt' }))
    t.equal((await it.post('/werkstatt/atlanten/alt/umbenennen', { to: 'besetzt' })).statusCode, 400)
    t.same((await findAccount(database, jan))!.memberships, [{ atlas: 'alt', role: 'editor' }])
    t.equal((await it.post('/werkstatt/atlanten/alt/umbenennen', { to: '../x' })).statusCode, 400)
    t.match((await it.post('/werkstatt/atlanten/alt/umbenennen', { to: 'frisch' })).body, /heißt jetzt frisch/)
    t.same((await findAccount(database, jan))!.memberships, [{ atlas: 'frisch', role: 'editor' }])
    t.match((await listLog(database, { atlas: 'frisch', limit: 1 }))[0], { action: 'atlas-renamed', details: { from: 'alt' } })
  })

  await t.test('puts an atlas away once nothing runs and its name was typed; nobody has a role in it any more', async t => {
    const it = await enter('it@town.example', '/werkstatt', '192.0.2.50')
    t.match((await it.post('/werkstatt/atlanten/frisch/weglegen', { typed: 'frish' })).body, /Tippen Sie/)
    const job = await addJob(database, { atlas: 'frisch', kind: 'check', facts: {}, account: anna, name: 'Anna' })
    t.match((await it.post('/werkstatt/atlanten/frisch/weglegen', { typed: 'frisch' })).body, /läuft oder wartet/)
    await database.query("update atlas.jobs set state = 'done', ended_at = now() where job = $1", [job])
    t.match((await it.post('/werkstatt/atlanten/frisch/weglegen', { typed: 'frisch' })).body, /ist weggelegt/)
    t.same((await findAccount(database, both))!.memberships, [{ atlas: 'neu', role: 'reader' }])
  })
})
