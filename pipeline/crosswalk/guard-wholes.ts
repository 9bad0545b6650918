import { stricterRules } from '../../core/rules.ts'
import type { Quotient } from '../derive.ts'
import type { FigureColumn } from '../figures.ts'
import { countRule, remainderRule } from '../protect/primary.ts'

/**
 * Shares of which one operand was carried over and another one delivered: no station has held the two against each other. Where
 * few of a whole are left over, where the whole is small, or where it is a secret and the part says how large it is at least, the
 * estimates must go. Both being estimates, the old areas were looked at.
 *
 * @param carried columns that hold estimates
 * @returns of such shares the operands that were carried over
 */
export function findTellingOperands (quotients: readonly Quotient[], carried: ReadonlySet<FigureColumn>): Array<{ readonly share: string, readonly operands: readonly FigureColumn[] }> {
  return quotients.flatMap(quotient => {
    const { indicator, numerator, denominator, otherWholes } = quotient
    if (indicator.kind !== 'share') return []
    return [denominator, ...otherWholes.map(other => [other])].flatMap(whole => {
      const all = [...numerator, ...whole]
      const operands = all.filter(column => carried.has(column))
      const isMixed = operands.length > 0 && operands.length < all.length
      return isMixed && tells(numerator, whole) ? [{ share: indicator.id, operands }] : []
    })
  })
}

function tells (numerator: readonly FigureColumn[], wholes: readonly FigureColumn[]): boolean {
  const rules = [...numerator, ...wholes].map(({ rules }) => rules).reduce(stricterRules)
  return wholes[0]!.cells.some((_, area) => {
    const part = sumAt(numerator, area)
    if (part === undefined || part === 0) return false
    if (wholes.some(({ cells }) => cells[area]!.status === 'suppressed')) return true
    const whole = sumAt(wholes, area)
    return whole !== undefined && (countRule(whole, rules) ?? remainderRule(part, whole, rules)) !== undefined
  })
}

function sumAt (columns: readonly FigureColumn[], area: number): number | undefined {
  let sum = 0
  for (const { cells } of columns) {
    const cell = cells[area]!
    if (cell.status !== 'observed') return undefined
    sum += cell.value
  }
  return sum
}
