import type { Edition, Remark } from './edition.ts'
import { findSeries } from './edition.ts'

/** An edition never changes, and a remark per area makes thousands. */
const shown = new WeakMap<Edition, readonly Remark[]>()

/**
 * Remarks that may be read. One on a single cell that is suppressed would tell that there is something about it; the pipeline makes
 * none, and nothing shows one.
 */
export function listShownRemarks (edition: Edition): readonly Remark[] {
  const known = shown.get(edition) ?? (edition.remarks ?? []).filter(remark => !isOnSuppressed(edition, remark))
  shown.set(edition, known)
  return known
}

function isOnSuppressed (edition: Edition, { indicator, level, area, period }: Remark): boolean {
  if (indicator === null || level === null || area === null || period === null) return false
  const series = findSeries(edition, level, indicator)
  const row = series?.periods.indexOf(period) ?? -1
  const column = edition.levels.find(({ id }) => id === level)?.areas.findIndex(({ id }) => id === area) ?? -1
  return series?.statuses[row]?.[column] === 's'
}

/** Letters of footnotes, `a` to `z`, then `aa`: tables have numbers enough. `index` from 0. */
export function markLetter (index: number): string {
  const rest = Math.floor(index / 26)
  return (rest === 0 ? '' : markLetter(rest - 1)) + String.fromCharCode(97 + index % 26)
}
