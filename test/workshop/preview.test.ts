import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { pageHeaders } from '../../server/security-headers.ts'
import { findOwner } from '../../sql/embedded-lock.ts'
import { openDatabase } from '../../sql/open.ts'
import { publish } from '../../sql/publish.ts'
import { saveEdition } from '../../sql/save.ts'
import { tilesOf } from '../server/serve-tiny.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, openBrowser, openDoor } from './door.ts'

t.test('a draft through the pages that readers will get', async t => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-preview-'))
  t.after(async () => {
    while (findOwner(dataDir)) await delay(100)
    rmSync(dataDir, { recursive: true, force: true })
  })
  const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
  const current = tinyEdition()
  const { atlas } = current
  const draft = tinyEdition({ notes: [{ de: 'Nur im Entwurf.' }] })
  const elsewhere = tinyEdition({ atlas: { ...atlas, id: 'elsewhere', title: 'Secret plans' } })
  for (const edition of [current, draft, elsewhere]) await saveEdition(database, edition, await tilesOf(edition))
  await publish(database, current.id)
  await addPerson(database, 'rita@town.example', [{ atlas: atlas.id, role: 'reader' }])
  await addPerson(database, 'otto@town.example', [{ atlas: 'elsewhere', role: 'admin' }])
  const { app } = await openDoor(database, { publicUrl: () => 'https://town.example/sozialatlas', base: '/sozialatlas' })
  const rita = openBrowser(app)
  await rita.signIn('rita@town.example')
  const base = `/werkstatt/${atlas.id}/entwurf/${draft.id}`

  await t.test('every page says that it is a draft, is kept nowhere and is for no search engine', async t => {
    for (const page of [`/${atlas.id}`, `/${atlas.id}/karte/sgb2-share/2024-12-31`, `/${atlas.id}/kennzahl/sgb2-share`, `/${atlas.id}/gebiet/sozialraum/01`, `/${atlas.id}/nowhere`]) {
      const { headers, body } = await rita.get(`${base}${page}`)
      t.match(body, `Entwurf ${draft.id}, nicht veröffentlicht.`, page)
      t.match(body, 'href="/sozialatlas/werkstatt/tiny">Zurück zur Werkstatt')
      t.equal(headers['cache-control'], 'no-store, private')
      t.match(headers['x-robots-tag'], 'noindex')
      t.equal(headers['content-security-policy'], pageHeaders['content-security-policy'])
      t.notOk(headers.etag)
    }
    t.match((await rita.get(`${base}/${atlas.id}`)).body, 'Nur im Entwurf.')
  })

  await t.test('no link leads out of it, but back to the Werkstatt and to licences', async t => {
    for (const page of [`/${atlas.id}`, `/${atlas.id}/karte/sgb2-share/2024-12-31`, `/${atlas.id}/gebiet/sozialraum/01`]) {
      const { body } = await rita.get(`${base}${page}`)
      const links = [...body.matchAll(/(?:href|src|action)="([^"#]+)/g)].map(([, link]) => link!)
      const outside = links.filter(link => !link.startsWith(`/sozialatlas${base}`) && !link.startsWith(`https://town.example/sozialatlas${base}`) && !link.startsWith('mailto:'))
      t.same(new Set(outside.filter(link => !link.startsWith('https://creativecommons.org/') && !link.startsWith('https://www.govdata.de/'))), new Set(['/sozialatlas/werkstatt/tiny']), page)
    }
    t.equal((await rita.get(`${base}`)).headers.location, `/sozialatlas${base}/${atlas.id}`)
  })

  await t.test('data, pictures and tables are marked or at least for nobody else: no other site may read them', async t => {
    t.match((await rita.get(`${base}/${atlas.id}/karte/sgb2-share/2024-12-31.csv`)).body, `Entwurf ${draft.id}`)
    t.match((await rita.get(`${base}/${atlas.id}/karte/sgb2-share/2024-12-31.svg`)).body, `Entwurf ${draft.id}`)
    for (const file of [`/${atlas.id}/karte/sgb2-share/2024-12-31.json`, `/${atlas.id}/values/${draft.id}/sozialraum/sgb2-share.json`, `/${atlas.id}/geometry/gaaaaaaaaaaaa/sozialraum.topo.json`]) {
      const { statusCode, headers } = await rita.get(`${base}${file}`)
      t.equal(statusCode, 200, file)
      t.equal(headers['cache-control'], 'no-store, private')
      t.notOk(headers['access-control-allow-origin'])
    }
  })

  await t.test('who is not of the atlas learns nothing, and an edition of another atlas cannot be reached from here', async t => {
    const otto = openBrowser(app)
    await otto.signIn('otto@town.example')
    t.equal((await otto.get(`${base}/${atlas.id}`)).statusCode, 404)
    t.equal((await openBrowser(app).get(`${base}/${atlas.id}`)).statusCode, 401)
    for (const path of [`/werkstatt/${atlas.id}/entwurf/${elsewhere.id}/elsewhere`, `${base}/elsewhere`, `/werkstatt/${atlas.id}/entwurf/e000000000000/${atlas.id}`]) {
      const { statusCode, body } = await rita.get(path)
      t.equal(statusCode, 404, path)
      t.notMatch(body, 'Secret plans')
    }
  })

  await t.test('what was published is no draft any more', async t => {
    t.equal((await rita.get(`/werkstatt/${atlas.id}/entwurf/${current.id}/${atlas.id}`)).statusCode, 404)
    await publish(database, draft.id)
    t.equal((await rita.get(`${base}/${atlas.id}`)).statusCode, 404)
  })

  await app.close()
  await database.close()
})
