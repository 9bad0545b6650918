import { AxeBuilder } from '@axe-core/playwright'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { loadAssets } from '../../bundle.ts'
import { openPress } from '../../server/press/press.ts'
import { setApprovedAudiences } from '../../sql/approvals.ts'
import { findOwner } from '../../sql/embedded-lock.ts'
import { openDatabase } from '../../sql/open.ts'
import { publish } from '../../sql/publish.ts'
import { saveEdition } from '../../sql/save.ts'
import type { AtlasClient } from '../../worker/client.ts'
import { annotatedEdition } from '../annotated-edition.ts'
import { openBrowser } from '../browser.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { addPerson, goodPassword, openDoor } from '../workshop/door.ts'
import { visit } from './visit.ts'

t.test('the Freigabeblatt in a browser: for everybody, on every screen, and one click from paper', async t => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'atlas-sheet-page-'))
  const database = await openDatabase({ dataDir, role: 'owner', log: () => {} })
  const assets = await loadAssets()
  const press = openPress()
  const { app } = await openDoor(database, { press, assets: assets.urls, workerOf: () => ({ readEditionReport: async () => null }) as unknown as AtlasClient }, { assets })
  t.after(async () => {
    press.close()
    await app.close()
    await database.close()
    while (findOwner(dataDir)) await delay(100)
    rmSync(dataDir, { recursive: true, force: true })
  })
  const draft = annotatedEdition()
  for (const edition of [tinyEdition(), draft]) await saveEdition(database, edition, [])
  await publish(database, tinyEdition().id)
  await setApprovedAudiences(database, 'tiny', ['public'])
  await addPerson(database, 'rita@town.example', [{ atlas: 'tiny', role: 'reader' }])
  await app.listen({ host: '127.0.0.1', port: 0 })
  // Cookies that want a safe connection are kept for this name.
  const origin = `http://localhost:${(app.server.address() as AddressInfo).port}`
  const { page } = await visit(await openBrowser(t), origin, '/werkstatt/anmelden')
  await page.fill('input[name=email]', 'rita@town.example')
  await page.fill('input[name=password]', goodPassword)
  await page.locator('main button').first().click()
  await page.goto(`${origin}/werkstatt/tiny`)
  await page.getByRole('link', { name: `Freigabeblatt der Ausgabe ${draft.id}` }).click()
  t.equal(await page.textContent('h1'), `Freigabe der Ausgabe ${draft.id}`)

  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 })
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
    t.same(violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`)), [], `${width} pixels wide`)
    t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing runs out of the screen')
  }
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Als PDF herunterladen' }).click()])
  t.equal(download.suggestedFilename(), `freigabeblatt-${draft.id}.pdf`)
})
