import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import t from 'tap'
import { exportEdition } from '../../commands/export.ts'
import { defaultClasses } from '../../core/classify.ts'
import { openBrowser } from '../browser.ts'
import { tilesOf } from '../server/serve-tiny.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { visit, waitForMap } from './visit.ts'

const folder = path.join(t.testdir({}), 'export')
const edition = tinyEdition({
  series: tinyEdition().series.map(series => ({ ...series, classes: defaultClasses(series.values.flat().filter(value => value !== null), false) })),
})
await exportEdition(folder, edition, await tilesOf(edition), { publicUrl: '', children: 1 })
const browser = await openBrowser(t)

const types: Readonly<Record<string, string>> = { html: 'text/html', css: 'text/css', js: 'text/javascript', mjs: 'text/javascript', json: 'application/json', svg: 'image/svg+xml' }

/** A server that knows nothing but files, below `/soziales/atlas/`. */
const files = createServer(async ({ url = '' }, response) => {
  const { pathname } = new URL(url, 'http://localhost')
  const name = decodeURIComponent(pathname).replace(/^\/soziales\/atlas\//, '').replace(/^$|\/$/, match => `${match}index.html`)
  const body = pathname.startsWith('/soziales/atlas/') ? await readFile(path.join(folder, name)).catch(() => undefined) : undefined
  response.writeHead(body ? 200 : 404, { 'content-type': types[path.extname(name).slice(1)] ?? 'application/octet-stream' }).end(body)
})
await new Promise<void>(resolve => { files.listen(0, '127.0.0.1', resolve) })
t.teardown(() => files.close())
const address = files.address()
const origin = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

t.test('below any path of a plain web server the reader goes from the first page to a map that moves', async t => {
  const { page, faults } = await visit(browser, origin, '/soziales/atlas/index.html')
  await page.locator('main a').first().click()
  await page.waitForURL(/tiny\/index\.html/)
  await page.goto(`${origin}/soziales/atlas/tiny/karte/sgb2-share/2024-12-31.html`)
  await waitForMap(page)
  await page.locator('#values tbody tr').first().click()
  await page.waitForURL(/2024-12-31\.html\?gebiete=01/)
  await page.reload()
  await page.locator('#values tr.chosen').waitFor()
  await page.locator('#controls summary').nth(1).click()
  await page.locator('#controls details[open] a:not([aria-current])').first().click()
  await page.waitForURL(url => !url.pathname.includes('2024-12-31'))
  await waitForMap(page)
  t.strictSame(await faults(), [])
})

t.test('from a stick, without any server, the drawn map, the table and every link are there', async t => {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  t.teardown(async () => await context.close())
  const page = await context.newPage()
  await page.goto(pathToFileURL(path.join(folder, 'index.html')).href)
  await page.locator('main a').first().click()
  await page.waitForURL(/tiny\/index\.html/)
  await page.goto(pathToFileURL(path.join(folder, 'tiny/karte/sgb2-share/2024-12-31.html')).href)
  t.equal(await page.locator('#map-frame > svg path[data-area]').count(), 3)
  t.equal(await page.locator('#values tbody tr').count(), 3)
  t.equal(await page.evaluate('getComputedStyle(document.querySelector("h1")).fontFamily.includes("Fira")'), true, 'styles are there')
  await page.locator('#controls summary').nth(1).click()
  await page.locator('#controls details[open] a:not([aria-current])').first().click()
  await page.waitForURL(url => !url.pathname.includes('2024-12-31'))
  await page.locator('nav.languages a[lang=en]').click()
  await page.waitForURL(/~sprache=en\.html/)
  t.equal(await page.locator('html').getAttribute('lang'), 'en')
})
