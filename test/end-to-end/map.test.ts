import type { Page } from 'playwright-core'
import path from 'node:path'
import t from 'tap'
import { findSeries } from '../../core/edition.ts'
import { hatchColours, missingColour } from '../../core/palette.ts'
import { plainView, type View } from '../../core/view.ts'
import { getView } from '../../render/view-data.ts'
import { areaLook, classColours, viewSentence, viewTitle } from '../../render/view-parts.ts'
import { openBrowser } from '../browser.ts'
import { readMapColours } from './map-colours.ts'
import { serveMusterstadt } from './serve-musterstadt.ts'
import { pictures, settle, visit, waitForMap, type Visit } from './visit.ts'

/* The viewer in a real browser, with the map library drawing by software. */

const [browser, { origin, edition }] = await Promise.all([openBrowser(t), serveMusterstadt(t)])

const address = '/musterstadt/karte/sgb2-share/2024-12-31'
const start = plainView({ atlas: 'musterstadt', indicator: 'sgb2-share', period: '2024-12-31' })
const balance = plainView({ atlas: 'musterstadt', indicator: 'migration-balance', period: '2024' })

/** What the map must show of a view. */
function expectedColours (view: View): Record<string, string> {
  const data = getView(edition, view)
  const colours = classColours(data)
  return Object.fromEntries(data.areas.map(({ id }, i) => {
    const cell = data.cells[i]!
    const colour = cell.status === 'suppressed' ? hatchColours.paper : areaLook(cell, data.classes.breaks, colours).colour
    return [id, colour ?? missingColour]
  }))
}

/** What a reader reads of a view in the page. */
async function readPage (page: Page): Promise<object> {
  return page.evaluate(() => {
    const texts = (selector: string) => [...document.querySelectorAll(selector)].map(({ textContent }) => textContent?.trim())
    return {
      title: document.title,
      heading: texts('h1'),
      sentence: texts('#sentence'),
      key: texts('#legend li'),
      table: texts('#values caption, #values th, #values td'),
      pictures: texts('#map-frame path title'),
      fills: [...document.querySelectorAll('#map-frame path[data-area]')].map(path => `${path.getAttribute('class')} ${path.getAttribute('fill')}`),
      about: texts('.about'),
      footer: texts('footer'),
      choices: [...document.querySelectorAll('select')].map(({ value, options }) => `${value}: ${[...options].map(option => option.value).join(' ')}`),
      links: [...document.querySelectorAll('#downloads a, header a')].map(link => link.getAttribute('href')),
    }
  })
}

/** The same page as the server sends it, to compare with what the viewer made. */
async function readServersPage (path: string): Promise<object> {
  const { page } = await visit(browser, origin, path, { javaScriptEnabled: false })
  const read = await readPage(page)
  await page.context().close()
  return read
}

async function waitForHeading (page: Page, view: View): Promise<void> {
  await page.locator('h1', { hasText: viewTitle(getView(edition, view)) }).waitFor()
}

async function end (t: { strictSame: (found: unknown, wanted: unknown, message: string) => unknown }, { page, faults }: Visit): Promise<void> {
  t.strictSame(await faults(), [], 'no foreign request, no broken rule, no cookie, no error')
  await page.context().close()
}

t.test('the map shows every area in the colour of its class, hatched where suppressed', async t => {
  const visitor = await visit(browser, origin, address)
  await waitForMap(visitor.page)
  t.strictSame(await readMapColours(visitor.page), expectedColours(start))
  t.ok(Object.values(expectedColours(start)).includes(hatchColours.paper), 'one of them is suppressed')
  await visitor.page.screenshot({ path: path.join(pictures, 'view-1280.png'), fullPage: true })
  t.match(await visitor.page.locator('.maplibregl-ctrl button').evaluateAll(buttons => buttons.map(button => button.getAttribute('aria-label'))), ['Vergrößern', 'Verkleinern'])
  await end(t, visitor)
})

