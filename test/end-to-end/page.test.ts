import type { Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'
import path from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import t from 'tap'
import { plainView } from '../../core/view.ts'
import { getView } from '../../render/view-data.ts'
import { viewSentence } from '../../render/view-parts.ts'
import { openBrowser } from '../browser.ts'
import { serveMusterstadt } from './serve-musterstadt.ts'
import { pictures, settle, visit, waitForMap } from './visit.ts'

/* Pages for everybody: without script, without WebGL, on a phone, on paper, read aloud. */

const [browser, { origin, edition }] = await Promise.all([openBrowser(t), serveMusterstadt(t)])

const address = '/musterstadt/karte/sgb2-share/2024-12-31'
const start = plainView({ atlas: 'musterstadt', indicator: 'sgb2-share', period: '2024-12-31' })
const pages = {
  start: '/musterstadt',
  view: `${address}?gebiete=02,09`,
  english: `${address}?sprache=en`,
  balance: '/musterstadt/karte/migration-balance/2024',
  profile: `/musterstadt/gebiet/sozialraum/${edition.levels.find(({ id }) => id === 'sozialraum')!.areas[1]!.id}`,
  indicator: '/musterstadt/kennzahl/sgb2-share',
  error: '/musterstadt/karte/sgb2-share/1999',
}

t.test('without script the page says and shows everything, and the form leads on', async t => {
  const { page, faults, requests } = await visit(browser, origin, address, { javaScriptEnabled: false })
  const { areas } = getView(edition, start)
  t.equal(await page.locator('#sentence').textContent(), viewSentence(getView(edition, start)))
  t.equal(await page.locator('#map-frame path[data-area]').count(), areas.length)
  t.equal(await page.locator('#values tbody tr').count(), areas.length)
  t.ok(await page.locator('#legend li').count() > 5)
  t.strictSame(requests.filter(url => url.includes('maplibre')), [])
  await page.screenshot({ path: path.join(pictures, 'without-script.png'), fullPage: true })

  await page.locator('#control-indicator').selectOption('migration-balance')
  await page.locator('#controls button').click()
  await page.waitForURL('**/musterstadt/karte/migration-balance/2024')
  t.match(await page.locator('h1').textContent(), /2024/)
  t.strictSame(await faults(), [])
  await page.context().close()
})

t.test('numbers are German: decimal comma, a real minus, a blank before the unit that does not break', async t => {
  const { page } = await visit(browser, origin, pages.balance)
  const values = await page.locator('#values td:nth-child(2)').allTextContents()
  t.ok(values.some(value => value.startsWith('−')), 'a balance has losses')
  for (const value of values) t.match(value, /^[−+]?\d{1,3}(\.\d{3})*(,\d+)?$|^[.…x/–]$/)
  await page.goto(origin + address)
  t.match(await page.locator('#sentence').textContent(), /Stadt \d+,\d\u00a0%/)
  await page.context().close()
})

/** Takes the graphics away from a browser, as on many office machines. */
const withoutWebGl = () => {
  const getContext = HTMLCanvasElement.prototype.getContext
  HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, ...[kind, ...rest]: unknown[]) {
    return String(kind).startsWith('webgl') ? null : Reflect.apply(getContext, this, [kind, ...rest])
  } as typeof getContext
}

t.test('without WebGL the picture stays and can be pointed at, and no library is loaded for nothing', async t => {
  const { page, faults, requests } = await visit(browser, origin, address, { before: withoutWebGl })
  await page.waitForLoadState('networkidle')
  t.equal(await page.locator('#map-canvas').count(), 0)
  t.strictSame(requests.filter(url => url.includes('maplibre')), [])

  await page.locator('#map-frame path[data-area="02"]').hover()
  t.equal(await page.locator('#readout').textContent(), 'Nordertor: 28,0\u00a0%')
  await page.locator('#map-frame path[data-area="02"]').click()
  await page.waitForURL(`**${address}?gebiete=02`)
  t.equal(await page.locator('#map-frame g.chosen path').count(), 2)
  const fills = () => page.locator('#map-frame path[data-area]').evaluateAll(paths => paths.map(path => path.getAttribute('fill')))
  const before = await fills()
  await page.locator('#control-indicator').selectOption('migration-balance')
  await page.waitForURL('**/migration-balance/2024?gebiete=02')
  await settle(page)
  t.notSame(await fills(), before)
  t.strictSame(await faults(), [])
  await page.context().close()
})

t.test('where the map cannot be loaded or drawn the picture stays', async t => {
  const { page } = await visit(browser, origin, pages.start)
  for (const file of ['maplibre-gl.mjs', 'maplibre-gl-worker.mjs', 'sozialraum.topo.json']) {
    await page.route(`**/${file}`, route => route.abort())
    await page.goto(origin + address)
    await page.waitForLoadState('networkidle')
    t.equal(await page.locator('#map-frame.has-map').count(), 0, file)
    t.equal(await page.locator('#map-frame > svg').count(), 1)
    await page.locator('#map-frame path[data-area="02"]').hover()
    t.equal(await page.locator('#readout').textContent(), 'Nordertor: 28,0\u00a0%', 'and can be pointed at')
    await page.unroute(`**/${file}`)
  }
  await page.context().close()
})

t.test('where values cannot be had the server shows the view itself', async t => {
  const { page } = await visit(browser, origin, address)
  await waitForMap(page)
  await page.route('**/values/*/*/migration-balance.json', route => route.abort())
  await page.evaluate(() => { Object.assign(window, { isSame: true }) })
  await page.locator('#control-indicator').selectOption('migration-balance')
  await page.waitForFunction(() => !('isSame' in window))
  t.equal(new URL(page.url()).pathname, pages.balance)
  const balance = getView(edition, { ...start, indicator: 'migration-balance', period: '2024' })
  t.equal(await page.locator('#sentence').textContent(), viewSentence(balance))
  await page.goBack()
  await page.locator('#sentence', { hasText: viewSentence(getView(edition, start)) }).waitFor()
  t.equal(new URL(page.url()).pathname, address, 'one step back as ever')
  await page.context().close()
})

