import { missingReasons, type MissingReason } from '../../core/cell.ts'
import type { Edition } from '../../core/edition.ts'

/** How many cells of an edition say what. All suppressed ones are one number, as they have one sign. */
export interface CellCounts {
  readonly observed: number
  readonly suppressed: number
  /** Only reasons that occur. */
  readonly missing: ReadonlyArray<readonly [reason: MissingReason, count: number]>
}

export function countCells ({ series }: Edition): CellCounts {
  const counts = { o: 0, s: 0, m: 0 }
  const reasons = new Map<MissingReason, number>()
  for (const { statuses, reasons: rows } of series) {
    for (const letter of statuses.flat()) counts[letter]++
    for (const reason of rows.flat()) if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  }
  return { observed: counts.o, suppressed: counts.s, missing: missingReasons.flatMap(reason => reasons.has(reason) ? [[reason, reasons.get(reason)!] as const] : []) }
}