t.test('another indicator and period change everything without a reload, and back returns', async t => {
  const visitor = await visit(browser, origin, address)
  const { page } = visitor
  await waitForMap(page)
  await page.evaluate(() => { document.body.dataset.isSame = 'yes' })
  const before = await readPage(page)

  await page.locator('#control-indicator').focus()
  await page.locator('#control-indicator').selectOption('migration-balance')
  await waitForHeading(page, balance)
  await settle(page)
  t.equal(new URL(page.url()).pathname, '/musterstadt/karte/migration-balance/2024')
  t.strictSame(await readPage(page), await readServersPage('/musterstadt/karte/migration-balance/2024'), 'it says what the server says')
  t.equal(await page.locator('#sentence').textContent(), viewSentence(getView(edition, balance)))
  t.strictSame(await readMapColours(page), expectedColours(balance), 'the map is coloured anew')
  t.equal(await page.evaluate(() => document.activeElement?.id), 'control-indicator', 'the reader goes on choosing')

  await page.locator('#control-period').selectOption('2019')
  await waitForHeading(page, { ...balance, period: '2019' })
  await settle(page)
  t.strictSame(await readMapColours(page), expectedColours({ ...balance, period: '2019' }))
  t.strictSame(await readPage(page), await readServersPage('/musterstadt/karte/migration-balance/2019'))

  await page.goBack()
  await waitForHeading(page, balance)
  await page.goBack()
  await waitForHeading(page, start)
  await settle(page)
  t.strictSame(await readPage(page), before)
  t.strictSame(await readMapColours(page), expectedColours(start))
  await page.goForward()
  await waitForHeading(page, balance)
  t.equal(await page.locator('body').getAttribute('data-is-same'), 'yes', 'all of that in one page')
  const values = visitor.requests.filter(url => url.includes('/values/'))
  t.equal(new Set(values).size, values.length, 'every values file was fetched once')
  await end(t, visitor)
})

t.test('another level, and an indicator that only another level has, turn the page in place', async t => {
  const visitor = await visit(browser, origin, address)
  const { page } = visitor
  await waitForMap(page)
  await page.evaluate(() => { Object.assign(window, { isSame: true }) })
  const isSame = () => page.evaluate(() => 'isSame' in window)

  await page.locator('#control-ebene').selectOption('berichtsgebiet')
  await page.waitForURL(`**${address}?ebene=berichtsgebiet`)
  const level = { ...start, level: 'berichtsgebiet' }
  await page.locator('#sentence', { hasText: viewSentence(getView(edition, level)) }).waitFor()
  await waitForMap(page)
  t.strictSame(await readMapColours(page), expectedColours(level))
  t.equal(await page.locator('.maplibregl-canvas').count(), 1, 'the old map is gone')
  t.ok(await isSame())

  await page.goBack()
  await page.waitForURL(`**${address}`)
  await page.locator('#sentence', { hasText: viewSentence(getView(edition, start)) }).waitFor()
  await waitForMap(page)
  t.strictSame(await readMapColours(page), expectedColours(start))
  t.ok(await isSame())
  await end(t, visitor)
})

t.test('a deep link in English shows what it names', async t => {
  const visitor = await visit(browser, origin, `${address}?ebene=berichtsgebiet&gebiete=${edition.levels.find(({ id }) => id === 'berichtsgebiet')!.areas[2]!.id}&sprache=en`)
  const { page } = visitor
  await waitForMap(page)
  const view: View = { ...start, level: 'berichtsgebiet', language: 'en' }
  t.equal(await page.locator('#sentence').textContent(), viewSentence(getView(edition, view)))
  t.equal(await page.locator('#pins button').count(), 1)
  t.equal(await page.locator('.maplibregl-ctrl-zoom-in').getAttribute('aria-label'), 'Zoom in')
  await page.locator('#control-period').selectOption('2019-12-31')
  await waitForHeading(page, { ...view, period: '2019-12-31' })
  t.match(page.url(), /2019-12-31\?ebene=berichtsgebiet&gebiete=\w+&sprache=en$/, 'the rest of the address stays')
  await end(t, visitor)
})

t.test('the table sorts by value and by name; what is suppressed stays last, also after a switch', async t => {
  const visitor = await visit(browser, origin, address)
  const { page } = visitor
  await waitForMap(page)
  const column = (index: number) => page.locator('#values tbody tr').evaluateAll((rows, index) =>
    rows.map(row => (row as HTMLTableRowElement).cells[index]!.textContent!.trim()), index)
  const sort = (id: string) => page.locator(`#values [data-sort="${id}"]`).click()
  const numbers = (texts: string[]) => texts.filter(text => text !== '.').map(text => Number(text.replace(',', '.')))

  await sort('value')
  const ascending = numbers(await column(1))
  t.strictSame(ascending, ascending.toSorted((a, b) => a - b))
  t.equal((await column(1)).at(-1), '.')
  t.equal(await page.locator('#values [aria-sort]').getAttribute('aria-sort'), 'ascending')
  await sort('value')
  t.strictSame(numbers(await column(1)), ascending.toReversed())
  t.equal((await column(1)).at(-1), '.')

  await page.locator('#control-period').selectOption('2020-12-31')
  await waitForHeading(page, { ...start, period: '2020-12-31' })
  const after = numbers(await column(1))
  t.strictSame(after, after.toSorted((a, b) => b - a))
  await sort('name')
  t.strictSame(await column(0), (await column(0)).toSorted(new Intl.Collator('de').compare))
  await end(t, visitor)
})

