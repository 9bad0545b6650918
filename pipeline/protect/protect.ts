import type { Cell } from '../../core/cell.ts'
import { suppressed } from '../../core/cell.ts'
import { problem, type Problem } from '../../core/problem.ts'
import type { Quotient } from '../derive.ts'
import type { FigureColumn, Figures } from '../figures.ts'

/**
 * First stage of protection: cells that fall below their delivery's minimum count never enter an
 * edition. Works on `figures` in place, so that no copy of a secret number outlives this call.
 *
 * Three rules and their closure (docs/geheimhaltung.md): a count from 1 to below the minimum; a
 * denominator below it; a share whose remainder lies below it. What is computed from a suppressed
 * cell is suppressed with it.
 *
 * This alone can be undone by subtraction. Complementary suppression and its audit go here, before
 * the closure; until they do, only synthetic and open data may be published.
 */
export function protect (figures: Figures, quotients: readonly Quotient[], counts: ReadonlySet<string>): Problem[] {
  const primary = new Map<FigureColumn, Set<number>>()
  const mark = (column: FigureColumn, area: number) => {
    const areas = primary.get(column) ?? new Set<number>()
    areas.add(area)
    primary.set(column, areas)
  }

  for (const column of figures.columns.values()) {
    if (!counts.has(column.indicator)) continue
    column.cells.forEach((cell, area) => {
      if (isSmall(valueOf(cell), column.minimumCount)) mark(column, area)
    })
  }
  for (const { indicator, column, numerator, denominator, otherWholes } of quotients) {
    if (indicator.kind !== 'share') continue
    // Both sides have a say: part and rest are people of either delivery.
    const minimum = minimumOf([...numerator, ...denominator])
    column.cells.forEach((_, area) => {
      const part = sumAt(numerator, area)
      const wholes = [denominator, ...otherWholes.map(other => [other])].map(columns => sumAt(columns, area))
      // A part of a whole that is kept secret would tell how small that is.
      const isTelling = wholes.some(whole => isSmall(whole, minimum) || isSmall(difference(whole, part), minimum))
      if (isTelling) numerator.forEach(column => mark(column, area))
    })
  }
  for (const [column, areas] of primary) areas.forEach(area => { column.cells[area] = suppressed })
  for (const quotient of quotients) close(quotient)
  return [summary(figures)]
}

/** Zero is no case; from one case on the minimum applies. */
function isSmall (count: number | undefined, minimum: number): boolean {
  return count !== undefined && count > 0 && count < minimum
}

/** Those of the whole who are not in the part; `undefined` where either is not known. */
function difference (whole: number | undefined, part: number | undefined): number | undefined {
  return part === undefined || whole === undefined ? undefined : whole - part
}

function sumAt (columns: readonly FigureColumn[], area: number): number | undefined {
  let sum = 0
  for (const { cells } of columns) {
    const value = valueOf(cells[area]!)
    if (value === undefined) return undefined
    sum += value
  }
  return sum
}

function minimumOf (columns: readonly FigureColumn[]): number {
  return Math.max(...columns.map(({ minimumCount }) => minimumCount))
}

/** A quotient is printed only where all its operands are. */
function close ({ column, numerator, minus, denominator }: Quotient): void {
  const operands = [...numerator, ...minus, ...denominator]
  column.cells.forEach((_, area) => {
    if (operands.some(({ cells }) => cells[area]!.status === 'suppressed')) column.cells[area] = suppressed
  })
}

function valueOf (cell: Cell): number | undefined {
  return cell.status === 'observed' ? cell.value : undefined
}

function summary (figures: Figures): Problem {
  let [cells, hidden] = [0, 0]
  for (const column of figures.columns.values()) {
    cells += column.cells.length
    hidden += column.cells.filter(({ status }) => status === 'suppressed').length
  }
  return problem('protect-suppressed', {}, { cells, suppressed: hidden })
}
