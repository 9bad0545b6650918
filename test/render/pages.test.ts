import t from 'tap'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Edition } from '../../core/edition.ts'
import type { Site } from '../../render/site.ts'
import type { View } from '../../core/view.ts'
import { findSeries } from '../../core/edition.ts'
import { plainView } from '../../core/view.ts'
import { areaJson } from '../../render/area-json.ts'
import { areaPage } from '../../render/area-page.ts'
import { atlasListPage } from '../../render/atlas-list-page.ts'
import { errorPage, faultText } from '../../render/error-page.ts'
import { indicatorPage } from '../../render/indicator-page.ts'
import { startPage } from '../../render/start-page.ts'
import { valuesJson } from '../../render/values-json.ts'
import { viewCsv } from '../../render/view-csv.ts'
import { findView, newestView } from '../../render/view-data.ts'
import { viewGeojson } from '../../render/view-geojson.ts'
import { viewJson } from '../../render/view-json.ts'
import { viewPage } from '../../render/view-page.ts'
import { viewSvg } from '../../render/view-svg.ts'
import { annotatedEdition } from '../annotated-edition.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { findMarkupFault } from './markup-fault.ts'

const site: Site = {
  publicUrl: 'https://atlas.kleinstadt.example',
  toHref: path => path,
  assets: {
    kern: '/assets/0/kern.css',
    style: '/assets/0/style.css',
    viewer: '/assets/0/viewer.js',
    maplibre: '/assets/0/maplibre.mjs',
    maplibreWorker: '/assets/0/maplibre-worker.mjs',
    icon: '/assets/0/icon.svg',
    maplibreStyle: '/assets/0/maplibre.css',
  },
  isCurrent: true,
}
const view: View = plainView({ atlas: 'tiny', indicator: 'sgb2-share', period: '2024-12-31' })
const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`

/** Everything that can be asked of the tiny edition, by the name of a file that a person can open. */
function everyOutput (edition: Edition): Record<string, string> {
  const level = edition.levels[0]!
  return {
    'karte.html': viewPage(edition, view, site),
    'karte-2023.html': viewPage(edition, { ...view, period: '2023-12-31', areas: ['02'], language: 'en' }, { ...site, isCurrent: false, newerEdition: 'e000000000000' }),
    'karte-stadt.html': viewPage(edition, { ...view, level: 'stadt' }, site),
    'karte.svg': viewSvg(edition, view, site),
    'karte.csv': viewCsv(edition, view, site),
    'karte-klassen.csv': viewCsv(edition, { ...view, period: '2023-12-31', classes: { method: 'manual', breaks: [10, 100] }, language: 'en' }, site),
    'karte.json': json(viewJson(edition, view, site)),
    'karte.geojson': json(viewGeojson(edition, view, site)),
    'werte.json': json(valuesJson(edition, findSeries(edition, 'sozialraum', 'sgb2-share')!, site)),
    'start.html': startPage(edition, site),
    'gebiet.html': areaPage(edition, level, level.areas[1]!, site),
    'gebiet.json': json(areaJson(edition, level, level.areas[1]!, site)),
    'kennzahl.html': indicatorPage(edition, edition.indicators[0]!, site),
    'kennzahl-en.html': indicatorPage(edition, edition.indicators[1]!, site, 'en'),
    'atlanten.html': atlasListPage([edition.atlas], site),
    'fehler.html': errorPage({ status: 404, title: 'Diese Seite gibt es nicht', detail: 'Für <2019> liegen keine Werte vor.', nearest: '/tiny' }, site),
  }
}

/** Remarks, breaks, estimates, figures of other areas: what must be read with figures, in all places that say it. */
function annotatedOutput (edition: Edition): Record<string, string> {
  const level = edition.levels[0]!
  const earlier = { ...view, period: '2023-12-31' }
  return {
    'hinweise-karte.html': viewPage(edition, earlier, site),
    'hinweise-karte-en.html': viewPage(edition, { ...earlier, language: 'en' }, site),
    'hinweise-zensus.html': viewPage(edition, { ...view, indicator: 'sgb2-recipients' }, site),
    'hinweise-karte.csv': viewCsv(edition, earlier, site),
    'hinweise-karte.json': json(viewJson(edition, earlier, site)),
    'hinweise-gebiet.html': areaPage(edition, level, level.areas[0]!, site),
    'hinweise-gebiet.json': json(areaJson(edition, level, level.areas[0]!, site)),
    'hinweise-kennzahl.html': indicatorPage(edition, edition.indicators[0]!, site),
  }
}

t.test('pages, pictures and exports are as they were looked at (BLESS=1 writes them anew)', async t => {
  const folder = path.join(import.meta.dirname, 'expected')
  for (const [name, text] of Object.entries({ ...everyOutput(tinyEdition()), ...annotatedOutput(annotatedEdition()) })) {
    const file = path.join(folder, name)
    if (process.env.BLESS === '1') {
      mkdirSync(folder, { recursive: true })
      writeFileSync(file, text)
    }
    t.ok(existsSync(file), `${name} exists`)
    t.equal(text, readFileSync(file, 'utf8'), name)
  }
})

t.test('a number behind a suppressed cell leaves no trace in any output, whatever it was', async t => {
  const [first, second] = [everyOutput(withPlanted(424242.5)), everyOutput(withPlanted(0.171717))]
  for (const [name, text] of Object.entries(first)) {
    t.equal(text, second[name], `${name} is the same`)
    t.notMatch(text, /424[.,]?242|0[.,]1717/, `${name} does not have it`)
  }
  t.equal(first['karte.html'], everyOutput(tinyEdition())['karte.html'])
})

t.test('a suppressed cell has no place for a value in what programs read', async t => {
  const edition = tinyEdition()
  const [, suppressed, missing] = viewJson(edition, view, site).values
  t.strictSame(suppressed, { area: '02', name: 'Nordertor', status: 'suppressed' })
  t.strictSame(missing, { area: '03', name: 'Süd <& Groß>', status: 'missing', reason: 'not-delivered' })
  t.strictSame(Object.keys(viewGeojson(edition, view, site).features[1]!.properties), ['area', 'name', 'level', 'indicator', 'period', 'status'])
  t.match(viewPage(edition, view, site), '<tr data-area="02"><th scope="row"><a href="/tiny/gebiet/sozialraum/02">Nordertor</a></th><td class="numeric">.</td><td class="numeric"></td><td>gesperrt</td></tr>')
})

t.test('everything a project can write is escaped, and no page has a style attribute or an inline script', async t => {
  for (const [name, text] of Object.entries({ ...everyOutput(hostileEdition()), ...annotatedOutput(hostileEdition()) })) {
    if (!/\.(html|svg)$/.test(name)) continue
    t.equal(findMarkupFault(text), undefined, `${name} is well-formed`)
    t.notMatch(text, /<b>|<script>|<img onload/, `${name} is escaped`)
    t.notMatch(text, /\sstyle=/, `${name} has no style attribute`)
    t.notMatch(text, /<script(?! type="module" src="\/assets| type="application\/json")/, `${name} has no inline script`)
  }
})

t.test('no id occurs twice on a page', async t => {
  for (const [name, text] of Object.entries({ ...everyOutput(tinyEdition()), ...annotatedOutput(annotatedEdition()) })) {
    if (!name.endsWith('.html')) continue
    const ids = [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id)
    t.same(ids.filter((id, i) => ids.indexOf(id) !== i), [], name)
  }
})

t.test('a page asks nobody but its own server', async t => {
  for (const [name, text] of Object.entries(everyOutput(tinyEdition()))) {
    const loaded = [...text.matchAll(/<(?:link rel="stylesheet"|script|img)[^>]*\s(?:href|src)="([^"]+)"/g)].map(([, url]) => url!)
    t.same(loaded.filter(url => !url.startsWith('/') || url.startsWith('//')), [], name)
  }
})

t.test('a name that a spreadsheet would run as a formula is led by an apostrophe, a negative number is not', async t => {
  const tiny = tinyEdition()
  const [sozialraum, stadt] = tiny.levels
  const names = ['=HYPERLINK("http://x")', '+49', '@SUM(1)']
  const edition = tinyEdition({
    levels: [{ ...sozialraum!, areas: sozialraum!.areas.map((area, i) => ({ ...area, name: names[i]! })) }, stadt!],
    series: tiny.series.map(series => ({ ...series, values: series.values.map(row => row.map(value => value === null ? null : -value)) })),
  })
  const lines = viewCsv(edition, view, site).split('\r\n')
  t.match(lines, [/^\uFEFFSGB-II-Quote am 31\.12\.2024$/])
  t.ok(lines.includes('01;"\'=HYPERLINK(""http://x"")";-12,5;;'))
  t.ok(lines.includes('02;\'+49;.;;gesperrt'))
  t.ok(lines.includes("03;'@SUM(1);k. A.;;keine Angabe"))
})

t.test('a view that an edition cannot show says why and what comes nearest', async t => {
  const edition = tinyEdition()
  const faultOf = (change: Partial<View>) => findView(edition, { ...view, ...change }).fault
  t.match(faultOf({ indicator: 'nope' }), { status: 404, parameter: 'indicator', nearest: null })
  t.match(faultOf({ period: '2019' }), { status: 404, parameter: 'period', detail: 'Für „2019“ liegen keine Werte dieser Kennzahl vor. Vorhanden sind: 31.12.2023, 31.12.2024.', nearest: { period: '2024-12-31' } })
  t.match(faultOf({ level: 'block' }), { status: 404, parameter: 'ebene', nearest: { level: null } })
  t.match(faultOf({ areas: ['01', '99'] }), { status: 400, parameter: 'gebiete', detail: /99/, nearest: { areas: ['01'] } })
  t.match(faultOf({ page: 2 }), { status: 404, parameter: 'seite', nearest: { page: 1 } })
  t.match(faultOf({ second: 'nope' }), { status: 400, parameter: 'zweite', nearest: { second: null } })
  t.match(faultOf({ indicator: 'sgb2-recipients', level: 'stadt' }), { status: 404, parameter: 'ebene', detail: /Sozialraum/, nearest: { level: null } })
  t.throws(() => viewPage(edition, { ...view, period: '2019' }, site), { message: /cannot show sgb2-share 2019/ })
  t.match(newestView(edition, 'sgb2-share', { ...view, level: 'stadt', period: '' }), { period: '2024-12-31', level: 'stadt' })
  t.equal(faultText([{ parameter: 'seite', value: 'x', fault: 'invalid-value', expected: '1' }], 'de'), '„x“ ist kein gültiger Wert für „seite“. Möglich wäre zum Beispiel: 1.')
})

t.test('a level above 1,500 areas has its map in a file of its own and 200 rows on a page', async t => {
  const edition = largeEdition(1501)
  const html = viewPage(edition, { ...view, page: 8 }, site)
  t.match(html, '<img src="/tiny/karte/sgb2-share/2024-12-31.svg"')
  t.equal([...html.matchAll(/<tr data-area=/g)].length, 101)
  t.match(html, 'seite=7#values')
  t.match(html, 'Seite 8 von 8')
  t.notMatch(html, 'Nächste Seite')
  t.equal(findMarkupFault(html), undefined)
})

/** A number where none may be: as if a fault of the pipeline had left it behind a suppressed cell. */
function withPlanted (value: number): Edition {
  const tiny = tinyEdition()
  const series = tiny.series.map(series => ({
    ...series,
    values: series.values.map((row, period) => row.map((cell, area) => series.statuses[period]![area] === 's' ? value : cell)),
  }))
  return { ...tiny, series }
}

function hostileEdition (): Edition {
  const bad = '"><script>alert(1)</script><b>\'><img onload=x>\u0007 & co'
  const tiny = annotatedEdition()
  return {
    ...tiny,
    atlas: { ...tiny.atlas, title: bad, municipality: bad, licence: { name: bad, url: `https://x.example/${bad}` }, contact: { name: bad, email: bad } },
    themes: tiny.themes.map(theme => ({ ...theme, label: { de: bad } })),
    remarks: (tiny.remarks ?? []).map(remark => ({ ...remark, text: { de: bad } })),
    references: (tiny.references ?? []).map(area => ({ ...area, name: { de: bad }, values: area.values.map(value => ({ ...value, source: bad, licence: { name: bad, url: bad }, differs: { de: bad } })) })),
    levels: tiny.levels.map(level => ({ ...level, recut: { de: bad }, label: { de: bad }, labelPlural: { de: bad }, areas: level.areas.map(area => ({ ...area, name: bad })) })),
    indicators: tiny.indicators.map(indicator => ({ ...indicator, label: { de: bad }, definition: { de: bad }, unit: { de: bad }, notes: [{ de: bad }], changes: [{ from: '2024-12-31', note: { de: bad } }] })),
    deliveries: tiny.deliveries.map(delivery => ({ ...delivery, title: bad, publisher: bad, attribution: bad, legalBasis: bad, licence: { name: bad, url: bad } })),
    context: [{ kind: 'neighbour', name: bad, lines: [], polygons: tiny.geometries[0]!.shapes[0]! }],
    notes: [{ de: bad }],
  }
}

