import t from 'tap'
import type { View } from '../../core/view.ts'
import { findReference, findSeries } from '../../core/edition.ts'
import { formatView, plainView } from '../../core/view.ts'
import { makeBootstrap, type Bootstrap } from '../../render/bootstrap.ts'
import { valuesJson, type ValuesJson } from '../../render/values-json.ts'
import { getView } from '../../render/view-data.ts'
import { areaText, keyEntries, tableRows, viewSentence, viewTitle } from '../../render/view-parts.ts'
import { fillTemplate, viewOfAddress } from '../../viewer/address.ts'
import { classIndexes, hasTown, toFacts } from '../../viewer/facts.ts'
import { fillColour, hatchPixels, mapStyle } from '../../viewer/map-style.ts'
import { sortRows } from '../../viewer/sort.ts'
import { openValues } from '../../viewer/values.ts'
import { isSameFigure, isSamePage, withIndicator, withLevel, withPeriod, withPin } from '../../viewer/view-changes.ts'
import { testAssets } from '../server/serve-tiny.ts'
import { tinyEdition } from '../tiny-edition.ts'

const edition = tinyEdition()
const site = { publicUrl: '', toHref: (path: string) => path, assets: testAssets.urls, isCurrent: true }
const start = plainView({ atlas: 'tiny', indicator: 'sgb2-share', period: '2024-12-31' })

const bootstrapOf = (view: View): Bootstrap => makeBootstrap(getView(edition, view), site)
const valuesOf = (level: string, indicator: string): ValuesJson => valuesJson(edition, findSeries(edition, level, indicator)!)

t.test('the browser says of every view what the server says', t => {
  const views = edition.series.flatMap(({ level, indicator, periods }) => periods.flatMap(period => [
    { ...start, indicator, period, level },
    { ...start, indicator, period, level, language: 'en' as const },
    { ...start, indicator, period, level, classes: { method: 'manual' as const, breaks: [5, 10] } },
  ]))
  t.equal(views.length, 15)
  for (const view of views) {
    const server = getView(edition, view)
    const bootstrap = bootstrapOf(view)
    const reference = findReference(edition)!
    const town = hasTown(bootstrap, view.indicator) ? valuesOf(reference.level.id, view.indicator) : undefined
    const browser = toFacts(bootstrap, view, server.areas.map(({ name }) => name), valuesOf(view.level, view.indicator), town)
    const saying = (facts: typeof browser) => ({
      title: viewTitle(facts),
      sentence: viewSentence(facts),
      key: keyEntries(facts),
      rows: tableRows(facts),
      texts: facts.areas.map(({ name }, i) => areaText(name, facts.cells[i]!, facts)),
      town: facts.town,
    })
    t.strictSame(saying(browser), saying(server), formatView(view))
  }
  t.end()
})

t.test('the map gets a class index per area; suppressed and missing are no class', t => {
  const facts = toFacts(bootstrapOf(start), start, ['Altstadt', 'Nordertor', 'Süd'], valuesOf('sozialraum', 'sgb2-share'), undefined)
  t.strictSame(classIndexes(facts), [1, -1, -2])
  t.throws(() => toFacts(bootstrapOf(start), { ...start, period: '1999' }, [], valuesOf('sozialraum', 'sgb2-share'), undefined), RangeError('no values for 1999 on sozialraum'))
  t.end()
})

t.test('an address names a view and nothing else does', t => {
  const views: View[] = [start, { ...start, level: 'stadt', language: 'en' }, { ...start, areas: ['01', '03'], classes: { method: 'equal', count: 4 } }]
  for (const view of views) t.strictSame(viewOfAddress(new URL(formatView(view), 'https://atlas.example')), view)
  for (const path of ['/tiny', '/tiny/karte/sgb2-share', '/tiny/karte/sgb2-share/2024.csv', '/tiny/karte/sgb2-share/2024?ebene=a%20b']) {
    t.equal(viewOfAddress(new URL(path, 'https://atlas.example')), undefined, path)
  }
  t.equal(fillTemplate('/{level}/{z}/{x}', { level: 'stadt' }, { base: '/atlas' }), '/atlas/stadt/{z}/{x}', 'what is not given stays for the map')
  t.end()
})

t.test('a choice leads to a view that exists', t => {
  const bootstrap = bootstrapOf(start)
  const older = { ...start, period: '2023-12-31', areas: ['02'], page: 3 }
  t.strictSame(withIndicator(bootstrap, older, 'sgb2-recipients'), { ...start, indicator: 'sgb2-recipients', areas: ['02'] },
    'the newest period where the shown one has no values, pinned areas stay, the table starts anew')
  t.strictSame(withPeriod(bootstrap, start, '2023-12-31'), { ...start, period: '2023-12-31' })
  t.equal(withPeriod(bootstrap, start, '1999'), undefined)
  t.strictSame(withLevel(bootstrap, older, 'stadt'), { ...start, period: '2023-12-31', level: 'stadt' }, 'areas of another level are others')
  t.equal(withLevel(bootstrap, { ...start, indicator: 'sgb2-recipients' }, 'stadt'), undefined, 'the town has no such values')

  const town = { ...start, level: 'stadt' }
  t.strictSame(withIndicator(bootstrapOf(town), town, 'sgb2-recipients'), { ...start, indicator: 'sgb2-recipients' }, 'another level where this one has none')
  t.strictSame(withPeriod(bootstrapOf(town), town, '2023-12-31'), { ...town, period: '2023-12-31' }, 'the level stays named')
  t.end()
})

