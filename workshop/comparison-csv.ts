import type { Language } from '../core/edition.ts'
import { csvText, guardFormula } from '../core/csv.ts'
import { comparedDigits, comparedRemarks } from '../render/compared-cells.ts'
import { listChanges, nameIndicator, nameLevel, type Comparison } from './comparison.ts'
import { getWorkshopTexts } from './texts.ts'

/** Every changed cell of an indicator, or of all, a row each. */
export function comparisonCsv (comparison: Comparison, language: Language, only?: string): string {
  const { comparison: { csvHeads, kinds } } = getWorkshopTexts(language)
  const { before, after } = comparison
  const rows = listChanges(comparison, only).map(change => {
    const { indicator, level, period, area, name, kind } = change
    const [digits, remarks] = [comparedDigits(change, language), comparedRemarks(change, language)]
    return [
      ...[indicator, nameIndicator(comparison, indicator, language), nameLevel(comparison, level, language)].map(guardFormula), period,
      guardFormula(area), guardFormula(name), kinds[kind], digits.before, digits.after, guardFormula(remarks.before), guardFormula(remarks.after),
    ]
  })
  return csvText([[before.id, after.id], [], [...csvHeads], ...rows])
}
