import type { View } from '../core/view.ts'
import type { Bootstrap } from '../render/bootstrap.ts'
import { getPeriod } from '../core/period.ts'

/*
 * What a choice makes of a view. A view is a plain value: none of these touches the page. Its level
 * is named only where the address would mean another one by itself.
 */

/**
 * Another indicator, on the same level where it has values there, else on the first that has, and
 * in the nearest period. `undefined` for an indicator without values.
 */
export function withIndicator (bootstrap: Bootstrap, view: View, indicator: string): View | undefined {
  const levels = levelsOf(bootstrap, indicator)
  const level = levels[bootstrap.level] ? bootstrap.level : bootstrap.levels.find(({ id }) => levels[id])?.id
  return level === undefined ? undefined : place(bootstrap, { ...view, indicator }, level, nearestPeriod(levels[level]!, view.period))
}

/** `undefined` where the level shown has no values in the period. */
export function withPeriod (bootstrap: Bootstrap, view: View, period: string): View | undefined {
  const isKnown = levelsOf(bootstrap, view.indicator)[bootstrap.level]?.includes(period)
  return isKnown ? place(bootstrap, view, bootstrap.level, period) : undefined
}

/** Another level, in the nearest period. `undefined` where it has no values of the indicator. */
export function withLevel (bootstrap: Bootstrap, view: View, level: string): View | undefined {
  const periods = levelsOf(bootstrap, view.indicator)[level]
  return periods && place(bootstrap, view, level, nearestPeriod(periods, view.period))
}

/** As many areas as a reader can hold apart. */
export const pinLimit = 3

/** An area pinned, or no longer; the first one leaves when there are too many. */
export function withPin (view: View, area: string): View {
  const areas = view.areas.includes(area) ? view.areas.filter(id => id !== area) : [...view.areas, area].slice(-pinLimit)
  return { ...view, areas }
}

/** The level that a view means. */
export function levelOf (bootstrap: Bootstrap, { level, indicator, period }: View): string | undefined {
  const levels = levelsOf(bootstrap, indicator)
  return level ?? bootstrap.levels.find(({ id }) => levels[id]?.includes(period))?.id
}

/** Whether the page of one view can show another: not what only the server can make, such as another edition. */
export function isSamePage (bootstrap: Bootstrap, shown: View, wanted: View): boolean {
  return levelOf(bootstrap, wanted) === bootstrap.level && wanted.edition === shown.edition && wanted.language === shown.language
}

/** Whether two views of one level show the same numbers in the same colours. */
export function isSameFigure (a: View, b: View): boolean {
  return a.indicator === b.indicator && a.period === b.period && a.page === b.page && JSON.stringify(a.classes) === JSON.stringify(b.classes)
}

/** The period itself, else the newest with the same last day, else the newest. */
function nearestPeriod (periods: readonly string[], wanted: string): string {
  const { to } = getPeriod(wanted)
  return periods.find(id => id === wanted) ?? periods.findLast(id => getPeriod(id).to === to) ?? periods.at(-1)!
}

/** Pinned areas stay where the level stays: those of another have other ids. */
function place (bootstrap: Bootstrap, view: View, level: string, period: string): View {
  const meant = levelOf(bootstrap, { ...view, period, level: null })
  return { ...view, period, page: 1, level: meant === level ? null : level, areas: level === bootstrap.level ? view.areas : [] }
}

function levelsOf ({ indicators }: Bootstrap, indicator: string): Readonly<Record<string, readonly string[]>> {
  return indicators.find(({ id }) => id === indicator)?.levels ?? {}
}
