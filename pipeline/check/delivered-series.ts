import type { Level } from '../../core/area.ts'
import type { Cell } from '../../core/cell.ts'
import { comparePeriods, getPeriod } from '../../core/period.ts'
import type { Facts, Place } from '../../core/problem.ts'
import { periodFact } from '../facts.ts'
import type { FigureColumn, Figures } from '../figures.ts'
import { groupBy } from '../../core/group-by.ts'
import { toLocalised } from '../project-file/project.ts'
import type { IndicatorEntry, ProjectFile } from '../project-file/schema.ts'

/** The delivered figures of an indicator on a level, oldest first; all periods of one kind. */
export interface DeliveredSeries {
  readonly level: Level
  readonly indicator: IndicatorEntry
  readonly columns: readonly FigureColumn[]
}

/** What somebody delivered: what was summed or divided here can be no slip of theirs. */
export function listDeliveredSeries (figures: Figures, levels: readonly Level[], { indicators }: Pick<ProjectFile, 'indicators'>): DeliveredSeries[] {
  const delivered = [...figures.columns.values()].filter(({ summedFrom }) => summedFrom === undefined)
  const groups = groupBy(delivered, ({ level, indicator, period }) => `${level}|${indicator}|${getPeriod(period).kind}`)
  return [...groups.values()].flatMap(columns => {
    const level = levels.find(({ id }) => id === columns[0]!.level)
    const indicator = indicators.find(({ id }) => id === columns[0]!.indicator)
    const isDelivered = indicator?.kind === 'count' || indicator?.kind === 'measure'
    return level && indicator && isDelivered ? [{ level, indicator, columns: columns.toSorted((a, b) => comparePeriods(a.period, b.period)) }] : []
  })
}

/** The figure of a cell; `undefined` where none was read. */
export function valueOf (cell: Cell | undefined): number | undefined {
  return cell?.status === 'observed' ? cell.value : undefined
}

/** Facts that every finding about a column has. `periods` names all it was compared with: a reader could work back to them. */
export function columnFacts ({ level, indicator }: DeliveredSeries, period: string, compared: readonly string[]): Facts {
  return {
    indicator: indicator.id, level: level.id, period, label: toLocalised(indicator.label), when: periodFact(period), periods: compared.join(', '),
  }
}

/** The file a column came from, where it was one. */
export function placeOfColumn ({ deliveries, period }: FigureColumn, file: Pick<ProjectFile, 'deliveries'>, otherwise: Place): Place {
  const files = file.deliveries.filter(({ id }) => deliveries.has(id)).flatMap(({ files }) => files)
  const names = files.filter(entry => typeof entry === 'string' || String(entry.period) === period).map(entry => typeof entry === 'string' ? entry : entry.file)
  return names.length === 1 ? { file: names[0]! } : otherwise
}

export function median (values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
