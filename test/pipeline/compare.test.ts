import fc from 'fast-check'
import t from 'tap'
import type { Edition, Series } from '../../core/edition.ts'
import type { Indicator } from '../../core/indicator.ts'
import { listIndicatorChanges } from '../../core/compare/cells.ts'
import { compareEditions } from '../../core/compare/differences.ts'
import { listTextChanges } from '../../core/compare/texts.ts'
import { missingNotes, tellDifferences } from '../../pipeline/compare/tell.ts'
import { tinyEdition } from '../tiny-edition.ts'
import { codes } from './problem-codes.ts'

const before = tinyEdition()
const place = { file: 'atlas.yaml' }

function withIndicator (change: (indicator: Indicator) => Indicator): Edition {
  const [first, ...others] = before.indicators
  return tinyEdition({ indicators: [change(first!), ...others] })
}

function withSeries (change: (series: Series) => Series): Edition {
  const [first, ...others] = before.series
  return tinyEdition({ series: [change(first!), ...others] })
}

t.test('an edition does not differ from itself', async t => {
  t.strictSame(compareEditions(before, before), [])
})

t.test('a new period is said with the number of its printed cells, not once per area', async t => {
  const after = withSeries(series => ({
    ...series,
    periods: [...series.periods, '2025-12-31'],
    values: [...series.values, series.values.at(-1)!.map(() => 7)],
    statuses: [...series.statuses, series.statuses.at(-1)!.map(() => 'o' as const)],
    reasons: [...series.reasons, series.reasons.at(-1)!.map(() => null)],
    flags: [...series.flags, series.flags.at(-1)!.map(() => null)],
  }))
  const [found, ...rest] = compareEditions(before, after)
  t.match(found, { kind: 'period', change: 'new', period: '2025-12-31', cells: 3 })
  t.strictSame(rest, [])
  t.strictSame(codes(tellDifferences([found!], before, after, place)), ['update-period-new'])
  t.match(compareEditions(after, before), [{ kind: 'period', change: 'vanished', period: '2025-12-31' }])
})

t.test('re-stated cells come with the largest change, a suppressed one without its value', async t => {
  const row = before.series[0]!.statuses.findIndex(statuses => statuses.includes('o'))
  const area = before.series[0]!.statuses[row]!.indexOf('o')
  const set = <Value>(rows: ReadonlyArray<readonly Value[]>, value: Value) => rows.map((cells, y) => cells.map((cell, x) => y === row && x === area ? value : cell))
  const old = before.series[0]!.values[row]![area]!
  const changed = withSeries(series => ({ ...series, values: set(series.values, old + 5) }))
  t.match(compareEditions(before, changed), [{ kind: 'cells', changed: 1, appeared: 0, vanished: 0, largest: { before: old, after: old + 5 } }])
  t.strictSame(codes(tellDifferences(compareEditions(before, changed), before, changed, place)), ['update-cells-changed'])

  const hidden = withSeries(series => ({ ...series, values: set<number | null>(series.values, null), statuses: set(series.statuses, 's' as const) }))
  t.match(compareEditions(before, hidden), [{ kind: 'cells', changed: 0, vanished: 1, largest: null }])
  t.strictSame(codes(tellDifferences(compareEditions(before, hidden), before, hidden, place)), ['update-cells'])
})

t.test('a changed meaning needs a note, and with one it is a break and no error', async t => {
  const changed = withIndicator(indicator => ({ ...indicator, definition: { de: 'Etwas anderes.' }, formula: indicator.formula && { ...indicator.formula, factor: 1000 } }))
  const differences = compareEditions(before, changed)
  t.match(differences, [{ kind: 'definition', parts: ['definition', 'factor'], isNoted: false }])
  t.strictSame(codes(missingNotes(differences, place)), ['update-definition-needs-note'])

  const noted = withIndicator(indicator => ({ ...indicator, definition: { de: 'Etwas anderes.' }, changes: [{ from: '2024-12-31', note: { de: 'Neue Altersgrenze.' } }] }))
  t.strictSame(missingNotes(compareEditions(before, noted), place), [])
  t.strictSame(codes(tellDifferences(compareEditions(before, noted), before, noted, place)), ['update-definition'])
  const again = withIndicator(indicator => ({ ...indicator, definition: { de: 'Noch anders.' }, changes: [{ from: '2024-12-31', note: { de: 'Neue Altersgrenze.' } }] }))
  t.strictSame(codes(missingNotes(compareEditions(noted, again), place)), ['update-definition-needs-note'], 'the note of the change before does not count')
})

t.test('a label or a line break of a definition may change without a word', async t => {
  t.strictSame(compareEditions(before, withIndicator(indicator => ({ ...indicator, label: { de: 'Anders' }, definition: { ...indicator.definition, de: ` ${indicator.definition.de.replaceAll(' ', '\n')}` } }))), [])
})

