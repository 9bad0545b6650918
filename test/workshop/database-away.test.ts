import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { parseConfig } from '../../server/config.ts'
import { serve } from '../../server/serve.ts'
import { addJob, findJob, listJobs, type Job } from '../../sql/jobs.ts'
import { migrate } from '../../sql/migrate.ts'
import { openDatabase } from '../../sql/open.ts'
import { publish } from '../../sql/publish.ts'
import { saveEdition } from '../../sql/save.ts'
import { openStore } from '../../sql/store.ts'
import { takeJobs } from '../../worker/take-jobs.ts'
import { startPostgres, whyNoPostgres } from '../postgres.ts'
import { testAssets, tilesOf } from '../server/serve-tiny.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'

t.test('a database that ends under load and comes back', { skip: whyNoPostgres() }, async t => {
  const postgres = await startPostgres()
  const cache = mkdtempSync(path.join(os.tmpdir(), 'atlas-away-'))
  await postgres.sql('postgres', 'create database atlas')
  const open = () => openDatabase({ dataDir: '/nowhere', databaseUrl: postgres.url('atlas'), role: 'owner', log: () => {} })
  const [database, workersDatabase] = [await open(), await open()]
  await migrate(database)
  const facts = tinyEdition().atlas
  const editionOf = (number: number) => tinyEdition({ atlas: { ...facts, title: `Ausgabe ${number}` } })
  const first = editionOf(0)
  await saveEdition(database, first, await tilesOf(first))
  await publish(database, first.id)
  const account = await addPerson(database, 'anna@town.example', [{ atlas: 'tiny', role: 'admin' }])
  const { app } = await openDoor(database)
  const store = await openStore({ dataDir: '/nowhere', databaseUrl: postgres.url('atlas'), role: 'server', log: () => {} })
  const server = await serve({ store, config: parseConfig({ ATLAS_PORT: '0', ATLAS_DATA: cache }), assets: testAssets })
  const errors: unknown[] = []
  const editions = { built: 0 }
  const worker = takeJobs({
    database: workersDatabase,
    pauseMilliseconds: 50,
    onError: error => errors.push(error),
    async run (_: Job) {
      const edition = editionOf(++editions.built)
      for (let i = 0; i < 5; i++) await saveEdition(workersDatabase, editionOf(100 * editions.built + i), [])
      await saveEdition(workersDatabase, edition, [])
      await publish(workersDatabase, edition.id)
      return { state: 'done', exitCode: 0, editions: [edition.id], codes: [] }
    },
  })
  t.after(async () => {
    await worker.stop()
    await server.close()
    await store.close()
    await database.close()
    await workersDatabase.close()
    await postgres.stop()
    rmSync(cache, { recursive: true, force: true })
  })
  const anna = openBrowser(app)
  await anna.signIn('anna@town.example')

  const seen = { public: new Set<number>(), workshop: new Set<number>() }
  const loading = new AbortController()
  const load = async (ask: () => Promise<number>, statuses: Set<number>) => {
    while (!loading.signal.aborted) {
      statuses.add(await ask())
      await delay(20)
    }
  }
  const loads = [
    ...[1, 2, 3].map(() => load(async () => (await fetch(`${server.url}/tiny`)).status, seen.public)),
    ...['/werkstatt', '/werkstatt/tiny', '/werkstatt/tiny/leute', '/werkstatt/tiny/protokoll'].map(url => load(async () => (await anna.get(url)).statusCode, seen.workshop)),
  ]

  await t.test('readers notice nothing, people hear that it failed, and everything goes on by itself afterwards, three times', async t => {
    for (let round = 1; round <= 3; round++) {
      await addJob(database, { atlas: 'tiny', kind: 'build', facts: {}, account, name: 'anna' })
      const builtBefore = editions.built
      for (let tries = 0; tries < 200 && editions.built === builtBefore; tries++) await delay(20)
      await delay(10 * round)
      await postgres.crash()
      await delay(500)
      t.equal((await fetch(`${server.url}/tiny`)).status, 200, 'a page of the public server needs no database')
      const away = await anna.get('/werkstatt/tiny')
      t.equal(away.statusCode, 503)
      t.equal(away.headers['retry-after'], '30')
      t.match(away.body, 'Die Datenbank der Werkstatt antwortet nicht')
      const typed = await anna.post('/werkstatt/tiny/zurueckziehen', { reason: 'Ein Satz, der lange zu tippen war.' })
      t.equal(typed.statusCode, 503)
      t.match(typed.body, 'Ein Satz, der lange zu tippen war.', 'and gets back what was typed')
      t.notMatch(away.body, /ECONN|postgres|terminat|at \w+ \(/)
      await postgres.start()
      for (let tries = 0; tries < 100 && (await anna.get('/werkstatt/tiny')).statusCode !== 200; tries++) await delay(50)
      t.equal((await anna.get('/werkstatt/tiny')).statusCode, 200, 'the session is still there')
    }
    loading.abort()
    await Promise.all(loads)
    t.same(seen.public, new Set([200]))
    t.same([...seen.workshop].filter(status => status < 500), [200], 'nobody is signed out, and nothing is said not to exist')
  })

  await t.test('no job runs for ever, and the next one works', async t => {
    // A job whose worker could not say how it ended counts as lost after its silence; that silence is over.
    await database.query("update atlas.jobs set beat_at = beat_at - interval '1 minute' where state = 'running'")
    const next = await addJob(database, { atlas: 'tiny', kind: 'build', facts: {}, account, name: 'anna' })
    for (let tries = 0; tries < 400 && (await findJob(database, 'tiny', next))?.state !== 'done'; tries++) await delay(50)
    t.match(await findJob(database, 'tiny', next), { state: 'done' })
    t.ok((await listJobs(database, 'tiny')).every(({ state }) => state === 'done' || state === 'failed'))
  })

  await t.test('exactly one edition is current, every one that is seen is whole, and readers get the last', async t => {
    const current = await database.query<{ edition: string }>("select edition from atlas.published_pointers where atlas = 'tiny'")
    t.equal(current.length, 1)
    const own = await openStore({ dataDir: '/nowhere', databaseUrl: postgres.url('atlas'), role: 'owner', log: () => {} })
    for (const { id, state } of await own.listEditions('tiny')) t.equal((await own.loadEdition(id))?.id, id, state)
    await own.close()
    let shown = ''
    for (let tries = 0; tries < 200 && !shown.includes(`Ausgabe ${editions.built}`); tries++) {
      shown = await (await fetch(`${server.url}/tiny`)).text()
      await delay(100)
    }
    t.match(shown, `Ausgabe ${editions.built}`)
    t.ok(errors.length > 0, 'the worker said what it met')
  })
})
