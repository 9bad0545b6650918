import { missing, type Cell } from '../../core/cell.ts'
import { cellState, type DraftCell } from '../../core/release.ts'
import type { Rules } from '../../core/rules.ts'
import { computeQuotient, type Quotient } from '../derive.ts'
import type { FigureColumn, Figures } from '../figures.ts'
import { countRule, type Primary } from './primary.ts'

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

/** A rounded count as a cell of a block: its value is not printed, yet bounded by what is. */
export function roundedCell (count: number, rules: Rules): Required<Pick<DraftCell, 'state' | 'lower' | 'upper'>> & { readonly rule: Primary | undefined } {
  const [lower, upper] = roundedBounds(roundToFive(count))
  return { state: cellState.rounded, lower, upper, rule: roundedRule(count, rules) }
}

/**
 * A small count needs the range of every small one, as far as its own rounding leaves it: all of that, up to the minimum count.
 * Which of these counts is the true one does not matter; else whoever knows this rule learnt it from what is printed.
 */
export function roundedRule (count: number, rules: Rules): Primary | undefined {
  const primary = countRule(count, rules)
  const [lower, upper] = roundedBounds(roundToFive(count))
  return primary && { rule: primary.rule, required: [Math.max(lower, primary.required[0]), Math.min(upper, primary.required[1])] }
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
