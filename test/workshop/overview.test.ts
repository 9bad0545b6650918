import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { listLog } from '../../sql/audit-log.ts'
import { findOwner } from '../../sql/embedded-lock.ts'
import { cancelJob, claimJob, endJob, listJobs } from '../../sql/jobs.ts'
import { openDatabase } from '../../sql/open.ts'
import { saveEdition } from '../../sql/save.ts'
import { publish } from '../../sql/publish.ts'
import { logJob } from '../../worker/log-job.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'

t.test('the overview of an atlas in the Werkstatt', async t => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-overview-'))
  t.after(async () => {
    while (findOwner(dataDir)) await delay(100)
    rmSync(dataDir, { recursive: true, force: true })
  })
  const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
  const first = tinyEdition()
  const second = tinyEdition({ atlas: { ...first.atlas, title: 'Zweite Ausgabe' } })
  const elsewhere = tinyEdition({ atlas: { ...first.atlas, id: 'elsewhere' } })
  const atlas = first.atlas.id
  for (const edition of [first, second, elsewhere]) await saveEdition(database, edition, [])
  await publish(database, first.id)
  const member = (role: 'admin' | 'editor' | 'approver' | 'reader') => [{ atlas, role } as const]
  const anna = await addPerson(database, 'anna@town.example', member('admin'))
  await addPerson(database, 'paul@town.example', member('approver'))
  await addPerson(database, 'rita@town.example', member('reader'))
  await addPerson(database, 'eddi@town.example', member('editor'))

  async function enter (email: string) {
    const { app } = await openDoor(database)
    const browser = openBrowser(app)
    await browser.signIn(email)
    return browser
  }

  /** Runs what was asked for last, as a worker does. */
  async function runLast (outcome: { readonly editions: readonly string[] }, work = async () => {}): Promise<void> {
    const job = await claimJob(database, 'worker')
    const ended = await logJob(database, job!, async () => {
      await work()
      return { state: 'done', exitCode: 0, editions: outcome.editions, codes: [] }
    })
    await endJob(database, job!.job, 'worker', ended)
  }

  await t.test('the overview offers to everybody what their role allows, and nothing else', async t => {
    const path = `/werkstatt/${atlas}`
    const offers = async (email: string) => {
      const { body } = await (await enter(email)).get(path)
      return [...body.matchAll(/action="[^"]*\/(pruefen|bauen|freigeben|veroeffentlichen|zurueck|zurueckziehen|vier-augen)"/g)].map(([, name]) => name!)
    }
    t.same(new Set(await offers('anna@town.example')), new Set(['zurueckziehen', 'freigeben', 'veroeffentlichen', 'pruefen', 'bauen', 'vier-augen']))
    t.same(new Set(await offers('paul@town.example')), new Set(['zurueckziehen', 'freigeben', 'veroeffentlichen']))
    t.same(new Set(await offers('eddi@town.example')), new Set(['pruefen', 'bauen']))
    t.same(await offers('rita@town.example'), [])
  })

  await t.test('asking for a draft makes a job, whose page says how far it is; nothing asks for it twice by reloading', async t => {
    const browser = await enter('anna@town.example')
    await browser.get(`/werkstatt/${atlas}`)
    const answer = await browser.post(`/werkstatt/${atlas}/bauen`)
    t.equal(answer.statusCode, 303)
    const job = await browser.get(String(answer.headers.location))
    t.match(job.body, /wartet/)
    t.equal(job.headers.refresh, '3')
    await runLast({ editions: [second.id] })
    const ended = await browser.get(String(answer.headers.location))
    t.match(ended.body, second.id)
    t.notOk(ended.headers.refresh)
  })

  await t.test('where four eyes are wanted nobody publishes what they built before somebody else approved it', async t => {
    const [lead, approver] = [await enter('anna@town.example'), await enter('paul@town.example')]
    await lead.get(`/werkstatt/${atlas}`)
    t.match((await lead.post(`/werkstatt/${atlas}/vier-augen`, { audiences: 'public' })).body, /gespeichert/)
    t.match((await lead.post(`/werkstatt/${atlas}/freigeben`, { edition: second.id })).body, /nur jemand anderes freigeben/)
    t.equal((await lead.post(`/werkstatt/${atlas}/veroeffentlichen`, { edition: second.id })).statusCode, 400)
    t.equal((await listJobs(database, atlas)).filter(({ kind }) => kind === 'publish').length, 0)

    await approver.get(`/werkstatt/${atlas}`)
    t.match((await approver.post(`/werkstatt/${atlas}/freigeben`, { edition: second.id })).body, /Freigegeben von paul/)
    await approver.post(`/werkstatt/${atlas}/freigabe-zuruecknehmen`, { edition: second.id })
    t.equal((await lead.post(`/werkstatt/${atlas}/veroeffentlichen`, { edition: second.id })).statusCode, 400)
    await approver.post(`/werkstatt/${atlas}/freigeben`, { edition: second.id })
    t.equal((await lead.post(`/werkstatt/${atlas}/veroeffentlichen`, { edition: second.id })).statusCode, 303)
    await runLast({ editions: [second.id] }, async () => { await publish(database, second.id) })
  })

  await t.test('a note goes along with the job; a faulty one is refused and comes back as it was typed', async t => {
    const browser = await enter('anna@town.example')
    await browser.get(`/werkstatt/${atlas}`)
    const refused = await browser.post(`/werkstatt/${atlas}/veroeffentlichen`, { edition: second.id, note: '', 'note-en': 'Only <b>English</b>' })
    t.equal(refused.statusCode, 400)
    t.match(refused.body, 'braucht auch eine deutsche Fassung')
    t.equal((await browser.post(`/werkstatt/${atlas}/veroeffentlichen`, { edition: second.id, note: 'x'.repeat(1001) })).statusCode, 400)
    t.equal((await browser.post(`/werkstatt/${atlas}/veroeffentlichen`, { edition: second.id, note: ' Neu: 2025.\r\nDanke! ', 'note-en': 'New.' })).statusCode, 303)
    const [job] = await listJobs(database, atlas)
    t.strictSame(job!.facts, { edition: second.id, note: 'Neu: 2025.\nDanke!', noteEnglish: 'New.' })
    await cancelJob(database, atlas, job!.job)
  })

  await t.test('an edition of another atlas can neither be published, approved nor withdrawn from here', async t => {
    const browser = await enter('anna@town.example')
    await browser.get(`/werkstatt/${atlas}`)
    const before = (await listJobs(database, atlas)).length
    for (const path of ['veroeffentlichen', 'freigeben', 'zurueckziehen']) await browser.post(`/werkstatt/${atlas}/${path}`, { edition: elsewhere.id, reason: 'x' })
    t.equal((await listJobs(database, atlas)).length, before)
  })

  await t.test('withdrawing needs a reason, which waits as text and not as markup', async t => {
    const browser = await enter('anna@town.example')
    await browser.get(`/werkstatt/${atlas}`)
    t.equal((await browser.post(`/werkstatt/${atlas}/zurueckziehen`, { edition: first.id, reason: '  ' })).statusCode, 400)
    t.equal((await browser.post(`/werkstatt/${atlas}/zurueckziehen`, { edition: first.id, reason: '<img src=x onerror=alert(1)>' })).statusCode, 303)
    await runLast({ editions: [] })
    t.notMatch((await browser.get(`/werkstatt/${atlas}/protokoll`)).body, /<img/)
  })

  await t.test('the log tells the story: who built, who approved, from which edition to which the atlas went', async t => {
    const story = (await listLog(database, { atlas, limit: 50 })).toReversed().map(({ name, action, fromEdition, toEdition }) => [name, action, fromEdition, toEdition])
    t.same(story, [
      ['anna', 'built', first.id, second.id],
      ['anna', 'settings-changed', null, null],
      ['paul', 'approved', null, second.id],
      ['paul', 'approval-withdrawn', null, second.id],
      ['paul', 'approved', null, second.id],
      ['anna', 'published', first.id, second.id],
      ['anna', 'withdrawn', first.id, second.id],
    ])
    t.ok(anna)
  })

  await t.test('a job is seen and cancelled in its own atlas only', async t => {
    const browser = await enter('anna@town.example')
    await browser.get(`/werkstatt/${atlas}`)
    const { location } = (await browser.post(`/werkstatt/${atlas}/pruefen`)).headers
    const cancelled = await browser.post(`${String(location)}/abbrechen`)
    t.match(cancelled.body, /abgebrochen/)
    t.equal((await browser.get(`/werkstatt/${atlas}/auftraege/999999`)).statusCode, 404)
    t.equal((await browser.get(`/werkstatt/${atlas}/auftraege/1%20or%201`)).statusCode, 404)
  })

  await database.close()
})
