import { missing, type Cell } from '../../core/cell.ts'
import { cellState, type DraftCell } from '../../core/release.ts'
import type { Rules } from '../../core/rules.ts'
import { computeQuotient, type Quotient } from '../derive.ts'
import type { FigureColumn, Figures } from '../figures.ts'
import { countRule } from './primary.ts'

/*
 * The other method (`method: round5`): every count is rounded to a multiple of five by itself, sums
 * like their parts, and every quotient is computed from what is printed. No cell is lost, but sums
 * no longer add up, and what is hidden is one of five neighbouring values, no more.
 */

/** The nearest multiple of five; no whole number lies between two. */
export function roundToFive (count: number): number {
  return 5 * Math.round(count / 5)
}

/** What everybody knows of a count that was rounded: it lies at most 2 away. */
export function roundedBounds (printed: number): readonly [lower: number, upper: number] {
  return [Math.max(0, printed - 2), printed + 2]
}

/**
 * A rounded count as a cell of a block: its value is not printed, yet bounded by what is. A small
 * count needs the values beside it to stay possible, as far as the rounding leaves them.
 */
export function roundedCell (count: number, rules: Rules): Required<Pick<DraftCell, 'state' | 'lower' | 'upper'>> & Pick<DraftCell, 'rule' | 'required'> {
  const [lower, upper] = roundedBounds(roundToFive(count))
  const bounds = { state: cellState.closed, lower, upper }
  const primary = countRule(count, rules)
  return primary === undefined ? bounds : { ...bounds, rule: primary.rule, required: [Math.max(lower, count - 1), Math.min(upper, count + 1)] }
}

/** Whether the counts of a column are printed rounded. */
export function isRounded ({ indicator, rules }: FigureColumn, counts: ReadonlySet<string>): boolean {
  return rules.method === 'round5' && counts.has(indicator)
}

/**
 * Rounds what is printed of such columns, in place, and computes anew what is computed of it. After
 * suppression: the blocks need the true counts.
 */
export function roundFigures (figures: Figures, quotients: readonly Quotient[], counts: ReadonlySet<string>): void {
  const rounded = new Set([...figures.columns.values()].filter(column => isRounded(column, counts)))
  for (const { cells } of rounded) {
    cells.forEach((cell, area) => {
      if (cell.status === 'observed') cells[area] = { ...cell, value: roundToFive(cell.value) }
    })
  }
  for (const quotient of quotients) {
    const { column, numerator, minus, denominator } = quotient
    if (![...numerator, ...minus, ...denominator].some(operand => rounded.has(operand))) continue
    column.cells.forEach((_, area) => { column.cells[area] = computeRounded(quotient, area) })
  }
}

/** Several rounded parts may exceed their rounded whole; such a share says nothing. */
function computeRounded (quotient: Quotient, area: number): Cell {
  const { indicator } = quotient
  const cell = computeQuotient(indicator, quotient, area)
  return cell.status === 'observed' && indicator.kind === 'share' && cell.value > (indicator.factor ?? 100) ? missing('unreliable') : cell
}
