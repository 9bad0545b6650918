import type { IndicatorKind } from '../core/indicator.ts'
import type { KeyBlock } from './blocks.ts'
import type { ViewFacts } from './view-parts.ts'
import { localise } from '../core/edition.ts'
import { formatNumber, formatValue } from '../core/number.ts'
import { getTexts } from '../core/text.ts'
import { keyEntries, methodText } from './view-parts.ts'

/** The map key: classes with their counts, the looks of what has no value, where the town stands, how the classes were made. */
export function keyBlock (facts: ViewFacts, kind: IndicatorKind): KeyBlock {
  const { indicator, language, town, classes } = facts
  const texts = getTexts(language)
  const entries = keyEntries(facts)
  const unit = localise(indicator.unit, language)
  return {
    kind: 'key',
    heading: texts.map.key,
    subject: `${localise(indicator.label, language)}${unit === '' ? '' : ` (${unit})`}`,
    entries,
    town: town?.cell.status === 'observed' ? `${town.label} ${formatValue(town.cell.value, indicator, language)}` : null,
    countTexts: entries.map(({ count }) => texts.map.areas(formatNumber(count, { decimals: 0, language }), count === 1)),
    notes: [
      ...(classes.breaks.length === 0 ? [texts.map.noClasses] : [`${methodText(classes.method, language)}.`]),
      ...(kind === 'count' ? [texts.map.absolute] : []),
    ],
  }
}