/** Squares of 0.01 degree in rows of fifty. */
function largeEdition (count: number): Edition {
  const tiny = tinyEdition()
  const areas = Array.from({ length: count }, (_, i) => ({ id: String(i).padStart(5, '0'), name: `Gebiet ${i}`, parentId: 'tiny' }))
  const shapes = areas.map((_, i) => {
    const [west, south] = [9e7 + (i % 50) * 1e5, 52e7 + Math.floor(i / 50) * 1e5]
    return [[[west, south, west + 1e5, south, west + 1e5, south + 1e5, west, south + 1e5, west, south]]]
  })
  const geometry = {
    id: 'gaaaaaaaaaaaa',
    shapes,
    labels: shapes.map(([polygon]) => ({ position: [polygon![0]![0]! + 5e4, polygon![0]![1]! + 5e4] as const, radiusMetres: 300 })),
    bounds: { west: 9, south: 52, east: 9.5, north: 52.31 },
  }
  const row = <Value>(value: Value) => areas.map(() => value)
  const series = {
    ...tiny.series[0]!,
    periods: ['2024-12-31'],
    values: [areas.map((_, i) => i % 40)],
    statuses: [row('o' as const)],
    reasons: [row(null)],
    flags: [row(null)],
    classes: { method: 'pretty' as const, breaks: [0, 10, 20, 40] },
  }
  return tinyEdition({ levels: [{ ...tiny.levels[0]!, areas }, tiny.levels[1]!], geometries: [geometry, tiny.geometries[1]!], series: [series] })
}

t.test('a delivered measure does not claim a protection that cannot be made sure of', async t => {
  const edition = tinyEdition()
  const [share] = edition.indicators
  const measure = { ...share!, kind: 'measure' as const, formula: null }
  t.match(indicatorPage(edition, share!, site), 'Werte unter 3 Fällen werden nicht veröffentlicht.')
  const page = indicatorPage({ ...edition, indicators: [measure] }, measure, site)
  t.match(page, 'Mindestfallzahl des Datenhalters: 3. Der Wert ist so übernommen, wie er geliefert wurde.')
  t.notMatch(page, 'werden nicht veröffentlicht')
})
