import type { Level } from '../area.ts'
import type { Cell } from '../cell.ts'
import type { Edition, Series } from '../edition.ts'
import { canonicalText, findCells, findLevel, findSeries } from '../edition.ts'

/** The series of a level in one of two editions. */
export interface LevelSeries { readonly series: Series, readonly level: Level }

/** A printed cell that does not say what it said before. Null where an edition has no such area. */
export interface CellChange {
  readonly area: string
  readonly name: string
  readonly before: Cell | null
  readonly after: Cell | null
  readonly kind: CellChangeKind
}

/** `changed` has a value on both sides, `appeared` and `vanished` on one; `sign` on none, or the same value with another mark. */
export type CellChangeKind = 'appeared' | 'changed' | 'vanished' | 'sign'

/** A changed cell and where it stands. */
export interface PlacedChange extends CellChange {
  readonly level: string
  readonly period: string
}

/** All changed cells of an indicator: by level in the order of the later edition, then the newest period first. */
export function listIndicatorChanges (before: Edition, after: Edition, indicator: string): PlacedChange[] {
  return after.levels.flatMap(level => {
    const [earlier, series] = [findSeries(before, level.id, indicator), findSeries(after, level.id, indicator)]
    const earlierLevel = findLevel(before, level.id)
    if (!earlier || !series || !earlierLevel) return []
    return series.periods.toReversed().filter(period => earlier.periods.includes(period)).flatMap(period =>
      listCellChanges({ series: earlier, level: earlierLevel }, { series, level }, period).map(change => ({ ...change, level: level.id, period })))
  })
}

/**
 * What is printed differently for a period that both editions have, in area order of the later one, then what only the earlier one has.
 * It knows what readers of both know, and no more: a suppressed cell is a suppressed cell, whatever stood behind it.
 */
export function listCellChanges (before: LevelSeries, after: LevelSeries, period: string): CellChange[] {
  const [old, now] = [cellsOf(before, period), cellsOf(after, period)]
  const areas = [...after.level.areas, ...before.level.areas.filter(({ id }) => !now.has(id))]
  return areas.flatMap(({ id, name }): CellChange[] => {
    const [was, is] = [old.get(id) ?? null, now.get(id) ?? null]
    const kind = kindOf(was, is)
    return kind === null ? [] : [{ area: id, name, before: was, after: is, kind }]
  })
}

function cellsOf ({ series, level }: LevelSeries, period: string): Map<string, Cell> {
  const cells = findCells(series, period) ?? []
  return new Map(level.areas.map(({ id }, index) => [id, cells[index]!]))
}

function kindOf (before: Cell | null, after: Cell | null): CellChangeKind | null {
  const [was, is] = [valueOf(before), valueOf(after)]
  if (was !== null && is !== null && was !== is) return 'changed'
  if (was === null && is !== null) return 'appeared'
  if (was !== null && is === null) return 'vanished'
  // That an area is there or not is said of the area.
  return before !== null && after !== null && canonicalText(before) !== canonicalText(after) ? 'sign' : null
}

function valueOf (cell: Cell | null): number | null {
  return cell?.status === 'observed' ? cell.value : null
}