t.test('a page shows another view of its level itself, and leaves the rest to the server', t => {
  const bootstrap = bootstrapOf(start)
  t.ok(isSamePage(bootstrap, start, { ...start, period: '2023-12-31' }))
  t.ok(isSamePage(bootstrap, start, { ...start, level: 'sozialraum' }), 'the level shown, by its name')
  for (const other of [{ level: 'stadt' }, { language: 'en' as const }, { edition: 'e0123456789ab' }]) t.notOk(isSamePage(bootstrap, start, { ...start, ...other }))
  t.notOk(isSameFigure(start, { ...start, classes: { method: 'equal', count: 4 } }))
  t.end()
})

t.test('at most three areas are pinned, and a second press takes one off', t => {
  const pinned = ['01', '02', '03', '04'].reduce(withPin, start)
  t.strictSame(pinned.areas, ['02', '03', '04'])
  t.strictSame(withPin(pinned, '03').areas, ['02', '04'])
  t.end()
})

t.test('rows without a value come last in both directions, in the order of their names', t => {
  const rows = [['b', undefined], ['ä', undefined], ['c', 10], ['d', 9], ['e', -1], ['a', 10]].map(([text, value]) => (
    { row: text as string, text: text as string, value: value as number | undefined }))
  t.equal(sortRows(rows, 'ascending', true, 'de').join(''), 'edacäb')
  t.equal(sortRows(rows, 'descending', true, 'de').join(''), 'acdeäb')
  t.equal(sortRows(rows, 'ascending', false, 'de').join(''), 'aäbcde', 'names by the rules of German')
  t.strictSame(sortRows(['Gebiet 10', 'Gebiet 9'].map(text => ({ row: text, text, value: undefined })), 'ascending', false, 'de'), ['Gebiet 9', 'Gebiet 10'])
  t.end()
})

t.test('a values file is fetched once, and again only after it could not be had', async t => {
  const asked: string[] = []
  let isAway = true
  const values = openValues(bootstrapOf(start), async url => {
    asked.push(url)
    if (isAway) throw new Error('503')
    return valuesOf('sozialraum', 'sgb2-share')
  })
  await t.rejects(values('sozialraum', 'sgb2-share'))
  isAway = false
  const [first, second] = await Promise.all([values('sozialraum', 'sgb2-share'), values('sozialraum', 'sgb2-share')])
  t.equal(first, second)
  t.strictSame(asked, Array(2).fill(`/tiny/values/${edition.id}/sozialraum/sgb2-share.json`))
})

t.test('the paint of the map names classes and no values, so that a switch changes no style', t => {
  t.strictSame(fillColour(['#ffffff', '#000000']), ['match', ['coalesce', ['feature-state', 'c'], -2], 0, '#ffffff', 1, '#000000', '#c4c4c4'])
  t.equal(fillColour([]), '#c4c4c4', 'nothing printed: every area is grey')

  const context = { type: 'FeatureCollection' as const, features: [] }
  const tiles = mapStyle({ source: { kind: 'tiles', url: 'https://atlas.example/{z}/{x}/{y}.mvt', minZoom: 4, maxZoom: 10, bounds: [5, 47, 15, 55] }, context, colours: ['#ffffff'], latitude: 52 })
  t.strictSame(Object.keys(tiles.sources), ['areas', 'context'])
  t.match(tiles.layers.find(({ id }) => id === 'labels'), { source: 'areas', 'source-layer': 'labels' })
  const topology = mapStyle({ source: { kind: 'topology', areas: context, borders: context, labels: context }, context, colours: ['#ffffff'], latitude: 52 })
  t.match(topology.layers.find(({ id }) => id === 'labels'), { source: 'labels' })
  t.equal(tiles.glyphs ?? tiles.sprite, undefined, 'nothing to ask anybody for')
  t.end()
})

t.test('the hatch joins at the edges of its image', t => {
  const { width, height, data } = hatchPixels(20, 4)
  t.equal(data.length, width * height * 4)
  const red = (x: number, y: number) => data[((y % height) * width + x % width) * 4]
  for (let i = 0; i < width; i++) t.equal(red(width, i), red(0, i)) && t.equal(red(width - 1, i + 1), red(width, i))
  t.ok(data.every((channel, i) => i % 4 !== 3 || channel === 255), 'opaque: no class colour shines through')
  t.end()
})
