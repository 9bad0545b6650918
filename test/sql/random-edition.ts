import fc from 'fast-check'
import type { Cell } from '../../core/cell.ts'
import { cellFlags, missing, missingReasons, observed, suppressed } from '../../core/cell.ts'
import type { Edition, Series } from '../../core/edition.ts'
import type { Indicator } from '../../core/indicator.ts'
import { tinyEdition } from '../tiny-edition.ts'

/** Any text an edition may contain, in NFC as the canonical content wants it; quotes, NUL and emoji included. */
const text = fc.string({ unit: 'binary', maxLength: 12 }).map(value => value.normalize('NFC'))
const identifier = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2060-01-01'), noInvalidDate: true }).map(date => date.toISOString().slice(0, 10))
const period = fc.oneof(
  day,
  fc.integer({ min: 1990, max: 2060 }).map(String),
  fc.tuple(fc.integer({ min: 1990, max: 2060 }), fc.integer({ min: 1, max: 4 })).map(([year, quarter]) => `${year}-q${quarter}`),
  fc.integer({ min: 2000, max: 2050 }).map(year => `${year}-${String(year + 1).slice(2)}`),
  fc.integer({ min: 1990, max: 2060 }).map(year => `${year}-${year + 3}`),
)
// -0 is written as 0 in canonical content
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => value + 0)
const cell: fc.Arbitrary<Cell> = fc.oneof(
  fc.tuple(number, fc.option(fc.constantFrom(...cellFlags), { nil: undefined })).map(([value, flag]) => observed(value, flag)),
  fc.constant(suppressed),
  fc.tuple(number, number).map(([a, b]): Cell => ({ status: 'suppressed', between: [Math.min(a, b), Math.max(a, b)] })),
  fc.constantFrom(...missingReasons).map(missing),
)

/** Plain objects: what comes back from the store has the ordinary prototype. */
const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record(fields, { noNullPrototype: true })

/** Editions of any shape: levels without areas, series without periods, every kind of cell. */
export const randomEdition: fc.Arbitrary<Edition> = record({
  title: text,
  audience: fc.constantFrom('public' as const, 'internal' as const),
  levels: fc.uniqueArray(record({
    id: identifier,
    label: text,
    validFrom: day,
    validTo: fc.option(day),
    areas: fc.uniqueArray(record({ id: identifier, name: text, parentId: fc.option(identifier) }), { maxLength: 5, selector: ({ id }) => id }),
  }), { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
  indicators: fc.uniqueArray(identifier, { minLength: 1, maxLength: 3 }),
  notes: fc.array(record({ de: text, en: text }), { maxLength: 2 }),
}).chain(({ levels, indicators, audience, title, notes }) =>
  fc.tuple(...levels.flatMap(level => indicators.map(indicator => randomSeries(level.id, indicator, level.areas.length)))).map(series => {
    const { atlas, indicators: [template] } = tinyEdition()
    return tinyEdition({
      atlas: { ...atlas, title },
      audience,
      levels: levels.map(level => ({
        ...level, label: { de: level.label }, labelPlural: { de: level.label }, system: level.id, parent: null, geometry: 'gaaaaaaaaaaaa', attribution: null,
      })),
      indicators: indicators.map((id): Indicator => ({ ...template!, id, label: { de: title } })),
      series: series.filter(one => one !== null),
      notes,
    })
  }))

function randomSeries (level: string, indicator: string, areaCount: number): fc.Arbitrary<Series | null> {
  return fc.option(fc.uniqueArray(period, { maxLength: 4 }).chain(periods =>
    fc.array(fc.array(cell, { minLength: areaCount, maxLength: areaCount }), { minLength: periods.length, maxLength: periods.length })
      .map(rows => toSeries(level, indicator, periods, rows))))
}

/** Columns out of cells. */
export function toSeries (level: string, indicator: string, periods: readonly string[], rows: ReadonlyArray<readonly Cell[]>): Series {
  const column = <T>(pick: (cell: Cell) => T) => rows.map(row => row.map(pick))
  return {
    level,
    indicator,
    periods,
    values: column(one => one.status === 'observed' ? one.value : null),
    statuses: column(one => one.status === 'observed' ? 'o' : one.status === 'suppressed' ? 's' : 'm'),
    reasons: column(one => one.status === 'missing' ? one.reason : null),
    flags: column(one => one.status === 'observed' ? one.flag ?? null : null),
    ...rows.flat().some(one => one.status === 'suppressed' && one.between) && {
      between: column(one => one.status === 'suppressed' ? one.between ?? null : null),
    },
    classes: { method: 'pretty', breaks: [0, 10.5] },
  }
}

/** An edition of the given size, for measuring: one level, one indicator after the other. */
export function bigEdition (areaCount: number, periodCount: number, indicatorCount: number): Edition {
  const { levels: [level], indicators: [template] } = tinyEdition()
  const ids = Array.from({ length: indicatorCount }, (_, index) => `indicator-${index}`)
  const periods = Array.from({ length: periodCount }, (_, index) => String(2000 + index))
  return tinyEdition({
    levels: [{ ...level!, areas: Array.from({ length: areaCount }, (_, index) => ({ id: String(index).padStart(6, '0'), name: `Gebiet ${index}`, parentId: null })) }],
    indicators: ids.map((id): Indicator => ({ ...template!, id })),
    series: ids.map((id, number) => toSeries('sozialraum', id, periods, periods.map((_, row) =>
      Array.from({ length: areaCount }, (_, column) => column % 17 === 0 ? suppressed : observed((column * 7919 + row * 104729 + number) % 10007 / 7))))),
  })
}
