import t from 'tap'
import fc from 'fast-check'
import type { View } from '../../core/view.ts'
import { formatView, parseView, plainView } from '../../core/view.ts'

const path = { atlas: 'tiny', indicator: 'sgb2-share', period: '2024-12-31' }

t.test('parseView reads back every view that formatView writes', async t => {
  const isReadBack = (view: View) => JSON.stringify(parseView(path, queryOf(formatView(view)))) === JSON.stringify({ view })
  t.doesNotThrow(() => fc.assert(fc.property(anyView(), isReadBack), { numRuns: 300 }))
})

t.test('formatView leaves defaults out and keeps one order, whatever the order of the query', async t => {
  t.equal(formatView(plainView(path)), '/tiny/karte/sgb2-share/2024-12-31')
  t.equal(formatView(plainView(path), 'csv'), '/tiny/karte/sgb2-share/2024-12-31.csv')
  const { view } = parseView(path, [['sprache', 'en'], ['seite', '1'], ['ansicht', 'karte'], ['gebiete', '02,01'], ['ebene', 'sozialraum']])
  t.equal(formatView(view!), '/tiny/karte/sgb2-share/2024-12-31?ebene=sozialraum&gebiete=02,01&sprache=en')
})

t.test('an unknown name and an invalid value are different faults, and both are reported at once', async t => {
  const { faults, nearest } = parseView(path, [['utm_source', 'mail'], ['klassen', 'quantile-99'], ['ebene', 'sozialraum']]) as Extract<ReturnType<typeof parseView>, { nearest: unknown }>
  t.match(faults, [{ parameter: 'utm_source', fault: 'unknown-name' }, { parameter: 'klassen', fault: 'invalid-value', value: 'quantile-99' }])
  t.equal(formatView(nearest!), '/tiny/karte/sgb2-share/2024-12-31?ebene=sozialraum')
})

t.test('a repeated parameter is a fault, the first one counts for the nearest view', async t => {
  const result = parseView(path, [['ebene', 'stadt'], ['ebene', 'sozialraum']])
  t.match(result, { faults: [{ parameter: 'ebene', value: 'sozialraum', fault: 'repeated' }], nearest: { level: 'stadt' } })
})

t.test('a path that cannot be read has no nearest view', async t => {
  t.match(parseView({ ...path, period: '2024-13-01' }, []), { faults: [{ parameter: 'period' }], nearest: null })
  t.match(parseView({ ...path, indicator: '../etc' }, []), { faults: [{ parameter: 'indicator' }], nearest: null })
})

t.test('values that cannot be meant are refused', async t => {
  const refused: Array<[string, string]> = [
    ['seite', '0'], ['seite', '1.5'], ['gebiete', ''], ['gebiete', '01,01'], ['gebiete', 'a b'], ['klassen', 'manual:20,10'], ['klassen', 'manual:'], ['klassen', 'manual:1e999'],
    ['klassen', 'manual:1,2,3,4,5,6,7'], ['ausschnitt', '9.3,52.5,9.1,52.7'], ['ausschnitt', '9.1,52.5,9.3'], ['ausschnitt', '9.1,52.5,9.3,91'],
    ['ausgabe', 'current'], ['sprache', 'fr'], ['ansicht', 'map'], ['klassen', 'quantile-8'], ['ausschnitt', 'NaN,1,2,3'],
  ]
  for (const [name, value] of refused) t.ok(parseView(path, [[name, value]]).faults, `${name}=${value}`)
})

function queryOf (url: string): Array<[string, string]> {
  return [...new URLSearchParams(url.split('?')[1] ?? '')]
}

function anyView (): fc.Arbitrary<View> {
  const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,60}$/)
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map(value => Math.abs(value) < 1e-6 ? 0 : value)
  return fc.record<View>({
    atlas: fc.constant(path.atlas),
    indicator: fc.constant(path.indicator),
    period: fc.constant(path.period),
    level: fc.option(id),
    areas: fc.uniqueArray(id, { maxLength: 5 }),
    comparison: fc.option(id),
    second: fc.option(id),
    mode: fc.constantFrom('karte', 'tabelle', 'verlauf', 'streuung', 'klein'),
    classes: fc.option(fc.oneof(
      fc.record({ method: fc.constantFrom('quantile', 'natural', 'equal', 'pretty'), count: fc.integer({ min: 2, max: 7 }) }),
      fc.record({ method: fc.constant('manual' as const), breaks: fc.uniqueArray(number, { minLength: 1, maxLength: 6 }).map(bounds => bounds.toSorted((a, b) => a - b)) }),
    )),
    bounds: fc.option(fc.tuple(fc.integer({ min: -1800, max: 1700 }), fc.integer({ min: -900, max: 800 })).map(([west, south]) =>
      ({ west: west / 10, south: south / 10, east: west / 10 + 0.123, north: south / 10 + 0.456 }))),
    page: fc.integer({ min: 1, max: 9999 }),
    edition: fc.option(fc.stringMatching(/^e[0-9a-f]{12}$/)),
    language: fc.option(fc.constantFrom('de', 'en')),
  })
}
