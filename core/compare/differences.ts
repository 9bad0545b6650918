import type { Level } from '../area.ts'
import type { Edition, Series } from '../edition.ts'
import type { Indicator } from '../indicator.ts'
import { findIndicator, findLevel, findSeries } from '../edition.ts'
import { listCellChanges, type CellChange, type CellChangeKind, type LevelSeries } from './cells.ts'
import { changedDefinition, type DefinitionPart } from './definition.ts'
import { listMoved } from './recut.ts'

/** One thing in which an edition differs from the one before. Only printed cells count, so that it may be shown to whoever sees both. */
export type Difference =
  | { readonly kind: 'level', readonly change: 'new' | 'vanished', readonly level: string }
  | RecutDifference
  | { readonly kind: 'indicator', readonly change: 'new' | 'vanished', readonly indicator: string }
  | DefinitionDifference
  /** A period that a series has only on one side; `cells` are printed. */
  | { readonly kind: 'period', readonly change: 'new' | 'vanished', readonly indicator: string, readonly level: string, readonly period: string, readonly cells: number }
  | CellsDifference

export interface RecutDifference {
  readonly kind: 'recut'
  readonly level: string
  /** Ids of areas that only one side has. */
  readonly appeared: readonly string[]
  readonly vanished: readonly string[]
  /** Ids of areas whose outline moved. */
  readonly moved: readonly string[]
  /** Whether the level says what changed (`recut`). */
  readonly isNoted: boolean
}

export interface DefinitionDifference {
  readonly kind: 'definition'
  readonly indicator: string
  readonly parts: readonly DefinitionPart[]
  /** First period that only the later edition has, else its newest one. */
  readonly from: string
  /** Whether the indicator says what changed (`changes`). */
  readonly isNoted: boolean
}

/** Cells of a period that both sides have: what was published for it was re-stated. */
export interface CellsDifference {
  readonly kind: 'cells'
  readonly indicator: string
  readonly level: string
  readonly period: string
  /** Printed only later, with two values, and only earlier. */
  readonly appeared: number
  readonly changed: number
  readonly vanished: number
  /** Without a value on both sides, or with the same value, but not with the same sign or mark. */
  readonly signs: number
  /** The change that is largest by its amount; null where none has two values. */
  readonly largest: { readonly area: string, readonly before: number, readonly after: number } | null
}

/**
 * What is different in the later edition: areas, then definitions, then figures; each in the order of the later edition, what vanished
 * at the end. Areas are the same where their ids are; an edition does not differ from itself.
 */
export function compareEditions (before: Edition, after: Edition): Difference[] {
  return [...compareLevels(before, after), ...compareIndicators(before, after), ...compareFigures(before, after)]
}

function compareLevels (before: Edition, after: Edition): Difference[] {
  const appeared = after.levels.flatMap((level): Difference[] => {
    const earlier = findLevel(before, level.id)
    if (earlier) return compareAreas(before, earlier, after, level)
    return [{ kind: 'level', change: 'new', level: level.id }, ...replaced(before, level)]
  })
  return [...appeared, ...before.levels.filter(({ id }) => !findLevel(after, id)).map(({ id }): Difference => ({ kind: 'level', change: 'vanished', level: id }))]
}

function compareAreas (before: Edition, earlier: Level, after: Edition, later: Level): RecutDifference[] {
  const [old, now] = [new Set(earlier.areas.map(({ id }) => id)), new Set(later.areas.map(({ id }) => id))]
  const appeared = [...now].filter(id => !old.has(id))
  const vanished = [...old].filter(id => !now.has(id))
  const moved = earlier.geometry === later.geometry ? [] : listMoved(before, earlier, after, later)
  if (appeared.length + vanished.length + moved.length === 0) return []
  const isNoted = later.recut !== undefined && later.recut.de !== earlier.recut?.de
  return [{ kind: 'recut', level: later.id, appeared, vanished, moved, isNoted }]
}