t.test('a page that came to life after its reader went on shows what the address names', async t => {
  const { page, faults } = await visit(browser, origin, pages.balance)
  for (const [name, wanted] of Object.entries({ indicator: address, level: '/musterstadt/karte/migration-balance/2024?ebene=berichtsgebiet' })) {
    let release = () => {}
    const isReleased = new Promise<void>(resolve => { release = resolve })
    await page.route('**/viewer.js', async route => { await isReleased; await route.continue() })
    await page.goto(origin + pages.balance, { waitUntil: 'commit' })
    await page.locator('footer').waitFor()
    await page.evaluate(url => { history.pushState(null, '', url) }, wanted)
    release()
    await page.locator('body.is-live').waitFor()
    await settle(page)
    const response = await page.request.get(origin + wanted)
    t.match(await response.text(), await page.locator('#sentence').textContent(), name)
    await page.unroute('**/viewer.js')
  }
  t.strictSame(await faults(), [])
  await page.context().close()
})

t.test('nothing scrolls sideways on a small phone', async t => {
  for (const width of [320, 360]) {
    const { page, faults } = await visit(browser, origin, pages.view, { viewport: { width, height: 740 }, hasTouch: true, isMobile: true })
    await waitForMap(page)
    await page.screenshot({ path: path.join(pictures, `view-${width}.png`), fullPage: true })
    for (const [name, address] of Object.entries(pages)) {
      await page.goto(origin + address)
      t.ok(await page.evaluate(() => document.documentElement.scrollWidth) <= width, `${name} at ${width} px`)
    }
    t.strictSame((await faults()).filter(fault => !fault.includes('404')), [])
    await page.context().close()
  }
})

t.test('on paper the picture is back and the choices are gone', async t => {
  const { page } = await visit(browser, origin, pages.view)
  await waitForMap(page)
  await page.emulateMedia({ media: 'print' })
  t.notOk(await page.locator('#map-canvas').isVisible())
  t.ok(await page.locator('#map-frame > svg').isVisible())
  t.notOk(await page.locator('#controls').isVisible())
  t.ok(await page.locator('footer').isVisible(), 'with its source')
  await page.screenshot({ path: path.join(pictures, 'print.png'), fullPage: true })
  await page.context().close()
})

t.test('axe finds nothing against WCAG 2.2 AA on any kind of page, wide or narrow', async t => {
  const { english: _, balance: __, ...kinds } = pages
  for (const [width, looked] of [[1280, kinds], [320, { view: pages.view }]] as const) {
    const { page } = await visit(browser, origin, pages.start, { viewport: { width, height: 900 } })
    for (const [name, address] of Object.entries(looked)) {
      await page.goto(origin + address)
      if (await page.locator('#map-frame').count() > 0 && address.includes('/karte/')) await waitForMap(page)
      t.strictSame(await findViolations(page), [], `${name} at ${width} px`)
    }
    await page.context().close()
  }
})

async function findViolations (page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id} (${help}): ${target.join(' ')}`))
}

t.test('a keyboard reaches choices, map and table in the order of the page, and sees where it is', async t => {
  const { page } = await visit(browser, origin, address)
  await waitForMap(page)
  const stops: string[] = []
  for (let press = 0; press < 30; press++) {
    await page.keyboard.press('Tab')
    stops.push(await page.evaluate(() => {
      const element = document.activeElement!
      const { outlineStyle } = getComputedStyle(element)
      return `${element.id || element.className || element.tagName} ${outlineStyle === 'none' ? 'unseen' : 'seen'}`
    }))
  }
  t.strictSame(stops.filter(stop => stop.endsWith('unseen')), [])
  const place = (name: string) => stops.findIndex(stop => stop.startsWith(name))
  const order = ['skip', 'control-indicator', 'control-period', 'control-ebene', 'maplibregl-canvas', 'maplibregl-ctrl-zoom-in', 'table-frame'].map(place)
  t.strictSame(order, order.toSorted((a, b) => a - b))
  t.notOk(order.includes(-1))
  await page.context().close()
})

t.test('a first visit costs little, and the page can be used before the map library is asked for', async t => {
  const { page, requests } = await visit(browser, origin, address)
  await waitForMap(page)
  await page.waitForLoadState('networkidle')
  const sizes = await Promise.all(requests.map(async url => ({ url, bytes: await gzippedBytes(url) })))
  const total = (wanted: typeof sizes) => Math.round(wanted.reduce((sum, { bytes }) => sum + bytes, 0) / 1000)
  const mapStart = sizes.findIndex(({ url }) => url.includes('maplibre'))
  const usable = total(sizes.slice(0, mapStart))
  t.comment(sizes.map(({ url, bytes }) => `${String(bytes).padStart(7)} ${new URL(url).pathname}`).join('\n'))
  t.ok(usable <= 250, `${usable} kB until it can be used`)
  t.ok(total(sizes) <= 750, `${total(sizes)} kB in all`)
  await page.context().close()
})

/** As sent to somebody who takes gzip and nothing better. */
async function gzippedBytes (url: string): Promise<number> {
  const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } })
  const body = Buffer.from(await response.arrayBuffer())
  // fetch unpacks; what cannot be packed is sent as it is.
  return response.headers.get('content-encoding') === 'gzip' ? (await promisify(gzip)(body, { level: 9 })).length : body.length
}
