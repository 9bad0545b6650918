import type { Area, Level } from '../core/area.ts'
import type { Cell } from '../core/cell.ts'
import type { Edition } from '../core/edition.ts'
import type { Indicator, Theme } from '../core/indicator.ts'
import { cellAt, findLevel, findReference, findSeries } from '../core/edition.ts'

/** What a profile says about one indicator: the newest period of the area beside the town's value of that period. */
export interface ProfileFigure {
  readonly indicator: Indicator
  readonly period: string
  readonly cell: Cell
  /** Null where the town has no cell for this period, or is the area itself. */
  readonly town: Cell | null
}

/** Every indicator with a series on the level, by theme; themes without one are left out. */
export function listFigures (edition: Edition, level: Level, area: Area): Array<{ theme: Theme, figures: ProfileFigure[] }> {
  const column = level.areas.findIndex(({ id }) => id === area.id)
  const reference = findReference(edition)
  return edition.themes.flatMap(theme => {
    const figures = edition.indicators.flatMap((indicator): ProfileFigure[] => {
      const series = indicator.theme === theme.id ? findSeries(edition, level.id, indicator.id) : undefined
      if (!series) return []
      const row = series.periods.length - 1
      const period = series.periods[row]!
      const townSeries = reference && reference.level.id !== level.id ? findSeries(edition, reference.level.id, indicator.id) : undefined
      const townRow = townSeries?.periods.indexOf(period) ?? -1
      return [{ indicator, period, cell: cellAt(series, row, column), town: townSeries && townRow !== -1 ? cellAt(townSeries, townRow, 0) : null }]
    })
    return figures.length === 0 ? [] : [{ theme, figures }]
  })
}

/** The area of the parent level that contains this one, or `undefined`. */
export function findParent (edition: Edition, level: Level, area: Area): { level: Level, area: Area } | undefined {
  const parentLevel = level.parent === null ? undefined : findLevel(edition, level.parent)
  const parent = parentLevel?.areas.find(({ id }) => id === area.parentId)
  return parentLevel && parent && { level: parentLevel, area: parent }
}
