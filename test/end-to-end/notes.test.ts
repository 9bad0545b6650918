import { AxeBuilder } from '@axe-core/playwright'
import path from 'node:path'
import t from 'tap'
import { annotatedEdition } from '../annotated-edition.ts'
import { openBrowser } from '../browser.ts'
import { tilesOf } from '../server/serve-tiny.ts'
import { serveEdition } from './serve-edition.ts'
import { pictures, settle, visit } from './visit.ts'

/* What must be read with figures: it follows the choice of the reader, and everybody can read it. */

const edition = annotatedEdition()
const [browser, tiles] = await Promise.all([openBrowser(t), tilesOf(edition)])
const { origin } = await serveEdition(t, edition, tiles)

t.test('marks, notes and figures of other areas follow the period that is chosen', async t => {
  const { page, faults } = await visit(browser, origin, '/tiny/karte/sgb2-share/2024-12-31')
  const remark = page.locator('#values tr[data-area="01"] td').last()
  await page.locator('#controls button').waitFor({ state: 'hidden' })
  t.equal(await remark.textContent(), 'geschätzt')
  t.match(await page.locator('#references').textContent(), 'anderer Stichtag', 'the newest figure is of the year before')

  await page.locator('#control-period').selectOption('2023-12-31')
  await settle(page)
  await page.locator('#hinweis-a').waitFor()
  t.equal(await remark.textContent(), 'geschätzt Hinweis a')
  t.equal(await page.locator('#values tr[data-area="01"] td').first().textContent(), '1.234,5\u00a0s')
  t.match(await page.locator('.reading').textContent(), /Altstadt: Neue Unterkunft mit 47 Plätzen\./)
  t.notMatch(await page.locator('#references').textContent(), 'anderer Stichtag')

  await page.locator('#control-period').selectOption('2024-12-31')
  await settle(page)
  t.equal(await remark.textContent(), 'geschätzt', 'the mark goes with its note')
  t.equal(await page.locator('#hinweis-a').count(), 0)
  t.strictSame(await faults(), [])
  await page.context().close()
})

t.test('axe finds nothing on pages with notes, wide or narrow', async t => {
  for (const width of [1280, 320]) {
    const { page } = await visit(browser, origin, '/tiny', { viewport: { width, height: 900 } })
    for (const address of ['/tiny/karte/sgb2-share/2023-12-31', '/tiny/karte/sgb2-recipients/2024-12-31', '/tiny/gebiet/sozialraum/01', '/tiny/kennzahl/sgb2-share']) {
      await page.goto(origin + address)
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
      t.strictSame(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`), [], `${address} at ${width} px`)
      t.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, `${address} at ${width} px needs no scrolling sideways`)
    }
    await page.screenshot({ path: path.join(pictures, `notes-${width}.png`), fullPage: true })
    await page.context().close()
  }
})