t.test('another publisher is another source', async t => {
  const after = tinyEdition({ deliveries: before.deliveries.map(delivery => ({ ...delivery, publisher: 'Landesamt' })) })
  t.ok(compareEditions(before, after).every(difference => difference.kind === 'definition' && difference.parts.includes('source')))
  t.ok(compareEditions(before, after).length > 0)
})

t.test('areas that come, go or move are a re-cut and need a note', async t => {
  const [level, ...others] = before.levels
  const renamed = tinyEdition({ levels: [{ ...level!, areas: level!.areas.map((area, index) => index === 2 ? { ...area, id: '04' } : area) }, ...others] })
  const recut = compareEditions(before, renamed).find(({ kind }) => kind === 'recut')
  t.match(recut, { level: 'sozialraum', appeared: ['04'], vanished: ['03'], isNoted: false })
  t.ok(codes(missingNotes(compareEditions(before, renamed), place)).includes('update-recut-needs-note'))
  const noted = tinyEdition({ levels: [{ ...level!, areas: renamed.levels[0]!.areas, recut: { de: 'Süd heißt jetzt 04.' } }, ...others] })
  t.strictSame(missingNotes(compareEditions(before, noted), place), [])

  const moved = tinyEdition({
    levels: [{ ...level!, geometry: 'gcccccccccccc' }, ...others],
    geometries: before.geometries.flatMap(geometry => geometry.id === level!.geometry
      ? [geometry, { ...geometry, id: 'gcccccccccccc', shapes: geometry.shapes.map((shape, index) => index === 0 ? shape.map(polygon => polygon.map(ring => ring.map((n, i) => i % 2 === 0 ? n + 30_000 : n))) : shape) }]
      : [geometry]),
  })
  t.match(compareEditions(before, moved), [{ kind: 'recut', moved: ['01'], appeared: [], vanished: [] }])
})

t.test('what one direction calls new, the other calls vanished, whatever cells are printed', async () => {
  const series = before.series[0]!
  const printed = fc.array(fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }), { minLength: series.values[0]!.length, maxLength: series.values[0]!.length }), { minLength: series.periods.length, maxLength: series.periods.length })
  const editionOf = (values: ReadonlyArray<ReadonlyArray<number | null>>) => withSeries(series => ({ ...series, values, statuses: values.map(row => row.map(value => value === null ? 's' as const : 'o' as const)), reasons: values.map(row => row.map(() => null)), flags: values.map(row => row.map(() => null)) }))
  fc.assert(fc.property(printed, printed, (a, b) => {
    const [there, back] = [compareEditions(editionOf(a), editionOf(b)), compareEditions(editionOf(b), editionOf(a))]
    const count = (differences: typeof there, key: 'appeared' | 'changed' | 'vanished') => differences.reduce((sum, difference) => sum + (difference.kind === 'cells' ? difference[key] : 0), 0)
    return count(there, 'appeared') === count(back, 'vanished') && count(there, 'changed') === count(back, 'changed')
  }), { numRuns: 60 })
})

t.test('the list of changed cells and the counts are one: every count is the length of its part of the list', async t => {
  const letters = ['o', 's', 'm'] as const
  fc.assert(fc.property(fc.array(fc.record({ letter: fc.constantFrom(...letters), value: fc.integer({ min: 0, max: 2 }) }), { minLength: 3, maxLength: 3 }), cells => {
    const change = (series: Series): Series => {
      const row = series.periods.length - 1
      const put = <Value>(rows: ReadonlyArray<readonly Value[]>, values: readonly Value[]) => rows.map((cells, y) => y === row ? values : cells)
      return {
        ...series,
        values: put(series.values, cells.map(({ letter, value }) => letter === 'o' ? value : null)),
        statuses: put(series.statuses, cells.map(({ letter }) => letter)),
        reasons: put(series.reasons, cells.map(({ letter }) => letter === 'm' ? 'pending' as const : null)),
        flags: put(series.flags, cells.map(() => null)),
      }
    }
    const after = withSeries(change)
    const list = listIndicatorChanges(before, after, before.series[0]!.indicator).filter(({ level }) => level === before.series[0]!.level)
    const counts = compareEditions(before, after).flatMap(difference => difference.kind === 'cells' ? [difference] : [])
    const sum = (count: 'changed' | 'appeared' | 'vanished' | 'signs') => counts.reduce((total, difference) => total + difference[count], 0)
    t.equal(list.length, sum('changed') + sum('appeared') + sum('vanished') + sum('signs'))
    for (const { before, after } of list) t.notSame(before, after)
    return true
  }), { numRuns: 50 })
})

t.test('sentences for readers that come or go are listed, a changed one as both', async t => {
  const after = tinyEdition({ notes: [...before.notes, { de: 'Neu gezählt.' }] })
  t.match(listTextChanges(before, after), [{ change: 'new', indicator: null, text: { de: 'Neu gezählt.' } }])
  const changed = tinyEdition({ notes: [...before.notes, { de: 'Anders gezählt.' }] })
  t.strictSame(listTextChanges(after, changed).map(({ change }) => change), ['new', 'vanished'])
  t.strictSame(listTextChanges(after, after), [])
})
