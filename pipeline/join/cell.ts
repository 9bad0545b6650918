import type { Localised } from '../../core/area.ts'
import type { Cell } from '../../core/cell.ts'
import type { Facts, ProblemCode } from '../../core/problem.ts'
import type { Rules } from '../../core/rules.ts'
import { quoteList } from '../facts.ts'
import type { IndicatorEntry } from '../project-file/schema.ts'
import { isProtected } from '../protect/rules.ts'
import { explainCellText, parseCellText, type CellFault, type CellNotation } from '../read/cell-text.ts'
import { listReadings } from '../read/number-text.ts'

/** Why a field gives no cell. */
export interface Unreadable {
  readonly code: ProblemCode
  readonly facts: Facts
  /** Many fields may say the same, and are reported once; else each for itself. */
  readonly isRepeated: boolean
}

/** The cell that a field of a table stands for, or why there is none; `undefined` where that was said of the table as a whole. */
export function readCell (text: string, { kind, decimals }: Pick<IndicatorEntry, 'kind' | 'decimals'>, notation: CellNotation, rules: Rules): Cell | Unreadable | undefined {
  const cell = parseCellText(text, notation)
  if (!cell) return explain(text, notation)
  if (cell.status !== 'observed' || kind !== 'count') return cell
  // A count with decimals is a measured extent, such as hectares: additive, but not of people. Nothing of that can be protected.
  const isWhole = Number.isInteger(cell.value) || (decimals > 0 && !isProtected(rules))
  const code = cell.value < 0 ? 'join-negative-count' : isWhole ? undefined : 'join-fractional-count'
  return code === undefined ? cell : { code, facts: { text }, isRepeated: false }
}

function explain (text: string, notation: CellNotation): Unreadable | undefined {
  const fault = explainCellText(text, notation) ?? 'unknown-sign'
  if (fault === 'ambiguous-number' && notation.contradicted) return undefined
  const code = text.trim() === '' ? 'join-blank-cell' : faultCodes[fault]
  const facts = { text, legend: quoteList(Object.keys(notation.legend)), ...code === 'join-ambiguous-number' && { readings: sayReadings(text) } }
  return { code, facts, isRepeated: true }
}

/** `: 1234 oder 1,234`, where that is what is unclear. */
function sayReadings (text: string): Localised {
  const readings = listReadings(text)
  return readings === undefined ? { de: '', en: '' } : { de: `: ${readings.join(' oder ')}`, en: `: ${readings[0]} or ${readings[1].replace(',', '.')}` }
}

const faultCodes: Readonly<Record<CellFault, ProblemCode>> = {
  'unknown-sign': 'join-unknown-sign',
  'ambiguous-number': 'join-ambiguous-number',
  'out-of-range': 'join-number-out-of-range',
}
