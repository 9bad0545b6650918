import type { CellFlag, MissingReason, StatusLetter } from '../core/cell.ts'
import type { ClassMethod, Edition, Licence, Series } from '../core/edition.ts'
import type { Notice } from './notice.ts'
import type { Site } from './site.ts'
import { findIndicator, getLevel } from '../core/edition.ts'
import { plainView } from '../core/view.ts'
import { permalink } from './address.ts'
import { citeDeliveries } from './citation.ts'
import { noticeOf } from './notice.ts'

/** All cells of one indicator on one level, as columns: rows are periods, oldest first. */
export interface ValuesJson extends Notice {
  readonly edition: string
  readonly level: string
  readonly indicator: string
  readonly areas: readonly string[]
  readonly periods: readonly string[]
  /** A number exactly where the status is `o`. */
  readonly values: ReadonlyArray<ReadonlyArray<number | null>>
  readonly status: ReadonlyArray<readonly StatusLetter[]>
  readonly reason: ReadonlyArray<ReadonlyArray<MissingReason | null>>
  readonly flag: ReadonlyArray<ReadonlyArray<CellFlag | null>>
  readonly breaks: readonly number[]
  readonly method: ClassMethod
  readonly referenceDates: readonly string[]
  readonly sources: readonly string[]
  readonly licences: readonly Licence[]
  readonly permalink: string
}

/** @param site absent makes the permalink a path */
export function valuesJson (edition: Edition, series: Series, site?: Pick<Site, 'publicUrl'>): ValuesJson {
  const indicator = findIndicator(edition, series.indicator)
  const periods = indicator?.periods.filter(({ period }) => series.periods.includes(period)) ?? []
  const deliveries = edition.deliveries.filter(({ id }) => periods.some(period => period.deliveries.includes(id)))
  const { sources, licences } = citeDeliveries(edition, deliveries, edition.atlas.language)
  const newest = { ...plainView({ atlas: edition.atlas.id, indicator: series.indicator, period: series.periods.at(-1)! }), level: series.level }
  return {
    edition: edition.id,
    level: series.level,
    indicator: series.indicator,
    areas: getLevel(edition, series.level).areas.map(({ id }) => id),
    periods: series.periods,
    values: series.values.map((row, period) => row.map((value, area) => series.statuses[period]![area] === 'o' ? value : null)),
    status: series.statuses,
    reason: series.reasons,
    flag: series.flags,
    breaks: series.classes.breaks,
    method: series.classes.method,
    referenceDates: series.periods.map(period => periods.find(candidate => candidate.period === period)?.referenceDate ?? period),
    sources,
    licences,
    permalink: permalink(edition, newest, { publicUrl: site?.publicUrl ?? '' }),
    ...noticeOf(edition),
  }
}
