import t from 'tap'
import { openBrowser } from '../browser.ts'
import { tilesOf } from '../server/serve-tiny.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { serveEdition } from './serve-edition.ts'
import { settle, visit, waitForMap } from './visit.ts'

/* Behind a web server that keeps its other pages: every request of page, viewer and map stays below the base path. */

t.test('below a base path the map is drawn, and what is chosen follows', async t => {
  const edition = tinyEdition()
  const { origin } = await serveEdition(t, edition, await tilesOf(edition), { ATLAS_PUBLIC_URL: 'https://town.example/daten/sozialatlas' })
  const browser = await openBrowser(t)
  const { page, requests, faults } = await visit(browser, origin, '/daten/sozialatlas/tiny/karte/sgb2-share/2024-12-31')
  await waitForMap(page)
  await page.locator('#control-indicator').selectOption('sgb2-recipients')
  await page.waitForURL('**/daten/sozialatlas/tiny/karte/sgb2-recipients/**')
  await settle(page)
  await page.goBack()
  await page.waitForURL('**/sgb2-share/2024-12-31')
  await settle(page)
  t.match(await page.locator('h1').textContent(), /SGB-II-Quote/)
  t.strictSame(requests.filter(url => !url.startsWith(`${origin}/daten/sozialatlas/`)), [])
  t.ok(requests.some(url => url.endsWith('.topo.json')) && requests.some(url => url.endsWith('.woff2')), 'map and fonts among them')
  t.strictSame(await faults(), [])
  await page.context().close()
})