t.test('pointing and pinning agree on map, table, readout and address', async t => {
  const visitor = await visit(browser, origin, address)
  const { page } = visitor
  await waitForMap(page)
  const areas = getView(edition, start).areas
  const placeOf = (id: string) => page.locator(`#map-frame path[data-area="${id}"]`).evaluate(path => {
    const shape = path as SVGPathElement
    const box = shape.getBBox()
    for (let step = 0; step < 400; step++) {
      const point = new DOMPoint(box.x + box.width * (step % 20 + 0.5) / 20, box.y + box.height * (Math.floor(step / 20) + 0.5) / 20)
      if (shape.isPointInFill(point)) {
        const { x, y } = point.matrixTransform(shape.getScreenCTM()!)
        return { x, y }
      }
    }
    throw new Error('no point inside')
  })
  const nordertor = areas.find(({ name }) => name === 'Nordertor')!.id
  await page.locator('#map-frame').scrollIntoViewIfNeeded()
  await page.locator('#map-frame').evaluate(frame => frame.scrollIntoView())

  const middle = await placeOf(nordertor)
  await page.mouse.move(middle.x, middle.y + 3)
  await page.locator('#readout').waitFor()
  t.equal(await page.locator('#readout').textContent(), 'Nordertor: 28,0\u00a0%')
  t.equal(await page.locator('#values tr.hovered').getAttribute('data-area'), nordertor)
  await page.keyboard.press('Escape')
  t.equal(await page.locator('#readout').count(), 0)

  await page.mouse.click(middle.x, middle.y + 3)
  await page.waitForURL(`**${address}?gebiete=${nordertor}`)
  t.strictSame(await page.locator('#pins button').allTextContents(), ['Nordertor: 28,0\u00a0%: Auswahl aufheben'])
  t.equal(await page.locator('#values tr.chosen').getAttribute('data-area'), nordertor)
  await page.screenshot({ path: path.join(pictures, 'pinned.png') })

  const rows = page.locator('#values tbody tr')
  for (const row of [0, 4, 6]) await rows.nth(row).locator('td').first().click()
  t.match(page.url(), new RegExp(`gebiete=${[0, 4, 6].map(row => areas[row]!.id).join(',')}$`), 'the fourth pin takes the first one off')
  await page.locator('#pins button').first().press('Enter')
  t.match(page.url(), new RegExp(`gebiete=${[4, 6].map(row => areas[row]!.id).join(',')}$`))
  t.ok(await page.locator('#pins').evaluate(list => list.contains(document.activeElement)), 'the focus stays with the pins')

  await rows.nth(1).locator('td').first().hover()
  t.equal(await page.locator('#readout').textContent(), 'Nordertor: 28,0\u00a0%', 'the table points at the map')
  await settle(page)
  t.equal(await page.locator('#permalink').textContent(), `${new URL(page.url()).pathname}?gebiete=${areas[4]!.id},${areas[6]!.id}&ausgabe=${edition.id}`)

  const pins = await page.locator('#pins button').allTextContents()
  await page.reload()
  await waitForMap(page)
  t.strictSame(await page.locator('#pins button').allTextContents(), pins, 'the address keeps them')
  t.strictSame(await page.locator('#values tr.chosen').evaluateAll(rows => rows.map(row => row.dataset.area)), [areas[4]!.id, areas[6]!.id])
  await end(t, visitor)
})

t.test('choices in quick succession end with the last one', async t => {
  const visitor = await visit(browser, origin, address)
  const { page } = visitor
  await waitForMap(page)
  const { periods } = findSeries(edition, 'sozialraum', 'sgb2-share')!
  for (const period of [...periods].slice(-5)) await page.locator('#control-period').selectOption(period, { noWaitAfter: true })
  for (const indicator of ['migration-balance', 'sgb2-share']) await page.locator('#control-indicator').selectOption(indicator, { noWaitAfter: true })
  await waitForHeading(page, start)
  await settle(page)
  t.strictSame(await readPage(page), await readServersPage(address))
  t.strictSame(await readMapColours(page), expectedColours(start))
  await end(t, visitor)
})
