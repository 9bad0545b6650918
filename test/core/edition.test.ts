import t from 'tap'
import { canonicalText, cellAt, findCells, findReference, findSeries, getGeometry, getLevel, localise } from '../../core/edition.ts'
import { tinyEdition } from '../tiny-edition.ts'

t.test('the canonical text does not depend on the order of keys nor on the form of umlauts', async t => {
  t.equal(canonicalText({ b: 1, a: [null, 'ü'] }), canonicalText({ a: [null, 'u\u0308'], b: 1 }))
  t.equal(canonicalText({ value: 0.1 + 0.2, left: undefined }), '{"value":0.30000000000000004}')
  t.throws(() => canonicalText([Number.NaN]), { message: /cannot write NaN into an edition/ })
})

t.test('a changed value, name or coordinate is another edition', async t => {
  const { id } = tinyEdition()
  const changed = tinyEdition({ notes: [{ de: 'neu' }] })
  t.match(id, /^e[0-9a-f]{12}$/)
  t.equal(tinyEdition().id, id)
  t.not(changed.id, id)
})

t.test('cells come back as what they are: observed, suppressed, missing', async t => {
  const series = findSeries(tinyEdition(), 'sozialraum', 'sgb2-share')!
  t.strictSame(findCells(series, '2024-12-31'), [
    { status: 'observed', value: 12.5 }, { status: 'suppressed' }, { status: 'missing', reason: 'not-delivered' },
  ])
  t.strictSame(cellAt(series, 0, 1), { status: 'observed', value: 8.25 })
  t.equal(findCells(series, '1999'), undefined)
  const between = [[null, null, null], [null, [1, 14] as const, null]]
  t.strictSame(cellAt({ ...series, between }, 1, 1), { status: 'suppressed', between: [1, 14] })
  t.strictSame(cellAt({ ...series, between }, 1, 0), { status: 'observed', value: 12.5 })
})

t.test('the town is the one area of the reference level', async t => {
  t.equal(findReference(tinyEdition())?.area.name, 'Kleinstadt')
  t.equal(findReference(tinyEdition({ atlas: { ...tinyEdition().atlas, referenceLevel: null } })), undefined)
})

t.test('what an edition lacks is found missing, not invented', async t => {
  const edition = tinyEdition()
  t.throws(() => getLevel(edition, 'bezirk'), { message: /unknown level: bezirk/ })
  t.throws(() => getGeometry({ ...edition, geometries: [] }, edition.levels[0]!), { message: /which the edition lacks/ })
  t.equal(localise({ de: 'Stadt' }, 'en'), 'Stadt', 'German where it was not translated')
})
