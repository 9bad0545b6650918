import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import type { Test } from 'tap'
import { send } from '../../commands/send.ts'
import { parseConfig } from '../../server/config.ts'
import { setMemberships } from '../../sql/accounts.ts'
import { listApiTokens } from '../../sql/api-tokens.ts'
import { listLog } from '../../sql/audit-log.ts'
import type { Database } from '../../sql/connection.ts'
import { claimJob, endJob } from '../../sql/jobs.ts'
import { buildWorkerApp } from '../../worker/app.ts'
import { connectAtlas, connectWorker } from '../../worker/client.ts'
import { packageFile } from '../../worker/packages.ts'
import { onBothEngines } from '../both-engines.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'

onBothEngines('programs on other machines', async (t: Test, database: Database) => {
  const root = await mkdtemp(path.join(os.tmpdir(), 'atlas-p-'))
  const [projectsDir, socket] = [path.join(root, 'p'), path.join(root, 's')]
  const worker = buildWorkerApp({ projectsDir, onError: error => t.fail(String(error)) })
  await worker.listen({ path: socket })
  for (const atlas of ['alt', 'neu']) t.equal(await connectWorker(socket).createAtlas(atlas), undefined)
  const { app } = await openDoor(database, { worker: connectWorker(socket), workerOf: atlas => connectAtlas(socket, atlas) })
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(async () => {
    await app.close()
    await worker.close()
    await rm(root, { recursive: true, force: true })
  })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const anna = await addPerson(database, 'anna@town.example', [{ atlas: 'alt', role: 'admin' }, { atlas: 'neu', role: 'admin' }])
  const lead = openBrowser(app)
  await lead.signIn('anna@town.example')
  await lead.get('/werkstatt/alt/zugaenge')

  async function makeToken (actions: readonly string[]): Promise<string> {
    const page = await lead.post('/werkstatt/alt/zugaenge', { label: 'Baurechner', actions: [...actions], days: '30' })
    return /class="secret-key">([\w-]{43})</.exec(page.body)?.[1] ?? ''
  }
  async function sendAs (token: string, file: string, atlas = 'alt'): Promise<number> {
    return await send({ arguments: [file, `${origin}/werkstatt/${atlas}`], options: {}, language: 'de', config: parseConfig({ ATLAS_TOKEN: token }) })
  }
  const table = path.join(root, 'people.csv')
  await writeFile(table, 'Nr;Wert\n1;2\n')
  const inboxOf = async (atlas: string) => (await connectAtlas(socket, atlas).listInbox()).map(({ name, by }) => [name, by])

  await t.test('a token brings a file among the deliveries of its atlas, in its name, and is noted', async t => {
    const token = await makeToken(['deliver'])
    t.equal(await sendAs(token, table), 0)
    t.same(await inboxOf('alt'), [['people.csv', 'anna (Baurechner)']])
    t.equal(await sendAs(token, table), 0, 'sent again')
    t.equal((await inboxOf('alt')).length, 1)
    t.match((await listLog(database, { atlas: 'alt', limit: 1 }))[0], { action: 'file-received', name: 'anna (Baurechner)', details: { files: 'people.csv' } })
    t.ok((await listApiTokens(database, 'alt'))[0]!.usedAt)
  })

  await t.test('it is good for nothing else: not for another atlas, not for what it was not made for, not for a page', async t => {
    const token = await makeToken(['deliver'])
    const edition = path.join(root, 'e.atlas')
    await writeFile(edition, 'x')
    t.equal(await sendAs(token, table, 'neu'), 1)
    t.equal(await sendAs(token, edition), 1)
    t.equal(await sendAs('A'.repeat(43), table), 1)
    t.same(await inboxOf('neu'), [])
    t.equal(await claimJob(database, 'w'), undefined)
    t.equal((await app.inject({ url: '/werkstatt/alt', headers: { authorization: `Bearer ${token}` } })).statusCode, 401)
    t.equal((await lead.post('/werkstatt/programm/alt/lieferungen?name=a.csv', {}, { 'content-type': 'application/octet-stream' })).statusCode, 401, 'a session is no token')
  })

  await t.test('it ends when it expires, is revoked, or its maker loses the role', async t => {
    const [expired, revoked, kept] = [await makeToken(['deliver']), await makeToken(['deliver']), await makeToken(['deliver'])]
    const [, second, third] = await listApiTokens(database, 'alt')
    await database.query("update atlas.api_tokens set expires_at = now() - interval '1 second' where token = $1", [third!.token])
    t.match((await lead.post(`/werkstatt/alt/zugaenge/${second!.token}/widerrufen`)).body, /gilt nicht mehr/)
    t.equal(await sendAs(expired, table), 1)
    t.equal(await sendAs(revoked, table), 1)
    t.equal(await sendAs(kept, table), 0)
    await setMemberships(database, anna, 'alt', [{ atlas: 'alt', role: 'reader' }])
    t.equal(await sendAs(kept, table), 1)
    await setMemberships(database, anna, 'alt', [{ atlas: 'alt', role: 'admin' }])
  })

  await t.test('an edition becomes a job, whose end is told; what the worker does not show fails', async t => {
    const token = await makeToken(['publish'])
    const edition = path.join(root, 'e.atlas')
    await writeFile(edition, 'an edition')
    const run = async (state: 'done' | 'failed', editions: readonly string[], codes: readonly string[]) => {
      const sent = sendAs(token, edition)
      let job
      while (!(job = await claimJob(database, 'w')));
      t.match(job, { kind: 'receive', atlas: 'alt', name: 'anna (Baurechner)' })
      t.equal(await readFile(packageFile(path.join(projectsDir, 'alt'), job.facts.file!), 'utf8'), 'an edition')
      await endJob(database, job.job, 'w', { state, exitCode: 0, editions, codes })
      return await sent
    }
    t.equal(await run('done', ['e0123456789ab'], []), 0)
    t.equal(await run('failed', [], ['package-unreadable']), 1)
    t.notOk(existsSync(path.join(projectsDir, 'neu', 'packages')))
  })

  await t.test('a key goes to no address without TLS, and nowhere without one', async t => {
    const call = { options: {}, language: 'de' as const, config: parseConfig({ ATLAS_TOKEN: 'x' }) }
    await t.rejects(send({ ...call, arguments: [table, 'http://town.example/werkstatt/alt'] }), { name: 'UsageError' })
    await t.rejects(send({ ...call, arguments: [table, 'https://town.example/alt'] }), { name: 'UsageError' })
    await t.rejects(send({ ...call, config: parseConfig({}), arguments: [table, `${origin}/werkstatt/alt`] }), { message: /ATLAS_TOKEN/ })
    t.equal(await send({ ...call, arguments: [path.join(root, 'none.csv'), `${origin}/werkstatt/alt`] }), 1)
    t.equal(await send({ ...call, arguments: [table, 'http://127.0.0.1:9/werkstatt/alt'] }), 1)
  })
})
