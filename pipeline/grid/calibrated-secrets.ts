import type { Level } from '../../core/area.ts'
import { getPeriod } from '../../core/period.ts'
import { problem, type Problem } from '../../core/problem.ts'
import { quoteList } from '../facts.ts'
import type { FigureColumn, Figures } from '../figures.ts'
import type { Project } from '../project-file/project.ts'
import type { CalibrationEntry } from '../project-file/schema/grid.ts'
import type { Secret } from '../protect/kept-secrets.ts'

export interface CalibratedSecretsInput {
  readonly project: Pick<Project, 'file' | 'locate'>
  readonly levels: readonly Level[]
  /** What the edition keeps to itself. */
  readonly secrets: readonly Secret[]
  /** After `protect`. */
  readonly figures: Figures
}

/**
 * Sums of a grid that were brought to a count which the atlas keeps to itself: of another delivery, the same area and day. They
 * would print it. Nothing is said of numbers, only of places.
 */
export function findTellingCalibrations ({ project: { file, locate }, levels, secrets, figures }: CalibratedSecretsInput): Problem[] {
  return file.deliveries.flatMap((delivery, index) => Object.entries(delivery.grid?.calibrate ?? {}).flatMap(([indicator, entry]) =>
    [...figures.columns.values()].filter(column => column.indicator === indicator && column.deliveries.has(delivery.id)).flatMap(column => {
      const told = toldBy(column, entry, figures).filter(({ indicator: other }) => other !== indicator)
      const place = locate(['deliveries', index, 'grid', 'calibrate', indicator])
      if (told.length === 0) return []
      const other = [...new Set(told.map(({ indicator }) => indicator))].join(', ')
      return [problem('grid-calibration-secret', place, { indicator, period: column.period, other, count: told.length, areas: quoteList(told.map(nameOf), 5) })]
    })))

  function toldBy (column: FigureColumn, { value, level }: CalibrationEntry, { columns }: Figures): Secret[] {
    const isSameDay = ({ period }: Secret) => getPeriod(period).to === getPeriod(column.period).to
    if (value !== undefined) {
      const isFirst = column === [...columns.values()].find(({ indicator, period }) => indicator === column.indicator && period === column.period)
      const isTown = (secret: Secret) => secret.area === null || levels.some(({ id, areas, madeOf }) => id === secret.level && areas.length === 1 && madeOf === undefined)
      return isFirst ? secrets.filter(secret => isSameDay(secret) && isTown(secret) && secret.value === value) : []
    }
    if (column.level !== level) return []
    return secrets.filter(secret => {
      const cell = secret.area === null ? undefined : column.cells[secret.area]
      return secret.level === level && isSameDay(secret) && cell?.status === 'observed' && cell.value === secret.value
    })
  }

  function nameOf ({ level, area }: Secret): string {
    return area === null ? level : levels.find(({ id }) => id === level)!.areas[area]!.id
  }
}
