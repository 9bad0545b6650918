import type { Level } from '../../core/area.ts'
import type { PeriodRule, TableDelivery } from '../project-file/schema.ts'

/** A level as counting needs it. */
export type CountLevel = Pick<Level, 'id' | 'system' | 'validFrom' | 'validTo' | 'areas'>

/** Heads of a table that was counted or summed here. Its keys are those of the atlas already. */
export const areaHead = 'Gebiet'
export const periodHead = 'Zeitraum'
/** Rows whose area nobody knows. */
export const unassignedKey = 'ohne Zuordnung'

/** The delivery as the join sees it after its rows were counted: a wide table, one column per indicator. */
export function countedDelivery (delivery: TableDelivery): TableDelivery {
  // What has no row is 0 already.
  const { legend: _legend, rowless: _rowless, ...kept } = delivery
  return toWide(kept, Object.keys(delivery.count ?? {}), { column: periodHead })
}

/** The same after streets were summed up; numbers and periods are still written as the office writes them. */
export function summedDelivery (delivery: TableDelivery, indicators: readonly string[]): TableDelivery {
  const period = delivery.period?.column === undefined ? delivery.period : { ...delivery.period, column: periodHead }
  return toWide(delivery, indicators, period)
}

function toWide (delivery: TableDelivery, indicators: readonly string[], period: PeriodRule | undefined): TableDelivery {
  const { count: _count, birthDate: _birthDate, einzeldaten: _einzeldaten, totals: _totals, ...kept } = delivery
  return {
    ...kept,
    area: { column: areaHead },
    ...period && { period },
    unassigned: [unassignedKey],
    columns: Object.fromEntries(indicators.map(id => [id, id])),
  }
}
