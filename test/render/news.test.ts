import t from 'tap'
import type { Edition } from '../../core/edition.ts'
import { findNews } from '../../core/compare/news.ts'
import { newsHtml } from '../../render/news.ts'
import { startPage } from '../../render/start-page.ts'
import { tinyEdition } from '../tiny-edition.ts'

const before = tinyEdition()
const site = { publicUrl: '', toHref: (path: string) => path, assets: { kern: '/k', style: '/s', icon: '/i', viewer: '/v', maplibre: '/m', maplibreWorker: '/w', maplibreStyle: '/c' }, isCurrent: true }

/** A period more in every series, and one figure re-stated. */
function nextYear (edition: Edition): Edition {
  return tinyEdition({
    series: edition.series.map(series => {
      const last = <Row>(rows: readonly Row[]) => [...rows, rows.at(-1)!]
      const values = series.values.map((row, y) => y === 0 ? row.map(value => value === null ? null : value + 1) : row)
      return { ...series, periods: [...series.periods, '2025-12-31'], values: last(values), statuses: last(series.statuses), reasons: last(series.reasons), flags: last(series.flags) }
    }),
  })
}

t.test('new periods and re-stated ones are counted by indicator, newest first', async t => {
  const after = nextYear(before)
  const indicators = new Set(after.series.map(({ indicator }) => indicator)).size
  const news = findNews(before, after)
  t.strictSame(news.newPeriods, [{ period: '2025-12-31', indicators }])
  t.ok(news.restated.length > 0)
  t.strictSame(findNews(before, before), { newIndicators: [], newPeriods: [], restated: [] })
})

t.test('an indicator that is new is named once, and its periods are no news of their own', async t => {
  const [first, ...others] = before.indicators
  const without = tinyEdition({ indicators: others, series: before.series.filter(({ indicator }) => indicator !== first!.id) })
  t.strictSame(findNews(without, before), { newIndicators: [first!.label], newPeriods: [], restated: [] })
})

t.test('the note is text, in paragraphs as it was typed, and in German where nobody translated it', async t => {
  const html = newsHtml({ note: { de: 'Neu: <script>alert(1)</script>\nUnd "mehr".' }, changes: null }, 'en')!.markup
  t.notMatch(html, '<script>')
  t.equal([...html.matchAll(/<p lang="de">/g)].length, 2)
  t.match(newsHtml({ note: { de: 'Neu.', en: 'New.' }, changes: null }, 'en')!.markup, '<p>New.</p>')
})

t.test('where there is nothing new to say nothing is said', async t => {
  t.equal(newsHtml({ note: null, changes: findNews(before, before) }, 'de'), null)
  t.notMatch(startPage(before, site), 'new-heading')
})

t.test('the start page says what is new in words', async t => {
  const page = startPage(before, site, { news: { note: null, changes: { newIndicators: [{ de: 'Geburten' }], newPeriods: [{ period: '2025-12-31', indicators: 1 }], restated: [{ period: '2023', indicators: 3 }] } } })
  t.match(page, '<li>Neue Kennzahlen: Geburten</li><li>Neue Zeiträume: 31.12.2025 (eine Kennzahl)</li><li>Berichtigte Zeiträume: 2023 (3 Kennzahlen)</li>')
})
