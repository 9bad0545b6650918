import { suppressed } from '../../core/cell.ts'
import type { Quotient } from '../derive.ts'
import type { FigureColumn, Figures } from '../figures.ts'

/** What is computed from a suppressed cell is suppressed with it: a quotient is printed only where all its operands are. */
export function closeQuotients (quotients: readonly Quotient[]): void {
  for (const quotient of quotients) {
    const operands = operandsOf(quotient)
    const { cells } = quotient.column
    cells.forEach((_, area) => {
      if (operands.some(operand => operand.cells[area]!.status === 'suppressed')) cells[area] = suppressed
    })
  }
}

/** Takes columns out of the figures, and with them every quotient that needs one; @returns the quotients that are left. */
export function removeColumns (figures: Figures, quotients: readonly Quotient[], isRemoved: (column: FigureColumn) => boolean): Quotient[] {
  const gone = new Set([...figures.columns.values()].filter(isRemoved))
  const left = quotients.filter(quotient => {
    const isLeft = !operandsOf(quotient).some(operand => gone.has(operand))
    if (!isLeft) gone.add(quotient.column)
    return isLeft
  })
  for (const [key, column] of figures.columns) if (gone.has(column)) figures.columns.delete(key)
  return left
}

function operandsOf ({ numerator, minus, denominator }: Quotient): FigureColumn[] {
  return [...numerator, ...minus, ...denominator]
}
