import { createHash } from 'node:crypto'
import path from 'node:path'
import t from 'tap'
import type { MultiPolygon } from '../../core/area.ts'
import { canonicalText, type Edition } from '../../core/edition.ts'
import { plainView } from '../../core/view.ts'
import { tileGeometry } from '../../pipeline/tile/tile.ts'
import { getView } from '../../render/view-data.ts'
import { viewSentence } from '../../render/view-parts.ts'
import { openBrowser } from '../browser.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { serveEdition } from './serve-edition.ts'
import { pictures, settle, visit, waitForMap } from './visit.ts'

/* A level with more areas than one page and one picture hold: map from tiles, table in pages. */

const side = 40
const edition = gridEdition()
const geometry = edition.geometries[0]!
const [browser, { tiles }] = await Promise.all([
  openBrowser(t), tileGeometry({ geometry, areas: edition.levels[0]!.areas, minZoom: 8, maxZoom: 10 }),
])
const { origin } = await serveEdition(t, edition, [tiles])
const start = plainView({ atlas: 'tiny', indicator: 'sgb2-share', period: '2024-12-31' })

t.test('the map names and pins areas that are on no page of the table yet', async t => {
  const { page, faults } = await visit(browser, origin, '/tiny/karte/sgb2-share/2024-12-31')
  t.equal(await page.locator('#values tbody tr').count(), 200)
  t.equal(await page.locator('#values button[data-sort]:enabled').count(), 0, 'one page in order would pretend that all were')
  await waitForMap(page)

  const box = (await page.locator('#map-frame').boundingBox())!
  await page.mouse.move(box.x + box.width / 2 + 2, box.y + box.height / 2 + 2)
  await page.locator('#readout').waitFor()
  const text = await page.locator('#readout').textContent()
  t.match(text, /^Feld (7|8)\d\d: \d+,\d\u00a0%$/)
  await page.mouse.click(box.x + box.width / 2 + 2, box.y + box.height / 2 + 2)
  await page.locator('#pins button').waitFor()
  t.equal(await page.locator('#pins button').textContent(), `${text}: Auswahl aufheben`)
  t.match(page.url(), /gebiete=0(7|8)\d\d$/)
  await page.screenshot({ path: path.join(pictures, 'large-level.png') })
  t.strictSame(await faults(), [])
  await page.context().close()
})

t.test('another period keeps the map and takes sentence, picture and rows from the server', async t => {
  const { page, faults } = await visit(browser, origin, '/tiny/karte/sgb2-share/2024-12-31?seite=2')
  await waitForMap(page)
  await page.locator('.maplibregl-canvas').evaluate(canvas => { canvas.dataset.isSame = 'yes' })
  await page.locator('#control-period').selectOption('2023-12-31')
  await page.waitForURL('**/2023-12-31')
  await settle(page)
  const view = { ...start, period: '2023-12-31' }
  t.equal(await page.locator('h1').textContent(), 'SGB-II-Quote am 31.12.2023')
  t.equal(await page.locator('#sentence').textContent(), viewSentence(getView(edition, view)))
  t.equal(await page.locator('#map-frame img').getAttribute('src'), '/tiny/karte/sgb2-share/2023-12-31.svg')
  t.equal(await page.locator('#values tbody th').first().textContent(), 'Feld 0', 'the first page again')
  t.equal(await page.locator('.maplibregl-canvas').getAttribute('data-is-same'), 'yes')
  await page.goBack()
  await page.waitForURL('**/2024-12-31?seite=2')
  await settle(page)
  t.equal(await page.locator('#values tbody th').first().textContent(), 'Feld 200')
  t.equal(await page.locator('#sentence').textContent(), viewSentence(getView(edition, start)))
  t.strictSame(await faults(), [])
  await page.context().close()
})

/** The tiny atlas with a grid of squares for its areas; values rise from one corner to the other, and by a half each year. */
function gridEdition (): Edition {
  const { id: _, ...tiny } = tinyEdition()
  const unit = (degrees: number) => Math.round(degrees * 1e7)
  const cells = Array.from({ length: side * side }, (_, i) => ({ column: i % side, row: Math.floor(i / side) }))
  const shapes: MultiPolygon[] = cells.map(({ column, row }) => {
    const [west, east, south, north] = [9 + column / 100, 9 + (column + 1) / 100, 52 + row / 150, 52 + (row + 1) / 150]
    return [[[west, south, east, south, east, north, west, north, west, south].map(unit)]]
  })
  const geometry = {
    id: 'gcccccccccccc',
    shapes,
    labels: cells.map(({ column, row }) => ({ position: [unit(9.005 + column / 100), unit(52 + (row + 0.5) / 150)] as const, radiusMetres: 340 })),
    bounds: { west: 9, south: 52, east: 9 + side / 100, north: 52 + side / 150 },
  }
  const areas = cells.map((_, i) => ({ id: String(i).padStart(4, '0'), name: `Feld ${i}`, parentId: null }))
  const years = [1, 1.5].map(factor => cells.map(({ column, row }) => factor * (column + row) / 4))
  const content: Omit<Edition, 'id'> = {
    ...tiny,
    atlas: { ...tiny.atlas, referenceLevel: null, tiles: { minZoom: 8, maxZoom: 10 } },
    levels: [{ ...tiny.levels[0]!, parent: null, areas, geometry: geometry.id }],
    geometries: [geometry],
    indicators: tiny.indicators.slice(0, 1),
    series: [{
      level: 'sozialraum',
      indicator: 'sgb2-share',
      periods: ['2023-12-31', '2024-12-31'],
      values: years,
      statuses: years.map(year => year.map(() => 'o' as const)),
      reasons: years.map(year => year.map(() => null)),
      flags: years.map(year => year.map(() => null)),
      classes: { method: 'pretty', breaks: [0, 5, 10, 15, 20, 30] },
    }],
  }
  return { id: `e${createHash('sha256').update(canonicalText(content)).digest('hex').slice(0, 12)}`, ...content }
}
