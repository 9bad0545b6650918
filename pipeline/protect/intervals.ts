import { cellState } from '../../core/release.ts'
import type { Quotient } from '../derive.ts'
import type { FigureColumn } from '../figures.ts'
import type { FigureBlock } from './blocks.ts'
import type { ProtectedBlock } from './protect.ts'

/**
 * Writes beside figures that are not printed what printed ones say about them anyway. To be called
 * when it is settled everywhere what is printed: the intruder was told that no part is larger than
 * its whole, and where that whole is secret, the interval of the part would tell it.
 */
export function writeIntervals (drafted: readonly FigureBlock[], blocks: readonly ProtectedBlock[], quotients: readonly Quotient[], isShown: (column: FigureColumn) => boolean): void {
  const telling = listTelling(quotients)
  drafted.forEach(({ block: { states }, columns, columnOf, areaOf }, index) => {
    const { pattern: { printed }, verdict } = blocks[index]!
    if (!verdict?.intervals || columns.some(column => telling.has(column))) return
    const { lower, upper } = verdict.intervals
    columnOf.forEach((position, cell) => {
      if (position === -1 || printed[cell] === 1 || states[cell] === cellState.rounded) return
      const column = columns[position]!
      // One number from … to itself is that number: others may tell it, the atlas does not.
      if (!isShown(column) || upper[cell] === Infinity || lower[cell] === upper[cell]) return
      column.cells[areaOf[cell]!] = { status: 'suppressed', between: [lower[cell]!, upper[cell]!] }
    })
  })
}

/** Columns of which some bound is taken from a figure that is not printed. */
function listTelling (quotients: readonly Quotient[]): ReadonlySet<FigureColumn> {
  const telling = new Set<FigureColumn>()
  const hasSecret = (columns: readonly FigureColumn[]) => columns.some(({ cells }) => cells.some(({ status }) => status === 'suppressed'))
  for (const { indicator, numerator, minus, denominator, otherWholes } of quotients) {
    if (indicator.kind !== 'share') continue
    const parts = [...numerator, ...minus]
    if (hasSecret([...denominator, ...otherWholes, ...minus])) for (const column of parts) telling.add(column)
    if (hasSecret(parts)) for (const column of denominator) telling.add(column)
  }
  return telling
}
