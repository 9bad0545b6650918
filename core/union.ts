import type { Cell } from './cell.ts'
import type { Edition } from './edition.ts'
import type { Indicator } from './indicator.ts'
import { sumDecimals } from './aggregate.ts'
import { missing, observed, suppressed } from './cell.ts'
import { findCells, findIndicator, findSeries, getLevel } from './edition.ts'
import { getPeriod } from './period.ts'

/** A figure for several areas together. */
export interface UnionFigure {
  readonly cell: Cell
  /** Why there is none: the members that are not printed, with what is printed in their place. */
  readonly without: ReadonlyArray<{ readonly indicator: string, readonly area: string, readonly cell: Cell }>
}

export interface UnionRequest {
  readonly level: string
  /** Ids of areas of the level; whatever stands twice counts once. */
  readonly areas: readonly string[]
  readonly indicator: string
  readonly period: string
}

/**
 * A figure for areas together, from printed counts alone: one member that is not printed, and there is none. Shares and ratios are
 * computed from the sums of their operands, never averaged; a measure cannot be put together at all (`not-applicable`).
 *
 * @returns undefined where the edition has no such indicator, or no figures of it for this level and period
 * @throws RangeError for an unknown level or area, or none at all
 */
export function findUnionFigure (edition: Edition, request: UnionRequest): UnionFigure | undefined {
  if (request.areas.length === 0) throw new RangeError('a union of no areas')
  const indicator = findIndicator(edition, request.indicator)
  if (!indicator || !findRow(edition, request.level, request.indicator, request.period)) return undefined
  if (indicator.kind === 'count') return sumOf(edition, request, [indicator.id], request.period)
  if (!indicator.formula) return { cell: missing('not-applicable'), without: [] }
  return quotientOf(edition, request, indicator)
}

function quotientOf (edition: Edition, request: UnionRequest, indicator: Indicator): UnionFigure | undefined {
  const { numerator, minus, denominator, factor } = indicator.formula!
  const day = indicator.periods.find(({ period }) => period === request.period)?.denominatorDate ?? getPeriod(request.period).to
  const denominatorPeriod = findPeriodOf(edition, request, denominator[0]!, day)
  if (denominatorPeriod === undefined) return undefined
  const [top, taken, bottom] = [
    sumOf(edition, request, numerator, request.period), sumOf(edition, request, minus, request.period), sumOf(edition, request, denominator, denominatorPeriod),
  ]
  if (!top || !taken || !bottom) return undefined
  const without = [...top.without, ...taken.without, ...bottom.without]
  const parts = [top.cell, taken.cell, bottom.cell]
  const worst = parts.find(({ status }) => status === 'suppressed') ?? parts.find(({ status }) => status === 'missing')
  if (worst) return { cell: worst, without }
  const [above, minusValue, below] = parts.map(cell => cell.status === 'observed' ? cell.value : 0) as [number, number, number]
  if (below === 0) return { cell: missing('not-applicable'), without }
  const flag = parts.map(cell => cell.status === 'observed' ? cell.flag : undefined).find(known => known !== undefined)
  return { cell: observed(Number((factor * (above - minusValue) / below).toFixed(indicator.decimals + 2)), flag), without }
}

/** The period of a denominator: the one that ends on the day, of several the one that is asked for. */
function findPeriodOf (edition: Edition, { level, period }: UnionRequest, indicator: string, day: string): string | undefined {
  const periods = findSeries(edition, level, indicator)?.periods.filter(candidate => getPeriod(candidate).to === day) ?? []
  return periods.find(candidate => candidate === period) ?? periods.at(-1)
}

function findRow (edition: Edition, level: string, indicator: string, period: string): readonly Cell[] | undefined {
  const series = findSeries(edition, level, indicator)
  return series && findCells(series, period)
}

/** The sum of several counts over the areas; no counts at all are zero. */
function sumOf (edition: Edition, { level: levelId, areas }: UnionRequest, indicators: readonly string[], period: string): UnionFigure | undefined {
  const level = getLevel(edition, levelId)
  const positions = [...new Set(areas)].map(id => {
    const position = level.areas.findIndex(area => area.id === id)
    if (position === -1) throw new RangeError(`unknown area: ${id}`)
    return { id, position }
  })
  const rows = indicators.map(indicator => ({ indicator, row: findRow(edition, levelId, indicator, period) }))
  if (rows.some(({ row }) => row === undefined)) return undefined
  const members = rows.flatMap(({ indicator, row }) => positions.map(({ id, position }) => ({ indicator, area: id, cell: row![position]! })))
  const without = members.filter(({ cell }) => cell.status !== 'observed')
  if (without.length > 0) {
    return { cell: without.some(({ cell }) => cell.status === 'suppressed') ? suppressed : without[0]!.cell, without }
  }
  const observedCells = members.flatMap(({ cell }) => cell.status === 'observed' ? cell : [])
  return { cell: observed(sumDecimals(observedCells.map(({ value }) => value)), observedCells.find(({ flag }) => flag !== undefined)?.flag), without }
}