/** New boundaries of a system that was there before are a re-cut as well. */
function replaced (before: Edition, level: Level): RecutDifference[] {
  const earlier = before.levels.findLast(({ system, validFrom }) => system === level.system && validFrom < level.validFrom)
  if (!earlier) return []
  const [old, now] = [new Set(earlier.areas.map(({ id }) => id)), new Set(level.areas.map(({ id }) => id))]
  return [{
    kind: 'recut',
    level: level.id,
    appeared: [...now].filter(id => !old.has(id)),
    vanished: [...old].filter(id => !now.has(id)),
    moved: [],
    isNoted: level.recut !== undefined,
  }]
}

function compareIndicators (before: Edition, after: Edition): Difference[] {
  const there = after.indicators.flatMap((indicator): Difference[] => {
    const earlier = findIndicator(before, indicator.id)
    if (!earlier) return [{ kind: 'indicator', change: 'new', indicator: indicator.id }]
    const parts = changedDefinition({ edition: before, indicator: earlier }, { edition: after, indicator })
    return parts.length === 0 ? [] : [{ kind: 'definition', indicator: indicator.id, parts, from: firstNew(earlier, indicator), isNoted: isNoted(earlier, indicator) }]
  })
  const gone = before.indicators.filter(({ id }) => !findIndicator(after, id))
  return [...there, ...gone.map(({ id }): Difference => ({ kind: 'indicator', change: 'vanished', indicator: id }))]
}

function firstNew (earlier: Indicator, later: Indicator): string {
  const known = new Set(earlier.periods.map(({ period }) => period))
  return (later.periods.find(({ period }) => !known.has(period)) ?? later.periods.at(-1))?.period ?? ''
}

function isNoted (earlier: Indicator, later: Indicator): boolean {
  const known = new Set((earlier.changes ?? []).map(({ from, note }) => `${from} ${note.de}`))
  return (later.changes ?? []).some(({ from, note }) => !known.has(`${from} ${note.de}`))
}

function compareFigures (before: Edition, after: Edition): Difference[] {
  const there = after.series.flatMap(series => {
    const earlier = findSeries(before, series.level, series.indicator)
    return [
      ...series.periods.flatMap(period => earlier?.periods.includes(period)
        ? compareCells({ series: earlier, level: findLevel(before, series.level)! }, { series, level: findLevel(after, series.level)! }, period)
        : [periodOf('new', series, period)]),
      ...(earlier?.periods ?? []).filter(period => !series.periods.includes(period)).map(period => periodOf('vanished', earlier!, period)),
    ]
  })
  const gone = before.series.filter(({ level, indicator }) => !findSeries(after, level, indicator))
  return [...there, ...gone.flatMap(series => series.periods.map(period => periodOf('vanished', series, period)))]
}

function periodOf (change: 'new' | 'vanished', series: Series, period: string): Difference {
  const cells = series.statuses[series.periods.indexOf(period)]!.filter(status => status === 'o').length
  return { kind: 'period', change, indicator: series.indicator, level: series.level, period, cells }
}

function compareCells (before: LevelSeries, after: LevelSeries, period: string): CellsDifference[] {
  const changes = listCellChanges(before, after, period)
  if (changes.length === 0) return []
  const count = (of: CellChangeKind) => changes.filter(({ kind }) => kind === of).length
  const { series: { indicator }, level } = after
  return [{
    kind: 'cells', indicator, level: level.id, period, appeared: count('appeared'), changed: count('changed'), vanished: count('vanished'), signs: count('sign'), largest: findLargest(changes),
  }]
}

function findLargest (changes: readonly CellChange[]): CellsDifference['largest'] {
  const changed = changes.flatMap(({ area, before, after }) =>
    before?.status === 'observed' && after?.status === 'observed' && before.value !== after.value ? [{ area, before: before.value, after: after.value }] : [])
  const amount = (cell: { before: number, after: number }) => Math.abs(cell.after - cell.before)
  return changed.reduce<CellsDifference['largest']>((most, cell) => most && amount(most) >= amount(cell) ? most : cell, null)
}
