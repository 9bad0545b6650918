import type { Language } from '../../core/edition.ts'
import { groupBy } from '../../core/group-by.ts'
import { comparePeriods } from '../../core/period.ts'
import { formatPeriod } from '../../core/text.ts'
import type { FactsBlock } from '../../render/blocks.ts'
import { nameIndicator, nameLevel, type Comparison, type IndicatorCounts } from '../comparison.ts'
import { getWorkshopTexts } from '../texts.ts'
import type { Sheet } from './read-sheet.ts'
import { table, whole, type SheetBlock } from './sheet-block.ts'

/** So many fit on one sheet beside all the rest; the page of the comparison has all of them. */
const shownIndicators = 16
const shownNames = 8

/** What is new for readers: figures by indicator, then what else differs. */
export function newsBlocks ({ edition, before, comparison }: Sheet, language: Language): SheetBlock[] {
  const { sheet: texts } = getWorkshopTexts(language)
  const heading = { kind: 'heading', level: 2, text: texts.new } as const
  if (!comparison) {
    const areas = edition.levels.reduce((sum, level) => sum + level.areas.length, 0)
    return [heading, { kind: 'text', parts: [before === null ? texts.firstText(whole(edition.indicators.length, language), whole(areas, language)) : texts.notComparable] }]
  }
  const changed = comparison.indicators.filter(indicator => weigh(indicator) > 0)
  const hidden = changed.length - shownIndicators
  const others = otherFacts(comparison, language)
  return [
    heading,
    comparison.indicators.length === 0 ? { kind: 'text', parts: [texts.same] } : figuresTable(comparison, changed, language),
    ...hidden > 0 ? [{ kind: 'text', role: 'small', parts: [texts.moreIndicators(hidden)] } as const] : [],
    ...others.length > 0 ? [{ kind: 'facts', facts: others } as const] : [],
  ]
}

/**
 * Indicators whose printed figures change come first, each for itself: that is what readers may have quoted. Those that only got the
 * same new periods, as most do once a year, share a row.
 */
function figuresTable (comparison: Comparison, changed: readonly IndicatorCounts[], language: Language): SheetBlock {
  const { sheet: texts } = getWorkshopTexts(language)
  const nameOf = ({ indicator }: IndicatorCounts) => nameIndicator(comparison, indicator, language)
  const alike = groupBy(comparison.indicators.filter(indicator => weigh(indicator) === 0), ({ newPeriods, restated }) => JSON.stringify([newPeriods, restated]))
  const rows: Array<readonly [name: string, counts: IndicatorCounts]> = [
    ...changed.toSorted((a, b) => weigh(b) - weigh(a)).slice(0, shownIndicators).map(counts => [nameOf(counts), counts] as const),
    ...[...alike.values()].map(group => {
      const names = group.slice(0, shownNames).map(nameOf).join('; ') + (group.length > shownNames ? ' …' : '')
      return [group.length === 1 ? names : texts.alike(whole(group.length, language), names), group[0]!] as const
    }),
  ]
  return table(texts.figures, texts.figureHeads, [3, 2, 2, 'numeric', 'numeric', 'numeric', 'numeric'], rows.map(([name, counts]) => rowOf(name, counts, language)))
}

function rowOf (name: string, { newPeriods, restated, changed, appeared, vanished, signs }: IndicatorCounts, language: Language): Array<{ readonly content: string }> {
  const periods = (list: readonly string[]) => list.length === 0 ? '–' : list.toSorted(comparePeriods).map(period => formatPeriod(period, language)).join(', ')
  return [name, periods(newPeriods), periods(restated), ...[changed, appeared, vanished, signs].map(cells => cells === 0 ? '–' : whole(cells, language))].map(content => ({ content }))
}

function weigh ({ changed, appeared, vanished, signs }: IndicatorCounts): number {
  return changed + appeared + vanished + signs
}

function otherFacts (comparison: Comparison, language: Language): FactsBlock['facts'] {
  const { sheet: texts } = getWorkshopTexts(language)
  const { differences } = comparison
  const indicators = (change: 'new' | 'vanished') => differences.flatMap(difference => difference.kind === 'indicator' && difference.change === change ? [nameIndicator(comparison, difference.indicator, language)] : [])
  const definitions = differences.flatMap(difference => difference.kind === 'definition' ? [nameIndicator(comparison, difference.indicator, language)] : [])
  const areas = differences.flatMap(difference => {
    if (difference.kind === 'level') return [texts[difference.change === 'new' ? 'newLevel' : 'vanishedLevel'](nameLevel(comparison, difference.level, language))]
    return difference.kind === 'recut' ? [nameLevel(comparison, difference.level, language)] : []
  })
  return ([[texts.newIndicators, indicators('new')], [texts.vanishedIndicators, indicators('vanished')], [texts.otherDefinitions, definitions], [texts.otherAreas, areas]] as const)
    .flatMap(([term, names]) => names.length === 0 ? [] : [{ term, details: [[[...new Set(names)].join('; ')]] }])
}
