import type { CellChange } from '../core/compare/cells.ts'
import type { Cell } from '../core/cell.ts'
import type { Language } from '../core/edition.ts'
import type { Indicator } from '../core/indicator.ts'
import { formatNumber, formatPlainNumber } from '../core/number.ts'
import { cellRemark, cellSign, getTexts } from '../core/text.ts'

/** Both sides of a changed cell as readers see them; what is not there is empty. */
export interface ComparedTexts { readonly before: string, readonly after: string }

type Printed = Pick<Indicator, 'decimals' | 'signed'>

/** With the digits of the indicator, or with all of them where the change would not be seen otherwise. */
export function comparedSigns ({ before, after }: CellChange, { decimals, signed }: Printed, language: Language): ComparedTexts {
  const say = (print: (value: number) => string): ComparedTexts => ({ before: signOf(before, print, language), after: signOf(after, print, language) })
  const rounded = say(value => formatNumber(value, { decimals, language, signed }))
  return rounded.before === rounded.after ? say(value => formatPlainNumber(value, language)) : rounded
}

/** With every digit, for a spreadsheet. */
export function comparedDigits ({ before, after }: CellChange, language: Language): ComparedTexts {
  const digits = (cell: Cell | null) => cell?.status === 'observed' ? formatPlainNumber(cell.value, language) : signOf(cell, String, language)
  return { before: digits(before), after: digits(after) }
}

/** What must be read with them. */
export function comparedRemarks ({ before, after }: CellChange, language: Language): ComparedTexts {
  const texts = getTexts(language)
  const say = (cell: Cell | null) => cell === null ? '' : cellRemark(cell, texts)
  return { before: say(before), after: say(after) }
}

function signOf (cell: Cell | null, print: (value: number) => string, language: Language): string {
  return cell === null ? '' : cellSign(cell, getTexts(language), print)
}
